/*
 * What the programs built on libgnutls 3.7 share: its verifier, its words for a status, what it signs with.
 *
 * The library sorts what it is sent, cuts it where it meets a trusted certificate and judges each certificate with its
 * issuer, the last pair first. Everything wrong with one pair becomes a bit of the status; then it stops. The name
 * adds its bit in any case; CRLs are looked at if there is no bit yet. No purpose is checked unless a program asks.
 * Sources, all 3.7.9-2+deb12u7: lib/x509/verify.c, verify-high.c, hostname-verify.c, name_constraints.c, x509.c
 * (import, sanity), lib/cert-session.c, auto-verify.c, alert.c, priority.c (NORMAL: profile LOW).
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_STACK_GNUTLS_FAMILY_H
#define MTL_STACK_GNUTLS_FAMILY_H

#include "stack/stack.h"

#define BIT(number) (1U << (number))

/* verify_crt() */
#define PAIR                                                                                                           \
    MTL_STEP_UNLESS_FAILED, MTL_STEP_DEPTH_BELOW, MTL_STEP_UNLESS_FAILED, MTL_STEP_HAS_ISSUER, MTL_STEP_KEY_CERT_SIGN, \
        MTL_STEP_SIGNATURE, MTL_STEP_LEAF_KEY_STRENGTH, MTL_STEP_OWN_DIGEST, MTL_STEP_NOT_BEFORE, MTL_STEP_NOT_AFTER,  \
        MTL_STEP_OF_ISSUER, MTL_STEP_CONSTRAINTS_DECODE, MTL_STEP_IS_CA, MTL_STEP_CRITICAL_EXTENSIONS,                 \
        MTL_STEP_ISSUER_KEY_STRENGTH, MTL_STEP_NOT_BEFORE, MTL_STEP_NOT_AFTER, MTL_STEP_OF_LEAF,                       \
        MTL_STEP_CRITICAL_EXTENSIONS, MTL_STEP_NAME_CONSTRAINTS, MTL_STEP_END

static const enum mtl_step revocation[] = {MTL_STEP_UNLESS_FAILED, MTL_STEP_REVOCATION, MTL_STEP_END};

/* With the steps that a row calls pair, and then leaf. */
#define PHASES                                                                                                         \
    {                                                                                                                  \
        {.direction = MTL_ISSUED_TO_LEAF, .steps = pair}, {.direction = MTL_LEAF_ONLY, .steps = leaf},                 \
        {                                                                                                              \
            .direction = MTL_ISSUED_TO_LEAF, .steps = revocation                                                       \
        }                                                                                                              \
    }

#define GNUTLS_NAMES .common_name = MTL_CN_IF_NO_HOST_SAN, .wildcards = MTL_WILDCARD_LEADING

/* Without .names. */
#define GNUTLS_POLICY                                                                                                  \
    .search = MTL_SEARCH_SORTED, .names_are_compared_as_bytes = true, .names_are_compared_as_text = true,              \
    .key_ids_are_binding = true, .only_key_ids_bind = true, .empty_key_ids_bind_nobody = true,                         \
    .only_basic_constraints_tell = true, .path_length_bits = 32, .negative_path_lengths_are_large = true,              \
    .tells_misfit_keys_apart = true, .early_are_not_late = true, .crls_are_lists = true,                               \
    .understood_extensions =                                                                                           \
        BIT(MTL_EXT_SUBJECT_KEY_ID) | BIT(MTL_EXT_KEY_USAGE) | BIT(MTL_EXT_SUBJECT_ALT_NAME) |                         \
        BIT(MTL_EXT_ISSUER_ALT_NAME) | BIT(MTL_EXT_BASIC_CONSTRAINTS) | BIT(MTL_EXT_NAME_CONSTRAINTS) |                \
        BIT(MTL_EXT_CRL_DISTRIBUTION_POINTS) | BIT(MTL_EXT_AUTHORITY_KEY_ID) | BIT(MTL_EXT_EXTENDED_KEY_USAGE) |       \
        BIT(MTL_EXT_AUTHORITY_INFO_ACCESS) | BIT(MTL_EXT_PROXY_CERT_INFO) | BIT(MTL_EXT_TLS_FEATURE) |                 \
        BIT(MTL_EXT_CERTIFICATE_POLICIES) | BIT(MTL_EXT_INHIBIT_ANY_POLICY),                                           \
    .security_bits = 80, .known_curves = KNOWN_CURVES,                                                                 \
    .signature_digests = ~(BIT(MTL_DIGEST_MD2) | BIT(MTL_DIGEST_MD4) | BIT(MTL_DIGEST_MD5) | BIT(MTL_DIGEST_SHA1)),    \
    .revocation = MTL_REVOCATION_CHAIN,                                                                                \
    .constraints = {.common_name_as_dns = true,                                                                        \
                    .one_common_name = true,                                                                           \
                    .any_text_is_mailbox = true,                                                                       \
                    .empty_bases_hold_all = true,                                                                      \
                    .ranges_are_ignored = true,                                                                        \
                    .families_are_apart = true,                                                                        \
                    .empty_directory_ends_list = true,                                                                 \
                    .compared_types = BIT(MTL_GN_DNS) | BIT(MTL_GN_EMAIL) | BIT(MTL_GN_IP)},                           \
    .phases = phases, .phase_count = sizeof(phases) / sizeof(phases[0])

