/* What every source is written against: its record in the making, and how it says what went wrong. Windows only. */
#ifndef KHIEN_SOURCE_H
#define KHIEN_SOURCE_H

#ifndef UNICODE
#define UNICODE
#endif
#ifndef _UNICODE
#define _UNICODE
#endif
#ifndef WIN32_LEAN_AND_MEAN
#define WIN32_LEAN_AND_MEAN
#endif
#include <windows.h>

#include "../portable/record.h"

/* One source while it is read. Its thread owns `draft`; the rest is behind the lock in probe.c. */
struct khien_source {
    uint32_t number; /* KHIEN_SOURCE_... */
    struct khien_draft draft;
    uint64_t deadline_tick; /* GetTickCount64 when it is over */
    wchar_t **paths;        /* for KHIEN_SOURCE_FILE */
    uint32_t path_count;
    HANDLE done; /* set when the thread has finished in time */

    struct khien_buffer buffer;
    uint32_t problem_count;
    bool absent, finished, abandoned;
    char reason[KHIEN_REASON_BYTES]; /* of the first problem */
};

/* Takes the draft over; false when the source should stop, because nobody waits any more or a limit is reached. */
bool khien_source_emit(struct khien_source *source);

/* Whether the deadline is over; that is a problem of the source then, so that one that stops early is not complete. */
bool khien_source_is_over(struct khien_source *source);

/*
 * Something could not be read: the source is `partial`, or `unavailable` when it has no entries. `error` is the system's
 * number.
 */
void khien_source_problem(struct khien_source *source, const char *what, uint32_t error);

/* This system has no such source. */
void khien_source_absent(struct khien_source *source, const char *what);

/* The sources. Each runs on a thread of its own, once, and returns when it is done. */
void khien_read_uninstall(struct khien_source *source);
void khien_read_services(struct khien_source *source); /* services or drivers, by its number */
void khien_read_minifilters(struct khien_source *source);
void khien_read_security_center(struct khien_source *source);
void khien_read_defender(struct khien_source *source);
void khien_read_kaspersky(struct khien_source *source);
void khien_read_processes(struct khien_source *source);
void khien_read_pipes(struct khien_source *source);
void khien_read_registry_keys(struct khien_source *source);
void khien_read_files(struct khien_source *source);

/* The `host` record, on the caller's thread: local calls that cannot hang. */
void khien_read_host(struct khien_draft *draft);

#endif
