/*
 * An issuer that signed a certificate, but whose key identifier is another.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static bool
minds_key_id(const struct mtl_stack *stack)
{
    return stack->policy.key_ids_are_binding && !stack->policy.issuers_need_only_the_name;
}

static bool
minds_serial(const struct mtl_stack *stack)
{
    return minds_key_id(stack) && !stack->policy.only_key_ids_bind;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    /* There it tells of roots that are not taken for such. */
    const bool in_store = subject->scope == MTL_SCOPE_STORE;

    for (size_t i = 0; i < subject->material->cert_count; i++) {
        const struct mtl_loaded_cert *cert = &subject->material->certs[i];
        const struct mtl_loaded_cert *signer =
            in_store && !cert->cert->self_issued ? NULL : mtl_rule_misnamed_issuer(lint, lint->everything, cert->cert);
        bool is_key_id;

        if (signer == NULL)
            continue;
        is_key_id = mtl_cert_may_issue(signer->cert, cert->cert) == MTL_ISSUER_KEY_ID;
        mtl_report_begin(report, cert, "%s names another %s than that of %s, which signed it",
                         mtl_rule_label(lint, cert->cert), is_key_id ? "key id" : "serial number",
                         mtl_rule_label(lint, signer->cert));
        mtl_report_names(report, cert->cert);
        if (is_key_id)
            mtl_report_evidence(report, "the issuer's key id is %s",
                                mtl_rule_key_id(lint, signer->cert, signer->cert->subject_key_id));
        mtl_report_also(report, &signer->source, "its key verifies the signature");
        mtl_report_grade(report, mtl_rule_stacks_that(lint, is_key_id ? minds_key_id : minds_serial));
        mtl_report_fix(report, "Have it issued again with the issuer's own subjectKeyIdentifier in "
                               "authorityKeyIdentifier, and without a serial number.");
    }
}

const struct mtl_rule rule_key_ids_disagree = {
    .code = "MTL110",
    .name = "key-ids-disagree",
    .title = "Key identifiers of certificate and issuer disagree",
    .severity = MTL_WARNING,
    .forbidden = true,
    .scopes = MTL_SCOPE_BUNDLE | MTL_SCOPE_STORE,
    .rationale = "authorityKeyIdentifier says which key of its issuer signed the certificate. If it holds another "
                 "value than the issuer's subjectKeyIdentifier, or the serial number of another certificate of the "
                 "issuer, some verifiers do not take the issuer for one, although the signature is good; others do "
                 "not look. It happens when an authority is issued again with another identifier, and with the "
                 "serial-number form whenever the issuer is renewed.",
    .fix = "Issue the authority's certificate again with its old key identifier, or the certificate with the right "
           "one. Do not use the form with issuer and serial number.",
    .references = "RFC 5280 4.2.1.1 and 4.2.1.2",
    .check = check,
};
