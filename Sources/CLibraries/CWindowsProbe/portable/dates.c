#include "dates.h"

/* The number in `digits` units from `at` on, or -1. The caller has checked that they are there. */
static int32_t number(const uint16_t *units, size_t at, size_t digits) {
    int32_t value = 0;
    for (size_t i = at; i < at + digits; i++) {
        if (units[i] < '0' || units[i] > '9') return -1;
        value = value * 10 + (units[i] - '0');
    }
    return value;
}

static bool is_leap(int32_t year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

struct moment {
    int32_t year, month, day, hour, minute, second;
};

static bool seconds_of(struct moment at, int64_t *seconds) {
    static const int32_t days_before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};
    /* Programs write 1601, 1970 or 1980 for "never". */
    if (at.year < 1990 || at.year > 2200 || at.month < 1 || at.month > 12 || at.day < 1) return false;
    bool leap_day = at.month == 2 && is_leap(at.year);
    if (at.day > days_before[at.month] - days_before[at.month - 1] + (leap_day ? 1 : 0)) return false;
    if (at.hour < 0 || at.hour > 23 || at.minute < 0 || at.minute > 59 || at.second < 0 || at.second > 59) return false;
    int64_t days = 0;
    for (int32_t year = 1970; year < at.year; year++) days += is_leap(year) ? 366 : 365;
    days += days_before[at.month - 1] + (at.month > 2 && is_leap(at.year) ? 1 : 0) + at.day - 1;
    *seconds = ((days * 24 + at.hour) * 60 + at.minute) * 60 + at.second;
    return true;
}

bool khien_kaspersky_date(const uint16_t *units, size_t count, int64_t *seconds) {
    if (count != 19 || units[2] != '-' || units[5] != '-' || units[10] != ' ' || units[13] != '-' || units[16] != '-') {
        return false;
    }
    struct moment at = {
        .day = number(units, 0, 2), .month = number(units, 3, 2), .year = number(units, 6, 4),
        .hour = number(units, 11, 2), .minute = number(units, 14, 2), .second = number(units, 17, 2),
    };
    return seconds_of(at, seconds);
}

bool khien_cim_date(const uint16_t *units, size_t count, int64_t *seconds) {
    if (count != 25 || units[14] != '.' || (units[21] != '+' && units[21] != '-')) return false;
    struct moment at = {
        .year = number(units, 0, 4), .month = number(units, 4, 2), .day = number(units, 6, 2),
        .hour = number(units, 8, 2), .minute = number(units, 10, 2), .second = number(units, 12, 2),
    };
    int32_t east = number(units, 22, 3);
    if (east < 0 || !seconds_of(at, seconds)) return false;
    *seconds -= (units[21] == '+' ? 1 : -1) * (int64_t)east * 60;
    return true;
}
