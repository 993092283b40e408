/*
 * An issuer's extKeyUsage rules out what it issued.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    static const enum mtl_reason reasons[] = {MTL_REASON_PURPOSE, MTL_REASON_NONE};
    const struct mtl_policy *policy = &lint->stack->policy;
    const char *needed = subject->role == MTL_CLIENT ? "clientAuth" : "serverAuth";

    if (!subject->role_known)
        return;
    for (size_t i = 0; i < subject->material->cert_count; i++) {
        const struct mtl_loaded_cert *cert = &subject->material->certs[i];
        struct mtl_hits hits;

        if (!mtl_rule_is_intermediate(subject, i) || !mtl_cert_has(cert->cert, MTL_EXT_EXTENDED_KEY_USAGE) ||
            (cert->cert->extended_key_usage & policy->eku[subject->role]) != 0)
            continue;
        /* Who is hit is asked; where that is not known, the stack judged for decides. */
        if (mtl_rule_reach_for(lint, subject, NULL, reasons, &hits) == MTL_REACH_UNKNOWN && !policy->nested_eku)
            continue;
        mtl_report_begin(report, cert, "%s must not issue TLS %s certificates: its extKeyUsage lists %s only",
                         mtl_rule_label(lint, cert->cert), subject->role == MTL_CLIENT ? "client" : "server",
                         mtl_rule_purposes(lint, cert->cert));
        mtl_report_names(report, cert->cert);
        mtl_report_evidence(report, "extKeyUsage %s   (needed: %s, or no extKeyUsage)",
                            mtl_rule_purposes(lint, cert->cert), needed);
        mtl_report_also(report, &mtl_subject_leaf(subject)->source, "the leaf that is to be used as a TLS %s",
                        subject->role == MTL_CLIENT ? "client" : "server");
        mtl_report_rejection(report, subject, MTL_REASON_PURPOSE);
        mtl_report_reach_for(report, subject, NULL, reasons);
        mtl_report_fix(report, "Have the leaf issued by an authority for %s, or without extKeyUsage.", needed);
    }
}

const struct mtl_rule rule_issuer_purpose = {
    .code = "MTL302",
    .name = "issuer-purpose",
    .title = "extKeyUsage of an issuer does not fit the role",
    .severity = MTL_ERROR,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale =
        "Most verifiers read extKeyUsage of an issuer as a limit on everything below it; others do not look at "
        "it. A leaf with the right purpose is then "
        "rejected by some peers because of a certificate above it. The role is the declared one, or follows "
        "from a leaf that has one of the two purposes.",
    .fix = "Take the leaf from an issuer that has the purpose or no extKeyUsage at all.",
    .references = "RFC 5280 4.2.1.12; CA/Browser Forum Baseline Requirements 7.1.2.10.6",
    .check = check,
};
