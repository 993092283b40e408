/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Extension values into struct mtl_cert. The values are read as OpenSSL 3.0 reads them (v3_purp.c), so that malformed
 * means the same here and there; what is not DER all the same is noted in not_der.
 */
#include "cert/extensions.h"

#include "cert/algorithms.h"

const char *const mtl_extension_names[MTL_EXT_COUNT] = {
    [MTL_EXT_BASIC_CONSTRAINTS] = "basicConstraints",
    [MTL_EXT_KEY_USAGE] = "keyUsage",
    [MTL_EXT_EXTENDED_KEY_USAGE] = "extKeyUsage",
    [MTL_EXT_SUBJECT_ALT_NAME] = "subjectAltName",
    [MTL_EXT_ISSUER_ALT_NAME] = "issuerAltName",
    [MTL_EXT_SUBJECT_KEY_ID] = "subjectKeyIdentifier",
    [MTL_EXT_AUTHORITY_KEY_ID] = "authorityKeyIdentifier",
    [MTL_EXT_NAME_CONSTRAINTS] = "nameConstraints",
    [MTL_EXT_CERTIFICATE_POLICIES] = "certificatePolicies",
    [MTL_EXT_POLICY_MAPPINGS] = "policyMappings",
    [MTL_EXT_POLICY_CONSTRAINTS] = "policyConstraints",
    [MTL_EXT_INHIBIT_ANY_POLICY] = "inhibitAnyPolicy",
    [MTL_EXT_CRL_DISTRIBUTION_POINTS] = "cRLDistributionPoints",
    [MTL_EXT_FRESHEST_CRL] = "freshestCRL",
    [MTL_EXT_AUTHORITY_INFO_ACCESS] = "authorityInfoAccess",
    [MTL_EXT_NETSCAPE_CERT_TYPE] = "nsCertType",
    [MTL_EXT_PROXY_CERT_INFO] = "proxyCertInfo",
    [MTL_EXT_IP_ADDR_BLOCKS] = "ipAddrBlocks",
    [MTL_EXT_AUTONOMOUS_SYS] = "autonomousSysIds",
    [MTL_EXT_OCSP_NO_CHECK] = "OCSP no check",
    [MTL_EXT_TLS_FEATURE] = "TLS feature",
    [MTL_EXT_SCT_LIST] = "SCT list",
};

static bool
read_critical(struct mtl_der *extension, uint8_t *critical)
{
    struct mtl_der_item item;

    if (!mtl_der_take(extension, MTL_DER_BOOLEAN, &item))
        return false;
    if (item.content.size != 1)
        return mtl_der_fault(extension, "the boolean is not one octet");
    *critical = item.content.data[0];
    return true;
}

bool
mtl_der_extension(struct mtl_der *list, struct mtl_extension_item *item)
{
    struct mtl_der inner;
    struct mtl_der_item value;

    item->critical = 0;
    if (!mtl_der_enter(list, MTL_DER_SEQUENCE, &inner) || !mtl_der_oid(&inner, MTL_DER_OID, &item->oid))
        return false;
    if (mtl_der_is_next(&inner, MTL_DER_BOOLEAN) && !read_critical(&inner, &item->critical))
        return false;
    if (!mtl_der_take(&inner, MTL_DER_OCTET_STRING, &value))
        return false;
    item->value = value.content;
    return mtl_der_leave(&inner);
}

/* RFC 5280 4.2.1.9. A negative pathLenConstraint makes the extension invalid, one without cA does not. */
static bool
decode_basic_constraints(struct mtl_cert *cert, struct mtl_der *der)
{
    struct mtl_der inner;
    struct mtl_slice length = {0};
    bool is_ca = false;

    if (!mtl_der_enter(der, MTL_DER_SEQUENCE, &inner))
        return false;
    if (mtl_der_is_next(&inner, MTL_DER_BOOLEAN) && !mtl_der_boolean(&inner, MTL_DER_BOOLEAN, &is_ca))
        return false;
    if (mtl_der_is_next(&inner, MTL_DER_INTEGER) && !mtl_der_integer(&inner, MTL_DER_INTEGER, &length))
        return false;
    if (!mtl_der_leave(&inner))
        return false;
    cert->is_ca = is_ca;
    if (!length.data)
        return true;
    cert->path_length = (int32_t)mtl_der_small(length, INT32_MAX);
    return cert->path_length >= 0;
}

