/* SPDX-License-Identifier: Apache-2.0 */
/* The DER reader: headers first, then the primitive types that certificates use. */
#include "cert/der.h"

#include <string.h>

/* Tag numbers above this do not occur in certificates; the limit keeps (number << 8) within 32 bits. */
#define MAX_TAG_NUMBER 0xffffffU

struct mtl_der
mtl_der_reader(struct mtl_slice bytes, struct mtl_der_notes *notes)
{
    struct mtl_der der = {.notes = notes};

    if (bytes.size == 0)
        return der;
    der.at = bytes.data;
    der.end = bytes.data + bytes.size;
    return der;
}

bool
mtl_der_is_done(const struct mtl_der *der)
{
    return der->at == der->end;
}

bool
mtl_der_is_next(const struct mtl_der *der, uint32_t tag)
{
    return der->at != der->end && *der->at == tag;
}

bool
mtl_der_fault(const struct mtl_der *der, const char *what)
{
    if (der->notes && !der->notes->fault) {
        der->notes->fault = what;
        der->notes->fault_at = der->at;
    }
    return false;
}

static bool
is_relaxed(const struct mtl_der *der)
{
    return der->notes && der->notes->relaxed;
}

bool
mtl_der_deviates(const struct mtl_der *der, const char *what)
{
    if (!is_relaxed(der))
        return mtl_der_fault(der, what);
    der->notes->deviates = true;
    return true;
}

/* X.690 8.1.2.4: the number in base 128, most significant group first, no leading zero group. */
static bool
read_high_tag(const struct mtl_der *der, const uint8_t **at, uint32_t *tag)
{
    uint32_t number = 0;
    const uint8_t *p = *at + 1;

    if (p != der->end && *p == 0x80)
        return mtl_der_fault(der, "the tag number is not minimal");
    do {
        if (p == der->end)
            return mtl_der_fault(der, "the header is cut off");
        if (number > MAX_TAG_NUMBER >> 7)
            return mtl_der_fault(der, "the tag number is too large");
        number = number << 7 | (*p & 0x7fU);
    } while (*p++ & 0x80);
    if (number < 31)
        return mtl_der_fault(der, "the tag number is not minimal");
    *tag = number << 8 | **at;
    *at = p;
    return true;
}

/* X.690 10.1: definite, and in the fewest octets. */
static bool
read_long_length(const struct mtl_der *der, const uint8_t **at, size_t *length)
{
    size_t octets = *(*at)++ & 0x7f;
    size_t value = 0;

    if (octets == 0)
        return mtl_der_fault(der, "the length is indefinite");
    if (octets > (size_t)(der->end - *at))
        return mtl_der_fault(der, "the header is cut off");
    if (**at == 0 && !mtl_der_deviates(der, "the length is not minimal"))
        return false;
    for (; octets > 0 && **at == 0; octets--)
        (*at)++;
    if (octets > sizeof(uint32_t))
        return mtl_der_fault(der, "the length goes beyond the end");
    for (; octets > 0; octets--)
        value = value << 8 | *(*at)++;
    if (value < 0x80 && !mtl_der_deviates(der, "the length is not minimal"))
        return false;
    *length = value;
    return true;
}

bool
mtl_der_next(struct mtl_der *der, struct mtl_der_item *item)
{
    const uint8_t *at = der->at;
    uint32_t tag;
    size_t length = 0;

    if (at == der->end)
        return mtl_der_fault(der, "something is missing");
    tag = *at;
    if ((tag & 0x1f) != 0x1f)
        at++;
    else if (!read_high_tag(der, &at, &tag))
        return false;
    if (at == der->end)
        return mtl_der_fault(der, "the header is cut off");
    if (*at < 0x80)
        length = *at++;
    else if (!read_long_length(der, &at, &length))
        return false;
    if (length > (size_t)(der->end - at))
        return mtl_der_fault(der, "the length goes beyond the end");
    item->tag = tag;
    item->whole = mtl_slice_of(der->at, (size_t)(at - der->at) + length);
    item->content = mtl_slice_of(at, length);
    der->at = at + length;
    return true;
}

