/*
 * OpenSSL 3.0, libssl on both sides as an ordinary application sets it up: SSL_VERIFY_PEER (servers also
 * SSL_VERIFY_FAIL_IF_NO_PEER_CERT), SSL_CTX_load_verify_locations, SSL_set1_host, and Debian's security level 2.
 *
 * Does not cover: DANE, CRLs by reason or delta, partial chains, strict mode, policies, engines, own verify callbacks.
 * Sources, all 3.0.22: crypto/x509/x509_vfy.c (order and codes), v3_purp.c (purposes), ssl/statem/statem_lib.c
 * (x509table: code to alert). SPDX-License-Identifier: Apache-2.0
 */
#include "stack/openssl_family.h"

#define ROW(reason, code, name, text, alert)                                                                           \
    {                                                                                                                  \
        MTL_REASON_##reason, code, "X509_V_ERR_" name, text, ALWAYS(alert)                                             \
    }
static const struct mtl_stack_reason reasons[] = {
    OPENSSL_3_OLD_REASONS(ROW),
    OPENSSL_3_NEW_REASONS(ROW),
    ROW(NAME_MISMATCH, 62, "HOSTNAME_MISMATCH", "hostname mismatch", 42),
    ROW(ADDRESS_MISMATCH, 64, "IP_ADDRESS_MISMATCH", "IP address mismatch", 42),
};

#define ALERT(code, phrase, name, number)                                                                              \
    {                                                                                                                  \
        code, phrase, 0x##number                                                                                       \
    }
static const struct mtl_stack_alert_words alert_words[] = {OPENSSL_3_ALERTS(ALERT)};

/* ssl_rsa.c, ssl_cert.c: SSL_CTX_use_certificate_chain_file() and SSL_CTX_use_PrivateKey_file() refuse at once. */
#define NO_FIT "error:0A0000C1:SSL routines::no shared cipher", "error:0A000102:SSL routines::unsupported protocol"

static const struct mtl_stack_own_words own_words[] = {
    {MTL_REASON_LEAF_KEY_WEAK, true, {"error:0A00018F:SSL routines::ee key too small"}},
    {MTL_REASON_ISSUER_KEY_WEAK, true, {"error:0A00018D:SSL routines::ca key too small"}},
    {MTL_REASON_WEAK_DIGEST, true, {"error:0A00018E:SSL routines::ca md too weak"}},
    {MTL_REASON_MALFORMED, true, {"error:1100009E:X509 V3 routines::invalid certificate"}},
    {MTL_REASON_KEY_MISMATCH, true, {"error:05800074:x509 certificate routines::key values mismatch"}},
    {MTL_REASON_NO_SHARED_ALGORITHM, true, {"error:0A0000F7:SSL routines::unknown certificate type"}},
    {MTL_REASON_NO_SHARED_ALGORITHM, false, {NO_FIT}},
    {MTL_REASON_NO_CERTIFICATE, false, {NO_FIT}},
};

#define BAD_SIGNATURE                                                                                                  \
    {                                                                                                                  \
        "error:0A00007B:SSL routines::bad signature", "error:0A00007B:SSL routines::bad signature"                     \
    }
static const struct mtl_stack_proof proof = {.alert = ALWAYS(51), .line = {BAD_SIGNATURE, BAD_SIGNATURE}};

const struct mtl_stack stack_openssl_3_0 = {
    .id = "openssl-3.0",
    .title = "OpenSSL 3.0 (libssl)",
    .versions = "3.0.22", /* 3.0.20 judges CRLs differently: a delta CRL alone, for one */
    .evidence = MTL_EVIDENCE_RECORDED,
    .policy =
        {
            OPENSSL_3_POLICY,
            .security_bits = 112,
            .names = {.common_name = MTL_CN_IF_NO_DNS_SAN, .wildcards = MTL_WILDCARD_PARTIAL},
            .phases = openssl_3_phases,
            .phase_count = sizeof(openssl_3_phases) / sizeof(openssl_3_phases[0]),
        },
    .reasons = reasons,
    .reason_count = sizeof(reasons) / sizeof(reasons[0]),
    .words =
        {
            .rejects_server = {"verify error:num={code}:{text} (depth {depth})",
                               "error:0A000086:SSL routines::certificate verify failed"},
            .rejects_client = {"verify error:num={code}:{text} (depth {depth})",
                               "error:0A000086:SSL routines::certificate verify failed"},
            .no_certificate = {"error:0A0000C7:SSL routines::peer did not return a certificate"},
            .alert_line = "error:{number}:SSL routines::{alert}",
            .too_large = "error:0A000098:SSL routines::excessive message size",
            .wrong_curve = "error:0A00017A:SSL routines::wrong curve",
            .not_for_signing = {"error:0A00013E:SSL routines::ecc cert not for signing",
                                "error:0A000130:SSL routines::bad ecc cert"},
        },
    .alert_words = alert_words,
    .alert_word_count = sizeof(alert_words) / sizeof(alert_words[0]),
    .own_words = own_words,
    .own_word_count = sizeof(own_words) / sizeof(own_words[0]),
    .completes_chain_from_own_trust = true,
    .skips_trusted_blocks_in_chains = true, /* ssl_rsa.c use_certificate_chain_file() */
    .reads_only_pem = true,
    .refuses_own_weak_certificate = true,
    .refuses_own_malformed_leaf = true,
    .reads_only_hashed_directories = true,
    .hash_command = "openssl rehash",
    .refuses_own_undecodable_files = true,
    .proof = &proof,
    .loadable_keys = SIGNING_KEYS | BIT(MTL_KEY_DSA),
    .signing = {[MTL_CLIENT] = client_signing, [MTL_SERVER] = server_signing},
    .undecodable_alert = {[MTL_CLIENT] = 42, [MTL_SERVER] = 50},
    .no_certificate_alert = {[MTL_TLS12] = 40, [MTL_TLS13] = 116},
    .no_shared_algorithm_alert = {[MTL_TLS12] = 40, [MTL_TLS13] = 70},
    .wrong_curve_alert = {[MTL_TLS12] = 47},
    .not_for_signing_alert = 40,
    .own_chain_weak_alert = 80,
    .largest_certificate_message = 100 * 1024, /* SSL_MAX_CERT_LIST_DEFAULT */
    .too_large_alert = 47,
};
