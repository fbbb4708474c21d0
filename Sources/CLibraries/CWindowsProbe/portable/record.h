/* Records while they are made (a draft) and while they wait to be handed over (a buffer). Neither has a lock. */
#ifndef KHIEN_RECORD_H
#define KHIEN_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../include/khien_windows.h"
#include "limits.h"

/* A record in the making, with room for its text. Some 25 KB: keep it on the heap. */
struct khien_draft {
    const char *kind;
    size_t count;
    bool cut; /* some text did not fit */
    struct khien_field fields[KHIEN_FIELD_COUNT];
    char text[KHIEN_FIELD_COUNT][KHIEN_TEXT_BYTES];
};

/* `kind` and every `key` must be constants. Fields beyond KHIEN_FIELD_COUNT are left out. */
void khien_draft_begin(struct khien_draft *draft, const char *kind);
void khien_draft_unknown(struct khien_draft *draft, const char *key);
void khien_draft_number(struct khien_draft *draft, const char *key, int64_t number);
/* 1 true, 0 false, everything else unknown. */
void khien_draft_truth(struct khien_draft *draft, const char *key, int32_t truth);
/* UTF-8 that ends with a zero; NULL is unknown. */
void khien_draft_text(struct khien_draft *draft, const char *key, const char *text);
/* NULL is unknown. */
void khien_draft_utf16(struct khien_draft *draft, const char *key, const uint16_t *units, size_t count);

enum khien_buffer_limit { KHIEN_LIMIT_NONE, KHIEN_LIMIT_ENTRIES, KHIEN_LIMIT_BYTES, KHIEN_LIMIT_MEMORY };

struct khien_stored_record {
    const char *kind;
    size_t first_field;
    size_t field_count;
};

/* Copies of records. All zero but the limits is an empty one. */
struct khien_buffer {
    size_t entry_limit;
    size_t byte_limit;
    enum khien_buffer_limit reached; /* the limit that a record ran into; from then on none is taken */
    struct khien_stored_record *records;
    size_t record_count, record_capacity;
    struct khien_field *fields; /* `number` of a text is its place in `text` */
    size_t field_count, field_capacity;
    char *text;
    size_t text_length, text_capacity;
};

/* Copies the draft; false when a limit is reached or there is no memory. */
bool khien_buffer_add(struct khien_buffer *buffer, const struct khien_draft *draft);
void khien_buffer_deliver(const struct khien_buffer *buffer, khien_record_callback callback, void *context);
void khien_buffer_release(struct khien_buffer *buffer);

#endif