/* RFC 5280 4.2.1.3: at least one bit is set. */
static bool
decode_key_usage(struct mtl_cert *cert, struct mtl_der *der)
{
    struct mtl_der_bits bits;

    if (!mtl_der_bit_string(der, MTL_DER_BIT_STRING, &bits))
        return false;
    cert->key_usage = mtl_der_bits16(&bits);
    return cert->key_usage != 0;
}

static bool
decode_extended_key_usage(struct mtl_cert *cert, struct mtl_der *der)
{
    struct mtl_der list;
    struct mtl_slice oid;
    unsigned usage = 0;

    if (!mtl_der_enter_list(der, MTL_DER_SEQUENCE, &list))
        return false;
    while (!mtl_der_is_done(&list)) {
        if (!mtl_der_oid(&list, MTL_DER_OID, &oid))
            return false;
        usage |= mtl_oid_purpose(oid);
    }
    cert->extended_key_usage = (uint16_t)usage;
    return true;
}

static bool
decode_subject_key_id(struct mtl_cert *cert, struct mtl_der *der)
{
    struct mtl_der_item item;

    if (!mtl_der_take(der, MTL_DER_OCTET_STRING, &item))
        return false;
    cert->subject_key_id = mtl_cert_range(cert, item.content);
    return true;
}

bool
mtl_syntax_authority_key_id(struct mtl_der *der, struct mtl_authority_key_id *authority)
{
    struct mtl_der inner;
    struct mtl_der_item key_id = {0};
    struct mtl_slice issuer = {0}, serial = {0};

    if (!mtl_der_enter(der, MTL_DER_SEQUENCE, &inner))
        return false;
    if (mtl_der_is_next(&inner, MTL_DER_CONTEXT | 0) && !mtl_der_next(&inner, &key_id))
        return false;
    if (mtl_der_is_list(&inner, MTL_DER_CONTEXT_CONSTRUCTED | 1) &&
        !mtl_syntax_general_names(&inner, MTL_DER_CONTEXT_CONSTRUCTED | 1, &issuer))
        return false;
    if (mtl_der_is_next(&inner, MTL_DER_CONTEXT | 2) && !mtl_der_integer(&inner, MTL_DER_CONTEXT | 2, &serial))
        return false;
    *authority = (struct mtl_authority_key_id){.key_id = key_id.content, .issuer = issuer, .serial = serial};
    return mtl_der_leave(&inner);
}

static bool
decode_authority_key_id(struct mtl_cert *cert, struct mtl_der *der)
{
    struct mtl_authority_key_id authority;

    if (!mtl_syntax_authority_key_id(der, &authority))
        return false;
    cert->authority_key_id = mtl_cert_range(cert, authority.key_id);
    cert->authority_issuer = mtl_cert_range(cert, authority.issuer);
    cert->authority_serial = mtl_cert_range(cert, authority.serial);
    return true;
}

static bool
decode_alt_name(struct mtl_cert *cert, struct mtl_der *der)
{
    (void)cert;
    return mtl_syntax_general_names(der, MTL_DER_SEQUENCE, NULL);
}

static bool
decode_netscape_cert_type(struct mtl_cert *cert, struct mtl_der *der)
{
    struct mtl_der_bits bits;

    if (!mtl_der_bit_string(der, MTL_DER_BIT_STRING, &bits))
        return false;
    cert->netscape_cert_type = (uint8_t)mtl_der_bits16(&bits);
    return true;
}

/* OpenSSL: a proxy certificate must not be a CA and must not have alternative names (RFC 3820 3.2, 3.7, 3.8). */
static bool
decode_proxy_cert_info(struct mtl_cert *cert, struct mtl_der *der)
{
    if (!mtl_syntax_proxy_cert_info(der))
        return false;
    cert->is_proxy = true;
    return !cert->is_ca && !mtl_cert_has(cert, MTL_EXT_SUBJECT_ALT_NAME) &&
           !mtl_cert_has(cert, MTL_EXT_ISSUER_ALT_NAME);
}

