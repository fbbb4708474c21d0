/*
 * WMI with the rows of two namespaces, in the place of the system's own. Built as an in-process COM server.
 * KHIEN_FAKE_WMI: "rows", "hang" (Security Center never answers), "row-then-hang".
 */
#define COBJMACROS
#include <windows.h>

#include <oleauto.h>
#include <wbemcli.h>

#include <stdlib.h>

struct property {
    const wchar_t *name;
    VARTYPE type; /* VT_ERROR: reading it fails */
    const wchar_t *text;
    LONG number;
};

struct row {
    HRESULT failure; /* of the whole row */
    struct property properties[12];
};

#define KES L"C:\\Program Files (x86)\\Kaspersky Lab\\KES.12.1.0\\"

static const struct row antivirus[] = {
    {S_OK, {{L"displayName", VT_BSTR, L"Windows Defender", 0}, {L"instanceGuid", VT_BSTR, L"{D68DDC3A-831F-4fae-9E44-DA132C1ACF46}", 0},
        {L"productState", VT_I4, NULL, 397568}, {L"timestamp", VT_BSTR, L"Thu, 10 Mar 2022 16:37:21 GMT", 0},
        {L"pathToSignedProductExe", VT_BSTR, L"windowsdefender://", 0},
        {L"pathToSignedReportingExe", VT_BSTR, L"%ProgramFiles%\\Windows Defender\\MsMpeng.exe", 0}}},
    {WBEM_E_FAILED, {{0}}},
    {S_OK, {{L"displayName", VT_BSTR, L"Kaspersky Endpoint Security", 0}, {L"instanceGuid", VT_BSTR, L"{4F76F112-43EB-40E8-11D8-F7BD1853EA23}", 0},
        {L"productState", VT_I4, NULL, 266240}, {L"timestamp", VT_NULL, NULL, 0},
        {L"pathToSignedProductExe", VT_BSTR, KES L"wmi64.exe", 0}, {L"pathToSignedReportingExe", VT_BSTR, KES L"avp.exe", 0}}},
    {S_OK, {{L"displayName", VT_ERROR, NULL, 0}, {L"instanceGuid", VT_BSTR, L"{00000000-0000-0000-0000-000000000003}", 0},
        {L"productState", VT_I4, NULL, 0x54000}, {L"timestamp", VT_NULL, NULL, 0}}},
    {S_OK, {{L"displayName", VT_I4, NULL, 7}, {L"instanceGuid", VT_BSTR, L"{00000000-0000-0000-0000-000000000004}", 0},
        {L"productState", VT_BSTR, L"397568", 0}, {L"timestamp", VT_NULL, NULL, 0}}},
    {S_OK, {{L"displayName", VT_BSTR, L"Line\nbreak \"dnot.sh\"", 0}, {L"instanceGuid", VT_BSTR, L"{00000000-0000-0000-0000-000000000005}", 0},
        {L"productState", VT_I4, NULL, (LONG)0x80041000}, {L"timestamp", VT_NULL, NULL, 0}}},
};

static const struct row defender[] = {
    {S_OK, {{L"AMRunningMode", VT_BSTR, L"Passive Mode", 0}, {L"RealTimeProtectionEnabled", VT_BOOL, NULL, VARIANT_FALSE},
        {L"AMServiceEnabled", VT_BOOL, NULL, VARIANT_TRUE}, {L"IsTamperProtected", VT_NULL, NULL, 0},
        {L"AntivirusSignatureLastUpdated", VT_BSTR, L"20261123130504.000000+420", 0},
        {L"AntivirusSignatureVersion", VT_BSTR, L"1.421.350.0", 0}, {L"AMEngineVersion", VT_BSTR, L"1.1.24090.11", 0}}},
};

struct object {
    const void *table;
    const struct row *rows; /* of an enumeration, or the one of a row */
    ULONG count, at;
    BOOL center;
};

static HRESULT STDMETHODCALLTYPE query_interface(IUnknown *self, REFIID iid, void **out) {
    static const GUID client_security = {0x0000013D, 0, 0, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}};
    *out = NULL;
    if (IsEqualIID(iid, &client_security)) return E_NOINTERFACE;
    *out = self;
    return S_OK;
}
static ULONG STDMETHODCALLTYPE add_reference(IUnknown *self) {
    (void)self;
    return 2;
}
static ULONG STDMETHODCALLTYPE release(IUnknown *self) {
    (void)self; /* a test's process ends soon */
    return 1;
}

static struct object *make(const void *table, const struct row *rows, ULONG count, BOOL center) {
    struct object *object = calloc(1, sizeof *object);
    *object = (struct object){table, rows, count, 0, center};
    return object;
}

static BOOL mode(const wchar_t *name) {
    wchar_t value[32] = L"";
    GetEnvironmentVariableW(L"KHIEN_FAKE_WMI", value, 32);
    return lstrcmpW(value, name) == 0;
}

