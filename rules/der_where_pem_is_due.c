/*
 * A chain or trust store in DER or PKCS#7, which programs do not load.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

#include <string.h>

static bool
wants_pem(const struct mtl_stack *stack)
{
    return stack->reads_only_pem;
}

static bool
is_binary(const struct mtl_source *source)
{
    return strcmp(source->label, "DER") == 0 || strcmp(source->label, "PKCS7") == 0;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_material *file = subject->material;
    const struct mtl_loaded_cert *cert = file->certs;
    bool is_named_pem = mtl_rule_has_ending(file->path, ".pem");
    bool is_pkcs7;

    /* Under other names it is well as it is. */
    if (!is_named_pem && !mtl_rule_has_ending(file->path, ".crt"))
        return;
    if (file->cert_count == 0 || file->is_directory || !is_binary(&cert->source))
        return;
    is_pkcs7 = strcmp(cert->source.label, "PKCS7") == 0;
    mtl_report_begin(report, cert, "%s is %s: programs that want PEM do not load it", mtl_rule_path(lint, file->path),
                     is_pkcs7 ? "PKCS#7" : "DER");
    mtl_report_grade(report, mtl_rule_stacks_that(lint, wants_pem));
    /* Some .crt are only to be imported. */
    mtl_report_severity(report, is_named_pem ? MTL_WARNING : MTL_INFO);
    mtl_report_fix(report, is_pkcs7 ? "Convert it: openssl pkcs7 -in FILE -print_certs -out NEW.pem, with -inform DER "
                                      "unless it is armoured"
                                    : "Convert it: openssl x509 -in FILE -out NEW.pem");
}

const struct mtl_rule rule_der_where_pem_is_due = {
    .code = "MTL016",
    .name = "der-where-pem-is-due",
    .title = "DER or PKCS#7 where PEM is due",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_FILE,
    .rationale = "Most programs load certificates from PEM only. A binary file, or the PKCS#7 that Windows and some "
                 "authorities hand out, gives \"no start line\" when they start. A file that is only to be imported "
                 "elsewhere is well as it is: one named .crt is a note, and other names are not looked at.",
    .fix =
        "Convert it with \"openssl x509 -in FILE -out NEW.pem\" or \"openssl pkcs7 -inform DER -in FILE -print_certs "
        "-out NEW.pem\".",
    .references = "RFC 7468 5; RFC 2315 9.1",
    .check = check,
};
