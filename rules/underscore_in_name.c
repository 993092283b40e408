/*
 * A DNS name with an underscore.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

#include <string.h>

static bool
has_underscore(const char *host)
{
    return strchr(host, '_') != NULL;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;
    struct mtl_slice name;
    const char *host = mtl_rule_first_host(lint, cert, has_underscore, &name);

    if (host == NULL)
        return;
    mtl_report_begin(report, subject->cert, "%s names %s: some clients take no underscore in the name of a host",
                     mtl_rule_label(lint, cert), mtl_text_safe(lint->arena, name, 100));
    mtl_report_names(report, cert);
    mtl_report_grade(report, mtl_rule_clients_that_miss(lint, cert, host));
    mtl_report_fix(report, "Have it issued again for a name with hyphens instead.");
}

const struct mtl_rule rule_underscore_in_name = {
    .code = "MTL309",
    .name = "underscore-in-name",
    .title = "Underscore in a dNSName",
    .severity = MTL_WARNING,
    .forbidden = true,
    .scopes = MTL_SCOPE_CERT,
    .rationale = "Host names consist of letters, digits and hyphens. DNS itself allows underscores, and names of "
                 "services in containers often have them, but some clients take a name with an underscore for no "
                 "host name and match it with nothing. Public authorities must not issue such names.",
    .fix = "Give the service a name with hyphens, and have the certificate issued for that.",
    .references = "RFC 5280 4.2.1.6; RFC 1034 3.5; CA/Browser Forum Baseline Requirements 7.1.4.2.1",
    .check = check,
};
