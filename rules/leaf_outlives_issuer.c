/*
 * A leaf is valid for longer than an authority above it.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

/* Certificates in a chain; in case issuers go in circles. */
#define MAX_CHAIN 16U

/* Of its issuers in any file the one that lasts longest. */
static const struct mtl_loaded_cert *
lasting_issuer(const struct mtl_lint *lint, const struct mtl_cert *cert)
{
    struct mtl_bearers bearers = mtl_rule_bearers_of_issuer(lint->everything, cert);
    const struct mtl_loaded_cert *best = NULL;
    const struct mtl_loaded_cert *issuer;

    while ((issuer = mtl_rule_next_issuer(lint, &bearers, cert)) != NULL) {
        if (best == NULL || issuer->cert->not_after > best->cert->not_after)
            best = issuer;
    }
    return best;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_loaded_cert *leaf = mtl_subject_leaf(subject);
    const struct mtl_loaded_cert *issuer = leaf;

    for (size_t length = 0; length < MAX_CHAIN && issuer != NULL && !issuer->cert->self_issued; length++) {
        issuer = lasting_issuer(lint, issuer->cert);
        if (issuer == NULL || issuer->cert->not_after >= leaf->cert->not_after)
            continue;
        /* Expired or nearly so is another rule's. */
        if (mtl_rule_has_expired(lint, issuer->cert) || mtl_rule_expires_soon(lint, issuer->cert) ||
            mtl_rule_has_expired(lint, leaf->cert))
            return;
        mtl_report_begin(report, leaf,
                         "%s is valid for longer than %s above it: it fails with that, before its own date",
                         mtl_rule_label(lint, leaf->cert), mtl_rule_label(lint, issuer->cert));
        mtl_report_dates(report, leaf->cert);
        mtl_report_also(report, &issuer->source, "valid to %s", mtl_rule_time(lint, issuer->cert->not_after));
        mtl_report_fix(report, "Renew the authority before its date, and watch that date rather than the leaf's.");
        return;
    }
}

const struct mtl_rule rule_leaf_outlives_issuer = {
    .code = "MTL115",
    .name = "leaf-outlives-issuer",
    .title = "Leaf is valid for longer than its issuer",
    .severity = MTL_INFO,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale = "A chain is valid while all its certificates are. Who watches the date of the leaf only is "
                 "surprised when an authority above it ends first: all its leaves fail in the same second. "
                 "Authorities that are renewed under the same name and key take care of it.",
    .fix = "Renew the authority in time, and send the new certificate with the leaf; or issue leaves for no longer "
           "than the authority lasts.",
    .references = "RFC 5280 6.1.3 (a) (2)",
    .check = check,
};
