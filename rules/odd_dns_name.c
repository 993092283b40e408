/*
 * A DNS name that no host has.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

#include <string.h>

/* The name that somebody meant: without scheme, port, path, blanks, and dots at its ends. */
static const char *
meant(const struct mtl_lint *lint, const char *host)
{
    const char *scheme = strstr(host, "://");
    const char *start = scheme != NULL ? scheme + 3 : host;
    size_t length;

    start += strspn(start, " .\t");
    length = strcspn(start, ":/ \t");
    while (length > 0 && start[length - 1] == '.')
        length--;
    return mtl_arena_printf(lint->arena, "%.*s", (int)length, start);
}

static bool
is_odd(const char *host)
{
    uint8_t address[16];
    size_t size;

    if (mtl_host_is_address(host, address, &size))
        return false;
    if (strpbrk(host, ":/ \t") != NULL || strlen(host) > 253)
        return true;
    for (const char *label = host;; label += size + 1) {
        size = strcspn(label, ".");
        if (size == 0 || size > 63)
            return true;
        if (label[size] == '\0')
            return false;
    }
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;
    struct mtl_slice name;
    const char *host = mtl_rule_first_host(lint, cert, is_odd, &name);

    if (host == NULL)
        return;
    mtl_report_begin(report, subject->cert, "%s names \"%s\", which is no name of a host", mtl_rule_label(lint, cert),
                     mtl_text_safe(lint->arena, name, 100));
    mtl_report_names(report, cert);
    mtl_report_grade(report, mtl_rule_clients_that_miss(lint, cert, meant(lint, host)));
    mtl_report_fix(report, "Have it issued again with the name of the host alone.");
}

const struct mtl_rule rule_odd_dns_name = {
    .code = "MTL312",
    .name = "odd-dns-name",
    .title = "dNSName that is no host name",
    .severity = MTL_WARNING,
    .forbidden = true,
    .scopes = MTL_SCOPE_CERT,
    .rationale = "A dNSName is a name and nothing else: no scheme, no port, no path, no blank, no dot at either end, "
                 "labels of 1 to 63 characters. Clients compare it with the host they want, letter by letter, so "
                 "that nothing matches such a name, or only with some of them.",
    .fix = "Remove what does not belong to the name from the configuration, and have the certificate issued again.",
    .references = "RFC 5280 4.2.1.6; RFC 1034 3.5; RFC 9525 6.3",
    .check = check,
};
