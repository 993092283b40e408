/*
 * A file in a hashed directory under a name that is not its hash.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    mtl_report_notes(lint, report, subject, MTL_NOTE_BAD_HASH_NAME,
                     "is not found under its name in this hashed directory", "Run openssl rehash on the directory.");
}

const struct mtl_rule rule_wrong_hash_name = {
    .code = "MTL206",
    .name = "wrong-hash-name",
    .title = "Wrong name in a hashed directory",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_FILE,
    .rationale = "OpenSSL looks a certificate up in a directory by the hash of its subject. A file that bears "
                 "another hash is never opened, so that the certificate in it is not trusted although it lies there. "
                 "A renewed certificate with another name, or links made by an OpenSSL older than 1.0, are the usual "
                 "causes.",
    .fix = "Run \"openssl rehash DIRECTORY\" after every change of the directory.",
    .references = "openssl-rehash(1); X509_LOOKUP_hash_dir(3)",
    .check = check,
};
