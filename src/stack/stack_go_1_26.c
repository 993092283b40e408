/*
 * Go 1.26: see go_family.h for what a row stands for.
 *
 * Does not cover: VerifyOptions.CertificatePolicies, GODEBUG.
 * Sources: recordings; those named in go_family.h. SPDX-License-Identifier: Apache-2.0
 */
#include "stack/go_family.h"

/* isValid() */
static const enum mtl_step issuer[] = {
    MTL_STEP_CRITICAL_EXTENSIONS, MTL_STEP_NOT_BEFORE, MTL_STEP_NOT_AFTER, MTL_STEP_VERSION,
    MTL_STEP_PATH_LENGTH,         MTL_STEP_END,
};
/* policiesValid() */
static const enum mtl_step policies[] = {MTL_STEP_POLICIES, MTL_STEP_END};
static const enum mtl_step name_constraints[] = {MTL_STEP_NAME_CONSTRAINTS, MTL_STEP_END};

static const struct mtl_phase phases[] = {
    {.direction = MTL_LEAF_ONLY, .before_building = true, .steps = leaf},
    {.direction = MTL_LEAF_TO_ROOT, .scope = MTL_SCOPE_CANDIDATE, .steps = signer},
    {.direction = MTL_LEAF_TO_ROOT, .scope = MTL_SCOPE_EXTENSION, .steps = issuer},
    {.direction = MTL_LEAF_TO_ROOT, .steps = policies},
    {.direction = MTL_LEAF_TO_ROOT, .steps = purposes},
    {.direction = MTL_LEAF_TO_ROOT, .steps = name_constraints},
};

#define NO_CHAIN "x509: no valid chains built: " /* and how many candidates had invalid policies */
static const struct mtl_stack_reason reasons[] = {
    GO_REASONS(48, 45, 50){MTL_REASON_POLICY_MISSING, 0, INVALID, NO_CHAIN, GO_ALERTS(42)},
    {MTL_REASON_POLICY_ANY_MAPPED, 0, INVALID, NO_CHAIN, GO_ALERTS(42)},
};

static const struct mtl_reading_oddity oddities[] = {
    {MTL_ODD_NEGATIVE_SERIAL, 0, "x509: negative serial number", NULL},
    GO_REFUSALS,
    {MTL_ODD_EC_FORM, 0, "ecdsa: invalid uncompressed public key", NULL},
    {MTL_ODD_EC_POINT, 0, "point not on curve", NULL},
    {MTL_ODD_CRITICAL, MTL_EXT_AUTHORITY_KEY_ID, "x509: authority key identifier incorrectly marked critical", NULL},
    {MTL_ODD_CRITICAL, MTL_EXT_SUBJECT_KEY_ID, "x509: subject key identifier incorrectly marked critical", NULL},
    {MTL_ODD_CRITICAL, MTL_EXT_AUTHORITY_INFO_ACCESS, "x509: authority info access incorrectly marked critical", NULL},
    {MTL_ODD_IN_PART, MTL_EXT_POLICY_CONSTRAINTS, "x509: invalid policy constraints extension", NULL},
    {MTL_ODD_IN_PART, MTL_EXT_POLICY_MAPPINGS, "x509: invalid policy mappings extension", NULL},
    {MTL_ODD_IN_PART, MTL_EXT_INHIBIT_ANY_POLICY, "x509: invalid inhibit any policy extension", NULL},
    {MTL_ODD_POLICY, 0, "x509: invalid certificate policies", NULL},
    {MTL_ODD_PATH_LENGTH_SIGN, 0, "x509: invalid basic constraints", NULL},
    GO_DOUBTS,
    {MTL_ODD_RSA_ABOVE, 8192, NULL, "its RSA key is longer than 8192 bits, which peers may not use"},
    {MTL_ODD_RSA_BELOW, 1024, NULL, "its RSA key is shorter than 1024 bits"},
};

static const struct mtl_stack_proof proof = {
    .misfit_alert = {[MTL_CLIENT] = {47, 47}, [MTL_SERVER] = {51, 47}},
    .alert = {[MTL_CLIENT] = {47, 51}, [MTL_SERVER] = {51, 51}},
    GO_PROOF_LINES,
};

const struct mtl_stack stack_go_1_26 = {
    .id = "go-1.26",
    .title = "Go 1.26 (crypto/tls)",
    .versions = "1.26.8",
    .evidence = MTL_EVIDENCE_RECORDED,
    .asks = MTL_ASKS,
    .policy =
        {
            GO_POLICY,
            .constraints.uris_need_host = true,            /* constraints.go parseURIs() */
            .constraints.wildcards_meet_exclusions = true, /* newDNSConstraints() */
            .understood_extensions = UNDERSTOOD | BIT(MTL_EXT_POLICY_CONSTRAINTS) | BIT(MTL_EXT_POLICY_MAPPINGS) |
                                     BIT(MTL_EXT_INHIBIT_ANY_POLICY),
            .policies = {.blames_leaf = true, .any_mapping = MTL_ANY_MAPPING_FAILS_IF_MAPPED},
        },
    .reasons = reasons,
    .reason_count = COUNT(reasons),
    .words =
        {
            .rejects_server = {"tls: failed to verify certificate: {text}"},
            .rejects_client = {"tls: failed to verify certificate: {text}"},
            .too_large = "tls: handshake message of length ",
            GO_WORDS,
        },
    GO_ENDPOINT,
    .final_dot_alert = 50,
    .reading = {GO_READING},
    .undecodable_alert = {[MTL_CLIENT] = 50, [MTL_SERVER] = 50},
    .largest_certificate_message = 256 * 1024, /* maxHandshakeCertificateMsg */
    .too_large_alert = 80,
    .no_certificate_alert = {[MTL_TLS12] = 40, [MTL_TLS13] = 116},
};
