/*
 * One extension twice in a certificate.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static const struct mtl_defect defect = {
    .reasons = {MTL_REASON_DUPLICATE_EXTENSION, MTL_REASON_MALFORMED, MTL_REASON_MALFORMED_WHEN_USED}};

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;

    if (cert->duplicate == 0 && !cert->other_duplicate)
        return;
    mtl_report_begin(report, subject->cert, "%s has an extension more than once: it is malformed",
                     mtl_rule_label(lint, cert));
    mtl_report_names(report, cert);
    if (cert->duplicate != 0)
        mtl_report_evidence(report, "more than once: %s", mtl_rule_extensions(lint, cert->duplicate));
    mtl_report_defect(lint, report, subject, &defect);
    mtl_report_fix(report, "Have it reissued with each extension once; a certificate cannot be edited.");
}

const struct mtl_rule rule_duplicate_extension = {
    .code = "MTL025",
    .name = "duplicate-extension",
    .title = "Extension occurs more than once",
    .severity = MTL_ERROR,
    .forbidden = true,
    .scopes = MTL_SCOPE_CERT,
    .rationale =
        "A certificate must not hold two extensions of one kind. Some verifiers refuse it whole, some take the "
        "first and some the last, so that they disagree about names, purposes or limits. Templates of an "
        "authority that add what the request asked for already are the usual cause.",
    .fix = "Correct the profile of the authority and have the certificate reissued.",
    .references = "RFC 5280 4.2",
    .check = check,
};
