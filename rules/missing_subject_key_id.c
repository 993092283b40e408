/*
 * An authority has no key identifier.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;

    if (cert->version != 3 || !cert->is_ca || mtl_cert_has(cert, MTL_EXT_SUBJECT_KEY_ID))
        return;
    /* Whoever trusts what browsers trust cannot change it. */
    if (mtl_cert_is_self_signed(cert) && mtl_rule_is_public(lint, cert))
        return;
    mtl_report_begin(report, subject->cert,
                     "%s has no subject key identifier: strict verifiers reject chains through it",
                     mtl_rule_label(lint, cert));
    mtl_report_names(report, cert);
    mtl_report_grade(report, mtl_rule_stacks_with(lint, MTL_STEP_STRICT));
    mtl_report_fix(report, "Issue it again with the same key and name, and a subjectKeyIdentifier.");
}

const struct mtl_rule rule_missing_subject_key_id = {
    .code = "MTL321",
    .name = "missing-subject-key-id",
    .title = "Authority without subjectKeyIdentifier",
    .severity = MTL_WARNING,
    .forbidden = true,
    .scopes = MTL_SCOPE_CERT,
    .rationale = "RFC 5280 asks for a key identifier in every certificate of an authority, roots included. Most "
                 "verifiers do without; those that keep to the profile strictly reject every chain through it. Where "
                 "an authority was renewed under the same name, it is also what tells the right certificate from the "
                 "wrong one.",
    .fix = "Set subjectKeyIdentifier = hash in the authority's configuration and issue the certificate again with "
           "the same key and name: what it issued stays valid.",
    .references = "RFC 5280 4.2.1.2; X509_VERIFY_PARAM_set_flags(3)",
    .check = check,
};
