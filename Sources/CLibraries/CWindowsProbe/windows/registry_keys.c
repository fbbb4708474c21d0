/* Names of the keys on the first two levels of HKLM\SOFTWARE: vendors, and their products. */
#ifdef _WIN32

#include <stdlib.h>
#include <string.h>

#include "../portable/text.h"
#include "registry.h"

struct listing {
    struct khien_source *source;
    HKEY software;
    uint32_t view;
    wchar_t vendor[KHIEN_KEY_NAME];
};

static bool put_key(struct listing *listing, const wchar_t *vendor, const wchar_t *name) {
    wchar_t path[2 * KHIEN_KEY_NAME + 16] = L"HKLM\\SOFTWARE\\";
    wcscat(path, vendor);
    if (name) {
        wcscat(path, L"\\");
        wcscat(path, name);
    }
    struct khien_draft *draft = &listing->source->draft;
    khien_draft_begin(draft, "registry");
    khien_draft_wide(draft, "key", path);
    khien_draft_number(draft, "view", listing->view == KEY_WOW64_64KEY ? 64 : 32);
    return khien_source_emit(listing->source) && !khien_source_is_over(listing->source);
}

static bool second(void *context, const wchar_t *name) {
    struct listing *listing = context;
    return put_key(listing, listing->vendor, name);
}

static bool first(void *context, const wchar_t *name) {
    struct listing *listing = context;
    const uint16_t *units = (const uint16_t *)name;
    if (!put_key(listing, name, NULL)) return false;
    /* Classes has thousands of file types and no vendor; WOW6432Node is the other view. */
    if (khien_utf16_equals(units, wcslen(name), "Classes") || khien_utf16_equals(units, wcslen(name), "WOW6432Node")) {
        return true;
    }
    HKEY key = NULL;
    uint32_t error = khien_registry_open(listing->software, name, listing->view, &key);
    if (error != ERROR_SUCCESS) {
        khien_source_problem(listing->source, "a key that cannot be opened", error);
        return true;
    }
    wcscpy(listing->vendor, name);
    /* Only names are asked for: products keep others from opening their keys. */
    bool go_on = khien_registry_names(listing->source, key, KHIEN_SUBKEYS, second, listing);
    RegCloseKey(key);
    return go_on;
}

void khien_read_registry_keys(struct khien_source *source) {
    static const uint32_t views[] = {KEY_WOW64_64KEY, KEY_WOW64_32KEY};
    struct listing listing = {.source = source};
    for (size_t i = 0; i < sizeof views / sizeof *views; i++) {
        uint32_t error = khien_registry_open(HKEY_LOCAL_MACHINE, L"SOFTWARE", views[i], &listing.software);
        if (error == ERROR_FILE_NOT_FOUND) continue;
        if (error != ERROR_SUCCESS) {
            khien_source_problem(source, "HKLM\\SOFTWARE", error);
            continue;
        }
        listing.view = views[i];
        bool go_on = khien_registry_names(source, listing.software, KHIEN_SUBKEYS, first, &listing);
        RegCloseKey(listing.software);
        if (!go_on) return;
    }
}

#endif
