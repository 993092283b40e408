/* Name constraints of an issuer against one certificate, as NAME_CONSTRAINTS_check() decides (RFC 5280 4.2.1.10).
 * SPDX-License-Identifier: Apache-2.0 */
#include "cert/constraints.h"
#include "cert/constraint_lists.h"
#include "cert/general_name.h"
#include "cert/name.h"

#include <string.h>

#define MAX_COMPARISONS (1U << 20) /* NAME_CHECK_MAX */

/* id-on-SmtpUTF8Mailbox, 1.3.6.1.5.5.7.8.9 (RFC 8398) */
static const struct mtl_slice oid_smtp_utf8 = {(const uint8_t[]){0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x08, 0x09}, 8};

/* A name under test. type is what decides which subtrees apply: email for an internationalised mailbox. */
struct subject_name {
    struct mtl_general_name name;
    enum mtl_general_name_type type;
    struct mtl_slice other_type;
    struct mtl_der_item other_value;
    struct mtl_slice canonical; /* of a directoryName */
};

static bool
is_uncompared(const struct mtl_constraint_policy *policy, enum mtl_general_name_type type)
{
    return (policy->uncompared_types & 1U << type) != 0;
}

static struct subject_name
subject_name(const struct mtl_constraint_policy *policy, struct mtl_general_name name)
{
    struct subject_name subject = {.name = name, .type = name.type};

    if (name.type == MTL_GN_OTHER_NAME && !is_uncompared(policy, name.type) &&
        mtl_other_name_read(name.value, &subject.other_type, &subject.other_value) &&
        mtl_slice_equal(subject.other_type, oid_smtp_utf8))
        subject.type = MTL_GN_EMAIL;
    return subject;
}

/* ---- one name against one subtree ------------------------------------------------------------------------------- */

/* Does the subtree speak of names of this kind? */
static bool
applies(const struct mtl_constraint_lists *constraints, const struct mtl_subtree *subtree,
        const struct subject_name *subject)
{
    struct mtl_slice type;
    struct mtl_der_item value;

    if (subtree->base.type != subject->type || (constraints->policy->families_are_apart &&
                                                mtl_constraint_families_differ(&subject->name, subtree->base.value)))
        return false;
    return subject->type != MTL_GN_OTHER_NAME || is_uncompared(constraints->policy, subject->type) ||
           (mtl_other_name_read(subtree->base.value, &type, &value) && mtl_slice_equal(type, subject->other_type));
}

/* A Name is within another when the other's RDNs are its first ones. */
static bool
is_directory_within(struct mtl_slice canonical, struct mtl_slice base)
{
    struct mtl_canonical prefix;

    if (!mtl_canonical_make(&prefix, base))
        return false;
    bool within = prefix.encoding.size <= canonical.size &&
                  memcmp(prefix.encoding.data, canonical.data, prefix.encoding.size) == 0;
    mtl_canonical_free(&prefix);
    return within;
}

