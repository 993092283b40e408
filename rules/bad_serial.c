/*
 * A serial number that is not positive, or too long.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

/* Octets of a serial number (RFC 5280 4.1.2.2), without the one that keeps it positive. */
#define MAX_SERIAL 20U

static const struct mtl_defect defect = {.oddities = {MTL_ODD_NEGATIVE_SERIAL}};

/* What is wrong with it; NULL: nothing. Of roots nobody minds zero, and many have it. */
static const char *
complaint(const struct mtl_cert *cert)
{
    struct mtl_slice serial = mtl_cert_bytes(cert, cert->serial);
    size_t padding = serial.size > 1 && serial.data[0] == 0 ? 1 : 0;

    if (mtl_cert_is_odd(cert, MTL_ODD_NEGATIVE_SERIAL, 0))
        return "negative";
    if (serial.size == 1 && serial.data[0] == 0)
        return cert->self_issued ? NULL : "zero";
    return serial.size - padding > MAX_SERIAL ? "longer than 20 octets" : NULL;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;
    const char *what = complaint(cert);

    if (what == NULL)
        return;
    mtl_report_begin(report, subject->cert, "the serial number of %s is %s", mtl_rule_label(lint, cert), what);
    mtl_report_names(report, cert);
    mtl_report_evidence(report, "serial number %s", mtl_rule_hex(lint, mtl_cert_bytes(cert, cert->serial)));
    mtl_report_defect(lint, report, subject, &defect);
    mtl_report_fix(report, "Have it reissued with a random positive serial number of at most 20 octets.");
}

const struct mtl_rule rule_bad_serial = {
    .code = "MTL026",
    .name = "bad-serial",
    .title = "Serial number that is negative, zero or too long",
    .severity = MTL_WARNING,
    .forbidden = true,
    .scopes = MTL_SCOPE_CERT,
    .rationale = "A serial number is a positive integer of at most 20 octets that its authority uses once. Decoders "
                 "differ in what else they read, and a serial number that is the same everywhere, such as zero, makes "
                 "revocation by CRL hit every certificate that has it. Random bytes written without a leading zero "
                 "become negative half of the time.",
    .fix = "Have the authority draw serial numbers at random, for instance 16 octets of which the first is not above "
           "7f, and have the certificate reissued.",
    .references = "RFC 5280 4.1.2.2",
    .check = check,
};
