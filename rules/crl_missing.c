/*
 * CRLs for some authorities of a trust store, but not for all.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static bool
asks_for_every_issuer(const struct mtl_stack *stack)
{
    return stack->policy.revocation == MTL_REVOCATION_CHAIN && !stack->policy.every_crl_counts &&
           mtl_stack_reason(stack, MTL_REASON_CRL_MISSING) != NULL;
}

static bool
has_crl(const struct mtl_subject *subject, const struct mtl_cert *authority)
{
    for (size_t i = 0; i < subject->material->crl_count; i++)
        if (subject->material->crls[i].crl->issuer_hash == authority->subject_hash)
            return true;
    return false;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    /* A store of many authorities is searched for the few CRLs of a file, not the other way round. */
    for (size_t i = 0; subject->material->crl_count > 0 && i < subject->material->cert_count; i++) {
        const struct mtl_loaded_cert *cert = &subject->material->certs[i];

        if (!mtl_rule_is_authority(cert->cert) || has_crl(subject, cert->cert))
            continue;
        mtl_report_begin(report, cert, "the store has CRLs, but none of %s", mtl_rule_label(lint, cert->cert));
        mtl_report_evidence(report, "subject %s", mtl_rule_subject(lint, cert->cert));
        mtl_report_also(report, &subject->material->crls[0].source, "a CRL of another authority");
        mtl_report_hits(report, mtl_rule_stacks_that(lint, asks_for_every_issuer));
        mtl_report_why(report,
                       "Where the stacks named here check revocation for the whole chain, what %s issued is "
                       "rejected for want of its CRL.",
                       mtl_rule_label(lint, cert->cert));
        mtl_report_fix(report, "Add its CRL, or remove the authority if none of its certificates is in use.");
    }
}

const struct mtl_rule rule_crl_missing = {
    .code = "MTL217",
    .name = "crl-missing",
    .title = "CRL of a trusted authority is missing",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_STORE,
    .rationale = "Once a verifier checks revocation for the whole chain, it needs a CRL of every authority in it, the "
                 "root's for the intermediates. A store with CRLs for some of its authorities accepts only what those "
                 "issued.",
    .fix = "Add the CRLs of all authorities, or check revocation of leaves only where the program can do that.",
    .references = "RFC 5280 6.3; X509_VERIFY_PARAM_set_flags(3), X509_V_FLAG_CRL_CHECK_ALL",
    .check = check,
};
