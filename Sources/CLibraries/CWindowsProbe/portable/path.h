/* From what the registry says (a service's ImagePath, an icon, an uninstall command) to the file that is meant. */
#ifndef KHIEN_PATH_H
#define KHIEN_PATH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "limits.h"

struct khien_path {
    uint16_t units[KHIEN_PATH_UNITS];
    size_t length;
};

/* What resolving asks the system; a test puts its own system here. */
struct khien_path_system {
    void *context;
    /* 1: a file, not a folder; 0: nothing or a folder; -1: not known. */
    int32_t (*is_file)(void *context, const uint16_t *path, size_t length);
    /* Writes the value of an environment variable and returns its units; 0 where there is none or it does not fit. */
    size_t (*variable)(void *context, const uint16_t *name, size_t name_length, uint16_t *value, size_t capacity);
    const uint16_t *root; /* such as C:\Windows, without a backslash at the end */
    size_t root_length;
};

/*
 * The file of a command: no quotes, no arguments; %VARIABLE% (one pass), \SystemRoot\, \??\, \\?\ and paths relative to
 * the Windows folder replaced. Without quotes the first space before which the text names a file ends it, as in Windows;
 * where no file is there, a known extension does. False where nothing is left or it is too long.
 */
bool khien_resolve_command(
    const uint16_t *units, size_t count, const struct khien_path_system *system, struct khien_path *path);

/* The file of an icon: a path with or without quotes and with or without ",INDEX" at the end. */
bool khien_resolve_icon(
    const uint16_t *units, size_t count, const struct khien_path_system *system, struct khien_path *path);

/* Units from the result on are the base name: what follows the last slash of either kind. */
size_t khien_base_name(const uint16_t *units, size_t count);

/* Whether the file is MsiExec or rundll32, which say nothing about the product. */
bool khien_is_installer(const struct khien_path *path);

#endif
