/* Names: attributes, and comparison in OpenSSL's canonical form. SPDX-License-Identifier: Apache-2.0 */
#include "cert/name.h"

#include "cert/cert.h"
#include "cert/libcrypto.h"

#include <stdlib.h>
#include <string.h>

const struct mtl_slice mtl_oid_common_name = {(const uint8_t[]){0x55, 0x04, 0x03}, 3};
const struct mtl_slice mtl_oid_email_address = {(const uint8_t[]){0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x01},
                                                9};

/* ---- attributes ----------------------------------------------------------------------------------------------- */

/* Universal types that OpenSSL lets into an attribute value (its B_ASN1_PRINTABLE), as a mask of tag numbers. */
#define VALUE_TYPES                                                                                                    \
    (1U << 3 | 1U << 7 | 1U << 8 | 1U << 9 | 1U << 11 | 1U << 12 | 1U << 13 | 1U << 14 | 1U << 15 | 1U << 18 |         \
     1U << 19 | 1U << 20 | 1U << 22 | 1U << 28 | 1U << 29 | 1U << 30)

static bool
read_value(struct mtl_der *der, struct mtl_der_item *value)
{
    struct mtl_der copy = *der;
    struct mtl_der_bits bits;

    if (mtl_der_is_next(der, MTL_DER_BIT_STRING) && !mtl_der_bit_string(&copy, MTL_DER_BIT_STRING, &bits))
        return false;
    if (!mtl_der_next(der, value))
        return false;
    /* asn1_ex_c2i() */
    if ((value->tag == MTL_DER_BMP_STRING && value->content.size % 2 != 0) ||
        (value->tag == MTL_DER_UNIVERSAL_STRING && value->content.size % 4 != 0)) {
        *der = copy;
        return mtl_der_fault(der, "a name's attribute has a string that is cut off within a character");
    }
    if (value->tag == MTL_DER_SEQUENCE || (value->tag <= 30 && (1U << value->tag & VALUE_TYPES) != 0))
        return true;
    *der = copy;
    return mtl_der_fault(der, "a name's attribute has a value of an unexpected type");
}

bool
mtl_attribute_read(struct mtl_der *rdn, struct mtl_attribute *attribute)
{
    struct mtl_der pair;

    return mtl_der_enter(rdn, MTL_DER_SEQUENCE, &pair) && mtl_der_oid(&pair, MTL_DER_OID, &attribute->type) &&
           read_value(&pair, &attribute->value) && mtl_der_leave(&pair);
}

void
mtl_attributes_start(struct mtl_attributes *walk, struct mtl_slice name)
{
    *walk = (struct mtl_attributes){.notes = {.relaxed = true}};

    struct mtl_der outer = mtl_der_reader(name, &walk->notes);
    if (!mtl_der_enter_list(&outer, MTL_DER_SEQUENCE, &walk->names))
        walk->names = mtl_der_reader(mtl_slice_of("", 0), &walk->notes);
    walk->rdn = mtl_der_reader(mtl_slice_of("", 0), &walk->notes);
}

bool
mtl_attributes_next(struct mtl_attributes *walk, struct mtl_attribute *attribute)
{
    bool continues = true;

    while (mtl_der_is_done(&walk->rdn)) {
        continues = false;
        if (!mtl_der_enter_list(&walk->names, MTL_DER_SET, &walk->rdn))
            return false;
    }
    attribute->continues = continues;
    return mtl_attribute_read(&walk->rdn, attribute);
}

size_t
mtl_attributes_count(struct mtl_slice name)
{
    struct mtl_attributes walk;
    struct mtl_attribute attribute;
    size_t count = 0;

    for (mtl_attributes_start(&walk, name); mtl_attributes_next(&walk, &attribute);)
        count++;
    return count;
}

bool
mtl_name_is_empty(struct mtl_slice name)
{
    return mtl_attributes_count(name) == 0;
}

/* ---- strings -------------------------------------------------------------------------------------------------- */

static uint8_t *
put_bytes(uint8_t *out, struct mtl_slice bytes)
{
    if (bytes.size > 0)
        memcpy(out, bytes.data, bytes.size);
    return out + bytes.size;
}

