/*
 * A suppression that will end soon, so that its findings will count again.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

#define NOTICE (INT64_C(14) * 24 * 3600)

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_suppression *suppression = subject->suppression;

    if (suppression->fault != NULL || !suppression->has_end || suppression->met == 0 ||
        mtl_suppression_has_expired(lint, suppression) || suppression->end > lint->now + NOTICE)
        return;
    mtl_report_begin_at(report, &suppression->source, "this suppression holds until %s only", suppression->until);
    if (suppression->reason != NULL)
        mtl_report_evidence(report, "reason: %s", suppression->reason);
    mtl_report_why(report, "The day after, what it hides is reported again: %s.", suppression->rules[0]->code);
    mtl_report_fix(report, "Mend what it hides, or give it a later date and say why.");
}

const struct mtl_rule rule_suppression_expiring = {
    .code = "MTL901",
    .name = "suppression-expiring",
    .title = "Suppression ends soon",
    .severity = MTL_INFO,
    .scopes = MTL_SCOPE_SUPPRESSION,
    .rationale =
        "A suppression with a date holds up to that day, inclusive. From two weeks before it is said, so that the "
        "findings it hides do not break a build by surprise.",
    .fix = "Mend what it hides, or give it a later date and say why.",
    .references = "docs/SUPPRESSIONS.md",
    .check = check,
};
