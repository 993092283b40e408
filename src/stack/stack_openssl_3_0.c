/*
 * OpenSSL 3.0, libssl on both sides as an ordinary application sets it up: SSL_VERIFY_PEER (servers also
 * SSL_VERIFY_FAIL_IF_NO_PEER_CERT), SSL_CTX_load_verify_locations, SSL_set1_host, and Debian's security level 2.
 *
 * Does not cover: DANE, CRLs by reason or delta, partial chains, strict mode, policies, engines, own verify callbacks.
 * Sources, all 3.0.22: crypto/x509/x509_vfy.c (order and codes), v3_purp.c (purposes), ssl/statem/statem_lib.c
 * (x509table: code to alert). SPDX-License-Identifier: Apache-2.0
 */
#include "stack/openssl_family.h"

/* ssl_rsa.c, ssl_cert.c: SSL_CTX_use_certificate_chain_file() and SSL_CTX_use_PrivateKey_file() refuse at once. */
#define REFUSAL(reason, number, library, lib, name, text)                                                              \
    {                                                                                                                  \
        MTL_REASON_##reason, true,                                                                                     \
        {                                                                                                              \
            "error:" number ":" library " routines::" text                                                             \
        }                                                                                                              \
    }
static const struct mtl_stack_own_words own_words[] = {
    OPENSSL_3_OWN_ERRORS(REFUSAL),
    {MTL_REASON_NO_SHARED_ALGORITHM, false, {LIBSSL_3_UNFIT_WORDS(OPENSSL_3_ENTRY)}},
    {MTL_REASON_NO_CERTIFICATE, false, {LIBSSL_3_UNFIT_WORDS(OPENSSL_3_ENTRY)}},
};

static const struct mtl_stack_proof proof = LIBSSL_3_PROOF(OPENSSL_3_ENTRY);

#define VERIFY_ERROR "verify error:num={code}:{text} (depth {depth})"
#define VERIFY_FAILED OPENSSL_3_ENTRY("0A000086", "CERTIFICATE_VERIFY_FAILED", "certificate verify failed")

const struct mtl_stack stack_openssl_3_0 = {
    .id = "openssl-3.0",
    .title = "OpenSSL 3.0 (libssl)",
    .versions = "3.0.22", /* 3.0.20 judges CRLs differently: a delta CRL alone, for one */
    .evidence = MTL_EVIDENCE_RECORDED,
    .asks = MTL_ASKS_BY_APPLICATION,
    .asks_with = "SSL_set_tlsext_host_name()",
    .policy = {OPENSSL_3_POLICY, OPENSSL_3_STOPS, OPENSSL_3_NAMES, .security_bits = 112},
    .words =
        {
            OPENSSL_3_WORDS(OPENSSL_3_ENTRY),
            .rejects_server = {VERIFY_ERROR, VERIFY_FAILED},
            .rejects_client = {VERIFY_ERROR, VERIFY_FAILED},
            .alert_line = OPENSSL_3_ENTRY("{number}", "", "{alert}"),
            .not_for_signing = {OPENSSL_3_ENTRY("0A00013E", "ECC_CERT_NOT_FOR_SIGNING", "ecc cert not for signing"),
                                OPENSSL_3_ENTRY("0A000130", "BAD_ECC_CERT", "bad ecc cert")},
        },
    LIBSSL_3,
    LIBSSL_3_COMPLETES,
    LIBSSL_3_LOADS,
    OPENSSL_3_REASONS,
    OPENSSL_3_PHRASES,
    TABLE(own_words, own_word_count, own_words),
    .proof = &proof,
    .no_shared_algorithm_alert = LIBSSL_3_UNFIT,
};
