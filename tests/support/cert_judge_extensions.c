/* SPDX-License-Identifier: Apache-2.0 */
/* Extensions of struct mtl_cert against libcrypto: presence, criticality, values, and its flags for a verifier. */
#include "support/cert_judge_extensions.h"

#include <openssl/x509v3.h>
#include <stdio.h>

static const int nids[MTL_EXT_COUNT] = {
    [MTL_EXT_BASIC_CONSTRAINTS] = NID_basic_constraints,
    [MTL_EXT_KEY_USAGE] = NID_key_usage,
    [MTL_EXT_EXTENDED_KEY_USAGE] = NID_ext_key_usage,
    [MTL_EXT_SUBJECT_ALT_NAME] = NID_subject_alt_name,
    [MTL_EXT_ISSUER_ALT_NAME] = NID_issuer_alt_name,
    [MTL_EXT_SUBJECT_KEY_ID] = NID_subject_key_identifier,
    [MTL_EXT_AUTHORITY_KEY_ID] = NID_authority_key_identifier,
    [MTL_EXT_NAME_CONSTRAINTS] = NID_name_constraints,
    [MTL_EXT_CERTIFICATE_POLICIES] = NID_certificate_policies,
    [MTL_EXT_POLICY_MAPPINGS] = NID_policy_mappings,
    [MTL_EXT_POLICY_CONSTRAINTS] = NID_policy_constraints,
    [MTL_EXT_INHIBIT_ANY_POLICY] = NID_inhibit_any_policy,
    [MTL_EXT_CRL_DISTRIBUTION_POINTS] = NID_crl_distribution_points,
    [MTL_EXT_FRESHEST_CRL] = NID_freshest_crl,
    [MTL_EXT_AUTHORITY_INFO_ACCESS] = NID_info_access,
    [MTL_EXT_NETSCAPE_CERT_TYPE] = NID_netscape_cert_type,
    [MTL_EXT_PROXY_CERT_INFO] = NID_proxyCertInfo,
    [MTL_EXT_IP_ADDR_BLOCKS] = NID_sbgp_ipAddrBlock,
    [MTL_EXT_AUTONOMOUS_SYS] = NID_sbgp_autonomousSysNum,
    [MTL_EXT_OCSP_NO_CHECK] = NID_id_pkix_OCSP_noCheck,
    [MTL_EXT_TLS_FEATURE] = NID_tlsfeature,
    [MTL_EXT_SCT_LIST] = NID_ct_precert_scts,
};

/* X509_supported_extension() says yes to these. */
static const uint32_t supported_when_critical =
    1U << MTL_EXT_NETSCAPE_CERT_TYPE | 1U << MTL_EXT_KEY_USAGE | 1U << MTL_EXT_SUBJECT_ALT_NAME |
    1U << MTL_EXT_BASIC_CONSTRAINTS | 1U << MTL_EXT_CERTIFICATE_POLICIES | 1U << MTL_EXT_CRL_DISTRIBUTION_POINTS |
    1U << MTL_EXT_EXTENDED_KEY_USAGE | 1U << MTL_EXT_IP_ADDR_BLOCKS | 1U << MTL_EXT_AUTONOMOUS_SYS |
    1U << MTL_EXT_OCSP_NO_CHECK | 1U << MTL_EXT_POLICY_CONSTRAINTS | 1U << MTL_EXT_PROXY_CERT_INFO |
    1U << MTL_EXT_NAME_CONSTRAINTS | 1U << MTL_EXT_POLICY_MAPPINGS | 1U << MTL_EXT_INHIBIT_ANY_POLICY;

/* Values that decode and are invalid all the same: OpenSSL looks at them after decoding. */
static const uint32_t checked_after_decoding = 1U << MTL_EXT_BASIC_CONSTRAINTS | 1U << MTL_EXT_KEY_USAGE |
                                               1U << MTL_EXT_PROXY_CERT_INFO | 1U << MTL_EXT_CRL_DISTRIBUTION_POINTS |
                                               1U << MTL_EXT_FRESHEST_CRL;

