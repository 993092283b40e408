/*
 * A public key that stacks no longer accept.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const int needed = lint->stack->policy.security_bits;
    const bool in_store = subject->scope == MTL_SCOPE_STORE;

    for (size_t i = 0; i < subject->material->cert_count; i++) {
        const struct mtl_loaded_cert *cert = &subject->material->certs[i];
        bool is_leaf = !mtl_rule_is_authority(cert->cert);
        int bits = mtl_key_security_bits(&cert->cert->key);

        /* Without a size it is broken, of which MTL708 speaks. */
        if (cert->cert->key.type == MTL_KEY_UNKNOWN || cert->cert->key.bits == 0 || bits >= needed ||
            (!in_store && !subject->reachable[i]))
            continue;
        mtl_report_begin(report, cert, "the key of %s is too weak: %s", mtl_rule_label(lint, cert->cert),
                         in_store ? "certificates below it are rejected" : "it is rejected");
        if (in_store)
            mtl_report_severity(report, MTL_WARNING);
        mtl_report_evidence(report, "subject %s", mtl_rule_subject(lint, cert->cert));
        mtl_report_evidence(report, "%s is rated at %d bits of security; %d are needed",
                            mtl_key_text(lint->arena, &cert->cert->key), bits, needed);
        mtl_report_rejection(report, subject, is_leaf ? MTL_REASON_LEAF_KEY_WEAK : MTL_REASON_ISSUER_KEY_WEAK);
        mtl_report_fix(report, is_leaf ? "Make a new key, EC P-256 or RSA 2048 at least, and have it certified."
                                       : "Move to an authority with a stronger key: EC P-256 or RSA 2048 at least.");
    }
}

const struct mtl_rule rule_weak_key = {
    .code = "MTL702",
    .name = "weak-key",
    .title = "Weak key",
    .severity = MTL_ERROR,
    .scopes = MTL_SCOPE_BUNDLE | MTL_SCOPE_STORE,
    .rationale = "OpenSSL at security level 2, which Debian has, wants 112 bits of security from every key of the "
                 "chain, the root's included: RSA 2048, EC P-224. Below that it rejects the chain, and refuses to "
                 "load such a certificate as its own. Go, Mbed TLS and Java have limits of their own. In a trust "
                 "store it is a warning: chains below other roots still work.",
    .fix = "Make a new key, EC P-256 or RSA 2048 at least, and have it certified.",
    .references = "NIST SP 800-57 part 1 5.6.1; SSL_CTX_set_security_level(3)",
    .check = check,
};
