/* Puts onto a (wine) system what the probes are to find, with the system's own calls. Names and values are made up by us. */
#include <windows.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define UNINSTALL L"SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\"
#define SERVICES L"SYSTEM\\CurrentControlSet\\Services\\"
#define KES L"C:\\Program Files (x86)\\Kaspersky Lab\\KES.12.1.0"
#define AVSTATE L"\\Statistics\\AVState"

static void need(LSTATUS status, const wchar_t *what) {
    if (status == ERROR_SUCCESS) return;
    fprintf(stderr, "make_fixtures: %ls: error %ld\n", what, (long)status);
    exit(1);
}

/* Opens or makes a key of these units; names may hold anything but a backslash and a zero. */
static HKEY make_key(HKEY parent, const wchar_t *path, REGSAM view) {
    HKEY key = NULL;
    need(RegCreateKeyExW(parent, path, 0, NULL, 0, KEY_ALL_ACCESS | view, NULL, &key, NULL), path);
    return key;
}

static void raw(HKEY key, const wchar_t *name, DWORD type, const void *bytes, DWORD size) {
    need(RegSetValueExW(key, name, 0, type, bytes, size), name);
}

static void text(HKEY key, const wchar_t *name, const wchar_t *value) {
    raw(key, name, REG_SZ, value, (DWORD)((wcslen(value) + 1) * sizeof *value));
}

static void number(HKEY key, const wchar_t *name, DWORD value) { raw(key, name, REG_DWORD, &value, sizeof value); }

static void one_text(HKEY parent, const wchar_t *path, REGSAM view, const wchar_t *name, const wchar_t *value) {
    HKEY key = make_key(parent, path, view);
    text(key, name, value);
    RegCloseKey(key);
}

