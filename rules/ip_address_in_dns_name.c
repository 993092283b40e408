/*
 * An address stands among the DNS names.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static bool
is_address(const char *host)
{
    uint8_t address[16];
    size_t size;

    return mtl_host_is_address(host, address, &size);
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;
    struct mtl_slice name;
    const char *host = mtl_rule_first_host(lint, cert, is_address, &name);

    if (host == NULL || mtl_rule_clients_that_miss(lint, cert, host).count == 0)
        return;
    mtl_report_begin(report, subject->cert,
                     "%s names the address %s as dNSName: clients look for addresses in iPAddress",
                     mtl_rule_label(lint, cert), mtl_text_safe(lint->arena, name, 100));
    mtl_report_names(report, cert);
    mtl_report_grade(report, mtl_rule_clients_that_miss(lint, cert, host));
    mtl_report_fix(report, "Have it issued again with the address as iPAddress.");
}

const struct mtl_rule rule_ip_address_in_dns_name = {
    .code = "MTL307",
    .name = "ip-address-in-dns-name",
    .title = "IP address in a dNSName",
    .severity = MTL_WARNING,
    .forbidden = true,
    .scopes = MTL_SCOPE_CERT,
    .rationale = "A client that connects to an address compares it with iPAddress entries of subjectAltName, octet "
                 "by octet. An address written as a dNSName is found by few clients; the others fail although the "
                 "certificate shows the right address to its reader. Many tools write every name as DNS: unless told "
                 "otherwise.",
    .fix = "Write addresses as IP:192.0.2.1 in the configuration, not as DNS:192.0.2.1, and have the certificate "
           "issued again.",
    .references = "RFC 5280 4.2.1.6; RFC 9525 6.2",
    .check = check,
};
