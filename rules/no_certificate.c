/*
 * A file that by its name is a certificate, and holds none.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static bool
is_named_certificate(const char *path)
{
    static const char *const endings[] = {".crt", ".cer", ".cert", ".ca-bundle", ".p7b", ".p7c"};

    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
        if (mtl_rule_has_ending(path, endings[i]))
            return true;
    return false;
}

/* Has another rule said already why there is none? */
static bool
is_explained(const struct mtl_material *file)
{
    for (size_t i = 0; i < file->note_count; i++)
        if (file->notes[i].kind != MTL_NOTE_IGNORED && file->notes[i].kind != MTL_NOTE_ENCRYPTED_KEY)
            return true;
    return false;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_material *file = subject->material;
    struct mtl_source place = {.path = file->path, .line = 1, .end_line = 1, .label = ""};

    if (file->is_directory || file->cert_count > 0 || subject->use == MTL_USE_STORE ||
        !is_named_certificate(file->path) || is_explained(file))
        return;
    mtl_report_begin_at(report, &place, "%s holds no certificate", mtl_rule_path(lint, file->path));
    mtl_report_evidence(report, "private keys: %zu, CRLs: %zu", file->key_count, file->crl_count);
    mtl_report_why(report, "A program that is told to read its certificate from here does not start.");
    mtl_report_fix(report, file->key_count > 0 ? "Rename the file if it is the key, or write the certificate into it."
                                               : "Write the certificate into it, or rename it.");
}

const struct mtl_rule rule_no_certificate = {
    .code = "MTL009",
    .name = "no-certificate",
    .title = "Certificate file without a certificate",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_FILE,
    .rationale =
        "The name of the file says that it is a certificate, but none is in it: a key was written to the wrong "
        "name, an error message of a download was kept, or only the text that \"openssl x509 -text\" prints "
        "without the block itself.",
    .fix = "Write the certificate into the file, with BEGIN and END lines, or give the file another name.",
    .references = "RFC 7468 5",
    .check = check,
};
