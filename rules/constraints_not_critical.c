/*
 * Constraints that a verifier may overlook.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const uint32_t constraints =
        1U << MTL_EXT_NAME_CONSTRAINTS | 1U << MTL_EXT_POLICY_CONSTRAINTS | 1U << MTL_EXT_INHIBIT_ANY_POLICY;
    const struct mtl_cert *cert = subject->cert->cert;

    /* The CA/Browser Forum lets public authorities leave nameConstraints uncritical. */
    if (!cert->is_ca || (cert->present & ~cert->critical & constraints) == 0 || mtl_rule_is_public(lint, cert))
        return;
    mtl_report_begin(report, subject->cert,
                     "the constraints of %s are not critical: verifiers that do not know them overlook them",
                     mtl_rule_label(lint, cert));
    mtl_report_names(report, cert);
    mtl_report_fix(report, "Issue it again with nameConstraints and policyConstraints marked critical.");
}

const struct mtl_rule rule_constraints_not_critical = {
    .code = "MTL328",
    .name = "constraints-not-critical",
    .title = "Constraints of an authority are not critical",
    .severity = MTL_INFO,
    .forbidden = true,
    .scopes = MTL_SCOPE_CERT,
    .rationale = "RFC 5280 asks authorities to mark nameConstraints, policyConstraints and inhibitAnyPolicy "
                 "critical, so that a verifier that does not process them rejects the chain instead of accepting "
                 "what the constraints forbid. Public authorities may leave nameConstraints uncritical, and nothing "
                 "is said of them.",
    .fix = "Mark the constraints critical, and find out first whether all peers process them.",
    .references = "RFC 5280 4.2.1.10, 4.2.1.11 and 4.2.1.14",
    .check = check,
};
