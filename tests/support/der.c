/* A DER writer for tests.
 * SPDX-License-Identifier: Apache-2.0 */
#include "support/der.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct der
der_new(struct mtl_arena *arena)
{
    return (struct der){.arena = arena};
}

struct mtl_slice
der_slice(const struct der *der)
{
    return mtl_slice_of(der->size == 0 ? (const uint8_t *)"" : der->data, der->size);
}

static void
reserve(struct der *der, size_t more)
{
    if (der->size + more <= der->capacity)
        return;
    size_t capacity = 2 * (der->size + more) + 64;
    uint8_t *data = mtl_arena_alloc(der->arena, capacity);
    if (der->size > 0)
        memcpy(data, der->data, der->size);
    der->data = data;
    der->capacity = capacity;
}

static void
add_byte(struct der *der, unsigned byte)
{
    reserve(der, 1);
    der->data[der->size++] = (uint8_t)byte;
}

void
der_raw(struct der *der, struct mtl_slice bytes)
{
    if (bytes.size == 0)
        return;
    reserve(der, bytes.size);
    memcpy(der->data + der->size, bytes.data, bytes.size);
    der->size += bytes.size;
}

size_t
der_open(struct der *der, unsigned tag)
{
    add_byte(der, tag);
    return der->size;
}

void
der_close(struct der *der, size_t start)
{
    size_t size = der->size - start;
    uint8_t header[9];
    size_t header_size = 0;

    if (size < 0x80) {
        header[header_size++] = (uint8_t)size;
    } else {
        size_t octets = 0;
        for (size_t rest = size; rest > 0; rest >>= 8)
            octets++;
        header[header_size++] = (uint8_t)(0x80 | octets);
        for (size_t i = octets; i-- > 0;)
            header[header_size++] = (uint8_t)(size >> (8 * i));
    }
    reserve(der, header_size);
    memmove(der->data + start + header_size, der->data + start, size);
    memcpy(der->data + start, header, header_size);
    der->size += header_size;
}

void
der_value(struct der *der, unsigned tag, struct mtl_slice content)
{
    size_t start = der_open(der, tag);
    der_raw(der, content);
    der_close(der, start);
}

void
der_text(struct der *der, unsigned tag, const char *content)
{
    der_value(der, tag, mtl_slice_of(content, strlen(content)));
}

void
der_integer(struct der *der, unsigned tag, int64_t value)
{
    size_t start = der_open(der, tag);
    size_t octets = 1;
    while (octets < 8 && (value >> (8 * octets - 1)) != 0 && (value >> (8 * octets - 1)) != -1)
        octets++;
    for (size_t i = octets; i-- > 0;)
        add_byte(der, (unsigned)((value >> (8 * i)) & 0xff));
    der_close(der, start);
}

void
der_true(struct der *der)
{
    der_value(der, DER_BOOLEAN, mtl_slice_of("\xff", 1));
}

void
der_null(struct der *der)
{
    der_value(der, DER_NULL, mtl_slice_of("", 0));
}

static void
add_arc(struct der *der, unsigned long arc)
{
    size_t groups = 1;
    while (groups < 9 && (arc >> (7 * groups)) != 0)
        groups++;
    for (size_t i = groups; i-- > 0;)
        add_byte(der, (unsigned)((arc >> (7 * i)) & 0x7f) | (i > 0 ? 0x80U : 0));
}

void
der_oid(struct der *der, unsigned tag, const char *dotted)
{
    size_t start = der_open(der, tag);
    char *rest;
    unsigned long first = strtoul(dotted, &rest, 10);
    unsigned long second = *rest == '.' ? strtoul(rest + 1, &rest, 10) : 0;

    add_arc(der, first * 40 + second);
    while (*rest == '.')
        add_arc(der, strtoul(rest + 1, &rest, 10));
    der_close(der, start);
}

void
der_named_bits(struct der *der, unsigned tag, unsigned mask)
{
    unsigned highest = 0;
    for (unsigned bit = 0; bit < 16; bit++)
        if (mask & (1U << bit))
            highest = bit;

    size_t start = der_open(der, tag);
    add_byte(der, mask == 0 ? 0 : 7 - highest % 8);
    for (unsigned octet = 0; mask != 0 && octet <= highest / 8; octet++) {
        unsigned bits = 0;
        for (unsigned bit = 0; bit < 8; bit++)
            if (mask & (1U << (8 * octet + bit)))
                bits |= 0x80U >> bit;
        add_byte(der, bits);
    }
    der_close(der, start);
}

void
der_bit_string(struct der *der, struct mtl_slice octets)
{
    size_t start = der_open(der, DER_BIT_STRING);
    add_byte(der, 0);
    der_raw(der, octets);
    der_close(der, start);
}

void
der_time(struct der *der, mtl_time time)
{
    bool is_short = time >= -631152000 && time < 2524608000; /* 1950 to 2049 */

    der_time_as(der, is_short ? DER_UTC_TIME : DER_GENERALIZED_TIME, time);
}

void
der_time_as(struct der *der, unsigned tag, mtl_time time)
{
    char text[MTL_TIME_TEXT_SIZE], digits[20];
    mtl_time_text(time, text);
    size_t size = 0;
    for (const char *c = text; *c != '\0' && size + 1 < sizeof digits; c++)
        if (strchr("-:T", *c) == NULL)
            digits[size++] = *c;
    digits[size] = '\0';

    der_text(der, tag, tag == DER_UTC_TIME ? digits + 2 : digits);
}

struct mtl_slice
der_from_hex(struct mtl_arena *arena, const char *hex)
{
    struct der der = der_new(arena);
    unsigned byte;
    while (*hex != '\0') {
        if (*hex == ':') {
            hex++;
            continue;
        }
        if (strspn(hex, "0123456789abcdefABCDEF") < 2 || sscanf(hex, "%2x", &byte) != 1)
            return (struct mtl_slice){0};
        add_byte(&der, byte);
        hex += 2;
    }
    return der_slice(&der);
}
