/*
 * Bytes after the end of a DER object.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    for (size_t i = 0; i < subject->material->note_count; i++) {
        const struct mtl_note *note = &subject->material->notes[i];

        if (note->kind != MTL_NOTE_TRAILING)
            continue;
        mtl_report_begin_at(report, &note->source, "%s has bytes after the end of an object", mtl_rule_path(lint, note->source.path));
        mtl_report_evidence(report, "%s", note->message);
        mtl_report_why(report, "Readers disagree on this: some ignore the rest, some refuse the object.");
        mtl_report_fix(report, "Replace the object by one that ends where its DER says.");
    }
}

const struct mtl_rule rule_trailing_bytes = {
    .code = "MTL005",
    .name = "trailing-bytes",
    .title = "Bytes after the end of an object",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_FILE,
    .rationale = "A DER object says how long it is. Bytes behind its end are ignored by some stacks and make the "
                 "object invalid for others, so that the same file works on one side and not on the other.",
    .fix = "Export the object again. When a file was joined from several DER files, use PEM instead: DER "
                 "files cannot be joined.",
    .references = "X.690 8.1; RFC 7468 2",
    .check = check,
};
