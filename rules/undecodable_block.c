/*
 * A block whose base64 or DER is broken.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    mtl_report_notes(lint, report, subject, MTL_NOTE_UNDECODABLE, "holds a block that does not decode",
                     "Replace the block by an undamaged copy, or remove it.");
}

const struct mtl_rule rule_undecodable_block = {
    .code = "MTL001",
    .name = "undecodable-block",
    .title = "Block that does not decode",
    .severity = MTL_ERROR,
    .scopes = MTL_SCOPE_FILE,
    .rationale = "A PEM block or DER file whose base64 or ASN.1 is broken cannot be used by any stack. For most "
                 "kinds of damage OpenSSL loads nothing of the whole file, and the program that needs it does not "
                 "start. Other stacks skip the block and then lack a certificate, which shows only when a peer is "
                 "rejected.",
    .fix = "Get the file again from where it came from. Editors, chat programs and templating of secrets are the "
           "usual causes of damage.",
    .references = "RFC 7468 2; RFC 5280 4.1; X.690 10",
    .check = check,
};
