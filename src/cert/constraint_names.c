/* One name against one subtree, per type, as v3_ncons.c of OpenSSL compares them. SPDX-License-Identifier: Apache-2.0
 */
#include "cert/constraints.h"
#include "cert/name.h"

#include <string.h>

#define MAX_UNICODE_DOMAIN 255U /* octets, OpenSSL's buffer */

/* ---- text ------------------------------------------------------------------------------------------------------- */

static uint8_t
lower(uint8_t c)
{
    return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
}

static bool
equal_folded(struct mtl_slice a, struct mtl_slice b)
{
    if (a.size != b.size)
        return false;
    for (size_t i = 0; i < a.size; i++) {
        if (lower(a.data[i]) != lower(b.data[i]))
            return false;
    }
    return true;
}

static struct mtl_slice
skip(struct mtl_slice text, size_t count)
{
    return mtl_slice_of(text.data + count, text.size - count);
}

bool
mtl_constraint_ends_with(struct mtl_slice text, struct mtl_slice end)
{
    return text.size >= end.size && equal_folded(skip(text, text.size - end.size), end);
}

/* Where c occurs first, or the size when it does not. */
static size_t
find(struct mtl_slice text, uint8_t c)
{
    const uint8_t *at = text.size == 0 ? NULL : memchr(text.data, c, text.size);

    return at == NULL ? text.size : (size_t)(at - text.data);
}

static bool
has_nul(struct mtl_slice text)
{
    return find(text, '\0') < text.size;
}

static bool
starts_with_dot(struct mtl_slice text)
{
    return text.size > 0 && text.data[0] == '.';
}

static enum mtl_constraint_outcome
within(bool is_within)
{
    return is_within ? MTL_CONSTRAINT_OK : MTL_CONSTRAINT_PERMITTED;
}

/* A host against a base: ".example.com" holds everything below, anything else only itself. */
static enum mtl_constraint_outcome
match_host(struct mtl_slice host, struct mtl_slice base)
{
    if (starts_with_dot(base))
        return within(host.size > base.size && mtl_constraint_ends_with(host, base));
    return within(equal_folded(host, base));
}

/* ---- types ------------------------------------------------------------------------------------------------------ */

/* Labels may be added on the left; an empty base holds every name. */
enum mtl_constraint_outcome
mtl_constraint_dns(struct mtl_slice name, struct mtl_slice base)
{
    if (base.size == 0)
        return MTL_CONSTRAINT_OK;
    if (!mtl_constraint_ends_with(name, base))
        return MTL_CONSTRAINT_PERMITTED;
    return within(name.size == base.size || starts_with_dot(base) || name.data[name.size - base.size - 1] == '.');
}

enum mtl_constraint_outcome
mtl_constraint_ending(struct mtl_slice name, struct mtl_slice base)
{
    return within(base.size > 0 && !starts_with_dot(name) && mtl_constraint_ends_with(name, base));
}

/* The last "@" splits a mailbox. False when there is none: then all of it is the host. */
static bool
split_mailbox(struct mtl_slice mailbox, struct mtl_slice *local, struct mtl_slice *host)
{
    size_t at = mailbox.size;

    while (at > 0 && mailbox.data[at - 1] != '@')
        at--;
    *host = skip(mailbox, at);
    *local = mtl_slice_of(mailbox.data, at == 0 ? 0 : at - 1);
    return at > 0;
}

/* The base is a mailbox, a host, or ".domain". */
enum mtl_constraint_outcome
mtl_constraint_email(struct mtl_slice name, struct mtl_slice base, const struct mtl_constraint_policy *policy)
{
    struct mtl_slice local, host, base_local, base_host;
    bool is_mailbox = split_mailbox(base, &base_local, &base_host);

    if (policy->empty_bases_hold_all && base.size == 0)
        return MTL_CONSTRAINT_OK;
    if (!split_mailbox(name, &local, &host) && !policy->any_text_is_mailbox)
        return MTL_CONSTRAINT_NAME_SYNTAX;
    if (policy->any_text_is_mailbox && is_mailbox && base_local.size == 0)
        return within(equal_folded(name, base));
    if (!is_mailbox && starts_with_dot(base))
        return within(name.size > base.size && mtl_constraint_ends_with(name, base));
    if (base_local.size > 0) {
        if (base_local.size != local.size)
            return MTL_CONSTRAINT_PERMITTED;
        if (has_nul(base_local) || has_nul(local))
            return MTL_CONSTRAINT_NAME_SYNTAX;
        if (!mtl_slice_equal(base_local, local))
            return MTL_CONSTRAINT_PERMITTED;
    }
    return within(equal_folded(host, base_host));
}

/* RFC 8398 6: the base's A-labels are compared as U-labels. */
static enum mtl_constraint_outcome
match_mailbox(struct mtl_arena *arena, struct mtl_slice mailbox, struct mtl_slice base)
{
    struct mtl_slice local, host, unicode;
    size_t limit = starts_with_dot(base) ? MAX_UNICODE_DOMAIN - 1 : MAX_UNICODE_DOMAIN;

    if (!split_mailbox(mailbox, &local, &host))
        return MTL_CONSTRAINT_NAME_SYNTAX;
    if (!mtl_domain_to_unicode(arena, base, &unicode) || unicode.size >= limit)
        return MTL_CONSTRAINT_TOO_MANY;
    if (!starts_with_dot(base))
        return within(equal_folded(host, unicode));
    /* OpenSSL puts a dot before the one that is there, so "..example.com" is what it looks for. */
    struct mtl_text doubled = {.arena = arena};
    mtl_text_add(&doubled, ".");
    mtl_text_bytes(&doubled, unicode);
    struct mtl_slice end = mtl_slice_of(doubled.text, doubled.size);
    return within(mailbox.size > end.size && mtl_constraint_ends_with(mailbox, end));
}

