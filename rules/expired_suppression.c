/*
 * A suppression whose last day has passed.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_suppression *suppression = subject->suppression;

    if (suppression->fault != NULL || !mtl_suppression_has_expired(lint, suppression))
        return;
    mtl_report_begin_at(report, &suppression->source, "this suppression expired %s", suppression->until);
    if (suppression->reason != NULL)
        mtl_report_evidence(report, "reason: %s", suppression->reason);
    mtl_report_why(report, "%s",
                   suppression->met > 0 ? "What it hid is reported again."
                                        : "What it was written for is not found any more.");
    mtl_report_fix(report, "%s",
                   suppression->met > 0 ? "Mend what it hid, or give it a later date and say why."
                                        : "Remove the line.");
}

const struct mtl_rule rule_expired_suppression = {
    .code = "MTL904",
    .name = "expired-suppression",
    .title = "Suppression that has expired",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_SUPPRESSION,
    .rationale = "A suppression with a date holds up to that day, inclusive, by the time that is judged at. Afterwards "
                 "the findings it hid count again.",
    .fix = "Mend what it hid and remove the line, or give it a later date and say why.",
    .references = "docs/SUPPRESSIONS.md",
    .check = check,
};