static int
index_of(const X509_EXTENSION *extension)
{
    int nid = OBJ_obj2nid(X509_EXTENSION_get_object((X509_EXTENSION *)(uintptr_t)extension));

    for (int i = 0; i < MTL_EXT_COUNT; i++) {
        if (nids[i] == nid)
            return i;
    }
    return MTL_EXT_COUNT;
}

static void
compare_presence(struct cert_judge *judge, const struct mtl_cert *ours, X509 *theirs)
{
    uint32_t present = 0, critical = 0, duplicate = 0;
    unsigned others = 0;
    bool other_critical = false;

    for (int n = 0; n < X509_get_ext_count(theirs); n++) {
        X509_EXTENSION *extension = X509_get_ext(theirs, n);
        int i = index_of(extension);
        bool is_critical = X509_EXTENSION_get_critical(extension) != 0;
        others += i == MTL_EXT_COUNT;
        other_critical |= i == MTL_EXT_COUNT && is_critical;
        if (i == MTL_EXT_COUNT)
            continue;
        duplicate |= present & 1U << i;
        present |= 1U << i;
        critical |= (uint32_t)is_critical << i;
    }
    judge_expect(judge, ours->present == present, "extensions present");
    judge_expect(judge, ours->critical == critical, "extensions critical");
    judge_expect(judge, ours->duplicate == duplicate, "extensions duplicate");
    judge_expect(judge, ours->other_extensions == others, "other extensions");
    judge_expect(judge, ours->other_critical == other_critical, "other critical extensions");
}

/* What libcrypto would write for the value it read; empty when it cannot read or write it. */
static struct mtl_slice
encode_again(X509 *theirs, int nid, uint8_t **encoding, bool *decodes)
{
    const X509V3_EXT_METHOD *method = X509V3_EXT_get_nid(nid);
    void *value = X509_get_ext_d2i(theirs, nid, NULL, NULL);
    int size = 0;

    *decodes = value != NULL;
    *encoding = NULL;
    if (!value)
        return mtl_slice_of("", 0);
    if (method->it) {
        size = ASN1_item_i2d(value, encoding, ASN1_ITEM_ptr(method->it));
        ASN1_item_free(value, ASN1_ITEM_ptr(method->it));
    } else {
        method->ext_free(value);
    }
    return mtl_slice_of(*encoding, size > 0 ? (size_t)size : 0);
}

bool
cert_judge_may_be_ber(struct mtl_slice value)
{
    for (size_t i = 0; i + 1 < value.size; i++) {
        uint8_t octet = value.data[i];
        bool is_piecewise = octet > 0x20 && octet < 0x40 && octet != 0x30 && octet != 0x31;
        bool is_indefinite = octet & 0x20 && value.data[i + 1] == 0x80;
        bool is_long_tag = (octet & 0x1f) == 0x1f && value.data[i + 1] < 0x1f;
        if (is_piecewise || is_indefinite || is_long_tag || (octet > 0xa0 && octet < 0xa9))
            return true;
    }
    return false;
}

/* libcrypto keeps the encoding of a Name and of an unknown policy qualifier as it was, BER or not. */
static const uint32_t kept_as_written = 1U << MTL_EXT_CERTIFICATE_POLICIES | 1U << MTL_EXT_SUBJECT_ALT_NAME |
                                        1U << MTL_EXT_ISSUER_ALT_NAME | 1U << MTL_EXT_AUTHORITY_KEY_ID |
                                        1U << MTL_EXT_NAME_CONSTRAINTS | 1U << MTL_EXT_CRL_DISTRIBUTION_POINTS |
                                        1U << MTL_EXT_FRESHEST_CRL | 1U << MTL_EXT_AUTHORITY_INFO_ACCESS;

