/*
 * wget 1.21 as Debian builds it, with GnuTLS 3.7, and --ca-certificate, --certificate and --private-key. It lets the
 * handshake succeed and judges afterwards, for no purpose, and closes without an alert; then it looks at the leaf's
 * dates and name once more. It sends no alert at all. A certificate or trust store that it cannot load it does without.
 *
 * Without an alert the peer sees a close, and a reset where data was left unread: the rest of a flight, if it came in
 * records of its own, or a second ticket that was quicker than the verdict. The latter is not predicted.
 *
 * Does not cover: wget built with OpenSSL, the system's CAs, which it trusts as well, --ca-directory, --pinnedpubkey,
 * a proxy's certificate, other settings of --secure-protocol and --ciphers.
 * Sources: recordings; src/gnutls.c, 1.21.3-1+deb12u1; lib/cert-cred-x509.c, 3.7.9-2+deb12u7.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "stack/gnutls_family.h"

static const enum mtl_step pair[] = {PAIR};
static const enum mtl_step leaf[] = {MTL_STEP_IDENTITY, MTL_STEP_END};
static const struct mtl_phase phases[] = PHASES;

#define ROW(reason, text)                                                                                              \
    {                                                                                                                  \
        MTL_REASON_##reason, 0, NULL, text, ALWAYS(0)                                                                  \
    }
#define NOT_TRUSTED "is not trusted."
#define WEAK "was signed using an insecure algorithm."
static const struct mtl_stack_reason reasons[] = {
    ROW(NO_ISSUER, "doesn't have a known issuer."),
    ROW(REVOKED, "has been revoked."),
    ROW(NOT_A_CA, "was not a CA."),
    ROW(WEAK_DIGEST, WEAK),
    ROW(LEAF_KEY_WEAK, WEAK),
    ROW(ISSUER_KEY_WEAK, WEAK),
    ROW(NOT_YET_VALID, "is not yet activated."),
    ROW(EXPIRED, "has expired"),
    ROW(NAME_MISMATCH, "The certificate's owner does not match hostname"),
    ROW(ADDRESS_MISMATCH, "The certificate's owner does not match hostname"),
    ROW(NO_CERT_SIGN, NOT_TRUSTED),
    ROW(PATH_LENGTH, NOT_TRUSTED),
    ROW(CONSTRAINT_PERMITTED, NOT_TRUSTED),
    ROW(CONSTRAINT_EXCLUDED, NOT_TRUSTED),
    ROW(CONSTRAINT_TYPE, NOT_TRUSTED),
    ROW(CONSTRAINT_SYNTAX, NOT_TRUSTED),
    ROW(CONSTRAINT_NAME_SYNTAX, NOT_TRUSTED),
    ROW(CONSTRAINT_TOO_MANY, NOT_TRUSTED),
    ROW(SIGNATURE, NOT_TRUSTED),
    ROW(CRITICAL_EXTENSION, NOT_TRUSTED),
    ROW(UNDECODABLE, "Error in the certificate."),
    ROW(ALGORITHMS_DIFFER, "Error in the certificate."),
    ROW(EXPLICIT_CURVE, "ASN1 parser: Error in DER parsing."),
    ROW(UNKNOWN_CURVE, "The curve is unsupported"),
    ROW(MALFORMED, "ASN1 parser: Error in TAG."),
    ROW(DUPLICATE_EXTENSION, "Duplicate extension in X.509 certificate."),
};

static const struct mtl_stack_own_words own_words[] = {
    {MTL_REASON_UNDECODABLE, true, {"ERROR: Failed to load CRL file"}},
};

#define BAD_SIGNATURE "GnuTLS: Public key signature verification has failed."
static const struct mtl_stack_proof proof = {.line = {[MTL_CLIENT] = {BAD_SIGNATURE, BAD_SIGNATURE}}};

const struct mtl_stack stack_wget_1_21 = {
    .id = "wget-1.21",
    .title = "wget 1.21 (GnuTLS)",
    .versions = "1.21.3-1+deb12u1 with GnuTLS 3.7.9-2+deb12u7",
    .evidence = MTL_EVIDENCE_RECORDED,
    .asks = MTL_ASKS,
    .roles = BIT(MTL_CLIENT),
    .policy = {GNUTLS_POLICY, .names = {GNUTLS_NAMES, .final_dot_is_ignored = true}, .leaf_expires_at_not_after = true},
    .reasons = reasons,
    .reason_count = sizeof(reasons) / sizeof(reasons[0]),
    .words =
        {
            .rejects_server = {"{text}"},
            .alert_line = "GnuTLS: received alert [{alert_code}]: {alert}",
            .alert_line_afterwards =
                "Failed writing HTTP request: The specified session has been invalidated for some reason.",
            .too_large = "GnuTLS: The handshake data size is too large.",
            .too_many = "ERROR: No certificate presented by ",
            .unreadable = {[MTL_CLIENT] = "GnuTLS: {text}"},
            .unreadable_late = "ERROR: No certificate presented by ",
            .not_for_signing = {"GnuTLS: Key usage violation in certificate has been detected."},
        },
    .alert_words = gnutls_alert_words,
    .alert_word_count = sizeof(gnutls_alert_words) / sizeof(gnutls_alert_words[0]),
    .own_words = own_words,
    .own_word_count = sizeof(own_words) / sizeof(own_words[0]),
    GNUTLS_ENDPOINT,
    .signing = {[MTL_CLIENT] = client_signing},
    .unsignable_closes = {[MTL_CLIENT] = {[MTL_TLS12] = true}},
    .goes_on_without = true,
    .leaves_flight_unread = true,
    .signs_with_any_key = true,
    .proof = &proof,
    .needs_usable_certificate = {[MTL_TLS13] = true},
    .heeds_ca_names = true,
    .judges_late = MTL_LATE_CHAIN,
    .late_moment = MTL_LATE_CONNECTED,
};
