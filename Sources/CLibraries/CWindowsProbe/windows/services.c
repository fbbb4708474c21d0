/* Services and drivers as the service manager knows them, with what the registry adds. */
#ifdef _WIN32

#include <stdlib.h>
#include <string.h>

#include "files.h"
#include "registry.h"
#include "services.h"

#ifndef SERVICE_CONFIG_LAUNCH_PROTECTED
#define SERVICE_CONFIG_LAUNCH_PROTECTED 12
#endif

SC_HANDLE khien_open_service_manager(uint32_t access) {
    static SRWLOCK lock = SRWLOCK_INIT;
    AcquireSRWLockExclusive(&lock);
    SC_HANDLE manager = OpenSCManagerW(NULL, NULL, access);
    DWORD error = GetLastError();
    ReleaseSRWLockExclusive(&lock);
    SetLastError(error);
    return manager;
}

struct listing {
    struct khien_source *source;
    SC_HANDLE scm;
    HKEY services; /* HKLM\SYSTEM\CurrentControlSet\Services, or NULL */
    bool drivers;
    struct khien_versions versions;
    struct khien_path_system system;
    struct khien_windows_root root;
    struct khien_path path;
    BYTE config[KHIEN_SERVICE_CONFIG_BYTES];
};

static const char *state_name(DWORD state) {
    switch (state) {
        case SERVICE_RUNNING: return "running";
        case SERVICE_STOPPED: return "stopped";
        case SERVICE_PAUSED: return "paused";
        case SERVICE_START_PENDING:
        case SERVICE_STOP_PENDING:
        case SERVICE_CONTINUE_PENDING:
        case SERVICE_PAUSE_PENDING: return "pending";
        default: return NULL;
    }
}

static bool has_instances(HKEY key) {
    static const wchar_t *const places[] = {L"Instances", L"Parameters\\Instances"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        HKEY instances = NULL;
        if (khien_registry_open(key, places[i], 0, &instances) == ERROR_SUCCESS) {
            RegCloseKey(instances);
            return true;
        }
    }
    return false;
}

/* Start type and protection: the manager's word, else the registry's, which it was made from. */
static void put_start(struct listing *listing, const QUERY_SERVICE_CONFIGW *config, HKEY key) {
    struct khien_draft *draft = &listing->source->draft;
    int64_t number = 0;
    if (config) {
        khien_draft_number(draft, "start", config->dwStartType);
    } else if (key && khien_registry_number(key, L"Start", &number)) {
        khien_draft_number(draft, "start", number);
    }
}

static void put_protection(struct listing *listing, SC_HANDLE service, HKEY key) {
    struct khien_draft *draft = &listing->source->draft;
    DWORD protection = 0, needed = 0; /* SERVICE_LAUNCH_PROTECTED_INFO is one number */
    int64_t number = 0;
    if (service
        && QueryServiceConfig2W(
            service, SERVICE_CONFIG_LAUNCH_PROTECTED, (BYTE *)&protection, sizeof protection, &needed)) {
        khien_draft_number(draft, "protected", protection);
    } else if (key && khien_registry_number(key, L"LaunchProtected", &number)) {
        khien_draft_number(draft, "protected", number);
    }
}

static void put_file(
    struct listing *listing, const wchar_t *name, const uint16_t *units, size_t count, bool running, HKEY key) {
    struct khien_draft *draft = &listing->source->draft;
    wchar_t usual[MAX_PATH];
    if (count == 0 && listing->drivers) {
        /* Where Windows looks when a driver has no ImagePath. */
        if (wcslen(name) > MAX_PATH - 40) return;
        wcscpy(usual, L"system32\\drivers\\");
        wcscat(usual, name);
        wcscat(usual, L".sys");
        units = (const uint16_t *)usual;
        count = wcslen(usual);
    }
    if (count == 0 || !khien_resolve_command(units, count, &listing->system, &listing->path)) return;
    khien_draft_utf16(draft, "file", listing->path.units, listing->path.length);
    khien_draft_truth(draft, "file_exists", khien_path_exists(listing->path.units, listing->path.length));
    /* Reading a file costs time: only those that may count. */
    bool read = listing->drivers ? key && has_instances(key) : running;
    if (read) khien_draft_company(draft, "publisher", &listing->versions, &listing->path);
}

