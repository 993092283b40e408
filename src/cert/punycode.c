/* A-labels to U-labels (RFC 3492, RFC 5890). SPDX-License-Identifier: Apache-2.0 */
#include "cert/constraints.h"

#include <string.h>

#define MAX_LABEL 512U /* characters; OpenSSL's limit */

/* RFC 3492 5 */
enum { BASE = 36, T_MIN = 1, T_MAX = 26, SKEW = 38, DAMP = 700, INITIAL_BIAS = 72, INITIAL_N = 128 };

struct label {
    uint32_t characters[MAX_LABEL];
    size_t count;
};

static bool
read_digit(uint8_t c, uint32_t *digit)
{
    if (c >= '0' && c <= '9')
        *digit = (uint32_t)(c - '0') + 26;
    else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')
        *digit = (uint32_t)((c | 0x20) - 'a');
    else
        return false;
    return true;
}

/* 6.1 */
static uint32_t
adapt(uint32_t delta, uint32_t count, bool first)
{
    uint32_t k = 0;

    delta = first ? delta / DAMP : delta / 2;
    delta += delta / count;
    for (; delta > (BASE - T_MIN) * T_MAX / 2; k += BASE)
        delta /= BASE - T_MIN;
    return k + (BASE - T_MIN + 1) * delta / (delta + SKEW);
}

/* 6.2, one generalised variable-length integer, added to *i. */
static bool
read_delta(struct mtl_slice *input, uint32_t bias, uint32_t *i)
{
    uint32_t weight = 1, digit;

    for (uint32_t k = BASE;; k += BASE) {
        uint32_t t = k <= bias ? T_MIN : k >= bias + T_MAX ? T_MAX : k - bias;

        if (input->size == 0 || !read_digit(input->data[0], &digit) || digit > (UINT32_MAX - *i) / weight)
            return false;
        *input = mtl_slice_of(input->data + 1, input->size - 1);
        *i += digit * weight;
        if (digit < t)
            return true;
        if (weight > UINT32_MAX / (BASE - t))
            return false;
        weight *= BASE - t;
    }
}

static bool
insert(struct label *label, uint32_t at, uint32_t character)
{
    if (label->count >= MAX_LABEL)
        return false;
    memmove(label->characters + at + 1, label->characters + at, (label->count - at) * sizeof(*label->characters));
    label->characters[at] = character;
    label->count++;
    return true;
}

/* The ASCII characters before the last hyphen; *input is left with what follows. */
static bool
read_basic(struct label *label, struct mtl_slice *input)
{
    size_t basic = input->size;

    while (basic > 0 && input->data[basic - 1] != '-')
        basic--;
    if (basic < 2) /* no hyphen, or nothing before it */
        return true;
    for (size_t i = 0; i < basic - 1; i++) {
        if (input->data[i] >= 0x80 || !insert(label, (uint32_t)i, input->data[i]))
            return false;
    }
    *input = mtl_slice_of(input->data + basic, input->size - basic);
    return true;
}

static bool
decode(struct mtl_slice input, struct label *label)
{
    uint32_t n = INITIAL_N, i = 0, bias = INITIAL_BIAS;

    label->count = 0;
    if (!read_basic(label, &input))
        return false;
    while (input.size > 0) {
        uint32_t before = i, count = (uint32_t)label->count + 1;

        if (!read_delta(&input, bias, &i))
            return false;
        bias = adapt(i - before, count, before == 0);
        if (i / count > UINT32_MAX - n)
            return false;
        n += i / count;
        i %= count;
        if (!insert(label, i++, n))
            return false;
    }
    return true;
}

/* A surrogate is written as if it were a character, as OpenSSL does. */
static bool
add_utf8(struct mtl_text *text, uint32_t c)
{
    uint8_t bytes[4];
    size_t size = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const uint8_t leads[] = {0, 0, 0xc0, 0xe0, 0xf0};

    if (c > 0x10ffff)
        return false;
    for (size_t i = size; i > 0; i--, c >>= 6)
        bytes[i - 1] = (uint8_t)(i > 1 ? 0x80 | (c & 0x3f) : leads[size] | c);
    mtl_text_bytes(text, mtl_slice_of(bytes, size));
    return true;
}

static bool
add_label(struct mtl_text *text, struct mtl_slice label)
{
    struct label decoded;

    if (label.size < 4 || memcmp(label.data, "xn--", 4) != 0) {
        mtl_text_bytes(text, label);
        return true;
    }
    if (!decode(mtl_slice_of(label.data + 4, label.size - 4), &decoded))
        return false;
    for (size_t i = 0; i < decoded.count; i++) {
        if (!add_utf8(text, decoded.characters[i]))
            return false;
    }
    return true;
}

bool
mtl_domain_to_unicode(struct mtl_arena *arena, struct mtl_slice domain, struct mtl_slice *unicode)
{
    struct mtl_text text = {.arena = arena};

    mtl_text_add(&text, "");
    for (;;) {
        const uint8_t *dot = domain.size == 0 ? NULL : memchr(domain.data, '.', domain.size);
        size_t size = dot == NULL ? domain.size : (size_t)(dot - domain.data);

        if (!add_label(&text, mtl_slice_of(domain.data, size)))
            return false;
        if (dot == NULL)
            break;
        mtl_text_add(&text, ".");
        domain = mtl_slice_of(dot + 1, domain.size - size - 1);
    }
    *unicode = mtl_slice_of(text.text, text.size);
    return true;
}
