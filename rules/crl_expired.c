/*
 * A revocation list has expired, and no newer one of its issuer is there.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static bool
checks_crls(const struct mtl_stack *stack)
{
    return mtl_stack_reason(stack, MTL_REASON_CRL_EXPIRED) != NULL;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    for (size_t i = 0; i < subject->material->crl_count; i++) {
        const struct mtl_loaded_crl *crl = &subject->material->crls[i];

        if (!crl->crl->has_next_update || crl->crl->next_update >= lint->now || mtl_rule_crl_is_replaced(lint, crl))
            continue;
        mtl_report_begin_at(report, &crl->source, "the CRL of %s has expired: where it is used, everybody is rejected",
                            mtl_rule_crl_issuer(lint, crl->crl));
        mtl_report_evidence(report, "next update was due %s", mtl_rule_time(lint, crl->crl->next_update));
        mtl_report_hits(report, mtl_rule_stacks_that(lint, checks_crls));
        mtl_report_why(report, "The stacks named here, once they are given a CRL, take one that has expired for no "
                               "answer, and reject what it is about.");
        mtl_report_fix(report, "Fetch the current CRL, and have that done by a machine before each next update.");
    }
}

const struct mtl_rule rule_crl_expired = {
    .code = "MTL214",
    .name = "crl-expired",
    .title = "CRL has expired",
    .severity = MTL_ERROR,
    .scopes = MTL_SCOPE_FILE,
    .rationale = "A CRL is valid up to its nextUpdate. A verifier that checks revocation rejects every certificate of "
                 "that issuer afterwards: all peers are locked out at once, and the logs speak of an expired "
                 "certificate though none is. Copies on disk are forgotten more often than certificates.",
    .fix = "Fetch the current CRL, and renew it well before nextUpdate.",
    .references = "RFC 5280 5.1.2.5 and 6.3.3",
    .check = check,
};
