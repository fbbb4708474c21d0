#include "json.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

static void append(struct khien_json *json, const char *bytes, size_t length) {
    if (json->failed) return;
    if (length > json->capacity - json->length) {
        size_t wanted = (json->length + length) * 2 + 256;
        char *grown = realloc(json->bytes, wanted);
        if (!grown) {
            json->failed = true;
            return;
        }
        json->bytes = grown;
        json->capacity = wanted;
    }
    memcpy(json->bytes + json->length, bytes, length);
    json->length += length;
}

static void append_ascii(struct khien_json *json, const char *text) { append(json, text, strlen(text)); }

static void append_escape(struct khien_json *json, uint8_t byte) {
    switch (byte) {
        case '"': append_ascii(json, "\\\""); return;
        case '\\': append_ascii(json, "\\\\"); return;
        case '\n': append_ascii(json, "\\n"); return;
        case '\r': append_ascii(json, "\\r"); return;
        case '\t': append_ascii(json, "\\t"); return;
        default: break;
    }
    char escape[8];
    snprintf(escape, sizeof escape, "\\u%04x", byte);
    append_ascii(json, escape);
}

static void append_text(struct khien_json *json, const char *text, size_t length) {
    append_ascii(json, "\"");
    size_t i = 0;
    while (i < length) {
        uint8_t byte = (uint8_t)text[i];
        if (byte < 0x20 || byte == 0x7F || byte == '"' || byte == '\\') {
            append_escape(json, byte);
            i++;
            continue;
        }
        size_t size = khien_utf8_character(text + i, length - i);
        if (size == 0) {
            append_ascii(json, "\xEF\xBF\xBD");
            i++;
        } else {
            append(json, text + i, size);
            i += size;
        }
    }
    append_ascii(json, "\"");
}

static void append_value(struct khien_json *json, const struct khien_field *field) {
    char number[24];
    switch (field->type) {
        case KHIEN_FIELD_TEXT:
            append_text(json, field->text, field->text_length);
            break;
        case KHIEN_FIELD_NUMBER:
            snprintf(number, sizeof number, "%" PRId64, field->number);
            append_ascii(json, number);
            break;
        case KHIEN_FIELD_BOOLEAN:
            append_ascii(json, field->number ? "true" : "false");
            break;
        default:
            append_ascii(json, "null");
            break;
    }
}

void khien_json_record(struct khien_json *json, const struct khien_record *record) {
    append_ascii(json, "{\"kind\":");
    append_text(json, record->kind, strlen(record->kind));
    for (size_t i = 0; i < record->field_count; i++) {
        append_ascii(json, ",");
        append_text(json, record->fields[i].key, strlen(record->fields[i].key));
        append_ascii(json, ":");
        append_value(json, &record->fields[i]);
    }
    append_ascii(json, "}\n");
}

void khien_json_release(struct khien_json *json) {
    free(json->bytes);
    *json = (struct khien_json){0};
}
