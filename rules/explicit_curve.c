/*
 * An EC key that spells out its curve.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static const struct mtl_defect defect = {.reasons = {MTL_REASON_EXPLICIT_CURVE, MTL_REASON_UNKNOWN_CURVE,
                                                     MTL_REASON_LEAF_KEY_UNSUPPORTED, MTL_REASON_ISSUER_KEY_UNSUPPORTED,
                                                     MTL_REASON_ISSUER_KEY}};

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;

    if (cert->key.type != MTL_KEY_EC || cert->key.curve != MTL_CURVE_EXPLICIT)
        return;
    mtl_report_begin(report, subject->cert, "the key of %s spells out its curve instead of naming it",
                     mtl_rule_label(lint, cert));
    mtl_report_names(report, cert);
    mtl_report_defect(lint, report, subject, &defect);
    mtl_report_fix(report, "Make a new key with \"openssl ecparam -name prime256v1 -genkey\" or \"openssl genpkey "
                           "-algorithm EC -pkeyopt ec_paramgen_curve:P-256\", and have it certified.");
}

const struct mtl_rule rule_explicit_curve = {
    .code = "MTL707",
    .name = "explicit-curve",
    .title = "EC key with explicit parameters",
    .severity = MTL_ERROR,
    .forbidden = true,
    .scopes = MTL_SCOPE_CERT,
    .rationale = "An EC key states its curve by name. Parameters that are spelled out are forbidden: whoever chooses "
                 "the generator of a curve can forge signatures for the key of another. Stacks refuse such keys when "
                 "they read them, or when they verify the chain.",
    .fix = "Make a key on a named curve and have it certified.",
    .references = "RFC 5480 2.1.1; CVE-2020-0601",
    .check = check,
};
