/*
 * What Mbed TLS 2.28 and 3.6 have in common: how a chain is built and judged, what does not decode, reasons and words.
 * A row defines before it includes this: MBEDTLS_NO_SUITE, MBEDTLS_OWN_TOO_LARGE (texts), MBEDTLS_KEY_IDS (the
 * extensions that it knows beside the others).
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_STACK_MBEDTLS_FAMILY_H
#define MTL_STACK_MBEDTLS_FAMILY_H

#include "stack/stack.h"

#define BIT(number) (1U << (number))

/* mbedtls_x509_crt_verify(), then the secondary checks of ssl_parse_certificate_verify() */
static const enum mtl_step chain[] = {
    MTL_STEP_HAS_ISSUER,           MTL_STEP_NOT_BEFORE, MTL_STEP_NOT_AFTER,  MTL_STEP_DIGEST_STRENGTH,
    MTL_STEP_ISSUER_KEY_SUPPORTED, MTL_STEP_SIGNATURE,  MTL_STEP_REVOCATION, MTL_STEP_END,
};
static const enum mtl_step leaf[] = {
    MTL_STEP_IDENTITY,
    MTL_STEP_LEAF_KEY_SUPPORTED,
    MTL_STEP_PURPOSE,
    MTL_STEP_END,
};
static const struct mtl_phase phases[] = {
    {.direction = MTL_LEAF_TO_ROOT, .steps = chain},
    {.direction = MTL_LEAF_ONLY, .steps = leaf},
};

/* The order in which ssl_parse_certificate_verify() looks for an alert. */
static const uint16_t specificity[MTL_REASON_COUNT] = {
    [MTL_REASON_DEPTH] = 90,           [MTL_REASON_NAME_MISMATCH] = 80, [MTL_REASON_ADDRESS_MISMATCH] = 80,
    [MTL_REASON_KEY_USAGE] = 70,       [MTL_REASON_PURPOSE] = 65,       [MTL_REASON_LEAF_KEY_WEAK] = 60,
    [MTL_REASON_ISSUER_KEY_WEAK] = 60, [MTL_REASON_EXPIRED] = 50,       [MTL_REASON_REVOKED] = 40,
    [MTL_REASON_NO_ISSUER] = 30,       [MTL_REASON_SIGNATURE] = 30,
};

/* One alert for both roles and versions of TLS. */
#define ROW_OF(reason, name, text, alert)                                                                              \
    {                                                                                                                  \
        MTL_REASON_##reason, 0, "MBEDTLS_" name, text,                                                                 \
        {                                                                                                              \
            {alert, alert},                                                                                            \
            {                                                                                                          \
                alert, alert                                                                                           \
            }                                                                                                          \
        }                                                                                                              \
    }
#define ROW(...) ROW_OF(__VA_ARGS__)
#define NOT_TRUSTED "X509_BADCERT_NOT_TRUSTED", "The certificate is not correctly signed by the trusted CA", 48
#define BAD_KEY                                                                                                        \
    "X509_BADCERT_BAD_KEY", "The certificate is signed with an unacceptable key (eg bad curve, RSA too short).", 43
#define BAD_CRL "X509_BADCRL_NOT_TRUSTED", "The CRL is not correctly signed by the trusted CA", 46
#define CN "X509_BADCERT_CN_MISMATCH", "The certificate Common Name (CN) does not match with the expected CN", 42
/* mbedtls_x509_crt_parse_der() */
#define INVALID_EXTENSION "ERR_X509_INVALID_EXTENSIONS", "X509 - The extension tag or value is invalid", 42
#define OTHER_KIND "PK - Key algorithm is unsupported (only RSA and EC are supported)"

