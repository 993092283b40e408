/*
 * A certificate in a trust store is not valid yet.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    bool others_remain = mtl_rule_has_usable_anchor(lint, subject->material);

    for (size_t i = 0; i < subject->material->cert_count; i++) {
        const struct mtl_loaded_cert *cert = &subject->material->certs[i];

        if (!(cert->cert->not_before > lint->now))
            continue;
        mtl_report_begin(report, cert, "the trusted %s is not valid yet: certificates below it are rejected until then",
                         mtl_rule_label(lint, cert->cert));
        mtl_report_evidence(report, "subject %s", mtl_rule_subject(lint, cert->cert));
        mtl_report_dates(report, cert->cert);
        if (!others_remain)
            mtl_report_severity(report, MTL_ERROR);
        mtl_report_rejection(report, subject, MTL_REASON_NOT_YET_VALID);
        mtl_report_fix(
            report, "Nothing is to be done if this is a root of the future; otherwise check the clock of its issuer.");
    }
}

const struct mtl_rule rule_anchor_not_yet_valid = {
    .code = "MTL204",
    .name = "anchor-not-yet-valid",
    .title = "Trust anchor is not valid yet",
    .severity = MTL_INFO,
    .scopes = MTL_SCOPE_STORE,
    .rationale = "A root that is added to a store ahead of its time does no harm, so this is for information. It is "
                 "an error when no other root in the store is valid: then every peer is rejected.",
    .fix = "Keep the root in use now beside it until then.",
    .references = "RFC 5280 6.1.1",
    .check = check,
};
