/*
 * A revocation list that its issuer's key did not sign.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    for (size_t i = 0; i < subject->material->crl_count; i++) {
        const struct mtl_loaded_crl *crl = &subject->material->crls[i];
        const struct mtl_loaded_cert *named;

        /* Of an issuer that is in no file nothing can be said. */
        if (mtl_rule_crl_signer(lint, crl->crl, &named) != NULL || named == NULL)
            continue;
        mtl_report_begin_at(report, &crl->source, "the CRL of %s is not signed with its key",
                            mtl_rule_crl_issuer(lint, crl->crl));
        mtl_report_also(report, &named->source, "the issuer that it names");
        mtl_report_why(report, "Verifiers that check revocation take it for no answer, or for a forged one, and reject "
                               "what that issuer issued.");
        mtl_report_fix(report, "Fetch the CRL again from the authority whose certificate is used here.");
    }
}

const struct mtl_rule rule_crl_wrong_signature = {
    .code = "MTL216",
    .name = "crl-wrong-signature",
    .title = "CRL is not signed by its issuer",
    .severity = MTL_ERROR,
    .scopes = MTL_SCOPE_FILE,
    .rationale = "The CRL names an issuer that is at hand, but that key did not make its signature: usually the "
                 "authority was renewed with a new key under its old name, and the CRL is of the other one.",
    .fix = "Fetch the CRL of the authority whose certificate is used.",
    .references = "RFC 5280 6.3.3 (f) and (g)",
    .check = check,
};
