/* Tests of what a quiet system does not do: keys that vanish, a long list of services, a network drive. Runs under wine. */
#include "../../Sources/CLibraries/CWindowsProbe/windows/source.h"

#include <stdio.h>
#include <winsvc.h>

#include "../../Sources/CLibraries/CWindowsProbe/portable/json.h"

/* The calls of the probes go to these. */
static HKEY vanishing;
static LSTATUS WINAPI enumerate_and_delete(HKEY key, DWORD index, LPWSTR name, LPDWORD length, LPDWORD reserved, LPWSTR class,
    LPDWORD class_length, PFILETIME time) {
    LSTATUS status = RegEnumKeyExW(key, index, name, length, reserved, class, class_length, time);
    if (key != vanishing) return status;
    if (status == ERROR_SUCCESS && wcscmp(name, L"gone") == 0) RegDeleteKeyW(key, name);
    /* Such a name can be made, but not with the registry's ordinary calls. */
    if (status == ERROR_SUCCESS && wcscmp(name, L"zero") == 0) *length += 1;
    return status;
}

static int rounds;
static BOOL endless;
static BOOL WINAPI many_services(SC_HANDLE manager, SC_ENUM_TYPE level, DWORD type, DWORD state, LPBYTE bytes, DWORD size,
    LPDWORD needed, LPDWORD count, LPDWORD resume, LPCWSTR group) {
    static WCHAR names[][4] = {L"one", L"two"};
    (void)manager, (void)level, (void)type, (void)state, (void)group;
    ENUM_SERVICE_STATUS_PROCESSW *services = (ENUM_SERVICE_STATUS_PROCESSW *)(void *)bytes;
    ZeroMemory(services, sizeof *services);
    rounds++;
    if (size < sizeof *services || (!endless && *resume > 1)) return FALSE;
    services->lpServiceName = services->lpDisplayName = names[*resume & 1];
    services->ServiceStatusProcess.dwCurrentState = 77;
    *count = 1;
    *needed = 1000;
    if (!endless && *resume == 1) return TRUE;
    *resume += 1;
    SetLastError(ERROR_MORE_DATA);
    return FALSE;
}

static UINT drive_type = DRIVE_FIXED;
static int looked;
static UINT WINAPI type_of_drive(LPCWSTR drive) {
    (void)drive;
    return drive_type;
}
static DWORD WINAPI look(LPCWSTR path) {
    looked++;
    return GetFileAttributesW(path);
}
static SC_HANDLE WINAPI open_service(SC_HANDLE manager, LPCWSTR name, DWORD access) {
    (void)manager, (void)name, (void)access;
    SetLastError(ERROR_ACCESS_DENIED);
    return NULL;
}

#define RegEnumKeyExW enumerate_and_delete
#define EnumServicesStatusExW many_services
#define OpenServiceW open_service
#define GetDriveTypeW type_of_drive
#define GetFileAttributesW look
#include "../../Sources/CLibraries/CWindowsProbe/windows/files.c"
#include "../../Sources/CLibraries/CWindowsProbe/windows/registry.c"
#include "../../Sources/CLibraries/CWindowsProbe/windows/services.c"
#undef RegEnumKeyExW

static int problems;
static struct khien_json json;
static void append(void *context, const struct khien_record *record) {
    (void)context;
    khien_json_record(&json, record);
}
bool khien_source_emit(struct khien_source *source) { return khien_buffer_add(&source->buffer, &source->draft); }
bool khien_source_is_over(struct khien_source *source) { return GetTickCount64() >= source->deadline_tick; }
void khien_source_problem(struct khien_source *source, const char *what, uint32_t error) {
    (void)source, (void)what, (void)error;
    problems++;
}

static int passed, failed;
static void check(bool good, const char *what) {
    if (good) {
        passed++;
    } else {
        failed++;
        printf("FAILED: %s\n", what);
    }
}

