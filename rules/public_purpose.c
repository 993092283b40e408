/*
 * The extKeyUsage of a public certificate is not as public authorities must issue it.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

/* NULL: nothing is. */
static const char *
find_fault(const struct mtl_cert *cert)
{
    bool has_purposes = mtl_cert_has(cert, MTL_EXT_EXTENDED_KEY_USAGE);

    if (mtl_rule_is_authority(cert))
        return has_purposes && cert->self_issued ? "is a root, and has an extKeyUsage" : NULL;
    if (!has_purposes)
        return "has no extKeyUsage";
    if ((cert->extended_key_usage & MTL_EKU_ANY) != 0)
        return "is for anyExtendedKeyUsage";
    return (cert->critical & 1U << MTL_EXT_EXTENDED_KEY_USAGE) != 0 ? "has a critical extKeyUsage" : NULL;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;
    const char *fault = find_fault(cert);

    if (fault == NULL || !mtl_rule_is_public(lint, cert))
        return;
    mtl_report_begin(report, subject->cert, "%s %s, which public authorities must not issue",
                     mtl_rule_label(lint, cert), fault);
    mtl_report_names(report, cert);
    mtl_report_fix(report,
                   "Have it issued again with serverAuth in an extKeyUsage that is not critical, a root with none.");
}

const struct mtl_rule rule_public_purpose = {
    .code = "MTL330",
    .name = "public-purpose",
    .title = "extKeyUsage that public authorities must not issue",
    .severity = MTL_INFO,
    .forbidden = true,
    .scopes = MTL_SCOPE_CERT,
    .rationale = "Public authorities list the purposes of every server certificate, in an extKeyUsage that is not "
                 "critical and without anyExtendedKeyUsage, and put none into their roots. A certificate that is "
                 "otherwise was not issued by their rules, or is a test. Verifiers accept most of them, and "
                 "programs of root stores refuse the authority.",
    .fix = "Let the authority's profile have extendedKeyUsage = serverAuth, and its root none.",
    .references = "CA/Browser Forum Baseline Requirements 7.1.2.1.2, 7.1.2.7.6 and 7.1.2.7.10",
    .check = check,
};
