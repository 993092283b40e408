/*
 * The root is part of what is sent.
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
            !mtl_cert_is_self_signed(cert->cert) || mtl_rule_has_expired(lint, cert->cert))
            continue;
        mtl_report_begin(report, cert, "the root %s is sent along", mtl_rule_label(lint, cert->cert));
        mtl_report_evidence(report, "subject %s, %zu bytes", mtl_rule_subject(lint, cert->cert), cert->cert->der.size);
        mtl_report_why(
            report, "It changes no verdict: peers that trust it have it, and others do not trust it for being sent.");
        mtl_report_reach_without(report, subject, cert);
        mtl_report_fix(report, "Leave the root out of the bundle.");
        mtl_report_repair(report, subject);
    }
}

const struct mtl_rule rule_root_sent = {
    .code = "MTL107",
    .name = "root-sent",
    .title = "Root is sent along",
    .severity = MTL_INFO,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale = "A root certificate in the bundle makes each handshake longer and convinces nobody: a peer trusts "
                 "it only if it has it already. RFC 8446 4.4.2 allows to leave it out. It does change the error a "
                 "peer without that root reports: OpenSSL says 19 (self-signed certificate in certificate chain) "
                 "instead of 20 (unable to get local issuer certificate).",
    .fix = "Leave the last, self-signed certificate out of the bundle.",
    .references = "RFC 5246 7.4.2; RFC 8446 4.4.2",
    .check = check,
};
