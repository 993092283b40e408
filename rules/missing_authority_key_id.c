/*
 * A certificate does not say by which key it was signed.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;

    if (cert->version != 3 || cert->self_issued || (cert->malformed & 1U << MTL_EXT_AUTHORITY_KEY_ID) != 0 ||
        cert->authority_key_id.size > 0)
        return;
    mtl_report_begin(report, subject->cert, "%s has no authority key identifier: strict verifiers reject it",
                     mtl_rule_label(lint, cert));
    mtl_report_names(report, cert);
    mtl_report_grade(report, mtl_rule_stacks_with(lint, MTL_STEP_STRICT));
    mtl_report_fix(report,
                   "Have it issued again with an authorityKeyIdentifier that holds the issuer's key identifier.");
}

const struct mtl_rule rule_missing_authority_key_id = {
    .code = "MTL320",
    .name = "missing-authority-key-id",
    .title = "No authorityKeyIdentifier",
    .severity = MTL_WARNING,
    .forbidden = true,
    .scopes = MTL_SCOPE_CERT,
    .rationale = "RFC 5280 asks for the key identifier of the issuer in every certificate that is not self-signed. "
                 "Most verifiers do without; those that keep to the profile strictly reject the chain. Tools that "
                 "sign with a minimal configuration file leave it out, and authorities that were made by hand long "
                 "ago never had it.",
    .fix = "Set authorityKeyIdentifier = keyid in the authority's configuration, and have the certificate issued "
           "again. The chain's other certificates stay.",
    .references = "RFC 5280 4.2.1.1; X509_VERIFY_PARAM_set_flags(3)",
    .check = check,
};
