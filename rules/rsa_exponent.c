/*
 * An RSA key whose public exponent is none, or larger than stacks compute with.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static const struct mtl_defect defect = {
    .reasons = {MTL_REASON_LEAF_KEY_UNSUPPORTED, MTL_REASON_ISSUER_KEY_UNSUPPORTED, MTL_REASON_ISSUER_KEY},
    .oddities = {MTL_ODD_RSA_NUMBERS, MTL_ODD_RSA_KEY}};

/* 0 stands for one that does not fit; NULL: nothing is wrong. */
static const char *
complaint(uint32_t exponent)
{
    if (exponent == 1)
        return "1: anybody can sign with it";
    if (exponent % 2 == 0 && exponent != 0)
        return "even: no signature of it can be made";
    return exponent == 0 || exponent > INT32_MAX ? "longer than 31 bits" : NULL;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;
    bool is_rsa = cert->key.type == MTL_KEY_RSA || cert->key.type == MTL_KEY_RSA_PSS;
    const char *what = is_rsa && cert->key.bits > 0 ? complaint(cert->key.exponent) : NULL;
    bool is_large = cert->key.exponent == 0 || cert->key.exponent > INT32_MAX;

    if (what == NULL)
        return;
    mtl_report_begin(report, subject->cert, "the RSA exponent of %s is %s", mtl_rule_label(lint, cert), what);
    mtl_report_names(report, cert);
    if (mtl_report_defect(lint, report, subject, &defect) < MTL_REACH_MOST && !is_large)
        mtl_report_severity(report, MTL_WARNING);
    mtl_report_fix(report, "Make a new key with exponent 65537, which is what programs do unasked, and have it "
                           "certified.");
}

const struct mtl_rule rule_rsa_exponent = {
    .code = "MTL703",
    .name = "rsa-exponent",
    .title = "RSA exponent that is none, or unusually large",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_CERT,
    .rationale = "The exponent of an RSA key is an odd number of 3 at least, in practice 65537. With 1 a signature is "
                 "the padded digest itself, so that anybody can make one. An even one is no RSA. Some decoders keep "
                 "the exponent in a number of 32 bits and refuse larger ones.",
    .fix = "Make a new key with exponent 65537 and have it certified.",
    .references = "RFC 8017 3.1; NIST FIPS 186-5 5.4",
    .check = check,
};