enum mtl_constraint_outcome
mtl_constraint_mailbox(const struct mtl_der_item *mailbox, struct mtl_slice base)
{
    if (has_nul(base) || mailbox->tag != MTL_DER_UTF8_STRING)
        return MTL_CONSTRAINT_NAME_SYNTAX;
    struct mtl_arena *arena = mtl_arena_new();
    enum mtl_constraint_outcome outcome = match_mailbox(arena, mailbox->content, base);
    mtl_arena_free(arena);
    return outcome;
}

/* The host of "scheme://host:port/path"; without "://" the name cannot be judged. */
enum mtl_constraint_outcome
mtl_constraint_uri(struct mtl_slice name, struct mtl_slice base)
{
    size_t scheme = find(name, ':');

    if (name.size - scheme < 3 || name.data[scheme + 1] != '/' || name.data[scheme + 2] != '/')
        return MTL_CONSTRAINT_NAME_SYNTAX;
    struct mtl_slice rest = skip(name, scheme + 3);
    size_t size = find(rest, ':');
    if (size == rest.size)
        size = find(rest, '/');
    if (size == 0)
        return MTL_CONSTRAINT_NAME_SYNTAX;
    return match_host(mtl_slice_of(rest.data, size), base);
}

/* The base is an address and a mask. */
enum mtl_constraint_outcome
mtl_constraint_ip(struct mtl_slice name, struct mtl_slice base)
{
    if ((name.size != 4 && name.size != 16) || (base.size != 8 && base.size != 32))
        return MTL_CONSTRAINT_NAME_SYNTAX;
    if (base.size != 2 * name.size)
        return MTL_CONSTRAINT_PERMITTED;
    for (size_t i = 0; i < name.size; i++) {
        if (((name.data[i] ^ base.data[i]) & base.data[name.size + i]) != 0)
            return MTL_CONSTRAINT_PERMITTED;
    }
    return MTL_CONSTRAINT_OK;
}

bool
mtl_constraint_families_differ(const struct mtl_general_name *name, struct mtl_slice base)
{
    return name->type == MTL_GN_IP && base.size != 2 * name->value.size;
}

bool
mtl_constraint_mask_is_prefix(struct mtl_slice base)
{
    bool ended = false;

    for (size_t bit = base.size * 4; bit < base.size * 8; bit++) {
        bool is_set = (base.data[bit / 8] >> (7 - bit % 8) & 1) != 0;
        if (is_set && ended)
            return false;
        ended = !is_set;
    }
    return true;
}

bool
mtl_constraint_wildcard_covers(struct mtl_slice name, struct mtl_slice base)
{
    size_t label = find(base, '.');

    return name.size > 1 && name.data[0] == '*' && label > 0 && equal_folded(skip(name, 1), skip(base, label));
}

/* ---- common names ----------------------------------------------------------------------------------------------- */

/* Blanks, control characters and whatever is not ASCII. */
static bool
is_blank_or_foreign(uint8_t c)
{
    return c <= 0x20 || c >= 0x7f;
}

/*
 * Labels of letters, digits, "_" and inner "-"; a single one is no host name to OpenSSL. With is_odd, a leading "*." is
 * passed over, and so are characters that no host's name has, but then they make it odd.
 */
static bool
looks_like_host(struct mtl_slice text, size_t least_labels, bool *is_odd)
{
    size_t start = is_odd != NULL && text.size > 2 && text.data[0] == '*' && text.data[1] == '.' ? 2 : 0;
    bool has_dot = false;

    for (size_t i = start; i < text.size; i++) {
        uint8_t c = text.data[i];
        if ((c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') || c == '_')
            continue;
        if (is_odd != NULL && is_blank_or_foreign(c)) {
            *is_odd = true;
            continue;
        }
        if (i == start || i == text.size - 1 || (c != '-' && c != '.'))
            return false;
        if (c == '.' && (text.data[i - 1] == '-' || text.data[i + 1] == '-' || text.data[i + 1] == '.'))
            return false;
        has_dot = has_dot || c == '.';
    }
    return text.size > 0 && (has_dot || least_labels < 2);
}

enum mtl_constraint_outcome
mtl_constraint_common_name(struct mtl_arena *arena, const struct mtl_der_item *value,
                           const struct mtl_constraint_policy *policy, struct mtl_slice *dns)
{
    uint8_t *text = mtl_arena_alloc(arena, 2 * value->content.size);
    bool is_odd = false, *odd = policy->common_names_are_strict ? &is_odd : NULL;
    size_t size;

    *dns = mtl_slice_of("", 0);
    if (!mtl_string_to_utf8(value, text, &size))
        return MTL_CONSTRAINT_TOO_MANY;
    while (size > 0 && text[size - 1] == '\0')
        size--;
    if (has_nul(mtl_slice_of(text, size)))
        return MTL_CONSTRAINT_NAME_SYNTAX;
    if (!policy->one_common_name && !looks_like_host(mtl_slice_of(text, size), policy->common_name_of_cas ? 1 : 2, odd))
        return MTL_CONSTRAINT_OK;
    if (is_odd)
        return MTL_CONSTRAINT_NAME_SYNTAX;
    *dns = mtl_slice_of(text, size);
    return MTL_CONSTRAINT_OK;
}
