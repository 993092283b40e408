/*
 * A path length in a certificate that is no authority.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static bool
refuses(const struct mtl_stack *stack)
{
    return stack->policy.path_length_needs_ca || mtl_policy_runs(&stack->policy, MTL_STEP_STRICT);
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;

    if (cert->is_ca || cert->path_length == -1)
        return;
    mtl_report_begin(report, subject->cert, "%s has a path length, but is no authority: some verifiers reject it",
                     mtl_rule_label(lint, cert));
    mtl_report_names(report, cert);
    mtl_report_evidence(report, "basicConstraints CA:FALSE, pathlen:%d", (int)cert->path_length);
    mtl_report_grade(report, mtl_rule_stacks_that(lint, refuses));
    mtl_report_fix(report, "Have it issued again with basicConstraints = critical, CA:FALSE and nothing more.");
}

const struct mtl_rule rule_path_length_without_ca = {
    .code = "MTL325",
    .name = "path-length-without-ca",
    .title = "Path length in a certificate of no authority",
    .severity = MTL_WARNING,
    .forbidden = true,
    .scopes = MTL_SCOPE_CERT,
    .rationale = "pathLenConstraint limits what an authority may issue; in the certificate of anybody else it has no "
                 "meaning, and RFC 5280 forbids it. Some verifiers take the whole extension for malformed then, "
                 "others reject the chain when they are strict.",
    .fix = "Remove pathlen from the profile the certificate was issued with, and have it issued again.",
    .references = "RFC 5280 4.2.1.9",
    .check = check,
};
