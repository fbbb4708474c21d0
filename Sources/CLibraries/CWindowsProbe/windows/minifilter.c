/* Minifilter instances with their altitudes, by registry; whether they are loaded, by filter and service manager. */
#ifdef _WIN32

#include <stdlib.h>
#include <string.h>

#include "../portable/text.h"
#include "files.h"
#include "registry.h"
#include "services.h"

/* FILTER_FULL_INFORMATION, which the headers of mingw keep for drivers. */
struct filter_information {
    ULONG next_offset;
    ULONG frame;
    ULONG instances;
    USHORT name_bytes;
    WCHAR name[1];
};

struct loaded_filters {
    wchar_t *names; /* each ends with a zero */
    size_t units;
};

struct listing {
    struct khien_source *source;
    SC_HANDLE scm; /* or NULL */
    const wchar_t *service;
    HKEY service_key;
    int32_t loaded; /* of the service; -1 unknown */
    bool resolved;
    struct loaded_filters filters;
    struct khien_versions versions;
    struct khien_path_system system;
    struct khien_windows_root root;
    struct khien_path path;
};

typedef HRESULT(WINAPI *filter_first)(ULONG, LPVOID, DWORD, LPDWORD, LPHANDLE);
typedef HRESULT(WINAPI *filter_next)(HANDLE, ULONG, LPVOID, DWORD, LPDWORD);
typedef HRESULT(WINAPI *filter_close)(HANDLE);

static void add_filter(struct loaded_filters *filters, const struct filter_information *filter, DWORD bytes) {
    size_t header = offsetof(struct filter_information, name);
    if (bytes < header || filter->name_bytes > bytes - header) return;
    size_t units = filter->name_bytes / sizeof(WCHAR);
    wchar_t *grown = realloc(filters->names, (filters->units + units + 1) * sizeof *grown);
    if (!grown) return;
    filters->names = grown;
    memcpy(grown + filters->units, filter->name, units * sizeof *grown);
    grown[filters->units + units] = 0;
    filters->units += units + 1;
}

/* The filter manager answers administrators only. Without it the service manager's word has to do. */
static void ask_filter_manager(struct loaded_filters *filters) {
    HMODULE library = khien_system_library(L"fltlib.dll");
    if (!library) return;
    filter_first first = (filter_first)(void (*)(void))GetProcAddress(library, "FilterFindFirst");
    filter_next next = (filter_next)(void (*)(void))GetProcAddress(library, "FilterFindNext");
    filter_close close = (filter_close)(void (*)(void))GetProcAddress(library, "FilterFindClose");
    union {
        struct filter_information filter;
        BYTE bytes[2048];
    } answer;
    DWORD bytes = 0;
    HANDLE find = NULL;
    if (first && next && close && first(0, &answer, sizeof answer, &bytes, &find) == S_OK) {
        uint32_t seen = 0;
        do {
            add_filter(filters, &answer.filter, bytes);
            bytes = 0;
        } while (++seen < KHIEN_FILTERS && next(find, 0, &answer, sizeof answer, &bytes) == S_OK);
        close(find);
    }
    FreeLibrary(library);
}

static bool is_listed(const struct loaded_filters *filters, const wchar_t *service) {
    for (size_t at = 0; at < filters->units; at += wcslen(filters->names + at) + 1) {
        if (CompareStringOrdinal(filters->names + at, -1, service, -1, TRUE) == CSTR_EQUAL) return true;
    }
    return false;
}

static int32_t is_loaded(struct listing *listing) {
    if (is_listed(&listing->filters, listing->service)) return 1;
    if (!listing->scm) return -1;
    SC_HANDLE service = OpenServiceW(listing->scm, listing->service, SERVICE_QUERY_STATUS);
    /* A filter need not be a service that the manager knows: then nothing is known. */
    if (!service) return -1;
    SERVICE_STATUS status;
    int32_t loaded = QueryServiceStatus(service, &status) ? status.dwCurrentState != SERVICE_STOPPED : -1;
    CloseServiceHandle(service);
    return loaded;
}

