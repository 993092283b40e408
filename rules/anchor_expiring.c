/*
 * A certificate in a trust store expires within the horizon.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    for (size_t i = 0; i < subject->material->cert_count; i++) {
        const struct mtl_loaded_cert *cert = &subject->material->certs[i];

        if (!(mtl_rule_expires_soon(lint, cert->cert) && mtl_rule_successor(lint, subject->pool, cert->cert) == NULL))
            continue;
        mtl_report_begin(report, cert, "the trusted %s expires soon: from then on certificates below it are rejected",
                         mtl_rule_label(lint, cert->cert));
        mtl_report_evidence(report, "subject %s", mtl_rule_subject(lint, cert->cert));
        mtl_report_dates(report, cert->cert);
        mtl_report_fix(report, "Add its successor to this store, here and at every peer, before that date.");
    }
}

const struct mtl_rule rule_anchor_expiring = {
    .code = "MTL203",
    .name = "anchor-expiring",
    .title = "Trust anchor expires soon",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_STORE,
    .rationale = "When a root expires, every chain below it stops working at once, and the leaves cannot help it. A "
                 "new root must be in all trust stores before the first certificate below it is used, which takes "
                 "longer than any other renewal.",
    .fix = "Distribute the successor to all trust stores first, then reissue the certificates, then remove the old "
           "root.",
    .references = "RFC 5280 6.1.1",
    .check = check,
};
