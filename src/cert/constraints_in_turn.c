/* Name constraints of a verifier that holds each name against each subtree in the order written, and decodes a subtree
 * when it comes to it: what is wrong first is what it says.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cert/constraints.h"
#include "cert/general_name.h"

#include <string.h>

enum { COMPARED = 1U << MTL_GN_DNS | 1U << MTL_GN_IP, NEVER_WITHIN = 1U << MTL_GN_DIRECTORY | 1U << MTL_GN_URI };

static bool
has_empty_label(struct mtl_slice domain)
{
    for (size_t i = 1; i < domain.size; i++)
        if (domain.data[i] == '.' && (domain.data[i - 1] == '.' || i + 1 == domain.size))
            return true;
    return false;
}

/* Neither a first label that is empty nor a wildcard for hosts of one label more than the top-level domain. */
static bool
is_odd_name(struct mtl_slice domain)
{
    bool is_wildcard = domain.size > 2 && domain.data[0] == '*' && domain.data[1] == '.';

    return has_empty_label(domain) || (domain.size > 0 && domain.data[0] == '.') ||
           (is_wildcard && memchr(domain.data + 2, '.', domain.size - 2) == NULL);
}

static enum mtl_constraint_outcome
compare_addresses(struct mtl_slice name, struct mtl_slice base)
{
    if (name.size != 4 && name.size != 16)
        return MTL_CONSTRAINT_SYNTAX;
    if (base.size != 8 && base.size != 32)
        return MTL_CONSTRAINT_NAME_SYNTAX;
    if (base.size != 2 * name.size)
        return MTL_CONSTRAINT_PERMITTED;
    return mtl_constraint_mask_is_prefix(base) ? mtl_constraint_ip(name, base) : MTL_CONSTRAINT_NAME_SYNTAX;
}

/* As match() of constraints.c: OK is within, PERMITTED outside. */
static enum mtl_constraint_outcome
compare(const struct mtl_general_name *name, const struct mtl_general_name *base, bool excluding)
{
    uint32_t type = 1U << name->type;

    if ((type & NEVER_WITHIN) != 0)
        return excluding ? MTL_CONSTRAINT_OK : MTL_CONSTRAINT_PERMITTED;
    if ((type & COMPARED) == 0)
        return MTL_CONSTRAINT_TYPE;
    if (name->type == MTL_GN_IP)
        return compare_addresses(name->value, base->value);
    if (has_empty_label(base->value) || is_odd_name(name->value))
        return MTL_CONSTRAINT_READ_OTHERWISE;
    if (excluding && mtl_constraint_wildcard_covers(name->value, base->value))
        return MTL_CONSTRAINT_OK;
    return mtl_constraint_dns(name->value, base->value);
}

static enum mtl_constraint_outcome
check_list(struct mtl_slice list, const struct mtl_general_name *name, bool excluding)
{
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der der = mtl_der_reader(list, &notes), inner;
    struct mtl_general_name base;
    bool any = false, within = false;

    while (!mtl_der_is_done(&der)) {
        /* RFC 5280 4.2.1.10: neither a minimum, which would be the default, nor a maximum is written */
        if (!mtl_der_enter(&der, MTL_DER_SEQUENCE, &inner) || !mtl_general_name_read(&inner, &base) ||
            !mtl_der_is_done(&inner))
            return MTL_CONSTRAINT_SYNTAX;
        if (base.type != name->type)
            continue;
        enum mtl_constraint_outcome outcome = compare(name, &base, excluding);
        if (outcome == MTL_CONSTRAINT_OK && excluding)
            return MTL_CONSTRAINT_EXCLUDED;
        if (outcome != MTL_CONSTRAINT_OK && outcome != MTL_CONSTRAINT_PERMITTED)
            return outcome;
        any = true;
        within = within || outcome == MTL_CONSTRAINT_OK;
    }
    return any && !within && !excluding ? MTL_CONSTRAINT_PERMITTED : MTL_CONSTRAINT_OK;
}

enum mtl_constraint_outcome
mtl_constraints_in_turn(struct mtl_slice permitted, struct mtl_slice excluded, const struct mtl_cert *cert,
                        struct mtl_general_name *offending)
{
    struct mtl_general_names names = mtl_cert_alt_names(cert);
    struct mtl_general_name name;
    bool is_subject = false;

    while (!is_subject) {
        if (!mtl_general_names_next(&names, &name)) {
            is_subject = true; /* comes last, and is not looked at */
            name = (struct mtl_general_name){.type = MTL_GN_DIRECTORY, .value = mtl_cert_bytes(cert, cert->subject)};
        }
        enum mtl_constraint_outcome outcome = check_list(permitted, &name, false);
        if (outcome == MTL_CONSTRAINT_OK)
            outcome = check_list(excluded, &name, true);
        if (outcome == MTL_CONSTRAINT_OK)
            continue;
        *offending = name;
        return outcome;
    }
    return MTL_CONSTRAINT_OK;
}
