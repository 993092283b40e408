/*
 * BoringSSL, libssl on both sides as an ordinary application of OpenSSL's interface sets it up: SSL_VERIFY_PEER
 * (servers also SSL_VERIFY_FAIL_IF_NO_PEER_CERT), SSL_CTX_load_verify_locations, and the expected name in the verify
 * parameters.
 *
 * Does not cover: own verifiers (SSL_set_custom_verify, as Chrome and gRPC use them), the verifier in pki/, policies
 * that the user wants, RSA key exchange, the public keys that it never trusts. Its sources: boringssl_family.h.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "stack/boringssl_family.h"

/* X509_policy_check() */
static const enum mtl_step policies[] = {MTL_STEP_POLICIES, MTL_STEP_END};

static const struct mtl_phase phases[] = {
    {.direction = MTL_LEAF_ONLY, .before_building = true, .steps = leaf_decodes},
    {.direction = MTL_LEAF_TO_ROOT, .presented_only = true, .steps = extensions},
    {.direction = MTL_LEAF_ONLY, .steps = identity},
    {.direction = MTL_LEAF_TO_ROOT, .steps = revocation},
    {.direction = MTL_ROOT_TO_LEAF, .steps = signatures},
    {.direction = MTL_ROOT_TO_LEAF, .steps = name_constraints},
    {.direction = MTL_ROOT_TO_LEAF, .steps = policies},
};

#define ROW(reason, code, name, text, alert)                                                                           \
    {                                                                                                                  \
        MTL_REASON_##reason, code, "X509_V_ERR_" name, text, ALWAYS(alert)                                             \
    }
static const struct mtl_stack_reason reasons[] = {
    BORINGSSL_REASONS(ROW),
    BORINGSSL_NAME_REASONS(ROW),
    BORINGSSL_CRL_REASONS(ROW),
    {MTL_REASON_UNKNOWN_CURVE, 0, NULL, UNSUPPORTED_ALGORITHM, ALWAYS(50)},
    {MTL_REASON_EXPLICIT_CURVE, 0, NULL, KEY_DECODE_ERROR, ALWAYS(50)},
};

const struct mtl_stack stack_boringssl = {
    .id = "boringssl",
    .title = "BoringSSL (libssl)",
    .versions = "boring-sys 5.4.0", /* BoringSSL itself has no versions */
    .evidence = MTL_EVIDENCE_RECORDED,
    .asks = MTL_ASKS_BY_APPLICATION,
    .asks_with = "SSL_set_tlsext_host_name()",
    .policy = {BORINGSSL_POLICY, .anchor_must_be_self_signed = true,
               .names = {.common_name = MTL_CN_IF_NO_SAN, .wildcards = MTL_WILDCARD_WHOLE_LABEL}, .phases = phases,
               .phase_count = sizeof(phases) / sizeof(phases[0])},
    .reasons = reasons,
    .reason_count = sizeof(reasons) / sizeof(reasons[0]),
    .words =
        {
            .rejects_server = {"verify error:num={code}:{text}", IN_LIBSSL("1000007d", "CERTIFICATE_VERIFY_FAILED")},
            .rejects_client = {"verify error:num={code}:{text}", IN_LIBSSL("1000007d", "CERTIFICATE_VERIFY_FAILED")},
            .no_certificate = {IN_LIBSSL("100000c0", "PEER_DID_NOT_RETURN_A_CERTIFICATE")},
            .alert_line = "{alert}",
            .too_large = IN_LIBSSL("10000096", "EXCESSIVE_MESSAGE_SIZE"),
            .unreadable = {"{text}", "{text}"},
        },
    BORINGSSL_ENDPOINT,
    BORINGSSL_PHRASES,
    .own_words = boringssl_own_words,
    .own_word_count = sizeof(boringssl_own_words) / sizeof(boringssl_own_words[0]),
    .reads_only_hashed_directories = true,
    .hash_command = "openssl rehash",
};
