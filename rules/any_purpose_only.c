/*
 * A leaf for any purpose, which some verifiers do not count.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static bool
minds(const struct mtl_stack *stack, enum mtl_role owner)
{
    return stack->policy.eku[owner] != 0 && (stack->policy.eku[owner] & MTL_EKU_ANY) == 0;
}

static bool
minds_of_server(const struct mtl_stack *stack)
{
    return minds(stack, MTL_SERVER);
}

static bool
minds_of_client(const struct mtl_stack *stack)
{
    return minds(stack, MTL_CLIENT);
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_loaded_cert *leaf = mtl_subject_leaf(subject);
    const uint16_t purposes = leaf->cert->extended_key_usage;
    uint16_t needed = MTL_EKU_SERVER_AUTH | MTL_EKU_CLIENT_AUTH;

    if (subject->role_known)
        needed = subject->role == MTL_SERVER ? MTL_EKU_SERVER_AUTH : MTL_EKU_CLIENT_AUTH;
    if ((purposes & MTL_EKU_ANY) == 0 || (purposes & needed) != 0 || mtl_rule_is_authority(leaf->cert))
        return;
    /* The stack judged for does not count it: another rule says so. */
    if (subject->role_declared && (purposes & lint->stack->policy.eku[subject->role]) == 0)
        return;
    mtl_report_begin(report, leaf, "%s is for anyExtendedKeyUsage, but not for TLS by name: some verifiers reject it",
                     mtl_rule_label(lint, leaf->cert));
    mtl_report_names(report, leaf->cert);
    mtl_report_grade(report,
                     mtl_rule_stacks_that(lint, subject->role == MTL_CLIENT ? minds_of_client : minds_of_server));
    mtl_report_fix(report, "Have it issued again with serverAuth or clientAuth, whichever it is used for.");
}

const struct mtl_rule rule_any_purpose_only = {
    .code = "MTL305",
    .name = "any-purpose-only",
    .title = "Leaf for any purpose only",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale = "anyExtendedKeyUsage stands for every purpose, and yet some verifiers want serverAuth or clientAuth "
                 "by name and reject a certificate without them. One that works with its first peers fails with the "
                 "next.",
    .fix = "List serverAuth, clientAuth or both. anyExtendedKeyUsage may stay beside them, but serves nobody.",
    .references = "RFC 5280 4.2.1.12",
    .check = check,
};
