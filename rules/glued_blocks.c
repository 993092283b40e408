/*
 * END and BEGIN on one line.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    for (size_t i = 0; i < subject->material->note_count; i++) {
        const struct mtl_note *note = &subject->material->notes[i];

        if (note->kind != MTL_NOTE_GLUED)
            continue;
        mtl_report_begin_at(report, &note->source, "%s has the end of one block and the begin of the next on one line", mtl_rule_path(lint, note->source.path));
        mtl_report_evidence(report, "%s", note->message);
        mtl_report_why(report, "OpenSSL refuses the file with a bad end line; other stacks read it, or drop one of the two blocks without a word.");
        mtl_report_fix(report, "Put the BEGIN on a line of its own.");
    }
}

const struct mtl_rule rule_glued_blocks = {
    .code = "MTL003",
    .name = "glued-blocks",
    .title = "END and BEGIN glued together on one line",
    .severity = MTL_ERROR,
    .scopes = MTL_SCOPE_FILE,
    .rationale = "Joining files with cat when the first does not end in a newline gives a line such as -----END "
                 "CERTIFICATE----------BEGIN CERTIFICATE-----. OpenSSL refuses the whole file. Some libraries drop "
                 "one of the two certificates silently, so that a chain or a trust store is smaller than it looks.",
    .fix = "Insert a newline between the two. Join files with awk 1 a.pem b.pem rather than with cat: it "
                 "ends every last line.",
    .references = "RFC 7468 2",
    .check = check,
};
