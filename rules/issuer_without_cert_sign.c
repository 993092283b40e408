/*
 * The keyUsage of an issuer does not let it sign certificates.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

/* A keyUsage that does not decode, or has no bit at all, is MTL030's. */
static bool
is_unfit(const struct mtl_cert *cert)
{
    return cert->is_ca && mtl_cert_has(cert, MTL_EXT_KEY_USAGE) && (cert->key_usage & MTL_KU_KEY_CERT_SIGN) == 0 &&
           (cert->malformed & 1U << MTL_EXT_KEY_USAGE) == 0;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_loaded_cert *cert;
    const struct mtl_loaded_cert *issuer = mtl_rule_unfit_issuer(lint, subject, is_unfit, &cert);

    if (issuer == NULL)
        return;
    mtl_report_begin(report, issuer, "%s signed %s, but its keyUsage does not allow it",
                     mtl_rule_label(lint, issuer->cert), mtl_rule_label(lint, cert->cert));
    mtl_report_names(report, issuer->cert);
    mtl_report_evidence(report, "keyUsage without keyCertSign");
    mtl_report_also(report, &cert->source, "the certificate it signed");
    mtl_report_rejection(report, subject, MTL_REASON_NO_CERT_SIGN);
    mtl_report_reach(report, subject, issuer);
    mtl_report_fix(report, "Issue its certificate again, with the same key and name, and with keyCertSign.");
}

const struct mtl_rule rule_issuer_without_cert_sign = {
    .code = "MTL117",
    .name = "issuer-without-cert-sign",
    .title = "Issuer without keyCertSign",
    .severity = MTL_ERROR,
    .forbidden = true,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale = "An authority with a keyUsage must have keyCertSign in it; a list such as digitalSignature alone "
                 "takes the right to issue away again. Most verifiers check it; where the issuer's certificate was "
                 "made with a leaf's keyUsage, chains through it fail.",
    .fix = "Issue the intermediate again with keyUsage = critical, keyCertSign, cRLSign, with the same key and name.",
    .references = "RFC 5280 4.2.1.3 and 6.1.4 (n)",
    .check = check,
};
