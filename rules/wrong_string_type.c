/*
 * Names in strings that may not hold their characters, or of types that names do not have.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static const struct {
    enum mtl_oddity oddity;
    const char *text;
} oddities[] = {
    {MTL_ODD_PRINTABLE_STRING, "a PrintableString holds a character it cannot have, such as \"@\" or \"_\""},
    {MTL_ODD_IA5_STRING, "an IA5String holds an octet that is not ASCII"},
    {MTL_ODD_NUMERIC_STRING, "a NumericString holds something else than digits and blanks"},
    {MTL_ODD_STRING_TYPE, "an attribute has a type that is none of those for names"},
};

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;

    for (size_t i = 0; i < sizeof(oddities) / sizeof(oddities[0]); i++) {
        struct mtl_defect defect = {.oddities = {oddities[i].oddity}};

        if (!mtl_cert_is_odd(cert, oddities[i].oddity, 0))
            continue;
        mtl_report_begin(report, subject->cert, "a name in %s is in a string of the wrong type",
                         mtl_rule_label(lint, cert));
        mtl_report_names(report, cert);
        mtl_report_evidence(report, "%s", oddities[i].text);
        mtl_report_defect(lint, report, subject, &defect);
        mtl_report_fix(report, "Have it reissued with the name as UTF8String.");
        return;
    }
}

const struct mtl_rule rule_wrong_string_type = {
    .code = "MTL022",
    .name = "wrong-string-type",
    .title = "Name in a string of the wrong type",
    .severity = MTL_WARNING,
    .forbidden = true,
    .scopes = MTL_SCOPE_CERT,
    .rationale = "The attributes of a name are strings of several types, and each type has its characters: a "
                 "PrintableString has letters, digits and a few signs, an IA5String ASCII. Most decoders do not look; "
                 "some refuse the whole certificate, so that the same file works with one program and not with "
                 "another. Names copied from mail addresses or host names with an underscore are the usual cause.",
    .fix = "Have the authority write names as UTF8String, and have the certificate reissued.",
    .references = "RFC 5280 4.1.2.4; X.680 41.4",
    .check = check,
};