/* False: the value is one where a known difference makes further comparison pointless. */
static bool
compare_value(struct cert_judge *judge, const struct mtl_cert *ours, X509 *theirs, unsigned i)
{
    uint32_t bit = 1U << i;
    bool malformed = ours->malformed & bit, decodes;
    uint8_t *encoding;
    struct mtl_slice written = encode_again(theirs, nids[i], &encoding, &decodes);
    bool is_der = mtl_slice_equal(written, mtl_cert_bytes(ours, ours->extension[i]));
    char what[64];

    OPENSSL_free(encoding);
    snprintf(what, sizeof(what), "extension %s", OBJ_nid2sn(nids[i]));
    if (i == MTL_EXT_SCT_LIST) {
        judge->laxities[CERT_LAX_SCT] += malformed == decodes;
        return true;
    }
    if (malformed && decodes && (!is_der || (kept_as_written & bit)) &&
        cert_judge_may_be_ber(mtl_cert_bytes(ours, ours->extension[i]))) {
        judge->laxities[CERT_LAX_BER_VALUE]++;
        return false;
    }
    if (malformed)
        return judge_expect(judge, !decodes || (checked_after_decoding & bit), what);
    judge_expect(judge, decodes, what);
    if (i == MTL_EXT_BASIC_CONSTRAINTS) /* cA FALSE spelled out: nobody minds; cA of 01: libcrypto keeps the octet */
        return true;
    judge_expect(judge, is_der || (ours->not_der & bit), what);
    judge_expect(judge, !is_der || !(ours->not_der & bit) || (kept_as_written & bit), what);
    return true;
}

static uint16_t
reversed(uint32_t octets)
{
    uint16_t mask = 0;

    for (unsigned bit = 0; bit < 16; bit++) {
        if (octets & (0x80U >> bit % 8) << bit / 8 * 8)
            mask |= (uint16_t)(1U << bit);
    }
    return mask;
}

static void
compare_usages(struct cert_judge *judge, const struct mtl_cert *ours, X509 *theirs)
{
    static const struct {
        unsigned ours, theirs;
    } usages[] = {
        {MTL_EKU_SERVER_AUTH, XKU_SSL_SERVER},      {MTL_EKU_CLIENT_AUTH, XKU_SSL_CLIENT},
        {MTL_EKU_EMAIL_PROTECTION, XKU_SMIME},      {MTL_EKU_CODE_SIGNING, XKU_CODE_SIGN},
        {MTL_EKU_MS_SGC | MTL_EKU_NS_SGC, XKU_SGC}, {MTL_EKU_OCSP_SIGNING, XKU_OCSP_SIGN},
        {MTL_EKU_TIME_STAMPING, XKU_TIMESTAMP},     {MTL_EKU_ANY, XKU_ANYEKU},
    };
    uint32_t key_usage = X509_get_key_usage(theirs), extended = X509_get_extended_key_usage(theirs);

    judge_expect(judge, ours->key_usage == (key_usage == UINT32_MAX ? 0 : reversed(key_usage)), "keyUsage");
    if (extended == UINT32_MAX)
        extended = 0;
    for (size_t i = 0; i < sizeof(usages) / sizeof(usages[0]); i++)
        judge_expect(judge, !(ours->extended_key_usage & usages[i].ours) == !(extended & usages[i].theirs),
                     "extendedKeyUsage");
}

static void
compare_netscape(struct cert_judge *judge, const struct mtl_cert *ours, X509 *theirs)
{
    ASN1_BIT_STRING *bits = X509_get_ext_d2i(theirs, NID_netscape_cert_type, NULL, NULL);
    uint32_t octet = bits && ASN1_STRING_length(bits) > 0 ? ASN1_STRING_get0_data(bits)[0] : 0;

    judge_expect(judge, ours->netscape_cert_type == reversed(octet), "nsCertType");
    ASN1_BIT_STRING_free(bits);
}

static void
compare_octets(struct cert_judge *judge, struct mtl_slice ours, const ASN1_OCTET_STRING *theirs, const char *what)
{
    if (judge_expect(judge, (ours.data != NULL) == (theirs != NULL), what) && theirs)
        judge_expect_bytes(judge, ours, mtl_slice_of(ASN1_STRING_get0_data(theirs), (size_t)ASN1_STRING_length(theirs)),
                           what);
}

