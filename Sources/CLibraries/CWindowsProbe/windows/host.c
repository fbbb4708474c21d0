/* Which device and system this is. */
#ifdef _WIN32

#include <string.h>

#include "../portable/text.h"
#include "registry.h"

typedef LONG(WINAPI *version_function)(OSVERSIONINFOEXW *);

/* The real version: GetVersionEx lies to programs without a manifest. */
static bool read_version(OSVERSIONINFOEXW *version) {
    *version = (OSVERSIONINFOEXW){.dwOSVersionInfoSize = sizeof *version};
    HMODULE library = GetModuleHandleW(L"ntdll.dll");
    if (!library) return false;
    version_function get = (version_function)(void (*)(void))GetProcAddress(library, "RtlGetVersion");
    return get && get(version) == 0;
}

/* "Windows 10 Pro 22H2". Windows 11 still calls itself 10 in the registry. */
static void put_system(struct khien_draft *draft, const OSVERSIONINFOEXW *version) {
    HKEY key = NULL;
    struct khien_value product = {0}, release = {0};
    const wchar_t *path = L"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";
    if (khien_registry_open(HKEY_LOCAL_MACHINE, path, KEY_WOW64_64KEY, &key) != ERROR_SUCCESS) return;
    if (khien_registry_text(key, L"ProductName", &product)) {
        wchar_t name[256];
        size_t count = 0;
        for (; count < product.count && count < 120; count++) name[count] = (wchar_t)product.units[count];
        if (version->dwBuildNumber >= 22000 && khien_utf16_starts_with(product.units, product.count, "Windows 10")) {
            name[9] = L'1';
        }
        bool found = khien_registry_text(key, L"DisplayVersion", &release)
            || khien_registry_text(key, L"ReleaseId", &release);
        if (found && release.count > 0) name[count++] = L' ';
        for (size_t i = 0; found && i < release.count && i < 120; i++) name[count++] = (wchar_t)release.units[i];
        khien_draft_utf16(draft, "system", (const uint16_t *)name, count);
    }
    khien_value_release(&release);
    khien_value_release(&product);
    RegCloseKey(key);
}

static const char *architecture(void) {
    SYSTEM_INFO info;
    GetNativeSystemInfo(&info);
    switch (info.wProcessorArchitecture) {
        case PROCESSOR_ARCHITECTURE_AMD64: return "x86_64";
        case 12: return "arm64"; /* PROCESSOR_ARCHITECTURE_ARM64 */
        case PROCESSOR_ARCHITECTURE_INTEL: return "x86";
        default: return NULL;
    }
}

static void put_name(struct khien_draft *draft) {
    wchar_t name[512];
    DWORD units = sizeof name / sizeof *name;
    bool known = GetComputerNameExW(ComputerNameDnsHostname, name, &units);
    khien_draft_utf16(draft, "name", known ? (const uint16_t *)name : NULL, known ? units : 0);
}

void khien_read_host(struct khien_draft *draft) {
    OSVERSIONINFOEXW version;
    FILETIME now;
    bool known = read_version(&version);
    khien_draft_begin(draft, "host");
    put_name(draft);
    put_system(draft, &version);
    if (known) {
        khien_draft_number(draft, "build", version.dwBuildNumber);
        khien_draft_truth(draft, "server", version.wProductType != VER_NT_WORKSTATION);
    }
    khien_draft_text(draft, "architecture", architecture());
    khien_draft_text(draft, "probe", khien_windows_version());
    GetSystemTimeAsFileTime(&now);
    uint64_t ticks = (uint64_t)now.dwHighDateTime << 32 | now.dwLowDateTime; /* 100 ns since 1601 */
    khien_draft_number(draft, "recorded", (int64_t)(ticks / 10000000) - 11644473600);
}

#endif
