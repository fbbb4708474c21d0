/* UTF-16 as Windows has it, UTF-8 as records have it. */
#ifndef KHIEN_TEXT_H
#define KHIEN_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Writes `count` UTF-16 units as UTF-8, at most `capacity` bytes and no zero at the end; returns the bytes written.
 * An unpaired surrogate becomes U+FFFD. Never ends inside a character; `*cut` tells whether something did not fit.
 */
size_t khien_utf8_from_utf16(const uint16_t *units, size_t count, char *out, size_t capacity, bool *cut);

/* Bytes of the well-formed character at the start of `text`, or 0 where there is none. */
size_t khien_utf8_character(const char *text, size_t length);

/* Units before the first zero, at most `count`. */
size_t khien_utf16_length(const uint16_t *units, size_t count);

/* Compares with ASCII text; the case of ASCII letters does not matter. */
bool khien_utf16_equals(const uint16_t *units, size_t count, const char *ascii);
bool khien_utf16_starts_with(const uint16_t *units, size_t count, const char *ascii);

#endif
