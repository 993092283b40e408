/*
 * stunnel 5.68, Debian's build: one service with CAfile and verifyChain = yes; a client also has checkHost or checkIP.
 * OpenSSL 3.0 judges chains, with CRLs for the leaf only; its callback then compares the leaf's names and logs why.
 *
 * Optional verification is verify = 1. Names of CAs are read from plain blocks of CAfile, and it does not start if it
 * finds none there; that the trust store itself cannot be loaded is only logged, and then nothing is trusted.
 * Does not cover: verifyPeer and verify = 3 (the leaf's key must be one of CAfile), redirect, OCSP, CApath, engines.
 * Sources, 5.68: src/verify.c, src/ctx.c, src/options.c. SPDX-License-Identifier: Apache-2.0
 */
#include "stack/openssl_family.h"

#define OTHER_NAME "CERT: Subject checks failed"
static const struct mtl_stack_reason reasons[] = {
    OPENSSL_3_OLD_REASONS(OPENSSL_3_ROW),
    OPENSSL_3_NEW_REASONS(OPENSSL_3_ROW),
    {MTL_REASON_NAME_MISMATCH, 0, NULL, OTHER_NAME, ALWAYS(80)},
    {MTL_REASON_ADDRESS_MISMATCH, 0, NULL, OTHER_NAME, ALWAYS(80)},
};

static const struct mtl_stack_leftover_words leftover_words[] = {
    {MTL_REASON_NAME_MISMATCH, MTL_CLIENT, OTHER_NAME},
    {MTL_REASON_ADDRESS_MISMATCH, MTL_CLIENT, OTHER_NAME},
};

#define REFUSAL(reason, number, library, short_name, name, text)                                                       \
    {                                                                                                                  \
        MTL_REASON_##reason, true,                                                                                     \
        {                                                                                                              \
            "error:" number ":" library " routines::" text                                                             \
        }                                                                                                              \
    }
static const struct mtl_stack_own_words own_words[] = {
    OPENSSL_3_OWN_ERRORS(REFUSAL),
    {MTL_REASON_NO_CERTIFICATE, true, {"TLS server needs a certificate"}},
    {MTL_REASON_EMPTY_TRUST, true, {"No trusted certificates found"}},
    {MTL_REASON_NO_SHARED_ALGORITHM, false, {LIBSSL_3_UNFIT_LATE_WORDS(OPENSSL_3_ENTRY)}},
};

static const struct mtl_stack_proof proof = LIBSSL_3_PROOF(OPENSSL_3_ENTRY);

#define VERIFY_ERROR "CERT: Pre-verification error: {text}"
#define BLAMED "Rejected by CERT at depth={depth}"
#define FAILED OPENSSL_3_ENTRY("0A000086", "CERTIFICATE_VERIFY_FAILED", "certificate verify failed")

const struct mtl_stack stack_stunnel_5_68 = {
    .id = "stunnel-5.68",
    .title = "stunnel 5.68",
    .versions = "5.68 with OpenSSL 3.0.22",
    .evidence = MTL_EVIDENCE_RECORDED,
    .asks = MTL_ASKS,
    .policy = {.default_depth = 100,
               .anchor_must_be_self_signed = true,
               OPENSSL_3_POLICY_BUT_CRLS,
               .revocation = MTL_REVOCATION_LEAF,
               OPENSSL_3_NAME_IN_CALLBACK,
               OPENSSL_3_NAMES,
               .security_bits = 112},
    .words =
        {
            OPENSSL_3_WORDS(OPENSSL_3_ENTRY),
            .rejects_server = {VERIFY_ERROR, BLAMED, FAILED},
            .rejects_client = {VERIFY_ERROR, BLAMED, FAILED},
            .alert_line = OPENSSL_3_ENTRY("{number}", "", "{alert}"),
            .not_for_signing = {OPENSSL_3_ENTRY("0A00013E", "ECC_CERT_NOT_FOR_SIGNING", "ecc cert not for signing"),
                                OPENSSL_3_ENTRY("0A000130", "BAD_ECC_CERT", "bad ecc cert")},
        },
    LIBSSL_3,
    LIBSSL_3_COMPLETES,
    LIBSSL_3_LOADS,
    .broken_block_empties_trust = true,
    .refuses_absent_certificate = true,
    .refuses_only_trusted_blocks = true,
    .client_refuses_only_trusted_blocks = true,
    TABLE(reasons, reason_count, reasons),
    OPENSSL_3_PHRASES,
    TABLE(own_words, own_word_count, own_words),
    TABLE(leftover_words, leftover_word_count, leftover_words),
    .proof = &proof,
    .no_shared_algorithm_alert = LIBSSL_3_UNFIT_LATE,
};
