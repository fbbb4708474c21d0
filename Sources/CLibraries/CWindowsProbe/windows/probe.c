/* Runs the sources, each on a thread of its own, and hands over what they found. */
#include "../include/khien_windows.h"

static const char *const source_names[KHIEN_SOURCE_COUNT] = {
    "uninstall", "service", "driver", "minifilter", "security-center", "defender",
    "kaspersky", "process", "pipe", "registry", "file",
};

const char *khien_windows_version(void) { return "1"; }

const char *khien_windows_source_name(uint32_t source) {
    return source < KHIEN_SOURCE_COUNT ? source_names[source] : NULL;
}

#ifndef _WIN32

int32_t khien_windows_probe(
    const struct khien_windows_options *options, khien_record_callback callback, void *context) {
    (void)options;
    (void)callback;
    (void)context;
    return KHIEN_WINDOWS_UNSUPPORTED;
}

#else

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "source.h"

static void (*const readers[KHIEN_SOURCE_COUNT])(struct khien_source *) = {
    khien_read_uninstall, khien_read_services, khien_read_services, khien_read_minifilters,
    khien_read_security_center, khien_read_defender, khien_read_kaspersky, khien_read_processes,
    khien_read_pipes, khien_read_registry_keys, khien_read_files,
};

/* Guards the sources' shared fields and `waiting`. Never held during a system call that can wait, nor a callback. */
static SRWLOCK lock = SRWLOCK_INIT;
static volatile LONG busy;

/* Sources whose thread was left behind and has not come back, with the time of that. */
static struct {
    bool active;
    SYSTEMTIME since;
} waiting[KHIEN_SOURCE_COUNT];

bool khien_source_emit(struct khien_source *source) {
    AcquireSRWLockExclusive(&lock);
    bool taken = !source->abandoned && khien_buffer_add(&source->buffer, &source->draft);
    ReleaseSRWLockExclusive(&lock);
    return taken;
}

void khien_source_problem(struct khien_source *source, const char *what, uint32_t error) {
    AcquireSRWLockExclusive(&lock);
    if (source->problem_count++ == 0) {
        const char *form = error >= 0x80000000u ? "%s: error 0x%08lx" : "%s: error %lu";
        snprintf(source->reason, sizeof source->reason, form, what, (unsigned long)error);
    }
    ReleaseSRWLockExclusive(&lock);
}

bool khien_source_is_over(struct khien_source *source) {
    if (GetTickCount64() < source->deadline_tick) return false;
    khien_source_problem(source, "the deadline passed", ERROR_TIMEOUT);
    return true;
}

void khien_source_absent(struct khien_source *source, const char *what) {
    AcquireSRWLockExclusive(&lock);
    source->absent = true;
    snprintf(source->reason, sizeof source->reason, "%s", what);
    ReleaseSRWLockExclusive(&lock);
}

static void release(struct khien_source *source) {
    if (!source) return;
    khien_buffer_release(&source->buffer);
    for (uint32_t i = 0; i < source->path_count; i++) free(source->paths[i]);
    free(source->paths);
    free(source);
}

static DWORD WINAPI run(void *parameter) {
    struct khien_source *source = parameter;
    readers[source->number](source);
    AcquireSRWLockExclusive(&lock);
    bool abandoned = source->abandoned;
    if (abandoned) {
        waiting[source->number].active = false;
    } else {
        source->finished = true;
        SetEvent(source->done);
    }
    ReleaseSRWLockExclusive(&lock);
    /* Nobody else knows an abandoned source any more; one that finished belongs to the caller's thread from here on. */
    if (abandoned) release(source);
    return 0;
}

static bool copy_paths(struct khien_source *source, const struct khien_windows_options *options) {
    source->paths = calloc(options->path_count, sizeof *source->paths);
    if (!source->paths) return false;
    for (uint32_t i = 0; i < options->path_count; i++) {
        const char *path = options->paths[i] ? options->paths[i] : "";
        int units = MultiByteToWideChar(CP_UTF8, 0, path, -1, NULL, 0);
        if (units <= 0) return false;
        wchar_t *copy = calloc((size_t)units, sizeof *copy);
        if (!copy) return false;
        source->paths[source->path_count++] = copy;
        if (MultiByteToWideChar(CP_UTF8, 0, path, -1, copy, units) <= 0) return false;
    }
    return true;
}