/* OK: within the subtree; PERMITTED: outside; anything else: cannot be said. */
static enum mtl_constraint_outcome
match(const struct mtl_constraint_lists *constraints, const struct subject_name *subject,
      const struct mtl_subtree *subtree, bool excluding)
{
    struct mtl_slice name = subject->name.value, base = subtree->base.value;

    if (is_uncompared(constraints->policy, subject->name.type))
        return MTL_CONSTRAINT_TYPE;
    if (constraints->policy->only_plain_names && !mtl_constraint_is_plain(&subject->name, base, excluding))
        return MTL_CONSTRAINT_READ_OTHERWISE;

    if ((constraints->policy->equal_only_types & 1U << subject->name.type) != 0)
        return mtl_slice_equal(name, base) ? MTL_CONSTRAINT_OK : MTL_CONSTRAINT_TYPE;
    switch (subject->name.type) {
    case MTL_GN_OTHER_NAME:
        if (subject->type == MTL_GN_EMAIL)
            return mtl_constraint_mailbox(&subject->other_value, base);
        return MTL_CONSTRAINT_TYPE;
    case MTL_GN_DIRECTORY:
        if (!constraints->policy->directory_names)
            return MTL_CONSTRAINT_TYPE;
        return is_directory_within(subject->canonical, base) ? MTL_CONSTRAINT_OK : MTL_CONSTRAINT_PERMITTED;
    case MTL_GN_DNS:
        if (constraints->policy->trips_over_empty_domains && base.size == 0 && name.size > 0)
            return MTL_CONSTRAINT_EMPTY_DOMAIN;
        return constraints->policy->dns_by_ending ? mtl_constraint_ending(name, base) : mtl_constraint_dns(name, base);
    case MTL_GN_EMAIL:
        return mtl_constraint_email(name, base, constraints->policy);
    case MTL_GN_URI:
        return mtl_constraint_uri(name, base);
    case MTL_GN_IP:
        if (constraints->policy->masks_are_prefixes && base.size == 2 * name.size &&
            !mtl_constraint_mask_is_prefix(base))
            return MTL_CONSTRAINT_NAME_SYNTAX;
        return mtl_constraint_ip(name, base);
    default:
        return MTL_CONSTRAINT_TYPE;
    }
}

/* ---- one name against all subtrees ------------------------------------------------------------------------------ */

static enum mtl_constraint_outcome
check_permitted(const struct mtl_constraint_lists *constraints, const struct subject_name *subject)
{
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der list = mtl_der_reader(constraints->permitted, &notes);
    struct mtl_subtree subtree;
    bool any = false, within = false;

    while (mtl_subtree_next(&list, &subtree)) {
        if (!applies(constraints, &subtree, subject))
            continue;
        if (subtree.has_range && !constraints->policy->ranges_are_ignored)
            return MTL_CONSTRAINT_MINMAX;
        any = true;
        if (within)
            continue;
        enum mtl_constraint_outcome outcome = match(constraints, subject, &subtree, false);
        if (outcome != MTL_CONSTRAINT_OK && outcome != MTL_CONSTRAINT_PERMITTED)
            return outcome;
        within = outcome == MTL_CONSTRAINT_OK;
    }
    return any && !within ? MTL_CONSTRAINT_PERMITTED : MTL_CONSTRAINT_OK;
}

static enum mtl_constraint_outcome
check_excluded(const struct mtl_constraint_lists *constraints, const struct subject_name *subject)
{
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der list = mtl_der_reader(constraints->excluded, &notes);
    struct mtl_subtree subtree;

    while (mtl_subtree_next(&list, &subtree)) {
        if (!applies(constraints, &subtree, subject))
            continue;
        if (subtree.has_range && !constraints->policy->ranges_are_ignored)
            return MTL_CONSTRAINT_MINMAX;
        enum mtl_constraint_outcome outcome = match(constraints, subject, &subtree, true);
        if (outcome == MTL_CONSTRAINT_OK)
            return MTL_CONSTRAINT_EXCLUDED;
        if (outcome != MTL_CONSTRAINT_PERMITTED)
            return outcome;
    }
    return MTL_CONSTRAINT_OK;
}

static enum mtl_constraint_outcome
check_subject_name(const struct mtl_constraint_lists *constraints, const struct subject_name *subject)
{
    enum mtl_constraint_outcome outcome = check_permitted(constraints, subject);

    return outcome == MTL_CONSTRAINT_OK ? check_excluded(constraints, subject) : outcome;
}

static enum mtl_constraint_outcome
check_name(const struct mtl_constraint_lists *constraints, struct mtl_general_name name,
           struct mtl_general_name *offending)
{
    struct subject_name subject = subject_name(constraints->policy, name);
    struct mtl_canonical canonical;

