/* Base64 in pieces. SPDX-License-Identifier: Apache-2.0 */
#include "store/base64.h"

static int
digit_value(uint8_t byte)
{
    if (byte >= 'A' && byte <= 'Z')
        return byte - 'A';
    if (byte >= 'a' && byte <= 'z')
        return byte - 'a' + 26;
    if (byte >= '0' && byte <= '9')
        return byte - '0' + 52;
    return byte == '+' ? 62 : byte == '/' ? 63 : -1;
}

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
    int value = digit_value(byte);

    if (value >= 0) {
        base64->bad = base64->padding > 0;
        if (!base64->bad)
            add_digit(base64, (uint32_t)value);
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

void
mtl_base64_feed(struct mtl_base64 *base64, struct mtl_slice text)
{
    for (size_t i = 0; i < text.size && !base64->bad && !base64->stopped; i++)
        feed_byte(base64, text.data[i]);
}

bool
mtl_base64_finish(const struct mtl_base64 *base64)
{
    return !base64->bad && base64->digits == 0 && base64->size > 0;
}
