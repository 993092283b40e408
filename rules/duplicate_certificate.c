/*
 * The same certificate twice in one bundle.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

/* The first copy, if this is the second; further ones are not told one by one. */
static const struct mtl_loaded_cert *
first_copy(const struct mtl_subject *subject, const struct mtl_loaded_cert *cert)
{
    struct mtl_bearers bearers = mtl_rule_bearers_of_subject(subject->pool, cert->cert);
    const struct mtl_loaded_cert *first = NULL;
    const struct mtl_loaded_cert *bearer;

    while ((bearer = mtl_rule_next_bearer(&bearers)) != NULL) {
        if (!mtl_cert_same(bearer->cert, cert->cert))
            continue;
        if (first != NULL)
            return bearer->source.ordinal == cert->source.ordinal ? first : NULL;
        first = bearer;
    }
    return NULL;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_material *bundle = subject->material;

    for (size_t i = 0; i < bundle->cert_count; i++) {
        const struct mtl_cert *cert = bundle->certs[i].cert;
        const struct mtl_loaded_cert *first = first_copy(subject, &bundle->certs[i]);

        if (first == NULL)
            continue;
        mtl_report_begin(report, &bundle->certs[i], "%s is in the bundle more than once", mtl_rule_label(lint, cert));
        mtl_report_names(report, cert);
        mtl_report_also(report, &first->source, "the first copy");
        mtl_report_why(report, "Every handshake carries the copy for nothing; verifiers that walk the list in "
                               "order stop at it.");
        mtl_report_reach_without(report, subject, &bundle->certs[i]);
        mtl_report_fix(report, "Keep one copy.");
        mtl_report_repair(report, subject);
    }
}

const struct mtl_rule rule_duplicate_certificate = {
    .code = "MTL103",
    .name = "duplicate-certificate",
    .title = "Certificate is in the bundle more than once",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale = "A copy makes every handshake longer and serves nobody. Verifiers that expect each certificate to "
                 "certify the one before it see a break in the chain. It is usually the trace of a script that "
                 "appends the intermediate at every renewal.",
    .fix = "Remove the copy, and write the bundle anew at each renewal instead of appending to it.",
    .references = "RFC 5246 7.4.2",
    .check = check,
};
