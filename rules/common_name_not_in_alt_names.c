/*
 * The common name of a public certificate is not among its names.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

#include <strings.h>

static bool
is_address(const char *host)
{
    uint8_t address[16];
    size_t size;

    return mtl_host_is_address(host, address, &size);
}

/* It must be copied letter by letter; where only that is amiss, it is too little to speak of unless asked. */
static bool
is_copy(const struct mtl_lint *lint, struct mtl_slice name, struct mtl_slice common)
{
    if (lint->strict)
        return mtl_slice_equal(name, common);
    return name.size == common.size && strncasecmp((const char *)name.data, (const char *)common.data, name.size) == 0;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;
    struct mtl_general_names names = mtl_cert_alt_names(cert);
    struct mtl_slice common;
    struct mtl_slice name;
    const char *host;

    if (mtl_rule_is_authority(cert) || !mtl_cert_has(cert, MTL_EXT_SUBJECT_ALT_NAME) ||
        !mtl_cert_common_name_is_hostlike(cert) || !mtl_rule_is_public(lint, cert))
        return;
    common = mtl_slice_text(mtl_name_label(lint->arena, mtl_cert_bytes(cert, cert->subject)));
    while (mtl_rule_next_dns_name(&names, &name)) {
        if (is_copy(lint, name, common))
            return;
    }
    host = mtl_rule_host(lint, common);
    if (host == NULL || (is_address(host) && mtl_cert_names_host(cert, host, &mtl_policy_rfc5280.names)))
        return;
    mtl_report_begin(report, subject->cert, "the common name of %s is not in its subjectAltName",
                     mtl_rule_label(lint, cert));
    mtl_report_names(report, cert);
    mtl_report_fix(report, "Request the certificate with that name in subjectAltName, or without it as common name.");
}

const struct mtl_rule rule_common_name_not_in_alt_names = {
    .code = "MTL316",
    .name = "common-name-not-in-alt-names",
    .title = "Public certificate whose common name is no other name",
    .severity = MTL_INFO,
    .forbidden = true,
    .scopes = MTL_SCOPE_CERT,
    .rationale = "Public authorities must repeat the common name, if there is one, among the names in "
                 "subjectAltName. A public certificate that does not was not issued by their rules, or is a test. "
                 "Clients that do not look at the common name do not find that host. With --strict, capitals count.",
    .fix = "Request the certificate with all its hosts in subjectAltName.",
    .references = "CA/Browser Forum Baseline Requirements 7.1.4.3",
    .check = check,
};
