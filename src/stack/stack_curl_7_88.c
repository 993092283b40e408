/*
 * curl 7.88, the program, with OpenSSL 3.0 as Debian builds it: --cacert, --cert, --key, --crlfile.
 *
 * libssl verifies the chain and sends the alerts; curl itself compares the name after the handshake, and closes. With
 * something in libssl's queue of errors it words that instead of the failed verification. Does not cover: the depth
 * (no option), other TLS libraries that curl can be built with, --pinnedpubkey.
 * Source, 7.88.1: lib/vtls/openssl.c (cert_stuff(), populate_x509_store(), verifyhost()). SPDX-License-Identifier:
 * Apache-2.0
 */
#include "stack/openssl_family.h"

#define PROBLEM(reason, code, name, text, alert)                                                                       \
    OPENSSL_3_ROW(reason, code, name, "SSL certificate problem: " text, alert)
#define NO_NAME "SSL: no alternative certificate subject name matches target host name"
static const struct mtl_stack_reason reasons[] = {
    OPENSSL_3_OLD_REASONS(PROBLEM),
    OPENSSL_3_NEW_REASONS(PROBLEM),
    {MTL_REASON_NAME_MISMATCH, 0, NULL, NO_NAME, ALWAYS(0)},
    {MTL_REASON_ADDRESS_MISMATCH, 0, NULL, NO_NAME, ALWAYS(0)},
    {MTL_REASON_COMMON_NAME_MISMATCH, 0, NULL, "SSL: certificate subject name", ALWAYS(0)},
};

#define ERROR(number, name, text) "curl: (35) OpenSSL/3.0.22: error:" number ":SSL routines::" text

static const struct mtl_stack_leftover_words leftover_words[] = {
    {MTL_REASON_MALFORMED, MTL_CLIENT,
     "curl: (35) OpenSSL/3.0.22: error:1100009E:X509 V3 routines::invalid certificate"},
    {MTL_REASON_SIGNATURE, MTL_CLIENT, "curl: (35) OpenSSL/3.0.22: error:06880006:asn1 encoding routines::EVP lib"},
    {MTL_REASON_CRL_SIGNATURE, MTL_CLIENT, "curl: (35) OpenSSL/3.0.22: error:06880006:asn1 encoding routines::EVP lib"},
};

/* SSL_CTX_use_certificate_chain_file() refuses at once. */
#define NOT_LOADED(reason, number, library, text)                                                                      \
    {                                                                                                                  \
        MTL_REASON_##reason, true,                                                                                     \
        {                                                                                                              \
            "OpenSSL error error:" number ":" library " routines::" text                                               \
        }                                                                                                              \
    }
static const struct mtl_stack_own_words own_words[] = {
    NOT_LOADED(LEAF_KEY_WEAK, "0A00018F", "SSL", "ee key too small"),
    NOT_LOADED(ISSUER_KEY_WEAK, "0A00018D", "SSL", "ca key too small"),
    NOT_LOADED(WEAK_DIGEST, "0A00018E", "SSL", "ca md too weak"),
    NOT_LOADED(MALFORMED, "1100009E", "X509 V3", "invalid certificate"),
    {MTL_REASON_KEY_MISMATCH, true, {"curl: (58) unable to set private key file: "}},
};

static const struct mtl_stack_proof proof = LIBSSL_3_PROOF(ERROR);

const struct mtl_stack stack_curl_7_88 = {
    .id = "curl-7.88",
    .title = "curl 7.88",
    .versions = "7.88.1 with OpenSSL 3.0.22",
    .evidence = MTL_EVIDENCE_RECORDED,
    .asks = MTL_ASKS,
    .roles = BIT(MTL_CLIENT),
    .policy =
        {
            OPENSSL_3_POLICY_BARE,
            OPENSSL_3_NAME_LAST,
            .default_depth = 100,
            .crls_need_self_signed_anchor = true, /* X509_V_FLAG_PARTIAL_CHAIN, unless there is a CRL */
            .names = {.common_name = MTL_CN_IF_NO_DNS_OR_ADDRESS,
                      .only_last_common_name = true,
                      .wildcards = MTL_WILDCARD_ANY_LETTERS,
                      .final_dot_is_ignored = true,
                      .names_may_end_in_dot = true,
                      .tells_common_name_apart = true},
            .security_bits = 112,
        },
    .words =
        {
            OPENSSL_3_WORDS(ERROR),
            .rejects_server = {"curl: (60) {text}"},
            .alert_line = ERROR("{number}", "", "{alert}"),
            .not_for_signing = {ERROR("0A00013E", "ECC_CERT_NOT_FOR_SIGNING", "ecc cert not for signing")},
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
    .strips_final_dot = true,
    .judges_late = MTL_LATE_NAME,
    .late_moment = MTL_LATE_CONNECTED,
    .loads_trust_only_to_verify = true,
    .loads_trust_late = true,
};
