/*
 * Name constraints in a certificate that issues nothing.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    static const enum mtl_reason reasons[] = {MTL_REASON_CRITICAL_EXTENSION, MTL_REASON_CONSTRAINT_TYPE,
                                              MTL_REASON_MALFORMED, MTL_REASON_NONE};
    const struct mtl_loaded_cert *leaf = mtl_subject_leaf(subject);

    if (mtl_rule_is_authority(leaf->cert) || !mtl_cert_has(leaf->cert, MTL_EXT_NAME_CONSTRAINTS))
        return;
    mtl_report_begin(report, leaf, "%s has name constraints, but issues nothing", mtl_rule_label(lint, leaf->cert));
    mtl_report_names(report, leaf->cert);
    mtl_report_reach_for(report, subject, leaf, reasons);
    mtl_report_fix(report, "Have it issued again without nameConstraints.");
}

const struct mtl_rule rule_constraints_in_leaf = {
    .code = "MTL327",
    .name = "constraints-in-leaf",
    .title = "Name constraints in a leaf",
    .severity = MTL_INFO,
    .forbidden = true,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale = "nameConstraints limit what an authority may issue, and RFC 5280 allows them in certificates of "
                 "authorities only. In a leaf they limit nothing; where they are critical, verifiers that do not "
                 "process them reject the leaf.",
    .fix = "Remove nameConstraints from the profile of leaves, and have the certificate issued again.",
    .references = "RFC 5280 4.2.1.10",
    .check = check,
};