    if (constraints->policy->compared_types != 0 && (constraints->policy->compared_types & 1U << name.type) == 0)
        return MTL_CONSTRAINT_OK;
    bool is_directory = name.type == MTL_GN_DIRECTORY && mtl_canonical_make(&canonical, name.value);

    if (is_directory)
        subject.canonical = canonical.encoding;
    enum mtl_constraint_outcome outcome = check_subject_name(constraints, &subject);
    if (is_directory)
        mtl_canonical_free(&canonical);
    if (outcome != MTL_CONSTRAINT_OK)
        *offending = name;
    return outcome;
}

/* ---- all names of a certificate --------------------------------------------------------------------------------- */

static enum mtl_constraint_outcome
check_subject(const struct mtl_constraint_lists *constraints, const struct mtl_cert *cert,
              struct mtl_general_name *offending)
{
    struct mtl_general_name name = {.type = MTL_GN_DIRECTORY, .value = mtl_cert_bytes(cert, cert->subject)};
    struct mtl_attributes walk;
    struct mtl_attribute attribute;

    enum mtl_constraint_outcome outcome =
        mtl_name_is_empty(name.value) ? MTL_CONSTRAINT_OK : check_name(constraints, name, offending);
    if (outcome != MTL_CONSTRAINT_OK || mtl_name_is_empty(name.value))
        return outcome;
    if (constraints->policy->alt_names_hide_subject_email && mtl_cert_has(cert, MTL_EXT_SUBJECT_ALT_NAME) &&
        !constraints->are_spoilt)
        return MTL_CONSTRAINT_OK;
    mtl_attributes_start(&walk, name.value);
    while (mtl_attributes_next(&walk, &attribute)) {
        if (!mtl_slice_equal(attribute.type, mtl_oid_email_address))
            continue;
        name = (struct mtl_general_name){.type = MTL_GN_EMAIL, .value = attribute.value.content};
        *offending = name;
        if (attribute.value.tag != MTL_DER_IA5_STRING)
            return MTL_CONSTRAINT_NAME_SYNTAX;
        outcome = check_name(constraints, name, offending);
        if (outcome != MTL_CONSTRAINT_OK)
            return outcome;
    }
    return MTL_CONSTRAINT_OK;
}

static enum mtl_constraint_outcome
check_alt_names(const struct mtl_constraint_lists *constraints, const struct mtl_cert *cert,
                struct mtl_general_name *offending)
{
    struct mtl_general_names names = mtl_cert_alt_names(cert);
    struct mtl_general_name name;

    while (!constraints->are_spoilt && mtl_general_names_next(&names, &name)) {
        if (constraints->policy->known_types != 0 && (constraints->policy->known_types & 1U << name.type) == 0)
            continue;
        if (constraints->policy->alt_names_are_dns && (name.type == MTL_GN_IP || name.type == MTL_GN_URI))
            name.type = MTL_GN_DNS;
        if ((constraints->policy->ignored_types & 1U << name.type) != 0)
            continue;
        enum mtl_constraint_outcome outcome = check_name(constraints, name, offending);
        if (outcome != MTL_CONSTRAINT_OK)
            return outcome;
    }
    return MTL_CONSTRAINT_OK;
}

static uint32_t
subtree_types(struct mtl_slice subtrees)
{
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der list = mtl_der_reader(subtrees, &notes);
    struct mtl_subtree subtree;
    uint32_t types = 0;

    while (mtl_subtree_next(&list, &subtree))
        types |= 1U << subtree.base.type;
    return types;
}

static bool
speaks_of_hosts(const struct mtl_constraint_lists *constraints)
{
    uint32_t types = subtree_types(constraints->permitted) | subtree_types(constraints->excluded);

    return (types & 1U << MTL_GN_DNS) != 0;
}