static bool put_service(struct listing *listing, const ENUM_SERVICE_STATUS_PROCESSW *status) {
    struct khien_draft *draft = &listing->source->draft;
    const wchar_t *name = status->lpServiceName;
    const QUERY_SERVICE_CONFIGW *config = NULL;
    HKEY key = NULL;
    SC_HANDLE service = OpenServiceW(listing->scm, name, SERVICE_QUERY_CONFIG);
    if (!service && GetLastError() == ERROR_SERVICE_DOES_NOT_EXIST) return true;
    DWORD needed = 0;
    QUERY_SERVICE_CONFIGW *buffer = (QUERY_SERVICE_CONFIGW *)(void *)listing->config;
    if (service && QueryServiceConfigW(service, buffer, sizeof listing->config, &needed)) config = buffer;
    if (listing->services) (void)khien_registry_open(listing->services, name, 0, &key);

    khien_draft_begin(draft, "service");
    khien_draft_wide(draft, "name", name);
    khien_draft_wide(draft, "display", status->lpDisplayName);
    khien_draft_text(draft, "type", listing->drivers ? "driver" : "win32");
    khien_draft_text(draft, "state", state_name(status->ServiceStatusProcess.dwCurrentState));
    put_start(listing, config, key);
    put_protection(listing, service, key);
    struct khien_value image = {0};
    bool written = key && khien_registry_text(key, L"ImagePath", &image);
    const uint16_t *units = image.units;
    size_t count = image.count;
    if (!written && config && config->lpBinaryPathName) {
        units = (const uint16_t *)config->lpBinaryPathName;
        count = wcslen(config->lpBinaryPathName);
    }
    if (count > 0) khien_draft_utf16(draft, "path", units, count);
    put_file(listing, name, units, count, status->ServiceStatusProcess.dwCurrentState == SERVICE_RUNNING, key);
    khien_value_release(&image);
    if (key) RegCloseKey(key);
    if (service) CloseServiceHandle(service);
    return khien_source_emit(listing->source) && !khien_source_is_over(listing->source);
}

/* The manager gives at most 256 KiB at a time and says where to go on. */
static void list(struct listing *listing) {
    enum { size = 256 * 1024 };
    BYTE *bytes = malloc(size);
    if (!bytes) {
        khien_source_problem(listing->source, "memory", ERROR_OUTOFMEMORY);
        return;
    }
    DWORD type = listing->drivers ? SERVICE_DRIVER : SERVICE_WIN32, resume = 0;
    bool more = true;
    for (DWORD taken = 0; more && taken < KHIEN_SERVICE_LIST_BYTES; taken += size) {
        DWORD needed = 0, count = 0;
        more = false;
        if (!EnumServicesStatusExW(listing->scm, SC_ENUM_PROCESS_INFO, type, SERVICE_STATE_ALL, bytes, size, &needed,
                &count, &resume, NULL)) {
            DWORD error = GetLastError();
            more = error == ERROR_MORE_DATA && count > 0;
            if (!more) khien_source_problem(listing->source, "listing services", error);
        }
        const ENUM_SERVICE_STATUS_PROCESSW *services = (const ENUM_SERVICE_STATUS_PROCESSW *)(void *)bytes;
        for (DWORD i = 0; i < count; i++) {
            if (!put_service(listing, &services[i])) {
                free(bytes);
                return;
            }
        }
    }
    if (more) khien_source_problem(listing->source, "more services than the limit", ERROR_MORE_DATA);
    free(bytes);
}

void khien_read_services(struct khien_source *source) {
    struct listing *listing = calloc(1, sizeof *listing);
    if (!listing) {
        khien_source_problem(source, "memory", ERROR_OUTOFMEMORY);
        return;
    }
    listing->source = source;
    listing->drivers = source->number == KHIEN_SOURCE_DRIVER;
    khien_windows_path_system(&listing->system, &listing->root);
    listing->scm = khien_open_service_manager(SC_MANAGER_CONNECT | SC_MANAGER_ENUMERATE_SERVICE);
    if (listing->scm) {
        if (khien_registry_open(HKEY_LOCAL_MACHINE, L"SYSTEM\\CurrentControlSet\\Services", 0, &listing->services)
            != ERROR_SUCCESS) {
            listing->services = NULL;
        }
        list(listing);
        if (listing->services) RegCloseKey(listing->services);
        CloseServiceHandle(listing->scm);
    } else {
        khien_source_problem(source, "the service manager", GetLastError());
    }
    khien_versions_release(&listing->versions);
    free(listing);
}

#endif
