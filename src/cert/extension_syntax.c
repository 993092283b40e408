/* SPDX-License-Identifier: Apache-2.0 */
/* The grammar of extension values that are looked into later or not at all (RFC 5280 4.2, RFC 3779, 3820, 6962, 7633).
 */
#include "cert/extensions.h"
#include "cert/name.h"

/* [n] EXPLICIT or [n] IMPLICIT of a constructed type; [n] IMPLICIT of a primitive one. */
#define CONSTRUCTED(n) (MTL_DER_CONTEXT_CONSTRUCTED | (n))
#define PRIMITIVE(n) (MTL_DER_CONTEXT | (n))

/* SEQUENCE OF or SET OF something. */
static bool
read_list(struct mtl_der *der, uint32_t tag, bool (*element)(struct mtl_der *))
{
    struct mtl_der list;

    if (!mtl_der_enter_list(der, tag, &list))
        return false;
    while (!mtl_der_is_done(&list)) {
        if (!element(&list))
            return false;
    }
    return true;
}

static bool
read_oid(struct mtl_der *der)
{
    struct mtl_slice oid;

    return mtl_der_oid(der, MTL_DER_OID, &oid);
}

static bool
read_integer(struct mtl_der *der)
{
    struct mtl_slice integer;

    return mtl_der_integer(der, MTL_DER_INTEGER, &integer);
}

static bool
read_optional_integer(struct mtl_der *der, uint32_t tag)
{
    struct mtl_slice integer;

    return !mtl_der_is_next(der, tag) || mtl_der_integer(der, tag, &integer);
}

static bool
read_bits(struct mtl_der *der)
{
    struct mtl_der_bits bits;

    return mtl_der_bit_string(der, MTL_DER_BIT_STRING, &bits);
}

/* A character string of one of these types; its characters are not looked at. */
static bool
read_string(struct mtl_der *der, const uint8_t *tags, size_t count)
{
    struct mtl_der_item item;

    for (size_t i = 0; i < count; i++) {
        if (mtl_der_is_next(der, tags[i]))
            return mtl_der_any(der, &item);
    }
    return mtl_der_fault(der, "the tag is not one of the string types due here");
}

/* ---- GeneralName (RFC 5280 4.2.1.6) ----------------------------------------------------------------------------- */

static bool
read_directory_string(struct mtl_der *der)
{
    static const uint8_t tags[] = {MTL_DER_UTF8_STRING, MTL_DER_PRINTABLE_STRING, MTL_DER_TELETEX_STRING,
                                   MTL_DER_BMP_STRING, MTL_DER_UNIVERSAL_STRING};

    return read_string(der, tags, sizeof(tags));
}

static bool
read_other_name(struct mtl_der *der)
{
    struct mtl_der name, value;
    struct mtl_der_item item;

    return mtl_der_enter(der, CONSTRUCTED(0), &name) && read_oid(&name) &&
           mtl_der_enter(&name, CONSTRUCTED(0), &value) && mtl_der_any(&value, &item) && mtl_der_leave(&value) &&
           mtl_der_leave(&name);
}

static bool
read_directory_name(struct mtl_der *der, struct mtl_slice *directory)
{
    struct mtl_der inner;
    struct mtl_slice name;
    uint64_t hash;

    if (!mtl_der_enter(der, CONSTRUCTED(4), &inner) || !mtl_name_read(&inner, &name, &hash) || !mtl_der_leave(&inner))
        return false;
    if (directory)
        *directory = name;
    return true;
}

static bool
read_tagged_directory_string(struct mtl_der *der, uint32_t tag)
{
    struct mtl_der inner;

    return mtl_der_enter(der, tag, &inner) && read_directory_string(&inner) && mtl_der_leave(&inner);
}

static bool
read_edi_party_name(struct mtl_der *der)
{
    struct mtl_der name;

    if (!mtl_der_enter(der, CONSTRUCTED(5), &name))
        return false;
    if (mtl_der_is_next(&name, CONSTRUCTED(0)) && !read_tagged_directory_string(&name, CONSTRUCTED(0)))
        return false;
    return read_tagged_directory_string(&name, CONSTRUCTED(1)) && mtl_der_leave(&name);
}

