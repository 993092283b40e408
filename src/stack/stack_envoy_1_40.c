/*
 * Envoy 1.40, its own verifier (DefaultCertValidator) around BoringSSL's: a listener's DownstreamTlsContext with
 * trusted_ca and require_client_certificate, a cluster's UpstreamTlsContext with sni, trusted_ca and the expected name
 * in match_typed_subject_alt_names (an address as IP_ADDRESS). Any certificate in the trusted file ends a path. The
 * name is compared once a path holds, and common names never count.
 *
 * What it says stands in the access log: %DOWNSTREAM_TRANSPORT_FAILURE_REASON% in that of a listener,
 * %UPSTREAM_TRANSPORT_FAILURE_REASON% in that of requests, which Envoy answers itself with 503 then.
 *
 * Does not cover: no trusted_ca (then nothing is verified), other matchers, hashes of certificates and keys, the SPIFFE
 * validator, ACCEPT_UNTRUSTED, allow_expired_certificate, QUIC, several certificates, a name of the certificate whose
 * first label begins with "xn--" and holds a star. An IPv6 address that is expected must be spelled as in RFC 5952.
 * Sources: recordings; source/common/tls: cert_validator/default_validator.cc, san_matcher.cc, utility.cc
 * (dnsNameMatch), context_impl.cc; those of boringssl_family.h. SPDX-License-Identifier: Apache-2.0
 */
#include "stack/boringssl_family.h"

/* verifyCertAndUpdateStatus() */
static const enum mtl_step san_matcher[] = {MTL_STEP_UNLESS_FAILED, MTL_STEP_IDENTITY, MTL_STEP_END};

/* X509_policy_check() */
static const enum mtl_step policies[] = {MTL_STEP_POLICIES, MTL_STEP_END};

static const struct mtl_phase phases[] = {
    {.direction = MTL_LEAF_ONLY, .before_building = true, .steps = leaf_decodes},
    {.direction = MTL_LEAF_TO_ROOT, .presented_only = true, .steps = extensions},
    {.direction = MTL_LEAF_TO_ROOT, .steps = revocation},
    {.direction = MTL_ROOT_TO_LEAF, .steps = signatures},
    {.direction = MTL_ROOT_TO_LEAF, .steps = name_constraints},
    {.direction = MTL_ROOT_TO_LEAF, .steps = policies},
    {.direction = MTL_LEAF_ONLY, .steps = san_matcher},
};

#define ROW(reason, code, name, text, alert)                                                                           \
    {                                                                                                                  \
        MTL_REASON_##reason, code, "X509_V_ERR_" name, text, ALWAYS(alert)                                             \
    }
#define CRL_ROW(reason, code, name, text, alert)                                                                       \
    ROW(reason, code, name, "certificate revocation check against provided CRLs failed: " text, alert)
static const struct mtl_stack_reason reasons[] = {
    BORINGSSL_REASONS(ROW),
    BORINGSSL_CRL_REASONS(CRL_ROW),
    {MTL_REASON_NAME_MISMATCH, 0, NULL, "SAN matcher, certificate SANs are [", ALWAYS(46)},
    {MTL_REASON_ADDRESS_MISMATCH, 0, NULL, "SAN matcher, certificate SANs are [", ALWAYS(46)},
    {MTL_REASON_UNKNOWN_CURVE, 0, NULL, "OPENSSL_internal:UNSUPPORTED_ALGORITHM", ALWAYS(50)},
    {MTL_REASON_EXPLICIT_CURVE, 0, NULL, "key_routines:OPENSSL_internal:DECODE_ERROR", ALWAYS(50)},
};

/* Behind "TLS_error:" and whatever libcrypto put into its queue before. */
#define ERROR(number, name) "|" number ":SSL_routines:OPENSSL_internal:" name ":"
#define REJECTS "verify_cert_failed:_X509_verify_cert:_certificate_verification_error_at_depth_{depth}:_{text_}"
#define UNREACHABLE "upstream connect error or disconnect/reset before headers. reset reason: remote connection failure"

