/*
 * Two certificates of one issuer with the same serial number.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;
    const struct mtl_loaded_cert *other = mtl_rule_same_serial(lint, subject->cert);

    if (other == NULL)
        return;
    mtl_report_begin(report, subject->cert, "%s has the serial number of another certificate of its issuer",
                     mtl_rule_label(lint, cert));
    mtl_report_names(report, cert);
    mtl_report_evidence(report, "serial number %s", mtl_rule_hex(lint, mtl_cert_bytes(cert, cert->serial)));
    mtl_report_also(report, &other->source, "the other one, %s", mtl_rule_label(lint, other->cert));
    mtl_report_why(report, "A CRL names certificates by issuer and serial number: it revokes both or none.");
    mtl_report_fix(report, "Have one of the two reissued, and let the authority draw serial numbers at random.");
}

const struct mtl_rule rule_serial_twice = {
    .code = "MTL031",
    .name = "serial-twice",
    .title = "Serial number given out twice",
    .severity = MTL_WARNING,
    .forbidden = true,
    .scopes = MTL_SCOPE_CERT,
    .rationale =
        "Issuer and serial number together identify a certificate. An authority that was set up anew under its "
        "old name, or that signs with a fixed serial number, gives one out twice. Revoking one then revokes "
        "the other, and programs that keep certificates by issuer and serial number confuse the two.",
    .fix = "Let the authority draw serial numbers at random.",
    .references = "RFC 5280 4.1.2.2 and 5.3",
    .check = check,
};