static void make_file(const wchar_t *path) {
    wchar_t folder[512];
    for (const wchar_t *slash = wcschr(path + 3, L'\\'); slash; slash = wcschr(slash + 1, L'\\')) {
        size_t length = (size_t)(slash - path);
        memcpy(folder, path, length * sizeof *path);
        folder[length] = 0;
        CreateDirectoryW(folder, NULL);
    }
    HANDLE file = CreateFileW(path, GENERIC_WRITE, 0, NULL, OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    if (file == INVALID_HANDLE_VALUE) need((LSTATUS)GetLastError(), path);
    CloseHandle(file);
}

static void installed_programs(void) {
    HKEY key = make_key(HKEY_LOCAL_MACHINE, UNINSTALL L"{2F7C6F19-0A3B-4C5D-9E8F-112233445566}", KEY_WOW64_64KEY);
    text(key, L"DisplayName", L"Kaspersky Endpoint Security for Windows");
    text(key, L"DisplayVersion", L"12.1.0.506");
    text(key, L"Publisher", L"АО «Лаборатория Касперского»");
    text(key, L"InstallDate", L"20261101");
    text(key, L"InstallLocation", KES L"\\");
    text(key, L"UninstallString", L"MsiExec.exe /I{2F7C6F19-0A3B-4C5D-9E8F-112233445566}");
    number(key, L"WindowsInstaller", 1);
    number(key, L"SystemComponent", 0);
    RegCloseKey(key);

    key = make_key(HKEY_LOCAL_MACHINE, UNINSTALL L"{AE5-32}", KEY_WOW64_32KEY);
    text(key, L"DisplayName", L"AES Encryption Module");
    text(key, L"ParentKeyName", L"{2F7C6F19-0A3B-4C5D-9E8F-112233445566}");
    text(key, L"ReleaseType", L"Update");
    text(key, L"DisplayIcon", L"\"" KES L"\\avp.exe\",-101");
    number(key, L"SystemComponent", 1);
    RegCloseKey(key);

    key = make_key(HKEY_LOCAL_MACHINE, UNINSTALL L"Gone", KEY_WOW64_32KEY);
    text(key, L"DisplayName", L"Gone Antivirus");
    text(key, L"InstallLocation", L"C:\\Program Files\\Gone");
    text(key, L"UninstallString", L"\"%ProgramFiles%\\Gone\\uninst.exe\" /S");
    RegCloseKey(key);
    key = make_key(HKEY_LOCAL_MACHINE, UNINSTALL L"Network", KEY_WOW64_64KEY);
    text(key, L"DisplayName", L"Network Antivirus");
    text(key, L"InstallLocation", L"\\\\server\\share\\av");
    RegCloseKey(key);

    one_text(HKEY_CURRENT_USER, L"Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\{8B9FA5FF-3E61-4658-B0DA-E6DDB46D6BAD}_is1",
        0, L"DisplayName", L"SMΔRTP");
    one_text(HKEY_USERS, L"S-1-5-21-1-2-3-1001\\Software\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Narrow", 0,
        L"DisplayName", L"Narrow");
    one_text(HKEY_USERS, L"S-1-5-21-1-2-3-1001_Classes\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Never", 0,
        L"DisplayName", L"Never");
    one_text(HKEY_USERS, L".DEFAULT\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Never again", 0,
        L"DisplayName", L"Never again");
}

static void traps(void) {
    HKEY key = make_key(HKEY_LOCAL_MACHINE, UNINSTALL L"Trap line\nbreak \"quoted\" \x01 bell\x07", KEY_WOW64_64KEY);
    text(key, L"DisplayName", L"line\nbreak \"quoted\" back\\slash tab\t bell\x07 \x7f");
    RegCloseKey(key);

    static const wchar_t surrogate_key[] = {L'T', L'r', L'a', L'p', L' ', 0xD83D, L'x', 0};
    static const wchar_t surrogates[] = {L'a', 0xD800, L'b', 0xDC00, L'c', 0xD83D, 0xDE00, 0xD83D, 0};
    wchar_t path[256] = UNINSTALL;
    wcscat(path, surrogate_key);
    one_text(HKEY_LOCAL_MACHINE, path, KEY_WOW64_64KEY, L"DisplayName", surrogates);

    static const BYTE bytes[] = {1, 2, 3, 4, 5, 6, 7, 8};
    key = make_key(HKEY_LOCAL_MACHINE, UNINSTALL L"Trap types", KEY_WOW64_64KEY);
    number(key, L"DisplayName", 0x00410042);
    raw(key, L"DisplayVersion", REG_MULTI_SZ, L"1\0002\0", 10);
    raw(key, L"Publisher", REG_BINARY, bytes, 8);
    raw(key, L"InstallDate", REG_NONE, L"x", 4);
    text(key, L"SystemComponent", L"1");
    raw(key, L"WindowsInstaller", REG_DWORD, bytes, 2);
    RegCloseKey(key);

    key = make_key(HKEY_LOCAL_MACHINE, UNINSTALL L"Trap ends", KEY_WOW64_64KEY);
    raw(key, L"DisplayName", REG_SZ, L"NoZero", 12);
    raw(key, L"Publisher", REG_SZ, L"Odd", 5);
    raw(key, L"DisplayVersion", REG_SZ, L"", 0);
    raw(key, L"InstallDate", REG_SZ, L"Seen\0Hidden", 24);
    RegCloseKey(key);

    wchar_t *large = malloc(200000);
    for (size_t i = 0; i < 100000; i++) large[i] = L'ạ';
    key = make_key(HKEY_LOCAL_MACHINE, UNINSTALL L"Trap sizes", KEY_WOW64_64KEY);
    raw(key, L"DisplayName", REG_SZ, large, 200000);
    raw(key, L"Publisher", REG_SZ, large, 6000);
    text(key, L"DisplayVersion", L"9");
    RegCloseKey(key);
    free(large);
    RegCloseKey(make_key(HKEY_LOCAL_MACHINE, UNINSTALL L"Trap empty", KEY_WOW64_64KEY));
}

static void make_service(SC_HANDLE manager, const wchar_t *name, const wchar_t *display, DWORD type, DWORD start, const wchar_t *path) {
    SC_HANDLE service = CreateServiceW(manager, name, display, SERVICE_ALL_ACCESS, type, start, SERVICE_ERROR_NORMAL, path,
        NULL, NULL, NULL, NULL, NULL);
    if (!service) need((LSTATUS)GetLastError(), name);
    if (wcscmp(name, L"KhienTestRunning") == 0 && !StartServiceW(service, 0, NULL)) need((LSTATUS)GetLastError(), name);
    CloseServiceHandle(service);
}

static void services(void) {
    SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_ALL_ACCESS);
    if (!manager) need((LSTATUS)GetLastError(), L"service manager");
    make_service(manager, L"AVP.KES.21.13", L"Kaspersky Endpoint Security Service", SERVICE_WIN32_OWN_PROCESS, SERVICE_AUTO_START,
        KES L"\\avp.exe -r");
    make_service(manager, L"klnagent", L"Kaspersky Security Center Network Agent", SERVICE_WIN32_OWN_PROCESS, SERVICE_DEMAND_START,
        L"\"C:\\Program Files (x86)\\Kaspersky Lab\\NetworkAgent\\klnagent.exe\" -s \"x y\"");
    make_service(manager, L"SentinelAgent", L"Line\nbreak \"agent\"", SERVICE_WIN32_OWN_PROCESS, SERVICE_DISABLED,
        L"%ProgramFiles%\\Sentinel One\\agent.exe --serve");
    make_service(manager, L"KhienTestRunning", L"Khien test", SERVICE_WIN32_OWN_PROCESS, SERVICE_DEMAND_START,
        L"C:\\Khien Test\\running service.exe");
    make_service(manager, L"klif", L"Kaspersky Lab Driver", SERVICE_FILE_SYSTEM_DRIVER, SERVICE_SYSTEM_START,
        L"system32\\DRIVERS\\klif.sys");
    make_service(manager, L"newflt", L"New filter", SERVICE_FILE_SYSTEM_DRIVER, SERVICE_DEMAND_START,
        L"\\SystemRoot\\system32\\drivers\\newflt.sys");
    make_service(manager, L"plaindrv", L"Plain driver", SERVICE_KERNEL_DRIVER, SERVICE_DEMAND_START,
        L"\\??\\C:\\windows\\system32\\drivers\\plaindrv.sys");
    CloseServiceHandle(manager);
    HKEY key = make_key(HKEY_LOCAL_MACHINE, SERVICES L"AVP.KES.21.13", 0);
    number(key, L"LaunchProtected", 3);
    RegCloseKey(key);
    make_file(KES L"\\avp.exe");

    one_text(HKEY_LOCAL_MACHINE, SERVICES L"klif\\Instances\\klif Instance", 0, L"Altitude", L"320400");
    one_text(HKEY_LOCAL_MACHINE, SERVICES L"newflt\\Parameters\\Instances\\new \"one\"", 0, L"Altitude", L"321120.5");
    one_text(HKEY_LOCAL_MACHINE, SERVICES L"ghostflt\\Instances\\Ghost", 0, L"Altitude", L"328010");
    key = make_key(HKEY_LOCAL_MACHINE, SERVICES L"oddflt\\Instances\\Odd", 0);
    number(key, L"Altitude", 320000);
    RegCloseKey(key);
}

