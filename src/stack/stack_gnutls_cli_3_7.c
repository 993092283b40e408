/*
 * gnutls-cli of GnuTLS 3.7 with --x509cafile, --x509certfile and --x509keyfile. It asks for the purpose of a server,
 * sends its certificate whatever CAs the server names and whatever its key, and verifies CRLs when it loads them.
 *
 * Does not cover: --tofu, --dane, --ocsp, stapled OCSP, DTLS, priorities other than NORMAL, the CAs of the system.
 * Sources: recordings; src/cli.c cert_verify_callback() and cert_callback(), src/common.c cert_verify(),
 * lib/x509/verify.c _gnutls_check_key_purpose(), 3.7.9-2+deb12u7. SPDX-License-Identifier: Apache-2.0
 */
#include "stack/gnutls_family.h"

static const enum mtl_step pair[] = {MTL_STEP_UNLESS_FAILED, MTL_STEP_ISSUER_EKU, PAIR};
static const enum mtl_step leaf[] = {MTL_STEP_LEAF_EKU, MTL_STEP_IDENTITY, MTL_STEP_END};
static const struct mtl_phase phases[] = PHASES;

#define STATUS(reason, bit, ...)                                                                                       \
    {                                                                                                                  \
        MTL_REASON_##reason, bit, __VA_ARGS__, ALWAYS(42)                                                              \
    }
static const struct mtl_stack_reason reasons[] = {
    GNUTLS_STATUS_REASONS(STATUS),
    {MTL_REASON_UNDECODABLE, 0, NULL, "Error in the certificate.", ALWAYS(42)},
    GNUTLS_LEAF_REASONS,
};

/* It starts by loading the trust store, then CRLs, its certificates and its key. */
#define NO_CRL                                                                                                         \
    {                                                                                                                  \
        "Error setting the x509 CRL file: Error in the CRL verification."                                              \
    }
#define UNFIT "*** Fatal error: Key usage violation in certificate has been detected."
static const struct mtl_stack_own_words own_words[] = {
    {MTL_REASON_EMPTY_TRUST, true, {"Error setting the x509 trust file: No certificate was found."}},
    {MTL_REASON_CRL_ISSUER_MISSING, true, NO_CRL},
    {MTL_REASON_CRL_ISSUER_KEY_USAGE, true, NO_CRL},
    {MTL_REASON_CRL_SIGNATURE, true, NO_CRL},
    {MTL_REASON_CRL_NOT_YET_VALID, true, NO_CRL},
    {MTL_REASON_CRL_EXPIRED, true, NO_CRL},
    {MTL_REASON_TOO_MANY, true, {"*** Error loading cert file: Too many certs "}},
    {MTL_REASON_DUPLICATE_EXTENSION, true, {"*** Error loading cert file: Duplicate extension in X.509 certificate."}},
    {MTL_REASON_ALGORITHMS_DIFFER, true, {"*** Error loading cert file: Error in the certificate."}},
    {MTL_REASON_EXPLICIT_CURVE, true, {"*** Error importing crt to pcert: ASN1 parser: Error in DER parsing."}},
    {MTL_REASON_UNKNOWN_CURVE, true, {"*** Error importing crt to pcert: The curve is unsupported"}},
    {MTL_REASON_NO_SHARED_ALGORITHM, false, {UNFIT, UNFIT}},
};

/* Its callback gives the library the certificate whatever it is good for; only TLS 1.2 looks at it once more. */
static const struct mtl_stack_signing signing[MTL_TLS_COUNT] = {
    [MTL_TLS12] = {.keys = KEYS | BIT(MTL_KEY_DSA), .curves = SCHEME_CURVES},
    [MTL_TLS13] = {.keys = KEYS, .curves = SCHEME_CURVES},
};

#define BAD_SIGNATURE                                                                                                  \
    {                                                                                                                  \
        "*** Fatal error: Public key signature verification has failed.",                                              \
            "*** Fatal error: Public key signature verification has failed."                                           \
    }
static const struct mtl_stack_proof proof = {.alert = ALWAYS(51), .line = {[MTL_CLIENT] = BAD_SIGNATURE}};

const struct mtl_stack stack_gnutls_cli_3_7 = {
    .id = "gnutls-cli-3.7",
    .title = "gnutls-cli 3.7",
    .versions = "3.7.9-2+deb12u7",
    .evidence = MTL_EVIDENCE_RECORDED,
    .asks = MTL_ASKS,
    .roles = BIT(MTL_CLIENT),
    .policy = {GNUTLS_POLICY, .names = {GNUTLS_NAMES, .final_dot_is_ignored = true},
               .eku = {[MTL_SERVER] = MTL_EKU_SERVER_AUTH | MTL_EKU_ANY},
               .issuer_eku = {[MTL_SERVER] = MTL_EKU_SERVER_AUTH | MTL_EKU_NS_SGC}},
    .reasons = reasons,
    .reason_count = sizeof(reasons) / sizeof(reasons[0]),
    .words =
        {
            .rejects_server = {"- Status: The certificate is NOT trusted.{texts}",
                               "*** PKI verification of server certificate failed...",
                               "*** Fatal error: Error in the certificate."},
            .alert_line = "*** Received alert [{alert_code}]: {alert}",
            .too_large = "*** Fatal error: The handshake data size is too large.",
            .too_many = "*** Fatal error: Error in the certificate.",
            .unreadable = {[MTL_CLIENT] = "*** Fatal error: {text}"},
            .not_for_signing = {"*** Fatal error: Key usage violation in certificate has been detected."},
        },
    .alert_words = gnutls_alert_words,
    .alert_word_count = sizeof(gnutls_alert_words) / sizeof(gnutls_alert_words[0]),
    .own_words = own_words,
    .own_word_count = sizeof(own_words) / sizeof(own_words[0]),
    GNUTLS_ENDPOINT,
    GNUTLS_ALERTS,
    .signing = {[MTL_CLIENT] = signing},
    .signs_with_any_key = true,
    .own_usage_alert = {[MTL_TLS12] = 80},
    .most_own_certificates = 6,
    .crls_need_trust = true,
    .refuses_empty_trust = true,
    .proof = &proof,
    .too_many_alert = 42,
};
