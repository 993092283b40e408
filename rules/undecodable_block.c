/*
 * A block whose base64 or DER is broken.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    for (size_t i = 0; i < subject->material->note_count; i++) {
        const struct mtl_note *note = &subject->material->notes[i];

        if (note->kind != MTL_NOTE_UNDECODABLE)
            continue;
        mtl_report_begin_at(report, &note->source, "%s holds a block that does not decode", mtl_rule_path(lint, note->source.path));
        mtl_report_evidence(report, "%s", note->message);
        mtl_report_why(report, "OpenSSL refuses the whole file when it meets such a block, so a program that loads it does not start.");
        mtl_report_fix(report, "Replace the block by an undamaged copy, or remove it.");
    }
}

const struct mtl_rule rule_undecodable_block = {
    .code = "MTL001",
    .name = "undecodable-block",
    .title = "Block that does not decode",
    .severity = MTL_ERROR,
    .scopes = MTL_SCOPE_FILE,
    .rationale = "A PEM block or DER file whose base64 or ASN.1 is broken cannot be used by any stack. OpenSSL "
                 "refuses the whole file and the program that loads it does not start; others skip the block and "
                 "then lack a certificate, which shows only when a peer is rejected.",
    .fix = "Get the file again from where it came from. Editors, chat programs and templating of secrets are "
                 "the usual causes of damage.",
    .references = "RFC 7468 2; RFC 5280 4.1; X.690 10",
    .check = check,
};
