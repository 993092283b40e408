/*
 * A key on a named curve that not every stack has.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;
    struct mtl_hits hits;

    /* MTL702 and MTL707 speak of these. */
    if (cert->key.type != MTL_KEY_EC || cert->key.curve == MTL_CURVE_EXPLICIT ||
        mtl_key_security_bits(&cert->key) < lint->stack->policy.security_bits)
        return;
    hits = mtl_rule_stacks_without_key(lint, cert);
    if (hits.count == 0)
        return;
    mtl_report_begin(report, subject->cert, "the key of %s is on a curve that not every stack has",
                     mtl_rule_label(lint, cert));
    mtl_report_key(lint, report, subject, hits);
    mtl_report_fix(report, "Make a new key on P-256 or P-384 and have it certified.");
}

const struct mtl_rule rule_curve_not_common = {
    .code = "MTL704",
    .name = "curve-not-common",
    .title = "Key on a curve that not every stack has",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_CERT,
    .rationale = "P-256 and P-384 work everywhere. Of other curves a stack may not know the name, and then it cannot "
                 "decode the certificate or verify signatures; or it knows the curve, but has no signature scheme for "
                 "it in TLS, so that the owner cannot prove its key.",
    .fix = "Make a new key on P-256 or P-384 and have it certified.",
    .references = "RFC 8446 4.2.3; RFC 8422 5.1.1",
    .check = check,
};
