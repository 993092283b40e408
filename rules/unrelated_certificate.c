/*
 * An authority in a bundle that issued nothing in it.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

/* Somebody in the bundle names it as issuer: then the wrong key is the defect, not the certificate's presence. */
static bool
is_named_as_issuer(const struct mtl_subject *subject, const struct mtl_cert *cert)
{
    const struct mtl_material *bundle = subject->material;
    size_t looked_at = bundle->cert_count < 64 ? bundle->cert_count : 64;

    for (size_t i = 0; i < looked_at; i++) {
        const struct mtl_cert *other = bundle->certs[i].cert;

        if (!mtl_cert_same(other, cert) && other->issuer_hash == cert->subject_hash)
            return true;
    }
    return false;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_loaded_cert *leaf = mtl_subject_leaf(subject);
    /* Above a gap nothing can be told; the gap itself is another rule's. */
    if (!mtl_cert_is_self_signed(leaf->cert) && mtl_rule_issuer(lint, lint->everything, leaf->cert) == NULL &&
        mtl_rule_issuer(lint, subject->pool, leaf->cert) == NULL)
        return;
    for (size_t i = 0; i < subject->material->cert_count; i++) {
        const struct mtl_loaded_cert *cert = &subject->material->certs[i];

        if (subject->reachable[i] || is_named_as_issuer(subject, cert->cert))
            continue;
        mtl_report_begin(report, cert, "%s issued nothing in this bundle", mtl_rule_label(lint, cert->cert));
        mtl_report_names(report, cert->cert);
        mtl_report_also(report, &leaf->source, "the leaf, issued by %s", mtl_rule_issuer_name(lint, leaf->cert));
        mtl_report_why(
            report,
            "Every handshake carries it for nothing, it names an authority the owner has nothing to do with, and "
            "verifiers that walk the list in order stop at it.");
        mtl_report_reach_without(report, subject, cert);
        mtl_report_fix(report, "Remove it from the bundle.");
        mtl_report_repair(report, subject);
    }
}

const struct mtl_rule rule_unrelated_certificate = {
    .code = "MTL106",
    .name = "unrelated-certificate",
    .title = "Unrelated certificate in the bundle",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale = "The certificate is not on any chain from the leaf upwards. It is usually left over from an "
                 "authority used before, or the trust store was copied into the bundle. TLS 1.2 does not allow it; "
                 "most stacks ignore it, some reject the chain.",
    .fix = "Keep the leaf and its issuers only. What is trusted belongs into the trust store, not into what is sent.",
    .references = "RFC 5246 7.4.2; RFC 8446 4.4.2",
    .check = check,
};
