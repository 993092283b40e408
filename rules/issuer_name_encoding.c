/*
 * The name of an issuer is written in two ways.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

/* The issuer, if none of those there are bears the very same bytes. */
static const struct mtl_loaded_cert *
differing_issuer(const struct mtl_lint *lint, const struct mtl_cert *cert)
{
    struct mtl_bearers bearers = mtl_rule_bearers_of_issuer(lint->everything, cert);
    const struct mtl_loaded_cert *found = NULL;
    const struct mtl_loaded_cert *issuer;

    while (!cert->self_issued && (issuer = mtl_rule_next_issuer(lint, &bearers, cert)) != NULL) {
        if (mtl_slice_equal(mtl_cert_bytes(cert, cert->issuer), mtl_cert_bytes(issuer->cert, issuer->cert->subject)))
            return NULL;
        found = issuer;
    }
    return found;
}

static bool
compares_bytes(const struct mtl_stack *stack)
{
    return stack->policy.names_are_compared_as_bytes;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    for (size_t i = 0; i < subject->material->cert_count; i++) {
        const struct mtl_loaded_cert *cert = &subject->material->certs[i];
        const struct mtl_loaded_cert *issuer = differing_issuer(lint, cert->cert);

        if (!subject->reachable[i] || issuer == NULL)
            continue;
        mtl_report_begin(report, cert, "%s writes the name of its issuer in another encoding than the issuer itself",
                         mtl_rule_label(lint, cert->cert));
        mtl_report_names(report, cert->cert);
        mtl_report_also(report, &issuer->source,
                        "the same name in other bytes: string types, letters or blanks differ");
        mtl_report_grade(report, mtl_rule_stacks_that(lint, compares_bytes));
        mtl_report_fix(report, "Have it issued again by an authority that copies its own subject byte for byte.");
    }
}

const struct mtl_rule rule_issuer_name_encoding = {
    .code = "MTL111",
    .name = "issuer-name-encoding",
    .title = "Issuer name in another encoding",
    .severity = MTL_WARNING,
    .forbidden = true,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale = "A name can be written in several ways: as PrintableString or UTF8String, in capitals, with two "
                 "blanks. Some verifiers take such names for equal, others compare bytes and find no issuer. It "
                 "happens when an authority's software is replaced and writes the old name with new defaults.",
    .fix = "Let the authority copy the issuer name of what it issues from its own certificate, and have the "
           "certificate issued again.",
    .references = "RFC 5280 4.1.2.4 and 7.1",
    .check = check,
};