static uint32_t chosen(uint32_t wanted, uint32_t otherwise, uint32_t most) {
    if (wanted == 0) wanted = otherwise;
    return wanted < most ? wanted : most;
}

/* Starts one source; NULL where that fails. */
static struct khien_source *start(uint32_t number, const struct khien_windows_options *options) {
    struct khien_source *source = calloc(1, sizeof *source);
    if (!source) return NULL;
    uint32_t deadline = options->source_deadlines_ms ? options->source_deadlines_ms[number] : 0;
    if (deadline == 0) deadline = options->deadline_ms;
    source->number = number;
    source->deadline_tick = GetTickCount64() + chosen(deadline, KHIEN_DEADLINE_MS, INT32_MAX);
    source->buffer.entry_limit = chosen(options->entry_limit, KHIEN_ENTRIES, KHIEN_ENTRIES_MOST);
    source->buffer.byte_limit = chosen(options->byte_limit, KHIEN_BYTES, KHIEN_BYTES_MOST);
    if (number == KHIEN_SOURCE_FILE && !copy_paths(source, options)) {
        release(source);
        return NULL;
    }
    source->done = CreateEventW(NULL, TRUE, FALSE, NULL);
    HANDLE thread = source->done ? CreateThread(NULL, 0, run, source, 0, NULL) : NULL;
    if (!thread) {
        if (source->done) CloseHandle(source->done);
        release(source);
        return NULL;
    }
    CloseHandle(thread);
    return source;
}

/* What one source came to, after its thread has finished or was left behind. */
struct outcome {
    struct khien_buffer buffer;
    bool absent, finished;
    uint32_t problem_count;
    char reason[KHIEN_REASON_BYTES];
};

/* Waits for a source until its deadline; from then on the source is gone or its own thread's alone. */
static void finish(struct khien_source *source, struct outcome *outcome) {
    uint64_t now = GetTickCount64();
    uint64_t left = source->deadline_tick > now ? source->deadline_tick - now : 0;
    (void)WaitForSingleObject(source->done, (DWORD)left);
    HANDLE done = source->done;

    AcquireSRWLockExclusive(&lock);
    outcome->finished = source->finished;
    outcome->absent = source->absent;
    outcome->problem_count = source->problem_count;
    memcpy(outcome->reason, source->reason, sizeof outcome->reason);
    outcome->buffer = source->buffer;
    source->buffer = (struct khien_buffer){0};
    if (!outcome->finished) {
        source->abandoned = true;
        waiting[source->number].active = true;
        GetSystemTime(&waiting[source->number].since);
    }
    ReleaseSRWLockExclusive(&lock);

    CloseHandle(done); /* the thread does not touch it once it is abandoned */
    if (outcome->finished) release(source);
}

static const char *limit_reason(enum khien_buffer_limit reached) {
    switch (reached) {
        case KHIEN_LIMIT_ENTRIES: return "more entries than the limit";
        case KHIEN_LIMIT_BYTES: return "more text than the limit";
        case KHIEN_LIMIT_MEMORY: return "not enough memory";
        default: return NULL;
    }
}

static const char *state_of(const struct outcome *outcome) {
    bool some = outcome->buffer.record_count > 0;
    if (!outcome->finished || outcome->problem_count > 0) return some ? "partial" : "unavailable";
    if (outcome->absent) return "absent";
    return outcome->buffer.reached == KHIEN_LIMIT_NONE ? "complete" : "partial";
}

static void hand_over(const struct khien_draft *draft, khien_record_callback callback, void *context) {
    struct khien_buffer one = {.entry_limit = 1, .byte_limit = KHIEN_BYTES};
    if (khien_buffer_add(&one, draft)) khien_buffer_deliver(&one, callback, context);
    khien_buffer_release(&one);
}

