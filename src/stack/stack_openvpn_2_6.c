/*
 * OpenVPN 2.6, Debian's build, over TCP: a server with ca, cert, key and dh none, a client with ca, cert, key and
 * remote-cert-tls server, as in the samples of its manual. OpenSSL 3.0 judges chains at security level 1, the profile
 * "legacy"; for each certificate that has passed a callback then asks for a subject, of a server for keyUsage and
 * extKeyUsage. No name is compared.
 *
 * TLS runs inside packets of OpenVPN's own. When a handshake fails, the alert that libssl has ready is never packed
 * (it still logs "Sent fatal SSL alert"): the peer sees the connection close, over UDP nothing.
 * With crl-verify a certificate passes whose issuer has no CRL in the file, but none passes if the file holds no CRL.
 * Of several CRLs in the file of CAs crl-verify leaves every second one in place, which is not modelled.
 * Does not cover: verify-x509-name, tls-verify and plugins, remote-cert-ku, verify-hash and peer-fingerprint, capath,
 * a directory for crl-verify, pkcs12, extra-certs, other profiles; tls-auth and tls-crypt come before TLS.
 * Sources, 2.6.14: src/openvpn/ssl_openssl.c, ssl_verify.c, ssl_verify_openssl.c, ssl.c (tls_process_state).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "stack/openssl_family.h"

/* internal_verify() calls back for each certificate, from the root down. */
static const enum mtl_step signatures_and_callback[] = {
    MTL_STEP_KEY_CERT_SIGN, MTL_STEP_SIGNATURE, MTL_STEP_NOT_BEFORE,   MTL_STEP_NOT_AFTER,
    MTL_STEP_NAMED,         MTL_STEP_DEPTH,     MTL_STEP_NAMED_USAGES, MTL_STEP_END,
};
static const struct mtl_phase phases[] = {
    {.direction = MTL_LEAF_ONLY, .before_building = true, .steps = before_building},
    {.direction = MTL_LEAF_TO_ROOT, .steps = extensions},
    {.direction = MTL_LEAF_TO_ROOT, .steps = strength},
    {.direction = MTL_LEAF_TO_ROOT, .steps = revocation},
    {.direction = MTL_ROOT_TO_LEAF, .steps = signatures_and_callback},
    {.direction = MTL_ROOT_TO_LEAF, .steps = name_constraints},
};

#define NO_SUBJECT "could not extract X509 subject string from certificate"
#define NO_COMMON_NAME "could not extract CN from X509 subject string"
#define TOO_DEEP "Convoluted certificate chain detected"
static const struct mtl_stack_reason reasons[] = {
    {MTL_REASON_DEPTH, 0, NULL, TOO_DEEP, ALWAYS(0)},
    OPENSSL_3_OLD_REASONS(OPENSSL_3_SILENT),
    OPENSSL_3_NEW_REASONS(OPENSSL_3_SILENT),
    {MTL_REASON_NO_SUBJECT, 0, NULL, NO_SUBJECT, ALWAYS(0)},
    {MTL_REASON_NO_COMMON_NAME, 0, NULL, NO_COMMON_NAME, ALWAYS(0)},
    {MTL_REASON_NO_KEY_USAGE, 0, NULL, "VERIFY KU ERROR", ALWAYS(0)},
    {MTL_REASON_NO_EXTENDED_KEY_USAGE, 0, NULL, "VERIFY EKU ERROR", ALWAYS(0)},
};

static const struct mtl_stack_leftover_words leftover_words[] = {
    {MTL_REASON_CRL_MISSING, MTL_CLIENT, "VERIFY ERROR: CRL not loaded"},
    {MTL_REASON_CRL_MISSING, MTL_SERVER, "VERIFY ERROR: CRL not loaded"},
    {MTL_REASON_NO_SUBJECT, MTL_CLIENT, "VERIFY ERROR: depth={depth}, " NO_SUBJECT},
    {MTL_REASON_NO_SUBJECT, MTL_SERVER, "VERIFY ERROR: depth={depth}, " NO_SUBJECT},
    {MTL_REASON_NO_COMMON_NAME, MTL_CLIENT, "VERIFY ERROR: " NO_COMMON_NAME},
    {MTL_REASON_NO_COMMON_NAME, MTL_SERVER, "VERIFY ERROR: " NO_COMMON_NAME},
    {MTL_REASON_DEPTH, MTL_CLIENT, "TLS Error: " TOO_DEEP " with depth [{depth}] greater than 16"},
    {MTL_REASON_DEPTH, MTL_SERVER, "TLS Error: " TOO_DEEP " with depth [{depth}] greater than 16"},
    {MTL_REASON_NO_KEY_USAGE, MTL_CLIENT, "VERIFY KU ERROR"},
    {MTL_REASON_NO_EXTENDED_KEY_USAGE, MTL_CLIENT, "VERIFY EKU ERROR"},
};