static void put_file(struct listing *listing) {
    struct khien_draft *draft = &listing->source->draft;
    if (!listing->resolved) {
        struct khien_value image = {0};
        wchar_t usual[300] = L"";
        const uint16_t *units;
        size_t count;
        if (khien_registry_text(listing->service_key, L"ImagePath", &image) && image.count > 0) {
            units = image.units;
            count = image.count;
        } else {
            wcscpy(usual, L"system32\\drivers\\");
            wcsncat(usual, listing->service, 255);
            wcscat(usual, L".sys");
            units = (const uint16_t *)usual;
            count = wcslen(usual);
        }
        if (!khien_resolve_command(units, count, &listing->system, &listing->path)) listing->path.length = 0;
        khien_value_release(&image);
        listing->resolved = true;
    }
    if (listing->path.length == 0) return;
    size_t base = khien_base_name(listing->path.units, listing->path.length);
    khien_draft_utf16(draft, "file", listing->path.units + base, listing->path.length - base);
    khien_draft_truth(draft, "file_exists", khien_path_exists(listing->path.units, listing->path.length));
    khien_draft_company(draft, "publisher", &listing->versions, &listing->path);
}

static bool instance(void *context, const wchar_t *name, HKEY key) {
    struct listing *listing = context;
    struct khien_draft *draft = &listing->source->draft;
    struct khien_value altitude;
    if (!khien_registry_text(key, L"Altitude", &altitude)) return true; /* not an instance */
    khien_draft_begin(draft, "minifilter");
    khien_draft_wide(draft, "service", listing->service);
    khien_draft_wide(draft, "instance", name);
    khien_draft_utf16(draft, "altitude", altitude.units, altitude.count);
    khien_value_release(&altitude);
    put_file(listing);
    if (listing->loaded == -2) listing->loaded = is_loaded(listing);
    khien_draft_truth(draft, "loaded", listing->loaded);
    return khien_source_emit(listing->source);
}

static bool service(void *context, const wchar_t *name, HKEY key) {
    static const wchar_t *const places[] = {L"Instances", L"Parameters\\Instances"};
    struct listing *listing = context;
    listing->service = name;
    listing->service_key = key;
    listing->loaded = -2; /* not asked yet */
    listing->resolved = false;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        HKEY instances = NULL;
        uint32_t error = khien_registry_open(key, places[i], 0, &instances);
        if (error == ERROR_FILE_NOT_FOUND || error == ERROR_KEY_DELETED) continue;
        if (error != ERROR_SUCCESS) {
            khien_source_problem(listing->source, "instances of a filter", error);
            continue;
        }
        bool go_on = khien_registry_each(listing->source, instances, 0, KHIEN_INSTANCES, instance, listing);
        RegCloseKey(instances);
        if (!go_on) return false;
    }
    return !khien_source_is_over(listing->source);
}

void khien_read_minifilters(struct khien_source *source) {
    struct listing *listing = calloc(1, sizeof *listing);
    HKEY services = NULL;
    if (!listing) {
        khien_source_problem(source, "memory", ERROR_OUTOFMEMORY);
        return;
    }
    listing->source = source;
    khien_windows_path_system(&listing->system, &listing->root);
    uint32_t error = khien_registry_open(HKEY_LOCAL_MACHINE, L"SYSTEM\\CurrentControlSet\\Services", 0, &services);
    if (error == ERROR_SUCCESS) {
        ask_filter_manager(&listing->filters);
        listing->scm = khien_open_service_manager(SC_MANAGER_CONNECT);
        (void)khien_registry_each(source, services, 0, KHIEN_SUBKEYS, service, listing);
        if (listing->scm) CloseServiceHandle(listing->scm);
        RegCloseKey(services);
    } else {
        khien_source_problem(source, "the list of services", error);
    }
    khien_versions_release(&listing->versions);
    free(listing->filters.names);
    free(listing);
}

#endif
