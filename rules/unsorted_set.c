/*
 * Several attributes in one part of a name, in another order than DER has them.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;

    if ((mtl_cert_surplus(cert) & MTL_SURPLUS_ORDER) == 0)
        return;
    mtl_report_begin(report, subject->cert, "a name in %s has a set that is not sorted", mtl_rule_label(lint, cert));
    mtl_report_names(report, cert);
    mtl_report_fix(report, "Have the authority write each attribute as a part of the name of its own.");
}

const struct mtl_rule rule_unsorted_set = {
    .code = "MTL024",
    .name = "unsorted-set",
    .title = "Set in a name that is not sorted",
    .severity = MTL_INFO,
    .forbidden = true,
    .scopes = MTL_SCOPE_CERT,
    .rationale = "A part of a name may hold several attributes, such as CN=a+OU=b. They are a set, and DER sorts sets. "
                 "Names are found by comparison: a program that sorts them first and one that does not take the same "
                 "name for two, and then do not find the issuer.",
    .fix = "Write each attribute as a part of its own, CN=a,OU=b, and have the certificate reissued. Issuer and "
           "subject must change together.",
    .references = "X.690 11.6; RFC 5280 7.1",
    .check = check,
};
