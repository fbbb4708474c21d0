#include "path.h"

#include <string.h>

#include "text.h"

static bool append(struct khien_path *path, const uint16_t *units, size_t count) {
    if (count > KHIEN_PATH_UNITS - path->length) return false;
    if (count > 0) memcpy(path->units + path->length, units, count * sizeof *units);
    path->length += count;
    return true;
}

static bool append_ascii(struct khien_path *path, const char *ascii) {
    for (; *ascii; ascii++) {
        uint16_t unit = (uint8_t)*ascii;
        if (!append(path, &unit, 1)) return false;
    }
    return true;
}

static void drop_front(struct khien_path *path, size_t count) {
    path->length -= count;
    memmove(path->units, path->units + count, path->length * sizeof *path->units);
}

static bool is_space(uint16_t unit) { return unit == ' ' || unit == '\t'; }
static bool is_slash(uint16_t unit) { return unit == '\\' || unit == '/'; }

static void trim(struct khien_path *path) {
    while (path->length > 0 && is_space(path->units[path->length - 1])) path->length--;
    size_t front = 0;
    while (front < path->length && is_space(path->units[front])) front++;
    drop_front(path, front);
}

/* Appends the variable's value; false where it has none. */
static bool append_variable(
    struct khien_path *path, const uint16_t *name, size_t length, const struct khien_path_system *system) {
    if (khien_utf16_equals(name, length, "SystemRoot") || khien_utf16_equals(name, length, "windir")) {
        return append(path, system->root, system->root_length);
    }
    size_t room = KHIEN_PATH_UNITS - path->length;
    size_t written = system->variable(system->context, name, length, path->units + path->length, room);
    if (written == 0 || written > room) return false;
    path->length += written;
    return true;
}

static bool expand(
    const uint16_t *units, size_t count, const struct khien_path_system *system, struct khien_path *path) {
    path->length = 0;
    for (size_t i = 0; i < count;) {
        size_t end = i + 1;
        if (units[i] == '%') {
            while (end < count && units[end] != '%' && !is_slash(units[end])) end++;
            if (end < count && units[end] == '%' && append_variable(path, units + i + 1, end - i - 1, system)) {
                i = end + 1;
                continue;
            }
        }
        if (!append(path, units + i, 1)) return false;
        i++;
    }
    trim(path);
    return true;
}

static bool put_before(struct khien_path *path, const struct khien_path_system *system, const char *folder) {
    struct khien_path whole;
    whole.length = 0;
    if (!append(&whole, system->root, system->root_length) || !append_ascii(&whole, folder)
        || !append(&whole, path->units, path->length)) {
        return false;
    }
    memcpy(path->units, whole.units, whole.length * sizeof *whole.units);
    path->length = whole.length;
    return true;
}

/* Replaces what only the kernel and the service manager understand; leaves paths with a drive or a server alone. */
static bool make_absolute(struct khien_path *path, const struct khien_path_system *system) {
    uint16_t *units = path->units;
    if (khien_utf16_starts_with(units, path->length, "\\??\\UNC\\")
        || khien_utf16_starts_with(units, path->length, "\\\\?\\UNC\\")) {
        drop_front(path, 6);
        units[0] = '\\';
        return true;
    }
    if (khien_utf16_starts_with(units, path->length, "\\??\\")
        || khien_utf16_starts_with(units, path->length, "\\\\?\\")) {
        drop_front(path, 4);
    }
    if (khien_utf16_starts_with(units, path->length, "\\SystemRoot\\")) {
        drop_front(path, 12);
        return put_before(path, system, "\\");
    }
    if (path->length == 0 || is_slash(units[0]) || (path->length > 1 && units[1] == ':')) return true;
    for (size_t i = 0; i + 1 < path->length; i++) {
        if (units[i] == ':' && is_slash(units[i + 1])) return true; /* windowsdefender:// */
    }
    size_t slash = 0;
    while (slash < path->length && !is_slash(units[slash]) && !is_space(units[slash])) slash++;
    bool bare = slash == path->length || is_space(units[slash]);
    return put_before(path, system, bare ? "\\System32\\" : "\\");
}

static bool has_extension(const uint16_t *units, size_t end, const char *extension) {
    size_t length = strlen(extension);
    return end >= length && khien_utf16_equals(units + end - length, length, extension);
}

static bool ends_with_program(const uint16_t *units, size_t end) {
    return has_extension(units, end, ".exe") || has_extension(units, end, ".sys") || has_extension(units, end, ".dll")
        || has_extension(units, end, ".com") || has_extension(units, end, ".bat") || has_extension(units, end, ".cmd");
}

/* Where a path without quotes ends. */
static void cut_arguments(struct khien_path *path, const struct khien_path_system *system) {
    size_t candidates = 0, by_extension = 0;
    for (size_t end = 1; end <= path->length; end++) {
        if (end < path->length && !is_space(path->units[end])) continue;
        if (is_space(path->units[end - 1])) continue;
        bool program = ends_with_program(path->units, end);
        if (program && by_extension == 0) by_extension = end;
        if (candidates++ >= KHIEN_PATH_CANDIDATES) break;
        if (system->is_file(system->context, path->units, end) == 1) {
            path->length = end;
            return;
        }
        struct khien_path with_extension;
        if (program || end + 4 > KHIEN_PATH_UNITS) continue;
        with_extension.length = 0;
        if (append(&with_extension, path->units, end) && append_ascii(&with_extension, ".exe")
            && system->is_file(system->context, with_extension.units, with_extension.length) == 1) {
            *path = with_extension;
            return;
        }
    }
    if (by_extension > 0) path->length = by_extension;
}

bool khien_resolve_command(
    const uint16_t *units, size_t count, const struct khien_path_system *system, struct khien_path *path) {
    if (!expand(units, count, system, path)) return false;
    bool quoted = path->length > 0 && path->units[0] == '"';
    if (quoted) {
        drop_front(path, 1);
        size_t end = 0;
        while (end < path->length && path->units[end] != '"') end++;
        path->length = end;
        trim(path);
    }
    if (path->length == 0 || !make_absolute(path, system)) return false;
    if (!quoted) cut_arguments(path, system);
    return path->length > 0;
}

bool khien_resolve_icon(
    const uint16_t *units, size_t count, const struct khien_path_system *system, struct khien_path *path) {
    if (!expand(units, count, system, path)) return false;
    size_t end = path->length;
    while (end > 0 && path->units[end - 1] >= '0' && path->units[end - 1] <= '9') end--;
    bool digits = end < path->length;
    if (end > 0 && path->units[end - 1] == '-') end--;
    if (digits && end > 0 && path->units[end - 1] == ',') path->length = end - 1;
    trim(path);
    if (path->length > 0 && path->units[0] == '"') drop_front(path, 1);
    if (path->length > 0 && path->units[path->length - 1] == '"') path->length--;
    trim(path);
    return path->length > 0 && make_absolute(path, system) && path->length > 0;
}

size_t khien_base_name(const uint16_t *units, size_t count) {
    size_t start = count;
    while (start > 0 && !is_slash(units[start - 1])) start--;
    return start;
}

bool khien_is_installer(const struct khien_path *path) {
    size_t start = khien_base_name(path->units, path->length);
    const uint16_t *name = path->units + start;
    size_t length = path->length - start;
    return khien_utf16_equals(name, length, "msiexec.exe") || khien_utf16_equals(name, length, "msiexec")
        || khien_utf16_equals(name, length, "rundll32.exe") || khien_utf16_equals(name, length, "rundll32");
}
