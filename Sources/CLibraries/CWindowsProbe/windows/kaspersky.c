/*
 * What Kaspersky's Network Agent writes about the protection of the device.
 * Source: Kaspersky Security Center help, article 3644: …\Components\34\1103\1.0.0.0\Statistics\AVState and its values.
 */
#ifdef _WIN32

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../portable/dates.h"
#include "registry.h"

#define LEVELS 3 /* keys between Components and Statistics */

struct listing {
    struct khien_source *source;
    uint32_t view;
    int depth;
    wchar_t names[LEVELS][256];
    bool seen; /* some Components key was there */
};

static void put_date(struct khien_draft *draft, const char *field, const char *raw, HKEY key, const wchar_t *name) {
    struct khien_value value;
    int64_t seconds = 0;
    if (!khien_registry_text(key, name, &value)) return;
    if (khien_kaspersky_date(value.units, value.count, &seconds)) {
        khien_draft_number(draft, field, seconds);
    } else {
        khien_draft_unknown(draft, field);
        if (raw) khien_draft_utf16(draft, raw, value.units, value.count);
    }
    khien_value_release(&value);
}

/* 4 to 8 are enabled, 1 disabled, 2 paused, 9 failed; 0 unknown and 3 starting say nothing yet. */
static int32_t runs(HKEY key) {
    int64_t state = 0, running = 0;
    if (khien_registry_number(key, L"Protection_RtpState", &state)) {
        if (state >= 4 && state <= 8) return 1;
        if (state == 1 || state == 2 || state == 9) return 0;
        if (state == 3) return -1;
    }
    bool known = khien_registry_number(key, L"Protection_AvRunning", &running);
    return known && (running == 0 || running == 1) ? (int32_t)running : -1;
}

/* Of the component's own key, where it has them. */
static void put_product(struct khien_draft *draft, HKEY component) {
    khien_draft_registry_text(draft, "product", component, L"ProductName");
    khien_draft_registry_text(draft, "product_version", component, L"ProductVersion");
}

static bool put_state(struct listing *listing, HKEY component, HKEY state) {
    struct khien_draft *draft = &listing->source->draft;
    wchar_t name[LEVELS * 256] = L"";
    for (int i = 0; i < listing->depth; i++) {
        if (i > 0) wcscat(name, L"\\");
        wcscat(name, listing->names[i]);
    }
    int64_t number = 0;
    khien_draft_begin(draft, "kaspersky");
    khien_draft_wide(draft, "component", name);
    khien_draft_number(draft, "view", listing->view == KEY_WOW64_64KEY ? 64 : 32);
    khien_draft_truth(draft, "engine_running", runs(state));
    if (khien_registry_number(state, L"Protection_RtpState", &number)) khien_draft_number(draft, "state", number);
    put_date(draft, "bases_at", "bases_text", state, L"Protection_BasesDate");
    put_date(draft, "last_connection", NULL, state, L"Protection_LastConnected");
    khien_draft_registry_text(draft, "server", state, L"Protection_AdmServer");
    put_product(draft, component);
    return khien_source_emit(listing->source);
}

static bool component(void *context, const wchar_t *name, HKEY key) {
    struct listing *listing = context;
    HKEY state = NULL;
    wcscpy(listing->names[listing->depth++], name); /* a key's name has at most 255 units */
    bool go_on = !khien_source_is_over(listing->source);
    if (listing->depth > 1 && khien_registry_open(key, L"Statistics\\AVState", 0, &state) == ERROR_SUCCESS) {
        go_on = put_state(listing, key, state);
        RegCloseKey(state);
    }
    if (go_on && listing->depth < LEVELS) {
        go_on = khien_registry_each(listing->source, key, listing->view, KHIEN_ENTRIES, component, listing);
    }
    listing->depth--;
    return go_on;
}

static bool list(struct listing *listing, uint32_t view) {
    HKEY key = NULL;
    uint32_t error = khien_registry_open(HKEY_LOCAL_MACHINE, L"SOFTWARE\\KasperskyLab\\Components", view, &key);
    if (error == ERROR_FILE_NOT_FOUND || error == ERROR_KEY_DELETED) return true;
    listing->seen = true;
    if (error != ERROR_SUCCESS) {
        khien_source_problem(listing->source, "Kaspersky's components", error);
        return true;
    }
    listing->view = view;
    bool go_on = khien_registry_each(listing->source, key, view, KHIEN_ENTRIES, component, listing);
    RegCloseKey(key);
    return go_on;
}

void khien_read_kaspersky(struct khien_source *source) {
    struct listing *listing = calloc(1, sizeof *listing);
    if (!listing) {
        khien_source_problem(source, "memory", ERROR_OUTOFMEMORY);
        return;
    }
    listing->source = source;
    if (list(listing, KEY_WOW64_64KEY)) (void)list(listing, KEY_WOW64_32KEY);
    if (!listing->seen) khien_source_absent(source, "no Kaspersky components on this device");
    free(listing);
}

#endif
