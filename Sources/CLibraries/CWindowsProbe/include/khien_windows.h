/*
 * Reads what a Windows device tells about its antivirus products, as records; docs/probe-records.md has the kinds and
 * fields.
 *
 * Reading only: nothing is written, started, stopped or sent. Text is UTF-8. Nothing here raises exceptions or ends the
 * process.
 * On other systems the header can be used and khien_windows_probe answers KHIEN_WINDOWS_UNSUPPORTED.
 */
#ifndef KHIEN_WINDOWS_H
#define KHIEN_WINDOWS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What a field holds. */
#define KHIEN_FIELD_UNKNOWN 0 /* nothing is known: null */
#define KHIEN_FIELD_TEXT 1    /* text and text_length */
#define KHIEN_FIELD_NUMBER 2  /* number */
#define KHIEN_FIELD_BOOLEAN 3 /* number, 0 or 1 */

/* One named value of a record. */
struct khien_field {
    const char *key;    /* ends with a zero; lives as long as the library is loaded */
    int32_t type;       /* KHIEN_FIELD_... */
    const char *text;   /* UTF-8 of at most 1,024 bytes without a zero at the end; only for text, else NULL */
    size_t text_length; /* bytes */
    int64_t number;     /* only for numbers and truth values, else 0 */
};

/* One record. Belongs to the library; record, fields and text are valid only during the call that hands them over. */
struct khien_record {
    const char *kind; /* ends with a zero; lives as long as the library is loaded */
    const struct khien_field *fields;
    size_t field_count;
};

/* Takes one record. Called on the thread that called khien_windows_probe, and only before that returns. */
typedef void (*khien_record_callback)(void *context, const struct khien_record *record);

/* Sources, in the order in which their records are handed over. */
#define KHIEN_SOURCE_UNINSTALL 0
#define KHIEN_SOURCE_SERVICE 1
#define KHIEN_SOURCE_DRIVER 2
#define KHIEN_SOURCE_MINIFILTER 3
#define KHIEN_SOURCE_SECURITY_CENTER 4
#define KHIEN_SOURCE_DEFENDER 5
#define KHIEN_SOURCE_KASPERSKY 6
#define KHIEN_SOURCE_PROCESS 7
#define KHIEN_SOURCE_PIPE 8
#define KHIEN_SOURCE_REGISTRY 9
#define KHIEN_SOURCE_FILE 10 /* only when paths are asked for */
#define KHIEN_SOURCE_COUNT 11

/* What to read and how much of it. All zero is a good choice: every source, with the limits named here. */
struct khien_windows_options {
    uint32_t sources;                    /* bit set, 1 << KHIEN_SOURCE_...; 0: all */
    uint32_t deadline_ms;                /* milliseconds for each source, which all run at once; 0: 10,000 */
    const uint32_t *source_deadlines_ms; /* NULL, or KHIEN_SOURCE_COUNT numbers for single sources; 0: deadline_ms */
    uint32_t entry_limit;                /* records of each source; 0: 8,192; at most 65,536 */
    uint32_t byte_limit;                 /* memory for the records of each source, in bytes; 0: 8 MiB; at most 64 MiB */
    const char *const *paths;            /* NULL, or paths (UTF-8, zero-terminated) whose existence is asked for */
    uint32_t path_count;                 /* at most 1,024 */
};

#define KHIEN_WINDOWS_OK 0
#define KHIEN_WINDOWS_BUSY 1        /* another thread is inside khien_windows_probe */
#define KHIEN_WINDOWS_ARGUMENT 2    /* no callback, or too many paths */
#define KHIEN_WINDOWS_UNSUPPORTED 3 /* this system is not Windows */
#define KHIEN_WINDOWS_MEMORY 4      /* not even the memory for one record */

/*
 * Hands over a `host` record, then for each source its records and a `source` record that says how complete they are.
 *
 * Each source runs on a thread of its own. One that passes its deadline is left behind: what it had read by then is
 * handed over, and later calls say that it is still waiting, and do not start it again, until its thread has come back.
 * A source that fails never makes the call fail. `options` may be NULL; nothing of it is used after the return.
 * One call at a time: KHIEN_WINDOWS_BUSY otherwise. Must not be called from the callback or from DllMain.
 */
int32_t khien_windows_probe(
    const struct khien_windows_options *options, khien_record_callback callback, void *context);

/* Version of the probe, which `host` records carry. Ends with a zero; never released. */
const char *khien_windows_version(void);

/* Name of a source as `source` records have it ("security-center"); NULL for a number that is none. Never released. */
const char *khien_windows_source_name(uint32_t source);

#ifdef __cplusplus
}
#endif

#endif
