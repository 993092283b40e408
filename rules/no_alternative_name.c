/*
 * A server certificate names its host in the common name only.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

#include <string.h>

enum { HOSTS = 1 << MTL_GN_DNS | 1 << MTL_GN_IP | 1 << MTL_GN_URI };

/* With both purposes and an undeclared role, it is a server's only if its common name looks like a host with a domain.
 */
static bool
is_for_servers(const struct mtl_subject *subject, const struct mtl_cert *cert)
{
    struct mtl_slice name = mtl_cert_bytes(cert, cert->subject);

    if (subject->role_known)
        return subject->role == MTL_SERVER;
    if ((cert->extended_key_usage & MTL_EKU_SERVER_AUTH) == 0 || !mtl_cert_common_name_is_hostlike(cert))
        return false;
    return memchr(name.data, '.', name.size) != NULL;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_loaded_cert *leaf = mtl_subject_leaf(subject);
    struct mtl_slice name;

    if (!is_for_servers(subject, leaf->cert) || (mtl_cert_alt_name_types(leaf->cert) & HOSTS) != 0 ||
        (leaf->cert->malformed & 1U << MTL_EXT_SUBJECT_ALT_NAME) != 0)
        return;
    name = mtl_slice_text(mtl_name_label(lint->arena, mtl_cert_bytes(leaf->cert, leaf->cert->subject)));
    mtl_report_begin(report, leaf,
                     "%s names no host in subjectAltName: clients that do not look at the common name reject it",
                     mtl_rule_label(lint, leaf->cert));
    mtl_report_names(report, leaf->cert);
    mtl_report_evidence(report, "subjectAltName %s",
                        mtl_cert_has(leaf->cert, MTL_EXT_SUBJECT_ALT_NAME) ? "holds no dNSName, iPAddress or URI"
                                                                           : "none");
    if (mtl_rule_host(lint, name) != NULL)
        mtl_report_grade(report, mtl_rule_clients_that_miss(lint, leaf->cert, mtl_rule_host(lint, name)));
    /* Only public authorities must not issue it. */
    if (lint->strict && mtl_rule_is_public(lint, leaf->cert))
        mtl_report_severity(report, MTL_ERROR);
    mtl_report_fix(report, "Have it issued again with each host as dNSName or iPAddress in subjectAltName.");
}

const struct mtl_rule rule_no_alternative_name = {
    .code = "MTL306",
    .name = "no-alternative-name",
    .title = "Server certificate without subjectAltName",
    .severity = MTL_ERROR,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale = "Clients compare the host they want with subjectAltName. The common name as a substitute was "
                 "deprecated in 2000, RFC 9525 forbids it, and more clients drop it with each version: a certificate "
                 "that works today fails after an upgrade of the client. The rule looks at server certificates: "
                 "those declared with --role, and those whose extKeyUsage has serverAuth.",
    .fix = "Put all names into subjectAltName: dNSName for hosts, iPAddress for addresses. The common name may stay.",
    .references = "RFC 9525 2 and 6.3; RFC 2818 3.1; CA/Browser Forum Baseline Requirements 7.1.2.7.12",
    .check = check,
};