#define OTHER_NAME "verify_cert_failed:_SAN_matcher,_certificate_SANs_are_["
static const struct mtl_stack_leftover_words leftover_words[] = {
    {MTL_REASON_NAME_MISMATCH, MTL_CLIENT, OTHER_NAME},
    {MTL_REASON_ADDRESS_MISMATCH, MTL_CLIENT, OTHER_NAME},
};

#define ALERT(alert, number, name)                                                                                     \
    {                                                                                                                  \
        alert, name, 0x##number                                                                                        \
    }
static const struct mtl_stack_alert_words alert_words[] = {BORINGSSL_ALERTS(ALERT)};

#define NOT_LOADED "Failed to load certificate chain from "
static const struct mtl_stack_own_words own_words[] = {
    {MTL_REASON_PURPOSE, true, {NOT_LOADED}},
    {MTL_REASON_NO_SHARED_ALGORITHM, true, {NOT_LOADED}},
    {MTL_REASON_UNKNOWN_CURVE, true, {NOT_LOADED}},
    {MTL_REASON_EXPLICIT_CURVE, true, {NOT_LOADED}},
    {MTL_REASON_KEY_MISMATCH, true, {"error:0b000074:X.509 certificate routines:OPENSSL_internal:KEY_VALUES_MISMATCH"}},
    {MTL_REASON_NO_CERTIFICATE, true, {"No TLS certificates found for server context"}},
};

static const struct mtl_stack_proof proof = BORINGSSL_PROOF(ERROR("268435570", "BAD_SIGNATURE"));
static const struct mtl_stack_proof usage =
    BORINGSSL_USAGE(ERROR("268435758", "KEY_USAGE_BIT_INCORRECT"), MTL_SURFACE_CLOSE);

static const struct mtl_stack_signing client_signing[MTL_TLS_COUNT] = {
    [MTL_TLS12] = {.keys = BORINGSSL_KEYS, .curves = BIT(MTL_CURVE_P256)},
    [MTL_TLS13] = {.keys = BORINGSSL_KEYS, .curves = BORINGSSL_CURVES},
};

const struct mtl_stack stack_envoy_1_40 = {
    .id = "envoy-1.40",
    .title = "Envoy 1.40 (BoringSSL)",
    .versions = "1.40.0",
    .evidence = MTL_EVIDENCE_RECORDED,
    .asks = MTL_ASKS_BY_SETTING,
    .asks_with = "sni in UpstreamTlsContext",
    .policy = {BORINGSSL_POLICY, .policies.blames_leaf = true,
               .names = {.common_name = MTL_CN_NEVER, .wildcards = MTL_WILDCARD_ONE_STAR}, .phases = phases,
               .phase_count = sizeof(phases) / sizeof(phases[0])},
    .reasons = reasons,
    .reason_count = sizeof(reasons) / sizeof(reasons[0]),
    .words =
        {
            .rejects_server = {REJECTS, UNREACHABLE},
            .rejects_client = {REJECTS},
            .no_certificate = {ERROR("268435648", "PEER_DID_NOT_RETURN_A_CERTIFICATE")},
            .alert_line = "|{number_decimal}:SSL_routines:OPENSSL_internal:{alert}",
            .too_large = ERROR("268435606", "EXCESSIVE_MESSAGE_SIZE"),
            .unreadable = {"{text}", "{text}"},
        },
    .alert_words = alert_words,
    .alert_word_count = sizeof(alert_words) / sizeof(alert_words[0]),
    .own_words = own_words,
    .own_word_count = sizeof(own_words) / sizeof(own_words[0]),
    .leftover_words = leftover_words,
    .leftover_word_count = sizeof(leftover_words) / sizeof(leftover_words[0]),
    BORINGSSL_COMMON_ENDPOINT,
    .reading = {.leaf_curves = BORINGSSL_CURVES},
    .accepted_curves = BORINGSSL_GROUPS | BIT(MTL_CURVE_EXPLICIT),
    .offered_curves = BIT(MTL_CURVE_P256), /* ecdh_curves */
    .signing = {[MTL_CLIENT] = client_signing, [MTL_SERVER] = boringssl_server_signing},
    .loadable_rsa_bits = 2048,
    .depth_counts_anchor = true,
    .client_ignores_depth = true,
    .crls_in_trust_count = true,
    .proof = &proof,
    .usage = &usage,
    .refuses_absent_certificate = true,
};
