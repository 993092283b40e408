/*
 * An intermediate of the bundle has expired.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

/* Only verifiers that follow it are hit. */
static void
describe_spared(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report,
                const struct mtl_loaded_cert *cert)
{
    struct mtl_hits hits;

    mtl_report_begin(report, cert, "the intermediate %s has expired: %s that follow the chain through it reject it",
                     mtl_rule_label(lint, cert->cert), mtl_rule_peers(subject));
    mtl_report_severity(report, MTL_WARNING);
    (void)mtl_rule_reach(lint, subject, cert, &hits);
    mtl_report_hits(report, hits);
    mtl_report_names(report, cert->cert);
    mtl_report_dates(report, cert->cert);
    mtl_report_why(report,
                   "The chain may do without it. Whoever knows no other way to a root ends at this certificate.");
    mtl_report_fix(report, "Leave it out of the bundle, or send the current certificate of this authority.");
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    for (size_t i = 0; i < subject->material->cert_count; i++) {
        const struct mtl_loaded_cert *cert = &subject->material->certs[i];

        if (!mtl_rule_is_intermediate(subject, i) || !mtl_rule_has_expired(lint, cert->cert) ||
            mtl_rule_lost_a_century(cert->cert))
            continue;
        if (mtl_rule_may_be_spared(lint, subject, cert->cert)) {
            describe_spared(lint, subject, report, cert);
            continue;
        }
        mtl_report_begin(report, cert, "the intermediate %s has expired: %s reject chains through it",
                         mtl_rule_label(lint, cert->cert), mtl_rule_peers(subject));
        mtl_report_names(report, cert->cert);
        mtl_report_dates(report, cert->cert);
        mtl_report_rejection(report, subject, MTL_REASON_EXPIRED);
        mtl_report_fix(
            report,
            "Send the current certificate of this authority; if the leaf was issued by an older key, renew it too.");
    }
}

const struct mtl_rule rule_intermediate_expired = {
    .code = "MTL604",
    .name = "intermediate-expired",
    .title = "Intermediate has expired",
    .severity = MTL_ERROR,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale = "Every certificate of the chain must be valid, not only the leaf. It is a warning where the chain "
                 "may do without it: another certificate with its name and key is valid, or it is the last of the "
                 "chain and may be a cross-certificate of a root that peers have. Such leftovers broke clients on "
                 "2020-05-30 (AddTrust) and 2021-09-30 (DST Root CA X3): stacks that know one path only follow the "
                 "expired one.",
    .fix = "Fetch the current intermediate from the authority, and remove expired cross-certificates from the "
           "bundle.",
    .references = "RFC 5280 6.1.3",
    .check = check,
};
