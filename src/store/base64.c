/* Base64 in pieces. SPDX-License-Identifier: Apache-2.0 */
#include "store/base64.h"

/* The value of a digit plus 1; 0 for what is no digit. */
static const uint8_t digit_values[256] = {
    ['A'] = 1,  ['B'] = 2,  ['C'] = 3,  ['D'] = 4,  ['E'] = 5,  ['F'] = 6,  ['G'] = 7,  ['H'] = 8,
    ['I'] = 9,  ['J'] = 10, ['K'] = 11, ['L'] = 12, ['M'] = 13, ['N'] = 14, ['O'] = 15, ['P'] = 16,
    ['Q'] = 17, ['R'] = 18, ['S'] = 19, ['T'] = 20, ['U'] = 21, ['V'] = 22, ['W'] = 23, ['X'] = 24,
    ['Y'] = 25, ['Z'] = 26, ['a'] = 27, ['b'] = 28, ['c'] = 29, ['d'] = 30, ['e'] = 31, ['f'] = 32,
    ['g'] = 33, ['h'] = 34, ['i'] = 35, ['j'] = 36, ['k'] = 37, ['l'] = 38, ['m'] = 39, ['n'] = 40,
    ['o'] = 41, ['p'] = 42, ['q'] = 43, ['r'] = 44, ['s'] = 45, ['t'] = 46, ['u'] = 47, ['v'] = 48,
    ['w'] = 49, ['x'] = 50, ['y'] = 51, ['z'] = 52, ['0'] = 53, ['1'] = 54, ['2'] = 55, ['3'] = 56,
    ['4'] = 57, ['5'] = 58, ['6'] = 59, ['7'] = 60, ['8'] = 61, ['9'] = 62, ['+'] = 63, ['/'] = 64};

static void
add_digit(struct mtl_base64 *base64, uint32_t value)
{
    base64->group = base64->group << 6 | value;
    if (++base64->digits < 4)
        return;

    for (unsigned i = 0; i < 3 - base64->padding; i++)
        base64->out[base64->size++] = (uint8_t)(base64->group >> (16 - 8 * i));
    base64->group = 0;
    base64->digits = 0;
}

static void
feed_byte(struct mtl_base64 *base64, uint8_t byte)
{
    uint8_t value = digit_values[byte];

    if (value > 0) {
        base64->bad = base64->padding > 0;
        if (!base64->bad)
            add_digit(base64, value - 1U);
    } else if (byte == '=') {
        base64->bad = ++base64->padding > 2;
        if (!base64->bad)
            add_digit(base64, 0);
    } else if (byte == '-') {
        base64->stopped = true;
        base64->bad = base64->digits > 0;
    } else {
        base64->bad = byte != ' ' && byte != '\t' && byte != '\r' && byte != '\n';
    }
}

/* Whole groups of four digits, as nearly all of a file is. Returns how much of text was read. */
static size_t
feed_groups(struct mtl_base64 *base64, struct mtl_slice text)
{
    size_t used = 0;

    if (base64->digits > 0 || base64->padding > 0)
        return 0;
    for (; text.size - used >= 4; used += 4) {
        const uint8_t *at = text.data + used;
        uint32_t a = digit_values[at[0]], b = digit_values[at[1]], c = digit_values[at[2]], d = digit_values[at[3]];

        if (a == 0 || b == 0 || c == 0 || d == 0)
            break;
        uint32_t group = (a - 1) << 18 | (b - 1) << 12 | (c - 1) << 6 | (d - 1);
        base64->out[base64->size] = (uint8_t)(group >> 16);
        base64->out[base64->size + 1] = (uint8_t)(group >> 8);
        base64->out[base64->size + 2] = (uint8_t)group;
        base64->size += 3;
    }
    return used;
}

void
mtl_base64_feed(struct mtl_base64 *base64, struct mtl_slice text)
{
    if (base64->bad || base64->stopped)
        return;
    for (size_t i = feed_groups(base64, text); i < text.size && !base64->bad && !base64->stopped; i++)
        feed_byte(base64, text.data[i]);
}

bool
mtl_base64_finish(const struct mtl_base64 *base64)
{
    return !base64->bad && base64->digits == 0 && base64->size > 0;
}