static HRESULT STDMETHODCALLTYPE get(
    IWbemClassObject *self, LPCWSTR name, LONG flags, VARIANT *value, CIMTYPE *type, LONG *flavor) {
    const struct object *object = (const struct object *)self;
    (void)flags;
    (void)type;
    (void)flavor;
    for (int i = 0; i < 12 && object->rows->properties[i].name; i++) {
        const struct property *property = &object->rows->properties[i];
        if (lstrcmpiW(property->name, name) != 0) continue;
        if (property->type == VT_ERROR) return WBEM_E_FAILED;
        VariantInit(value);
        V_VT(value) = property->type;
        if (property->type == VT_BSTR) V_BSTR(value) = SysAllocString(property->text);
        if (property->type == VT_I4) V_I4(value) = property->number;
        if (property->type == VT_BOOL) V_BOOL(value) = (VARIANT_BOOL)property->number;
        return S_OK;
    }
    return WBEM_E_NOT_FOUND;
}

static IWbemClassObjectVtbl row_table = {
    .QueryInterface = (void *)query_interface, .AddRef = (void *)add_reference, .Release = (void *)release, .Get = get,
};

static HRESULT STDMETHODCALLTYPE next(
    IEnumWbemClassObject *self, LONG timeout, ULONG wanted, IWbemClassObject **out, ULONG *count) {
    struct object *object = (struct object *)self;
    (void)timeout;
    (void)wanted;
    *count = 0;
    if (object->center && mode(L"row-then-hang") && object->at == 1) Sleep(INFINITE);
    if (object->at >= object->count) return WBEM_S_FALSE;
    const struct row *row = &object->rows[object->at++];
    if (FAILED(row->failure)) return row->failure;
    *out = (IWbemClassObject *)make(&row_table, row, 1, object->center);
    *count = 1;
    return S_OK;
}

static IEnumWbemClassObjectVtbl rows_table = {
    .QueryInterface = (void *)query_interface, .AddRef = (void *)add_reference, .Release = (void *)release, .Next = next,
};

static HRESULT STDMETHODCALLTYPE query(IWbemServices *self, const BSTR language, const BSTR text, LONG flags,
    IWbemContext *context, IEnumWbemClassObject **out) {
    const struct object *object = (const struct object *)self;
    (void)language;
    (void)text;
    (void)flags;
    (void)context;
    if (object->center && mode(L"hang")) Sleep(INFINITE);
    *out = (IEnumWbemClassObject *)make(&rows_table, object->rows, object->count, object->center);
    return S_OK;
}

static IWbemServicesVtbl services_table = {
    .QueryInterface = (void *)query_interface, .AddRef = (void *)add_reference, .Release = (void *)release, .ExecQuery = query,
};

static HRESULT STDMETHODCALLTYPE connect_server(IWbemLocator *self, const BSTR name, const BSTR user, const BSTR password,
    const BSTR locale, LONG flags, const BSTR authority, IWbemContext *context, IWbemServices **out) {
    (void)self;
    (void)user;
    (void)password;
    (void)locale;
    (void)flags;
    (void)authority;
    (void)context;
    if (lstrcmpiW(name, L"ROOT\\SecurityCenter2") == 0) {
        *out = (IWbemServices *)make(&services_table, antivirus, sizeof antivirus / sizeof *antivirus, TRUE);
    } else if (lstrcmpiW(name, L"ROOT\\Microsoft\\Windows\\Defender") == 0) {
        *out = (IWbemServices *)make(&services_table, defender, 1, FALSE);
    } else {
        return WBEM_E_INVALID_NAMESPACE;
    }
    return S_OK;
}

static IWbemLocatorVtbl locator_table = {
    .QueryInterface = (void *)query_interface, .AddRef = (void *)add_reference, .Release = (void *)release, .ConnectServer = connect_server,
};

static HRESULT STDMETHODCALLTYPE create(IClassFactory *self, IUnknown *outer, REFIID iid, void **out) {
    (void)self;
    (void)outer;
    (void)iid;
    *out = make(&locator_table, NULL, 0, FALSE);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE lock_server(IClassFactory *self, BOOL lock) {
    (void)self;
    (void)lock;
    return S_OK;
}

static IClassFactoryVtbl factory_table = {
    .QueryInterface = (void *)query_interface, .AddRef = (void *)add_reference, .Release = (void *)release,
    .CreateInstance = create, .LockServer = lock_server,
};

__declspec(dllexport) HRESULT WINAPI DllGetClassObject(REFCLSID class, REFIID iid, void **out) {
    (void)class;
    (void)iid;
    *out = make(&factory_table, NULL, 0, FALSE);
    return S_OK;
}

__declspec(dllexport) HRESULT WINAPI DllCanUnloadNow(void) { return S_FALSE; }