bool
mtl_syntax_general_name(struct mtl_der *der, struct mtl_slice *directory)
{
    struct mtl_der_item item;
    struct mtl_slice oid;

    if (mtl_der_is_done(der))
        return mtl_der_fault(der, "something is missing");
    switch (*der->at) {
    case CONSTRUCTED(0):
        return read_other_name(der);
    case PRIMITIVE(1):   /* rfc822Name */
    case PRIMITIVE(2):   /* dNSName */
    case CONSTRUCTED(3): /* x400Address: not looked into */
    case PRIMITIVE(6):   /* uniformResourceIdentifier */
    case PRIMITIVE(7):   /* iPAddress */
        return mtl_der_next(der, &item);
    case CONSTRUCTED(4):
        return read_directory_name(der, directory);
    case CONSTRUCTED(5):
        return read_edi_party_name(der);
    case PRIMITIVE(8):
        return mtl_der_oid(der, PRIMITIVE(8), &oid);
    default:
        return mtl_der_fault(der, "the tag is not one of a GeneralName");
    }
}

bool
mtl_syntax_general_names(struct mtl_der *der, uint32_t tag, struct mtl_slice *directory)
{
    struct mtl_der list;
    struct mtl_slice found = {0};

    if (!mtl_der_enter_list(der, tag, &list))
        return false;
    while (!mtl_der_is_done(&list)) {
        if (!mtl_syntax_general_name(&list, found.data ? NULL : &found))
            return false;
    }
    if (directory)
        *directory = found;
    return true;
}

static bool
read_general_name(struct mtl_der *der)
{
    return mtl_syntax_general_name(der, NULL);
}

/* ---- name constraints (4.2.1.10) -------------------------------------------------------------------------------- */

static bool
read_subtree(struct mtl_der *der)
{
    struct mtl_der inner;

    return mtl_der_enter(der, MTL_DER_SEQUENCE, &inner) && read_general_name(&inner) &&
           read_optional_integer(&inner, PRIMITIVE(0)) && read_optional_integer(&inner, PRIMITIVE(1)) &&
           mtl_der_leave(&inner);
}

bool
mtl_syntax_name_constraints(struct mtl_der *der)
{
    struct mtl_der inner;

    if (!mtl_der_enter(der, MTL_DER_SEQUENCE, &inner))
        return false;
    for (unsigned i = 0; i < 2; i++) {
        if (mtl_der_is_list(&inner, CONSTRUCTED(i)) && !read_list(&inner, CONSTRUCTED(i), read_subtree))
            return false;
    }
    return mtl_der_leave(&inner);
}

/* ---- CRL distribution points (4.2.1.13) ------------------------------------------------------------------------- */

/* A RelativeDistinguishedName, a SET OF; OpenSSL takes it in any order. */
static bool
read_relative_name(struct mtl_der *der)
{
    struct mtl_attribute attribute;
    struct mtl_der set;

    if (!mtl_der_enter_list(der, CONSTRUCTED(1), &set))
        return false;
    bool is_sorted = mtl_der_is_sorted(mtl_slice_of(set.at, (size_t)(set.end - set.at)));
    while (!mtl_der_is_done(&set))
        if (!mtl_attribute_read(&set, &attribute))
            return false;
    return is_sorted || mtl_der_deviates(der, "the elements of a set are not sorted");
}

bool
mtl_syntax_distribution_point_name(struct mtl_der *der)
{
    struct mtl_der inner;

    if (!mtl_der_enter(der, CONSTRUCTED(0), &inner))
        return false;
    if (mtl_der_is_list(&inner, CONSTRUCTED(1)))
        return read_relative_name(&inner) && mtl_der_leave(&inner);
    return read_list(&inner, CONSTRUCTED(0), read_general_name) && mtl_der_leave(&inner);
}

/* One of distributionPoint and cRLIssuer is present; OpenSSL insists on it too. */
static bool
read_distribution_point(struct mtl_der *der)
{
    struct mtl_der inner, issuers;
    struct mtl_der_bits reasons;
    bool has_name = false, has_issuer = false;

    if (!mtl_der_enter(der, MTL_DER_SEQUENCE, &inner))
        return false;
    if (mtl_der_is_next(&inner, CONSTRUCTED(0))) {
        if (!mtl_syntax_distribution_point_name(&inner))
            return false;
        has_name = true;
    }
    if (mtl_der_is_next(&inner, PRIMITIVE(1)) && !mtl_der_bit_string(&inner, PRIMITIVE(1), &reasons))
        return false;
    if (mtl_der_is_list(&inner, CONSTRUCTED(2))) {
        struct mtl_der copy = inner;
        if (!mtl_der_enter_list(&copy, CONSTRUCTED(2), &issuers) ||
            !read_list(&inner, CONSTRUCTED(2), read_general_name))
            return false;
        has_issuer = !mtl_der_is_done(&issuers);
    }
    if (!mtl_der_leave(&inner))
        return false;
    return has_name || has_issuer || mtl_der_fault(der, "a distribution point names neither a place nor an issuer");
}

