/*
 * A certificate without extensions, because its version has none.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static const struct mtl_defect defect = {
    .reasons = {MTL_REASON_OLD_VERSION, MTL_REASON_MALFORMED, MTL_REASON_NOT_A_CA}};

/* An issuer that cannot say that it is one is MTL116's. */
static bool
is_issuer_sent_along(const struct mtl_subject *subject)
{
    return subject->use == MTL_USE_BUNDLE && !mtl_cert_same(mtl_subject_leaf(subject)->cert, subject->cert->cert);
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;

    if (cert->version < 1 || cert->version > 2 || cert->extensions.size > 0 || cert->self_issued ||
        is_issuer_sent_along(subject))
        return;
    mtl_report_begin(report, subject->cert, "%s is of version %d: it has no extensions", mtl_rule_label(lint, cert),
                     cert->version);
    mtl_report_names(report, cert);
    mtl_report_defect(lint, report, subject, &defect);
    mtl_report_fix(report, "Have it reissued as version 3, with the extensions that its use asks for.");
}

const struct mtl_rule rule_old_version = {
    .code = "MTL033",
    .name = "old-version",
    .title = "Certificate of version 1 or 2 below an authority",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_CERT,
    .rationale =
        "A certificate of version 1 has no extensions: it names no host but in its common name, limits its use "
        "to nothing, and cannot say that it is a CA. Some verifiers refuse it wherever it stands but as a "
        "root. \"openssl x509 -req\" without -extfile makes such certificates.",
    .fix = "Have the certificate reissued as version 3, with \"openssl x509 -req\" by giving -extfile.",
    .references = "RFC 5280 4.1.2.1",
    .check = check,
};
