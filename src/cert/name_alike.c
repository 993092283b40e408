/* Names as those see them who compare their RFC 2253 form. SPDX-License-Identifier: Apache-2.0 */
#include "cert/cert.h"
#include "cert/name.h"

/* RFC 2253 2.3: CN, L, ST, STREET, O, OU and C, by the last octet of 2.5.4.x; DC and UID, by that of their arc. */
static bool
has_keyword(struct mtl_slice type)
{
    static const uint8_t attributes[] = {0x55, 0x04};
    static const uint8_t pilot[] = {0x09, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 0x01};
    uint8_t last = type.size > 0 ? type.data[type.size - 1] : 0;

    if (type.size == sizeof(attributes) + 1 &&
        mtl_slice_equal(mtl_slice_of(type.data, sizeof(attributes)), mtl_slice_of(attributes, sizeof(attributes))))
        return last == 3 || (last >= 6 && last <= 11);
    return type.size == sizeof(pilot) + 1 &&
           mtl_slice_equal(mtl_slice_of(type.data, sizeof(pilot)), mtl_slice_of(pilot, sizeof(pilot))) &&
           (last == 1 || last == 25);
}

static bool
is_text(const struct mtl_attribute *attribute)
{
    return has_keyword(attribute->type) &&
           (attribute->value.tag == MTL_DER_PRINTABLE_STRING || attribute->value.tag == MTL_DER_UTF8_STRING);
}

bool
mtl_name_is_alike(struct mtl_slice a, struct mtl_slice b)
{
    struct mtl_attributes first, second;
    struct mtl_attribute one, other;

    if (mtl_slice_equal(a, b))
        return true;
    mtl_attributes_start(&first, a);
    mtl_attributes_start(&second, b);
    while (mtl_attributes_next(&first, &one)) {
        if (!mtl_attributes_next(&second, &other))
            return false;
        if (!(is_text(&one) && is_text(&other)) && !mtl_slice_equal(one.value.whole, other.value.whole))
            return false;
    }
    return !mtl_attributes_next(&second, &other);
}

static bool
is_directory_string(const struct mtl_attribute *attribute)
{
    return is_text(attribute) || (has_keyword(attribute->type) && attribute->value.tag == MTL_DER_TELETEX_STRING);
}

#define MOST_TEXT 1024U /* octets of a value; longer ones are compared as they are encoded */

static bool
says_the_same(const struct mtl_attribute *a, const struct mtl_attribute *b)
{
    uint8_t one[2 * MOST_TEXT], other[2 * MOST_TEXT];
    size_t one_size, other_size;

    if (!mtl_slice_equal(a->type, b->type) || a->continues != b->continues)
        return false;
    if (mtl_slice_equal(a->value.whole, b->value.whole))
        return true;
    return is_directory_string(a) && is_directory_string(b) && a->value.content.size <= MOST_TEXT &&
           b->value.content.size <= MOST_TEXT && mtl_string_to_utf8(&a->value, one, &one_size) &&
           mtl_string_to_utf8(&b->value, other, &other_size) &&
           mtl_slice_equal(mtl_slice_of(one, one_size), mtl_slice_of(other, other_size));
}

bool
mtl_name_says_the_same(struct mtl_slice a, struct mtl_slice b)
{
    struct mtl_attributes first, second;
    struct mtl_attribute one, other;

    if (mtl_slice_equal(a, b))
        return true;
    mtl_attributes_start(&first, a);
    mtl_attributes_start(&second, b);
    while (mtl_attributes_next(&first, &one))
        if (!mtl_attributes_next(&second, &other) || !says_the_same(&one, &other))
            return false;
    return !mtl_attributes_next(&second, &other);
}
