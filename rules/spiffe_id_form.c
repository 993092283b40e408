/*
 * A workload certificate whose SPIFFE ID is none.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;
    const char *fault = mtl_rule_is_authority(cert) ? NULL : mtl_rule_spiffe_fault(lint, cert);

    if (fault == NULL)
        return;
    mtl_report_begin(report, subject->cert, "verifiers of SPIFFE IDs reject %s: %s", mtl_rule_label(lint, cert), fault);
    mtl_report_names(report, cert);
    mtl_report_why(report, "What reads SPIFFE IDs (meshes, go-spiffe, SPIRE) refuses the certificate after the chain "
                           "was found good; TLS itself does not look.");
    mtl_report_fix(report, "Issue it with one URI, spiffe://<trust domain>/<workload path>.");
}

const struct mtl_rule rule_spiffe_id_form = {
    .code = "MTL311",
    .name = "spiffe-id-form",
    .title = "SPIFFE ID in the wrong form",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_CERT,
    .rationale = "A workload's certificate bears its SPIFFE ID as its only URI: spiffe, a trust domain in lower "
                 "case, and a path of letters, digits, dots, hyphens and underscores; no user, port, query or "
                 "fragment, no empty segment. Meshes and libraries for SPIFFE refuse anything else, after TLS has "
                 "accepted the chain.",
    .fix = "Correct the template that the identity is made from, and issue the certificate again.",
    .references = "SPIFFE ID 2.1 and 2.2; SPIFFE X509-SVID 2 and 5.2",
    .check = check,
};
