/*
 * An intermediate of the bundle is not valid yet.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    for (size_t i = 0; i < subject->material->cert_count; i++) {
        const struct mtl_loaded_cert *cert = &subject->material->certs[i];

        if (!mtl_rule_is_intermediate(subject, i) || !(cert->cert->not_before > lint->now))
            continue;
        mtl_report_begin(report, cert, "the intermediate %s is not valid yet: %s reject chains through it",
                         mtl_rule_label(lint, cert->cert), mtl_rule_peers(subject));
        if (mtl_rule_may_be_spared(lint, subject, cert->cert))
            mtl_report_severity(report, MTL_WARNING);
        mtl_report_names(report, cert->cert);
        mtl_report_dates(report, cert->cert);
        mtl_report_rejection(report, subject, MTL_REASON_NOT_YET_VALID);
        mtl_report_fix(report, "Send the current certificate of this authority until then.");
    }
}

const struct mtl_rule rule_intermediate_not_yet_valid = {
    .code = "MTL605",
    .name = "intermediate-not-yet-valid",
    .title = "Intermediate is not valid yet",
    .severity = MTL_ERROR,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale = "Every certificate of the chain must be valid at the moment of the handshake. A new intermediate "
                 "that is deployed before its time, or a clock that is behind, breaks all chains through it. It is a "
                 "warning where the chain may do without it.",
    .fix = "Deploy it later; check the clocks.",
    .references = "RFC 5280 6.1.3",
    .check = check,
};
