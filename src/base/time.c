/* UTC times: civil dates to seconds and back, and the forms a user may write. SPDX-License-Identifier: Apache-2.0 */
#include "base/base.h"

#include <stdio.h>
#include <string.h>

#define DAY 86400

/* Days from 1970-01-01 to the first of March of the year that contains the month, counted in 400-year eras. */
static int64_t
days_from_civil(int year, int month, int day)
{
    int64_t y = (int64_t)year - (month <= 2);
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return era * 146097 + day_of_era - 719468;
}

static int
days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return month == 2 && is_leap ? 29 : days[month - 1];
}

bool
mtl_time_from_civil(int year, int month, int day, int hour, int minute, int second, mtl_time *time)
{
    if (year < 0 || year > 9999 || month < 1 || month > 12)
        return false;
    if (day < 1 || day > days_in_month(year, month))
        return false;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
        return false;
    *time = days_from_civil(year, month, day) * DAY + hour * 3600 + minute * 60 + second;
    return true;
}

const char *
mtl_time_text(mtl_time time, char text[static MTL_TIME_TEXT_SIZE])
{
    int64_t days = (time >= 0 ? time : time - (DAY - 1)) / DAY;
    int64_t seconds = time - days * DAY;
    int64_t shifted = days + 719468;
    int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int64_t doe = shifted - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    int day = (int)(doy - (153 * mp + 2) / 5 + 1);
    int month = (int)(mp < 10 ? mp + 3 : mp - 9);
    int year = (int)(yoe + era * 400 + (month <= 2));

    snprintf(text, MTL_TIME_TEXT_SIZE, "%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, day, (int)(seconds / 3600),
             (int)(seconds / 60 % 60), (int)(seconds % 60));
    return text;
}

static bool
parse_digits(const char **text, int count, int *value)
{
    *value = 0;
    for (int i = 0; i < count; i++, (*text)++) {
        if (**text < '0' || **text > '9')
            return false;
        *value = *value * 10 + (**text - '0');
    }
    return true;
}

static bool
skip(const char **text, char wanted)
{
    if (**text != wanted)
        return false;
    (*text)++;
    return true;
}

/* ".5": a time is whole seconds, so what begins in a second counts as that second. */
static bool
skip_fraction(const char **text)
{
    const char *begin = *text + 1;

    if (!skip(text, '.'))
        return true;
    while (**text >= '0' && **text <= '9')
        (*text)++;
    return *text > begin;
}

/* "Z", "+02:00", or nothing, which is UTC as well. */
static bool
parse_zone(const char **text, int64_t *ahead)
{
    int hours = 0, minutes = 0, sign = **text == '-' ? -1 : 1;

    if (skip(text, 'Z') || skip(text, 'z') || **text == '\0')
        return true;
    if (!skip(text, '+') && !skip(text, '-'))
        return false;
    if (!parse_digits(text, 2, &hours) || !skip(text, ':') || !parse_digits(text, 2, &minutes))
        return false;
    *ahead = sign * (hours * INT64_C(3600) + minutes * INT64_C(60));
    return hours < 24 && minutes < 60;
}

static bool
parse_date(const char *text, mtl_time *time)
{
    int year, month, day, hour = 0, minute = 0, second = 0;
    int64_t ahead = 0;

    if (!parse_digits(&text, 4, &year) || !skip(&text, '-') || !parse_digits(&text, 2, &month) || !skip(&text, '-') ||
        !parse_digits(&text, 2, &day))
        return false;
    if (*text == 'T' || *text == 't' || *text == ' ') {
        text++;
        if (!parse_digits(&text, 2, &hour) || !skip(&text, ':') || !parse_digits(&text, 2, &minute))
            return false;
        if (skip(&text, ':') && (!parse_digits(&text, 2, &second) || !skip_fraction(&text)))
            return false;
        if (!parse_zone(&text, &ahead))
            return false;
    }
    if (*text != '\0' || !mtl_time_from_civil(year, month, day, hour, minute, second, time))
        return false;
    *time -= ahead;
    return true;
}

static bool
parse_offset(const char *text, mtl_time now, mtl_time *time)
{
    static const struct {
        char unit;
        int64_t seconds;
    } units[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', DAY}, {'w', 7 * DAY}, {'y', 365 * DAY}};
    int64_t sign = *text == '-' ? -1 : 1, amount = 0;
    const char *digits = ++text;

    for (; *text >= '0' && *text <= '9' && text - digits < 9; text++)
        amount = amount * 10 + (*text - '0');
    if (text == digits || text[0] == '\0' || text[1] != '\0')
        return false;
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        if (units[i].unit != *text)
            continue;
        *time = now + sign * amount * units[i].seconds;
        return true;
    }
    return false;
}

bool
mtl_time_parse(const char *text, mtl_time now, mtl_time *time, struct mtl_error *error)
{
    static const char hint[] = "Write 2026-12-31, 2026-12-31T08:00Z, or an offset from now such as +30d.";
    bool is_offset = *text == '+' || *text == '-';
    mtl_time first, last;

    mtl_time_from_civil(0, 1, 1, 0, 0, 0, &first);
    mtl_time_from_civil(9999, 12, 31, 23, 59, 59, &last);
    if (!(is_offset ? parse_offset(text, now, time) : parse_date(text, time)))
        return mtl_error_set(error, NULL, 0, hint, "\"%.40s\" is not a time", text);
    if (*time < first || *time > last)
        return mtl_error_set(error, NULL, 0, hint, "\"%.40s\" is outside the years 0 to 9999", text);
    return true;
}
