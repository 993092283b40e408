/*
 * Go 1.19, the last release in which a server says bad_certificate whatever the reason: see go_family.h.
 *
 * Does not cover: GODEBUG. Sources: recordings; those named in go_family.h. SPDX-License-Identifier: Apache-2.0
 */
#include "stack/go_family.h"

/* isValid(): name constraints are compared as each issuer is found. */
static const enum mtl_step issuer[] = {
    MTL_STEP_CRITICAL_EXTENSIONS, MTL_STEP_NOT_BEFORE, MTL_STEP_NOT_AFTER, MTL_STEP_OWN_CONSTRAINTS, MTL_STEP_VERSION,
    MTL_STEP_PATH_LENGTH,         MTL_STEP_END,
};

static const struct mtl_phase phases[] = {
    {.direction = MTL_LEAF_ONLY, .before_building = true, .steps = leaf},
    {.direction = MTL_LEAF_TO_ROOT, .scope = MTL_SCOPE_CANDIDATE, .steps = signer},
    {.direction = MTL_LEAF_TO_ROOT, .scope = MTL_SCOPE_EXTENSION, .steps = issuer},
    {.direction = MTL_LEAF_TO_ROOT, .steps = purposes},
};

static const struct mtl_stack_reason reasons[] = {GO_REASONS(42, 42, 42)};

static const struct mtl_reading_oddity oddities[] = {
    GO_REFUSALS,
    {MTL_ODD_EC_FORM, 0, "x509: failed to unmarshal elliptic curve point", NULL},
    {MTL_ODD_EC_POINT, 0, "x509: failed to unmarshal elliptic curve point", NULL},
    GO_DOUBTS,
};

static const struct mtl_stack_proof proof = {
    .alert = {[MTL_CLIENT] = {10, 51}, [MTL_SERVER] = {51, 51}},
    GO_PROOF_LINES,
};

const struct mtl_stack stack_go_1_19 = {
    .id = "go-1.19",
    .title = "Go 1.19 (crypto/tls)",
    .versions = "1.19.8",
    .evidence = MTL_EVIDENCE_RECORDED,
    .asks = MTL_ASKS,
    .policy = {GO_POLICY, .understood_extensions = UNDERSTOOD},
    .reasons = reasons,
    .reason_count = COUNT(reasons),
    .words =
        {
            .rejects_server = {"{text}"},
            .rejects_client = {"tls: failed to verify client certificate: {text}"},
            .too_large = "tls: handshake message of length ",
            GO_WORDS,
        },
    GO_ENDPOINT,
    .final_dot_alert = 10,
    .reading = {GO_READING},
    .undecodable_alert = {[MTL_CLIENT] = 42, [MTL_SERVER] = 42},
    .largest_certificate_message = 64 * 1024, /* maxHandshake */
    .too_large_alert = 80,
    .no_certificate_alert = {[MTL_TLS12] = 42, [MTL_TLS13] = 42},
};