/* The same alert in both roles and versions: the library has one for every status. */
#define ALWAYS(alert)                                                                                                  \
    {                                                                                                                  \
        {alert, alert},                                                                                                \
        {                                                                                                              \
            alert, alert                                                                                               \
        }                                                                                                              \
    }

/*
 * Reason, the bit and its name without GNUTLS_CERT_, the text of gnutls_certificate_verification_status_print(), which
 * joins several in this order.
 */
#define GNUTLS_STATUS_REASONS(X)                                                                                       \
    X(REVOKED, 1 << 5, "REVOKED", "The certificate chain is revoked."),                                                \
        X(NO_ISSUER, 1 << 6, "SIGNER_NOT_FOUND", "The certificate issuer is unknown."),                                \
        X(NOT_A_CA, 1 << 7, "SIGNER_NOT_CA", "The certificate issuer is not a CA."),                                   \
        X(WEAK_DIGEST, 1 << 8, "INSECURE_ALGORITHM", "The certificate chain uses insecure algorithm."),                \
        X(LEAF_KEY_WEAK, 1 << 8, "INSECURE_ALGORITHM", "The certificate chain uses insecure algorithm."),              \
        X(ISSUER_KEY, 1 << 8, "INSECURE_ALGORITHM", "The certificate chain uses insecure algorithm."),                 \
        X(ISSUER_KEY_WEAK, 1 << 8, "INSECURE_ALGORITHM", "The certificate chain uses insecure algorithm."),            \
        X(NO_CERT_SIGN, 1 << 16, CONSTRAINTS), X(MISFIT_KEY, 1 << 16, CONSTRAINTS),                                    \
        X(PATH_LENGTH, 1 << 16, CONSTRAINTS), X(CONSTRAINT_PERMITTED, 1 << 16, CONSTRAINTS),                           \
        X(CONSTRAINT_EXCLUDED, 1 << 16, CONSTRAINTS), X(CONSTRAINT_TYPE, 1 << 16, CONSTRAINTS),                        \
        X(CONSTRAINT_SYNTAX, 1 << 16, CONSTRAINTS), X(CONSTRAINT_NAME_SYNTAX, 1 << 16, CONSTRAINTS),                   \
        X(CONSTRAINT_TOO_MANY, 1 << 16, CONSTRAINTS),                                                                  \
        X(PURPOSE, 1 << 18, "PURPOSE_MISMATCH", "The certificate chain does not match the intended purpose."),         \
        X(NOT_YET_VALID, 1 << 9, "NOT_ACTIVATED", "The certificate chain uses not yet valid certificate."),            \
        X(EXPIRED, 1 << 10, "EXPIRED", "The certificate chain uses expired certificate."),                             \
        X(SIGNATURE, 1 << 11, "SIGNATURE_FAILURE", "The signature in the certificate is invalid."),                    \
        X(NAME_MISMATCH, 1 << 14, OWNER), X(ADDRESS_MISMATCH, 1 << 14, OWNER),                                         \
        X(CRITICAL_EXTENSION, 1 << 21, "UNKNOWN_CRIT_EXTENSIONS",                                                      \
          "The certificate contains an unknown critical extension.")

#define CONSTRAINTS "SIGNER_CONSTRAINTS_FAILURE", "The certificate chain violates the signer's constraints."
#define OWNER "UNEXPECTED_OWNER", "The name in the certificate does not match the expected."

/* What is wrong with a leaf that does not decode, where it is said. */
#define GNUTLS_LEAF_REASONS                                                                                            \
    {MTL_REASON_ALGORITHMS_DIFFER, 0, "GNUTLS_E_CERTIFICATE_ERROR", "Error in the certificate.", ALWAYS(42)},          \
        {MTL_REASON_EXPLICIT_CURVE, 0, "GNUTLS_E_ASN1_DER_ERROR", "ASN1 parser: Error in DER parsing.", ALWAYS(42)},   \
        {MTL_REASON_UNKNOWN_CURVE, 0, "GNUTLS_E_ECC_UNSUPPORTED_CURVE", "The curve is unsupported", ALWAYS(80)},       \
        {MTL_REASON_MALFORMED, 0, "GNUTLS_E_ASN1_TAG_ERROR", "ASN1 parser: Error in TAG.", ALWAYS(42)},                \
    {                                                                                                                  \
        MTL_REASON_DUPLICATE_EXTENSION, 0, "GNUTLS_E_X509_DUPLICATE_EXTENSION",                                        \
            "Duplicate extension in X.509 certificate.", ALWAYS(80)                                                    \
    }