static int opened;
static bool count_key(void *context, const wchar_t *name, HKEY key) {
    (void)context, (void)name, (void)key;
    opened++;
    return true;
}

static void test_registry(struct khien_source *source) {
    HKEY key = NULL;
    if (RegCreateKeyExW(HKEY_CURRENT_USER, L"KhienTest", 0, NULL, 0, KEY_ALL_ACCESS, NULL, &vanishing, NULL) != 0) exit(1);
    static const wchar_t *const names[] = {L"gone", L"stays", L"zero"};
    for (int i = 0; i < 3; i++) {
        if (RegCreateKeyExW(vanishing, names[i], 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL) != 0) exit(1);
        RegCloseKey(key);
    }
    problems = 0;
    /* Index 0 is "gone"; deleting it moves the others up, so that "stays" is passed over and "zero" is next. */
    check(khien_registry_each(source, vanishing, 0, 100, count_key, NULL), "a key that vanishes does not end the listing");
    check(problems == 1, "a key that vanishes is no problem; a name with a zero inside is one");
    problems = opened = 0;
    check(khien_registry_each(source, vanishing, 0, 100, count_key, NULL) && opened == 1 && problems == 1,
        "a name with a zero inside opens no other key");
    problems = 0;
    (void)khien_registry_each(source, vanishing, 0, 1, count_key, NULL);
    check(problems == 1, "a limit of keys is told");
    RegCloseKey(vanishing);
    vanishing = NULL;
}

static void test_services(struct khien_source *source) {
    problems = rounds = 0;
    khien_read_services(source);
    khien_buffer_deliver(&source->buffer, append, NULL);
    const char *expected = "{\"kind\":\"service\",\"name\":\"one\",\"display\":\"one\",\"type\":\"win32\",\"state\":null}\n"
                           "{\"kind\":\"service\",\"name\":\"two\",\"display\":\"two\",\"type\":\"win32\",\"state\":null}\n";
    check(rounds == 2 && json.length == strlen(expected) && memcmp(json.bytes, expected, json.length) == 0 && problems == 0,
        "a list that comes in parts is read to its end, also where services may not be opened");
    endless = TRUE;
    rounds = 0;
    khien_read_services(source);
    check(rounds == 16 && problems == 1, "a list without an end is left after its limit, and that is told");
}

static void test_drives(void) {
    static const struct { const char *path; UINT type; int32_t exists; int looked; } rows[] = {
        {"C:\\windows", DRIVE_FIXED, 1, 1}, {"C:\\no such folder\\x", DRIVE_FIXED, 0, 1},
        {"C:\\windows", DRIVE_REMOTE, -1, 0}, {"C:\\windows", DRIVE_NO_ROOT_DIR, -1, 0}, {"C:\\windows", DRIVE_CDROM, -1, 0},
        {"\\\\server\\share\\x.exe", DRIVE_FIXED, -1, 0}, {"windowsdefender://", DRIVE_FIXED, -1, 0}, {"C:x", DRIVE_FIXED, -1, 0},
        {"\\\\.\\PhysicalDrive0", DRIVE_FIXED, -1, 0}, {"", DRIVE_FIXED, -1, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint16_t units[64];
        size_t count = strlen(rows[i].path);
        for (size_t j = 0; j < count; j++) units[j] = (uint8_t)rows[i].path[j];
        drive_type = rows[i].type;
        looked = 0;
        check(khien_path_exists(units, count) == rows[i].exists && looked == rows[i].looked, rows[i].path);
    }
}

int main(void) {
    struct khien_source *source = calloc(1, sizeof *source);
    if (!source) return 1;
    source->buffer.entry_limit = source->buffer.byte_limit = 1 << 20;
    source->number = KHIEN_SOURCE_SERVICE;
    source->deadline_tick = UINT64_MAX;
    test_registry(source);
    test_services(source);
    test_drives();
    printf("system tests: %d passed, %d failed\n", passed, failed);
    return failed > 0;
}
