/*
 * nginx 1.22 on OpenSSL 3.0: as an HTTPS server with ssl_client_certificate, ssl_verify_client on (or optional),
 * ssl_crl; as the client of an upstream with proxy_pass https, proxy_ssl_verify on, proxy_ssl_trusted_certificate,
 * proxy_ssl_name, proxy_ssl_certificate, proxy_ssl_crl.
 *
 * Its callback lets every chain pass, so handshakes succeed. A server then answers the first request with 400; a client
 * closes with close_notify, never an alert, and answers whom it serves with 502. The log (of a server at level info)
 * has libssl's last error. Depth is 1 unless ssl_verify_depth or proxy_ssl_verify_depth says otherwise. A client
 * compares the name as text, be it an IPv4 address, when the chain is good; an IPv6 address is in brackets there, and
 * never matches. Does not cover: optional_no_ca, ssl_trusted_certificate, error_page 495 and 496, streams and mail
 * (they close), several certificates or upstreams, proxy_ssl_verify left off, which is the default and judges nothing.
 * Sources, 1.22.1: ngx_event_openssl.c, ngx_http_request.c ngx_http_process_request(), ngx_http_upstream.c
 * ngx_http_upstream_ssl_handshake(), ngx_http_upstream_ssl_name(). SPDX-License-Identifier: Apache-2.0
 */
#include "stack/openssl_family.h"

#define OTHER_NAME "upstream SSL certificate does not match"
static const struct mtl_stack_reason reasons[] = {
    OPENSSL_3_OLD_REASONS(OPENSSL_3_SILENT),
    OPENSSL_3_NEW_REASONS(OPENSSL_3_SILENT),
    OPENSSL_3_SILENT(LEAF_UNVERIFIED, 21, "UNABLE_TO_VERIFY_LEAF_SIGNATURE", "unable to verify the first certificate",
                     0),
    {MTL_REASON_NAME_MISMATCH, 0, NULL, OTHER_NAME, ALWAYS(0)},
    {MTL_REASON_ADDRESS_MISMATCH, 0, NULL, OTHER_NAME, ALWAYS(0)},
};

static const struct mtl_stack_leftover_words leftover_words[] = {
    {MTL_REASON_NAME_MISMATCH, MTL_CLIENT, OTHER_NAME},
    {MTL_REASON_ADDRESS_MISMATCH, MTL_CLIENT, OTHER_NAME},
};

#define HANDSHAKING(what) "SSL_do_handshake() failed (SSL: " what ") while SSL handshaking"
#define ENTRY(number, text) "error:" number ":SSL routines::" text
#define ERROR(number, name, text) HANDSHAKING(ENTRY(number, text))
#define UPSTREAM(what) HANDSHAKING(what) " to upstream"
#define UPSTREAM_ERROR(number, name, text) UPSTREAM(ENTRY(number, text))
#define ALERT ENTRY("{number}", "{alert}:SSL alert number {alert_code}")
#define FAILED(what) " failed (SSL: error:" what ")"

/* SSL_CTX_use_certificate() of the leaf, SSL_CTX_set0_chain() of the others. */
static const struct mtl_stack_own_words own_words[] = {
    {MTL_REASON_LEAF_KEY_WEAK, true, {FAILED("0A00018F:SSL routines::ee key too small")}},
    {MTL_REASON_ISSUER_KEY_WEAK, true, {FAILED("0A00018D:SSL routines::ca key too small")}},
    {MTL_REASON_WEAK_DIGEST, true, {FAILED("0A00018E:SSL routines::ca md too weak")}},
    {MTL_REASON_KEY_MISMATCH, true, {FAILED("05800074:x509 certificate routines::key values mismatch")}},
    {MTL_REASON_NO_SHARED_ALGORITHM, true, {FAILED("0A0000F7:SSL routines::unknown certificate type")}},
    {MTL_REASON_EMPTY_TRUST, true, {FAILED("0480006C:PEM routines::no start line:Expecting: CERTIFICATE")}},
    {MTL_REASON_NO_CERTIFICATE, true, {"no \"ssl_certificate\" is defined for the \"listen ... ssl\" directive"}},
    {MTL_REASON_NO_SHARED_ALGORITHM, false, {LIBSSL_3_UNFIT_LATE_WORDS(ERROR)}},
};

static const struct mtl_stack_proof proof = {
    .alert = ALWAYS(51),
    .misfit_alert = LIBSSL_3_MISFIT,
    .line = {[MTL_CLIENT] = LIBSSL_3_BAD_SIGNATURE(UPSTREAM_ERROR), [MTL_SERVER] = LIBSSL_3_BAD_SIGNATURE(ERROR)},
};

const struct mtl_stack stack_nginx_1_22 = {
    .id = "nginx-1.22",
    .title = "nginx 1.22",
    .versions = "1.22.1 with OpenSSL 3.0.22",
    .evidence = MTL_EVIDENCE_RECORDED,
    .asks = MTL_ASKS_BY_SETTING,
    .asks_with = "proxy_ssl_server_name on",
    .policy =
        {
            OPENSSL_3_POLICY_BARE,
            OPENSSL_3_GOES_ON,
            .names = {.common_name = MTL_CN_IF_NO_DNS_SAN,
                      .wildcards = MTL_WILDCARD_PARTIAL,
                      .addresses_are_texts = true,
                      .no_ipv6_addresses = true},
            .default_depth = 1,
            .anchor_must_be_self_signed = true,
            .security_bits = 112,
        },
    .words =
        {
            .rejects_server =
                {"upstream SSL certificate verify error: ({code}:{text}) while SSL handshaking to upstream"},
            .rejects_client =
                {"client SSL certificate verify error: ({code}:{text}) while reading client request headers"},
            .no_certificate = {"client sent no required SSL certificate while reading client request headers"},
            .alert_line = HANDSHAKING(ALERT),
            .client_alert_line = UPSTREAM(ALERT),
            .client_too_large = UPSTREAM_ERROR("0A000098", "", "excessive message size"),
            .not_for_signing = {UPSTREAM(
                ENTRY("0A00013E", "ecc cert not for signing") " " ENTRY("0A000130", "bad ecc cert"))},
            .too_large = ERROR("0A000098", "", "excessive message size"),
            .no_leaf_key = UPSTREAM("error:03000072:digital envelope routines::decode error " ENTRY(
                "0A0000EF", "unable to find public key parameters")),
            .wrong_curve = ERROR("0A00017A", "", "wrong curve"),
        },
    LIBSSL_3,
    TABLE(reasons, reason_count, reasons),
    OPENSSL_3_PHRASES,
    TABLE(own_words, own_word_count, own_words),
    TABLE(leftover_words, leftover_word_count, leftover_words),
    .proof = &proof,
    .no_shared_algorithm_alert = LIBSSL_3_UNFIT_LATE,
    .needs_leaf_key = true,
    .leaf_key_alert = 80,
    .judges_late = MTL_LATE_CHAIN | MTL_LATE_NAME | MTL_LATE_ABSENCE,
    .late_moment = MTL_LATE_REQUEST,
    .http_status = 400,
    .refuses_own_undecodable_files = true,
    .refuses_absent_certificate = true,
    .refuses_only_trusted_blocks = true,
};
