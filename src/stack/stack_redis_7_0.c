/*
 * Redis 7.0, Debian's build: redis-server with tls-ca-cert-file and tls-auth-clients, redis-cli --tls --cacert.
 * OpenSSL 3.0 judges chains. redis-cli compares no name at all: any certificate of a trusted CA is a server to it.
 *
 * Does not cover: replication, sentinels and cluster links (redis-server as a client), hiredis in other programs.
 * Sources, 7.0.15: where src/tls.c, src/cli_common.c and deps/hiredis/ssl.c set verification (no callback, no names, no
 * CRLs) and take errors (the server the oldest entry of the queue, the client the newest). SPDX-License-Identifier:
 * Apache-2.0
 */
#include "stack/openssl_family.h"

static const struct mtl_phase phases[] = {
    {.direction = MTL_LEAF_ONLY, .before_building = true, .steps = before_building},
    {.direction = MTL_LEAF_TO_ROOT, .steps = extensions},
    {.direction = MTL_LEAF_TO_ROOT, .steps = strength},
    {.direction = MTL_LEAF_TO_ROOT, .steps = revocation},
    {.direction = MTL_ROOT_TO_LEAF, .steps = signatures},
    {.direction = MTL_ROOT_TO_LEAF, .steps = name_constraints},
};

static const struct mtl_stack_reason reasons[] = {
    OPENSSL_3_OLD_REASONS(OPENSSL_3_ROW),
    OPENSSL_3_NEW_REASONS(OPENSSL_3_ROW),
};

#define SERVER "Error accepting a client connection: "
#define CLIENT "SSL_connect failed: "
#define ENTRY(number, name, text) SERVER "error:" number ":SSL routines::" text

/* It prints the oldest entry of libssl's queue. */
static const struct mtl_stack_leftover_words leftover_words[] = {
    {MTL_REASON_MALFORMED, MTL_SERVER, SERVER "error:1100009E:X509 V3 routines::invalid certificate"},
    {MTL_REASON_SIGNATURE, MTL_SERVER, SERVER "error:06880006:asn1 encoding routines::EVP lib"},
};

static const struct mtl_stack_own_words own_words[] = {
    {MTL_REASON_NO_CERTIFICATE, true, {"No tls-cert-file configured!"}},
    {MTL_REASON_NO_SHARED_ALGORITHM, false, {LIBSSL_3_UNFIT_WORDS(ENTRY)}},
};

static const struct mtl_stack_proof proof = {
    .alert = ALWAYS(51),
    .line =
        {[MTL_CLIENT] = {CLIENT "bad signature", CLIENT "bad signature"}, [MTL_SERVER] = LIBSSL_3_BAD_SIGNATURE(ENTRY)},
};

const struct mtl_stack stack_redis_7_0 = {
    .id = "redis-7.0",
    .title = "Redis 7.0 (redis-server, redis-cli)",
    .versions = "7.0.15 with OpenSSL 3.0.22",
    .evidence = MTL_EVIDENCE_RECORDED,
    .asks = MTL_ASKS_BY_SETTING,
    .asks_with = "--sni NAME",
    .policy = {OPENSSL_3_POLICY, TABLE(phases, phase_count, phases), OPENSSL_3_NAMES, .security_bits = 112},
    .words =
        {
            .no_certificate = {ENTRY("0A0000C7", "", "peer did not return a certificate")},
            .too_large = ENTRY("0A000098", "", "excessive message size"),
            .client_too_large = CLIENT "excessive message size",
            .wrong_curve = ENTRY("0A00017A", "", "wrong curve"),
            .rejects_server = {CLIENT "certificate verify failed"},
            .rejects_client = {ENTRY("0A000086", "", "certificate verify failed")},
            .alert_line = ENTRY("{number}", "", "{alert}"),
            .unreadable = {[MTL_CLIENT] = CLIENT "ASN1 lib"},
            .not_for_signing = {CLIENT "bad ecc cert"},
            .client_alert_line = CLIENT "{alert}",
        },
    LIBSSL_3,
    LIBSSL_3_COMPLETES,
    LIBSSL_3_LOADS,
    .refuses_absent_certificate = true,
    TABLE(reasons, reason_count, reasons),
    OPENSSL_3_PHRASES,
    TABLE(own_words, own_word_count, own_words),
    TABLE(leftover_words, leftover_word_count, leftover_words),
    .proof = &proof,
    .no_shared_algorithm_alert = LIBSSL_3_UNFIT,
};
