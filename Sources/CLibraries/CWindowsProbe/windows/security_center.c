/* What Windows Security Center lists as antivirus. Windows Server has no such list. */
#ifdef _WIN32

#include <stdlib.h>

#include "files.h"
#include "wmi.h"

struct listing {
    struct khien_source *source;
    struct khien_path_system system;
    struct khien_windows_root root;
    struct khien_path path;
};

static void put_path(
    struct listing *listing, IWbemClassObject *row, const wchar_t *name, const char *field, const char *exists) {
    struct khien_draft *draft = &listing->source->draft;
    VARIANT value;
    bool there = khien_wmi_property(listing->source, row, name, &value);
    if (there && V_VT(&value) == VT_BSTR && V_BSTR(&value)) {
        const uint16_t *units = (const uint16_t *)V_BSTR(&value);
        size_t count = wcslen(V_BSTR(&value));
        if (khien_resolve_command(units, count, &listing->system, &listing->path)) {
            khien_draft_utf16(draft, field, listing->path.units, listing->path.length);
            khien_draft_truth(draft, exists, khien_path_exists(listing->path.units, listing->path.length));
        } else {
            khien_draft_utf16(draft, field, units, count);
        }
    }
    VariantClear(&value);
}

static void put_state(struct listing *listing, IWbemClassObject *row) {
    struct khien_draft *draft = &listing->source->draft;
    VARIANT value;
    bool there = khien_wmi_property(listing->source, row, L"productState", &value);
    if (there && V_VT(&value) == VT_I4) {
        khien_draft_number(draft, "state", (int64_t)(uint32_t)V_I4(&value));
    } else if (there && V_VT(&value) == VT_UI4) {
        khien_draft_number(draft, "state", (int64_t)V_UI4(&value));
    } else {
        khien_draft_unknown(draft, "state");
    }
    VariantClear(&value);
}

static bool product(void *context, IWbemClassObject *row) {
    struct listing *listing = context;
    struct khien_source *source = listing->source;
    khien_draft_begin(&source->draft, "security-center");
    khien_draft_wmi_text(source, "name", row, L"displayName");
    khien_draft_wmi_text(source, "guid", row, L"instanceGuid");
    put_state(listing, row);
    khien_draft_wmi_text(source, "timestamp", row, L"timestamp");
    put_path(listing, row, L"pathToSignedProductExe", "product", "product_exists");
    put_path(listing, row, L"pathToSignedReportingExe", "reporting", "reporting_exists");
    return khien_source_emit(source) && !khien_source_is_over(source);
}

void khien_read_security_center(struct khien_source *source) {
    struct listing *listing = calloc(1, sizeof *listing);
    if (!listing) {
        khien_source_problem(source, "memory", ERROR_OUTOFMEMORY);
        return;
    }
    listing->source = source;
    khien_windows_path_system(&listing->system, &listing->root);
    khien_wmi_each(source, L"ROOT\\SecurityCenter2", L"AntiVirusProduct", product, listing);
    free(listing);
}

#endif
