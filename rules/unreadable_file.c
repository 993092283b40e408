/*
 * A file in a directory that cannot be read.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    mtl_report_notes(lint, report, subject, MTL_NOTE_UNREADABLE, "could not be read",
                     "Give read permission, or leave the file out of the directory.");
}

const struct mtl_rule rule_unreadable_file = {
    .code = "MTL007",
    .name = "unreadable-file",
    .title = "File in a directory that cannot be read",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_FILE,
    .rationale = "A file inside a directory that was to be checked could not be opened or is not a regular file. It "
                 "was not examined, so that a clean report says nothing about it. A service that runs as another "
                 "user may meet the same refusal.",
    .fix = "Check owner and mode of the file and of the directories above it, and whether it is a dangling link.",
    .references = "path_resolution(7)",
    .check = check,
};
