/*
 * More intermediates follow an authority than its path length allows.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    static const enum mtl_reason reasons[] = {MTL_REASON_PATH_LENGTH, MTL_REASON_NONE};
    const struct mtl_loaded_cert *blamed;
    const struct mtl_failure *failure = mtl_rule_failure(lint, subject, reasons, &blamed);
    const struct mtl_loaded_cert *leaf = mtl_subject_leaf(subject);

    if (failure == NULL)
        return;
    mtl_report_begin(report, blamed, "more authorities stand below %s than its path length allows",
                     mtl_rule_label(lint, blamed->cert));
    mtl_report_names(report, blamed->cert);
    if (blamed->cert->path_length >= 0)
        mtl_report_evidence(report, "pathlen:%d", (int)blamed->cert->path_length);
    if (blamed->cert != leaf->cert)
        mtl_report_also(report, &leaf->source, "the leaf of the chain");
    mtl_report_rejection(report, subject, failure->reason);
    mtl_report_reach_for(report, subject, NULL, reasons);
    mtl_report_fix(report,
                   "Issue it again with a longer path length, or take the leaf from an authority that may issue it.");
}

const struct mtl_rule rule_path_length_exceeded = {
    .code = "MTL118",
    .name = "path-length-exceeded",
    .title = "Path length is exceeded",
    .severity = MTL_ERROR,
    .forbidden = true,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale = "pathLenConstraint says how many intermediates may stand between an authority and a leaf; 0 means "
                 "that it issues leaves only. An authority that was given pathlen:0 and then issued another "
                 "authority makes chains that every verifier rejects.",
    .fix = "Issue the upper authority again with a longer path length, or the lower one from an authority that "
           "allows it.",
    .references = "RFC 5280 4.2.1.9 and 6.1.4 (l) and (m)",
    .check = check,
};
