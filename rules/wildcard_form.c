/*
 * A wildcard that clients read differently.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

#include <string.h>

/* "*.example.com" is the only form that is common ground. */
static bool
is_odd(const char *host)
{
    const char *star = strchr(host, '*');
    const char *dot = strchr(host, '.');

    if (star == NULL)
        return false;
    return host[0] != '*' || host[1] != '.' || strchr(host + 1, '*') != NULL || dot[1] == '\0' ||
           strchr(dot + 1, '.') == NULL;
}

/* A host it is meant for: each star stands for a few letters. */
static const char *
filled(const struct mtl_lint *lint, const char *host)
{
    struct mtl_text text = {.arena = lint->arena};

    for (; *host != '\0'; host++)
        mtl_text_printf(&text, "%.*s", *host == '*' ? 3 : 1, *host == '*' ? "abc" : host);
    return text.text;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;
    struct mtl_slice name;
    const char *host = mtl_rule_first_host(lint, cert, is_odd, &name);

    if (host == NULL)
        return;
    mtl_report_begin(report, subject->cert, "%s names %s: clients differ in what such a wildcard stands for",
                     mtl_rule_label(lint, cert), mtl_text_safe(lint->arena, name, 100));
    mtl_report_names(report, cert);
    mtl_report_grade(report, mtl_rule_clients_that_miss(lint, cert, filled(lint, host)));
    mtl_report_fix(
        report, "Have it issued again with the hosts one by one, or with a star as the whole first label of a domain.");
}

const struct mtl_rule rule_wildcard_form = {
    .code = "MTL308",
    .name = "wildcard-form",
    .title = "Wildcard that is not a whole first label",
    .severity = MTL_WARNING,
    .forbidden = true,
    .scopes = MTL_SCOPE_CERT,
    .rationale = "Every client understands *.example.com: the star is the whole first label and stands for one "
                 "label. Stars within a label, in another label, more than one, before a single label or alone were "
                 "never common ground: some clients match them, others ignore the name.",
    .fix = "Name the hosts one by one, or use a wildcard that is the whole first label of a domain.",
    .references = "RFC 9525 6.3; RFC 6125 6.4.3",
    .check = check,
};
