/*
 * Two statements on how a certificate is signed, which contradict each other.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static const struct mtl_defect defect = {.reasons = {MTL_REASON_ALGORITHMS_DIFFER, MTL_REASON_SIGNATURE}};

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;

    if (!mtl_cert_algorithms_differ(cert))
        return;
    mtl_report_begin(report, subject->cert, "%s states two signature algorithms that differ",
                     mtl_rule_label(lint, cert));
    mtl_report_names(report, cert);
    mtl_report_evidence(report, "inside  %s", mtl_rule_hex(lint, mtl_cert_bytes(cert, cert->tbs_signature_alg)));
    mtl_report_evidence(report, "outside %s", mtl_rule_hex(lint, mtl_cert_bytes(cert, cert->outer_signature_alg)));
    mtl_report_defect(lint, report, subject, &defect);
    mtl_report_fix(report, "Have it reissued; if that gives the same, the software of the authority is broken.");
}

const struct mtl_rule rule_algorithms_differ = {
    .code = "MTL029",
    .name = "algorithms-differ",
    .title = "Signature algorithm inside and outside differ",
    .severity = MTL_ERROR,
    .forbidden = true,
    .scopes = MTL_SCOPE_CERT,
    .rationale = "A certificate names its signature algorithm twice: inside of what is signed, and outside. The two "
                 "must be equal, parameters included; the outer one alone is protected by nothing. Verifiers refuse a "
                 "certificate in which they differ, or call its signature bad.",
    .fix = "Have the certificate reissued by software that writes both from one value.",
    .references = "RFC 5280 4.1.1.2",
    .check = check,
};
