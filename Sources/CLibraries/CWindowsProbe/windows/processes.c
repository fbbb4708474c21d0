/* Running executables, each path once, and named pipes. */
#ifdef _WIN32

#include <stdlib.h>
#include <string.h>

#include "registry.h"
#include <tlhelp32.h>

struct paths {
    wchar_t **items;
    size_t count;
};

static int compare(const void *left, const void *right) {
    return CompareStringOrdinal(*(wchar_t *const *)left, -1, *(wchar_t *const *)right, -1, TRUE) - CSTR_EQUAL;
}

/* The full path, or the base name for a process that does not let itself be asked. */
static wchar_t *path_of(const PROCESSENTRY32W *entry) {
    wchar_t buffer[KHIEN_PATH_UNITS];
    const wchar_t *found = entry->szExeFile;
    DWORD units = KHIEN_PATH_UNITS;
    HANDLE process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, entry->th32ProcessID);
    if (process) {
        if (QueryFullProcessImageNameW(process, 0, buffer, &units) && units > 0) found = buffer;
        CloseHandle(process);
    }
    return _wcsdup(found);
}

static void collect(struct khien_source *source, struct paths *paths) {
    HANDLE snapshot = INVALID_HANDLE_VALUE;
    for (int attempt = 0; attempt < 4 && snapshot == INVALID_HANDLE_VALUE; attempt++) {
        snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
        if (snapshot == INVALID_HANDLE_VALUE && GetLastError() != ERROR_BAD_LENGTH) break;
    }
    if (snapshot == INVALID_HANDLE_VALUE) {
        khien_source_problem(source, "the list of processes", GetLastError());
        return;
    }
    PROCESSENTRY32W entry = {.dwSize = sizeof entry};
    BOOL there = Process32FirstW(snapshot, &entry);
    while (there && paths->count < KHIEN_PROCESSES && !khien_source_is_over(source)) {
        wchar_t *path = entry.th32ProcessID == 0 ? NULL : path_of(&entry); /* 0 is idle time */
        if (path) paths->items[paths->count++] = path;
        there = Process32NextW(snapshot, &entry);
    }
    if (there) khien_source_problem(source, "more processes than the limit", ERROR_MORE_DATA);
    CloseHandle(snapshot);
}

void khien_read_processes(struct khien_source *source) {
    struct paths paths = {.items = calloc(KHIEN_PROCESSES, sizeof(wchar_t *))};
    if (!paths.items) {
        khien_source_problem(source, "memory", ERROR_OUTOFMEMORY);
        return;
    }
    collect(source, &paths);
    qsort(paths.items, paths.count, sizeof *paths.items, compare);
    for (size_t i = 0, next; i < paths.count; i = next) {
        next = i + 1;
        while (next < paths.count && compare(&paths.items[i], &paths.items[next]) == 0) next++;
        khien_draft_begin(&source->draft, "process");
        khien_draft_wide(&source->draft, "path", paths.items[i]);
        khien_draft_number(&source->draft, "count", (int64_t)(next - i));
        if (!khien_source_emit(source)) break;
    }
    for (size_t i = 0; i < paths.count; i++) free(paths.items[i]);
    free(paths.items);
}

void khien_read_pipes(struct khien_source *source) {
    WIN32_FIND_DATAW found;
    HANDLE find = FindFirstFileW(L"\\\\.\\pipe\\*", &found);
    if (find == INVALID_HANDLE_VALUE) {
        DWORD error = GetLastError();
        if (error != ERROR_FILE_NOT_FOUND) khien_source_problem(source, "the list of pipes", error);
        return;
    }
    do {
        khien_draft_begin(&source->draft, "pipe");
        khien_draft_wide(&source->draft, "name", found.cFileName);
        if (!khien_source_emit(source) || khien_source_is_over(source)) {
            FindClose(find);
            return;
        }
    } while (FindNextFileW(find, &found));
    DWORD error = GetLastError();
    if (error != ERROR_NO_MORE_FILES) khien_source_problem(source, "the list of pipes", error);
    FindClose(find);
}

#endif
