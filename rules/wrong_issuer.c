/*
 * A bundle holds a certificate with the issuer's name, but another key.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

/* A certificate of the bundle that bears the issuer's name, when none of those issued cert. */
static const struct mtl_loaded_cert *
impostor(const struct mtl_lint *lint, const struct mtl_subject *subject, const struct mtl_cert *cert)
{
    struct mtl_bearers bearers = mtl_rule_bearers_of_issuer(subject->pool, cert);

    if (cert->self_issued || mtl_rule_issuer(lint, subject->pool, cert) != NULL)
        return NULL;
    /* The issuer is there, and its signature or its key id is wrong: other rules'. */
    if (mtl_rule_unverified_issuer(lint, lint->everything, cert) != NULL ||
        mtl_rule_misnamed_issuer(lint, lint->everything, cert) != NULL)
        return NULL;
    return mtl_rule_next_bearer(&bearers);
}

static void
describe(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report,
         const struct mtl_loaded_cert *cert, const struct mtl_loaded_cert *bearer)
{
    static const enum mtl_reason reasons[] = {MTL_REASON_NO_ISSUER, MTL_REASON_NO_ISSUER_OF_ANCHOR,
                                              MTL_REASON_LEAF_UNVERIFIED, MTL_REASON_SIGNATURE, MTL_REASON_NONE};
    const struct mtl_loaded_cert *issuer = mtl_rule_issuer(lint, lint->everything, cert->cert);
    struct mtl_hits hits;

    mtl_report_begin(report, bearer, "%s bears the name of the issuer of %s, but has another key",
                     mtl_rule_label(lint, bearer->cert), mtl_rule_label(lint, cert->cert));
    mtl_report_evidence(report, "name      %s", mtl_rule_subject(lint, bearer->cert));
    mtl_report_evidence(report, "its key id %s; wanted by the certificate %s; its key does not verify the signature",
                        mtl_rule_key_id(lint, bearer->cert, bearer->cert->subject_key_id),
                        mtl_rule_key_id(lint, cert->cert, cert->cert->authority_key_id));
    mtl_report_also(report, &cert->source, "issued by the real bearer of that name");
    if (issuer != NULL)
        mtl_report_also(report, &issuer->source, "the certificate that issued it");
    mtl_report_rejection(report, subject,
                         mtl_cert_may_issue(bearer->cert, cert->cert) == MTL_ISSUER_OK ? MTL_REASON_SIGNATURE
                                                                                       : MTL_REASON_NO_ISSUER);
    mtl_rule_reach_for(lint, subject, NULL, reasons, &hits);
    mtl_report_hits(report, hits);
    mtl_report_fix(report, "Replace it by the certificate of the authority that issued %s.",
                   mtl_rule_label(lint, cert->cert));
    mtl_report_repair(report, subject);
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    for (size_t i = 0; i < subject->material->cert_count; i++) {
        const struct mtl_loaded_cert *cert = &subject->material->certs[i];
        const struct mtl_loaded_cert *bearer = impostor(lint, subject, cert->cert);

        if (bearer != NULL)
            describe(lint, subject, report, cert, bearer);
    }
}

const struct mtl_rule rule_wrong_issuer = {
    .code = "MTL105",
    .name = "wrong-issuer",
    .title = "Issuer with the right name and the wrong key",
    .severity = MTL_ERROR,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale = "Authorities that are renewed often keep their name and change their key. A bundle made with the "
                 "old certificate looks complete, but the key in it did not sign the leaf: peers find no issuer, or "
                 "a signature that does not verify.",
    .fix = "Put the certificate of the generation that issued the leaf into the bundle. The authorityKeyIdentifier "
           "of the leaf and the subjectKeyIdentifier of its issuer agree.",
    .references = "RFC 5280 4.2.1.1 and 6.1.3",
    .check = check,
};
