/*
 * A public key that does not decode, or cannot be one.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static const struct mtl_defect defect = {.reasons = {MTL_REASON_LEAF_KEY_UNSUPPORTED, MTL_REASON_ISSUER_KEY_UNSUPPORTED,
                                                     MTL_REASON_ISSUER_KEY, MTL_REASON_LEAF_KEY_WEAK,
                                                     MTL_REASON_MALFORMED, MTL_REASON_UNDECODABLE},
                                         .oddities = {MTL_ODD_KEY_UNUSABLE, MTL_ODD_EC_POINT, MTL_ODD_EC_FORM,
                                                      MTL_ODD_RSA_KEY, MTL_ODD_RSA_SIGN, MTL_ODD_DSA_PARAMETERS}};

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;

    /* Of unknown kinds nothing can be said, and of explicit curves MTL707 speaks. */
    if (cert->key.type == MTL_KEY_UNKNOWN || cert->key.curve == MTL_CURVE_EXPLICIT || mtl_cert_key_is_usable(cert))
        return;
    mtl_report_begin(report, subject->cert, "the public key of %s is broken", mtl_rule_label(lint, cert));
    mtl_report_names(report, cert);
    mtl_report_evidence(report, "%s key %s", mtl_key_text(lint->arena, &cert->key),
                        mtl_rule_hex(lint, mtl_cert_bytes(cert, cert->public_key)));
    mtl_report_defect(lint, report, subject, &defect);
    mtl_report_fix(report, "Make a new key and have it certified.");
}

const struct mtl_rule rule_unusable_key = {
    .code = "MTL708",
    .name = "unusable-key",
    .title = "Public key that is broken",
    .severity = MTL_ERROR,
    .scopes = MTL_SCOPE_CERT,
    .rationale = "The public key does not decode, or its numbers cannot be a key: a point that is not on its curve, a "
                 "modulus that is missing or negative. No signature can be verified with it: a leaf cannot prove "
                 "itself, an issuer has issued nothing. Stacks notice it when they read the certificate or when they "
                 "need the key.",
    .fix = "Make a new key and have it certified.",
    .references = "RFC 5480 2.2; RFC 8017 A.1.1; SEC 1 3.2.2.1",
    .check = check,
};
