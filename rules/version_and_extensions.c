/*
 * A version that does not exist, or one that has no extensions with extensions.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static const struct mtl_defect defect = {.reasons = {MTL_REASON_OLD_WITH_EXTENSIONS, MTL_REASON_OLD_VERSION},
                                         .oddities = {MTL_ODD_VERSION, MTL_ODD_OLD_WITH_EXTENSIONS}};

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;

    if (mtl_cert_is_odd(cert, MTL_ODD_VERSION, 0))
        mtl_report_begin(report, subject->cert, "%s has a version that does not exist", mtl_rule_label(lint, cert));
    else if (mtl_cert_is_odd(cert, MTL_ODD_OLD_WITH_EXTENSIONS, 0))
        mtl_report_begin(report, subject->cert, "%s is of version %d, which has no extensions, but carries some",
                         mtl_rule_label(lint, cert), cert->version);
    else
        return;
    mtl_report_names(report, cert);
    mtl_report_defect(lint, report, subject, &defect);
    mtl_report_fix(report, "Have it reissued as version 3.");
}

const struct mtl_rule rule_version_and_extensions = {
    .code = "MTL027",
    .name = "version-and-extensions",
    .title = "Version that does not go with the rest",
    .severity = MTL_WARNING,
    .forbidden = true,
    .scopes = MTL_SCOPE_CERT,
    .rationale = "Extensions exist since version 3. In a certificate that says it is older some decoders refuse them, "
                 "some read them, and some pass over them, so that names, purposes and the right to issue count on one "
                 "side only. Commands that sign a request without naming a version are the usual cause.",
    .fix = "Have the certificate reissued as version 3, with \"openssl x509 -req\" by giving -extfile.",
    .references = "RFC 5280 4.1.2.1 and 4.1.2.9",
    .check = check,
};
