/*
 * The leaf is not valid yet.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    for (size_t i = 0; i < subject->material->cert_count; i++) {
        const struct mtl_loaded_cert *cert = &subject->material->certs[i];

        if (mtl_rule_is_authority(cert->cert) || !(cert->cert->not_before > lint->now))
            continue;
        mtl_report_begin(report, cert, "%s is not valid yet: %s reject it", mtl_rule_label(lint, cert->cert),
                         mtl_rule_peers(subject));
        mtl_report_names(report, cert->cert);
        mtl_report_dates(report, cert->cert);
        mtl_report_rejection(report, subject, MTL_REASON_NOT_YET_VALID);
        mtl_report_fix(report, "Wait until then to deploy it, and compare the clocks of the issuer and of its users.");
    }
}

const struct mtl_rule rule_leaf_not_yet_valid = {
    .code = "MTL602",
    .name = "leaf-not-yet-valid",
    .title = "Leaf is not valid yet",
    .severity = MTL_ERROR,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale = "A certificate counts from its notBefore on. Peers whose clock is behind the issuer's reject a "
                 "fresh certificate; so do all peers when it is deployed before its time. OpenSSL answers with "
                 "bad_certificate, which does not sound like a date.",
    .fix = "Deploy it later, or have the issuer set notBefore some minutes back, as most do; check the clocks.",
    .references = "RFC 5280 4.1.2.5; RFC 8446 6.2",
    .check = check,
};
