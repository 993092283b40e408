/*
 * A CRL without a number, or with one that is critical.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    for (size_t i = 0; i < subject->material->crl_count; i++) {
        const struct mtl_loaded_crl *crl = &subject->material->crls[i];
        enum mtl_crl_number number = mtl_crl_number(crl->crl);

        if (number == MTL_CRL_NUMBERED)
            continue;
        mtl_report_begin_at(report, &crl->source, "the CRL of %s %s", mtl_rule_crl_issuer(lint, crl->crl),
                            number == MTL_CRL_NUMBER_MISSING ? "has no number" : "marks its number critical");
        if (number == MTL_CRL_NUMBER_CRITICAL)
            mtl_report_severity(report, MTL_WARNING);
        mtl_report_fix(report, "Have the authority issue CRLs with a cRLNumber that is not critical (openssl ca: "
                               "crlnumber = FILE in its section).");
    }
}

const struct mtl_rule rule_crl_number = {
    .code = "MTL220",
    .name = "crl-number",
    .title = "CRL without a number, or with a critical one",
    .severity = MTL_INFO,
    .forbidden = true,
    .scopes = MTL_SCOPE_FILE,
    .rationale = "CRLs are numbered, so that of two the newer is known, and a delta finds what it is about. A number "
                 "that is marked critical is an extension that some verifiers do not process: they take such a CRL "
                 "for none, and reject what it is about. Delta CRLs need the number. openssl ca writes CRLs without "
                 "one unless its configuration says crlnumber.",
    .fix = "Number the CRLs: crlnumber = FILE in the section of openssl ca, cRLNumber not critical.",
    .references = "RFC 5280 5.2.3; openssl-ca(1)",
    .check = check,
};
