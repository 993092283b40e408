/*
 * A trust store with an intermediate whose root is missing from it.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

/* Signed by itself, but told by its key identifiers to be signed by another: of which MTL110 speaks. */
static bool
is_misnamed_root(const struct mtl_lint *lint, const struct mtl_subject *subject, const struct mtl_cert *cert)
{
    return cert->self_issued && mtl_rule_misnamed_issuer(lint, subject->pool, cert) != NULL;
}

/* Does the chain upwards end in a root of this store? */
static bool
reaches_a_root(const struct mtl_lint *lint, const struct mtl_subject *subject, const struct mtl_cert *cert)
{
    for (size_t length = 0; length < 16 && !mtl_cert_is_self_signed(cert); length++) {
        const struct mtl_loaded_cert *issuer = mtl_rule_issuer(lint, subject->pool, cert);

        if (issuer == NULL)
            return false;
        cert = issuer->cert;
    }
    return true;
}

static void
describe(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report,
         const struct mtl_loaded_cert *cert)
{
    const struct mtl_loaded_cert *issuer = mtl_rule_issuer(lint, lint->everything, cert->cert);

    mtl_report_begin(report, cert, "%s is an intermediate without its root: certificates below it are rejected",
                     mtl_rule_label(lint, cert->cert));
    if (mtl_rule_has_usable_anchor(lint, subject->material))
        mtl_report_severity(report, MTL_WARNING);
    mtl_report_names(report, cert->cert);
    mtl_report_rejection(report, subject, MTL_REASON_NO_ISSUER_OF_ANCHOR);
    if (issuer != NULL)
        mtl_report_also(report, &issuer->source, "its issuer");
    mtl_report_fix(report, "Add the root%s%s. This widens trust: everything below that root is then trusted.",
                   issuer == NULL ? "" : ", which starts with ",
                   issuer == NULL ? "" : mtl_rule_path(lint, issuer->source.path));
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    if (!lint->stack->policy.anchor_must_be_self_signed)
        return;
    for (size_t i = 0; i < subject->material->cert_count; i++) {
        const struct mtl_loaded_cert *cert = &subject->material->certs[i];

        if (mtl_rule_is_authority(cert->cert) && !cert->aux.has_trust && !reaches_a_root(lint, subject, cert->cert) &&
            !is_misnamed_root(lint, subject, cert->cert))
            describe(lint, subject, report, cert);
    }
}

const struct mtl_rule rule_intermediate_as_anchor = {
    .code = "MTL205",
    .name = "intermediate-as-anchor",
    .title = "Intermediate used as trust anchor",
    .severity = MTL_ERROR,
    .scopes = MTL_SCOPE_STORE,
    .rationale = "OpenSSL follows the chain up to a self-signed certificate, so that an intermediate in the trust "
                 "store helps only if its root is there too; nginx, Apache and HAProxy offer no switch for that. Go, "
                 "Java, GnuTLS, Mbed TLS and Envoy accept the intermediate as it is. It is an error when the store "
                 "holds no valid root at all, and a warning otherwise. TRUSTED CERTIFICATE blocks are not reported: "
                 "OpenSSL takes those as anchors.",
    .fix = "Add the root; everything below that root is then trusted. To keep trust narrow, use a root that issues "
           "for these peers only.",
    .references = "RFC 5280 6.1.1; X509_VERIFY_PARAM_set_flags(3), X509_V_FLAG_PARTIAL_CHAIN",
    .check = check,
};
