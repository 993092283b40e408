/*
 * What the stacks built on BoringSSL's libssl, or on one that descends from it, share: the verifier, the reasons and
 * alerts, and with what it signs. It has no security levels, and looks at keyUsage before it builds a path.
 *
 * Every table that is defined here is private to the file that includes it.
 * Sources, all in boring-sys 5.4.0: crypto/x509/x509_vfy.cc (order and codes), v3_purp.cc (purposes, what issues what),
 * v3_ncons.cc, policy.cc, x509_trs.cc; ssl/ssl_x509.cc (code to alert), tls13_both.cc and handshake_*.cc (keyUsage, too
 * large), ssl_privkey.cc and extensions.cc (keys and signature algorithms). SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_STACK_BORINGSSL_FAMILY_H
#define MTL_STACK_BORINGSSL_FAMILY_H

#include "stack/stack.h"

#define BIT(number) (1U << (number))

/* X509_verify_cert(): what was sent is checked leaf first, then names and CRLs; signatures and dates from the root. */
static const enum mtl_step leaf_decodes[] = {MTL_STEP_DECODABLE_EXTENSIONS, MTL_STEP_END};
static const enum mtl_step extensions[] = {
    MTL_STEP_CRITICAL_EXTENSIONS, MTL_STEP_IS_CA, MTL_STEP_PURPOSE, MTL_STEP_PATH_LENGTH, MTL_STEP_END,
};
static const enum mtl_step identity[] = {MTL_STEP_IDENTITY, MTL_STEP_END};
static const enum mtl_step revocation[] = {MTL_STEP_REVOCATION, MTL_STEP_END};
static const enum mtl_step signatures[] = {
    MTL_STEP_DIGEST_STRENGTH, MTL_STEP_SIGNATURE, MTL_STEP_NOT_BEFORE, MTL_STEP_NOT_AFTER, MTL_STEP_END,
};
static const enum mtl_step name_constraints[] = {MTL_STEP_NAME_CONSTRAINTS, MTL_STEP_END};

/* What verifiers that descend from it have kept. */
#define BORINGSSL_COMMON_POLICY                                                                                        \
    .search = MTL_SEARCH_FIRST_ISSUER, .key_ids_are_binding = true, .malformed_never_issue = true,                     \
    .issuers_need_cert_sign = true, .any_key_may_issue = true, .honours_aux_trust = true, .aux_trust_is_all = true,    \
    .default_depth = 100, .depth_is_no_reason = true, .expires_at_not_after = true, .path_length_needs_ca = true,      \
    .empty_key_usage_decodes = true, .self_issued_are_exempt_from_path_length = true, .nested_eku = true,              \
    .eku = {[MTL_CLIENT] = MTL_EKU_CLIENT_AUTH, [MTL_SERVER] = MTL_EKU_SERVER_AUTH},                                   \
    .key_usage = {[MTL_CLIENT] = MTL_KU_DIGITAL_SIGNATURE | MTL_KU_KEY_AGREEMENT,                                      \
                  [MTL_SERVER] = MTL_KU_DIGITAL_SIGNATURE | MTL_KU_KEY_ENCIPHERMENT | MTL_KU_KEY_AGREEMENT},           \
    .signature_digests = BIT(MTL_DIGEST_NONE) | BIT(MTL_DIGEST_SHA1) | BIT(MTL_DIGEST_SHA224) |                        \
                         BIT(MTL_DIGEST_SHA256) | BIT(MTL_DIGEST_SHA384) | BIT(MTL_DIGEST_SHA512),                     \
    .signature_keys = BIT(MTL_KEY_RSA) | BIT(MTL_KEY_EC) | BIT(MTL_KEY_ED25519) | BIT(MTL_KEY_RSA_PSS),                \
    .revocation = MTL_REVOCATION_CHAIN, .knows_no_delta_crls = true, .removed_are_revoked = true
