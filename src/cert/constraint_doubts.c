/*
 * Names and name constraints that not every verifier reads as OpenSSL does: where verifiers part is told here, so that
 * nothing is said about them. SPDX-License-Identifier: Apache-2.0
 */
#include "cert/constraints.h"
#include "cert/name.h"

#include <string.h>

#define MAX_LABEL 63U /* octets, RFC 1034 3.1 */

static bool
is_letter(uint8_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_letter_or_digit(uint8_t c)
{
    return is_letter(c) || (c >= '0' && c <= '9');
}

static bool
ends_in_dot(struct mtl_slice text)
{
    return text.size > 0 && text.data[text.size - 1] == '.';
}

static struct mtl_slice
without_first_dot(struct mtl_slice text)
{
    return text.size > 0 && text.data[0] == '.' ? mtl_slice_of(text.data + 1, text.size - 1) : text;
}

/* Labels of letters, digits and inner "-"; the last one starts with a letter, so that it is no address. */
static bool
is_plain_host(struct mtl_slice text)
{
    size_t start = 0;

    for (size_t i = 0; i <= text.size; i++) {
        if (i < text.size && text.data[i] != '.') {
            if (!is_letter_or_digit(text.data[i]) && text.data[i] != '-')
                return false;
            continue;
        }
        if (i == start || i - start > MAX_LABEL || text.data[start] == '-' || text.data[i - 1] == '-')
            return false;
        if (i == text.size)
            return is_letter(text.data[start]);
        start = i + 1;
    }
    return false;
}

/* What a mailbox without quotes may hold before its "@" (RFC 5322 3.2.3). */
static bool
is_plain_local_part(struct mtl_slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (!is_letter_or_digit(text.data[i]) &&
            (text.data[i] == '\0' || strchr("!#$%&'*+-/=?^_`{|}~.", text.data[i]) == NULL))
            return false;
    return text.size > 0;
}

static bool
is_plain_mailbox(struct mtl_slice text)
{
    const uint8_t *at = text.size == 0 ? NULL : memchr(text.data, '@', text.size);
    size_t size = at == NULL ? 0 : (size_t)(at - text.data);

    return at != NULL && is_plain_local_part(mtl_slice_of(text.data, size)) &&
           is_plain_host(mtl_slice_of(at + 1, text.size - size - 1));
}

/* "scheme://host", followed by nothing or by "/". */
static bool
is_plain_uri(struct mtl_slice text)
{
    size_t scheme = 0, end;

    while (scheme < text.size && is_letter_or_digit(text.data[scheme]))
        scheme++;
    if (scheme == 0 || !is_letter(text.data[0]) || text.size - scheme < 3 || memcmp(text.data + scheme, "://", 3) != 0)
        return false;
    for (end = scheme + 3; end < text.size && text.data[end] != '/'; end++)
        continue;
    return is_plain_host(mtl_slice_of(text.data + scheme + 3, end - scheme - 3));
}

bool
mtl_constraint_is_plain(const struct mtl_general_name *name, struct mtl_slice base, bool excluding)
{
    switch (name->type) {
    case MTL_GN_DNS:
        return !ends_in_dot(name->value) && !ends_in_dot(base) &&
               !(excluding && name->value.size > 0 && name->value.data[0] == '*');
    case MTL_GN_EMAIL:
        return is_plain_mailbox(name->value) &&
               (is_plain_host(without_first_dot(base)) || (!excluding && is_plain_mailbox(base)));
    case MTL_GN_URI:
        return is_plain_uri(name->value) && is_plain_host(without_first_dot(base));
    default:
        return true;
    }
}

/* ---- common names ----------------------------------------------------------------------------------------------- */

static bool
is_hostlike(struct mtl_slice text)
{
    size_t size = ends_in_dot(text) ? text.size - 1 : text.size;
    size_t i = size >= 2 && text.data[0] == '*' && text.data[1] == '.' ? 2 : 0;
    size_t start = i;

    if (i == size)
        return false;
    for (; i < size; i++) {
        uint8_t c = text.data[i];
        bool is_inner = i > start;

        if (is_letter_or_digit(c) || c == '_' || c == ':' || (c == '-' && is_inner))
            continue;
        if (c != '.' || !is_inner || i + 1 == size)
            return false;
        start = i + 1;
    }
    return true;
}

/* Common names are short; memory is only asked for one that is not. */
static bool
is_hostlike_string(const struct mtl_der_item *string)
{
    uint8_t small[256];
    size_t most = 2 * string->content.size + 1, size;
    struct mtl_arena *arena = most > sizeof(small) ? mtl_arena_new() : NULL;
    uint8_t *text = arena != NULL ? mtl_arena_alloc(arena, most) : small;
    bool is_host = mtl_string_to_utf8(string, text, &size) && is_hostlike(mtl_slice_of(text, size));

    mtl_arena_free(arena);
    return is_host;
}

bool
mtl_cert_common_name_is_hostlike(const struct mtl_cert *cert)
{
    struct mtl_attributes walk;
    struct mtl_attribute attribute;

    mtl_attributes_start(&walk, mtl_cert_bytes(cert, cert->subject));
    while (mtl_attributes_next(&walk, &attribute)) {
        if (mtl_slice_equal(attribute.type, mtl_oid_common_name) && is_hostlike_string(&attribute.value))
            return true;
    }
    return false;
}
