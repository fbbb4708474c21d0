#ifdef _WIN32

#include "files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "registry.h"

#ifndef LOAD_LIBRARY_SEARCH_SYSTEM32
#define LOAD_LIBRARY_SEARCH_SYSTEM32 0x00000800
#endif

HMODULE khien_system_library(const wchar_t *name) {
    return LoadLibraryExW(name, NULL, LOAD_LIBRARY_SEARCH_SYSTEM32);
}

/* Whether asking for the file is quick and stays on this device. */
static bool is_local(const uint16_t *units, size_t count) {
    if (count < 3 || units[1] != ':' || (units[2] != '\\' && units[2] != '/')) return false;
    uint16_t letter = units[0] | 0x20;
    if (letter < 'a' || letter > 'z') return false;
    wchar_t drive[4] = {(wchar_t)units[0], L':', L'\\', 0};
    UINT type = GetDriveTypeW(drive);
    return type == DRIVE_FIXED || type == DRIVE_RAMDISK || type == DRIVE_REMOVABLE;
}

/* The attributes, or 0 where there is nothing, or -1 where that is not known. */
static int64_t attributes_of(const uint16_t *units, size_t count) {
    wchar_t path[KHIEN_PATH_UNITS + 1];
    if (count > KHIEN_PATH_UNITS || !is_local(units, count)) return -1;
    for (size_t i = 0; i < count; i++) {
        if (units[i] == 0) return -1;
        path[i] = (wchar_t)units[i];
    }
    path[count] = 0;
    DWORD attributes = GetFileAttributesW(path);
    if (attributes != INVALID_FILE_ATTRIBUTES) return attributes == 0 ? FILE_ATTRIBUTE_NORMAL : (int64_t)attributes;
    DWORD error = GetLastError();
    return error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND ? 0 : -1;
}

int32_t khien_path_exists(const uint16_t *units, size_t count) {
    int64_t attributes = attributes_of(units, count);
    return attributes < 0 ? -1 : attributes > 0;
}

static int32_t is_file(void *context, const uint16_t *units, size_t count) {
    (void)context;
    int64_t attributes = attributes_of(units, count);
    return attributes < 0 ? -1 : attributes > 0 && !(attributes & FILE_ATTRIBUTE_DIRECTORY);
}

static size_t variable(void *context, const uint16_t *name, size_t length, uint16_t *value, size_t capacity) {
    (void)context;
    wchar_t zero_ended[128];
    wchar_t found[KHIEN_PATH_UNITS];
    if (length == 0 || length >= sizeof zero_ended / sizeof *zero_ended) return 0;
    memcpy(zero_ended, name, length * sizeof *name);
    zero_ended[length] = 0;
    DWORD written = GetEnvironmentVariableW(zero_ended, found, KHIEN_PATH_UNITS);
    if (written == 0 || written >= KHIEN_PATH_UNITS || written > capacity) return 0;
    memcpy(value, found, written * sizeof *value);
    return written;
}

void khien_windows_path_system(struct khien_path_system *system, struct khien_windows_root *root) {
    UINT length = GetSystemWindowsDirectoryW(root->units, MAX_PATH);
    if (length == 0 || length >= MAX_PATH) length = 0;
    *system = (struct khien_path_system){
        .is_file = is_file, .variable = variable, .root = (const uint16_t *)root->units, .root_length = length,
    };
}

typedef DWORD(WINAPI *version_size)(LPCWSTR, LPDWORD);
typedef BOOL(WINAPI *version_read)(LPCWSTR, DWORD, DWORD, LPVOID);
typedef BOOL(WINAPI *version_query)(LPCVOID, LPCWSTR, LPVOID *, PUINT);

static bool begin(struct khien_versions *versions) {
    if (versions->library) return versions->size && versions->read && versions->query;
    versions->library = khien_system_library(L"version.dll");
    if (!versions->library) return false;
    versions->size = GetProcAddress(versions->library, "GetFileVersionInfoSizeW");
    versions->read = GetProcAddress(versions->library, "GetFileVersionInfoW");
    versions->query = GetProcAddress(versions->library, "VerQueryValueW");
    return versions->size && versions->read && versions->query;
}

void khien_versions_release(struct khien_versions *versions) {
    if (versions->library) FreeLibrary(versions->library);
    *versions = (struct khien_versions){0};
}

/* The name below one language; the result points into `block`. */
static const wchar_t *company(
    const struct khien_versions *versions, const void *block, unsigned language, unsigned page, UINT *units) {
    wchar_t name[64];
    void *found = NULL;
    *units = 0;
    _snwprintf(name, sizeof name / sizeof *name, L"\\StringFileInfo\\%04x%04x\\CompanyName", language, page);
    name[63] = 0;
    version_query query = (version_query)(void (*)(void))versions->query;
    return query(block, name, &found, units) && *units > 0 ? found : NULL;
}

static void put_company(
    struct khien_draft *draft, const char *field, const struct khien_versions *versions, const void *block) {
    WORD *languages = NULL;
    UINT size = 0, units = 0;
    const wchar_t *name = NULL;
    version_query query = (version_query)(void (*)(void))versions->query;
    if (query(block, L"\\VarFileInfo\\Translation", (void **)&languages, &size) && size >= 2 * sizeof(WORD)) {
        name = company(versions, block, languages[0], languages[1], &units);
    }
    if (!name) name = company(versions, block, 0x0409, 0x04B0, &units);
    if (!name) name = company(versions, block, 0x0409, 0x04E4, &units);
    if (!name) return;
    size_t length = 0;
    while (length < units && name[length]) length++;
    khien_draft_utf16(draft, field, (const uint16_t *)name, length);
}

void khien_draft_company(
    struct khien_draft *draft, const char *field, struct khien_versions *versions, const struct khien_path *path) {
    if (versions->reads >= KHIEN_VERSION_READS || is_file(NULL, path->units, path->length) != 1) return;
    if (!begin(versions)) return;
    versions->reads++;
    wchar_t zero_ended[KHIEN_PATH_UNITS + 1];
    memcpy(zero_ended, path->units, path->length * sizeof *path->units);
    zero_ended[path->length] = 0;
    DWORD ignored = 0;
    DWORD size = ((version_size)(void (*)(void))versions->size)(zero_ended, &ignored);
    if (size == 0 || size > KHIEN_VERSION_BYTES) return;
    void *block = calloc(1, size);
    if (!block) return;
    if (((version_read)(void (*)(void))versions->read)(zero_ended, 0, size, block)) {
        put_company(draft, field, versions, block);
    }
    free(block);
}

void khien_read_files(struct khien_source *source) {
    for (uint32_t i = 0; i < source->path_count; i++) {
        const wchar_t *path = source->paths[i];
        khien_draft_begin(&source->draft, "file");
        khien_draft_wide(&source->draft, "path", path);
        khien_draft_truth(&source->draft, "exists", khien_path_exists((const uint16_t *)path, wcslen(path)));
        if (!khien_source_emit(source)) return;
    }
}

#endif
