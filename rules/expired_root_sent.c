/*
 * A root that has expired is sent along.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    for (size_t i = 0; i < subject->material->cert_count; i++) {
        const struct mtl_loaded_cert *cert = &subject->material->certs[i];

        if (i == subject->leaf || !subject->reachable[i] || !mtl_rule_is_authority(cert->cert) ||
            !mtl_cert_is_self_signed(cert->cert) || !mtl_rule_has_expired(lint, cert->cert))
            continue;
        mtl_report_begin(report, cert, "the expired root %s is sent along", mtl_rule_label(lint, cert->cert));
        mtl_report_names(report, cert->cert);
        mtl_report_dates(report, cert->cert);
        mtl_report_why(report, "Verifiers that build the chain from what is sent end at it, instead of at the valid "
                               "root of the same name that they trust.");
        mtl_report_reach_without(report, subject, cert);
        mtl_report_fix(report, "Leave the root out of the bundle.");
        mtl_report_repair(report, subject);
    }
}

const struct mtl_rule rule_expired_root_sent = {
    .code = "MTL114",
    .name = "expired-root-sent",
    .title = "Expired root is sent along",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale = "A root need not be sent at all. One that has expired does harm: verifiers that follow what is sent "
                 "end at it and reject the chain, although they trust a newer certificate of the same root. Renewed "
                 "roots keep name and key, and the old file stays in the bundle for years until the old date comes.",
    .fix = "Leave the last, self-signed certificate out of the bundle.",
    .references = "RFC 8446 4.4.2; RFC 5280 6.1.3",
    .check = check,
};
