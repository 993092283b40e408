/*
 * What the stacks built on AWS-LC share: its verifier, its reasons, and with what its libssl signs. It descends from
 * BoringSSL (boringssl_family.h) and has gone back to OpenSSL 1.1.1 here and there: the whole chain is checked, the
 * anchor included, the search stops at the first trusted certificate, and prefers issuers that are valid now.
 *
 * Sources, all in aws-lc-sys 0.47.0: crypto/x509/x509_vfy.c (order and codes), x509_lu.c (issuers in the store),
 * v3_purp.c, v3_ncons.c, v3_utl.c, x509_trs.c; crypto/ec_extra/ec_asn1.c (curves); ssl/ssl_x509.cc (code to alert),
 * ssl_cert.cc, handshake_client.cc and handshake_server.cc (keyUsage), extensions.cc (signature algorithms).
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_STACK_AWS_LC_FAMILY_H
#define MTL_STACK_AWS_LC_FAMILY_H

#include "stack/boringssl_family.h"

/* X509_verify_cert(): as BoringSSL's, but of the whole chain, and keys must decode before anything is verified. */
static const enum mtl_step aws_lc_extensions[] = {
    MTL_STEP_CRITICAL_EXTENSIONS, MTL_STEP_KEY_DECODES, MTL_STEP_EXPLICIT_CURVE, MTL_STEP_IS_CA, MTL_STEP_PURPOSE,
    MTL_STEP_PATH_LENGTH,         MTL_STEP_END,
};

enum {
    /* Of those that the engine tells apart; brainpoolP224r1 and P320r1, which are known too, count as unknown here. */
    AWS_LC_CURVES = BORINGSSL_CURVES | BIT(MTL_CURVE_P224) | BIT(MTL_CURVE_SECP256K1) |
                    BIT(MTL_CURVE_BRAINPOOL_P256R1) | BIT(MTL_CURVE_BRAINPOOL_P384R1) |
                    BIT(MTL_CURVE_BRAINPOOL_P512R1) | BIT(MTL_CURVE_EXPLICIT), /* if it is one of them, spelled out */
};

/* All of struct mtl_policy but which certificates in the trust store end a path, names and phases. */
#define AWS_LC_POLICY                                                                                                  \
    BORINGSSL_COMMON_POLICY,                                                                                           \
        .last_stale_issuer = true,                                                                                     \
        .understood_extensions =                                                                                       \
            BORINGSSL_COMMON_CRITICAL | BIT(MTL_EXT_NETSCAPE_CERT_TYPE) | BIT(MTL_EXT_CRL_DISTRIBUTION_POINTS),        \
        .decodable_extensions = BORINGSSL_COMMON_DECODED | BIT(MTL_EXT_NETSCAPE_CERT_TYPE),                            \
        .version_1_roots_issue = true, .self_issued_set_no_path_length = true,                                         \
        .netscape_cert_type = {[MTL_CLIENT] = MTL_NS_SSL_CLIENT, [MTL_SERVER] = MTL_NS_SSL_SERVER},                    \
        .verifying_keys =                                                                                              \
            BIT(MTL_KEY_RSA) | BIT(MTL_KEY_RSA_PSS) | BIT(MTL_KEY_EC) | BIT(MTL_KEY_ED25519) | BIT(MTL_KEY_DSA),       \
        .verifying_curves = AWS_LC_CURVES,                                                                             \
        .constraints = {                                                                                               \
            .common_name_as_dns = true,                                                                                \
            .directory_names = true,                                                                                   \
            .masks_are_prefixes = true,                                                                                \
            .uncompared_types = BIT(MTL_GN_OTHER_NAME),                                                                \
            .only_plain_names = true,                                                                                  \
            .common_names_are_strict = true,                                                                           \
    }

/* Reason, code, name without X509_V_ERR_, text, alert. */
#define AWS_LC_REASONS(X)                                                                                              \
    BORINGSSL_COMMON_REASONS(X), BORINGSSL_NAME_REASONS(X), BORINGSSL_CRL_REASONS(X),                                  \
        X(ISSUER_KEY, 1, "UNSPECIFIED", "unknown certificate verification error", 80),                                 \
        X(EXPLICIT_CURVE, 72, "EC_KEY_EXPLICIT_PARAMS", "Certificate public key has explicit ECC parameters", 46)

static const struct mtl_stack_own_words aws_lc_own_words[] = {
    {MTL_REASON_PURPOSE, true, {IN_LIBSSL("100000e4", "UNKNOWN_CERTIFICATE_TYPE")}},
    {MTL_REASON_KEY_MISMATCH, true, {"error:0b000074:X.509 certificate routines:OPENSSL_internal:KEY_VALUES_MISMATCH"}},
    {MTL_REASON_NO_SHARED_ALGORITHM, true, {IN_LIBSSL("100000e4", "UNKNOWN_CERTIFICATE_TYPE")}},
    {MTL_REASON_UNKNOWN_CURVE, true, {KEY_DECODE_ERROR}},
};

/* A TLS 1.2 client is held to the groups that it offers; in TLS 1.3 curves without a scheme are noticed when signing.
 */
static const struct mtl_stack_signing aws_lc_client_signing[MTL_TLS_COUNT] = {
    [MTL_TLS12] = {.keys = BORINGSSL_KEYS, .curves = BORINGSSL_GROUPS | BIT(MTL_CURVE_EXPLICIT)},
    [MTL_TLS13] = {.keys = BORINGSSL_KEYS, .curves = BORINGSSL_CURVES | BIT(MTL_CURVE_EXPLICIT)},
};
static const struct mtl_stack_signing aws_lc_server_signing[MTL_TLS_COUNT] = {
    [MTL_TLS12] = {.keys = BORINGSSL_KEYS,
                   .curves = AWS_LC_CURVES,
                   .peer_needs_digital_signature = BIT(MTL_KEY_EC) | BIT(MTL_KEY_ED25519)},
    [MTL_TLS13] = {.keys = BORINGSSL_KEYS, .curves = BORINGSSL_CURVES | BIT(MTL_CURVE_EXPLICIT)},
};

#endif
