/*
 * END and BEGIN on one line.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    mtl_report_notes(lint, report, subject, MTL_NOTE_GLUED,
                     "has the end of one block and the begin of the next on one line",
                     "Break the line between the dashes of END and the dashes of BEGIN.");
}

const struct mtl_rule rule_glued_blocks = {
    .code = "MTL003",
    .name = "glued-blocks",
    .title = "END and BEGIN glued together on one line",
    .severity = MTL_ERROR,
    .scopes = MTL_SCOPE_FILE,
    .rationale = "Joining files with cat when the first does not end in a newline gives a line such as -----END "
                 "CERTIFICATE----------BEGIN CERTIFICATE-----. OpenSSL loads nothing of the whole file. Some "
                 "libraries drop one of the two certificates without a word, so that a chain or a trust store is "
                 "smaller than it looks.",
    .fix = "Insert a newline between the two. Join files with \"awk 1 a.pem b.pem\" rather than with cat: it ends "
           "every last line.",
    .references = "RFC 7468 2",
    .check = check,
};
