/*
 * MariaDB 10.11, Debian's build: as a server ssl_ca, ssl_cert, ssl_key, ssl_crl and an account with REQUIRE X509; as a
 * client (mariadb, and Connector/C 3.3 in other programs) --ssl-ca, --ssl-crl and --ssl-verify-server-cert. OpenSSL 3.0
 * judges chains on both sides; that a client has no certificate is no matter of TLS: the account's login is denied.
 *
 * A server asks every client for a certificate and judges what it gets, also for accounts that require none, which is
 * what "optional" means here; without ssl_ca it judges by the system's CAs. It logs nothing about TLS: a failed
 * handshake is a connection that "closed normally without authentication", as every port scan. A client compares the
 * name when the handshake has succeeded, and closes without close_notify. Its messages have the verifier's error, or
 * the oldest entry of libssl's queue. Does not cover: REQUIRE ISSUER and SUBJECT, FLUSH SSL (which keeps the old files
 * if it cannot load the new ones), --ssl-verify-server-cert without --ssl-ca, replication, Connector/C with GnuTLS.
 * Sources, 10.11.18: vio/viosslfactories.c, sql/mysqld.cc init_ssl(), sql/sql_acl.cc, libmariadb/secure/openssl.c; what
 * is said and when is from the recording of 10.11.19. SPDX-License-Identifier: Apache-2.0
 */
#include "stack/openssl_family.h"

#define SAID "ERROR 2026 (HY000): TLS/SSL error: "
#define OTHER_NAME "Validation of SSL server certificate failed"
static const struct mtl_stack_reason reasons[] = {
    OPENSSL_3_OLD_REASONS(OPENSSL_3_ROW),
    OPENSSL_3_NEW_REASONS(OPENSSL_3_ROW),
    {MTL_REASON_NAME_MISMATCH, 0, NULL, OTHER_NAME, ALWAYS(0)},
    {MTL_REASON_ADDRESS_MISMATCH, 0, NULL, OTHER_NAME, ALWAYS(0)},
};

#define ABORTED "user: 'unauthenticated' host: '127.0.0.1' (This connection closed normally without authentication)"
#define NO_CERTIFICATE "SSL error: Unable to get certificate"
static const struct mtl_stack_own_words own_words[] = {
    {MTL_REASON_LEAF_KEY_WEAK, true, {NO_CERTIFICATE}},
    {MTL_REASON_ISSUER_KEY_WEAK, true, {NO_CERTIFICATE}},
    {MTL_REASON_WEAK_DIGEST, true, {NO_CERTIFICATE}},
    {MTL_REASON_MALFORMED, true, {NO_CERTIFICATE}},
    {MTL_REASON_KEY_MISMATCH, true, {"SSL error: Unable to get private key"}},
    {MTL_REASON_NO_CERTIFICATE, true, {"SSL error: Private key does not match the certificate public key"}},
    {MTL_REASON_EMPTY_TRUST, true, {"SSL error: SSL_CTX_set_default_verify_paths failed"}},
    {MTL_REASON_NO_SHARED_ALGORITHM, false, {ABORTED, ABORTED}},
    {MTL_REASON_OWN_CHAIN_WEAK, false, {ABORTED, ABORTED}},
};
#define REFUSAL(reason, number, library, short_name, name, text)                                                       \
    {                                                                                                                  \
        MTL_REASON_##reason, true,                                                                                     \
        {                                                                                                              \
            SAID text                                                                                                  \
        }                                                                                                              \
    }
static const struct mtl_stack_own_words client_own_words[] = {OPENSSL_3_OWN_ERRORS(REFUSAL)};

static const struct mtl_stack_proof proof = {
    .alert = ALWAYS(51),
    .line = {[MTL_CLIENT] = {SAID "bad signature", SAID "bad signature"}, [MTL_SERVER] = {ABORTED, ABORTED}},
};

const struct mtl_stack stack_mariadb_10_11 = {
    .id = "mariadb-10.11",
    .title = "MariaDB 10.11 (server, client)",
    .versions = "10.11.19 with OpenSSL 3.0.22",
    .evidence = MTL_EVIDENCE_RECORDED,
    .asks = MTL_ASKS_NEVER,
    .policy = {OPENSSL_3_POLICY, OPENSSL_3_NAME_LAST,
               .names = {.common_name = MTL_CN_IF_NO_DNS_SAN,
                         .wildcards = MTL_WILDCARD_PARTIAL,
                         .addresses_are_texts = true,
                         .addresses_count_too = true},
               .security_bits = 112},
    .words =
        {
            .rejects_server = {SAID "{text}"},
            .rejects_client = {ABORTED},
            .no_certificate = {"Access denied for user "},
            .alert_line = ABORTED,
            .client_alert_line = SAID "{alert}",
            .of_any_end = ABORTED,
            .too_large = ABORTED,
            .client_too_large = SAID "excessive message size",
            .wrong_curve = ABORTED,
            .unreadable = {[MTL_SERVER] = ABORTED},
            .not_for_signing = {SAID "ecc cert not for signing"},
        },
    LIBSSL_3,
    LIBSSL_3_COMPLETES,
    LIBSSL_3_LOADS,
    .loads_trust_only_to_verify = true,
    .always_asks = true,
    .refuses_absent_certificate = true,
    .judges_late = MTL_LATE_NAME | MTL_LATE_ABSENCE,
    .late_moment = MTL_LATE_REQUEST,
    TABLE(reasons, reason_count, reasons),
    OPENSSL_3_PHRASES,
    TABLE(own_words, own_word_count, own_words),
    TABLE(client_own_words, client_own_word_count, client_own_words),
    .proof = &proof,
    .no_shared_algorithm_alert = LIBSSL_3_UNFIT,
};
