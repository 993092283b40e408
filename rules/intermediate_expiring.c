/*
 * An intermediate of the bundle expires within the horizon.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    for (size_t i = 0; i < subject->material->cert_count; i++) {
        const struct mtl_loaded_cert *cert = &subject->material->certs[i];

        if (!mtl_rule_is_intermediate(subject, i) ||
            !(mtl_rule_expires_soon(lint, cert->cert) && mtl_rule_successor(lint, subject->pool, cert->cert) == NULL))
            continue;
        mtl_report_begin(report, cert, "the intermediate %s expires soon: from then on %s reject chains through it",
                         mtl_rule_label(lint, cert->cert), mtl_rule_peers(subject));
        mtl_report_names(report, cert->cert);
        mtl_report_dates(report, cert->cert);
        mtl_report_fix(
            report,
            "Get the next certificate of this authority, or a leaf from its next intermediate, before that date.");
    }
}

const struct mtl_rule rule_intermediate_expiring = {
    .code = "MTL606",
    .name = "intermediate-expiring",
    .title = "Intermediate expires soon",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale = "When an intermediate expires, all leaves below it stop working at the same second, whatever their "
                 "own dates say. Renewing leaves does not help as long as the same intermediate is sent.",
    .fix = "Ask the authority for its next intermediate and replace it in all bundles before the date.",
    .references = "RFC 5280 6.1.3",
    .check = check,
};
