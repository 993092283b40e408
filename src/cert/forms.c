/*
 * Forms of names, of name constraints and of CRLs by the letter of RFC 5280.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cert/forms.h"

#include "cert/constraints.h"
#include "cert/extensions.h"
#include "cert/name.h"
#include "cert/odd_names.h"

#include <string.h>

#define MAX_LABEL 63U /* octets, RFC 1034 3.1 */

static struct mtl_slice
after(struct mtl_slice text, size_t count)
{
    return mtl_slice_of(text.data + count, text.size - count);
}

static bool
is_letter(uint8_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_letter_or_digit(uint8_t c)
{
    return is_letter(c) || mtl_is_digit(c);
}

static bool
begins_with(struct mtl_slice text, char c)
{
    return text.size > 0 && text.data[0] == (uint8_t)c;
}

/* Where it stands last; text.size: nowhere. */
static size_t
find_last(struct mtl_slice text, char c)
{
    for (size_t i = text.size; i > 0; i--)
        if (text.data[i - 1] == (uint8_t)c)
            return i - 1;
    return text.size;
}

/* Labels of letters, digits, "-" and, as is usual, "_". */
static bool
is_domain(struct mtl_slice text)
{
    size_t start = 0;

    for (size_t i = 0; i <= text.size; i++) {
        if (i < text.size && text.data[i] != '.') {
            if (!is_letter_or_digit(text.data[i]) && text.data[i] != '-' && text.data[i] != '_')
                return false;
            continue;
        }
        if (i == start || i - start > MAX_LABEL)
            return false;
        start = i + 1;
    }
    return true;
}

/* ---- alternative names ------------------------------------------------------------------------------------------ */

/* In quotes anything goes, unless a quote ends them early. */
static bool
is_local_part(struct mtl_slice text)
{
    bool is_quoted = text.size > 1 && text.data[0] == '"' && text.data[text.size - 1] == '"';

    for (size_t i = is_quoted; i < text.size - is_quoted; i++) {
        if (text.data[i] < ' ' || text.data[i] > '~' || text.data[i] == '"')
            return false;
        if (!is_quoted && strchr("()<>@[]:;\\, ", text.data[i]) != NULL)
            return false;
    }
    return text.size > 0;
}

/* RFC 5321 4.1.2 */
static bool
is_mailbox(struct mtl_slice text)
{
    size_t at = find_last(text, '@');
    struct mtl_slice host;

    if (at == text.size)
        return false;
    host = after(text, at + 1);
    return is_local_part(mtl_slice_of(text.data, at)) &&
           (is_domain(host) || (begins_with(host, '[') && host.data[host.size - 1] == ']'));
}

/* RFC 3986 3: a scheme, and something behind it that is printable. */
static const char *
uri_fault(struct mtl_slice uri)
{
    size_t scheme = 0;

    while (scheme < uri.size && (is_letter_or_digit(uri.data[scheme]) || memchr("+-.", uri.data[scheme], 3) != NULL))
        scheme++;
    if (scheme == 0 || !is_letter(uri.data[0]) || scheme + 1 >= uri.size || uri.data[scheme] != ':')
        return "is no absolute URI";
    for (size_t i = 0; i < uri.size; i++)
        if (uri.data[i] <= ' ' || uri.data[i] > '~')
            return "holds what must be escaped in a URI";
    return NULL;
}

const char *
mtl_alt_name_fault(const struct mtl_general_name *name)
{
    switch (name->type) {
    case MTL_GN_EMAIL:
        return is_mailbox(name->value) ? NULL : "is no mailbox";
    case MTL_GN_URI:
        return uri_fault(name->value);
    case MTL_GN_IP:
        return name->value.size == 4 || name->value.size == 16 ? NULL : "has neither 4 nor 16 octets";
    default:
        return NULL;
    }
}

bool
mtl_cert_has_common_name(const struct mtl_cert *cert)
{
    struct mtl_attributes walk;
    struct mtl_attribute attribute;

    mtl_attributes_start(&walk, mtl_cert_bytes(cert, cert->subject));
    while (mtl_attributes_next(&walk, &attribute))
        if (mtl_slice_equal(attribute.type, mtl_oid_common_name))
            return true;
    return false;
}

bool
mtl_cert_last_common_name(const struct mtl_cert *cert, size_t *size)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct mtl_attributes walk;
    struct mtl_attribute attribute;
    struct mtl_der_item last = {0};
    bool is_text = false;

    mtl_attributes_start(&walk, mtl_cert_bytes(cert, cert->subject));
    while (mtl_attributes_next(&walk, &attribute))
        if (mtl_slice_equal(attribute.type, mtl_oid_common_name)) {
            last = attribute.value;
            is_text = true;
        }
    if (is_text) {
        uint8_t *text = mtl_arena_alloc(arena, 2 * last.content.size + 1);
        is_text = mtl_string_to_utf8(&last, text, size);
        const uint8_t *end = is_text ? memchr(text, '\0', *size) : NULL;
        if (end != NULL)
            *size = (size_t)(end - text);
    }
    mtl_arena_free(arena);
    return is_text;
}

