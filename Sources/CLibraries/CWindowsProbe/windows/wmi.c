#ifdef _WIN32

#include "wmi.h"

#include <stdio.h>

#include "registry.h"

static const GUID class_locator = {0x4590F811, 0x1D3A, 0x11D0, {0x89, 0x1F, 0x00, 0xAA, 0x00, 0x4B, 0x2E, 0x24}};
static const GUID interface_locator = {0xDC12A687, 0x737F, 0x11CF, {0x88, 0x4D, 0x00, 0xAA, 0x00, 0x4B, 0x2E, 0x24}};

static bool is_absence(HRESULT result) {
    return result == (HRESULT)WBEM_E_INVALID_NAMESPACE || result == (HRESULT)WBEM_E_INVALID_CLASS
        || result == (HRESULT)WBEM_E_NOT_FOUND;
}

static void fail(struct khien_source *source, const char *what, HRESULT result) {
    if (is_absence(result)) {
        khien_source_absent(source, "this system has no such WMI namespace or class");
    } else {
        khien_source_problem(source, what, (uint32_t)result);
    }
}

/* WMI runs in another process and has to act in our name. Fails only where the answer will fail too. */
static void allow_impersonation(IUnknown *proxy) {
    (void)CoSetProxyBlanket(proxy, RPC_C_AUTHN_WINNT, RPC_C_AUTHZ_NONE, NULL, RPC_C_AUTHN_LEVEL_CALL,
        RPC_C_IMP_LEVEL_IMPERSONATE, NULL, EOAC_NONE);
}

static LONG wait_milliseconds(const struct khien_source *source) {
    uint64_t now = GetTickCount64();
    uint64_t left = source->deadline_tick > now ? source->deadline_tick - now : 0;
    return left < KHIEN_WMI_WAIT_MS ? (LONG)left : KHIEN_WMI_WAIT_MS;
}

static void take_rows(
    struct khien_source *source, IEnumWbemClassObject *rows, khien_row_callback callback, void *context) {
    uint32_t taken = 0, errors = 0;
    while (taken < KHIEN_WMI_ROWS && errors < KHIEN_WMI_ERRORS) {
        IWbemClassObject *row = NULL;
        ULONG count = 0;
        HRESULT result = IEnumWbemClassObject_Next(rows, wait_milliseconds(source), 1, &row, &count);
        if (result == WBEM_S_TIMEDOUT) {
            if (khien_source_is_over(source)) return;
            continue;
        }
        if (SUCCEEDED(result) && count == 1 && row) {
            errors = 0;
            taken++;
            bool go_on = callback(context, row);
            IWbemClassObject_Release(row);
            if (!go_on) return;
            continue;
        }
        if (SUCCEEDED(result)) return; /* WBEM_S_FALSE: the end */
        if (is_absence(result)) {
            fail(source, "", result);
            return;
        }
        /* One row that cannot be had says nothing about the next. */
        khien_source_problem(source, "a row of WMI", (uint32_t)result);
        errors++;
    }
    if (taken >= KHIEN_WMI_ROWS) khien_source_problem(source, "more rows than the limit", ERROR_MORE_DATA);
}

static void query(struct khien_source *source, IWbemServices *services, const wchar_t *class_name,
    khien_row_callback callback, void *context) {
    wchar_t text[128];
    _snwprintf(text, sizeof text / sizeof *text, L"SELECT * FROM %ls", class_name);
    text[127] = 0;
    BSTR language = SysAllocString(L"WQL"), statement = SysAllocString(text);
    IEnumWbemClassObject *rows = NULL;
    HRESULT result = E_OUTOFMEMORY;
    if (language && statement) {
        result = IWbemServices_ExecQuery(services, language, statement,
            WBEM_FLAG_FORWARD_ONLY | WBEM_FLAG_RETURN_IMMEDIATELY, NULL, &rows);
    }
    if (SUCCEEDED(result) && rows) {
        allow_impersonation((IUnknown *)rows);
        take_rows(source, rows, callback, context);
        IEnumWbemClassObject_Release(rows);
    } else {
        fail(source, "the WMI query", result);
    }
    SysFreeString(statement);
    SysFreeString(language);
}

static void connect_server(struct khien_source *source, IWbemLocator *locator, const wchar_t *name_space,
    const wchar_t *class_name, khien_row_callback callback, void *context) {
    IWbemServices *services = NULL;
    BSTR name = SysAllocString(name_space);
    HRESULT result = E_OUTOFMEMORY;
    if (name) {
        result = IWbemLocator_ConnectServer(
            locator, name, NULL, NULL, NULL, WBEM_FLAG_CONNECT_USE_MAX_WAIT, NULL, NULL, &services);
    }
    if (SUCCEEDED(result) && services) {
        allow_impersonation((IUnknown *)services);
        query(source, services, class_name, callback, context);
        IWbemServices_Release(services);
    } else {
        fail(source, "connecting to WMI", result);
    }
    SysFreeString(name);
}

void khien_wmi_each(struct khien_source *source, const wchar_t *name_space, const wchar_t *class_name,
    khien_row_callback callback, void *context) {
    HRESULT result = CoInitializeEx(NULL, COINIT_MULTITHREADED);
    if (FAILED(result)) {
        khien_source_problem(source, "COM", (uint32_t)result);
        return;
    }
    IWbemLocator *locator = NULL;
    result = CoCreateInstance(&class_locator, NULL, CLSCTX_INPROC_SERVER, &interface_locator, (void **)&locator);
    if (SUCCEEDED(result) && locator) {
        connect_server(source, locator, name_space, class_name, callback, context);
        IWbemLocator_Release(locator);
    } else {
        khien_source_problem(source, "WMI", (uint32_t)result);
    }
    CoUninitialize();
}

bool khien_wmi_property(struct khien_source *source, IWbemClassObject *row, const wchar_t *name, VARIANT *value) {
    VariantInit(value);
    HRESULT result = IWbemClassObject_Get(row, name, 0, value, NULL, NULL);
    if (FAILED(result)) {
        /* Older systems have fewer properties. */
        if (result != (HRESULT)WBEM_E_NOT_FOUND) khien_source_problem(source, "a property of WMI", (uint32_t)result);
        VariantClear(value);
        return false;
    }
    return V_VT(value) != VT_NULL && V_VT(value) != VT_EMPTY;
}

void khien_draft_wmi_text(struct khien_source *source, const char *field, IWbemClassObject *row, const wchar_t *name) {
    VARIANT value;
    bool there = khien_wmi_property(source, row, name, &value);
    bool text = there && V_VT(&value) == VT_BSTR && V_BSTR(&value);
    khien_draft_wide(&source->draft, field, text ? V_BSTR(&value) : NULL);
    VariantClear(&value);
}

void khien_draft_wmi_truth(struct khien_source *source, const char *field, IWbemClassObject *row, const wchar_t *name) {
    VARIANT value;
    bool there = khien_wmi_property(source, row, name, &value);
    bool known = there && V_VT(&value) == VT_BOOL;
    khien_draft_truth(&source->draft, field, known ? V_BOOL(&value) != VARIANT_FALSE : -1);
    VariantClear(&value);
}

#endif
