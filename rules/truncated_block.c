/*
 * A BEGIN line without its END line.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    mtl_report_notes(lint, report, subject, MTL_NOTE_TRUNCATED, "has a block that is not complete",
                     "Replace the block by a complete copy, from its BEGIN line to its END line.");
}

const struct mtl_rule rule_truncated_block = {
    .code = "MTL002",
    .name = "truncated-block",
    .title = "Block without its END line",
    .severity = MTL_ERROR,
    .scopes = MTL_SCOPE_FILE,
    .rationale = "A BEGIN line that is not followed by the matching END line is what is left when a file was cut off "
                 "while it was copied. No stack can use the block; OpenSSL loads nothing of the whole file, or stops "
                 "reading there.",
    .fix = "Get the file again, and compare the number of its BEGIN and END lines.",
    .references = "RFC 7468 2",
    .check = check,
};
