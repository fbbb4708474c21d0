/* Files: whether they are there, and whose they are. Windows only. */
#ifndef KHIEN_FILES_H
#define KHIEN_FILES_H

#include "../portable/path.h"
#include "source.h"

/*
 * 1: there; 0: not there; -1: not looked at or not known. Only paths with the letter of a local drive are looked at: a
 * network path could hang for minutes, and asking for it would tell a server who we are.
 */
int32_t khien_path_exists(const uint16_t *units, size_t count);

/* The real system for khien_resolve_…; `root` keeps the Windows folder and must live as long. */
struct khien_windows_root {
    wchar_t units[MAX_PATH];
};
void khien_windows_path_system(struct khien_path_system *system, struct khien_windows_root *root);

/* Reads version resources, for a limited number of files. All zero is a reader that has not begun. */
struct khien_versions {
    HMODULE library;
    FARPROC size, read, query;
    uint32_t reads;
};

/* Puts the CompanyName of a local file into the draft; nothing where it has none or the limit is reached. */
void khien_draft_company(
    struct khien_draft *draft, const char *field, struct khien_versions *versions, const struct khien_path *path);
void khien_versions_release(struct khien_versions *versions);

/* A library of the system folder, never one beside the program; NULL where there is none. FreeLibrary ends it. */
HMODULE khien_system_library(const wchar_t *name);

#endif
