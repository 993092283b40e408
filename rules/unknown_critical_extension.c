/*
 * A critical extension that verifiers do not know.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

/* What is wrong in being critical at all is another rule's. */
static bool
is_unusual(const struct mtl_cert *cert)
{
    const uint32_t elsewhere = 1U << MTL_EXT_BASIC_CONSTRAINTS | 1U << MTL_EXT_KEY_USAGE |
                               1U << MTL_EXT_SUBJECT_KEY_ID | 1U << MTL_EXT_AUTHORITY_KEY_ID |
                               1U << MTL_EXT_AUTHORITY_INFO_ACCESS | 1U << MTL_EXT_FRESHEST_CRL |
                               1U << MTL_EXT_NAME_CONSTRAINTS;

    return cert->other_critical || (cert->critical & ~elsewhere) != 0;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    static const enum mtl_reason reasons[] = {MTL_REASON_CRITICAL_EXTENSION, MTL_REASON_NONE};

    for (size_t i = 0; i < subject->material->cert_count; i++) {
        const struct mtl_loaded_cert *cert = &subject->material->certs[i];
        struct mtl_hits hits;

        if (!subject->reachable[i] || !is_unusual(cert->cert))
            continue;
        mtl_rule_reach_for(lint, subject, cert, reasons, &hits);
        if (hits.count == 0 && !cert->cert->other_critical)
            continue;
        mtl_report_begin(report, cert,
                         "%s has a critical extension that not every verifier knows: those that do not reject it",
                         mtl_rule_label(lint, cert->cert));
        mtl_report_names(report, cert->cert);
        mtl_report_rejection(report, subject, MTL_REASON_CRITICAL_EXTENSION);
        mtl_report_reach_for(report, subject, cert, reasons);
        mtl_report_fix(report, "Have it issued again with that extension not critical, or without it.");
    }
}

const struct mtl_rule rule_unknown_critical_extension = {
    .code = "MTL120",
    .name = "unknown-critical-extension",
    .title = "Critical extension that verifiers do not know",
    .severity = MTL_ERROR,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale = "A verifier must reject a certificate with a critical extension that it does not process. "
                 "Extensions of one's own, and standard ones that few verifiers process, such as policy constraints, "
                 "make a chain that some peers accept and others do not.",
    .fix = "Mark only those extensions critical that every peer processes: basicConstraints, keyUsage, "
           "nameConstraints.",
    .references = "RFC 5280 4.2 and 6.1.4 (o)",
    .check = check,
};
