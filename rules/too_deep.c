/*
 * More intermediates than the default settings of some programs allow.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

/* Peers were said to allow fewer. */
static void
report_limit(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report, size_t above)
{
    const struct mtl_loaded_cert *leaf = mtl_subject_leaf(subject);

    mtl_report_begin(report, leaf, "%s comes with %zu intermediate%s, and peers allow %d",
                     mtl_rule_label(lint, leaf->cert), above, above == 1 ? "" : "s", lint->depth);
    mtl_report_names(report, leaf->cert);
    mtl_report_rejection(report, subject, MTL_REASON_DEPTH);
    mtl_report_severity(report, MTL_ERROR);
    mtl_report_fix(report,
                   "Raise the verification depth of the peers to %zu, or take the leaf from an authority closer to "
                   "the root.",
                   above);
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_loaded_cert *leaf = mtl_subject_leaf(subject);
    enum mtl_reach least;
    size_t above = 0;
    struct mtl_hits hits = {.count = 0};

    for (size_t i = 0; i < subject->material->cert_count; i++)
        above += mtl_rule_is_intermediate(subject, i);
    if (lint->depth >= 0 && above > (size_t)lint->depth)
        report_limit(lint, subject, report, above);
    if (above == 0 || lint->depth >= 0)
        return;
    /* One intermediate is usual, and of a server's chain only proxies are hit, whose peers are few. */
    least = above == 1 || !subject->role_known || subject->role == MTL_SERVER ? MTL_REACH_MOST : MTL_REACH_SOME;
    if (mtl_rule_depth_bound(lint, above) < least || mtl_rule_reach_for_depth(lint, subject, above, &hits) < least)
        return;
    mtl_report_begin(report, leaf, "%s comes with %zu intermediate%s: more than some programs allow unless told so",
                     mtl_rule_label(lint, leaf->cert), above, above == 1 ? "" : "s");
    mtl_report_names(report, leaf->cert);
    mtl_report_rejection(report, subject, MTL_REASON_DEPTH);
    mtl_report_grade(report, hits);
    mtl_report_fix(report, "Raise the verification depth of the peers that are hit, or take the leaf from an authority "
                           "closer to the root.");
}

const struct mtl_rule rule_too_deep = {
    .code = "MTL112",
    .name = "too-deep",
    .title = "Chain is deeper than some programs allow",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale =
        "Programs limit how many intermediates may stand between a peer's certificate and a trusted root; "
        "some allow one or none unless their configuration says more. The chain is good, and still "
        "rejected, with an error that speaks of an unknown issuer or of an internal error. One intermediate "
        "is usual: it is reported only if the stack judged for does not take it, and so is the chain of a "
        "server, because proxies are hit there and nobody else. With --depth the limit is that one, for all peers.",
    .fix = "Set the verification depth of the verifying program to the number of intermediates at least.",
    .references = "SSL_CTX_set_verify_depth(3); RFC 5280 6.1",
    .check = check,
};
