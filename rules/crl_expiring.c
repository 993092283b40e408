/*
 * A revocation list expires soon.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

/* Most CRLs live for days; what is left matters only once it is less than a third of that. */
static bool
ends_soon(const struct mtl_lint *lint, const struct mtl_crl *crl)
{
    int64_t left = crl->next_update - lint->now;

    return crl->has_next_update && left >= 0 && left < lint->horizon &&
           left < (crl->next_update - crl->this_update) / 3;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    for (size_t i = 0; i < subject->material->crl_count; i++) {
        const struct mtl_loaded_crl *crl = &subject->material->crls[i];

        if (!ends_soon(lint, crl->crl) || mtl_rule_crl_is_replaced(lint, crl))
            continue;
        mtl_report_begin_at(report, &crl->source, "the CRL of %s expires soon: from then on everybody is rejected",
                            mtl_rule_crl_issuer(lint, crl->crl));
        mtl_report_evidence(report, "next update is due %s", mtl_rule_time(lint, crl->crl->next_update));
        mtl_report_fix(report, "Fetch the next CRL before that, and have that done by a machine.");
    }
}

const struct mtl_rule rule_crl_expiring = {
    .code = "MTL215",
    .name = "crl-expiring",
    .title = "CRL expires soon",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_FILE,
    .rationale = "Less than a third of the CRL's time is left, and it ends within the horizon. A verifier that checks "
                 "revocation rejects every certificate of its issuer once it has expired.",
    .fix = "Fetch the next CRL before the date, and have that done by a machine.",
    .references = "RFC 5280 5.1.2.5",
    .check = check,
};