/* One of the two is set: decode when something is kept, syntax when not. In order of the enum. */
static const struct {
    bool (*decode)(struct mtl_cert *cert, struct mtl_der *der);
    bool (*syntax)(struct mtl_der *der);
} decoders[MTL_EXT_COUNT] = {
    [MTL_EXT_BASIC_CONSTRAINTS] = {.decode = decode_basic_constraints},
    [MTL_EXT_KEY_USAGE] = {.decode = decode_key_usage},
    [MTL_EXT_EXTENDED_KEY_USAGE] = {.decode = decode_extended_key_usage},
    [MTL_EXT_SUBJECT_ALT_NAME] = {.decode = decode_alt_name},
    [MTL_EXT_ISSUER_ALT_NAME] = {.decode = decode_alt_name},
    [MTL_EXT_SUBJECT_KEY_ID] = {.decode = decode_subject_key_id},
    [MTL_EXT_AUTHORITY_KEY_ID] = {.decode = decode_authority_key_id},
    [MTL_EXT_NAME_CONSTRAINTS] = {.syntax = mtl_syntax_name_constraints},
    [MTL_EXT_CERTIFICATE_POLICIES] = {.syntax = mtl_syntax_certificate_policies},
    [MTL_EXT_POLICY_MAPPINGS] = {.syntax = mtl_syntax_policy_mappings},
    [MTL_EXT_POLICY_CONSTRAINTS] = {.syntax = mtl_syntax_policy_constraints},
    [MTL_EXT_INHIBIT_ANY_POLICY] = {.syntax = mtl_syntax_inhibit_any_policy},
    [MTL_EXT_CRL_DISTRIBUTION_POINTS] = {.syntax = mtl_syntax_distribution_points},
    [MTL_EXT_FRESHEST_CRL] = {.syntax = mtl_syntax_distribution_points},
    [MTL_EXT_AUTHORITY_INFO_ACCESS] = {.syntax = mtl_syntax_authority_info_access},
    [MTL_EXT_NETSCAPE_CERT_TYPE] = {.decode = decode_netscape_cert_type},
    [MTL_EXT_PROXY_CERT_INFO] = {.decode = decode_proxy_cert_info},
    [MTL_EXT_IP_ADDR_BLOCKS] = {.syntax = mtl_syntax_ip_addr_blocks},
    [MTL_EXT_AUTONOMOUS_SYS] = {.syntax = mtl_syntax_autonomous_sys},
    [MTL_EXT_OCSP_NO_CHECK] = {.syntax = mtl_der_null},
    [MTL_EXT_TLS_FEATURE] = {.syntax = mtl_syntax_tls_feature},
    [MTL_EXT_SCT_LIST] = {.syntax = mtl_syntax_sct_list},
};

void
mtl_extensions_decode(struct mtl_cert *cert)
{
    cert->path_length = -1;
    cert->malformed = cert->duplicate;
    for (unsigned i = 0; i < MTL_EXT_COUNT; i++) {
        uint32_t bit = 1U << i;
        if (!(cert->present & bit) || (cert->duplicate & bit))
            continue;
        struct mtl_der_notes notes = {.relaxed = true};
        struct mtl_der der = mtl_der_reader(mtl_cert_bytes(cert, cert->extension[i]), &notes);
        bool fits = decoders[i].decode ? decoders[i].decode(cert, &der) : decoders[i].syntax(&der);
        if (!fits)
            cert->malformed |= bit;
        else if (notes.deviates || !mtl_der_is_done(&der))
            cert->not_der |= bit;
    }
}

bool
mtl_cert_extension_is_sequence(const struct mtl_cert *cert, enum mtl_extension extension)
{
    struct mtl_der der = mtl_der_reader(mtl_cert_bytes(cert, cert->extension[extension]), NULL);
    struct mtl_der_item item;

    return mtl_der_take(&der, MTL_DER_SEQUENCE, &item) && mtl_der_is_done(&der);
}

bool
mtl_cert_key_usage_is_empty(const struct mtl_cert *cert)
{
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der der = mtl_der_reader(mtl_cert_bytes(cert, cert->extension[MTL_EXT_KEY_USAGE]), &notes);
    struct mtl_der_bits bits;

    return mtl_cert_has(cert, MTL_EXT_KEY_USAGE) && mtl_der_bit_string(&der, MTL_DER_BIT_STRING, &bits) &&
           mtl_der_is_done(&der) && mtl_der_bits16(&bits) == 0;
}
