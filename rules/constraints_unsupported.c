/*
 * Name constraints that some verifiers cannot process.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

/* Stacks that cannot compare, and those that take the extension for an unknown one. */
static size_t
find_hits(const struct mtl_lint *lint, const struct mtl_subject *subject, const struct mtl_loaded_cert *cert,
          struct mtl_hits *hits)
{
    static const enum mtl_reason incomparable[] = {MTL_REASON_CONSTRAINT_TYPE, MTL_REASON_CONSTRAINT_MINMAX,
                                                   MTL_REASON_CONSTRAINT_NO_ALT_NAME, MTL_REASON_CRITICAL_EXTENSION,
                                                   MTL_REASON_NONE};
    static const enum mtl_reason no_other[] = {MTL_REASON_CONSTRAINT_TYPE, MTL_REASON_CONSTRAINT_MINMAX,
                                               MTL_REASON_CONSTRAINT_NO_ALT_NAME, MTL_REASON_NONE};
    bool is_critical = (cert->cert->critical & 1U << MTL_EXT_NAME_CONSTRAINTS) != 0 && !cert->cert->other_critical;

    mtl_rule_reach_for(lint, subject, NULL, is_critical ? incomparable : no_other, hits);
    return hits->count;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    static const enum mtl_reason violations[] = {MTL_REASON_CONSTRAINT_PERMITTED, MTL_REASON_CONSTRAINT_EXCLUDED,
                                                 MTL_REASON_NONE};
    const struct mtl_loaded_cert *blamed;

    for (size_t i = 0; i < subject->material->cert_count; i++) {
        const struct mtl_loaded_cert *cert = &subject->material->certs[i];
        struct mtl_general_name base;
        struct mtl_hits hits;

        /* That they do not decode is MTL030's, and that one has not the form of its kind is MTL124's. */
        if (!subject->reachable[i] || !cert->cert->is_ca || !mtl_cert_has(cert->cert, MTL_EXT_NAME_CONSTRAINTS) ||
            (cert->cert->malformed & 1U << MTL_EXT_NAME_CONSTRAINTS) != 0 ||
            mtl_constraint_fault(cert->cert, &base) != NULL)
            continue;
        if (find_hits(lint, subject, cert, &hits) == 0 || mtl_rule_failure(lint, subject, violations, &blamed) != NULL)
            continue;
        mtl_report_begin(report, cert,
                         "some verifiers cannot process the name constraints of %s: they reject what it issued",
                         mtl_rule_label(lint, cert->cert));
        mtl_report_names(report, cert->cert);
        mtl_report_grade(report, hits);
        mtl_report_fix(report, "Constrain dNSName, iPAddress and directoryName only, without minimum and maximum; if "
                               "that is not enough, do without constraints.");
    }
}

const struct mtl_rule rule_constraints_unsupported = {
    .code = "MTL122",
    .name = "constraints-unsupported",
    .title = "Name constraints that some verifiers cannot process",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale = "A verifier that meets a critical constraint of a kind it cannot compare must reject the chain. "
                 "Which kinds that are differs: URIs, mailboxes and registered identifiers are compared by some, and "
                 "a few verifiers process no name constraints at all.",
    .fix = "Constrain dNSName, iPAddress and directoryName, without minimum and maximum, and drop the rest from the "
           "authority's certificate.",
    .references = "RFC 5280 4.2.1.10",
    .check = check,
};
