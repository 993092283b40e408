/*
 * A certificate that does not name its issuer.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static const struct mtl_defect defect = {.reasons = {MTL_REASON_EMPTY_ISSUER}};

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;

    if (!mtl_name_is_empty(mtl_cert_bytes(cert, cert->issuer)))
        return;
    mtl_report_begin(report, subject->cert, "%s names no issuer", mtl_rule_label(lint, cert));
    mtl_report_names(report, cert);
    mtl_report_defect(lint, report, subject, &defect);
    mtl_report_fix(report, "Give the authority a subject, and have the certificate reissued below that name.");
}

const struct mtl_rule rule_empty_issuer = {
    .code = "MTL028",
    .name = "empty-issuer",
    .title = "Certificate without a name of its issuer",
    .severity = MTL_WARNING,
    .forbidden = true,
    .scopes = MTL_SCOPE_CERT,
    .rationale = "Verifiers find the issuer of a certificate by its name, and some refuse one without a name. An "
                 "authority with an empty subject also cannot be listed among those a server asks a client's "
                 "certificate of.",
    .fix = "Give the authority a subject, and have what it issued reissued.",
    .references = "RFC 5280 4.1.2.4; RFC 5280 4.1.2.6",
    .check = check,
};
