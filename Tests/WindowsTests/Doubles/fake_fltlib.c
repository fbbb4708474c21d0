/* A filter manager with a few filters, in the place of fltlib.dll. Built as a DLL. */
#include <windows.h>

struct filter {
    ULONG next_offset, frame, instances;
    USHORT name_bytes;
    WCHAR name[64];
};

#ifdef PLANTED
/* Lies beside the program, where a stranger may have put it. */
static const WCHAR *const names[] = {L"ghostflt"};
#else
static const WCHAR *const names[] = {L"newflt", L"ghostflt"};
#endif

static ULONG at;

static HRESULT give(void *buffer, DWORD size, DWORD *bytes) {
    if (at >= sizeof names / sizeof *names) return (HRESULT)0x80070103; /* no more items */
    struct filter *filter = buffer;
    if (size < sizeof *filter) return E_INVALIDARG;
    ZeroMemory(filter, sizeof *filter);
    lstrcpyW(filter->name, names[at]);
    filter->name_bytes = (USHORT)(lstrlenW(names[at]) * sizeof(WCHAR));
    *bytes = (DWORD)(14 + filter->name_bytes);
#ifndef PLANTED
    /* The name goes on beyond the answer: it is not to be believed. */
    if (at == 1) *bytes = 14 + 4;
#endif
    at++;
    return S_OK;
}

__declspec(dllexport) HRESULT WINAPI FilterFindFirst(ULONG kind, void *buffer, DWORD size, DWORD *bytes, HANDLE *find) {
    (void)kind;
    at = 0;
    *find = (HANDLE)1;
    return give(buffer, size, bytes);
}

__declspec(dllexport) HRESULT WINAPI FilterFindNext(HANDLE find, ULONG kind, void *buffer, DWORD size, DWORD *bytes) {
    (void)find;
    (void)kind;
    return give(buffer, size, bytes);
}

__declspec(dllexport) HRESULT WINAPI FilterFindClose(HANDLE find) {
    (void)find;
    return S_OK;
}

/* As in wine: exported, and ends the process. */
__declspec(dllexport) HRESULT WINAPI FilterVolumeFindFirst(void) {
    ExitProcess(99);
    return S_OK;
}
