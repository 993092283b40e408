/*
 * The same certificate twice in one bundle.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_material *bundle = subject->material;

    for (size_t i = 0; i < bundle->cert_count; i++) {
        const struct mtl_cert *cert = bundle->certs[i].cert;
        size_t cursor = 0;
        const struct mtl_loaded_cert *first =
            mtl_pool_next(subject->pool, mtl_cert_bytes(cert, cert->subject), cert->subject_hash, &cursor);

        /* Only against the first bearer of the name: enough for honest files, and no work for hostile ones. */
        if (first == NULL || first->source.ordinal == bundle->certs[i].source.ordinal ||
            !mtl_cert_same(first->cert, cert))
            continue;
        mtl_report_begin(report, &bundle->certs[i], "%s is in the bundle twice", mtl_rule_label(lint, cert));
        mtl_report_names(report, cert);
        mtl_report_also(report, &first->source, "the first copy");
        mtl_report_why(report, "Every handshake carries the second copy for nothing; verifiers that walk the list in "
                               "order stop at it.");
        mtl_report_fix(report, "Remove the second copy.");
        mtl_report_repair(report, subject);
    }
}

const struct mtl_rule rule_duplicate_certificate = {
    .code = "MTL103",
    .name = "duplicate-certificate",
    .title = "Certificate is in the bundle twice",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale = "A copy makes every handshake longer and serves nobody. Verifiers that expect each certificate to "
                 "certify the one before it see a break in the chain. It is usually the trace of a script that "
                 "appends the intermediate at every renewal.",
    .fix = "Remove the copy, and write the bundle anew at each renewal instead of appending to it.",
    .references = "RFC 5246 7.4.2",
    .check = check,
};
