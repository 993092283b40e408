/*
 * A line that is meant to hide findings and is not understood.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    (void)lint;
    if (subject->suppression->fault == NULL)
        return;
    mtl_report_begin_at(report, &subject->suppression->source, "this suppression is not understood: %s",
                        subject->suppression->fault);
    mtl_report_why(report, "So it hides nothing.");
    mtl_report_fix(report,
                   "Write, on a line of its own above the block: # mtlslint: ignore=CODE until=DATE reason=\"WHY\"");
}

const struct mtl_rule rule_malformed_suppression = {
    .code = "MTL903",
    .name = "malformed-suppression",
    .title = "Suppression that is not understood",
    .severity = MTL_ERROR,
    .scopes = MTL_SCOPE_SUPPRESSION,
    .rationale = "A suppression with a misspelt rule or a date that does not exist hides nothing. That is an error, so "
                 "that nobody relies on it.",
    .fix =
        "Write # mtlslint: ignore=CODE above the block it is about, with until=DATE and reason=\"WHY\" if you like; or "
        "ignore-file=CODE for the whole file.",
    .references = "docs/SUPPRESSIONS.md",
    .check = check,
};
