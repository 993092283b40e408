/* Extension values as a reader meets them who takes what he needs, in DER, and leaves alone what stands behind it, both
 * within a SEQUENCE and after the value. SPDX-License-Identifier: Apache-2.0 */
#include "cert/der.h"
#include "cert/oddities.h"

enum {
    FIRST = MTL_DER_CONTEXT | 0,
    SECOND = MTL_DER_CONTEXT | 1,
    URI = MTL_DER_CONTEXT | MTL_GN_URI,
    FIRST_LIST = MTL_DER_CONTEXT_CONSTRUCTED | 0,
    SECOND_LIST = MTL_DER_CONTEXT_CONSTRUCTED | 1,
};

static bool
take(struct mtl_der *der, uint32_t tag)
{
    struct mtl_der_item item;

    return mtl_der_take(der, tag, &item);
}

static bool
take_any(struct mtl_der *der)
{
    struct mtl_der_item item;

    return mtl_der_next(der, &item);
}

static bool
take_oid(struct mtl_der *der)
{
    struct mtl_slice oid;

    return mtl_der_oid(der, MTL_DER_OID, &oid);
}

/* Of 64 bits at most; one that is not there will do. */
static bool
take_number(struct mtl_der *der, uint32_t tag)
{
    struct mtl_slice number;

    return !mtl_der_is_next(der, tag) || (mtl_der_integer(der, tag, &number) && number.size <= sizeof(int64_t));
}

/* A SEQUENCE of SEQUENCEs, or what is in one of them. */
static bool
take_each(struct mtl_der *der, bool (*element)(struct mtl_der *inner))
{
    struct mtl_der list, inner;

    if (!mtl_der_enter(der, MTL_DER_SEQUENCE, &list))
        return false;
    while (!mtl_der_is_done(&list))
        if (!mtl_der_enter(&list, MTL_DER_SEQUENCE, &inner) || !element(&inner))
            return false;
    return true;
}

static bool
read_sequence(struct mtl_der *der, bool (*element)(struct mtl_der *list))
{
    struct mtl_der list;

    if (!mtl_der_enter(der, MTL_DER_SEQUENCE, &list))
        return false;
    while (!mtl_der_is_done(&list))
        if (!element(&list))
            return false;
    return true;
}

static bool
read_basic_constraints(struct mtl_der *der)
{
    struct mtl_der inner;
    bool is_ca;

    return mtl_der_enter(der, MTL_DER_SEQUENCE, &inner) &&
           (!mtl_der_is_next(&inner, MTL_DER_BOOLEAN) || mtl_der_boolean(&inner, MTL_DER_BOOLEAN, &is_ca)) &&
           take_number(&inner, MTL_DER_INTEGER);
}

static bool
read_policy_constraints(struct mtl_der *der)
{
    struct mtl_der inner;

    return mtl_der_enter(der, MTL_DER_SEQUENCE, &inner) && take_number(&inner, FIRST) && take_number(&inner, SECOND);
}

static bool
read_authority_key_id(struct mtl_der *der)
{
    struct mtl_der inner;

    return mtl_der_enter(der, MTL_DER_SEQUENCE, &inner) && (!mtl_der_is_next(&inner, FIRST) || take(&inner, FIRST));
}

/* Nothing may follow here: neither behind the value nor behind the two lists. */
static bool
read_name_constraints(struct mtl_der *der)
{
    struct mtl_der inner, list, subtree;

    if (!mtl_der_enter(der, MTL_DER_SEQUENCE, &inner) || !mtl_der_is_done(der))
        return false;
    for (uint32_t tag = FIRST_LIST; tag <= SECOND_LIST; tag++) {
        if (!mtl_der_is_next(&inner, tag))
            continue;
        if (!mtl_der_enter(&inner, tag, &list))
            return false;
        while (!mtl_der_is_done(&list))
            if (!mtl_der_enter(&list, MTL_DER_SEQUENCE, &subtree) || !take_any(&subtree))
                return false;
    }
    return mtl_der_is_done(&inner);
}

/* Of its name, a point's URIs up to the first that is none. */
static bool
take_point(struct mtl_der *point)
{
    struct mtl_der name, full;

    if (!mtl_der_is_next(point, FIRST_LIST))
        return true;
    if (!mtl_der_enter(point, FIRST_LIST, &name) || !mtl_der_enter(&name, FIRST_LIST, &full))
        return false;
    while (mtl_der_is_next(&full, URI))
        if (!take(&full, URI))
            return false;
    return true;
}

static bool
take_access(struct mtl_der *access)
{
    return take_oid(access) && (!mtl_der_is_next(access, URI) || take(access, URI));
}

static bool
take_mapping(struct mtl_der *mapping)
{
    bool has_issuers = take(mapping, MTL_DER_OID);

    return has_issuers && take(mapping, MTL_DER_OID);
}

bool
mtl_extension_reads_in_part(const struct mtl_cert *cert, enum mtl_extension extension)
{
    struct mtl_der der = mtl_der_reader(mtl_cert_bytes(cert, cert->extension[extension]), NULL);
    struct mtl_der_bits bits;

    switch (extension) {
    case MTL_EXT_BASIC_CONSTRAINTS:
        return read_basic_constraints(&der);
    case MTL_EXT_KEY_USAGE:
        return mtl_der_bit_string(&der, MTL_DER_BIT_STRING, &bits);
    case MTL_EXT_EXTENDED_KEY_USAGE:
        return read_sequence(&der, take_oid);
    case MTL_EXT_SUBJECT_ALT_NAME:
        return read_sequence(&der, take_any);
    case MTL_EXT_NAME_CONSTRAINTS:
        return read_name_constraints(&der);
    case MTL_EXT_CRL_DISTRIBUTION_POINTS:
        return take_each(&der, take_point);
    case MTL_EXT_AUTHORITY_KEY_ID:
        return read_authority_key_id(&der);
    case MTL_EXT_SUBJECT_KEY_ID:
        return take(&der, MTL_DER_OCTET_STRING);
    case MTL_EXT_AUTHORITY_INFO_ACCESS:
        return take_each(&der, take_access);
    case MTL_EXT_CERTIFICATE_POLICIES:
        return take_each(&der, take_oid);
    case MTL_EXT_POLICY_MAPPINGS:
        return take_each(&der, take_mapping);
    case MTL_EXT_POLICY_CONSTRAINTS:
        return read_policy_constraints(&der);
    case MTL_EXT_INHIBIT_ANY_POLICY:
        return mtl_der_is_next(&der, MTL_DER_INTEGER) && take_number(&der, MTL_DER_INTEGER);
    default:
        return true;
    }
}