bool
mtl_der_take(struct mtl_der *der, uint32_t tag, struct mtl_der_item *item)
{
    if (der->at == der->end)
        return mtl_der_fault(der, "something is missing");
    if (*der->at != tag)
        return mtl_der_fault(der, "the tag is not the one due here");
    return mtl_der_next(der, item);
}

static struct mtl_der
inside(const struct mtl_der *der, const struct mtl_der_item *item)
{
    return (struct mtl_der){
        .at = item->content.data, .end = item->content.data + item->content.size, .notes = der->notes};
}

bool
mtl_der_enter(struct mtl_der *der, uint32_t tag, struct mtl_der *inner)
{
    struct mtl_der_item item;

    if (!mtl_der_take(der, tag, &item))
        return false;
    *inner = inside(der, &item);
    return true;
}

bool
mtl_der_is_list(const struct mtl_der *der, uint32_t tag)
{
    if (mtl_der_is_done(der))
        return false;
    return *der->at == tag || (is_relaxed(der) && (*der->at | (uint32_t)MTL_DER_CONSTRUCTED) == tag);
}

bool
mtl_der_enter_list(struct mtl_der *der, uint32_t tag, struct mtl_der *inner)
{
    if (mtl_der_is_next(der, tag) || !mtl_der_is_list(der, tag))
        return mtl_der_enter(der, tag, inner);
    der->notes->deviates = true;
    return mtl_der_enter(der, *der->at, inner);
}

bool
mtl_der_leave(const struct mtl_der *inner)
{
    return mtl_der_is_done(inner) || mtl_der_fault(inner, "something follows that does not belong here");
}

/* Notes the fault at the item, which was stepped over already, and puts the reader back in front of it. */
static bool
refuse(struct mtl_der *der, const struct mtl_der_item *item, const char *what)
{
    der->at = item->whole.data;
    return mtl_der_fault(der, what);
}

/* X.690 8.19.2: each subidentifier ends with a clear top bit and does not begin with 0x80. */
static const char *
oid_fault(struct mtl_slice content)
{
    bool begins = true;

    if (content.size == 0)
        return "the object identifier is empty";
    if (content.data[content.size - 1] & 0x80)
        return "the object identifier is cut off";
    for (size_t i = 0; i < content.size; i++) {
        if (begins && content.data[i] == 0x80)
            return "the object identifier is not minimal";
        begins = !(content.data[i] & 0x80);
    }
    return NULL;
}

/* X.690 8.3.2: the first nine bits are neither all zero nor all one. */
static const char *
integer_fault(struct mtl_slice content)
{
    if (content.size == 0)
        return "the integer is empty";
    if (content.size == 1)
        return NULL;
    if (content.data[0] == 0 && !(content.data[1] & 0x80))
        return "the integer is not minimal";
    if (content.data[0] == 0xff && (content.data[1] & 0x80))
        return "the integer is not minimal";
    return NULL;
}

static bool
take_checked(struct mtl_der *der, uint32_t tag, const char *(*check)(struct mtl_slice), struct mtl_slice *content)
{
    struct mtl_der_item item;
    const char *what;

    if (!mtl_der_take(der, tag, &item))
        return false;
    what = check(item.content);
    if (what)
        return refuse(der, &item, what);
    *content = item.content;
    return true;
}

bool
mtl_der_oid(struct mtl_der *der, uint32_t tag, struct mtl_slice *content)
{
    return take_checked(der, tag, oid_fault, content);
}

bool
mtl_der_integer(struct mtl_der *der, uint32_t tag, struct mtl_slice *content)
{
    return take_checked(der, tag, integer_fault, content);
}

bool
mtl_der_boolean(struct mtl_der *der, uint32_t tag, bool *value)
{
    struct mtl_der start = *der;
    struct mtl_der_item item;

    if (!mtl_der_take(der, tag, &item))
        return false;
    if (item.content.size != 1)
        return refuse(der, &item, "the boolean is not one octet");
    if (item.content.data[0] != 0 && item.content.data[0] != 0xff &&
        !mtl_der_deviates(&start, "the boolean is neither 00 nor FF")) {
        *der = start;
        return false;
    }
    *value = item.content.data[0] != 0;
    return true;
}