static uint8_t *
put_utf8(uint8_t *out, uint32_t character)
{
    if (character >= 0x10000) {
        *out++ = (uint8_t)(0xf0 | character >> 18);
        *out++ = (uint8_t)(0x80 | (character >> 12 & 0x3f));
    } else if (character >= 0x800) {
        *out++ = (uint8_t)(0xe0 | character >> 12);
    }
    if (character >= 0x800)
        *out++ = (uint8_t)(0x80 | (character >> 6 & 0x3f));
    else
        *out++ = (uint8_t)(0xc0 | character >> 6);
    *out++ = (uint8_t)(0x80 | (character & 0x3f));
    return out;
}

/* Characters of width octets each, big-endian. NULL when one is not a Unicode scalar value. */
static uint8_t *
put_wide(uint8_t *out, struct mtl_slice text, size_t width)
{
    if (text.size % width != 0)
        return NULL;
    for (size_t i = 0; i < text.size; i += width) {
        uint32_t character = 0;

        for (size_t j = 0; j < width; j++)
            character = character << 8 | text.data[i + j];
        if (character > 0x10ffff || (character >= 0xd800 && character <= 0xdfff))
            return NULL;
        if (character < 0x80)
            *out++ = (uint8_t)character;
        else
            out = put_utf8(out, character);
    }
    return out;
}

/* Octets of the UTF-8 character at text[at], 0 if it is not one (RFC 3629 4). */
static size_t
utf8_size(struct mtl_slice text, size_t at)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    uint8_t lead = text.data[at];
    size_t size = lead < 0x80 ? 1 : lead < 0xc0 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf8 ? 4 : 0;
    uint32_t character = size < 2 ? lead : lead & (0x7fU >> size);

    if (size > text.size - at)
        return 0;
    for (size_t i = 1; i < size; i++) {
        if ((text.data[at + i] & 0xc0) != 0x80)
            return 0;
        character = character << 6 | (text.data[at + i] & 0x3f);
    }
    if (size < 2)
        return size;
    bool is_scalar = character <= 0x10ffff && (character < 0xd800 || character > 0xdfff);
    return is_scalar && character >= smallest[size] ? size : 0;
}

/* How many octets from the start are ASCII, which is nearly always all of them. */
static size_t
ascii_size(struct mtl_slice text)
{
    size_t at = 0;
    uint64_t word;

    for (; at + sizeof(word) <= text.size; at += sizeof(word)) {
        memcpy(&word, text.data + at, sizeof(word));
        if (word & 0x8080808080808080U)
            break;
    }
    while (at < text.size && text.data[at] < 0x80)
        at++;
    return at;
}

static uint8_t *
put_checked_utf8(uint8_t *out, struct mtl_slice text)
{
    for (size_t at = ascii_size(text), size; at < text.size; at += size) {
        size = utf8_size(text, at);
        if (size == 0)
            return NULL;
    }
    return put_bytes(out, text);
}

static uint8_t *
put_latin1(uint8_t *out, struct mtl_slice text)
{
    size_t ascii = ascii_size(text);

    out = put_bytes(out, mtl_slice_of(text.data, ascii));
    return put_wide(out, mtl_slice_of(text.data + ascii, text.size - ascii), 1);
}

bool
mtl_string_to_utf8(const struct mtl_der_item *string, uint8_t *out, size_t *size)
{
    uint8_t *end = NULL;

    switch (string->tag) {
    case MTL_DER_UTF8_STRING:
        end = put_checked_utf8(out, string->content);
        break;
    case MTL_DER_NUMERIC_STRING:
    case MTL_DER_PRINTABLE_STRING:
    case MTL_DER_TELETEX_STRING:
    case MTL_DER_IA5_STRING:
    case MTL_DER_VISIBLE_STRING:
        end = put_latin1(out, string->content);
        break;
    case MTL_DER_UNIVERSAL_STRING:
        end = put_wide(out, string->content, 4);
        break;
    case MTL_DER_BMP_STRING:
        end = put_wide(out, string->content, 2);
        break;
    default:
        return false;
    }
    *size = end == NULL ? 0 : (size_t)(end - out);
    return end != NULL;
}

/* ---- the canonical form --------------------------------------------------------------------------------------- */

/* The six ASCII white space characters (ossl_isspace()). */
static bool
is_space(uint8_t c)
{
    return c == ' ' || (uint8_t)(c - '\t') <= '\r' - '\t';
}

