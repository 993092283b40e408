/* Node 20's tls module on its own OpenSSL 3.0, at security level 1. SPDX-License-Identifier: Apache-2.0 */
#include "stack/node_family.h"

static const struct mtl_stack_leftover_words leftover_words[] = {
    NODE_LEFT_BY_MALFORMED,
    {MTL_REASON_ISSUER_KEY, MTL_SERVER,
     "ERR_SSL_DECODE_ERROR: error:03000072:digital envelope routines:X509_PUBKEY_get0:decode error"},
    {MTL_REASON_CRL_SIGNATURE, MTL_SERVER,
     "ERR_SSL_EVP_LIB: error:06880006:asn1 encoding routines:ASN1_item_verify_ctx:EVP lib"},
    {MTL_REASON_SIGNATURE, MTL_SERVER,
     "ERR_SSL_EVP_LIB: error:06880006:asn1 encoding routines:ASN1_item_verify_ctx:EVP lib"},
};
static const struct mtl_stack_alert_words alert_words[] = {OPENSSL_3_ALERTS(NODE_ALERT)};

#define BAD_SIGNATURE(function) "ERR_SSL_BAD_SIGNATURE: error:0A00007B:SSL routines:" function ":bad signature:"
static const struct mtl_stack_proof proof = {
    .alert = ALWAYS(51),
    .misfit_alert = LIBSSL_3_MISFIT,
    .line =
        {
            [MTL_CLIENT] = {BAD_SIGNATURE("tls_process_key_exchange"), BAD_SIGNATURE("tls_process_cert_verify")},
            [MTL_SERVER] = {BAD_SIGNATURE("tls_process_cert_verify"), BAD_SIGNATURE("tls_process_cert_verify")},
        },
};

const struct mtl_stack stack_node_20 = {
    .id = "node-20",
    .title = "Node.js 20 (tls)",
    .versions = "20.20.2 with OpenSSL 3.0.19",
    .evidence = MTL_EVIDENCE_RECORDED,
    .asks = MTL_ASKS_BY_APPLICATION,
    .asks_with = "servername of tls.connect(), which https gives by itself",
    .policy = {NODE_POLICY, .security_bits = 80},
    NODE,
    TABLE(alert_words, alert_word_count, alert_words),
    TABLE(leftover_words, leftover_word_count, leftover_words),
    .proof = &proof,
};
