/*
 * The leaf has expired.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    for (size_t i = 0; i < subject->material->cert_count; i++) {
        const struct mtl_loaded_cert *cert = &subject->material->certs[i];

        if (mtl_rule_is_authority(cert->cert) || !mtl_rule_has_expired(lint, cert->cert) ||
            mtl_rule_lost_a_century(cert->cert))
            continue;
        mtl_report_begin(report, cert, "%s has expired: %s reject it", mtl_rule_label(lint, cert->cert),
                         mtl_rule_peers(subject));
        mtl_report_names(report, cert->cert);
        mtl_report_dates(report, cert->cert);
        mtl_report_rejection(report, subject, MTL_REASON_EXPIRED);
        mtl_report_fix(report,
                       "Renew the certificate, and find out why its renewal did not happen or did not arrive here.");
    }
}

const struct mtl_rule rule_leaf_expired = {
    .code = "MTL601",
    .name = "leaf-expired",
    .title = "Leaf has expired",
    .severity = MTL_ERROR,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale = "Every stack rejects an expired leaf. The usual cause is not that nobody knew, but that a renewed "
                 "certificate was not copied here, or that the program was not reloaded after it was.",
    .fix = "Renew it, reload the program, and watch the certificate the program presents rather than the file.",
    .references = "RFC 5280 4.1.2.5 and 6.1.3; RFC 8446 6.2",
    .check = check,
};