static void report(struct khien_draft *draft, uint32_t number, const char *state, const char *reason, size_t entries,
    khien_record_callback callback, void *context) {
    khien_draft_begin(draft, "source");
    khien_draft_text(draft, "source", source_names[number]);
    khien_draft_text(draft, "state", state);
    if (reason && reason[0]) khien_draft_text(draft, "reason", reason);
    khien_draft_number(draft, "entries", (int64_t)entries);
    hand_over(draft, callback, context);
}

static void report_outcome(struct khien_draft *draft, uint32_t number, const struct outcome *outcome,
    khien_record_callback callback, void *context) {
    char reason[KHIEN_REASON_BYTES + 64] = "";
    const char *limit = limit_reason(outcome->buffer.reached);
    if (!outcome->finished) {
        snprintf(reason, sizeof reason, "the deadline passed");
    } else if (limit) {
        snprintf(reason, sizeof reason, "%s", limit);
    } else if (outcome->problem_count > 1) {
        snprintf(reason, sizeof reason, "%s; and %lu more", outcome->reason, (unsigned long)outcome->problem_count - 1);
    } else {
        snprintf(reason, sizeof reason, "%s", outcome->reason);
    }
    khien_buffer_deliver(&outcome->buffer, callback, context);
    report(draft, number, state_of(outcome), reason, outcome->buffer.record_count, callback, context);
}

/* Whether the source's thread of an earlier call still hangs; then `reason` says since when. */
static bool still_waits(uint32_t number, char *reason, size_t size) {
    AcquireSRWLockExclusive(&lock);
    bool active = waiting[number].active;
    SYSTEMTIME since = waiting[number].since;
    ReleaseSRWLockExclusive(&lock);
    if (active) {
        snprintf(reason, size, "still waiting since %04u-%02u-%02uT%02u:%02u:%02uZ", since.wYear, since.wMonth,
            since.wDay, since.wHour, since.wMinute, since.wSecond);
    }
    return active;
}

static void probe(const struct khien_windows_options *options, struct khien_draft *draft,
    khien_record_callback callback, void *context) {
    uint32_t wanted = options->sources ? options->sources : UINT32_MAX;
    if (options->path_count == 0) wanted &= ~(1u << KHIEN_SOURCE_FILE);
    struct khien_source *sources[KHIEN_SOURCE_COUNT] = {0};
    char stuck[KHIEN_SOURCE_COUNT][64] = {{0}};
    for (uint32_t i = 0; i < KHIEN_SOURCE_COUNT; i++) {
        if ((wanted >> i & 1) && !still_waits(i, stuck[i], sizeof stuck[i])) sources[i] = start(i, options);
    }
    khien_read_host(draft);
    hand_over(draft, callback, context);
    for (uint32_t i = 0; i < KHIEN_SOURCE_COUNT; i++) {
        if (!(wanted >> i & 1)) continue;
        if (!sources[i]) {
            const char *reason = stuck[i][0] ? stuck[i] : "not enough memory or threads";
            report(draft, i, "unavailable", reason, 0, callback, context);
            continue;
        }
        struct outcome outcome;
        finish(sources[i], &outcome);
        report_outcome(draft, i, &outcome, callback, context);
        khien_buffer_release(&outcome.buffer);
    }
}

int32_t khien_windows_probe(
    const struct khien_windows_options *options, khien_record_callback callback, void *context) {
    static const struct khien_windows_options defaults;
    if (!options) options = &defaults;
    if (!callback || options->path_count > KHIEN_PATHS || (options->path_count > 0 && !options->paths)) {
        return KHIEN_WINDOWS_ARGUMENT;
    }
    if (InterlockedCompareExchange(&busy, 1, 0) != 0) return KHIEN_WINDOWS_BUSY;
    struct khien_draft *draft = calloc(1, sizeof *draft);
    int32_t result = draft ? KHIEN_WINDOWS_OK : KHIEN_WINDOWS_MEMORY;
    if (draft) probe(options, draft, callback, context);
    free(draft);
    InterlockedExchange(&busy, 0);
    return result;
}

#endif
