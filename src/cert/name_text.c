/* Names as text for people: RFC 4514 escapes, and nothing that a terminal could obey.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cert/cert.h"
#include "cert/name.h"

#include <string.h>

#define MAX_VALUE_TEXT 256U /* of one attribute's value as printed */

static const struct {
    const char *oid; /* content octets */
    uint8_t size;
    const char *name;
} short_names[] = {
    {"\x55\x04\x03", 3, "CN"},
    {"\x55\x04\x04", 3, "SN"},
    {"\x55\x04\x05", 3, "serialNumber"},
    {"\x55\x04\x06", 3, "C"},
    {"\x55\x04\x07", 3, "L"},
    {"\x55\x04\x08", 3, "ST"},
    {"\x55\x04\x09", 3, "street"},
    {"\x55\x04\x0a", 3, "O"},
    {"\x55\x04\x0b", 3, "OU"},
    {"\x55\x04\x0c", 3, "title"},
    {"\x55\x04\x0f", 3, "businessCategory"},
    {"\x55\x04\x11", 3, "postalCode"},
    {"\x55\x04\x2a", 3, "GN"},
    {"\x55\x04\x2e", 3, "dnQualifier"},
    {"\x55\x04\x61", 3, "organizationIdentifier"},
    {"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x01", 9, "emailAddress"},
    {"\x09\x92\x26\x89\x93\xf2\x2c\x64\x01\x01", 10, "UID"},
    {"\x09\x92\x26\x89\x93\xf2\x2c\x64\x01\x19", 10, "DC"},
    {"\x2b\x06\x01\x04\x01\x82\x37\x3c\x02\x01\x03", 11, "jurisdictionC"},
};

/* "1.2.840.113549": subidentifiers in base 128, the first two in one (X.690 8.19). */
static void
add_dotted(struct mtl_text *text, struct mtl_slice oid)
{
    uint64_t number = 0;
    bool first = true;

    for (size_t i = 0; i < oid.size; i++) {
        number = number << 7 | (oid.data[i] & 0x7f);
        if (oid.data[i] & 0x80)
            continue;
        if (first) {
            uint64_t root = number < 80 ? number / 40 : 2;
            mtl_text_printf(text, "%u.%llu", (unsigned)root, (unsigned long long)(number - root * 40));
        } else {
            mtl_text_printf(text, ".%llu", (unsigned long long)number);
        }
        first = false;
        number = 0;
    }
}

static void
add_type(struct mtl_text *text, struct mtl_slice type)
{
    for (size_t i = 0; i < sizeof(short_names) / sizeof(*short_names); i++) {
        if (mtl_slice_equal(type, mtl_slice_of(short_names[i].oid, short_names[i].size))) {
            mtl_text_add(text, short_names[i].name);
            return;
        }
    }
    add_dotted(text, type);
}

/* RFC 4514 2.4 */
static struct mtl_slice
escape(struct mtl_arena *arena, struct mtl_slice value)
{
    struct mtl_text text = {.arena = arena};

    for (size_t i = 0; i < value.size; i++) {
        bool edge =
            (i == 0 && (value.data[i] == '#' || value.data[i] == ' ')) || (i == value.size - 1 && value.data[i] == ' ');
        if (edge || (value.data[i] != '\0' && strchr("\"+,;<>\\", value.data[i]) != NULL))
            mtl_text_add(&text, "\\");
        mtl_text_bytes(&text, mtl_slice_of(value.data + i, 1));
    }
    return mtl_slice_of(text.text, text.size);
}

/* A value as UTF-8; what is no text as "#" and the hexadecimal encoding (RFC 4514 2.4). */
static struct mtl_slice
value_text(struct mtl_arena *arena, const struct mtl_der_item *value, bool *is_text)
{
    uint8_t *utf8 = mtl_arena_alloc(arena, 2 * value->content.size);
    struct mtl_text hex = {.arena = arena};
    size_t size;

    *is_text = mtl_string_to_utf8(value, utf8, &size);
    if (*is_text)
        return mtl_slice_of(utf8, size);
    mtl_text_add(&hex, "#");
    mtl_text_hex(&hex, value->whole, MAX_VALUE_TEXT / 4);
    return mtl_slice_of(hex.text, hex.size);
}

char *
mtl_name_text(struct mtl_arena *arena, struct mtl_slice name)
{
    struct mtl_text text = {.arena = arena};
    struct mtl_attributes walk;
    struct mtl_attribute attribute;
    bool is_text;

    mtl_text_add(&text, "");
    mtl_attributes_start(&walk, name);
    while (mtl_attributes_next(&walk, &attribute)) {
        struct mtl_slice value = value_text(arena, &attribute.value, &is_text);
        if (text.size > 0)
            mtl_text_add(&text, attribute.continues ? "+" : ", ");
        add_type(&text, attribute.type);
        mtl_text_add(&text, "=");
        mtl_text_add(&text, mtl_text_safe(arena, is_text ? escape(arena, value) : value, MAX_VALUE_TEXT));
    }
    return text.text;
}

char *
mtl_name_label(struct mtl_arena *arena, struct mtl_slice name)
{
    struct mtl_attributes walk;
    struct mtl_attribute attribute;
    struct mtl_der_item best = {0};
    bool is_text;

    mtl_attributes_start(&walk, name);
    while (mtl_attributes_next(&walk, &attribute)) {
        best = attribute.value;
        if (mtl_slice_equal(attribute.type, mtl_oid_common_name))
            break;
    }
    if (best.whole.data == NULL)
        return mtl_arena_strdup(arena, "(empty name)");
    return mtl_text_safe(arena, value_text(arena, &best, &is_text), MAX_VALUE_TEXT);
}
