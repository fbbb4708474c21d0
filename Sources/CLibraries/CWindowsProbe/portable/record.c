#include "record.h"

#include <stdlib.h>
#include <string.h>

#include "text.h"

void khien_draft_begin(struct khien_draft *draft, const char *kind) {
    draft->kind = kind;
    draft->count = 0;
    draft->cut = false;
}

static struct khien_field *next_field(struct khien_draft *draft, const char *key, int32_t type) {
    if (draft->count >= KHIEN_FIELD_COUNT) return NULL;
    struct khien_field *field = &draft->fields[draft->count++];
    *field = (struct khien_field){.key = key, .type = type};
    return field;
}

void khien_draft_unknown(struct khien_draft *draft, const char *key) {
    (void)next_field(draft, key, KHIEN_FIELD_UNKNOWN);
}

void khien_draft_number(struct khien_draft *draft, const char *key, int64_t number) {
    struct khien_field *field = next_field(draft, key, KHIEN_FIELD_NUMBER);
    if (field) field->number = number;
}

void khien_draft_truth(struct khien_draft *draft, const char *key, int32_t truth) {
    bool known = truth == 0 || truth == 1;
    struct khien_field *field = next_field(draft, key, known ? KHIEN_FIELD_BOOLEAN : KHIEN_FIELD_UNKNOWN);
    if (field && known) field->number = truth;
}

void khien_draft_text(struct khien_draft *draft, const char *key, const char *text) {
    struct khien_field *field = next_field(draft, key, text ? KHIEN_FIELD_TEXT : KHIEN_FIELD_UNKNOWN);
    if (!field || !text) return;
    char *out = draft->text[draft->count - 1];
    size_t left = strlen(text);
    while (left > 0) {
        size_t size = khien_utf8_character(text, left);
        const char *from = size ? text : "\xEF\xBF\xBD";
        size_t written = size ? size : 3;
        if (written > KHIEN_TEXT_BYTES - field->text_length) break;
        memcpy(out + field->text_length, from, written);
        field->text_length += written;
        text += size ? size : 1;
        left -= size ? size : 1;
    }
    if (left > 0) draft->cut = true;
    field->text = out;
}

void khien_draft_utf16(struct khien_draft *draft, const char *key, const uint16_t *units, size_t count) {
    struct khien_field *field = next_field(draft, key, units ? KHIEN_FIELD_TEXT : KHIEN_FIELD_UNKNOWN);
    if (!field || !units) return;
    bool cut = false;
    char *out = draft->text[draft->count - 1];
    field->text_length = khien_utf8_from_utf16(units, count, out, KHIEN_TEXT_BYTES, &cut);
    field->text = out;
    draft->cut = draft->cut || cut;
}

/* Makes room for `more` items after `count`; the old ones stay when there is no memory. */
static bool grow(void **items, size_t size, size_t count, size_t *capacity, size_t more) {
    if (more <= *capacity - count) return true;
    size_t wanted = *capacity ? *capacity : 64;
    while (wanted - count < more) wanted *= 2; /* limits keep this far below SIZE_MAX */
    void *grown = realloc(*items, wanted * size);
    if (!grown) return false;
    *items = grown;
    *capacity = wanted;
    return true;
}

static bool refuse(struct khien_buffer *buffer, enum khien_buffer_limit limit) {
    if (buffer->reached == KHIEN_LIMIT_NONE) buffer->reached = limit;
    return false;
}

bool khien_buffer_add(struct khien_buffer *buffer, const struct khien_draft *draft) {
    if (buffer->reached != KHIEN_LIMIT_NONE) return false;
    if (buffer->record_count >= buffer->entry_limit) return refuse(buffer, KHIEN_LIMIT_ENTRIES);
    size_t text = 0, fields = draft->count + (draft->cut ? 1 : 0);
    for (size_t i = 0; i < draft->count; i++) text += draft->fields[i].text_length;
    size_t used = buffer->text_length + buffer->field_count * sizeof(struct khien_field)
        + buffer->record_count * sizeof(struct khien_stored_record);
    size_t added = text + fields * sizeof(struct khien_field) + sizeof(struct khien_stored_record);
    if (used + added > buffer->byte_limit) return refuse(buffer, KHIEN_LIMIT_BYTES);
    bool room = grow(
                    (void **)&buffer->records, sizeof *buffer->records, buffer->record_count, &buffer->record_capacity, 1)
        && grow((void **)&buffer->fields, sizeof *buffer->fields, buffer->field_count, &buffer->field_capacity, fields)
        && grow((void **)&buffer->text, 1, buffer->text_length, &buffer->text_capacity, text);
    if (!room) return refuse(buffer, KHIEN_LIMIT_MEMORY);

    buffer->records[buffer->record_count++] = (struct khien_stored_record){
        .kind = draft->kind, .first_field = buffer->field_count, .field_count = fields,
    };
    for (size_t i = 0; i < draft->count; i++) {
        struct khien_field field = draft->fields[i];
        if (field.type == KHIEN_FIELD_TEXT) {
            if (field.text_length > 0) memcpy(buffer->text + buffer->text_length, field.text, field.text_length);
            field.number = (int64_t)buffer->text_length;
            buffer->text_length += field.text_length;
            field.text = NULL;
        }
        buffer->fields[buffer->field_count++] = field;
    }
    if (draft->cut) {
        struct khien_field cut = {.key = "cut", .type = KHIEN_FIELD_BOOLEAN, .number = 1};
        buffer->fields[buffer->field_count++] = cut;
    }
    return true;
}

void khien_buffer_deliver(const struct khien_buffer *buffer, khien_record_callback callback, void *context) {
    for (size_t i = 0; i < buffer->record_count; i++) {
        const struct khien_stored_record *stored = &buffer->records[i];
        struct khien_field fields[KHIEN_FIELD_COUNT + 1];
        for (size_t j = 0; j < stored->field_count; j++) {
            fields[j] = buffer->fields[stored->first_field + j];
            if (fields[j].type == KHIEN_FIELD_TEXT) {
                fields[j].text = buffer->text ? buffer->text + fields[j].number : "";
                fields[j].number = 0;
            }
        }
        struct khien_record record = {.kind = stored->kind, .fields = fields, .field_count = stored->field_count};
        callback(context, &record);
    }
}

void khien_buffer_release(struct khien_buffer *buffer) {
    free(buffer->records);
    free(buffer->fields);
    free(buffer->text);
    *buffer = (struct khien_buffer){0};
}