/* ---- name constraints ------------------------------------------------------------------------------------------- */

static const char *
dns_fault(struct mtl_slice domain)
{
    if (begins_with(domain, '.'))
        return "begins with a dot";
    if (begins_with(domain, '*'))
        return "begins with a wildcard";
    return domain.size == 0 || is_domain(domain) ? NULL : "is no domain name";
}

/* A mailbox, a host, or with a dot before it all hosts of a domain. */
static const char *
email_fault(struct mtl_slice value)
{
    if (find_last(value, '@') < value.size)
        return is_mailbox(value) ? NULL : "is no mailbox";
    return value.size == 0 || is_domain(after(value, begins_with(value, '.'))) ? NULL : "is no domain name";
}

static const char *
host_fault(struct mtl_slice value)
{
    if (value.size == 0 || is_domain(after(value, begins_with(value, '.'))))
        return NULL;
    return find_last(value, ':') < value.size ? "is more than a host" : "is no domain name";
}

static const char *
address_fault(struct mtl_slice value)
{
    if (value.size != 8 && value.size != 32)
        return "is no address with a mask, which have 8 or 32 octets";
    return mtl_constraint_mask_is_prefix(value) ? NULL : "has a mask with a gap";
}

static const char *
base_fault(const struct mtl_general_name *base)
{
    switch (base->type) {
    case MTL_GN_DNS:
        return dns_fault(base->value);
    case MTL_GN_EMAIL:
        return email_fault(base->value);
    case MTL_GN_URI:
        return host_fault(base->value);
    case MTL_GN_IP:
        return address_fault(base->value);
    default:
        return NULL;
    }
}

const char *
mtl_constraint_fault(const struct mtl_cert *issuer, struct mtl_general_name *base)
{
    struct mtl_constraint_bases bases = mtl_constraint_bases(issuer);
    const char *fault = NULL;

    while (fault == NULL && mtl_constraint_bases_next(&bases, base))
        fault = base_fault(base);
    return fault;
}

/* ---- CRLs ------------------------------------------------------------------------------------------------------- */

static const uint8_t crl_number_oid[] = {0x55, 0x1d, 0x14}; /* 2.5.29.20 */

enum mtl_crl_number
mtl_crl_number(const struct mtl_crl *crl)
{
    const struct mtl_slice oid = mtl_slice_of(crl_number_oid, sizeof(crl_number_oid));
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der der = mtl_der_reader(mtl_crl_bytes(crl, crl->extensions), &notes), list;
    struct mtl_extension_item item;

    if (crl->extensions.size == 0 || !mtl_der_enter_list(&der, MTL_DER_SEQUENCE, &list))
        return MTL_CRL_NUMBER_MISSING;
    while (!mtl_der_is_done(&list) && mtl_der_extension(&list, &item))
        if (mtl_slice_equal(item.oid, oid))
            return item.critical != 0 ? MTL_CRL_NUMBER_CRITICAL : MTL_CRL_NUMBERED;
    return MTL_CRL_NUMBER_MISSING;
}
