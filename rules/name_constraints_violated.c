/*
 * A name that an authority above must not issue for.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    static const enum mtl_reason reasons[] = {MTL_REASON_CONSTRAINT_PERMITTED, MTL_REASON_CONSTRAINT_EXCLUDED,
                                              MTL_REASON_NONE};
    const struct mtl_loaded_cert *blamed;
    const struct mtl_failure *failure = mtl_rule_failure(lint, subject, reasons, &blamed);
    const struct mtl_loaded_cert *leaf = mtl_subject_leaf(subject);

    if (failure == NULL)
        return;
    mtl_report_begin(report, blamed, "%s bears a name that an authority above it must not issue for",
                     mtl_rule_label(lint, blamed->cert));
    mtl_report_names(report, blamed->cert);
    if (failure->name.value.size > 0 && failure->name.type != MTL_GN_IP && failure->name.type != MTL_GN_DIRECTORY)
        mtl_report_evidence(report, "name    %s", mtl_text_safe(lint->arena, failure->name.value, 100));
    if (blamed->cert != leaf->cert)
        mtl_report_also(report, &leaf->source, "the leaf of the chain");
    mtl_report_rejection(report, subject, failure->reason);
    mtl_report_reach_for(report, subject, NULL, reasons);
    mtl_report_fix(report, "Issue it again without that name, or from an authority that may issue for it.");
}

const struct mtl_rule rule_name_constraints_violated = {
    .code = "MTL119",
    .name = "name-constraints-violated",
    .title = "Name constraints are violated",
    .severity = MTL_ERROR,
    .forbidden = true,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale = "nameConstraints limit for which names an authority may issue. A leaf, or an intermediate, with a "
                 "name outside of what is permitted or inside of what is excluded is rejected, however well the rest "
                 "of the chain fits. It shows when the first host of a new domain is certified, or the first "
                 "internal address.",
    .fix = "Leave the name out, or have the certificate issued by an authority whose constraints allow it.",
    .references = "RFC 5280 4.2.1.10 and 6.1.3 (b) and (c)",
    .check = check,
};
