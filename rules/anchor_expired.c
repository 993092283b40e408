/*
 * A certificate in a trust store has expired.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    bool is_spare = mtl_rule_is_spare_root(lint, subject);
    bool others_remain = is_spare || mtl_rule_has_usable_anchor(lint, subject->material);

    for (size_t i = 0; i < subject->material->cert_count; i++) {
        const struct mtl_loaded_cert *cert = &subject->material->certs[i];

        if (mtl_rule_lost_a_century(cert->cert))
            continue;
        if (!(mtl_rule_has_expired(lint, cert->cert) && mtl_rule_successor(lint, subject->pool, cert->cert) == NULL))
            continue;
        mtl_report_begin(report, cert, "the trusted %s has expired: certificates below it are rejected",
                         mtl_rule_label(lint, cert->cert));
        mtl_report_evidence(report, "subject %s", mtl_rule_subject(lint, cert->cert));
        mtl_report_dates(report, cert->cert);
        if (!others_remain)
            mtl_report_severity(report, MTL_ERROR);
        mtl_report_rejection(report, subject, MTL_REASON_EXPIRED);
        mtl_report_fix(report, others_remain
                                   ? "Replace it by its successor, or remove it if nothing below it is in use."
                                   : "Add the root that is in use now: nothing in this store is valid.");
    }
}

const struct mtl_rule rule_anchor_expired = {
    .code = "MTL202",
    .name = "anchor-expired",
    .title = "Trust anchor has expired",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_STORE,
    .rationale =
        "OpenSSL, Go and others check the dates of the trusted root too, rustls and Java do not, so that "
        "the failure is partial. It is a warning because other roots in the store remain, and an error when "
        "none does; roots of a directory, one in each file, count as one store unless something that was read "
        "is below the root. A root that was renewed with the same name and key, with both in the store, is not "
        "reported: verifiers take the valid one.",
    .fix = "Add the successor to the store first, then remove the expired root. Roots nobody uses any more may "
           "simply go.",
    .references = "RFC 5280 6.1.1; X509_verify_cert(3)",
    .check = check,
};
