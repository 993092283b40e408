/*
 * Bytes after the end of a DER object.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    mtl_report_notes(lint, report, subject, MTL_NOTE_TRAILING, "has bytes after the end of an object",
                     "Replace the object by one that ends where its DER says.");
}

const struct mtl_rule rule_trailing_bytes = {
    .code = "MTL005",
    .name = "trailing-bytes",
    .title = "Bytes after the end of an object",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_FILE,
    .rationale = "A DER object says how long it is. Bytes behind its end are ignored by some stacks and make the "
                 "object invalid for others, so that the same file works on one side and not on the other.",
    .fix = "Export the object again. DER files cannot be joined: use PEM where several certificates belong into one "
           "file.",
    .references = "X.690 8.1; RFC 7468 2",
    .check = check,
};
