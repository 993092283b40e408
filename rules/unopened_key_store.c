/*
 * A key store whose password is not known.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    mtl_report_notes(lint, report, subject, MTL_NOTE_LOCKED, "was not opened: its password is not known",
                     "Write its password into a file that only you can read, and name that with --store-password-file, "
                     "or as store_password_file in the project file.");
}

const struct mtl_rule rule_unopened_key_store = {
    .code = "MTL034",
    .name = "unopened-key-store",
    .title = "Key store that was not opened",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_FILE,
    .rationale = "A PKCS#12 file opens with its password only. None, the empty one and \"changeit\", which is the "
                 "usual one of Java's trust stores, were tried, and so were those in the file that "
                 "--store-password-file names. Its certificates were not examined, so that a clean report says nothing "
                 "about them. JKS needs no password for certificates.",
    .fix = "Write the passwords of your key stores into a file, one on a line, and name it with --store-password-file "
           "or as store_password_file in the project file. They are not printed and not kept.",
    .references = "RFC 7292 4 and 5; keytool(1)",
    .check = check,
};
