/*
 * A signature made with a digest that stacks no longer accept.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const int needed = lint->stack->policy.security_bits;

    for (size_t i = 0; i < subject->material->cert_count; i++) {
        const struct mtl_loaded_cert *cert = &subject->material->certs[i];
        int bits = mtl_signature_security_bits(cert->cert);

        /* Nobody verifies the signature of an anchor. */
        if (!subject->reachable[i] || mtl_cert_is_self_signed(cert->cert) || bits < 0 || bits >= needed)
            continue;
        mtl_report_begin(report, cert, "the signature of %s uses %s: %s reject it", mtl_rule_label(lint, cert->cert),
                         mtl_digest_text(cert->cert->signature_algorithm.digest), mtl_rule_peers(subject));
        mtl_report_names(report, cert->cert);
        mtl_report_evidence(report, "%s is rated at %d bits of security; %d are needed",
                            mtl_digest_text(cert->cert->signature_algorithm.digest), bits, needed);
        mtl_report_rejection(report, subject, MTL_REASON_WEAK_DIGEST);
        mtl_report_reach(report, subject, cert);
        mtl_report_fix(report, "Have the certificate reissued with SHA-256 or better.");
    }
}

const struct mtl_rule rule_weak_digest = {
    .code = "MTL701",
    .name = "weak-digest",
    .title = "Signature with a weak digest",
    .severity = MTL_ERROR,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale = "Signatures with MD5 and SHA-1 can be forged. OpenSSL rejects them from security level 1 on (Debian "
                 "has 2), Go, rustls and Mbed TLS always; Java and some builds of others still take SHA-1 of private "
                 "authorities. A program on OpenSSL does not even load such a certificate as its own. The signature "
                 "of a root does not count: it is trusted for being in the store.",
    .fix = "Have the certificate reissued with SHA-256 or better. If an intermediate is affected, all leaves below "
           "it need a new issuer.",
    .references = "RFC 9155; SSL_CTX_set_security_level(3)",
    .check = check,
};
