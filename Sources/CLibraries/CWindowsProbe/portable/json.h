/* Records as JSON lines. */
#ifndef KHIEN_JSON_H
#define KHIEN_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include "../include/khien_windows.h"

/* Bytes that grow. All zero is an empty one; `bytes` belongs to it until khien_json_release. */
struct khien_json {
    char *bytes;
    size_t length, capacity;
    bool failed; /* there was no memory; what was written since is not there */
};

/*
 * Appends one object and LF: {"kind":"…",…}. Pure UTF-8; control characters are escaped, so that a record is always one
 * line, and bytes that are no UTF-8 become U+FFFD.
 */
void khien_json_record(struct khien_json *json, const struct khien_record *record);
void khien_json_release(struct khien_json *json);

#endif
