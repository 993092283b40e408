/*
 * Byte order marks, mixed line ends and other dirt around armour.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    for (size_t i = 0; i < subject->material->note_count; i++) {
        const struct mtl_note *note = &subject->material->notes[i];

        if (note->kind != MTL_NOTE_DIRTY)
            continue;
        mtl_report_begin_at(report, &note->source, "%s is not clean PEM", mtl_rule_path(lint, note->source.path));
        mtl_report_evidence(report, "%s", note->message);
        mtl_report_why(report, "OpenSSL reads it, but stricter readers skip the block or refuse the file.");
        mtl_report_fix(report, "Rewrite the file as plain ASCII with one kind of line end: BEGIN line, base64, END line.");
    }
}

const struct mtl_rule rule_dirty_pem = {
    .code = "MTL004",
    .name = "dirty-pem",
    .title = "PEM that only lenient readers accept",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_FILE,
    .rationale = "A byte order mark, a mix of CRLF and LF, or blanks after the armour lines are invisible in an "
                 "editor. OpenSSL tolerates most of it, but other libraries then do not recognise the BEGIN line "
                 "and skip the certificate without a word.",
    .fix = "Rewrite the file: openssl x509 -in FILE prints the first certificate clean, storeutl -noout "
                 "-text shows what is read.",
    .references = "RFC 7468 2 and 3",
    .check = check,
};
