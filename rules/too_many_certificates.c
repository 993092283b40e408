/*
 * More certificates are sent than some stacks take.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

/* No stack has a smaller limit; bundles below it need not be shown to them. */
#define MIN_COUNT 5U

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    static const enum mtl_reason reasons[] = {MTL_REASON_TOO_MANY, MTL_REASON_NONE};
    const struct mtl_material *bundle = subject->material;
    const struct mtl_loaded_cert *leaf = mtl_subject_leaf(subject);
    struct mtl_hits hits;

    if (bundle->cert_count < MIN_COUNT)
        return;
    mtl_rule_reach_for(lint, subject, NULL, reasons, &hits);
    if (hits.count == 0)
        return;
    mtl_report_begin(report, leaf, "%s comes with so many certificates that some stacks do not take them",
                     mtl_rule_label(lint, leaf->cert));
    mtl_report_evidence(report, "certificates in this file: %zu", bundle->cert_count);
    mtl_report_rejection(report, subject, MTL_REASON_TOO_MANY);
    mtl_report_grade(report, hits);
    mtl_report_fix(report, "Leave out what peers do not need: roots, repeated and unrelated certificates.");
    mtl_report_repair(report, subject);
}

const struct mtl_rule rule_too_many_certificates = {
    .code = "MTL123",
    .name = "too-many-certificates",
    .title = "More certificates than some stacks take",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale = "Stacks limit how many certificates they take from a peer. Beyond it they end the handshake, "
                 "however good the chain is. A chain of leaf and intermediates stays far below the limits; a whole "
                 "trust store that was appended to the bundle does not.",
    .fix = "Leave out what peers do not need: roots, repeated and unrelated certificates.",
    .references = "RFC 8446 4.4.2; SSL_CTX_set_max_cert_list(3)",
    .check = check,
};
