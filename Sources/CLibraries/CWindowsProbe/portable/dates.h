/* Dates as text. Only forms that are documented are understood: a date that was guessed would accuse the innocent. */
#ifndef KHIEN_DATES_H
#define KHIEN_DATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* "23-11-2026 06-05-04", UTC, to seconds since 1970. Source: Kaspersky Security Center help, article 3644. */
bool khien_kaspersky_date(const uint16_t *units, size_t count, int64_t *seconds);

/* "20261123060504.000000+420" (minutes east of UTC at the end) to seconds since 1970. Source: DSP0004, datetime. */
bool khien_cim_date(const uint16_t *units, size_t count, int64_t *seconds);

#endif
