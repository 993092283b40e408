/*
 * The signature of a certificate does not verify, though its issuer is there.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static struct mtl_hits
hits_of(const struct mtl_lint *lint, const struct mtl_subject *subject)
{
    static const enum mtl_reason reasons[] = {MTL_REASON_SIGNATURE, MTL_REASON_NO_ISSUER, MTL_REASON_NONE};
    struct mtl_hits hits;

    mtl_rule_reach_for(lint, subject, NULL, reasons, &hits);
    return hits;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    for (size_t i = 0; i < subject->material->cert_count; i++) {
        const struct mtl_loaded_cert *cert = &subject->material->certs[i];
        const struct mtl_loaded_cert *issuer =
            cert->cert->self_issued ? NULL : mtl_rule_unverified_issuer(lint, lint->everything, cert->cert);

        if (issuer == NULL)
            continue;
        mtl_report_begin(report, cert, "the signature of %s does not verify: the certificate was changed or damaged",
                         mtl_rule_label(lint, cert->cert));
        mtl_report_names(report, cert->cert);
        mtl_report_also(report, &issuer->source,
                        "has the name and the key id that it names, but its key does not verify the signature");
        mtl_report_rejection(report, subject, MTL_REASON_SIGNATURE);
        mtl_report_hits(report, hits_of(lint, subject));
        mtl_report_fix(report, "Get the certificate anew from the authority.");
    }
}

const struct mtl_rule rule_bad_signature = {
    .code = "MTL109",
    .name = "bad-signature",
    .title = "Signature does not verify",
    .severity = MTL_ERROR,
    .forbidden = true,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale = "The issuer is found by name and key identifier, but its key does not verify the signature: a byte "
                 "of the certificate changed after it was signed, or an authority was given a new key under its old "
                 "key identifier. Every verifier rejects it. An issuer with another key identifier is another defect "
                 "(wrong-issuer).",
    .fix = "Fetch the certificate again from where it was issued, and compare the two. If the authority has a new "
           "key under an old identifier, give it a new one.",
    .references = "RFC 5280 6.1.3 (a) (1)",
    .check = check,
};