bool
mtl_syntax_distribution_points(struct mtl_der *der)
{
    return read_list(der, MTL_DER_SEQUENCE, read_distribution_point);
}

/* ---- authority information access (4.2.2.1) --------------------------------------------------------------------- */

static bool
read_access_description(struct mtl_der *der)
{
    struct mtl_der inner;

    return mtl_der_enter(der, MTL_DER_SEQUENCE, &inner) && read_oid(&inner) && read_general_name(&inner) &&
           mtl_der_leave(&inner);
}

bool
mtl_syntax_authority_info_access(struct mtl_der *der)
{
    return read_list(der, MTL_DER_SEQUENCE, read_access_description);
}

/* ---- policies (4.2.1.4, 4.2.1.5, 4.2.1.11, 4.2.1.14) ------------------------------------------------------------ */

static bool
read_policy_mapping(struct mtl_der *der)
{
    struct mtl_der inner;

    return mtl_der_enter(der, MTL_DER_SEQUENCE, &inner) && read_oid(&inner) && read_oid(&inner) &&
           mtl_der_leave(&inner);
}

bool
mtl_syntax_policy_mappings(struct mtl_der *der)
{
    return read_list(der, MTL_DER_SEQUENCE, read_policy_mapping);
}

bool
mtl_syntax_policy_constraints(struct mtl_der *der)
{
    struct mtl_der inner;

    return mtl_der_enter(der, MTL_DER_SEQUENCE, &inner) && read_optional_integer(&inner, PRIMITIVE(0)) &&
           read_optional_integer(&inner, PRIMITIVE(1)) && mtl_der_leave(&inner);
}

bool
mtl_syntax_inhibit_any_policy(struct mtl_der *der)
{
    return read_integer(der);
}

static bool
read_display_text(struct mtl_der *der)
{
    static const uint8_t tags[] = {MTL_DER_UTF8_STRING, MTL_DER_VISIBLE_STRING, MTL_DER_IA5_STRING, MTL_DER_BMP_STRING};

    return read_string(der, tags, sizeof(tags));
}

static bool
read_notice_reference(struct mtl_der *der)
{
    struct mtl_der inner;

    return mtl_der_enter(der, MTL_DER_SEQUENCE, &inner) && read_display_text(&inner) &&
           read_list(&inner, MTL_DER_SEQUENCE, read_integer) && mtl_der_leave(&inner);
}

static bool
read_user_notice(struct mtl_der *der)
{
    struct mtl_der inner;

    if (!mtl_der_enter(der, MTL_DER_SEQUENCE, &inner))
        return false;
    if (mtl_der_is_next(&inner, MTL_DER_SEQUENCE) && !read_notice_reference(&inner))
        return false;
    return mtl_der_is_done(&inner) || (read_display_text(&inner) && mtl_der_leave(&inner));
}

/* PolicyQualifierInfo: the qualifier's type depends on the identifier. */
static bool
read_qualifier(struct mtl_der *der)
{
    static const char cps[] = "\x2b\x06\x01\x05\x05\x07\x02\x01", notice[] = "\x2b\x06\x01\x05\x05\x07\x02\x02";
    struct mtl_der inner;
    struct mtl_der_item item;
    struct mtl_slice oid;

    if (!mtl_der_enter(der, MTL_DER_SEQUENCE, &inner) || !mtl_der_oid(&inner, MTL_DER_OID, &oid))
        return false;
    if (mtl_slice_equal(oid, mtl_slice_text(cps)))
        return mtl_der_take(&inner, MTL_DER_IA5_STRING, &item) && mtl_der_leave(&inner);
    if (mtl_slice_equal(oid, mtl_slice_text(notice)))
        return read_user_notice(&inner) && mtl_der_leave(&inner);
    return mtl_der_any(&inner, &item) && mtl_der_leave(&inner);
}

static bool
read_policy(struct mtl_der *der)
{
    struct mtl_der inner;

    if (!mtl_der_enter(der, MTL_DER_SEQUENCE, &inner) || !read_oid(&inner))
        return false;
    return mtl_der_is_done(&inner) || (read_list(&inner, MTL_DER_SEQUENCE, read_qualifier) && mtl_der_leave(&inner));
}

bool
mtl_syntax_certificate_policies(struct mtl_der *der)
{
    return read_list(der, MTL_DER_SEQUENCE, read_policy);
}

