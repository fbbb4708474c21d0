#include "text.h"

#include <string.h>

static size_t encode(uint32_t scalar, char *out) {
    if (scalar < 0x80) {
        out[0] = (char)scalar;
        return 1;
    }
    if (scalar < 0x800) {
        out[0] = (char)(0xC0 | (scalar >> 6));
        out[1] = (char)(0x80 | (scalar & 0x3F));
        return 2;
    }
    if (scalar < 0x10000) {
        out[0] = (char)(0xE0 | (scalar >> 12));
        out[1] = (char)(0x80 | ((scalar >> 6) & 0x3F));
        out[2] = (char)(0x80 | (scalar & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | (scalar >> 18));
    out[1] = (char)(0x80 | ((scalar >> 12) & 0x3F));
    out[2] = (char)(0x80 | ((scalar >> 6) & 0x3F));
    out[3] = (char)(0x80 | (scalar & 0x3F));
    return 4;
}

size_t khien_utf8_from_utf16(const uint16_t *units, size_t count, char *out, size_t capacity, bool *cut) {
    size_t written = 0;
    *cut = false;
    for (size_t i = 0; i < count; i++) {
        uint32_t scalar = units[i];
        if (scalar >= 0xD800 && scalar <= 0xDFFF) {
            bool paired = scalar <= 0xDBFF && i + 1 < count && units[i + 1] >= 0xDC00 && units[i + 1] <= 0xDFFF;
            if (paired) {
                scalar = 0x10000 + ((scalar - 0xD800) << 10) + (units[i + 1] - 0xDC00u);
                i++;
            } else {
                scalar = 0xFFFD;
            }
        }
        char bytes[4];
        size_t length = encode(scalar, bytes);
        if (length > capacity - written) {
            *cut = true;
            return written;
        }
        memcpy(out + written, bytes, length);
        written += length;
    }
    return written;
}

size_t khien_utf8_character(const char *text, size_t length) {
    if (length == 0) return 0;
    const uint8_t *bytes = (const uint8_t *)text;
    uint8_t first = bytes[0];
    if (first < 0x80) return 1;
    if (first < 0xC2 || first > 0xF4) return 0;
    size_t size = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (size > length) return 0;
    for (size_t i = 1; i < size; i++) {
        if ((bytes[i] & 0xC0) != 0x80) return 0;
    }
    /* Longer than needed, surrogates, beyond U+10FFFF. */
    if (first == 0xE0 && bytes[1] < 0xA0) return 0;
    if (first == 0xED && bytes[1] > 0x9F) return 0;
    if (first == 0xF0 && bytes[1] < 0x90) return 0;
    if (first == 0xF4 && bytes[1] > 0x8F) return 0;
    return size;
}

size_t khien_utf16_length(const uint16_t *units, size_t count) {
    size_t length = 0;
    while (length < count && units[length] != 0) length++;
    return length;
}

static uint16_t lower(uint16_t unit) { return unit >= 'A' && unit <= 'Z' ? (uint16_t)(unit + ('a' - 'A')) : unit; }

bool khien_utf16_starts_with(const uint16_t *units, size_t count, const char *ascii) {
    size_t i = 0;
    for (; ascii[i] != 0; i++) {
        if (i >= count || lower(units[i]) != lower((uint8_t)ascii[i])) return false;
    }
    return true;
}

bool khien_utf16_equals(const uint16_t *units, size_t count, const char *ascii) {
    return count == strlen(ascii) && khien_utf16_starts_with(units, count, ascii);
}
