/* Name constraints of a verifier that looks at alternative names only, and compares hosts, mailboxes and URIs alike, by
 * their domains; what does not parse fails below any constraint.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cert/constraints.h"
#include "cert/general_name.h"
#include "cert/odd_names.h"

#include <stdio.h>
#include <string.h>

/* Subtrees of one certificate, and how they are read. */
struct scope {
    struct mtl_slice permitted, excluded; /* contents of the lists */
    const struct mtl_constraint_policy *policy;
    bool has_uris; /* a subtree speaks of URIs */
};

/* A name as it is compared: a domain, for a mailbox with what stands before it, or an address. */
struct subject {
    enum mtl_general_name_type type;
    struct mtl_slice local, domain;
    bool is_compared;
};

static struct mtl_slice
after(struct mtl_slice text, size_t count)
{
    return mtl_slice_of(text.data + count, text.size - count);
}

/* Where any of stops stands first, or the size. */
static size_t
find(struct mtl_slice text, const char *stops)
{
    size_t at = 0;

    while (at < text.size && (text.data[at] == '\0' || strchr(stops, text.data[at]) == NULL))
        at++;
    return at;
}

/* RFC 3986 3.2: what stands between "//" and the path, without a user and a port; false: nothing, or an address. */
static bool
read_host(struct mtl_slice uri, struct mtl_slice *host)
{
    uint8_t address[16];
    char text[64];
    size_t size, scheme = find(uri, ":");

    if (uri.size - scheme < 3 || memcmp(uri.data + scheme, "://", 3) != 0)
        return false;
    *host = after(uri, scheme + 3);
    host->size = find(*host, "/?#");
    size = find(*host, "@");
    if (size < host->size)
        *host = after(*host, size + 1);
    if (host->size == 0 || host->data[0] == '[')
        return false;
    host->size = find(*host, ":");
    snprintf(text, sizeof text, "%.*s", (int)(host->size < sizeof text ? host->size : 0), (const char *)host->data);
    return !mtl_host_is_address(text, address, &size);
}

/* Only with OK is there something to compare, if subject->is_compared. */
static enum mtl_constraint_outcome
read_subject(const struct scope *scope, const struct mtl_general_name *name, struct subject *subject)
{
    *subject = (struct subject){.type = name->type, .domain = name->value, .is_compared = true};
    switch (name->type) {
    case MTL_GN_DNS:
        return mtl_is_domain(name->value) ? MTL_CONSTRAINT_OK : MTL_CONSTRAINT_NAME_SYNTAX;
    case MTL_GN_EMAIL:
        switch (mtl_mailbox_read(name->value, &subject->local, &subject->domain)) {
        case MTL_MAILBOX_PLAIN:
            return MTL_CONSTRAINT_OK;
        case MTL_MAILBOX_QUOTED:
            return MTL_CONSTRAINT_READ_OTHERWISE;
        case MTL_MAILBOX_NONE:
            break;
        }
        return MTL_CONSTRAINT_NAME_SYNTAX;
    case MTL_GN_URI:
        if (read_host(name->value, &subject->domain))
            return mtl_is_domain(subject->domain) ? MTL_CONSTRAINT_OK : MTL_CONSTRAINT_NAME_SYNTAX;
        subject->is_compared = false;
        return scope->has_uris || scope->policy->uris_need_host ? MTL_CONSTRAINT_NAME_SYNTAX : MTL_CONSTRAINT_OK;
    case MTL_GN_IP:
        return MTL_CONSTRAINT_OK;
    default:
        subject->is_compared = false;
        return MTL_CONSTRAINT_OK;
    }
}

static bool
is_within(const struct scope *scope, const struct subject *subject, struct mtl_slice base, bool excluding)
{
    struct mtl_slice local, domain;

    if (subject->type == MTL_GN_IP)
        return base.size == 2 * subject->domain.size && mtl_constraint_ip(subject->domain, base) == MTL_CONSTRAINT_OK;
    if (subject->type == MTL_GN_EMAIL && find(base, "@") < base.size)
        return mtl_mailbox_read(base, &local, &domain) == MTL_MAILBOX_PLAIN && mtl_slice_equal(local, subject->local) &&
               subject->domain.size == domain.size && mtl_constraint_ends_with(subject->domain, domain);
    return mtl_constraint_dns(subject->domain, base) == MTL_CONSTRAINT_OK ||
           (excluding && scope->policy->wildcards_meet_exclusions &&
            mtl_constraint_wildcard_covers(subject->domain, base));
}

/* Is it within one of those that speak of its type? any: is there one? */
static bool
is_within_any(const struct scope *scope, const struct subject *subject, bool excluding, bool *any)
{
    struct mtl_constraint_bases bases = {.lists = {excluding ? scope->excluded : scope->permitted}};
    struct mtl_general_name base;

    *any = false;
    while (mtl_constraint_bases_next(&bases, &base)) {
        if (base.type != subject->type)
            continue;
        *any = true;
        if (is_within(scope, subject, base.value, excluding))
            return true;
    }
    return false;
}

static enum mtl_constraint_outcome
compare(const struct scope *scope, const struct subject *subject)
{
    bool any;

    if (!is_within_any(scope, subject, false, &any) && any)
        return MTL_CONSTRAINT_PERMITTED;
    return is_within_any(scope, subject, true, &any) ? MTL_CONSTRAINT_EXCLUDED : MTL_CONSTRAINT_OK;
}

static bool
speaks_of_uris(struct mtl_slice permitted, struct mtl_slice excluded)
{
    struct mtl_constraint_bases bases = {.lists = {permitted, excluded}};
    struct mtl_general_name base;

    while (mtl_constraint_bases_next(&bases, &base))
        if (base.type == MTL_GN_URI)
            return true;
    return false;
}

enum mtl_constraint_outcome
mtl_constraints_by_domain(struct mtl_slice permitted, struct mtl_slice excluded,
                          const struct mtl_constraint_policy *policy, const struct mtl_cert *cert,
                          struct mtl_general_name *offending)
{
    struct scope scope = {permitted, excluded, policy, speaks_of_uris(permitted, excluded)};
    struct mtl_general_names names = mtl_cert_alt_names(cert);
    struct subject subject;

    while (mtl_general_names_next(&names, offending)) {
        enum mtl_constraint_outcome outcome = read_subject(&scope, offending, &subject);

        if (outcome == MTL_CONSTRAINT_OK && subject.is_compared)
            outcome = compare(&scope, &subject);
        if (outcome != MTL_CONSTRAINT_OK)
            return outcome;
    }
    *offending = (struct mtl_general_name){0};
    return MTL_CONSTRAINT_OK;
}
