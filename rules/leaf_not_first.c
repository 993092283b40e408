/*
 * The leaf is not the first certificate of its bundle.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_loaded_cert *first = &subject->material->certs[0];
    const struct mtl_loaded_cert *leaf = mtl_subject_leaf(subject);
    struct mtl_hits hits;

    if (subject->leaf == 0)
        return;
    mtl_report_begin(report, first,
                     "the first certificate of %s is %s, not the leaf %s: it would be presented as the leaf",
                     mtl_rule_path(lint, subject->material->path), mtl_rule_label(lint, first->cert),
                     mtl_rule_label(lint, leaf->cert));
    mtl_report_names(report, first->cert);
    if (subject->key_fits)
        mtl_report_also(report, &leaf->source, "the leaf; the key at %s:%u fits it",
                        mtl_rule_path(lint, subject->key->source.path), subject->key->source.line);
    else
        mtl_report_also(report, &leaf->source, "the leaf");
    mtl_report_why(
        report,
        "A program takes the first certificate of the file as its own. With the leaf's key it does not start "
        "(key values mismatch); where nothing compares the two, %s reject what is presented.",
        mtl_rule_peers(subject));
    mtl_rule_reach_in_order(lint, subject, &hits);
    mtl_report_hits(report, hits);
    mtl_report_fix(report, "Put the leaf first, then each certificate after the one it issued.");
    mtl_report_repair(report, subject);
}

const struct mtl_rule rule_leaf_not_first = {
    .code = "MTL101",
    .name = "leaf-not-first",
    .title = "Leaf is not the first certificate",
    .severity = MTL_ERROR,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale = "RFC 8446 4.4.2: the sender's certificate must come first in the Certificate message, and programs "
                 "take the first certificate of the file for it. If an issuer stands first, nginx, Apache and "
                 "HAProxy refuse to start because the key does not match, and other programs present the certificate "
                 "of the authority as their own. openssl verify and certtool --verify print OK for such a file, "
                 "because they look at its first certificate only.",
    .fix = "Put the leaf first, then its issuer, then the issuer of that, and leave the root out.",
    .references = "RFC 5246 7.4.2; RFC 8446 4.4.2; SSL_CTX_use_certificate_chain_file(3)",
    .check = check,
};
