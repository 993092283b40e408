/*
 * Formats and blocks that are not read.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    for (size_t i = 0; i < subject->material->note_count; i++) {
        const struct mtl_note *note = &subject->material->notes[i];

        if (note->kind != MTL_NOTE_UNSUPPORTED)
            continue;
        mtl_report_begin_at(report, &note->source, "%s holds something that was not examined", mtl_rule_path(lint, note->source.path));
        mtl_report_evidence(report, "%s", note->message);
        mtl_report_why(report, "Whatever it holds is missing from this report.");
        mtl_report_fix(report, "Convert it to PEM and check that file.");
    }
}

const struct mtl_rule rule_unsupported_format = {
    .code = "MTL006",
    .name = "unsupported-format",
    .title = "Format that is not read",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_FILE,
    .rationale = "The file, or a block in it, has a format that this program does not read yet, for instance "
                 "PKCS#12 or a Java key store. What it holds was not examined, so that a clean report says nothing "
                 "about it.",
    .fix = "Convert it to PEM, for instance with openssl pkcs12 -in FILE -nokeys, and check the result.",
    .references = "RFC 7292",
    .check = check,
};
