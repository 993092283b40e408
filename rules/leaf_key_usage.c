/*
 * The keyUsage of a leaf does not let it sign a handshake.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    static const enum mtl_reason reasons[] = {MTL_REASON_PURPOSE, MTL_REASON_KEY_USAGE, MTL_REASON_NONE};
    const struct mtl_loaded_cert *leaf = mtl_subject_leaf(subject);
    const struct mtl_cert *cert = leaf->cert;

    if (mtl_rule_is_authority(cert) || !mtl_cert_has(cert, MTL_EXT_KEY_USAGE) ||
        (cert->malformed & 1U << MTL_EXT_KEY_USAGE) != 0 || (cert->key_usage & MTL_KU_DIGITAL_SIGNATURE) != 0)
        return;
    mtl_report_begin(report, leaf, "%s cannot sign a handshake: its keyUsage lacks digitalSignature",
                     mtl_rule_label(lint, cert));
    mtl_report_names(report, cert);
    mtl_report_rejection(report, subject, MTL_REASON_PURPOSE);
    if (mtl_report_reach_for(report, subject, leaf, reasons) == MTL_REACH_NONE)
        mtl_report_severity(report, MTL_WARNING);
    mtl_report_fix(report, "Have it issued again with keyUsage = critical, digitalSignature.");
}

const struct mtl_rule rule_leaf_key_usage = {
    .code = "MTL303",
    .name = "leaf-key-usage",
    .title = "keyUsage of the leaf lacks digitalSignature",
    .severity = MTL_ERROR,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale = "In TLS 1.3, and in TLS 1.2 with ephemeral keys, a certificate's key signs the handshake, so that "
                 "keyUsage, if present, must have digitalSignature (RFC 8446 4.4.2.2). A certificate with "
                 "keyEncipherment or keyAgreement alone was enough for old key exchanges only. Stacks check it at "
                 "different moments, some not at all.",
    .fix = "Add digitalSignature to the profile the certificate is issued with; keyEncipherment may stay beside it "
           "for RSA keys.",
    .references = "RFC 8446 4.4.2.2; RFC 5280 4.2.1.3",
    .check = check,
};
