/*
 * An authority does not say what its key is for.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;

    if (cert->version != 3 || !cert->is_ca || mtl_cert_has(cert, MTL_EXT_KEY_USAGE))
        return;
    /* Presented itself it needs none. */
    if (mtl_rule_is_leaf_with_ca_flag(cert))
        return;
    /* Whoever trusts what browsers trust cannot change it. */
    if (mtl_cert_is_self_signed(cert) && mtl_rule_is_public(lint, cert))
        return;
    mtl_report_begin(report, subject->cert,
                     "the authority %s has no keyUsage: strict verifiers reject chains through it",
                     mtl_rule_label(lint, cert));
    mtl_report_names(report, cert);
    mtl_report_grade(report, mtl_rule_stacks_with(lint, MTL_STEP_STRICT));
    mtl_report_fix(report, "Issue it again with the same key and name, and keyUsage = critical, keyCertSign, cRLSign.");
}

const struct mtl_rule rule_ca_without_key_usage = {
    .code = "MTL323",
    .name = "ca-without-key-usage",
    .title = "Authority without keyUsage",
    .severity = MTL_WARNING,
    .forbidden = true,
    .scopes = MTL_SCOPE_CERT,
    .rationale = "RFC 5280 asks every authority to list keyCertSign in keyUsage. To most verifiers a missing "
                 "keyUsage permits everything; those that keep to the profile strictly reject every chain through "
                 "such an authority. openssl req -x509 with its default configuration makes roots without it.",
    .fix = "Set keyUsage = critical, keyCertSign, cRLSign and issue the certificate again with the same key and "
           "name: what it issued stays valid.",
    .references = "RFC 5280 4.2.1.3; X509_VERIFY_PARAM_set_flags(3)",
    .check = check,
};
