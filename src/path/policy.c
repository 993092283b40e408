/*
 * Questions about a policy as a whole.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "path/path.h"

bool
mtl_policy_runs(const struct mtl_policy *policy, enum mtl_step wanted)
{
    /* there they decide who is taken for an issuer */
    if (policy->search == MTL_SEARCH_ONWARDS &&
        (wanted == MTL_STEP_IS_CA || wanted == MTL_STEP_KEY_CERT_SIGN || wanted == MTL_STEP_PATH_LENGTH))
        return true;
    if (policy->search == MTL_SEARCH_DOWNWARDS &&
        (wanted == MTL_STEP_IS_CA || wanted == MTL_STEP_KEY_CERT_SIGN || wanted == MTL_STEP_PATH_LENGTH))
        return true;
    for (size_t i = 0; i < policy->phase_count; i++)
        for (const enum mtl_step *step = policy->phases[i].steps; *step != MTL_STEP_END; step++)
            if (*step == wanted)
                return true;
    return false;
}
