/*
 * Formats and blocks that are not read.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    mtl_report_notes(lint, report, subject, MTL_NOTE_UNSUPPORTED, "holds something that was not examined",
                     "Convert it to PEM and check that file.");
}

const struct mtl_rule rule_unsupported_format = {
    .code = "MTL006",
    .name = "unsupported-format",
    .title = "Format that is not read",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_FILE,
    .rationale = "The file, or a block in it, has a format that this program does not read, for instance an NSS "
                 "database. What it holds was not examined, so that a clean report says nothing about it.",
    .fix = "Convert it to PEM, and check the result.",
    .references = "RFC 7468",
    .check = check,
};
