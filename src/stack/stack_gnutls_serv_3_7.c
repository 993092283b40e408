/*
 * gnutls-serv of GnuTLS 3.7 with --verify-client-cert, and --require-client-cert where verification is required; both
 * are needed: without the first it takes any certificate. It verifies for no purpose and says access_denied itself.
 *
 * Does not cover: --require-client-cert alone, stapled OCSP, DTLS, priorities other than NORMAL.
 * Sources: recordings; src/serv.c cert_verify_callback(), src/common.c cert_verify(), 3.7.9-2+deb12u7.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "stack/gnutls_family.h"

static const enum mtl_step pair[] = {PAIR};
static const enum mtl_step leaf[] = {MTL_STEP_IDENTITY, MTL_STEP_END};
static const struct mtl_phase phases[] = PHASES;

#define STATUS(reason, bit, ...)                                                                                       \
    {                                                                                                                  \
        MTL_REASON_##reason, bit, __VA_ARGS__, ALWAYS(49)                                                              \
    }
static const struct mtl_stack_reason reasons[] = {
    GNUTLS_STATUS_REASONS(STATUS),
    {MTL_REASON_UNDECODABLE,
     0,
     NULL,
     "Error in the certificate.",
     {[MTL_SERVER] = {[MTL_TLS12] = 42, [MTL_TLS13] = 49}}},
    GNUTLS_LEAF_REASONS,
};

static const struct mtl_stack_own_words own_words[] = {
    {MTL_REASON_KEY_MISMATCH, true, {"The certificate and the given key do not match."}},
};

#define BAD_SIGNATURE                                                                                                  \
    {                                                                                                                  \
        "Error in handshake: Public key signature verification has failed.",                                           \
            "Error in handshake: Public key signature verification has failed."                                        \
    }
static const struct mtl_stack_proof proof = {
    .alert = ALWAYS(51), .misfit_alert = {[MTL_SERVER] = {47, 47}}, .line = {[MTL_SERVER] = BAD_SIGNATURE}};

const struct mtl_stack stack_gnutls_serv_3_7 = {
    .id = "gnutls-serv-3.7",
    .title = "gnutls-serv 3.7",
    .versions = "3.7.9-2+deb12u7",
    .evidence = MTL_EVIDENCE_RECORDED,
    .roles = BIT(MTL_SERVER),
    .policy = {GNUTLS_POLICY, .names = {GNUTLS_NAMES}},
    .reasons = reasons,
    .reason_count = sizeof(reasons) / sizeof(reasons[0]),
    .words =
        {
            .rejects_client = {"- Status: The certificate is NOT trusted.{texts}",
                               "Error in handshake: Error in the certificate."},
            .no_certificate_in = {"Error in handshake: No certificate was found.",
                                  "Error in handshake: Certificate is required."},
            .alert_line = "Error in handshake: A TLS fatal alert has been received.",
            .alert_not_certificate = "Error in handshake: No certificate was found.",
            .too_large = "Error in handshake: The handshake data size is too large.",
            .too_many = "Error in handshake: Error in the certificate.",
            .unreadable = {[MTL_SERVER] = "Error in handshake: {text}"},
            .not_for_signing = {"Error in handshake: Key usage violation in certificate has been detected."},
        },
    .alert_words = gnutls_alert_words,
    .alert_word_count = sizeof(gnutls_alert_words) / sizeof(gnutls_alert_words[0]),
    .own_words = own_words,
    .own_word_count = sizeof(own_words) / sizeof(own_words[0]),
    GNUTLS_ENDPOINT,
    GNUTLS_ALERTS,
    .signing = {[MTL_SERVER] = server_signing},
    .proof = &proof,
    .too_many_alert = 49,
};
