/*
 * The leaf's extKeyUsage does not fit the declared role.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    static const enum mtl_reason reasons[] = {MTL_REASON_PURPOSE, MTL_REASON_NONE};
    const struct mtl_loaded_cert *leaf = mtl_subject_leaf(subject);
    struct mtl_hits hits;
    const char *needed =
        subject->role == MTL_CLIENT ? "clientAuth, 1.3.6.1.5.5.7.3.2" : "serverAuth, 1.3.6.1.5.5.7.3.1";

    if (!subject->role_declared || !mtl_cert_has(leaf->cert, MTL_EXT_EXTENDED_KEY_USAGE) ||
        (leaf->cert->extended_key_usage & lint->stack->policy.eku[subject->role]) != 0)
        return;
    mtl_report_begin(report, leaf, "%s cannot be used as a TLS %s certificate: its extKeyUsage lists %s only",
                     mtl_rule_label(lint, leaf->cert), subject->role == MTL_CLIENT ? "client" : "server",
                     mtl_rule_purposes(lint, leaf->cert));
    mtl_report_names(report, leaf->cert);
    mtl_report_evidence(report, "extKeyUsage %s   (needed: %s)", mtl_rule_purposes(lint, leaf->cert), needed);
    mtl_report_rejection(report, subject, MTL_REASON_PURPOSE);
    mtl_rule_reach_for(lint, subject, leaf, reasons, &hits);
    mtl_report_hits(report, hits);
    mtl_report_fix(report, "A certificate cannot be edited: have it reissued with %s in its extKeyUsage.", needed);
}

const struct mtl_rule rule_leaf_purpose = {
    .code = "MTL301",
    .name = "leaf-purpose",
    .title = "extKeyUsage of the leaf does not fit its role",
    .severity = MTL_ERROR,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale = "A certificate with extKeyUsage serves for the purposes listed there only: clientAuth for a TLS "
                 "client, serverAuth for a server. Public authorities stop issuing clientAuth in 2026, so that "
                 "server certificates that were used as client certificates as well fail after their next renewal. "
                 "anyExtendedKeyUsage alone does not help with OpenSSL. The rule looks at bundles whose role is "
                 "declared with --role.",
    .fix = "Have it reissued with the needed purpose. Client certificates of services belong to a private authority.",
    .references = "RFC 5280 4.2.1.12; RFC 8446 4.4.2.4",
    .check = check,
};
