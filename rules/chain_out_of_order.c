/*
 * An issuer stands before what it issued.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

/* The first issuer that has no certificate before it that it issued, but one after it; 0: none. */
static size_t
first_too_early(const struct mtl_lint *lint, const struct mtl_subject *subject, size_t *issued)
{
    const struct mtl_material *bundle = subject->material;
    size_t *earliest = mtl_arena_array(lint->arena, bundle->cert_count, sizeof(*earliest));

    for (size_t i = 0; i < bundle->cert_count; i++) {
        struct mtl_bearers bearers = mtl_rule_bearers_of_issuer(subject->pool, bundle->certs[i].cert);
        const struct mtl_loaded_cert *issuer;

        while ((issuer = mtl_rule_next_issuer(lint, &bearers, bundle->certs[i].cert)) != NULL) {
            size_t index = mtl_subject_index(subject, issuer);

            if (earliest[index] == 0)
                earliest[index] = i + 1;
        }
    }
    for (size_t i = 1; i < bundle->cert_count; i++) {
        *issued = earliest[i] - 1;
        if (earliest[i] != 0 && *issued > i)
            return i;
    }
    return 0;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_material *bundle = subject->material;
    struct mtl_hits hits;
    size_t issued;
    size_t index = first_too_early(lint, subject, &issued);

    if (subject->leaf != 0 || index == 0)
        return;
    mtl_report_begin(report, &bundle->certs[index], "%s stands before %s, which it issued",
                     mtl_rule_label(lint, bundle->certs[index].cert), mtl_rule_label(lint, bundle->certs[issued].cert));
    mtl_report_names(report, bundle->certs[index].cert);
    mtl_report_also(report, &bundle->certs[issued].source, "issued by the certificate above");
    mtl_report_why(report,
                   "TLS 1.2 asks for each certificate to certify the one before it. Many verifiers sort the chain "
                   "themselves; those that walk the list as it comes reject it.");
    if (mtl_rule_reach_in_order(lint, subject, &hits) != MTL_REACH_UNKNOWN)
        mtl_report_grade(report, hits);
    mtl_report_fix(report, "Sort the bundle: leaf, its issuer, the issuer of that.");
    mtl_report_repair(report, subject);
}

const struct mtl_rule rule_chain_out_of_order = {
    .code = "MTL102",
    .name = "chain-out-of-order",
    .title = "Chain is out of order",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale = "RFC 5246 7.4.2: each certificate must directly certify the one preceding it. TLS 1.3 asks "
                 "receivers to cope with any order, and most do, but some walk the list as it comes and stop at the "
                 "first gap. A chain that works with one client then fails with another.",
    .fix = "Sort the bundle: leaf, its issuer, the issuer of that, and leave the root out.",
    .references = "RFC 5246 7.4.2; RFC 8446 4.4.2",
    .check = check,
};
