/*
 * A certificate that is presented says that it is an authority.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

/* Somebody said that it is presented. */
static bool
is_presented(const struct mtl_subject *subject)
{
    return subject->use == MTL_USE_BUNDLE && subject->role_declared &&
           mtl_cert_same(mtl_subject_leaf(subject)->cert, subject->cert->cert);
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;

    if (!mtl_rule_is_leaf_with_ca_flag(cert) && !(cert->is_ca && is_presented(subject)))
        return;
    mtl_report_begin(report, subject->cert,
                     "%s is for a peer and says it is an authority: some verifiers accept no authority as a peer",
                     mtl_rule_label(lint, cert));
    mtl_report_names(report, cert);
    mtl_report_evidence(report, "basicConstraints CA:TRUE");
    mtl_report_grade(report, mtl_rule_stacks_with(lint, MTL_STEP_NO_CA_AS_LEAF));
    if (lint->strict && mtl_rule_is_public(lint, cert))
        mtl_report_severity(report, MTL_ERROR);
    mtl_report_fix(report, "Make it anew with basicConstraints = critical, CA:FALSE.");
}

const struct mtl_rule rule_authority_as_leaf = {
    .code = "MTL314",
    .name = "authority-as-leaf",
    .title = "Peer certificate says that it is an authority",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_CERT,
    .rationale = "openssl req -x509 makes authorities unless told otherwise, so that self-signed certificates of "
                 "servers usually have CA:TRUE. Verifiers that keep peers and authorities apart reject such a "
                 "certificate when it is presented, and whoever trusts it trusts everything that its key signs. The "
                 "rule looks at certificates that name hosts and whose keyUsage or extKeyUsage lets them take part "
                 "in TLS, and at those that are declared to be presented. Public authorities must not issue it: with "
                 "--strict that is an error.",
    .fix = "Add basicConstraints = critical, CA:FALSE (openssl req -x509 -addext "
           "basicConstraints=critical,CA:FALSE), or issue it from a small authority of your own.",
    .references = "RFC 5280 4.2.1.9; CA/Browser Forum Baseline Requirements 7.1.2.7.8",
    .check = check,
};