/* X.690 11.2.1: unused bits are zero; 8.6.2.3: an empty string has none. */
static bool
unused_bits_are_zero(struct mtl_slice content)
{
    uint8_t unused = content.data[0];

    if (unused == 0)
        return true;
    return content.size > 1 && !(content.data[content.size - 1] & ((1U << unused) - 1));
}

bool
mtl_der_bit_string(struct mtl_der *der, uint32_t tag, struct mtl_der_bits *bits)
{
    struct mtl_der start = *der;
    struct mtl_der_item item;

    if (!mtl_der_take(der, tag, &item))
        return false;
    if (item.content.size == 0 || item.content.data[0] > 7)
        return refuse(der, &item, "the bit string does not say how many bits are unused");
    if (!unused_bits_are_zero(item.content) && !mtl_der_deviates(&start, "unused bits are not zero")) {
        *der = start;
        return false;
    }
    bits->octets = mtl_slice_of(item.content.data + 1, item.content.size - 1);
    bits->unused = bits->octets.size == 0 ? 0 : item.content.data[0];
    return true;
}

bool
mtl_der_null(struct mtl_der *der)
{
    struct mtl_der_item item;

    if (!mtl_der_take(der, MTL_DER_NULL, &item))
        return false;
    return item.content.size == 0 || refuse(der, &item, "NULL is not empty");
}

static bool
check_string(struct mtl_der *der, struct mtl_der_item *item, size_t character_size)
{
    if (!mtl_der_next(der, item))
        return false;
    if (item->content.size % character_size != 0)
        return refuse(der, item, "the string ends within a character");
    return true;
}

bool
mtl_der_any(struct mtl_der *der, struct mtl_der_item *item)
{
    struct mtl_der copy = *der;
    struct mtl_der_bits bits;
    struct mtl_slice content;
    bool flag;

    if (mtl_der_is_done(der))
        return mtl_der_fault(der, "something is missing");
    switch (*der->at) {
    case MTL_DER_BOOLEAN:
        return mtl_der_boolean(&copy, MTL_DER_BOOLEAN, &flag) && mtl_der_next(der, item);
    case MTL_DER_INTEGER:
    case MTL_DER_ENUMERATED:
        return mtl_der_integer(&copy, *der->at, &content) && mtl_der_next(der, item);
    case MTL_DER_BIT_STRING:
        return mtl_der_bit_string(&copy, MTL_DER_BIT_STRING, &bits) && mtl_der_next(der, item);
    case MTL_DER_NULL:
        return mtl_der_null(&copy) && mtl_der_next(der, item);
    case MTL_DER_OID:
        return mtl_der_oid(&copy, MTL_DER_OID, &content) && mtl_der_next(der, item);
    case MTL_DER_BMP_STRING:
        return check_string(der, item, 2);
    case MTL_DER_UNIVERSAL_STRING:
        return check_string(der, item, 4);
    default:
        break;
    }
    bool universal = *der->at < 0x40;
    bool constructed = *der->at == MTL_DER_SEQUENCE || *der->at == MTL_DER_SET;
    if (universal && !constructed && (*der->at == 0 || *der->at == 0x10 || *der->at == 0x11 || *der->at >= 0x1f))
        return mtl_der_fault(der, "the tag does not exist in DER");
    return mtl_der_next(der, item);
}

uint16_t
mtl_der_bits16(const struct mtl_der_bits *bits)
{
    uint16_t mask = 0;

    for (unsigned bit = 0; bit < 16 && bit / 8 < bits->octets.size; bit++) {
        bool is_unused = bit / 8 == bits->octets.size - 1 && bit % 8 >= 8U - bits->unused;
        if (!is_unused && bits->octets.data[bit / 8] & (0x80U >> bit % 8))
            mask |= (uint16_t)(1U << bit);
    }
    return mask;
}

int64_t
mtl_der_small(struct mtl_slice integer, int64_t limit)
{
    int64_t value = 0;

    if (integer.size == 0 || integer.data[0] & 0x80)
        return -1;
    for (size_t i = 0; i < integer.size; i++) {
        value = value * 256 + integer.data[i];
        if (value > limit)
            return limit;
    }
    return value;
}
