/* SPDX-License-Identifier: Apache-2.0 */
/* The two forms of time in certificates and CRLs (RFC 5280 4.1.2.5). */
#include "cert/der.h"

static bool
two_digits(const uint8_t *text, int *value)
{
    if (text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9')
        return false;
    *value = (text[0] - '0') * 10 + (text[1] - '0');
    return true;
}

/* "MMDDHHMMSSZ" after the year. */
static bool
read_rest(int year, const uint8_t *text, mtl_time *time)
{
    int part[5];

    for (int i = 0; i < 5; i++) {
        if (!two_digits(text + (ptrdiff_t)2 * i, &part[i]))
            return false;
    }
    return text[10] == 'Z' && mtl_time_from_civil(year, part[0], part[1], part[2], part[3], part[4], time);
}

/* RFC 5280 4.1.2.5.1: YY of 50 and above is 19YY. */
static bool
read_utc_time(struct mtl_slice text, mtl_time *time)
{
    int year;

    if (text.size != 13 || !two_digits(text.data, &year))
        return false;
    return read_rest(year >= 50 ? 1900 + year : 2000 + year, text.data + 2, time);
}

static bool
read_generalized_time(struct mtl_slice text, mtl_time *time)
{
    int century, year;

    if (text.size != 15 || !two_digits(text.data, &century) || !two_digits(text.data + 2, &year))
        return false;
    return read_rest(century * 100 + year, text.data + 4, time);
}

bool
mtl_der_time(struct mtl_der *der, mtl_time *time)
{
    struct mtl_der start = *der;
    struct mtl_der_item item;
    bool is_utc = mtl_der_is_next(der, MTL_DER_UTC_TIME);

    if (!mtl_der_take(der, is_utc ? MTL_DER_UTC_TIME : MTL_DER_GENERALIZED_TIME, &item))
        return false;
    if (is_utc ? read_utc_time(item.content, time) : read_generalized_time(item.content, time))
        return true;
    *der = start;
    return mtl_der_fault(der, "the time is not YYMMDDHHMMSSZ or YYYYMMDDHHMMSSZ, or does not exist");
}
