/*
 * An authority says that it is one, but not critically.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;

    if (!cert->is_ca || (cert->critical & 1U << MTL_EXT_BASIC_CONSTRAINTS) != 0)
        return;
    /* Whoever trusts what browsers trust cannot change it. */
    if (mtl_cert_is_self_signed(cert) && mtl_rule_is_public(lint, cert))
        return;
    mtl_report_begin(report, subject->cert,
                     "the basicConstraints of %s are not critical: strict verifiers reject chains through it",
                     mtl_rule_label(lint, cert));
    mtl_report_names(report, cert);
    mtl_report_grade(report, mtl_rule_stacks_with(lint, MTL_STEP_STRICT));
    mtl_report_fix(report, "Issue it again with the same key and name, and basicConstraints = critical, CA:TRUE.");
}

const struct mtl_rule rule_ca_constraints_not_critical = {
    .code = "MTL322",
    .name = "ca-constraints-not-critical",
    .title = "basicConstraints of an authority are not critical",
    .severity = MTL_WARNING,
    .forbidden = true,
    .scopes = MTL_SCOPE_CERT,
    .rationale = "RFC 5280 asks authorities to mark basicConstraints critical, so that no verifier overlooks them. "
                 "Most verifiers do not care; those that keep to the profile strictly reject every chain through "
                 "such an authority. Configuration files copied from old guides have basicConstraints = CA:TRUE "
                 "without the word.",
    .fix = "Set basicConstraints = critical, CA:TRUE and issue the certificate again with the same key and name: "
           "what it issued stays valid.",
    .references = "RFC 5280 4.2.1.9; X509_VERIFY_PARAM_set_flags(3)",
    .check = check,
};
