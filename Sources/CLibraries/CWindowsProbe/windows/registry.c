#ifdef _WIN32

#include "registry.h"

#include <stdlib.h>
#include <string.h>

#include "../portable/text.h"

uint32_t khien_registry_open(HKEY parent, const wchar_t *path, uint32_t view, HKEY *key) {
    return (uint32_t)RegOpenKeyExW(parent, path, 0, KEY_READ | view, key);
}

bool khien_registry_text(HKEY key, const wchar_t *name, struct khien_value *value) {
    *value = (struct khien_value){0};
    DWORD size = 512;
    BYTE *bytes = NULL;
    /* The value may grow between two calls, but not for ever. */
    for (int attempt = 0; attempt < 4; attempt++) {
        BYTE *grown = realloc(bytes, size);
        if (!grown) break;
        bytes = grown;
        DWORD type = 0, read = size;
        LSTATUS status = RegQueryValueExW(key, name, NULL, &type, bytes, &read);
        if (status == ERROR_SUCCESS && (type == REG_SZ || type == REG_EXPAND_SZ)) {
            value->units = (uint16_t *)(void *)bytes;
            value->count = khien_utf16_length(value->units, (read < size ? read : size) / sizeof(uint16_t));
            return true;
        }
        if (status != ERROR_MORE_DATA || read > KHIEN_VALUE_BYTES) break;
        size = read > size ? read : size * 2;
    }
    free(bytes);
    return false;
}

void khien_value_release(struct khien_value *value) {
    free(value->units);
    *value = (struct khien_value){0};
}

bool khien_registry_number(HKEY key, const wchar_t *name, int64_t *number) {
    uint64_t bytes = 0;
    DWORD type = 0, size = sizeof bytes;
    if (RegQueryValueExW(key, name, NULL, &type, (BYTE *)&bytes, &size) != ERROR_SUCCESS) return false;
    if (type == REG_DWORD && size == sizeof(uint32_t)) {
        *number = (int64_t)(uint32_t)bytes;
        return true;
    }
    if (type == REG_QWORD && size == sizeof bytes && bytes <= INT64_MAX) {
        *number = (int64_t)bytes;
        return true;
    }
    return false;
}

void khien_draft_registry_text(struct khien_draft *draft, const char *field, HKEY key, const wchar_t *name) {
    struct khien_value value;
    if (!khien_registry_text(key, name, &value)) return;
    khien_draft_utf16(draft, field, value.units, value.count);
    khien_value_release(&value);
}

void khien_draft_registry_flag(struct khien_draft *draft, const char *field, HKEY key, const wchar_t *name) {
    int64_t number = 0;
    if (khien_registry_number(key, name, &number)) khien_draft_truth(draft, field, number != 0);
}

void khien_draft_wide(struct khien_draft *draft, const char *field, const wchar_t *text) {
    khien_draft_utf16(draft, field, (const uint16_t *)text, text ? wcslen(text) : 0);
}

static bool was_deleted(uint32_t error) { return error == ERROR_FILE_NOT_FOUND || error == ERROR_KEY_DELETED; }

bool khien_registry_names(
    struct khien_source *source, HKEY parent, uint32_t limit, khien_name_callback callback, void *context) {
    wchar_t name[KHIEN_KEY_NAME];
    for (DWORD index = 0; index < limit; index++) {
        DWORD length = KHIEN_KEY_NAME;
        LSTATUS status = RegEnumKeyExW(parent, index, name, &length, NULL, NULL, NULL, NULL);
        if (status == ERROR_NO_MORE_ITEMS || status == ERROR_KEY_DELETED) return true;
        if (status == ERROR_MORE_DATA) {
            khien_source_problem(source, "a key whose name is too long", (uint32_t)status);
            continue;
        }
        if (status != ERROR_SUCCESS) {
            khien_source_problem(source, "listing keys", (uint32_t)status);
            return true;
        }
        /* Another key would be opened: names with a zero inside can be made and listed, but not opened this way. */
        if (wcslen(name) != length) {
            khien_source_problem(source, "a key with a zero in its name", ERROR_INVALID_NAME);
            continue;
        }
        if (!callback(context, name)) return false;
    }
    khien_source_problem(source, "more keys than the limit", ERROR_MORE_DATA);
    return true;
}

struct opening {
    struct khien_source *source;
    HKEY parent;
    uint32_t view;
    khien_subkey_callback callback;
    void *context;
};

static bool open_each(void *context, const wchar_t *name) {
    const struct opening *opening = context;
    HKEY key = NULL;
    uint32_t error = khien_registry_open(opening->parent, name, opening->view, &key);
    if (error != ERROR_SUCCESS) {
        if (!was_deleted(error)) khien_source_problem(opening->source, "a key that cannot be opened", error);
        return true;
    }
    bool go_on = opening->callback(opening->context, name, key);
    RegCloseKey(key);
    return go_on;
}

bool khien_registry_each(struct khien_source *source, HKEY parent, uint32_t view, uint32_t limit,
    khien_subkey_callback callback, void *context) {
    struct opening opening = {source, parent, view, callback, context};
    return khien_registry_names(source, parent, limit, open_each, &opening);
}

#endif
