/*
 * haproxy 2.6, Debian's build: as a server "bind ... ssl crt ca-file verify required", as a client "server ... ssl crt
 * ca-file verify required sni verifyhost". OpenSSL 3.0 judges chains, haproxy itself compares names.
 *
 * The log of a server tells leaf and CA apart, but no reason; that of a client has the termination state SC only.
 * A name is looked for in every dNSName and common name, an address as text; a lone leaf is sent alone.
 * Does not cover: crt-ignore-err and ca-ignore-err, ssl_c_used in rules, health checks, error-log-format.
 * Sources, 2.6.12: src/ssl_sock.c (ssl_sock_srv_verifycbk, ssl_sock_srv_hostcheck, CRLs of the whole chain); what it
 * logs and when it does not start is from the recording. SPDX-License-Identifier: Apache-2.0
 */
#include "stack/openssl_family.h"

static const struct mtl_stack_reason reasons[] = {
    OPENSSL_3_OLD_REASONS(OPENSSL_3_ROW),
    OPENSSL_3_NEW_REASONS(OPENSSL_3_ROW),
    {MTL_REASON_NAME_MISMATCH, 0, NULL, "the name of the server is not in the certificate", ALWAYS(80)},
    {MTL_REASON_ADDRESS_MISMATCH, 0, NULL, "the name of the server is not in the certificate", ALWAYS(80)},
};

#define CLIENT_FAILED "503 217 - - SC--"
#define SERVER_FAILED "SSL handshake failure"

#define REFUSED "unable to load SSL certificate into SSL Context"
static const struct mtl_stack_own_words own_words[] = {
    {MTL_REASON_KEY_MISMATCH, true, {"inconsistencies between private key and certificate loaded"}},
    {MTL_REASON_LEAF_KEY_WEAK, true, {REFUSED}},
    {MTL_REASON_NO_SHARED_ALGORITHM, true, {REFUSED}},
    {MTL_REASON_NO_CERTIFICATE, true, {"no SSL certificate specified for bind"}},
    {MTL_REASON_NO_SHARED_ALGORITHM, false, {SERVER_FAILED, SERVER_FAILED}},
};

static const struct mtl_stack_proof proof = {
    .alert = ALWAYS(51),
    .line = {[MTL_CLIENT] = {CLIENT_FAILED, CLIENT_FAILED}, [MTL_SERVER] = {SERVER_FAILED, SERVER_FAILED}},
};

const struct mtl_stack stack_haproxy_2_6 = {
    .id = "haproxy-2.6",
    .title = "haproxy 2.6",
    .versions = "2.6.12 with OpenSSL 3.0.22",
    .evidence = MTL_EVIDENCE_RECORDED,
    .asks = MTL_ASKS_BY_SETTING,
    .asks_with = "sni str(NAME) in the server's line",
    .policy = {OPENSSL_3_POLICY, OPENSSL_3_NAME_IN_CALLBACK,
               .names = {.common_name = MTL_CN_ALWAYS, .wildcards = MTL_WILDCARD_ONE_STAR, .addresses_are_texts = true},
               .security_bits = 112},
    .words =
        {
            .rejects_server = {CLIENT_FAILED},
            .rejects_client = {"SSL client certificate not trusted"},
            .rejects_issuer = {"SSL client CA chain cannot be verified"},
            .no_certificate = {SERVER_FAILED},
            .alert_line = SERVER_FAILED,
            .client_alert_line = CLIENT_FAILED,
            .too_large = SERVER_FAILED,
            .client_too_large = CLIENT_FAILED,
            .wrong_curve = SERVER_FAILED,
            .unreadable = {[MTL_CLIENT] = CLIENT_FAILED, [MTL_SERVER] = SERVER_FAILED},
            .not_for_signing = {CLIENT_FAILED},
        },
    LIBSSL_3,
    .refuses_own_undecodable_files = true,
    .refuses_absent_certificate = true,
    TABLE(reasons, reason_count, reasons),
    OPENSSL_3_PHRASES,
    TABLE(own_words, own_word_count, own_words),
    .proof = &proof,
    .no_shared_algorithm_alert = LIBSSL_3_UNFIT_LATE,
};
