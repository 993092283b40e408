/* Alternative names and name constraints that other readers refuse. SPDX-License-Identifier: Apache-2.0 */
#include "cert/odd_names.h"
#include "cert/constraints.h"

#include <string.h>

/* ---- alternative names ------------------------------------------------------------------------------------------ */

static bool
is_letter(uint8_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_alphanumeric(uint8_t c)
{
    return is_letter(c) || mtl_is_digit(c);
}

static bool
is_in_scheme(uint8_t c)
{
    return is_alphanumeric(c) || c == '+' || c == '-' || c == '.';
}

static bool
is_in_uri(uint8_t c)
{
    return c > ' ' && c != 0x7f && strchr("\"<>^`{|}\\", c) == NULL;
}

static bool
is_lone_dot(struct mtl_slice domain)
{
    return domain.size == 1 && domain.data[0] == '.';
}

static bool
is_in_host(uint8_t c)
{
    return is_alphanumeric(c) || c == '-' || c == '_' || c == '.';
}

static bool
is_in_ipv6(uint8_t c)
{
    return mtl_is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' || c == '.';
}

static bool
is_in_path(uint8_t c)
{
    return is_alphanumeric(c) || (c != 0 && strchr("-._~!$&'()*+,;=:@/", c) != NULL);
}

static struct mtl_slice
after(struct mtl_slice text, size_t count)
{
    return mtl_slice_of(text.data + count, text.size - count);
}

static size_t
span(struct mtl_slice text, bool (*belongs)(uint8_t c))
{
    size_t size = 0;

    while (size < text.size && belongs(text.data[size]))
        size++;
    return size;
}

bool
mtl_is_domain(struct mtl_slice name)
{
    bool begins = true;

    for (size_t i = 0; i < name.size; i++) {
        if (name.data[i] < 33 || name.data[i] > 126 || (begins && name.data[i] == '.'))
            return false;
        begins = name.data[i] == '.';
    }
    return name.size == 0 || !begins;
}

/* RFC 1123 2.1, but for hyphens at the end of labels. */
static bool
is_host(struct mtl_slice name)
{
    bool begins = true;

    for (size_t i = 0; i < name.size; i++) {
        if (!is_alphanumeric(name.data[i]) && (begins || (name.data[i] != '-' && name.data[i] != '.')))
            return false;
        begins = name.data[i] == '.';
    }
    return name.size > 0 && !begins;
}

/* An IPv6 address in brackets (RFC 3986 3.2.2); 0: none. */
static size_t
skip_address(struct mtl_slice uri)
{
    size_t size = uri.size > 0 && uri.data[0] == '[' ? 1 + span(after(uri, 1), is_in_ipv6) : 0;

    return size > 1 && size < uri.size && uri.data[size] == ']' ? size + 1 : 0;
}

/* RFC 3986 without anything on which parsers differ: no queries, no escapes, no odd users. */
static bool
is_plain_uri(struct mtl_slice uri)
{
    size_t size = span(uri, is_alphanumeric);
    struct mtl_slice host;

    if (size == 0 || mtl_is_digit(uri.data[0]) || size == uri.size || uri.data[size] != ':')
        return false;
    uri = after(uri, size + 1);
    if (uri.size < 2 || memcmp(uri.data, "//", 2) != 0)
        return mtl_consists_of(uri, is_in_path);
    uri = after(uri, 2);
    size = span(uri, is_alphanumeric);
    if (size < uri.size && uri.data[size] == '@')
        uri = after(uri, size + 1);
    size = skip_address(uri);
    if (size == 0)
        size = span(uri, is_in_host);
    host = mtl_slice_of(uri.data, size);
    uri = after(uri, size);
    if (uri.size > 0 && uri.data[0] == ':')
        uri = after(uri, 1 + span(after(uri, 1), mtl_is_digit));
    return mtl_is_domain(host) && (uri.size == 0 || uri.data[0] == '/') && mtl_consists_of(uri, is_in_path);
}

static bool
is_odd_alt_name(const struct mtl_general_name *name, enum mtl_oddity oddity, unsigned type)
{
    if (name->type != type)
        return false;
    switch (oddity) {
    case MTL_ODD_ALT_NAME_TEXT:
        return !mtl_consists_of(name->value, mtl_is_ascii);
    case MTL_ODD_ALT_NAME_SIZE:
        return name->value.size != 4 && name->value.size != 16;
    default: /* MTL_ODD_ALT_NAME_URI */
        return !is_plain_uri(name->value);
    }
}

bool
mtl_has_odd_alt_name(const struct mtl_cert *cert, enum mtl_oddity oddity, unsigned type)
{
    struct mtl_general_names names = mtl_cert_alt_names(cert);
    struct mtl_general_name name;

    while (mtl_general_names_next(&names, &name))
        if (is_odd_alt_name(&name, oddity, type))
            return true;
    return false;
}

/* RFC 5321 4.1.2, RFC 5280 4.2.1.6: something stands behind the first "@", if there is one, and not but a dot. */
static bool
is_sound_mailbox(struct mtl_slice mailbox)
{
    const uint8_t *at = mailbox.size == 0 ? NULL : memchr(mailbox.data, '@', mailbox.size);
    struct mtl_slice domain = at == NULL ? mailbox : after(mailbox, (size_t)(at - mailbox.data) + 1);

    return domain.size > 0 && !is_lone_dot(domain);
}

/* RFC 3986 3: a scheme, and behind it something without blanks; with "//", more than that; a host ends in no dot. */
static bool
is_sound_uri(struct mtl_slice uri)
{
    size_t scheme = span(uri, is_in_scheme);
    struct mtl_slice rest, host;

    if (scheme == 0 || !is_letter(uri.data[0]) || scheme + 1 >= uri.size || uri.data[scheme] != ':')
        return false;
    rest = after(uri, scheme + 1);
    if (!mtl_consists_of(rest, is_in_uri))
        return false;
    if (rest.size < 2 || memcmp(rest.data, "//", 2) != 0)
        return true;
    host = mtl_slice_of(rest.data + 2, span(after(rest, 2), is_in_host));
    return rest.size > 2 && (host.size == 0 || host.data[host.size - 1] != '.');
}

static bool
is_unsound(const struct mtl_general_name *name)
{
    size_t size = name->value.size;

    switch (name->type) {
    case MTL_GN_IP:
        return size != 4 && size != 8 && size != 16 && size != 32;
    case MTL_GN_EMAIL:
        return !is_sound_mailbox(name->value);
    case MTL_GN_URI:
        return !is_sound_uri(name->value);
    default:
        return false;
    }
}

/* Of one of the two kinds of alternative names. */
static bool
has_name(const struct mtl_cert *cert, enum mtl_extension extension, bool (*is_meant)(const struct mtl_general_name *))
{
    struct mtl_general_names names = {.rest = mtl_cert_bytes(cert, cert->extension[extension])};
    struct mtl_general_name name;

    if (!mtl_cert_has(cert, extension) || (cert->malformed & 1U << extension) != 0)
        return false;
    while (mtl_general_names_next(&names, &name))
        if (is_meant(&name))
            return true;
    return false;
}

bool
mtl_cert_has_unsound_name(const struct mtl_cert *cert, enum mtl_extension extension)
{
    return has_name(cert, extension, is_unsound);
}

static bool
is_empty(const struct mtl_general_name *name)
{
    return name->value.size == 0 && name->type != MTL_GN_OTHER_NAME && name->type != MTL_GN_DIRECTORY;
}

bool
mtl_cert_has_empty_name(const struct mtl_cert *cert, enum mtl_extension extension)
{
    return has_name(cert, extension, is_empty);
}

/* ---- name constraints ------------------------------------------------------------------------------------------- */

/* RFC 5280 4.2.1.10, RFC 4632: ones, then zeros. */
static bool
is_mask(struct mtl_slice mask)
{
    bool ended = false;

    for (size_t bit = 0; bit < mask.size * 8; bit++) {
        bool one = (mask.data[bit / 8] & 0x80U >> bit % 8) != 0;

        if (one && ended)
            return false;
        ended = !one;
    }
    return true;
}

static bool
is_odd_domain(struct mtl_slice domain)
{
    return !mtl_is_domain(domain.size > 1 && domain.data[0] == '.' ? after(domain, 1) : domain);
}

static bool
holds(struct mtl_slice text, char c)
{
    return text.size > 0 && memchr(text.data, c, text.size) != NULL;
}

static bool
has_two_dots(struct mtl_slice domain)
{
    for (size_t i = 1; i < domain.size; i++)
        if (domain.data[i - 1] == '.' && domain.data[i] == '.')
            return true;
    return false;
}

/* RFC 5322 3.2.3 */
static bool
is_in_atom(uint8_t c)
{
    return is_alphanumeric(c) || (c != 0 && strchr("!#$%&'*+-/=?^_`{|}~.", c) != NULL);
}

enum mtl_mailbox
mtl_mailbox_read(struct mtl_slice mailbox, struct mtl_slice *local, struct mtl_slice *domain)
{
    *local = mtl_slice_of(mailbox.data, span(mailbox, is_in_atom));
    if (holds(mailbox, '\\') || (mailbox.size > 0 && mailbox.data[0] == '"'))
        return MTL_MAILBOX_QUOTED;
    if (local->size == 0 || local->size == mailbox.size || mailbox.data[local->size] != '@' || local->data[0] == '.' ||
        local->data[local->size - 1] == '.' || has_two_dots(*local))
        return MTL_MAILBOX_NONE;
    *domain = after(mailbox, local->size + 1);
    return mtl_is_domain(*domain) ? MTL_MAILBOX_PLAIN : MTL_MAILBOX_NONE;
}

static bool
is_odd_base(const struct mtl_general_name *base, enum mtl_oddity oddity, unsigned type)
{
    struct mtl_slice value = base->value, local, domain;
    bool is_mailbox = type == MTL_GN_EMAIL && holds(value, '@');

    if (base->type != type)
        return false;
    switch (oddity) {
    case MTL_ODD_CONSTRAINT_TEXT:
        return !mtl_consists_of(value, mtl_is_ascii);
    case MTL_ODD_CONSTRAINT_DOMAIN:
        return !is_mailbox && !is_lone_dot(value) && is_odd_domain(value);
    case MTL_ODD_CONSTRAINT_MASK:
        return !is_mask(after(value, value.size / 2));
    case MTL_ODD_CONSTRAINT_EMPTY:
        return value.size == 0;
    case MTL_ODD_CONSTRAINT_SIZE:
        return value.size != 4 && value.size != 8 && value.size != 16 && value.size != 32;
    case MTL_ODD_CONSTRAINT_HOST:
        return !is_host(value.size > 1 && value.data[0] == '.' ? after(value, 1) : value);
    case MTL_ODD_CONSTRAINT_DOTS:
        return is_lone_dot(value) || has_two_dots(value);
    case MTL_ODD_CONSTRAINT_MAILBOX:
        return is_mailbox && mtl_mailbox_read(value, &local, &domain) == MTL_MAILBOX_NONE;
    default: /* MTL_ODD_CONSTRAINT_OTHER */
        return (is_mailbox && mtl_mailbox_read(value, &local, &domain) == MTL_MAILBOX_QUOTED) || is_lone_dot(value) ||
               (type == MTL_GN_URI && value.size > 0 &&
                (mtl_is_digit(value.data[value.size - 1]) || mtl_consists_of(value, is_in_ipv6)));
    }
}

static bool
constrains_nothing(const struct mtl_cert *cert)
{
    struct mtl_constraint_bases bases = mtl_constraint_bases(cert);

    return mtl_cert_has(cert, MTL_EXT_NAME_CONSTRAINTS) && (cert->malformed & 1U << MTL_EXT_NAME_CONSTRAINTS) == 0 &&
           bases.lists[0].size + bases.lists[1].size == 0;
}

bool
mtl_has_odd_constraint(const struct mtl_cert *cert, enum mtl_oddity oddity, unsigned type)
{
    struct mtl_constraint_bases bases = mtl_constraint_bases(cert);
    struct mtl_general_name base;

    if (oddity == MTL_ODD_CONSTRAINT_NONE)
        return constrains_nothing(cert);
    while (mtl_constraint_bases_next(&bases, &base))
        if (is_odd_base(&base, oddity, type))
            return true;
    return false;
}
