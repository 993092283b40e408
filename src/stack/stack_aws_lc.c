/*
 * AWS-LC, libssl on both sides as an ordinary application of OpenSSL's interface sets it up: SSL_VERIFY_PEER (servers
 * also SSL_VERIFY_FAIL_IF_NO_PEER_CERT), SSL_CTX_load_verify_locations, and the expected name in the verify parameters.
 *
 * Does not cover: own verifiers (SSL_set_custom_verify), policies, RSA key exchange, several certificates, ML-DSA, the
 * public keys that it never trusts (blocked_spkis). Of two CRLs that are valid it prefers the one for the certificate's
 * own distribution point, which is not modelled. Its sources: aws_lc_family.h. SPDX-License-Identifier: Apache-2.0
 */
#include "stack/aws_lc_family.h"

static const struct mtl_phase phases[] = {
    {.direction = MTL_LEAF_ONLY, .before_building = true, .steps = leaf_decodes},
    {.direction = MTL_LEAF_TO_ROOT, .steps = aws_lc_extensions},
    {.direction = MTL_LEAF_ONLY, .steps = identity},
    {.direction = MTL_LEAF_TO_ROOT, .steps = revocation},
    {.direction = MTL_ROOT_TO_LEAF, .steps = signatures},
    {.direction = MTL_ROOT_TO_LEAF, .steps = name_constraints},
};

#define ROW(reason, code, name, text, alert)                                                                           \
    {                                                                                                                  \
        MTL_REASON_##reason, code, "X509_V_ERR_" name, text, ALWAYS(alert)                                             \
    }
static const struct mtl_stack_reason reasons[] = {
    AWS_LC_REASONS(ROW),
    {MTL_REASON_UNKNOWN_CURVE, 0, NULL, KEY_DECODE_ERROR, ALWAYS(50)},
};

#define REJECTS                                                                                                        \
    {                                                                                                                  \
        "verify error:num={code}:{text}", IN_LIBSSL("1000007d", "CERTIFICATE_VERIFY_FAILED")                           \
    }

const struct mtl_stack stack_aws_lc = {
    .id = "aws-lc",
    .title = "AWS-LC (libssl)",
    .versions = "aws-lc-sys 0.47.0",
    .evidence = MTL_EVIDENCE_RECORDED,
    .asks = MTL_ASKS_BY_APPLICATION,
    .asks_with = "SSL_set_tlsext_host_name()",
    .policy = {AWS_LC_POLICY, .anchor_must_be_self_signed = true,
               .names = {.common_name = MTL_CN_IF_NO_DNS_SAN, .wildcards = MTL_WILDCARD_WHOLE_LABEL}, .phases = phases,
               .phase_count = sizeof(phases) / sizeof(phases[0])},
    .reasons = reasons,
    .reason_count = sizeof(reasons) / sizeof(reasons[0]),
    .words =
        {
            .rejects_server = REJECTS,
            .rejects_client = REJECTS,
            .no_certificate = {IN_LIBSSL("100000c0", "PEER_DID_NOT_RETURN_A_CERTIFICATE")},
            .alert_line = "{alert}",
            .too_large = IN_LIBSSL("10000096", "EXCESSIVE_MESSAGE_SIZE"),
            .unreadable = {"{text}", "{text}"},
            .cannot_sign = IN_LIBSSL("100000fd", "NO_COMMON_SIGNATURE_ALGORITHMS"),
        },
    BORINGSSL_COMMON_ENDPOINT,
    BORINGSSL_PHRASES,
    .own_words = aws_lc_own_words,
    .own_word_count = sizeof(aws_lc_own_words) / sizeof(aws_lc_own_words[0]),
    .reads_only_hashed_directories = true,
    .hash_command = "openssl rehash",
    .reading = {.leaf_curves = AWS_LC_CURVES},
    .usage_spares = BIT(MTL_KEY_RSA),
    .accepted_curves = BORINGSSL_CURVES | BIT(MTL_CURVE_EXPLICIT),
    .offered_curves = BORINGSSL_GROUPS,
    .ignores_offered_curves = true,
    .signing = {[MTL_CLIENT] = aws_lc_client_signing, [MTL_SERVER] = aws_lc_server_signing},
    .closes_without_own_certificate = true,
    .unsignable_alert = {[MTL_CLIENT] = {[MTL_TLS13] = 40}, [MTL_SERVER] = {[MTL_TLS13] = 40}},
};
