/*
 * What DER leaves out, spelled out.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    static const struct {
        unsigned bit;
        const char *text;
    } kinds[] = {
        {MTL_SURPLUS_VERSION, "version 1 is spelled out"},
        {MTL_SURPLUS_CRITICAL, "an extension is marked as not critical"},
        {MTL_SURPLUS_CA, "basicConstraints spell out that it is no CA"},
        {MTL_SURPLUS_BITS, "keyUsage ends in bits that are not set"},
    };
    const struct mtl_cert *cert = subject->cert->cert;
    unsigned surplus = mtl_cert_surplus(cert) & ~(unsigned)MTL_SURPLUS_ORDER;

    /* A root that everybody reads stays as it is. */
    if (surplus == 0 || cert->self_issued)
        return;
    mtl_report_begin(report, subject->cert, "%s spells out what DER leaves out", mtl_rule_label(lint, cert));
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if ((surplus & kinds[i].bit) != 0)
            mtl_report_evidence(report, "%s", kinds[i].text);
    mtl_report_fix(report, "Correct the software of the authority; the next certificate will do.");
}

const struct mtl_rule rule_default_encoded = {
    .code = "MTL023",
    .name = "default-encoded",
    .title = "Defaults and empty bits that DER leaves out",
    .severity = MTL_INFO,
    .forbidden = true,
    .scopes = MTL_SCOPE_CERT,
    .rationale =
        "Distinguished encoding has one form for each value: a value that is the default is not written, and a "
        "list of bits ends with the last one that is set. Readers take the longer form as well. It shows that "
        "the software of the authority does not write DER, and a program that encodes the certificate anew "
        "gets other octets than those that were signed.",
    .fix = "Correct the software of the authority. A certificate that works need not be replaced before its time.",
    .references = "X.690 11.2.2 and 11.5",
    .check = check,
};
