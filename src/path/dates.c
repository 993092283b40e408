/* Validity at a moment, and the steps that look at it (RFC 5280 6.1.3 (a) (2)). SPDX-License-Identifier: Apache-2.0 */
#include "path/judgement.h"

bool
mtl_cert_has_expired(const struct mtl_policy *policy, mtl_time not_after, mtl_time now)
{
    return policy->expires_at_not_after ? now >= not_after : now > not_after;
}

bool
mtl_cert_is_valid_at(const struct mtl_policy *policy, const struct mtl_cert *cert, mtl_time now)
{
    return now + policy->early_seconds >= cert->not_before && !mtl_cert_has_expired(policy, cert->not_after, now);
}

/*
 * Where only self-signed roots end a path, a last certificate that is none was trusted by explicit settings alone; its
 * dates do not count then.
 */
static bool
is_dated(const struct judgement *judgement, const struct working_path *path, size_t depth)
{
    const struct mtl_cert *cert = path->certs[depth]->cert;

    if (!mtl_path_needs_self_signed_anchor(judgement) || judgement->policy->anchors_are_dated || depth == 0 ||
        depth + 1 < path->count)
        return true;
    return mtl_cert_may_issue(cert, cert) == MTL_ISSUER_OK;
}

void
mtl_step_not_before(struct judgement *judgement, struct working_path *path, size_t depth)
{
    if (judgement->question->now + judgement->policy->early_seconds >= path->certs[depth]->cert->not_before ||
        !is_dated(judgement, path, depth))
        return;
    mtl_path_fail(
        judgement, path,
        &(struct mtl_failure){.reason = MTL_REASON_NOT_YET_VALID, .step = MTL_STEP_NOT_BEFORE, .depth = depth});
}

void
mtl_step_not_after(struct judgement *judgement, struct working_path *path, size_t depth)
{
    mtl_time not_after = path->certs[depth]->cert->not_after;

    bool is_last_second =
        judgement->policy->leaf_expires_at_not_after && depth == 0 && judgement->question->now == not_after;

    if (judgement->policy->early_are_not_late && judgement->question->now < path->certs[depth]->cert->not_before)
        return;
    if (!is_last_second && !mtl_cert_has_expired(judgement->policy, not_after, judgement->question->now))
        return;
    if (!is_dated(judgement, path, depth))
        return;
    mtl_path_fail(judgement, path,
                  &(struct mtl_failure){.reason = MTL_REASON_EXPIRED, .step = MTL_STEP_NOT_AFTER, .depth = depth});
}

void
mtl_step_dates_in_order(struct judgement *judgement, struct working_path *path, size_t depth)
{
    const struct mtl_cert *cert = path->certs[depth]->cert;
    struct mtl_failure failure = {.step = MTL_STEP_DATES_IN_ORDER, .depth = depth};

    if (cert->not_before < 0 || cert->not_after < 0)
        failure.reason = MTL_REASON_MALFORMED;
    else if (cert->not_before > cert->not_after)
        failure.reason = MTL_REASON_DATES_REVERSED;
    else
        return;
    mtl_path_fail(judgement, path, &failure);
}
