/*
 * A key of a type that not every stack can use.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;
    struct mtl_hits hits;

    if (cert->key.type == MTL_KEY_RSA || cert->key.type == MTL_KEY_EC)
        return;
    hits = mtl_rule_stacks_without_key(lint, cert);
    if (hits.count == 0)
        return;
    mtl_report_begin(report, subject->cert, "the key of %s is of a type that not every stack can use",
                     mtl_rule_label(lint, cert));
    mtl_report_key(lint, report, subject, hits);
    /* Only public authorities must not issue it. */
    if (lint->strict && mtl_rule_is_public(lint, cert))
        mtl_report_severity(report, MTL_ERROR);
    mtl_report_fix(report, "Make a new key, EC P-256 or RSA 2048 at least, and have it certified.");
}

const struct mtl_rule rule_key_type_unsupported = {
    .code = "MTL705",
    .name = "key-type-unsupported",
    .title = "Key of a type that not every stack can use",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_CERT,
    .rationale = "RSA and ECDSA work everywhere. Ed25519, Ed448, RSA keys that are for PSS only and DSA are each "
                 "unknown to some stacks, or not among the signature schemes they offer. A server with such a "
                 "certificate finds no scheme in common with these peers, and an authority with such a key cannot be "
                 "verified by them.",
    .fix = "Make a new key, EC P-256 or RSA 2048 at least, and have it certified.",
    .references = "RFC 8446 4.2.3; CA/Browser Forum Baseline Requirements 6.1.5",
    .check = check,
};