#define BORINGSSL_COMMON_CRITICAL                                                                                      \
    (BIT(MTL_EXT_KEY_USAGE) | BIT(MTL_EXT_SUBJECT_ALT_NAME) | BIT(MTL_EXT_BASIC_CONSTRAINTS) |                         \
     BIT(MTL_EXT_CERTIFICATE_POLICIES) | BIT(MTL_EXT_EXTENDED_KEY_USAGE) | BIT(MTL_EXT_POLICY_CONSTRAINTS) |           \
     BIT(MTL_EXT_NAME_CONSTRAINTS) | BIT(MTL_EXT_POLICY_MAPPINGS) | BIT(MTL_EXT_INHIBIT_ANY_POLICY))
#define BORINGSSL_COMMON_DECODED                                                                                       \
    (BIT(MTL_EXT_BASIC_CONSTRAINTS) | BIT(MTL_EXT_KEY_USAGE) | BIT(MTL_EXT_EXTENDED_KEY_USAGE) |                       \
     BIT(MTL_EXT_SUBJECT_KEY_ID) | BIT(MTL_EXT_AUTHORITY_KEY_ID) | BIT(MTL_EXT_SUBJECT_ALT_NAME) |                     \
     BIT(MTL_EXT_NAME_CONSTRAINTS) | BIT(MTL_EXT_CRL_DISTRIBUTION_POINTS))

/* All of struct mtl_policy but which certificates in the trust store end a path, names and phases. */
#define BORINGSSL_POLICY                                                                                               \
    BORINGSSL_COMMON_POLICY,                                                                                           \
        .issuers_in_order = true, .climbs_whole_store = true, .anchors_are_dated = true,                               \
        .understood_extensions = BORINGSSL_COMMON_CRITICAL, .decodable_extensions = BORINGSSL_COMMON_DECODED,          \
        .policies = {.flaws_fail = true},                                                                              \
        .verifying_keys = BIT(MTL_KEY_RSA) | BIT(MTL_KEY_EC) | BIT(MTL_KEY_ED25519) | BIT(MTL_KEY_DSA),                \
        .verifying_curves = BIT(MTL_CURVE_P224) | BIT(MTL_CURVE_P256) | BIT(MTL_CURVE_P384) | BIT(MTL_CURVE_P521),     \
        .constraints = {.directory_names = true,                                                                       \
                        .uncompared_types = BIT(MTL_GN_IP) | BIT(MTL_GN_OTHER_NAME),                                   \
                        .only_plain_names = true,                                                                      \
                        .needs_alt_name = true}

/* One alert for both roles and both versions. */
#define ALWAYS(alert)                                                                                                  \
    {                                                                                                                  \
        {alert, alert},                                                                                                \
        {                                                                                                              \
            alert, alert                                                                                               \
        }                                                                                                              \
    }

#define IN_LIBSSL(number, name) "error:" number ":SSL routines:OPENSSL_internal:" name

