/*
 * A trust store that holds no certificate.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_material *store = subject->material;
    struct mtl_source place = {.path = store->path, .line = store->is_directory ? 0 : 1, .label = ""};

    if (store->cert_count > 0)
        return;
    mtl_report_begin_at(report, &place, "the trust store %s holds no certificate: every peer is rejected",
                        mtl_rule_path(lint, store->path));
    mtl_report_evidence(report, "read: %zu certificates, %zu keys, %zu CRLs", store->cert_count, store->key_count,
                        store->crl_count);
    mtl_report_rejection(report, subject, MTL_REASON_NO_ISSUER);
    mtl_report_fix(report, "Put the roots of the peers into it.");
}

const struct mtl_rule rule_empty_trust_store = {
    .code = "MTL201",
    .name = "empty-trust-store",
    .title = "Trust store is empty",
    .severity = MTL_ERROR,
    .scopes = MTL_SCOPE_STORE,
    .rationale = "A side that trusts nobody rejects every peer. Some programs refuse to start with an empty trust "
                 "store; others start, and every handshake fails, or, which is worse, they fall back to the trust "
                 "store of the system. Empty secrets, failed templates and directories that were never mounted are "
                 "the usual causes.",
    .fix = "Find out why the file is empty before filling it. Put the roots of the peers into it, and nothing else.",
    .references = "RFC 5280 6.1.1; SSL_CTX_load_verify_locations(3)",
    .check = check,
};
