/*
 * A file in a directory that cannot be read.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    for (size_t i = 0; i < subject->material->note_count; i++) {
        const struct mtl_note *note = &subject->material->notes[i];

        if (note->kind != MTL_NOTE_UNREADABLE)
            continue;
        mtl_report_begin_at(report, &note->source, "%s could not be read", mtl_rule_path(lint, note->source.path));
        mtl_report_evidence(report, "%s", note->message);
        mtl_report_why(report, "Whatever it holds is missing from this report; a service that runs as another user may meet the same refusal.");
        mtl_report_fix(report, "Give read permission, or leave the file out of the directory.");
    }
}

const struct mtl_rule rule_unreadable_file = {
    .code = "MTL007",
    .name = "unreadable-file",
    .title = "File in a directory that cannot be read",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_FILE,
    .rationale = "A file inside a directory that was to be checked could not be opened or is not a regular file. "
                 "It was not examined, so that a clean report says nothing about it.",
    .fix = "Check owner and mode of the file and of the directories above it, and whether it is a dangling "
                 "link.",
    .references = "path_resolution(7)",
    .check = check,
};
