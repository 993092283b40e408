/*
 * A BEGIN line without its END line.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    for (size_t i = 0; i < subject->material->note_count; i++) {
        const struct mtl_note *note = &subject->material->notes[i];

        if (note->kind != MTL_NOTE_TRUNCATED)
            continue;
        mtl_report_begin_at(report, &note->source, "%s ends, or goes on, before a block is complete", mtl_rule_path(lint, note->source.path));
        mtl_report_evidence(report, "%s", note->message);
        mtl_report_why(report, "OpenSSL fails with a bad end line when it meets such a block, so a program that loads the file does not start.");
        mtl_report_fix(report, "Replace the block by a complete copy, from its BEGIN line to its END line.");
    }
}

const struct mtl_rule rule_truncated_block = {
    .code = "MTL002",
    .name = "truncated-block",
    .title = "Block without its END line",
    .severity = MTL_ERROR,
    .scopes = MTL_SCOPE_FILE,
    .rationale = "A BEGIN line that is not followed by the matching END line is what is left when a file was cut "
                 "off while copied. No stack can use the block, and OpenSSL refuses the whole file.",
    .fix = "Get the file again; compare the number of BEGIN and END lines.",
    .references = "RFC 7468 2",
    .check = check,
};
