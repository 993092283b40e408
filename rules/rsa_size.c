/*
 * An RSA key larger than some stacks compute with.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

/* Smaller ones are too weak, of which MTL702 speaks. */
#define LARGE 4096U

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;
    struct mtl_hits hits;

    if (cert->key.type != MTL_KEY_RSA || cert->key.bits <= LARGE)
        return;
    hits = mtl_rule_stacks_without_key(lint, cert);
    if (hits.count == 0)
        return;
    mtl_report_begin(report, subject->cert, "the RSA key of %s is larger than some stacks take",
                     mtl_rule_label(lint, cert));
    mtl_report_key(lint, report, subject, hits);
    mtl_report_fix(report, "Make a new key, RSA 4096 at most or EC P-256, and have it certified.");
}

const struct mtl_rule rule_rsa_size = {
    .code = "MTL706",
    .name = "rsa-size",
    .title = "RSA key larger than some stacks take",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_CERT,
    .rationale = "The cost of RSA grows with the size of the key, and a peer chooses the key that others compute with. "
                 "Stacks limit it therefore, and reject signatures by larger keys.",
    .fix = "Make a new key, RSA 4096 at most or EC P-256, and have it certified.",
    .references = "RFC 8017 3.1",
    .check = check,
};
