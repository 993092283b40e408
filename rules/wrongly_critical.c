/*
 * An extension that only informs is marked critical.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

/* Is the extension refused where it is critical, by the decoder or by a step? */
static bool
refuses_critical(const struct mtl_stack *stack, enum mtl_extension extension)
{
    const uint32_t bit = 1U << extension;
    const struct mtl_policy *policy = &stack->policy;

    if (stack->reading.critical_extensions != 0 && (stack->reading.critical_extensions & bit) == 0)
        return true;
    return mtl_policy_runs(policy, MTL_STEP_CRITICAL_EXTENSIONS) && (policy->understood_extensions & bit) == 0;
}

static bool
knows_no_critical_hints(const struct mtl_stack *stack)
{
    return refuses_critical(stack, MTL_EXT_AUTHORITY_INFO_ACCESS);
}

static bool
knows_no_critical_key_ids(const struct mtl_stack *stack)
{
    return refuses_critical(stack, MTL_EXT_AUTHORITY_KEY_ID) || mtl_policy_runs(&stack->policy, MTL_STEP_STRICT);
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const uint32_t key_ids = 1U << MTL_EXT_AUTHORITY_KEY_ID | 1U << MTL_EXT_SUBJECT_KEY_ID;
    const uint32_t hints = 1U << MTL_EXT_AUTHORITY_INFO_ACCESS | 1U << MTL_EXT_FRESHEST_CRL;
    const struct mtl_cert *cert = subject->cert->cert;
    struct mtl_hits hits;

    if ((cert->critical & (key_ids | hints)) == 0)
        return;
    hits = (cert->critical & hints) != 0 ? mtl_rule_stacks_that(lint, knows_no_critical_hints)
                                         : mtl_rule_stacks_that(lint, knows_no_critical_key_ids);
    mtl_report_begin(report, subject->cert, "%s marks %s critical, which only informs: some verifiers reject it",
                     mtl_rule_label(lint, cert),
                     (cert->critical & hints) != 0 ? "where to fetch things" : "a key identifier");
    mtl_report_names(report, cert);
    mtl_report_grade(report, hits);
    mtl_report_fix(report, "Have it issued again without the critical mark.");
}

const struct mtl_rule rule_wrongly_critical = {
    .code = "MTL324",
    .name = "wrongly-critical",
    .title = "Informative extension is marked critical",
    .severity = MTL_WARNING,
    .forbidden = true,
    .scopes = MTL_SCOPE_CERT,
    .rationale = "A verifier must reject a certificate with a critical extension that it does not process. Key "
                 "identifiers, authorityInfoAccess and freshestCRL only help to find other certificates and lists, "
                 "many verifiers do not process them, and RFC 5280 forbids to mark them critical.",
    .fix = "Remove the word critical before them in the authority's configuration, and issue the certificate again.",
    .references = "RFC 5280 4.2, 4.2.1.1, 4.2.1.2, 4.2.1.15 and 4.2.2.1",
    .check = check,
};
