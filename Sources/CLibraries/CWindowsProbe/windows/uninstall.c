/* Entries below …\CurrentVersion\Uninstall: both views of HKLM, and every loaded user hive. */
#ifdef _WIN32

#include <stdlib.h>
#include <string.h>

#include "../portable/text.h"
#include "files.h"
#include "registry.h"

struct listing {
    struct khien_source *source;
    const wchar_t *hive;
    int64_t view;
    struct khien_path_system system;
    struct khien_windows_root root;
    struct khien_path path;
};

static void put_exists(struct listing *listing, const char *field) {
    int32_t exists = khien_path_exists(listing->path.units, listing->path.length);
    khien_draft_truth(&listing->source->draft, field, exists);
}

static void put_location(struct listing *listing, const struct khien_value *location) {
    if (location->count == 0) return;
    /* A folder: quotes and variables, but no arguments. */
    if (khien_resolve_icon(location->units, location->count, &listing->system, &listing->path)) {
        put_exists(listing, "location_exists");
    }
}

static void put_program(struct listing *listing, const struct khien_value *icon, const struct khien_value *command) {
    bool resolved = icon->count > 0
        ? khien_resolve_icon(icon->units, icon->count, &listing->system, &listing->path)
        : command->count > 0
            && khien_resolve_command(command->units, command->count, &listing->system, &listing->path);
    if (!resolved || khien_is_installer(&listing->path)) return;
    khien_draft_utf16(&listing->source->draft, "program", listing->path.units, listing->path.length);
    put_exists(listing, "program_exists");
}

static void take_text(
    struct khien_draft *draft, const char *field, HKEY key, const wchar_t *name, struct khien_value *value) {
    if (khien_registry_text(key, name, value)) khien_draft_utf16(draft, field, value->units, value->count);
}

static bool entry(void *context, const wchar_t *name, HKEY key) {
    struct listing *listing = context;
    struct khien_draft *draft = &listing->source->draft;
    struct khien_value location, command, icon;
    khien_draft_begin(draft, "uninstall");
    khien_draft_wide(draft, "hive", listing->hive);
    khien_draft_number(draft, "view", listing->view);
    khien_draft_wide(draft, "key", name);
    khien_draft_registry_text(draft, "name", key, L"DisplayName");
    khien_draft_registry_text(draft, "version", key, L"DisplayVersion");
    khien_draft_registry_text(draft, "publisher", key, L"Publisher");
    khien_draft_registry_text(draft, "date", key, L"InstallDate");
    take_text(draft, "location", key, L"InstallLocation", &location);
    take_text(draft, "command", key, L"UninstallString", &command);
    take_text(draft, "icon", key, L"DisplayIcon", &icon);
    khien_draft_registry_text(draft, "parent", key, L"ParentKeyName");
    khien_draft_registry_text(draft, "release", key, L"ReleaseType");
    khien_draft_registry_flag(draft, "component", key, L"SystemComponent");
    khien_draft_registry_flag(draft, "msi", key, L"WindowsInstaller");
    put_location(listing, &location);
    put_program(listing, &icon, &command);
    khien_value_release(&location);
    khien_value_release(&command);
    khien_value_release(&icon);
    return khien_source_emit(listing->source) && !khien_source_is_over(listing->source);
}

/* One Uninstall key; false when the source should stop. */
static bool list(
    struct listing *listing, HKEY parent, const wchar_t *path, uint32_t flag, const wchar_t *hive, int64_t view) {
    HKEY key = NULL;
    uint32_t error = khien_registry_open(parent, path, flag, &key);
    if (error == ERROR_FILE_NOT_FOUND || error == ERROR_KEY_DELETED) return true;
    if (error != ERROR_SUCCESS) {
        khien_source_problem(listing->source, "a list of installed programs", error);
        return true;
    }
    listing->hive = hive;
    listing->view = view;
    bool go_on = khien_registry_each(listing->source, key, flag, KHIEN_SUBKEYS, entry, listing);
    RegCloseKey(key);
    return go_on;
}

#define UNINSTALL L"Microsoft\\Windows\\CurrentVersion\\Uninstall"

static bool user(void *context, const wchar_t *name, HKEY key) {
    struct listing *listing = context;
    const uint16_t *units = (const uint16_t *)name;
    size_t count = wcslen(name);
    /* .DEFAULT is S-1-5-18 once more; …_Classes is a part of a user's hive. */
    bool other = khien_utf16_equals(units, count, ".DEFAULT")
        || (count > 8 && khien_utf16_equals(units + count - 8, 8, "_Classes"));
    if (other) return true;
    return list(listing, key, L"Software\\" UNINSTALL, KEY_WOW64_64KEY, name, 64)
        && list(listing, key, L"Software\\WOW6432Node\\" UNINSTALL, KEY_WOW64_64KEY, name, 32);
}

void khien_read_uninstall(struct khien_source *source) {
    struct listing *listing = calloc(1, sizeof *listing);
    if (!listing) {
        khien_source_problem(source, "memory", ERROR_OUTOFMEMORY);
        return;
    }
    listing->source = source;
    khien_windows_path_system(&listing->system, &listing->root);
    if (list(listing, HKEY_LOCAL_MACHINE, L"SOFTWARE\\" UNINSTALL, KEY_WOW64_64KEY, L"HKLM", 64)
        && list(listing, HKEY_LOCAL_MACHINE, L"SOFTWARE\\" UNINSTALL, KEY_WOW64_32KEY, L"HKLM", 32)) {
        (void)khien_registry_each(source, HKEY_USERS, 0, KHIEN_HIVES, user, listing);
    }
    free(listing);
}

#endif