static const struct mtl_stack_reason reasons[] = {
    ROW(NO_ISSUER, NOT_TRUSTED),
    ROW(SIGNATURE, NOT_TRUSTED),
    ROW(DEPTH, "ERR_X509_FATAL_ERROR",
        "X509 - A fatal error occurred, eg the chain is too long or the vrfy callback failed", 49),
    ROW(NAME_MISMATCH, CN),
    ROW(ADDRESS_MISMATCH, CN),
    ROW(KEY_USAGE, "X509_BADCERT_KEY_USAGE", "Usage does not match the keyUsage extension", 43),
    ROW(PURPOSE, "X509_BADCERT_EXT_KEY_USAGE", "Usage does not match the extendedKeyUsage extension", 43),
    ROW(LEAF_KEY_WEAK, BAD_KEY),
    ROW(ISSUER_KEY_WEAK, BAD_KEY),
    ROW(WEAK_DIGEST, "X509_BADCERT_BAD_MD", "The certificate is signed with an unacceptable hash.", 46),
    ROW(EXPIRED, "X509_BADCERT_EXPIRED", "The certificate validity has expired", 45),
    ROW(NOT_YET_VALID, "X509_BADCERT_FUTURE", "The certificate validity starts in the future", 46),
    ROW(REVOKED, "X509_BADCERT_REVOKED", "The certificate has been revoked (is on a CRL)", 44),
    ROW(CRL_EXPIRED, "X509_BADCRL_EXPIRED", "The CRL is expired", 46),
    ROW(CRL_NOT_YET_VALID, "X509_BADCRL_FUTURE", "The CRL is from the future", 46),
    ROW(CRL_SIGNATURE, BAD_CRL),
    ROW(CRL_ISSUER_KEY_USAGE, BAD_CRL),
    ROW(MALFORMED, INVALID_EXTENSION),
    ROW(DUPLICATE_EXTENSION, INVALID_EXTENSION),
    ROW(CRITICAL_EXTENSION, INVALID_EXTENSION),
    ROW(ALGORITHMS_DIFFER, "ERR_X509_SIG_MISMATCH", "X509 - Signature algorithms do not match.", 42),
    ROW(LEAF_KEY_UNSUPPORTED, "ERR_PK_UNKNOWN_PK_ALG", OTHER_KIND, 42),
    ROW(ISSUER_KEY_UNSUPPORTED, "ERR_X509_UNKNOWN_SIG_ALG", "X509 - Signature algorithm (oid) is unsupported", 0),
    ROW(EXPLICIT_CURVE, "ERR_PK_KEY_INVALID_FORMAT", "PK - Invalid key tag or value", 42),
    ROW(UNKNOWN_CURVE, "ERR_PK_UNKNOWN_NAMED_CURVE", "PK - Elliptic curve is unsupported", 42),
};

/* mbedtls_strerror() */
static const struct mtl_stack_own_words own_words[] = {
    {MTL_REASON_MALFORMED, true, {"{text}"}},
    {MTL_REASON_DUPLICATE_EXTENSION, true, {"{text}"}},
    {MTL_REASON_CRITICAL_EXTENSION, true, {"{text}"}},
    {MTL_REASON_ALGORITHMS_DIFFER, true, {"{text}"}},
    {MTL_REASON_LEAF_KEY_UNSUPPORTED, true, {"{text}"}},
    {MTL_REASON_ISSUER_KEY_UNSUPPORTED, true, {"{text}"}},
    {MTL_REASON_EXPLICIT_CURVE, true, {"{text}"}},
    {MTL_REASON_UNKNOWN_CURVE, true, {"{text}"}},
    {MTL_REASON_UNDECODABLE, true, {"certificates could not be read"}},
    {MTL_REASON_CRL_CRITICAL_EXTENSION, true, {"X509 - The extension tag or value is invalid"}},
    {MTL_REASON_EMPTY_TRUST, true, {"X509 - The CRT/CRL/CSR format is invalid, e.g. different type expected"}},
    {MTL_REASON_TOO_LARGE, true, {MBEDTLS_OWN_TOO_LARGE}},
    {MTL_REASON_NO_SHARED_ALGORITHM, false, {MBEDTLS_NO_SUITE, MBEDTLS_NO_SUITE}},
    {MTL_REASON_NO_CERTIFICATE, false, {MBEDTLS_NO_SUITE, MBEDTLS_NO_SUITE}},
};

/* What it says is the same for every alert. */
#define RECEIVED "SSL - A fatal alert message was received from our peer"
static const struct mtl_stack_alert_words alert_words[] = {
    {40, RECEIVED, 0}, {42, RECEIVED, 0}, {43, RECEIVED, 0}, {44, RECEIVED, 0}, {45, RECEIVED, 0},
    {46, RECEIVED, 0}, {47, RECEIVED, 0}, {48, RECEIVED, 0}, {49, RECEIVED, 0}, {50, RECEIVED, 0},
    {51, RECEIVED, 0}, {70, RECEIVED, 0}, {80, RECEIVED, 0},
};

enum {
    KEYS = BIT(MTL_KEY_RSA) | BIT(MTL_KEY_EC),
    /* that peers accept, too */
    CURVES = BIT(MTL_CURVE_P256) | BIT(MTL_CURVE_P384) | BIT(MTL_CURVE_P521),
    KNOWN_CURVES = CURVES | BIT(MTL_CURVE_P192) | BIT(MTL_CURVE_P224) | BIT(MTL_CURVE_SECP256K1) |
                   BIT(MTL_CURVE_BRAINPOOL_P256R1) | BIT(MTL_CURVE_BRAINPOOL_P384R1) | BIT(MTL_CURVE_BRAINPOOL_P512R1),
    SHA2 = BIT(MTL_DIGEST_SHA224) | BIT(MTL_DIGEST_SHA256) | BIT(MTL_DIGEST_SHA384) | BIT(MTL_DIGEST_SHA512),
    LEAST_RSA_BITS = 2048,
    RECORD = 16384, /* a message must fit in one, with a header of 4 octets; of its own it wants 3 octets more */
    /* oid_x509_ext[] */
    KNOWN = BIT(MTL_EXT_BASIC_CONSTRAINTS) | BIT(MTL_EXT_KEY_USAGE) | BIT(MTL_EXT_EXTENDED_KEY_USAGE) |
            BIT(MTL_EXT_SUBJECT_ALT_NAME) | BIT(MTL_EXT_NETSCAPE_CERT_TYPE) | BIT(MTL_EXT_CERTIFICATE_POLICIES) |
            MBEDTLS_KEY_IDS,
};