static void
compare_key_ids(struct cert_judge *judge, const struct mtl_cert *ours, X509 *theirs)
{
    const GENERAL_NAMES *issuers = X509_get0_authority_issuer(theirs);
    struct mtl_slice directory = {0};

    for (int i = 0; i < sk_GENERAL_NAME_num(issuers) && !directory.data; i++) {
        const GENERAL_NAME *name = sk_GENERAL_NAME_value(issuers, i);
        if (name->type == GEN_DIRNAME)
            X509_NAME_get0_der(name->d.directoryName, &directory.data, &directory.size);
    }
    judge_expect_bytes(judge, mtl_cert_bytes(ours, ours->authority_issuer), directory, "authorityCertIssuer");
    compare_octets(judge, mtl_cert_bytes(ours, ours->subject_key_id), X509_get0_subject_key_id(theirs),
                   "subjectKeyIdentifier");
    compare_octets(judge, mtl_cert_bytes(ours, ours->authority_key_id), X509_get0_authority_key_id(theirs),
                   "authorityKeyIdentifier");
    judge_compare_integer(judge, mtl_cert_bytes(ours, ours->authority_serial), X509_get0_authority_serial(theirs),
                          "authorityCertSerialNumber");
}

static bool
has(uint32_t flags, uint32_t flag)
{
    return (flags & flag) != 0;
}

/* A pathLenConstraint beyond a long counts as none with libcrypto; with us it is the largest there is: no limit either.
 */
static bool
same_path_length(int32_t ours, long theirs)
{
    return ours == theirs || (ours == INT32_MAX && (theirs > INT32_MAX || theirs == -1));
}

static void
compare_flags(struct cert_judge *judge, const struct mtl_cert *ours, X509 *theirs)
{
    uint32_t flags = X509_get_extension_flags(theirs);
    uint32_t well = ours->present & ~ours->malformed;
    bool unsupported = ours->other_critical || (ours->critical & ~supported_when_critical);
    long length = X509_get_pathlen(theirs);

    judge_expect(judge, has(flags, EXFLAG_INVALID) == mtl_cert_has_malformed_extension(ours), "EXFLAG_INVALID");
    judge_expect(judge, has(flags, EXFLAG_SI) == ours->self_issued, "EXFLAG_SI");
    judge_expect(judge, has(flags, EXFLAG_SS) == mtl_cert_is_self_signed(ours), "EXFLAG_SS");
    judge_expect(judge, has(flags, EXFLAG_V1) == (ours->version == 1), "EXFLAG_V1");
    judge_expect(judge, has(flags, EXFLAG_CRITICAL) == unsupported, "EXFLAG_CRITICAL");
    judge_expect(judge, has(flags, EXFLAG_CA) == ours->is_ca, "EXFLAG_CA");
    if (has(flags, EXFLAG_INVALID))
        return;
    judge_expect(judge, has(flags, EXFLAG_BCONS) == has(well, 1U << MTL_EXT_BASIC_CONSTRAINTS), "EXFLAG_BCONS");
    judge_expect(judge, has(flags, EXFLAG_PROXY) == has(well, 1U << MTL_EXT_PROXY_CERT_INFO), "EXFLAG_PROXY");
    judge_expect(judge, has(flags, EXFLAG_KUSAGE) == has(well, 1U << MTL_EXT_KEY_USAGE), "EXFLAG_KUSAGE");
    judge_expect(judge, has(flags, EXFLAG_XKUSAGE) == has(well, 1U << MTL_EXT_EXTENDED_KEY_USAGE), "EXFLAG_XKUSAGE");
    judge_expect(judge, has(flags, EXFLAG_NSCERT) == has(well, 1U << MTL_EXT_NETSCAPE_CERT_TYPE), "EXFLAG_NSCERT");
    judge_expect(judge, same_path_length(ours->path_length, length), "pathLenConstraint");
    compare_usages(judge, ours, theirs);
    compare_netscape(judge, ours, theirs);
    compare_key_ids(judge, ours, theirs);
}

void
judge_extensions(struct cert_judge *judge, const struct mtl_cert *ours, X509 *theirs)
{
    bool go_on = true;

    compare_presence(judge, ours, theirs);
    for (unsigned i = 0; i < MTL_EXT_COUNT; i++) {
        if (mtl_cert_has(ours, (enum mtl_extension)i) && !compare_value(judge, ours, theirs, i))
            go_on = false;
    }
    if (go_on)
        compare_flags(judge, ours, theirs);
}