#define ENTRY(number, name, text) "OpenSSL: error:" number ":SSL routines::" text
#define REFUSAL(reason, number, library, short_name, name, text)                                                       \
    {                                                                                                                  \
        MTL_REASON_##reason, true,                                                                                     \
        {                                                                                                              \
            "OpenSSL: error:" number ":" library " routines::" text                                                    \
        }                                                                                                              \
    }
static const struct mtl_stack_own_words own_words[] = {
    OPENSSL_3_OWN_ERRORS(REFUSAL),
    {MTL_REASON_NO_CERTIFICATE, true, {"Options error: You must define certificate file (--cert)"}},
    {MTL_REASON_NAME_TRUSTED_TWICE, true, {"entries were valid X509 names)"}},
    {MTL_REASON_CRL_IN_TRUST, true, {"X509 name was missing in TLS mode"}},
    {MTL_REASON_EMPTY_TRUST, true, {"Cannot load CA certificate file"}},
    {MTL_REASON_NO_SHARED_ALGORITHM, false, {LIBSSL_3_UNFIT_WORDS(ENTRY)}},
};

static const struct mtl_stack_proof proof = LIBSSL_3_PROOF(ENTRY);

#define VERIFY_ERROR "VERIFY ERROR: depth={depth}, error={text}:"
#define FAILED ENTRY("0A000086", "CERTIFICATE_VERIFY_FAILED", "certificate verify failed")
#define HANDSHAKE_FAILED "TLS Error: TLS handshake failed"

const struct mtl_stack stack_openvpn_2_6 = {
    .id = "openvpn-2.6",
    .title = "OpenVPN 2.6",
    .versions = "2.6.14 with OpenSSL 3.0.22",
    .evidence = MTL_EVIDENCE_RECORDED,
    .asks = MTL_ASKS_NEVER,
    .policy = {OPENSSL_3_POLICY, TABLE(phases, phase_count, phases), .depth_is_judged = true, .judged_depth = 14,
               .crls_may_be_missing = true, .longest_common_name = 64,
               .named_eku = {[MTL_SERVER] = MTL_EKU_SERVER_AUTH}, .security_bits = 80},
    .words =
        {
            OPENSSL_3_WORDS(ENTRY),
            .rejects_server = {VERIFY_ERROR, FAILED, HANDSHAKE_FAILED},
            .rejects_client = {VERIFY_ERROR, FAILED, HANDSHAKE_FAILED},
            .alert_line = ENTRY("{number}", "", "{alert}:SSL alert number {alert_code}"),
            .of_any_end = HANDSHAKE_FAILED,
            .not_for_signing = {ENTRY("0A00013E", "ECC_CERT_NOT_FOR_SIGNING", "ecc cert not for signing"),
                                ENTRY("0A000130", "BAD_ECC_CERT", "bad ecc cert")},
        },
    LIBSSL_3,
    LIBSSL_3_COMPLETES,
    LIBSSL_3_LOADS,
    .weak_issuers_late = true,
    .malformed_issuers_late = true,
    .keeps_alerts = true,
    .ignores_crls_in_trust = true,
    .forgives_broken_crls = true,
    .server_needs_distinct_names = true,
    .refuses_absent_certificate = true,
    TABLE(reasons, reason_count, reasons),
    OPENSSL_3_PHRASES,
    TABLE(own_words, own_word_count, own_words),
    TABLE(leftover_words, leftover_word_count, leftover_words),
    .proof = &proof,
    .no_shared_algorithm_alert = LIBSSL_3_UNFIT,
};
