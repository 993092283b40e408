/*
 * A certificate without subject whose subjectAltName is not critical.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static bool
minds(const struct mtl_stack *stack)
{
    return stack->reading.empty_subject_needs_critical_names || mtl_policy_runs(&stack->policy, MTL_STEP_STRICT);
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;
    struct mtl_hits hits;

    if (cert->is_ca || !mtl_name_is_empty(mtl_cert_bytes(cert, cert->subject)) ||
        (cert->critical & 1U << MTL_EXT_SUBJECT_ALT_NAME) != 0)
        return;
    hits = mtl_rule_stacks_that(lint, minds);
    mtl_report_begin(report, subject->cert, "%s has an empty subject, but its subjectAltName is %s",
                     mtl_rule_label(lint, cert),
                     mtl_cert_has(cert, MTL_EXT_SUBJECT_ALT_NAME) ? "not critical" : "missing");
    mtl_report_names(report, cert);
    mtl_report_grade(report, hits);
    mtl_report_fix(report, "Have it issued again with a critical subjectAltName, or with a common name as well.");
}

const struct mtl_rule rule_empty_subject = {
    .code = "MTL315",
    .name = "empty-subject",
    .title = "Empty subject without critical subjectAltName",
    .severity = MTL_WARNING,
    .forbidden = true,
    .scopes = MTL_SCOPE_CERT,
    .rationale = "A certificate may leave its subject empty if subjectAltName says who it is for; then that "
                 "extension must be critical, so that nobody overlooks it. Some decoders refuse the certificate "
                 "otherwise, and so do strict verifiers. SPIFFE and other workload identities often have no subject.",
    .fix = "Mark subjectAltName critical in the authority's profile, or give the certificate a common name.",
    .references = "RFC 5280 4.1.2.6 and 4.2.1.6",
    .check = check,
};