/* Reason, code, name without X509_V_ERR_, text, alert. */
#define BORINGSSL_COMMON_REASONS(X)                                                                                    \
    X(NO_ISSUER, 20, "UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "unable to get local issuer certificate", 48),               \
        X(NO_ISSUER_OF_ANCHOR, 2, "UNABLE_TO_GET_ISSUER_CERT", "unable to get issuer certificate", 48),                \
        X(SELF_SIGNED_LEAF, 18, "DEPTH_ZERO_SELF_SIGNED_CERT", "self signed certificate", 48),                         \
        X(SELF_SIGNED_IN_CHAIN, 19, "SELF_SIGNED_CERT_IN_CHAIN", "self signed certificate in certificate chain", 48),  \
        X(REJECTED, 28, "CERT_REJECTED", "certificate rejected", 42),                                                  \
        X(MALFORMED, 41, "INVALID_EXTENSION", "invalid or inconsistent certificate extension", 46),                    \
        X(CRITICAL_EXTENSION, 34, "UNHANDLED_CRITICAL_EXTENSION", "unhandled critical extension", 46),                 \
        X(NOT_A_CA, 24, "INVALID_CA", "invalid CA certificate", 48),                                                   \
        X(PURPOSE, 26, "INVALID_PURPOSE", "unsupported certificate purpose", 43),                                      \
        X(PATH_LENGTH, 25, "PATH_LENGTH_EXCEEDED", "path length constraint exceeded", 48),                             \
        X(CRL_SIGNATURE, 8, "CRL_SIGNATURE_FAILURE", "CRL signature failure", 51),                                     \
        X(CRL_SCOPE, 44, "DIFFERENT_CRL_SCOPE", "Different CRL scope", 46),                                            \
        X(CRL_ISSUER_KEY_USAGE, 35, "KEYUSAGE_NO_CRL_SIGN", "key usage does not include CRL signing", 46),             \
        X(CRL_ISSUER_MISSING, 6, "UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY", "unable to decode issuer public key", 42),      \
        X(CRL_CRITICAL_EXTENSION, 36, "UNHANDLED_CRITICAL_CRL_EXTENSION", "unhandled critical CRL extension", 46),     \
        X(WEAK_DIGEST, 7, "CERT_SIGNATURE_FAILURE", "certificate signature failure", 51),                              \
        X(SIGNATURE, 7, "CERT_SIGNATURE_FAILURE", "certificate signature failure", 51),                                \
        X(NOT_YET_VALID, 9, "CERT_NOT_YET_VALID", "certificate is not yet valid", 45),                                 \
        X(EXPIRED, 10, "CERT_HAS_EXPIRED", "certificate has expired", 45),                                             \
        X(CONSTRAINT_PERMITTED, 47, "PERMITTED_VIOLATION", "permitted subtree violation", 46),                         \
        X(CONSTRAINT_EXCLUDED, 48, "EXCLUDED_VIOLATION", "excluded subtree violation", 46),                            \
        X(CONSTRAINT_MINMAX, 49, "SUBTREE_MINMAX", "name constraints minimum and maximum not supported", 46),          \
        X(CONSTRAINT_TYPE, 51, "UNSUPPORTED_CONSTRAINT_TYPE", "unsupported name constraint type", 46),                 \
        X(CONSTRAINT_NAME_SYNTAX, 53, "UNSUPPORTED_NAME_SYNTAX", "unsupported or invalid name syntax", 46),            \
        X(CONSTRAINT_TOO_MANY, 1, "UNSPECIFIED", "unknown certificate verification error", 80)
/* What a certificate's CRL tells of it, or that there is none. */
#define BORINGSSL_CRL_REASONS(X)                                                                                       \
    X(CRL_MISSING, 3, "UNABLE_TO_GET_CRL", "unable to get certificate CRL", 48),                                       \
        X(CRL_EXPIRED, 12, "CRL_HAS_EXPIRED", "CRL has expired", 45),                                                  \
        X(CRL_NOT_YET_VALID, 11, "CRL_NOT_YET_VALID", "CRL is not yet valid", 45),                                     \
        X(REVOKED, 23, "CERT_REVOKED", "certificate revoked", 44)
#define BORINGSSL_NAME_REASONS(X)                                                                                      \
    X(NAME_MISMATCH, 62, "HOSTNAME_MISMATCH", "Hostname mismatch", 42),                                                \
        X(ADDRESS_MISMATCH, 64, "IP_ADDRESS_MISMATCH", "IP address mismatch", 42)
#define BORINGSSL_REASONS(X)                                                                                           \
    BORINGSSL_COMMON_REASONS(X), X(POLICY_MISSING, 43, "NO_EXPLICIT_POLICY", "no explicit policy", 46),                \
        X(POLICY_ANY_MAPPED, 42, "INVALID_POLICY_EXTENSION", "invalid or inconsistent certificate policy extension",   \
          46),                                                                                                         \
        X(POLICY_FLAWED, 42, "INVALID_POLICY_EXTENSION", "invalid or inconsistent certificate policy extension", 46),  \
        X(ISSUER_KEY, 6, "UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY", "unable to decode issuer public key", 42),              \
        X(CONSTRAINT_NO_ALT_NAME, 67, "NAME_CONSTRAINTS_WITHOUT_SANS",                                                 \
          "Issuer has name constraints but leaf has no SANs", 46)

/* What is said of a leaf whose key libssl does not take; no code of the verifier's. */
#define UNSUPPORTED_ALGORITHM "error:06000080:public key routines:OPENSSL_internal:UNSUPPORTED_ALGORITHM"
#define KEY_DECODE_ERROR "error:06000066:public key routines:OPENSSL_internal:DECODE_ERROR"

/* Alert, number of the error that stands for it, name. */
#define BORINGSSL_ALERTS(X)                                                                                            \
    X(40, 10000410, "SSLV3_ALERT_HANDSHAKE_FAILURE"), X(42, 10000412, "SSLV3_ALERT_BAD_CERTIFICATE"),                  \
        X(43, 10000413, "SSLV3_ALERT_UNSUPPORTED_CERTIFICATE"), X(44, 10000414, "SSLV3_ALERT_CERTIFICATE_REVOKED"),    \
        X(45, 10000415, "SSLV3_ALERT_CERTIFICATE_EXPIRED"), X(46, 10000416, "SSLV3_ALERT_CERTIFICATE_UNKNOWN"),        \
        X(47, 10000417, "SSLV3_ALERT_ILLEGAL_PARAMETER"), X(48, 10000418, "TLSV1_ALERT_UNKNOWN_CA"),                   \
        X(49, 10000419, "TLSV1_ALERT_ACCESS_DENIED"), X(50, 1000041a, "TLSV1_ALERT_DECODE_ERROR"),                     \
        X(51, 1000041b, "TLSV1_ALERT_DECRYPT_ERROR"), X(70, 1000042e, "TLSV1_ALERT_PROTOCOL_VERSION"),                 \
        X(80, 10000438, "TLSV1_ALERT_INTERNAL_ERROR"), X(116, 1000045c, "TLSV1_ALERT_CERTIFICATE_REQUIRED")
#define BORINGSSL_ALERT(alert, number, name)                                                                           \
    {                                                                                                                  \
        alert, IN_LIBSSL(#number, name), 0x##number                                                                    \
    }
static const struct mtl_stack_alert_words boringssl_alert_words[] = {BORINGSSL_ALERTS(BORINGSSL_ALERT)};

static const struct mtl_stack_own_words boringssl_own_words[] = {
    {MTL_REASON_PURPOSE, true, {IN_LIBSSL("100000e4", "UNKNOWN_CERTIFICATE_TYPE")}},
    {MTL_REASON_KEY_MISMATCH, true, {"error:0b000074:X.509 certificate routines:OPENSSL_internal:KEY_VALUES_MISMATCH"}},
    {MTL_REASON_NO_SHARED_ALGORITHM, true, {UNSUPPORTED_ALGORITHM}},
    {MTL_REASON_UNKNOWN_CURVE, true, {UNSUPPORTED_ALGORITHM}},
    {MTL_REASON_EXPLICIT_CURVE, true, {KEY_DECODE_ERROR}},
    {MTL_REASON_NO_CERTIFICATE,
     false,
     {IN_LIBSSL("100000b8", "NO_SHARED_CIPHER"), IN_LIBSSL("100000ae", "NO_CERTIFICATE_SET")}},
};

/* What it does about a signature over the handshake by another key, and about a leaf that is not for signing. */
#define BORINGSSL_PROOF(error)                                                                                         \
    {                                                                                                                  \
        .alert = ALWAYS(51), .line = { {error, error}, {error, error} }                                                \
    }
/* In TLS 1.2 it gives up without an alert: a server with the client's Finished still unread, which resets as a rule. */
#define BORINGSSL_USAGE(error, server_ends)                                                                            \
    {                                                                                                                  \
        .alert = {[MTL_CLIENT] = {[MTL_TLS13] = 47}, [MTL_SERVER] = {[MTL_TLS13] = 47}},                               \
        .surface = {[MTL_CLIENT] = {[MTL_TLS12] = MTL_SURFACE_CLOSE}, [MTL_SERVER] = {[MTL_TLS12] = (server_ends)}},   \
        .line = {                                                                                                      \
            {error, error},                                                                                            \
            {error, error}                                                                                             \
        }                                                                                                              \
    }
static const struct mtl_stack_proof boringssl_proof = BORINGSSL_PROOF(IN_LIBSSL("10000072", "BAD_SIGNATURE"));
static const struct mtl_stack_proof boringssl_usage =
    BORINGSSL_USAGE(IN_LIBSSL("1000012e", "KEY_USAGE_BIT_INCORRECT"), MTL_SURFACE_RESET);

enum {
    BORINGSSL_KEYS = BIT(MTL_KEY_RSA) | BIT(MTL_KEY_EC) | BIT(MTL_KEY_ED25519),
    BORINGSSL_GROUPS = BIT(MTL_CURVE_P256) | BIT(MTL_CURVE_P384), /* offered, and named for signatures */
    BORINGSSL_CURVES = BORINGSSL_GROUPS | BIT(MTL_CURVE_P521),
};
static const struct mtl_stack_signing boringssl_client_signing[MTL_TLS_COUNT] = {
    [MTL_TLS12] = {.keys = BORINGSSL_KEYS, .curves = BORINGSSL_GROUPS},
    [MTL_TLS13] = {.keys = BORINGSSL_KEYS, .curves = BORINGSSL_CURVES},
};
static const struct mtl_stack_signing boringssl_server_signing[MTL_TLS_COUNT] = {
    [MTL_TLS12] = {.keys = BORINGSSL_KEYS,
                   .curves = BORINGSSL_CURVES,
                   .peer_needs_digital_signature = BIT(MTL_KEY_EC) | BIT(MTL_KEY_ED25519)},
    [MTL_TLS13] = {.keys = BORINGSSL_KEYS, .curves = BORINGSSL_CURVES},
};

/* What an endpoint does beside judging. */
#define BORINGSSL_COMMON_ENDPOINT                                                                                      \
    .completes_chain_from_own_trust = true, .skips_trusted_blocks_in_chains = true, .reads_only_pem = true,            \
    .refuses_own_undecodable_files = true, .own_need_digital_signature = BIT(MTL_KEY_EC),                              \
    .accepted_keys = BIT(MTL_KEY_RSA) | BIT(MTL_KEY_EC), .loadable_keys = BORINGSSL_KEYS,                              \
    .undecodable_alert = {[MTL_CLIENT] = 50, [MTL_SERVER] = 50},                                                       \
    .no_certificate_alert = {[MTL_TLS12] = 40, [MTL_TLS13] = 116},                                                     \
    .no_shared_algorithm_alert = {[MTL_TLS12] = 40, [MTL_TLS13] = 40},                                                 \
    .largest_certificate_message = 100 * 1024, /* SSL_MAX_CERT_LIST_DEFAULT */                                         \
        .too_large_alert = 47
/* What libssl itself says. */
#define BORINGSSL_PHRASES                                                                                              \
    .alert_words = boringssl_alert_words,                                                                              \
    .alert_word_count = sizeof(boringssl_alert_words) / sizeof(boringssl_alert_words[0]), .proof = &boringssl_proof,   \
    .usage = &boringssl_usage
#define BORINGSSL_ENDPOINT                                                                                             \
    BORINGSSL_COMMON_ENDPOINT,                                                                                         \
        .reading = {.leaf_curves = BORINGSSL_CURVES}, .accepted_curves = BORINGSSL_GROUPS | BIT(MTL_CURVE_EXPLICIT),   \
        .signing = {[MTL_CLIENT] = boringssl_client_signing, [MTL_SERVER] = boringssl_server_signing},                 \
        .no_own_certificate_alert = {[MTL_TLS12] = 40, [MTL_TLS13] = 80}

#endif
