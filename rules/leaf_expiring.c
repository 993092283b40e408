/*
 * The leaf expires within the horizon.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    for (size_t i = 0; i < subject->material->cert_count; i++) {
        const struct mtl_loaded_cert *cert = &subject->material->certs[i];

        if (mtl_rule_is_authority(cert->cert) ||
            !(cert->cert->not_before <= lint->now && mtl_rule_expires_soon(lint, cert->cert)))
            continue;
        mtl_report_begin(report, cert, "%s expires soon: from then on %s reject it", mtl_rule_label(lint, cert->cert),
                         mtl_rule_peers(subject));
        mtl_report_names(report, cert->cert);
        mtl_report_dates(report, cert->cert);
        mtl_report_fix(report, "Renew the certificate before that date.");
    }
}

const struct mtl_rule rule_leaf_expiring = {
    .code = "MTL603",
    .name = "leaf-expiring",
    .title = "Leaf expires soon",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale = "The leaf is valid now and expires within the horizon (30 days, or what --horizon says). A "
                 "certificate made for less time than the horizon is reported in the last third of its life only: it "
                 "is renewed by a machine, and should have been renewed by then.",
    .fix = "Renew it. If renewal is automatic, it is late.",
    .references = "RFC 5280 4.1.2.5",
    .check = check,
};
