/* Certificate policies: reads the four extensions about them on demand. SPDX-License-Identifier: Apache-2.0 */
#include "cert/policies.h"
#include "cert/der.h"

/* ---- lists ------------------------------------------------------------------------------------------------------ */

/* The elements of an extension that is a SEQUENCE OF. As when the certificate was parsed, what OpenSSL reads is read.
 */
static struct mtl_policy_walk
start(const struct mtl_cert *cert, enum mtl_extension extension)
{
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der der = mtl_der_reader(mtl_cert_bytes(cert, cert->extension[extension]), &notes), list;

    if (!mtl_cert_has(cert, extension) || !mtl_der_enter_list(&der, MTL_DER_SEQUENCE, &list))
        return (struct mtl_policy_walk){0};
    return (struct mtl_policy_walk){mtl_slice_of(list.at, (size_t)(list.end - list.at))};
}

/* The next element; the walk is over where there is none. */
static bool
step(struct mtl_policy_walk *walk, struct mtl_der *element)
{
    struct mtl_der list = mtl_der_reader(walk->rest, element->notes);

    if (mtl_der_is_done(&list) || !mtl_der_enter(&list, MTL_DER_SEQUENCE, element)) {
        walk->rest.size = 0;
        return false;
    }
    walk->rest = mtl_slice_of(list.at, (size_t)(list.end - list.at));
    return true;
}

struct mtl_policy_walk
mtl_cert_policies(const struct mtl_cert *cert)
{
    return start(cert, MTL_EXT_CERTIFICATE_POLICIES);
}

bool
mtl_cert_policies_next(struct mtl_policy_walk *walk, struct mtl_issued_policy *policy)
{
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der element = {.notes = &notes};

    if (!step(walk, &element) || !mtl_der_oid(&element, MTL_DER_OID, &policy->id)) {
        walk->rest.size = 0;
        return false;
    }
    policy->is_qualified = !mtl_der_is_done(&element);
    return true;
}

struct mtl_policy_walk
mtl_cert_policy_mappings(const struct mtl_cert *cert)
{
    return start(cert, MTL_EXT_POLICY_MAPPINGS);
}

bool
mtl_cert_policy_mappings_next(struct mtl_policy_walk *walk, struct mtl_policy_mapping *mapping)
{
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der element = {.notes = &notes};

    if (step(walk, &element) && mtl_der_oid(&element, MTL_DER_OID, &mapping->issuer) &&
        mtl_der_oid(&element, MTL_DER_OID, &mapping->subject))
        return true;
    walk->rest.size = 0;
    return false;
}

bool
mtl_policy_is_any(struct mtl_slice id)
{
    static const uint8_t any[] = {0x55, 0x1d, 0x20, 0x00};

    return mtl_slice_equal(id, mtl_slice_of(any, sizeof(any)));
}

/* ---- numbers ---------------------------------------------------------------------------------------------------- */

static int32_t
read_limit(struct mtl_der *der, uint32_t tag, struct mtl_policy_limits *limits)
{
    struct mtl_slice integer;
    int64_t value;

    if (!mtl_der_is_next(der, tag) || !mtl_der_integer(der, tag, &integer))
        return -1;
    value = mtl_der_small(integer, (int64_t)INT32_MAX + 1);
    limits->is_negative = limits->is_negative || value < 0;
    limits->is_large = limits->is_large || value > INT32_MAX;
    return value > INT32_MAX ? INT32_MAX : (int32_t)value;
}

struct mtl_policy_limits
mtl_cert_policy_limits(const struct mtl_cert *cert)
{
    const struct mtl_slice constraints = mtl_cert_bytes(cert, cert->extension[MTL_EXT_POLICY_CONSTRAINTS]),
                           inhibit = mtl_cert_bytes(cert, cert->extension[MTL_EXT_INHIBIT_ANY_POLICY]);
    struct mtl_policy_limits limits = {-1, -1, -1, false, false, false};
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der der = mtl_der_reader(constraints, &notes), list;

    if (mtl_cert_has(cert, MTL_EXT_POLICY_CONSTRAINTS) && mtl_der_enter(&der, MTL_DER_SEQUENCE, &list)) {
        limits.is_empty = mtl_der_is_done(&list);
        limits.require_explicit = read_limit(&list, MTL_DER_CONTEXT | 0, &limits);
        limits.inhibit_mapping = read_limit(&list, MTL_DER_CONTEXT | 1, &limits);
    }
    if (mtl_cert_has(cert, MTL_EXT_INHIBIT_ANY_POLICY)) {
        der = mtl_der_reader(inhibit, &notes);
        limits.inhibit_any = read_limit(&der, MTL_DER_INTEGER, &limits);
    }
    return limits;
}
