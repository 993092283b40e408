/*
 * Mosquitto 2.0, Debian's build: the broker with cafile and require_certificate true, mosquitto_pub with --cafile.
 * OpenSSL 3.0 judges chains, with CRLs for the leaf only; the client's callback compares names.
 *
 * Both print libssl's queue of errors, after "OpenSSL Error[n]: " or "Client connection from ... failed: ".
 * Does not cover: --insecure, which leaves out the name only; require_certificate false (no certificate is asked for);
 * a listener without certfile, which speaks plain MQTT; PSK, bridges.
 * Sources, 2.0.11: lib/tls_mosq.c, and where lib/net_mosq.c and src/net.c set verification and CRLs.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "stack/openssl_family.h"

static const struct mtl_stack_reason reasons[] = {
    OPENSSL_3_OLD_REASONS(OPENSSL_3_ROW),
    OPENSSL_3_NEW_REASONS(OPENSSL_3_ROW),
    {MTL_REASON_NAME_MISMATCH, 0, NULL, "host name verification failed.", ALWAYS(80)},
    {MTL_REASON_ADDRESS_MISMATCH, 0, NULL, "host name verification failed.", ALWAYS(80)},
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
    {MTL_REASON_NO_SHARED_ALGORITHM, false, {LIBSSL_3_UNFIT_WORDS(OPENSSL_3_ENTRY)}},
};

static const struct mtl_stack_leftover_words leftover_words[] = {
    {MTL_REASON_NAME_MISMATCH, MTL_CLIENT, "Error: host name verification failed."},
    {MTL_REASON_ADDRESS_MISMATCH, MTL_CLIENT, "Error: host name verification failed."},
};

static const struct mtl_stack_proof proof = LIBSSL_3_PROOF(OPENSSL_3_ENTRY);

#define FAILED OPENSSL_3_ENTRY("0A000086", "CERTIFICATE_VERIFY_FAILED", "certificate verify failed")

const struct mtl_stack stack_mosquitto_2_0 = {
    .id = "mosquitto-2.0",
    .title = "Mosquitto 2.0 (mosquitto, mosquitto_pub)",
    .versions = "2.0.11 with OpenSSL 3.0.22",
    .evidence = MTL_EVIDENCE_RECORDED,
    .asks = MTL_ASKS,
    .policy = {.default_depth = 100,
               .anchor_must_be_self_signed = true,
               OPENSSL_3_POLICY_BUT_CRLS,
               .revocation = MTL_REVOCATION_LEAF,
               OPENSSL_3_NAME_IN_CALLBACK,
               .names = {.common_name = MTL_CN_IF_NO_DNS_SAN, .wildcards = MTL_WILDCARD_SHORT},
               .security_bits = 112},
    .words =
        {
            OPENSSL_3_WORDS(OPENSSL_3_ENTRY),
            .rejects_server = {FAILED},
            .rejects_client = {FAILED},
            .alert_line = OPENSSL_3_ENTRY("{number}", "", "{alert}"),
            .not_for_signing = {OPENSSL_3_ENTRY("0A00013E", "ECC_CERT_NOT_FOR_SIGNING", "ecc cert not for signing"),
                                OPENSSL_3_ENTRY("0A000130", "BAD_ECC_CERT", "bad ecc cert")},
        },
    LIBSSL_3,
    LIBSSL_3_COMPLETES,
    LIBSSL_3_LOADS,
    TABLE(reasons, reason_count, reasons),
    OPENSSL_3_PHRASES,
    TABLE(own_words, own_word_count, own_words),
    TABLE(leftover_words, leftover_word_count, leftover_words),
    .proof = &proof,
    .no_shared_algorithm_alert = LIBSSL_3_UNFIT,
    .unverified_judges_chain = true, /* --insecure */
    .plain_without_certificate = true,
};