/* ---- proxy certificates (RFC 3820 3.8) -------------------------------------------------------------------------- */

bool
mtl_syntax_proxy_cert_info(struct mtl_der *der)
{
    struct mtl_der info, policy;
    struct mtl_der_item item;

    if (!mtl_der_enter(der, MTL_DER_SEQUENCE, &info) || !read_optional_integer(&info, MTL_DER_INTEGER) ||
        !mtl_der_enter(&info, MTL_DER_SEQUENCE, &policy) || !read_oid(&policy))
        return false;
    if (!mtl_der_is_done(&policy) && !mtl_der_take(&policy, MTL_DER_OCTET_STRING, &item))
        return false;
    return mtl_der_leave(&policy) && mtl_der_leave(&info);
}

/* ---- IP addresses and AS numbers (RFC 3779 2.2.3, 3.2.3) -------------------------------------------------------- */

static bool
read_pair(struct mtl_der *der, bool (*element)(struct mtl_der *))
{
    struct mtl_der inner;

    return mtl_der_enter(der, MTL_DER_SEQUENCE, &inner) && element(&inner) && element(&inner) && mtl_der_leave(&inner);
}

static bool
read_address_or_range(struct mtl_der *der)
{
    return mtl_der_is_next(der, MTL_DER_SEQUENCE) ? read_pair(der, read_bits) : read_bits(der);
}

static bool
read_address_family(struct mtl_der *der)
{
    struct mtl_der inner;
    struct mtl_der_item family;

    if (!mtl_der_enter(der, MTL_DER_SEQUENCE, &inner) || !mtl_der_take(&inner, MTL_DER_OCTET_STRING, &family))
        return false;
    if (mtl_der_is_next(&inner, MTL_DER_NULL))
        return mtl_der_null(&inner) && mtl_der_leave(&inner);
    return read_list(&inner, MTL_DER_SEQUENCE, read_address_or_range) && mtl_der_leave(&inner);
}

bool
mtl_syntax_ip_addr_blocks(struct mtl_der *der)
{
    return read_list(der, MTL_DER_SEQUENCE, read_address_family);
}

static bool
read_as_number_or_range(struct mtl_der *der)
{
    return mtl_der_is_next(der, MTL_DER_SEQUENCE) ? read_pair(der, read_integer) : read_integer(der);
}

static bool
read_as_choice(struct mtl_der *der, uint32_t tag)
{
    struct mtl_der inner;

    if (!mtl_der_is_next(der, tag))
        return true;
    if (!mtl_der_enter(der, tag, &inner))
        return false;
    if (mtl_der_is_next(&inner, MTL_DER_NULL))
        return mtl_der_null(&inner) && mtl_der_leave(&inner);
    return read_list(&inner, MTL_DER_SEQUENCE, read_as_number_or_range) && mtl_der_leave(&inner);
}

bool
mtl_syntax_autonomous_sys(struct mtl_der *der)
{
    struct mtl_der inner;

    return mtl_der_enter(der, MTL_DER_SEQUENCE, &inner) && read_as_choice(&inner, CONSTRUCTED(0)) &&
           read_as_choice(&inner, CONSTRUCTED(1)) && mtl_der_leave(&inner);
}

/* ---- TLS feature (RFC 7633 4.1), signed certificate timestamps (RFC 6962 3.3) ----------------------------------- */

bool
mtl_syntax_tls_feature(struct mtl_der *der)
{
    return read_list(der, MTL_DER_SEQUENCE, read_integer);
}

static bool
take_sized(struct mtl_slice *bytes, struct mtl_slice *content)
{
    if (bytes->size < 2)
        return false;
    size_t size = (size_t)bytes->data[0] << 8 | bytes->data[1];
    if (size == 0 || size > bytes->size - 2)
        return false;
    *content = mtl_slice_of(bytes->data + 2, size);
    *bytes = mtl_slice_of(bytes->data + 2 + size, bytes->size - 2 - size);
    return true;
}

/* An OCTET STRING with a list in the presentation language of TLS: each length in two octets. */
bool
mtl_syntax_sct_list(struct mtl_der *der)
{
    struct mtl_der_item item;
    struct mtl_slice list, sct;

    if (!mtl_der_take(der, MTL_DER_OCTET_STRING, &item))
        return false;
    if (!take_sized(&item.content, &list) || item.content.size != 0)
        return mtl_der_fault(der, "the list of timestamps has another length than it says");
    while (list.size > 0) {
        if (!take_sized(&list, &sct))
            return mtl_der_fault(der, "a timestamp has another length than it says");
    }
    return true;
}
