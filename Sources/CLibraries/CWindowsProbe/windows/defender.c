/* Microsoft Defender's own word on its mode, and the policy that makes it passive on a server. */
#ifdef _WIN32

#include <string.h>

#include "../portable/dates.h"
#include "registry.h"
#include "wmi.h"

static void put_date(struct khien_source *source, const char *field, IWbemClassObject *row, const wchar_t *name) {
    VARIANT value;
    int64_t seconds = 0;
    bool there = khien_wmi_property(source, row, name, &value);
    bool known = there && V_VT(&value) == VT_BSTR && V_BSTR(&value)
        && khien_cim_date((const uint16_t *)V_BSTR(&value), wcslen(V_BSTR(&value)), &seconds);
    if (known) {
        khien_draft_number(&source->draft, field, seconds);
    } else {
        khien_draft_unknown(&source->draft, field);
    }
    VariantClear(&value);
}

static void put_policy(struct khien_draft *draft) {
    HKEY key = NULL;
    uint32_t error = khien_registry_open(HKEY_LOCAL_MACHINE,
        L"SOFTWARE\\Policies\\Microsoft\\Windows Advanced Threat Protection", KEY_WOW64_64KEY, &key);
    if (error != ERROR_SUCCESS) return;
    khien_draft_registry_flag(draft, "passive_policy", key, L"ForceDefenderPassiveMode");
    RegCloseKey(key);
}

static bool status(void *context, IWbemClassObject *row) {
    struct khien_source *source = context;
    khien_draft_begin(&source->draft, "defender");
    khien_draft_wmi_text(source, "mode", row, L"AMRunningMode");
    khien_draft_wmi_truth(source, "real_time", row, L"RealTimeProtectionEnabled");
    khien_draft_wmi_truth(source, "service_enabled", row, L"AMServiceEnabled");
    khien_draft_wmi_truth(source, "tamper_protected", row, L"IsTamperProtected");
    put_date(source, "signatures_at", row, L"AntivirusSignatureLastUpdated");
    khien_draft_wmi_text(source, "signature_version", row, L"AntivirusSignatureVersion");
    khien_draft_wmi_text(source, "engine_version", row, L"AMEngineVersion");
    khien_draft_wmi_text(source, "platform_version", row, L"AMProductVersion");
    put_policy(&source->draft);
    (void)khien_source_emit(source);
    return false; /* there is one */
}

void khien_read_defender(struct khien_source *source) {
    khien_wmi_each(source, L"ROOT\\Microsoft\\Windows\\Defender", L"MSFT_MpComputerStatus", status, source);
}

#endif