/* Trims, collapses white space and lowers ASCII letters, in place. Returns the new end. */
static uint8_t *
fold(uint8_t *text, const uint8_t *end)
{
    const uint8_t *from = text;
    uint8_t *to = text;
    bool after_space = true; /* so that leading space is dropped */

    for (; from < end; from++) {
        uint8_t c = *from;
        if (!is_space(c))
            *to++ = (uint8_t)(c - 'A') < 26 ? c | 0x20 : c;
        else if (!after_space)
            *to++ = ' ';
        after_space = is_space(c);
    }
    return to > text && after_space ? to - 1 : to;
}

/* Puts a header before content that starts at item + 2, moving it when the length takes more. Returns the new end. */
static uint8_t *
close_item(uint8_t tag, uint8_t *item, uint8_t *end)
{
    size_t size = (size_t)(end - item) - 2, extra = size < 0x80 ? 0 : size < 0x100 ? 1 : size < 0x10000 ? 2 : 3;

    item[0] = tag;
    item[1] = (uint8_t)size;
    if (extra == 0)
        return end;
    memmove(item + 2 + extra, item + 2, size);
    item[1] = (uint8_t)(0x80 | extra);
    for (size_t i = 0; i < extra; i++)
        item[2 + i] = (uint8_t)(size >> 8 * (extra - 1 - i));
    return end + extra;
}

static bool
is_folded(uint32_t tag)
{
    return tag == MTL_DER_UTF8_STRING || tag == MTL_DER_PRINTABLE_STRING || tag == MTL_DER_IA5_STRING ||
           tag == MTL_DER_TELETEX_STRING || tag == MTL_DER_BMP_STRING || tag == MTL_DER_UNIVERSAL_STRING;
}

/* Types that OpenSSL does not fold are compared as they are. NULL when the content is bad. */
static uint8_t *
put_value(uint8_t *out, const struct mtl_der_item *value)
{
    size_t size;

    if (value->tag == MTL_DER_SEQUENCE)
        return put_bytes(out, value->whole);
    if (is_folded(value->tag)) {
        if (!mtl_string_to_utf8(value, out + 2, &size))
            return NULL;
        return close_item(MTL_DER_UTF8_STRING, out, fold(out + 2, out + 2 + size));
    }

    uint8_t *end = put_bytes(out + 2, value->content);
    if (value->tag == MTL_DER_BIT_STRING && value->content.size > 1)
        end[-1] &= (uint8_t)(0xff << value->content.data[0]);
    return close_item((uint8_t)value->tag, out, end);
}

static uint8_t *
put_attribute(uint8_t *out, const struct mtl_attribute *attribute)
{
    uint8_t *end = close_item(MTL_DER_OID, out + 2, put_bytes(out + 4, attribute->type));

    end = put_value(end, &attribute->value);
    return end == NULL ? NULL : close_item(MTL_DER_SEQUENCE, out, end);
}

static int
compare_items(const void *a, const void *b)
{
    return mtl_slice_compare(*(const struct mtl_slice *)a, *(const struct mtl_slice *)b);
}

/* X.690 11.6: the items of a SET OF are ordered by their encodings. */
static void
sort_items(uint8_t *items, size_t size, size_t count)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct mtl_slice *sorted = mtl_arena_array(arena, count, sizeof(*sorted));
    struct mtl_der der = mtl_der_reader(mtl_arena_copy(arena, mtl_slice_of(items, size)), NULL);
    struct mtl_der_item item;

    for (size_t i = 0; i < count && mtl_der_next(&der, &item); i++)
        sorted[i] = item.whole;
    qsort(sorted, count, sizeof(*sorted), compare_items);
    for (size_t i = 0; i < count; i++)
        items = put_bytes(items, sorted[i]);
    mtl_arena_free(arena);
}

/* An RDN without attributes leaves no trace. */
static uint8_t *
put_rdn(uint8_t *out, struct mtl_der *rdn)
{
    struct mtl_attribute attribute;
    uint8_t *end = out + 2;
    size_t count = 0;

    for (; !mtl_der_is_done(rdn); count++) {
        if (!mtl_attribute_read(rdn, &attribute))
            return NULL;
        uint8_t *next = put_attribute(end, &attribute);
        if (next == NULL) {
            mtl_der_fault(rdn, "a name's string does not decode");
            return NULL;
        }
        end = next;
    }
    if (count == 0)
        return out;
    if (count > 1)
        sort_items(out + 2, (size_t)(end - out) - 2, count);
    return close_item(MTL_DER_SET, out, end);
}

