/*
 * A client certificate from an authority that will not renew it as one.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_loaded_cert *leaf = mtl_subject_leaf(subject);

    if (mtl_rule_is_authority(leaf->cert) || (leaf->cert->extended_key_usage & MTL_EKU_CLIENT_AUTH) == 0 ||
        (subject->role_known && subject->role == MTL_SERVER) || !mtl_rule_is_public(lint, leaf->cert))
        return;
    mtl_report_begin(report, leaf,
                     "%s comes from a public authority: its renewal will not be usable as a client certificate",
                     mtl_rule_label(lint, leaf->cert));
    if (!subject->role_known)
        mtl_report_severity(report, MTL_INFO);
    mtl_report_names(report, leaf->cert);
    mtl_report_dates(report, leaf->cert);
    mtl_report_evidence(report, "extKeyUsage %s", mtl_rule_purposes(lint, leaf->cert));
    mtl_report_fix(report, "If it is used as a client certificate, move to a private authority before it ends; servers "
                           "must trust that one first.");
}

const struct mtl_rule rule_public_client_auth_sunset = {
    .code = "MTL313",
    .name = "public-client-auth-sunset",
    .title = "Public client certificate will not be renewed as one",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale = "Public authorities stop issuing clientAuth: Let's Encrypt left it out of its default profile on "
                 "2026-02-11 and ended it on 2026-07-08, others did between 2025-10-01 and 2026-05-15, and browsers "
                 "accept no new certificate with it under their roots from 2027-03-15. What is used as a client "
                 "certificate today works until its renewal and is then rejected by every server. It is a note where "
                 "the role is not known, and silent for servers.",
    .fix = "Issue client certificates from a private authority: make servers trust it in addition first, then change "
           "the clients.",
    .references =
        "Chrome Root Program Policy 1.8; Let's Encrypt, Ending TLS Client Authentication Certificate Support in 2026",
    .check = check,
};
