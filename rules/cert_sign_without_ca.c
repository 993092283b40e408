/*
 * A leaf with the key usage of an authority.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;
    const uint16_t tls = MTL_EKU_SERVER_AUTH | MTL_EKU_CLIENT_AUTH;

    /* Whoever has no names and no purpose in TLS may be an authority without the flag: another rule's, if it issued. */
    if (cert->version != 3 || cert->is_ca || (cert->key_usage & MTL_KU_KEY_CERT_SIGN) == 0 ||
        (!mtl_cert_has(cert, MTL_EXT_SUBJECT_ALT_NAME) && (cert->extended_key_usage & tls) == 0))
        return;
    mtl_report_begin(report, subject->cert,
                     "%s may sign certificates by its keyUsage, but is no authority: strict verifiers reject it",
                     mtl_rule_label(lint, cert));
    mtl_report_names(report, cert);
    mtl_report_grade(report, mtl_rule_stacks_with(lint, MTL_STEP_STRICT));
    mtl_report_fix(report, "Have it issued again with keyUsage = critical, digitalSignature.");
}

const struct mtl_rule rule_cert_sign_without_ca = {
    .code = "MTL326",
    .name = "cert-sign-without-ca",
    .title = "keyCertSign in a certificate of no authority",
    .severity = MTL_WARNING,
    .forbidden = true,
    .scopes = MTL_SCOPE_CERT,
    .rationale = "keyCertSign is for authorities: RFC 5280 forbids it where basicConstraints do not say CA:TRUE. "
                 "Most verifiers do not mind in a leaf; strict ones reject it. The usual cause is a configuration "
                 "file in which leaf and authority share one section.",
    .fix = "Give leaves a section of their own with keyUsage = critical, digitalSignature, and have the certificate "
           "issued again.",
    .references = "RFC 5280 4.2.1.3 and 4.2.1.9",
    .check = check,
};
