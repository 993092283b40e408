/*
 * A certificate stands in a trust store twice.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

/* The first copy in the store, if that is another one. */
static const struct mtl_loaded_cert *
earlier_copy(const struct mtl_subject *subject, const struct mtl_loaded_cert *cert)
{
    struct mtl_bearers bearers = mtl_rule_bearers_of_subject(subject->pool, cert->cert);
    const struct mtl_loaded_cert *other;

    while ((other = mtl_rule_next_bearer(&bearers)) != NULL && other->cert != cert->cert)
        if (mtl_cert_same(other->cert, cert->cert))
            return other;
    return NULL;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    for (size_t i = 0; i < subject->material->cert_count; i++) {
        const struct mtl_loaded_cert *cert = &subject->material->certs[i];
        const struct mtl_loaded_cert *first = earlier_copy(subject, cert);

        if (first == NULL)
            continue;
        mtl_report_begin(report, cert, "%s is in the trust store more than once", mtl_rule_label(lint, cert->cert));
        mtl_report_evidence(report, "subject %s", mtl_rule_subject(lint, cert->cert));
        mtl_report_also(report, &first->source, "the first copy");
        mtl_report_why(report, "It changes no verdict. But whoever takes it out will miss one copy, and go on trusting "
                               "it.");
        mtl_report_fix(report, "Keep one copy.");
    }
}

const struct mtl_rule rule_duplicate_anchor = {
    .code = "MTL208",
    .name = "duplicate-anchor",
    .title = "Certificate is in a trust store more than once",
    .severity = MTL_INFO,
    .scopes = MTL_SCOPE_STORE,
    .rationale = "Verifiers keep one copy and drop the others, so nothing fails. It matters on the day the certificate "
                 "must go: one copy is removed, and it is trusted all the same.",
    .fix = "Keep one copy and remove the others.",
    .references = "X509_STORE_add_cert(3)",
    .check = check,
};
