/*
 * libpq of PostgreSQL 15 as a client (psql and most drivers in C), Debian's build: sslmode=verify-full, sslrootcert,
 * sslcrl, sslcert, sslkey. OpenSSL 3.0 judges chains; libpq compares the name when the handshake has succeeded.
 *
 * Does not cover: sslmode=verify-ca (no name), require and below (nothing is verified unless there is a root.crt in
 * the home directory), names of certificates with a NUL, which end the search, addresses that only inet_aton() reads.
 * Its messages have the oldest entry of libssl's queue only.
 * Sources, 15.18: src/interfaces/libpq/fe-secure-openssl.c, fe-secure-common.c. SPDX-License-Identifier: Apache-2.0
 */
#include "stack/openssl_family.h"

#define OTHER_NAME "does not match host name"
static const struct mtl_stack_reason reasons[] = {
    OPENSSL_3_OLD_REASONS(OPENSSL_3_ROW),
    OPENSSL_3_NEW_REASONS(OPENSSL_3_ROW),
    {MTL_REASON_NAME_MISMATCH, 0, NULL, OTHER_NAME, ALWAYS(0)},
    {MTL_REASON_ADDRESS_MISMATCH, 0, NULL, OTHER_NAME, ALWAYS(0)},
};

#define ENTRY(number, name, text) "SSL error: " text
static const struct mtl_stack_leftover_words leftover_words[] = {
    {MTL_REASON_NAME_MISMATCH, MTL_CLIENT, OTHER_NAME},
    {MTL_REASON_ADDRESS_MISMATCH, MTL_CLIENT, OTHER_NAME},
    {MTL_REASON_MALFORMED, MTL_CLIENT, ENTRY("1100009E", "", "invalid certificate")},
    {MTL_REASON_SIGNATURE, MTL_CLIENT, ENTRY("06880006", "", "EVP lib")},
    {MTL_REASON_CRL_SIGNATURE, MTL_CLIENT, ENTRY("06880006", "", "EVP lib")},
};

#define REFUSAL(reason, number, library, short_name, name, text)                                                       \
    {                                                                                                                  \
        MTL_REASON_##reason, true,                                                                                     \
        {                                                                                                              \
            text                                                                                                       \
        }                                                                                                              \
    }
static const struct mtl_stack_own_words own_words[] = {OPENSSL_3_OWN_ERRORS(REFUSAL)};

static const struct mtl_stack_proof proof = LIBSSL_3_PROOF(ENTRY);

const struct mtl_stack stack_libpq_15 = {
    .id = "libpq-15",
    .title = "libpq 15 (PostgreSQL's client)",
    .versions = "15.20 with OpenSSL 3.0.22",
    .evidence = MTL_EVIDENCE_RECORDED,
    .asks = MTL_ASKS,
    .roles = BIT(MTL_CLIENT),
    .policy = {OPENSSL_3_POLICY, OPENSSL_3_NAME_LAST,
               .names = {.common_name = MTL_CN_IF_NONE_OF_KIND,
                         .wildcards = MTL_WILDCARD_FIRST_LABEL,
                         .only_first_common_name = true,
                         .addresses_may_be_texts = true},
               .security_bits = 112},
    .words =
        {
            .too_large = ENTRY("0A000098", "", "excessive message size"),
            .rejects_server = {ENTRY("0A000086", "", "certificate verify failed")},
            .alert_line = ENTRY("{number}", "", "{alert}"),
            .not_for_signing = {ENTRY("0A00013E", "", "ecc cert not for signing")},
        },
    LIBSSL_3,
    LIBSSL_3_COMPLETES,
    LIBSSL_3_LOADS,
    .loads_trust_only_to_verify = true,
    .refuses_open_key = true, /* fe-secure-openssl.c, initialize_SSL() */
    .judges_late = MTL_LATE_NAME,
    .late_moment = MTL_LATE_CONNECTED,
    TABLE(reasons, reason_count, reasons),
    OPENSSL_3_PHRASES,
    TABLE(own_words, own_word_count, own_words),
    TABLE(leftover_words, leftover_word_count, leftover_words),
    .proof = &proof,
};
