/* PEM out: the strict form of RFC 7468. SPDX-License-Identifier: Apache-2.0 */
#include "store/store.h"

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* Octets on a line: 64 digits. */
#define LINE 48U

static void
add_group(struct mtl_text *text, const uint8_t *octets, size_t count)
{
    uint32_t group = (uint32_t)octets[0] << 16;
    char out[4];

    if (count > 1)
        group |= (uint32_t)octets[1] << 8;
    if (count > 2)
        group |= octets[2];
    for (size_t i = 0; i < 4; i++)
        out[i] = i <= count ? digits[group >> (18 - 6 * i) & 63] : '=';
    mtl_text_bytes(text, mtl_slice_of(out, sizeof(out)));
}

void
mtl_pem_add(struct mtl_text *text, const char *label, struct mtl_slice der)
{
    mtl_text_printf(text, "-----BEGIN %s-----\n", label);
    for (size_t at = 0; at < der.size; at += 3) {
        add_group(text, der.data + at, der.size - at < 3 ? der.size - at : 3);
        if (at % LINE == LINE - 3 || der.size - at <= 3)
            mtl_text_add(text, "\n");
    }
    mtl_text_printf(text, "-----END %s-----\n", label);
}