/* NAME_CONSTRAINTS_check_CN(): common names that look like host names count as dNSNames. */
static enum mtl_constraint_outcome
check_common_names(const struct mtl_constraint_lists *constraints, const struct mtl_cert *cert,
                   struct mtl_general_name *offending)
{
    struct mtl_arena *arena = mtl_arena_new();
    enum mtl_constraint_outcome outcome = MTL_CONSTRAINT_OK;
    struct mtl_attributes walk;
    struct mtl_attribute attribute;
    bool is_second = false;

    mtl_attributes_start(&walk, mtl_cert_bytes(cert, cert->subject));
    while (outcome == MTL_CONSTRAINT_OK && mtl_attributes_next(&walk, &attribute)) {
        struct mtl_general_name name = {.type = MTL_GN_DNS};
        if (!mtl_slice_equal(attribute.type, mtl_oid_common_name))
            continue;
        if (constraints->policy->one_common_name && is_second && speaks_of_hosts(constraints))
            outcome = MTL_CONSTRAINT_PERMITTED;
        is_second = true;
        if (outcome != MTL_CONSTRAINT_OK)
            break;
        outcome = mtl_constraint_common_name(arena, &attribute.value, constraints->policy, &name.value);
        if (outcome == MTL_CONSTRAINT_OK && name.value.size > 0)
            outcome = check_name(constraints, name, offending);
        /* What is reported lies in the certificate, not in the arena. */
        if (outcome != MTL_CONSTRAINT_OK)
            *offending = (struct mtl_general_name){.type = MTL_GN_DNS, .value = attribute.value.content};
    }
    mtl_arena_free(arena);
    return outcome;
}

struct mtl_constraint_bases
mtl_constraint_bases(const struct mtl_cert *issuer)
{
    struct mtl_constraint_lists constraints = {0};

    if (!mtl_cert_has(issuer, MTL_EXT_NAME_CONSTRAINTS) || !mtl_constraint_lists_read(issuer, &constraints))
        return (struct mtl_constraint_bases){0};
    return (struct mtl_constraint_bases){.lists = {constraints.permitted, constraints.excluded}};
}

bool
mtl_constraint_bases_next(struct mtl_constraint_bases *bases, struct mtl_general_name *base)
{
    for (size_t i = 0; i < 2; i++) {
        struct mtl_der_notes notes = {.relaxed = true};
        struct mtl_der list = mtl_der_reader(bases->lists[i], &notes);
        struct mtl_subtree subtree;

        if (!mtl_subtree_next(&list, &subtree))
            continue;
        bases->lists[i] = mtl_slice_of(list.at, (size_t)(list.end - list.at));
        *base = subtree.base;
        return true;
    }
    return false;
}

uint32_t
mtl_cert_constrained_types(const struct mtl_cert *issuer)
{
    struct mtl_constraint_lists constraints = {0};

    if (!mtl_cert_has(issuer, MTL_EXT_NAME_CONSTRAINTS) || !mtl_constraint_lists_read(issuer, &constraints))
        return 0;
    return subtree_types(constraints.permitted) | subtree_types(constraints.excluded);
}

static bool
has_range(struct mtl_slice subtrees)
{
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der list = mtl_der_reader(subtrees, &notes);
    struct mtl_subtree subtree;

    while (mtl_subtree_next(&list, &subtree)) {
        if (subtree.has_range)
            return true;
    }
    return false;
}

static bool
has_odd_address(struct mtl_slice subtrees)
{
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der list = mtl_der_reader(subtrees, &notes);
    struct mtl_subtree subtree;

    while (mtl_subtree_next(&list, &subtree)) {
        if (subtree.base.type == MTL_GN_IP && subtree.base.value.size != 8 && subtree.base.value.size != 32)
            return true;
    }
    return false;
}

bool
mtl_cert_constrains_odd_addresses(const struct mtl_cert *issuer)
{
    struct mtl_constraint_lists constraints = {0};

    return mtl_cert_has(issuer, MTL_EXT_NAME_CONSTRAINTS) && mtl_constraint_lists_read(issuer, &constraints) &&
           (has_odd_address(constraints.permitted) || has_odd_address(constraints.excluded));
}

