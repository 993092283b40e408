/*
 * A certificate issued another one, but is no authority.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static bool
is_unfit(const struct mtl_cert *cert)
{
    return !cert->is_ca;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_loaded_cert *cert;
    const struct mtl_loaded_cert *issuer = mtl_rule_unfit_issuer(lint, subject, is_unfit, &cert);

    if (issuer == NULL)
        return;
    mtl_report_begin(report, issuer, "%s signed %s, but is no authority", mtl_rule_label(lint, issuer->cert),
                     mtl_rule_label(lint, cert->cert));
    mtl_report_names(report, issuer->cert);
    mtl_report_evidence(report, "basicConstraints do not say CA:TRUE");
    mtl_report_also(report, &cert->source, "the certificate it signed");
    mtl_report_rejection(report, subject, MTL_REASON_NOT_A_CA);
    mtl_report_reach(report, subject, issuer);
    mtl_report_fix(report, "Issue its certificate again, with the same key and name, as an authority's.");
}

const struct mtl_rule rule_issuer_not_a_ca = {
    .code = "MTL116",
    .name = "issuer-not-a-ca",
    .title = "Issuer is no authority",
    .severity = MTL_ERROR,
    .forbidden = true,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale = "Only a certificate whose basicConstraints say CA:TRUE may issue others; otherwise every holder of "
                 "a server certificate could make certificates for anybody. Every verifier checks it. The usual "
                 "cause is an intermediate made with the profile of a leaf, or with a request whose extensions were "
                 "not copied.",
    .fix = "Issue the intermediate again with basicConstraints = critical, CA:TRUE and keyUsage = critical, "
           "keyCertSign, cRLSign, with the same key and name.",
    .references = "RFC 5280 4.2.1.9 and 6.1.4 (k)",
    .check = check,
};