static const struct mtl_reading_oddity oddities[] = {
    {MTL_ODD_CRITICAL, MTL_EXT_CERTIFICATE_POLICIES,
     "X509 - Unavailable feature, e.g. RSA hashing/encryption combination", NULL},
    {MTL_ODD_OLD_WITH_EXTENSIONS, 0, "X509 - The CRT/CRL/CSR format is invalid, e.g. different type expected", NULL},
    {MTL_ODD_VERSION, 0, NULL, "its version is neither 1 nor 2 nor 3"},
    {MTL_ODD_RSA_KEY, 0, NULL, "its RSA key is not two numbers in DER"},
    {MTL_ODD_RSA_SIGN, 0, NULL, "its RSA modulus is not positive"},
    {MTL_ODD_RSA_NUMBERS, 0, NULL, "its RSA key has numbers of an unusual kind"},
    {MTL_ODD_EC_FORM, 0, NULL, "the point of its key is compressed"},
    {MTL_ODD_EC_POINT, 0, NULL, "the point of its key is not on its curve"},
    {MTL_ODD_NOT_DER, MTL_EXT_SUBJECT_ALT_NAME, NULL, "its subjectAltName is not in DER"},
    {MTL_ODD_NOT_DER, MTL_EXT_EXTENDED_KEY_USAGE, NULL, "its extKeyUsage is not in DER"},
};

#define MBEDTLS_POLICY                                                                                                 \
    .search = MTL_SEARCH_ONWARDS, .spaces_in_names_count = true, .issuers_need_only_the_name = true,                   \
    .default_depth = 8, .specificity = specificity,                                                                    \
    .eku = {[MTL_CLIENT] = MTL_EKU_CLIENT_AUTH | MTL_EKU_ANY, [MTL_SERVER] = MTL_EKU_SERVER_AUTH | MTL_EKU_ANY},       \
    .key_usage = {[MTL_CLIENT] = MTL_KU_DIGITAL_SIGNATURE, [MTL_SERVER] = MTL_KU_DIGITAL_SIGNATURE},                   \
    .self_issued_are_exempt_from_path_length = true, .tells_purposes_apart = true, .signature_digests = SHA2,          \
    .rsa_bits = {LEAST_RSA_BITS}, .revocation = MTL_REVOCATION_CHAIN, .every_crl_counts = true, .phases = phases,      \
    .phase_count = sizeof(phases) / sizeof(phases[0])
#define MBEDTLS_NAMES .common_name = MTL_CN_IF_NO_SAN, .wildcards = MTL_WILDCARD_SHORT
#define MBEDTLS_WORDS                                                                                                  \
    .rejects_server = {"{text}"}, .rejects_client = {"{text}"},                                                        \
    .no_certificate = {"SSL - No client certification received from the client, but required by the "                  \
                       "authentication mode"},                                                                         \
    .alert_line = "{alert}", .unreadable = {[MTL_CLIENT] = "{text}", [MTL_SERVER] = "{text}"},                         \
    .some_unreadable = "certificates could not be read"
#define MBEDTLS_READING                                                                                                \
    .malformed_extensions = KNOWN, .unique_extensions = KNOWN, .refuses_differing_algorithms = true,                   \
    .curves = KNOWN_CURVES, .critical_extensions = KNOWN, .critical_in_anchors = true, .keys = KEYS,                   \
    .signature_keys = KEYS | BIT(MTL_KEY_RSA_PSS),                                                                     \
    .signature_digests = SHA2 | BIT(MTL_DIGEST_MD5) | BIT(MTL_DIGEST_SHA1), .oddities = oddities,                      \
    .oddity_count = sizeof(oddities) / sizeof(oddities[0])
#define MBEDTLS_ENDPOINT                                                                                               \
    .reasons = reasons, .reason_count = sizeof(reasons) / sizeof(reasons[0]), .alert_words = alert_words,              \
    .alert_word_count = sizeof(alert_words) / sizeof(alert_words[0]), .own_words = own_words,                          \
    .own_word_count = sizeof(own_words) / sizeof(own_words[0]), .optional_accepts_all = true, .own_needs_eku = true,   \
    .reads_own_chain = true, .forgives_broken_trust = true, .refuses_own_undecodable_files = true,                     \
    .tells_why_trust_is_empty = true, .passes_over_unknown_signatures = true, .signs_with_any_key = true,              \
    .proof = &proof, .trusts_only_plain_certificates = true, .refuses_empty_trust = true, .accepted_keys = KEYS,       \
    .loadable_keys = KEYS, .refuses_critical_crls = true,                                                              \
    .signing = {[MTL_CLIENT] = client_signing, [MTL_SERVER] = server_signing},                                         \
    .largest_certificate_message = RECORD - 4, .largest_own_certificate_message = RECORD - 7

#endif
