/*
 * OpenSSL 3.5, as stack_openssl_3_0.c has it, at security level 2 (OpenSSL's own default since 3.2).
 *
 * It differs in the names of alerts, in curves of TLS 1.3 for its own certificate, and in that its words come through
 * pyOpenSSL, which gives no numbers of errors. Does not cover: what 3.0 does not, raw public keys, ML-DSA.
 * 3.5.8 no longer looks at the digests with which its own certificates are signed (stack_node_24.c).
 * Recorded with the library that the wheel of `cryptography` carries. SPDX-License-Identifier: Apache-2.0
 */
#include "stack/openssl_family.h"

#define ENTRY(number, name, text) "error::SSL routines::" text

/* SSL_CTX_use_certificate_chain_file() and SSL_CTX_use_PrivateKey_file() refuse at once. */
#define REFUSAL(reason, number, library, lib, name, text)                                                              \
    {                                                                                                                  \
        MTL_REASON_##reason, true,                                                                                     \
        {                                                                                                              \
            "error::" library " routines::" text                                                                       \
        }                                                                                                              \
    }
static const struct mtl_stack_own_words own_words[] = {
    OPENSSL_3_OWN_ERRORS(REFUSAL),
    {MTL_REASON_NO_SHARED_ALGORITHM, false, {LIBSSL_3_UNFIT_WORDS(ENTRY)}},
    {MTL_REASON_NO_CERTIFICATE, false, {LIBSSL_3_UNFIT_WORDS(ENTRY)}},
};

static const struct mtl_stack_alert_words alert_words[] = {OPENSSL_3_2_ALERTS(OPENSSL_3_PHRASE)};
static const struct mtl_stack_proof proof = LIBSSL_3_PROOF(ENTRY);

#define VERIFY_ERROR "verify error:num={code}:{text} (depth {depth})"
#define VERIFY_FAILED ENTRY("", "", "certificate verify failed")

const struct mtl_stack stack_openssl_3_5 = {
    .id = "openssl-3.5",
    .title = "OpenSSL 3.5 (libssl)",
    .versions = "3.5.4",
    .evidence = MTL_EVIDENCE_RECORDED,
    .asks = MTL_ASKS_BY_APPLICATION,
    .asks_with = "SSL_set_tlsext_host_name()",
    .policy = {OPENSSL_3_POLICY, OPENSSL_3_STOPS, OPENSSL_3_NAMES, .takes_delta_crls = true, .security_bits = 112},
    .words =
        {
            OPENSSL_3_WORDS(ENTRY),
            .rejects_server = {VERIFY_ERROR, VERIFY_FAILED},
            .rejects_client = {VERIFY_ERROR, VERIFY_FAILED},
            .cannot_sign = ENTRY("", "", "no suitable signature algorithm"),
            .alert_line = ENTRY("", "", "{alert}"),
            .not_for_signing = {ENTRY("", "", "ecc cert not for signing"), ENTRY("", "", "bad ecc cert")},
        },
    LIBSSL_3,
    LIBSSL_3_COMPLETES,
    LIBSSL_3_LOADS,
    LIBSSL_3_2_SCHEMES,
    OPENSSL_3_REASONS,
    TABLE(alert_words, alert_word_count, alert_words),
    TABLE(own_words, own_word_count, own_words),
    .proof = &proof,
    .no_shared_algorithm_alert = LIBSSL_3_UNFIT,
};
