/*
 * Byte order marks, mixed line ends and other dirt around armour.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    mtl_report_notes(lint, report, subject, MTL_NOTE_DIRTY, "is not clean PEM",
                     "Rewrite the file as plain ASCII with one kind of line end: BEGIN line, base64, END line.");
}

const struct mtl_rule rule_dirty_pem = {
    .code = "MTL004",
    .name = "dirty-pem",
    .title = "PEM that only lenient readers accept",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_FILE,
    .rationale = "A byte order mark, a mix of line ends, or characters around the armour lines are invisible in most "
                 "editors. What one library tolerates, another does not recognise: it then skips the certificate "
                 "without a word, or refuses the file. How many certificates six readers load was tried out; where "
                 "all load the whole file, it is a note.",
    .fix = "Rewrite the block. \"openssl x509 -in FILE\" prints the first certificate of a file clean; \"mtlslint show "
           "FILE\" says what is read from it.",
    .references = "RFC 7468 2 and 3",
    .check = check,
};
