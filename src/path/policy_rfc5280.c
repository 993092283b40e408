/* A verifier by the book: RFC 5280 6.1 over every path there is. SPDX-License-Identifier: Apache-2.0 */
#include "path/path.h"

#define BIT(extension) (1U << (extension))

/* 6.1.3 and 6.1.4 walk from the anchor down; what only the leaf shows comes last. */
static const enum mtl_step basic_processing[] = {
    MTL_STEP_DECODABLE_EXTENSIONS, MTL_STEP_ISSUER_KEY_STRENGTH,
    MTL_STEP_DIGEST_STRENGTH,      MTL_STEP_SIGNATURE,
    MTL_STEP_NOT_BEFORE,           MTL_STEP_NOT_AFTER,
    MTL_STEP_REVOCATION,           MTL_STEP_IS_CA,
    MTL_STEP_NAME_CONSTRAINTS,     MTL_STEP_KEY_CERT_SIGN,
    MTL_STEP_PATH_LENGTH,          MTL_STEP_PURPOSE,
    MTL_STEP_CRITICAL_EXTENSIONS,  MTL_STEP_END,
};
static const enum mtl_step wrap_up[] = {MTL_STEP_IDENTITY, MTL_STEP_END};

static const struct mtl_phase phases[] = {
    {.direction = MTL_ROOT_TO_LEAF, .steps = basic_processing},
    {.direction = MTL_LEAF_ONLY, .steps = wrap_up},
};

const struct mtl_policy mtl_policy_rfc5280 = {
    .search = MTL_SEARCH_BACKTRACK,
    .default_depth = 20,
    .understood_extensions = BIT(MTL_EXT_BASIC_CONSTRAINTS) | BIT(MTL_EXT_KEY_USAGE) | BIT(MTL_EXT_EXTENDED_KEY_USAGE) |
                             BIT(MTL_EXT_SUBJECT_ALT_NAME) | BIT(MTL_EXT_NAME_CONSTRAINTS) |
                             BIT(MTL_EXT_CERTIFICATE_POLICIES) | BIT(MTL_EXT_POLICY_MAPPINGS) |
                             BIT(MTL_EXT_POLICY_CONSTRAINTS) | BIT(MTL_EXT_INHIBIT_ANY_POLICY) |
                             BIT(MTL_EXT_CRL_DISTRIBUTION_POINTS),
    .self_issued_are_exempt_from_path_length = true,
    .nested_eku = true,
    .eku = {[MTL_CLIENT] = MTL_EKU_CLIENT_AUTH | MTL_EKU_ANY, [MTL_SERVER] = MTL_EKU_SERVER_AUTH | MTL_EKU_ANY},
    .key_usage = {[MTL_CLIENT] = MTL_KU_DIGITAL_SIGNATURE,
                  [MTL_SERVER] = MTL_KU_DIGITAL_SIGNATURE | MTL_KU_KEY_ENCIPHERMENT | MTL_KU_KEY_AGREEMENT},
    .security_bits = 0,
    .revocation = MTL_REVOCATION_CHAIN,
    .names = {.common_name = MTL_CN_NEVER, .wildcards = MTL_WILDCARD_WHOLE_LABEL},
    .constraints = {.directory_names = true},
    .phases = phases,
    .phase_count = sizeof(phases) / sizeof(phases[0]),
};