/* Subtrees of types that are not compared, see mtl_constraint_policy. */
static enum mtl_constraint_outcome
check_uncompared(const struct mtl_constraint_lists *constraints, const struct mtl_cert *cert)
{
    const uint32_t usual =
        1U << MTL_GN_EMAIL | 1U << MTL_GN_DNS | 1U << MTL_GN_DIRECTORY | 1U << MTL_GN_URI | 1U << MTL_GN_IP;
    uint32_t passed_over = constraints->policy->compared_types | 1U << MTL_GN_OTHER_NAME;
    uint32_t excluded = subtree_types(constraints->excluded) & ~passed_over;

    if ((((subtree_types(constraints->permitted) & ~passed_over) | excluded) & ~usual) != 0)
        return MTL_CONSTRAINT_TYPE;
    if ((mtl_cert_alt_name_types(cert) & 1U << MTL_GN_URI) == 0)
        excluded &= ~(1U << MTL_GN_URI);
    return excluded != 0 ? MTL_CONSTRAINT_EXCLUDED : MTL_CONSTRAINT_OK;
}

static bool
are_too_many(const struct mtl_constraint_lists *constraints, const struct mtl_cert *cert)
{
    struct mtl_general_names names = mtl_cert_alt_names(cert);
    struct mtl_general_name name;
    size_t count = mtl_attributes_count(mtl_cert_bytes(cert, cert->subject));

    while (mtl_general_names_next(&names, &name))
        count++;
    return count > 0 && mtl_subtree_count(constraints->permitted) + mtl_subtree_count(constraints->excluded) >
                            MAX_COMPARISONS / count;
}

enum mtl_constraint_outcome
mtl_cert_check_constraints(const struct mtl_cert *issuer, const struct mtl_cert *cert, bool is_leaf,
                           const struct mtl_constraint_policy *policy, struct mtl_general_name *name)
{
    struct mtl_constraint_lists constraints = {.policy = policy};
    struct mtl_general_name ignored = {0}, *offending = name == NULL ? &ignored : name;

    if (!mtl_cert_has(issuer, MTL_EXT_NAME_CONSTRAINTS))
        return MTL_CONSTRAINT_OK;
    if (!mtl_constraint_lists_read(issuer, &constraints))
        return MTL_CONSTRAINT_SYNTAX;
    constraints.are_spoilt =
        policy->unsound_names_spoil_all && mtl_cert_has_unsound_name(cert, MTL_EXT_SUBJECT_ALT_NAME);
    if (policy->any_range_fails && (has_range(constraints.permitted) || has_range(constraints.excluded)))
        return MTL_CONSTRAINT_MINMAX;
    if (are_too_many(&constraints, cert))
        return MTL_CONSTRAINT_TOO_MANY;
    if (policy->by_domain)
        return mtl_constraints_by_domain(constraints.permitted, constraints.excluded, policy, cert, offending);
    if (policy->in_turn)
        return mtl_constraints_in_turn(constraints.permitted, constraints.excluded, cert, offending);
    enum mtl_constraint_outcome outcome =
        policy->compared_types != 0 ? check_uncompared(&constraints, cert) : MTL_CONSTRAINT_OK;
    if (outcome == MTL_CONSTRAINT_OK)
        outcome = check_subject(&constraints, cert, offending);
    if (outcome == MTL_CONSTRAINT_OK)
        outcome = check_alt_names(&constraints, cert, offending);
    if (outcome == MTL_CONSTRAINT_OK && (is_leaf || policy->common_name_of_cas || policy->common_names_are_strict) &&
        policy->common_name_as_dns &&
        (constraints.are_spoilt || (mtl_cert_alt_name_types(cert) & 1U << MTL_GN_DNS) == 0))
        outcome = check_common_names(&constraints, cert, offending);
    return outcome;
}