static const struct mtl_reading_oddity gnutls_oddities[] = {
    {MTL_ODD_OLD_WITH_EXTENSIONS, 0, "Error in the certificate.", NULL},
    {MTL_ODD_EMPTY_NAME, MTL_EXT_SUBJECT_ALT_NAME, "Unknown Subject Alternative name in X.509 certificate.", NULL},
    {MTL_ODD_EMPTY_NAME, MTL_EXT_ISSUER_ALT_NAME, "Unknown Subject Alternative name in X.509 certificate.", NULL},
    {MTL_ODD_KEY_UNUSABLE, MTL_KEY_RSA, "ASN1 parser: ", NULL},
    {MTL_ODD_KEY_UNUSABLE, MTL_KEY_EC, NULL, "the point of its key does not decode"},
};

/* What every endpoint of the library does, without .signing. */
#define GNUTLS_ENDPOINT                                                                                                \
    .judges_after_proof = true, .old_server_judges_first = true, .empty_key_usage_allows_all = true,                   \
    .sorts_own_chain = true, .reads_own_chain = true, .reads_only_pem = true, .refuses_own_undecodable_files = true,   \
    .reading = {.malformed_extensions = BIT(MTL_EXT_SUBJECT_ALT_NAME) | BIT(MTL_EXT_ISSUER_ALT_NAME),                  \
                .refuses_duplicate_extensions = true,                                                                  \
                .refuses_differing_algorithms = true,                                                                  \
                .oddities = gnutls_oddities,                                                                           \
                .oddity_count = sizeof(gnutls_oddities) / sizeof(gnutls_oddities[0]),                                  \
                .leaves_keys_of_anchors = true,                                                                        \
                .curves = KNOWN_CURVES},                                                                               \
    .hides_unreadable = {[MTL_TLS12] = true}, .decodes_issuers_last = {[MTL_TLS13] = true},                            \
    .decodes_curves_of_leaf_only = {[MTL_TLS13] = true}, .refuses_unreadable_trust = true,                             \
    .trusts_only_plain_certificates = true, .proof_needs_digital_signature = KEYS, .accepted_keys = KEYS,              \
    .loadable_keys = KEYS | BIT(MTL_KEY_DSA), .largest_certificate_message = 128 * 1024, .most_certificates = 16,      \
    .ignores_offered_curves = true, .most_ca_names = 65535, .keys_without_scheme = BIT(MTL_KEY_DSA)

/* Of those that call gnutls_alert_send_appropriate(). */
#define GNUTLS_ALERTS                                                                                                  \
    .no_certificate_alert = {[MTL_TLS12] = 50, [MTL_TLS13] = 116},                                                     \
    .no_shared_algorithm_alert = {[MTL_TLS12] = 40, [MTL_TLS13] = 40}, .too_large_alert = 50, .proof_usage_alert = 80, \
    .odd_host_alert = 47, .unsignable_alert = {[MTL_CLIENT] = {[MTL_TLS12] = 40}}

/* lib/alert.c */
static const struct mtl_stack_alert_words gnutls_alert_words[] = {
    {40, "Handshake failed", 0},
    {42, "Certificate is bad", 0},
    {43, "Certificate is not supported", 0},
    {44, "Certificate was revoked", 0},
    {45, "Certificate is expired", 0},
    {46, "Unknown certificate", 0},
    {47, "Illegal parameter", 0},
    {48, "CA is unknown", 0},
    {49, "Access was denied", 0},
    {50, "Decode error", 0},
    {51, "Decrypt error", 0},
    {70, "Error in protocol version", 0},
    {71, "Insufficient security", 0},
    {80, "Internal error", 0},
    {112, "The server name sent was not recognized", 0},
    {116, "Certificate is required", 0},
};

enum {
    KEYS = BIT(MTL_KEY_RSA) | BIT(MTL_KEY_RSA_PSS) | BIT(MTL_KEY_EC) | BIT(MTL_KEY_ED25519) | BIT(MTL_KEY_ED448),
    SCHEME_CURVES = BIT(MTL_CURVE_P256) | BIT(MTL_CURVE_P384) | BIT(MTL_CURVE_P521),
    KNOWN_CURVES = SCHEME_CURVES | BIT(MTL_CURVE_P224) | BIT(MTL_CURVE_P192),
};

static const struct mtl_stack_signing client_signing[MTL_TLS_COUNT] = {
    /* of TLS 1.2's certificate types it knows no other keys by */
    [MTL_TLS12] = {.keys = BIT(MTL_KEY_RSA) | BIT(MTL_KEY_EC) | BIT(MTL_KEY_DSA),
                   .curves = SCHEME_CURVES,
                   .need_digital_signature = KEYS},
    [MTL_TLS13] = {.keys = KEYS, .curves = SCHEME_CURVES, .need_digital_signature = KEYS},
};
static const struct mtl_stack_signing server_signing[MTL_TLS_COUNT] = {
    [MTL_TLS12] = {.keys = KEYS,
                   .curves = KNOWN_CURVES,
                   .need_digital_signature = KEYS & ~BIT(MTL_KEY_RSA),
                   .peer_needs_digital_signature = BIT(MTL_KEY_EC) | BIT(MTL_KEY_ED25519) | BIT(MTL_KEY_ED448)},
    [MTL_TLS13] = {.keys = KEYS, .curves = SCHEME_CURVES, .need_digital_signature = KEYS},
};

#endif
