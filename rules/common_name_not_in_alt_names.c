/*
 * The common name of a public certificate is not among its names.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

#include <strings.h>

/* It must be copied letter by letter; where only that is amiss, it is too little to speak of unless asked. */
static bool
is_copy(const struct mtl_lint *lint, const struct mtl_general_name *name, struct mtl_slice common)
{
    struct mtl_slice text = name->value;

    if (name->type == MTL_GN_IP) /* RFC 5952 */
        text = mtl_slice_text(mtl_general_name_text(lint->arena, name));
    else if (name->type != MTL_GN_DNS)
        return false;
    return mtl_slice_equal(text, common) ||
           (!lint->strict && text.size == common.size &&
            strncasecmp((const char *)text.data, (const char *)common.data, text.size) == 0);
}

static bool
is_named_address(const struct mtl_cert *cert, const char *host)
{
    uint8_t address[16];
    size_t size;

    return mtl_host_is_address(host, address, &size) && mtl_cert_names_host(cert, host, &mtl_policy_rfc5280.names);
}

/* Strictly, a server's must be one of its names whatever it looks like. */
static bool
is_held_to_it(const struct mtl_lint *lint, const struct mtl_cert *cert)
{
    if (mtl_rule_is_authority(cert) || !mtl_cert_has(cert, MTL_EXT_SUBJECT_ALT_NAME))
        return false;
    return mtl_cert_common_name_is_hostlike(cert) ||
           (lint->strict && (cert->extended_key_usage & MTL_EKU_SERVER_AUTH) != 0 && mtl_cert_has_common_name(cert));
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;
    struct mtl_general_names names = mtl_cert_alt_names(cert);
    struct mtl_general_name name;
    struct mtl_slice common;
    const char *host;

    if (!is_held_to_it(lint, cert) || !mtl_rule_is_public(lint, cert))
        return;
    common = mtl_slice_text(mtl_name_label(lint->arena, mtl_cert_bytes(cert, cert->subject)));
    while (mtl_general_names_next(&names, &name))
        if (is_copy(lint, &name, common))
            return;
    host = mtl_rule_host(lint, common);
    if (host == NULL || (!lint->strict && is_named_address(cert, host)))
        return;
    mtl_report_begin(report, subject->cert, "the common name of %s is not in its subjectAltName", host);
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
    .rationale = "Public authorities must repeat the common name among the names in subjectAltName. Where it is "
                 "missing, clients that do not look at the common name do not find that host. With --strict it must "
                 "be a copy, letter by letter: capitals, the form of an address and letters beyond ASCII count.",
    .fix = "Request the certificate with all its hosts in subjectAltName.",
    .references = "CA/Browser Forum Baseline Requirements 7.1.4.3",
    .check = check,
};
