/*
 * What the versions of Node's tls module share: rejectUnauthorized, servers also requestCert.
 *
 * Node's verify callback accepts every chain, so libssl never sends an alert for one and keeps its last error.
 * JavaScript looks at that error after the handshake, then a client compares the name; whoever finds a fault destroys
 * the socket. The server's event tlsClientError does not carry the reason, only socket.authorizationError does.
 * checkServerIdentity() runs when libssl found nothing. Does not cover: checkServerIdentity of one's own, pfx, limits
 * of depth (it cannot set them). Sources: lib/_tls_wrap.js, lib/tls.js, src/crypto/crypto_common.cc.
 *
 * A row adds its security level, the tables leftover_words and alert_words, and what it says of a signature by another
 * key. Every table that is defined here is private to the file that includes it. SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_NODE_FAMILY_H
#define MTL_NODE_FAMILY_H

#include "stack/openssl_family.h"

#define NODE_NAMED(reason, code, name, text, alert)                                                                    \
    {                                                                                                                  \
        MTL_REASON_##reason, code, name, text, ALWAYS(0)                                                               \
    }
#define NODE_UNNAMED(reason, code, name, text, alert) NODE_NAMED(reason, code, "UNSPECIFIED", text, 0)
#define NODE_ALTNAME(reason, text) NODE_NAMED(reason, 0, "ERR_TLS_CERT_ALTNAME_INVALID", text, 0)
static const struct mtl_stack_reason node_reasons[] = {
    OPENSSL_3_OLD_REASONS(NODE_NAMED),
    OPENSSL_3_NEW_REASONS(NODE_UNNAMED),
    NODE_NAMED(LEAF_UNVERIFIED, 21, "UNABLE_TO_VERIFY_LEAF_SIGNATURE", "unable to verify the first certificate", 0),
    NODE_ALTNAME(NAME_MISMATCH, "Hostname/IP does not match certificate's altnames"),
    NODE_ALTNAME(ADDRESS_MISMATCH, "Hostname/IP does not match certificate's altnames"),
};

/* A server's event carries what libcrypto left in its queue of errors, and a reset if that is empty. */
#define NODE_LEFT_BY_MALFORMED                                                                                         \
    {                                                                                                                  \
        MTL_REASON_MALFORMED, MTL_SERVER,                                                                              \
            "ERR_SSL_INVALID_CERTIFICATE: error:1100009E:X509 V3 "                                                     \
            "routines:ossl_x509v3_cache_extensions:invalid certificate"                                                \
    }

/* For OPENSSL_3_ALERTS and its like. */
#define NODE_ALERT(code, phrase, name, number)                                                                         \
    {                                                                                                                  \
        code, name ": error:" #number ":SSL routines:ssl3_read_bytes:" phrase, 0x##number                              \
    }

#define NODE_NO_FIT                                                                                                    \
    "ERR_SSL_NO_SHARED_CIPHER: error:0A0000C1:SSL routines:tls_post_process_client_hello:no shared cipher",            \
        "ERR_SSL_NO_SUITABLE_SIGNATURE_ALGORITHM: error:0A000076:SSL routines:tls_choose_sigalg:no suitable "          \
        "signature algorithm"

/* tls.createSecureContext() throws at once. What is wrong with a chain it completes itself is said in a function. */
static const struct mtl_stack_own_words node_own_words[] = {
    {MTL_REASON_LEAF_KEY_WEAK, true, {"ERR_SSL_EE_KEY_TOO_SMALL: error:0A00018F:SSL routines::ee key too small"}},
    {MTL_REASON_ISSUER_KEY_WEAK, true, {"ERR_SSL_CA_KEY_TOO_SMALL: error:0A00018D:SSL routines:"}},
    {MTL_REASON_WEAK_DIGEST, true, {"ERR_SSL_CA_MD_TOO_WEAK: error:0A00018E:SSL routines:"}},
    {MTL_REASON_KEY_MISMATCH,
     true,
     {"ERR_OSSL_X509_KEY_VALUES_MISMATCH: error:05800074:x509 certificate routines::key values mismatch"}},
    {MTL_REASON_NO_SHARED_ALGORITHM,
     true,
     {"ERR_SSL_UNKNOWN_CERTIFICATE_TYPE: error:0A0000F7:SSL routines::unknown certificate type"}},
    {MTL_REASON_NO_SHARED_ALGORITHM, false, {NODE_NO_FIT}},
    {MTL_REASON_NO_CERTIFICATE, false, {NODE_NO_FIT}},
};

#define NODE_POLICY                                                                                                    \
    OPENSSL_3_POLICY, OPENSSL_3_GOES_ON,                                                                               \
        .names = {                                                                                                     \
            .common_name = MTL_CN_IF_NO_DNS_SAN,                                                                       \
            .wildcards = MTL_WILDCARD_INSIDE,                                                                          \
            .final_dot_is_ignored = true,                                                                              \
            .names_may_end_in_dot = true,                                                                              \
    }

#define NODE_WORDS                                                                                                     \
    {                                                                                                                  \
        .rejects_server = {"{name}: {text}"}, .rejects_client = {"ECONNRESET: socket hang up"},                        \
        .no_certificate = {"ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE: error:0A0000C7:SSL "                            \
                           "routines:tls_process_client_certificate:peer did not return a certificate"},               \
        .alert_line = "ERR_SSL_{alert}", .too_large = "ERR_SSL_EXCESSIVE_MESSAGE_SIZE: error:0A000098:SSL routines:",  \
        .no_leaf_key = "ERR_SSL_DECODE_ERROR: error:03000072:digital envelope routines:X509_PUBKEY_get0:decode error", \
        .wrong_curve = "ERR_SSL_WRONG_CURVE: error:0A00017A:SSL routines:tls12_check_peer_sigalg:wrong curve",         \
        .not_for_signing = {"ERR_SSL_ECC_CERT_NOT_FOR_SIGNING: error:0A00013E:SSL "                                    \
                            "routines:ssl_check_srvr_ecc_cert_and_alg:ecc cert not for signing"},                      \
    }

/* All of struct mtl_stack but what names the row, its policy and the tables that it adds. */
#define NODE                                                                                                           \
    .words = NODE_WORDS, LIBSSL_3, LIBSSL_3_COMPLETES, TABLE(reasons, reason_count, node_reasons),                     \
    TABLE(own_words, own_word_count, node_own_words), .no_shared_algorithm_alert = LIBSSL_3_UNFIT_LATE,                \
    .judges_late = MTL_LATE_CHAIN, .reads_only_first_crl = true, .refuses_own_undecodable_files = true,                \
    .broken_block_ends_trust = true, .ignores_crls_in_trust = true, .needs_leaf_key = true, .leaf_key_alert = 80

#endif
