/*
 * Dates of validity in the form that RFC 5280 keeps for other years.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

#define YEAR_2050 INT64_C(2524608000)

static const struct mtl_defect defect = {
    .reasons = {MTL_REASON_EXPIRED, MTL_REASON_DATES_REVERSED, MTL_REASON_MALFORMED, MTL_REASON_UNDECODABLE}};

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;
    bool is_short[2];
    bool is_long_early;

    mtl_cert_validity_is_short(cert, is_short);
    is_long_early = (!is_short[0] && cert->not_before < YEAR_2050) || (!is_short[1] && cert->not_after < YEAR_2050);
    if (mtl_rule_lost_a_century(cert)) {
        mtl_report_begin(report, subject->cert, "%s ends before it begins: the year of its end has two digits only",
                         mtl_rule_label(lint, cert));
        mtl_report_dates(report, cert);
        mtl_report_evidence(report, "of the two digits in UTCTime, 50 to 99 are read as 1950 to 1999");
        mtl_report_defect(lint, report, subject, &defect);
        mtl_report_fix(report, "Have it reissued with dates from 2050 on as GeneralizedTime, or with an earlier end.");
    } else if (is_long_early && !cert->self_issued) { /* A root that everybody reads stays as it is. */
        mtl_report_begin(report, subject->cert, "%s has a date before 2050 as GeneralizedTime",
                         mtl_rule_label(lint, cert));
        mtl_report_severity(report, MTL_INFO);
        mtl_report_dates(report, cert);
        mtl_report_fix(report, "Have it reissued with dates before 2050 as UTCTime.");
    }
}

const struct mtl_rule rule_wrong_time_type = {
    .code = "MTL021",
    .name = "wrong-time-type",
    .title = "Dates of validity in the wrong form",
    .severity = MTL_ERROR,
    .forbidden = true,
    .scopes = MTL_SCOPE_CERT,
    .rationale =
        "Dates up to 2049 are written as UTCTime, with two digits of the year, and later ones as "
        "GeneralizedTime, with four. An authority that writes 2060 as UTCTime makes a certificate that ended "
        "in 1960: it was never valid. The other way round the date is read rightly, but the form is forbidden.",
    .fix = "Correct the software of the authority and have the certificate reissued.",
    .references = "RFC 5280 4.1.2.5",
    .check = check,
};
