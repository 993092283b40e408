/* SPDX-License-Identifier: Apache-2.0 */
/* Who may have issued whom, before any signature is checked: OpenSSL 3.0's v3_purp.c, ossl_x509_likely_issued(). */
#include "cert/algorithms.h"
#include "cert/cert.h"

/* The extensions that ossl_x509v3_cache_extensions() decodes; trouble in any other does not concern OpenSSL. */
static const uint32_t openssl_decodes =
    1U << MTL_EXT_BASIC_CONSTRAINTS | 1U << MTL_EXT_PROXY_CERT_INFO | 1U << MTL_EXT_KEY_USAGE |
    1U << MTL_EXT_EXTENDED_KEY_USAGE | 1U << MTL_EXT_NETSCAPE_CERT_TYPE | 1U << MTL_EXT_SUBJECT_KEY_ID |
    1U << MTL_EXT_AUTHORITY_KEY_ID | 1U << MTL_EXT_SUBJECT_ALT_NAME | 1U << MTL_EXT_NAME_CONSTRAINTS |
    1U << MTL_EXT_CRL_DISTRIBUTION_POINTS | 1U << MTL_EXT_IP_ADDR_BLOCKS | 1U << MTL_EXT_AUTONOMOUS_SYS;

bool
mtl_cert_has_malformed_extension(const struct mtl_cert *cert)
{
    return cert->malformed & openssl_decodes;
}

enum mtl_issuer_match
mtl_cert_matches_authority(const struct mtl_cert *issuer, struct mtl_authority_key_id authority)
{
    struct mtl_slice key_id = mtl_cert_bytes(issuer, issuer->subject_key_id);

    if (authority.key_id.data && key_id.data && !mtl_slice_equal(authority.key_id, key_id))
        return MTL_ISSUER_KEY_ID;
    if (authority.serial.data && !mtl_slice_equal(authority.serial, mtl_cert_bytes(issuer, issuer->serial)))
        return MTL_ISSUER_SERIAL;
    if (authority.issuer.data && !mtl_name_equal(authority.issuer, mtl_cert_bytes(issuer, issuer->issuer)))
        return MTL_ISSUER_SERIAL;
    return MTL_ISSUER_OK;
}

struct mtl_authority_key_id
mtl_cert_authority(const struct mtl_cert *cert)
{
    return (struct mtl_authority_key_id){.key_id = mtl_cert_bytes(cert, cert->authority_key_id),
                                         .issuer = mtl_cert_bytes(cert, cert->authority_issuer),
                                         .serial = mtl_cert_bytes(cert, cert->authority_serial)};
}

/* OpenSSL looks at the algorithm inside the signed part, not at the one beside the signature. */
static enum mtl_key_type
signing_key_type(const struct mtl_cert *cert)
{
    struct mtl_der der = mtl_der_reader(mtl_cert_bytes(cert, cert->tbs_signature_alg), NULL);
    struct mtl_algorithm algorithm;

    if (!mtl_der_algorithm(&der, &algorithm))
        return MTL_KEY_UNKNOWN;
    return mtl_algorithm_signature(&algorithm).key;
}

/* check_sig_alg_match(): an RSA key may make RSASSA-PSS signatures, an RSA-PSS key makes nothing else. */
static bool
key_fits(const struct mtl_cert *issuer, const struct mtl_cert *subject)
{
    enum mtl_key_type made_by = signing_key_type(subject);

    if (made_by == MTL_KEY_UNKNOWN)
        return false;
    if (issuer->key.type != made_by && !(issuer->key.type == MTL_KEY_RSA && made_by == MTL_KEY_RSA_PSS))
        return false;
    return mtl_cert_key_is_usable(issuer);
}

enum mtl_issuer_match
mtl_cert_may_issue(const struct mtl_cert *issuer, const struct mtl_cert *subject)
{
    enum mtl_issuer_match match;

    if (issuer->subject_hash != subject->issuer_hash ||
        !mtl_name_equal(mtl_cert_bytes(issuer, issuer->subject), mtl_cert_bytes(subject, subject->issuer)))
        return MTL_ISSUER_NAME;
    if (mtl_cert_has_malformed_extension(issuer) || mtl_cert_has_malformed_extension(subject))
        return MTL_ISSUER_MALFORMED;
    match = mtl_cert_matches_authority(issuer, mtl_cert_authority(subject));
    if (match != MTL_ISSUER_OK)
        return match;
    return key_fits(issuer, subject) ? MTL_ISSUER_OK : MTL_ISSUER_KEY_TYPE;
}

bool
mtl_cert_is_self_signed(const struct mtl_cert *cert)
{
    return cert->self_issued && mtl_cert_matches_authority(cert, mtl_cert_authority(cert)) == MTL_ISSUER_OK &&
           key_fits(cert, cert);
}