static void kaspersky(void) {
    HKEY key = make_key(HKEY_LOCAL_MACHINE, L"SOFTWARE\\KasperskyLab\\Components\\34\\1103\\1.0.0.0", KEY_WOW64_32KEY);
    text(key, L"ProductName", L"Network Agent");
    text(key, L"ProductVersion", L"15.1.0.20748");
    RegCloseKey(key);
    key = make_key(HKEY_LOCAL_MACHINE, L"SOFTWARE\\KasperskyLab\\Components\\34\\1103\\1.0.0.0" AVSTATE, KEY_WOW64_32KEY);
    number(key, L"Protection_RtpState", 7);
    number(key, L"Protection_AvRunning", 1);
    text(key, L"Protection_BasesDate", L"23-11-2026 06-05-04");
    text(key, L"Protection_LastConnected", L"23-11-2026 07-00-00");
    text(key, L"Protection_AdmServer", L"ksc.example.vn");
    RegCloseKey(key);
    key = make_key(HKEY_LOCAL_MACHINE, L"SOFTWARE\\KasperskyLab\\Components\\34\\1103\\1.0.0.0" AVSTATE, KEY_WOW64_64KEY);
    number(key, L"Protection_AvRunning", 0);
    text(key, L"Protection_BasesDate", L"11/23/2026 06:05:04");
    text(key, L"Protection_LastConnected", L"never");
    RegCloseKey(key);
    key = make_key(HKEY_LOCAL_MACHINE, L"SOFTWARE\\KasperskyLab\\Components\\35\\1200" AVSTATE, KEY_WOW64_64KEY);
    number(key, L"Protection_RtpState", 3);
    number(key, L"Protection_AvRunning", 0);
    RegCloseKey(key);
    key = make_key(HKEY_LOCAL_MACHINE, L"SOFTWARE\\KasperskyLab\\Components\\36\\1\\2" AVSTATE, KEY_WOW64_64KEY);
    text(key, L"Protection_RtpState", L"7");
    number(key, L"Protection_AvRunning", 5);
    RegCloseKey(key);
    RegCloseKey(make_key(HKEY_LOCAL_MACHINE, L"SOFTWARE\\KasperskyLab\\protected", KEY_WOW64_64KEY));
    key = make_key(HKEY_LOCAL_MACHINE, L"SOFTWARE\\Policies\\Microsoft\\Windows Advanced Threat Protection", KEY_WOW64_64KEY);
    number(key, L"ForceDefenderPassiveMode", 1);
    RegCloseKey(key);
}

int main(void) {
    installed_programs();
    traps();
    services();
    kaspersky();
    return 0;
}