/*
 * The canonical form is at most twice as large: content at most doubles (Latin-1 to UTF-8), and a header whose length
 * doubles grows by less than itself.
 */
static bool
put_name(struct mtl_canonical *canonical, struct mtl_der *names)
{
    size_t room = 2 * (size_t)(names->end - names->at) + 8;
    struct mtl_der rdn;

    canonical->arena = room > sizeof(canonical->local) ? mtl_arena_new() : NULL;
    uint8_t *start = canonical->arena == NULL ? canonical->local : mtl_arena_alloc(canonical->arena, room);
    uint8_t *end = start;

    while (!mtl_der_is_done(names)) {
        uint8_t *next = mtl_der_enter_list(names, MTL_DER_SET, &rdn) ? put_rdn(end, &rdn) : NULL;
        if (next == NULL) {
            mtl_canonical_free(canonical);
            return false;
        }
        end = next;
    }
    canonical->encoding = mtl_slice_of(start, (size_t)(end - start));
    return true;
}

bool
mtl_canonical_make(struct mtl_canonical *canonical, struct mtl_slice name)
{
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der der = mtl_der_reader(name, &notes), names;

    return mtl_der_enter_list(&der, MTL_DER_SEQUENCE, &names) && mtl_der_is_done(&der) && put_name(canonical, &names);
}

void
mtl_canonical_free(struct mtl_canonical *canonical)
{
    mtl_arena_free(canonical->arena);
    canonical->arena = NULL;
}

/* ---- comparison ----------------------------------------------------------------------------------------------- */

/* Eight octets at a time, because this runs twice for every certificate read. */
static uint64_t
hash_bytes(struct mtl_slice bytes)
{
    uint64_t hash = bytes.size, word;

    for (; bytes.size >= sizeof(word); bytes = mtl_slice_of(bytes.data + sizeof(word), bytes.size - sizeof(word))) {
        memcpy(&word, bytes.data, sizeof(word));
        hash = (hash ^ word) * 0x9e3779b97f4a7c15U;
        hash ^= hash >> 32;
    }
    return hash ^ mtl_slice_hash(bytes);
}

bool
mtl_name_read(struct mtl_der *der, struct mtl_slice *name, uint64_t *hash)
{
    struct mtl_der copy = *der, names;
    struct mtl_canonical canonical;

    if (!mtl_der_enter_list(der, MTL_DER_SEQUENCE, &names))
        return false;
    if (!put_name(&canonical, &names)) {
        *der = copy;
        return false;
    }
    *name = mtl_slice_of(copy.at, (size_t)(der->at - copy.at));
    *hash = hash_bytes(canonical.encoding);
    mtl_canonical_free(&canonical);
    return true;
}

bool
mtl_name_equal(struct mtl_slice a, struct mtl_slice b)
{
    struct mtl_canonical first, second;

    if (mtl_slice_equal(a, b))
        return true;
    if (!mtl_canonical_make(&first, a))
        return false;
    bool equal = mtl_canonical_make(&second, b);
    if (equal) {
        equal = mtl_slice_equal(first.encoding, second.encoding);
        mtl_canonical_free(&second);
    }
    mtl_canonical_free(&first);
    return equal;
}

uint64_t
mtl_name_hash(struct mtl_slice name)
{
    struct mtl_canonical canonical;

    if (!mtl_canonical_make(&canonical, name))
        return mtl_slice_hash(name);
    uint64_t hash = hash_bytes(canonical.encoding);
    mtl_canonical_free(&canonical);
    return hash;
}

bool
mtl_name_openssl_hash(struct mtl_slice name, uint32_t *hash)
{
    struct mtl_canonical canonical;
    uint8_t digest[20];

    if (!mtl_canonical_make(&canonical, name))
        return false;
    mtl_digest(mtl_libcrypto()->sha1, canonical.encoding, digest);
    mtl_canonical_free(&canonical);
    *hash = digest[0] | (uint32_t)digest[1] << 8 | (uint32_t)digest[2] << 16 | (uint32_t)digest[3] << 24;
    return true;
}
