/*
 * A suppression that hides nothing.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_suppression *suppression = subject->suppression;
    const char *where = suppression->is_declared || suppression->is_for_file ? "there" : "at the next BEGIN line";

    if (suppression->fault != NULL || suppression->met > 0 || mtl_suppression_has_expired(lint, suppression))
        return;
    /* An entry of the project file may be about files that were not asked for this time. */
    if (suppression->is_declared && !suppression->is_in_view)
        return;
    mtl_report_begin_at(report, &suppression->source, "this suppression hides nothing");
    for (size_t i = 0; i < suppression->rule_count; i++)
        mtl_report_evidence(report, "%s %s is not found %s", suppression->rules[i]->code, suppression->rules[i]->name,
                            where);
    mtl_report_why(report,
                   "What it was written for is mended, or it points to the wrong place. Left here it would hide "
                   "the next defect of that kind.");
    mtl_report_fix(report, "Remove it.");
}

const struct mtl_rule rule_unused_suppression = {
    .code = "MTL902",
    .name = "unused-suppression",
    .title = "Suppression that hides nothing",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_SUPPRESSION,
    .rationale = "A suppression outlives what it was written for when the file is renewed. Then it would hide the next "
                 "defect of the same kind, which nobody has decided to live with.",
    .fix = "Remove the line, or move it above the block that it is about.",
    .references = "docs/SUPPRESSIONS.md",
    .check = check,
};
