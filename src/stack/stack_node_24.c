/*
 * Node 24's tls module on its own OpenSSL 3.5, at security level 2, which is OpenSSL's own since 3.2.
 *
 * It still loads certificates of its own that are signed with SHA-1 or MD5: OpenSSL looks only at their keys since June
 * 2026 (3.5.8 does, 3.5.4 does not). SPDX-License-Identifier: Apache-2.0
 */
#include "stack/node_family.h"

#define BAD_SIGNATURE                                                                                                  \
    "ERR_SSL_PROVIDER_SIGNATURE_FAILURE: error:030000EA:digital envelope routines:EVP_DigestVerifyFinal:provider "     \
    "signature failure"

static const struct mtl_stack_leftover_words leftover_words[] = {
    NODE_LEFT_BY_MALFORMED,
    {MTL_REASON_SIGNATURE, MTL_SERVER, BAD_SIGNATURE},
};
static const struct mtl_stack_alert_words alert_words[] = {OPENSSL_3_2_ALERTS(NODE_ALERT)};

static const struct mtl_stack_proof proof = {
    .alert = ALWAYS(51),
    .misfit_alert = LIBSSL_3_MISFIT,
    .line = {[MTL_CLIENT] = {BAD_SIGNATURE, BAD_SIGNATURE}, [MTL_SERVER] = {BAD_SIGNATURE, BAD_SIGNATURE}},
};

const struct mtl_stack stack_node_24 = {
    .id = "node-24",
    .title = "Node.js 24 (tls)",
    .versions = "24.21.0 with OpenSSL 3.5.8",
    .evidence = MTL_EVIDENCE_RECORDED,
    .asks = MTL_ASKS_BY_APPLICATION,
    .asks_with = "servername of tls.connect(), which https gives by itself",
    .policy = {NODE_POLICY, .takes_delta_crls = true, .security_bits = 112},
    NODE,
    LIBSSL_3_2_SCHEMES,
    TABLE(alert_words, alert_word_count, alert_words),
    TABLE(leftover_words, leftover_word_count, leftover_words),
    .proof = &proof,
    .own_digests_are_free = true,
};
