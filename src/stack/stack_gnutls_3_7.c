/*
 * GnuTLS 3.7 as an ordinary application sets it up: gnutls_session_set_verify_cert() with a client's name for its
 * server, GNUTLS_CERT_REQUIRE or GNUTLS_CERT_REQUEST in a server, and gnutls_alert_send_appropriate() when the
 * handshake fails: 42 for whatever is wrong with a chain. An application without that call just closes.
 *
 * Does not cover: profiles and priorities other than NORMAL, gnutls_session_set_verify_cert2() with a purpose, OCSP,
 * TLS features (RFC 7633), limits of one's own. The handshakes are of TLS 1.2 or 1.3 only; one that may do both
 * falls back to 1.2 where its certificate does for 1.2 only.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "stack/gnutls_family.h"

static const enum mtl_step pair[] = {PAIR};
static const enum mtl_step leaf[] = {MTL_STEP_IDENTITY, MTL_STEP_END};
static const struct mtl_phase phases[] = PHASES;

#define STATUS(reason, bit, ...)                                                                                       \
    {                                                                                                                  \
        MTL_REASON_##reason, bit, __VA_ARGS__, ALWAYS(42)                                                              \
    }
#define CANNOT "GNUTLS_E_CERTIFICATE_ERROR", "Error in the certificate."
static const struct mtl_stack_reason reasons[] = {
    GNUTLS_STATUS_REASONS(STATUS),
    {MTL_REASON_UNDECODABLE, 0, CANNOT, ALWAYS(42)},
    {MTL_REASON_NO_CERTIFICATE, 0, CANNOT, ALWAYS(42)},
    GNUTLS_LEAF_REASONS,
};

static const struct mtl_stack_own_words own_words[] = {
    {MTL_REASON_KEY_MISMATCH,
     true,
     {"GNUTLS_E_CERTIFICATE_KEY_MISMATCH: The certificate and the given key do not match."}},
};

#define BAD_SIGNATURE                                                                                                  \
    {                                                                                                                  \
        "GNUTLS_E_PK_SIG_VERIFY_FAILED: Public key signature verification has failed.",                                \
            "GNUTLS_E_PK_SIG_VERIFY_FAILED: Public key signature verification has failed."                             \
    }
static const struct mtl_stack_proof proof = {.alert = ALWAYS(51), .line = {BAD_SIGNATURE, BAD_SIGNATURE}};

const struct mtl_stack stack_gnutls_3_7 = {
    .id = "gnutls-3.7",
    .title = "GnuTLS 3.7",
    .versions = "3.7.9-2+deb12u7",
    .evidence = MTL_EVIDENCE_RECORDED,
    .asks = MTL_ASKS_BY_APPLICATION,
    .asks_with = "gnutls_server_name_set()",
    .policy = {GNUTLS_POLICY, .names = {GNUTLS_NAMES}},
    .reasons = reasons,
    .reason_count = sizeof(reasons) / sizeof(reasons[0]),
    .words =
        {
            .rejects_server = {"GNUTLS_E_CERTIFICATE_VERIFICATION_ERROR: Error in the certificate verification.",
                               "The certificate is NOT trusted.{texts}"},
            .rejects_client = {"GNUTLS_E_CERTIFICATE_VERIFICATION_ERROR: Error in the certificate verification.",
                               "The certificate is NOT trusted.{texts}"},
            .no_certificate_in = {"GNUTLS_E_NO_CERTIFICATE_FOUND: No certificate was found.",
                                  "GNUTLS_E_CERTIFICATE_REQUIRED: Certificate is required."},
            .alert_line = "Received alert [{alert_code}]: {alert}",
            .alert_not_certificate = "GNUTLS_E_NO_CERTIFICATE_FOUND: No certificate was found.",
            .too_large = "GNUTLS_E_HANDSHAKE_TOO_LARGE: The handshake data size is too large.",
            .too_many = "GNUTLS_E_CERTIFICATE_ERROR: Error in the certificate.",
            .unreadable = {"{name}: {text}", "{name}: {text}"},
            .not_for_signing = {"GNUTLS_E_KEY_USAGE_VIOLATION: Key usage violation in certificate has been detected."},
        },
    .alert_words = gnutls_alert_words,
    .alert_word_count = sizeof(gnutls_alert_words) / sizeof(gnutls_alert_words[0]),
    .own_words = own_words,
    .own_word_count = sizeof(own_words) / sizeof(own_words[0]),
    GNUTLS_ENDPOINT,
    GNUTLS_ALERTS,
    .signing = {[MTL_CLIENT] = client_signing, [MTL_SERVER] = server_signing},
    .proof = &proof,
    .optional_needs_certificate = true,
    .needs_usable_certificate = {[MTL_TLS13] = true},
    .heeds_ca_names = true,
    .too_many_alert = 42,
};
