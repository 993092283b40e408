/*
 * The key beside or in a bundle is not the leaf's.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

/* The leaf's key in any of the files, to say where it lies. */
static const struct mtl_loaded_key *
find_key(const struct mtl_lint *lint, const struct mtl_cert *leaf)
{
    struct mtl_slice wanted = mtl_cert_bytes(leaf, leaf->spki);

    for (size_t i = 0; i < lint->file_count; i++) {
        const struct mtl_material *material = lint->files[i].material;

        for (size_t k = 0; k < material->key_count; k++) {
            if (mtl_slice_equal(material->keys[k].key->spki, wanted))
                return &material->keys[k];
        }
    }
    return NULL;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_loaded_cert *leaf = mtl_subject_leaf(subject);
    const struct mtl_loaded_key *other;

    if (subject->key == NULL || subject->key_fits)
        return;
    mtl_report_begin(report, leaf, "the key in %s does not belong to %s: a program that loads both does not start",
                     mtl_rule_path(lint, subject->key->source.path), mtl_rule_label(lint, leaf->cert));
    mtl_report_evidence(report, "certificate %s", mtl_key_text(lint->arena, &leaf->cert->key));
    mtl_report_evidence(report, "private key %s, another public key",
                        mtl_key_text(lint->arena, &subject->key->key->key));
    mtl_report_also(report, &subject->key->source, "the private key");
    other = find_key(lint, leaf->cert);
    if (other != NULL)
        mtl_report_also(report, &other->source, "the key that does belong to the certificate");
    mtl_report_why(report, "%s compares the two when they are loaded: X509_check_private_key, key values mismatch.",
                   lint->stack->title);
    mtl_report_fix(report, "Use the key the certificate was requested with, or request a certificate for this key.");
}

const struct mtl_rule rule_key_mismatch = {
    .code = "MTL010",
    .name = "key-mismatch",
    .title = "Private key does not belong to the certificate",
    .severity = MTL_ERROR,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale = "A certificate is useless without the private key of its public key. Most programs compare the two "
                 "and refuse to start; a running one keeps the old pair until it is restarted, so that a failed "
                 "renewal shows weeks later. The key is looked for in the same file and beside it under the same "
                 "stem: orders.pem and orders.key, fullchain.pem and privkey.pem.",
    .fix = "Compare the public keys: openssl x509 -in CERT -noout -pubkey and openssl pkey -in KEY -pubout print the "
           "same text for a pair.",
    .references = "X509_check_private_key(3); SSL_CTX_check_private_key(3)",
    .check = check,
};
