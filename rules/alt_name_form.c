/*
 * A mailbox, URI or address in subjectAltName that is none.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static const struct mtl_defect defect = {
    .reasons = {MTL_REASON_MALFORMED},
    .oddities = {MTL_ODD_ALT_NAME_TEXT, MTL_ODD_ALT_NAME_SIZE},
};

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;
    struct mtl_general_names names = mtl_cert_alt_names(cert);
    struct mtl_general_name name;
    const char *fault = NULL;

    while (fault == NULL && mtl_general_names_next(&names, &name))
        fault = mtl_alt_name_fault(&name);
    if (fault == NULL || mtl_rule_spiffe_fault(lint, cert) != NULL)
        return;
    mtl_report_begin(report, subject->cert, "a name of %s is malformed: %s %s", mtl_rule_label(lint, cert),
                     mtl_rule_general_name(lint, &name), fault);
    mtl_report_names(report, cert);
    mtl_report_defect(lint, report, subject, &defect);
    mtl_report_fix(report, "Have it issued again without that name, or with the one that was meant.");
}

const struct mtl_rule rule_alt_name_form = {
    .code = "MTL332",
    .name = "alt-name-form",
    .title = "Mailbox, URI or address that is none",
    .severity = MTL_INFO,
    .forbidden = true,
    .scopes = MTL_SCOPE_CERT,
    .rationale = "An rfc822Name is a mailbox and no more: no display name, no angle brackets, one \"@\". A URI is "
                 "absolute and holds no blanks. An iPAddress has 4 or 16 octets. A peer looks for none of the others, "
                 "so that a malformed one is often seen late: some decoders refuse the whole certificate, and below "
                 "name constraints it cannot be compared, which ends the verification.",
    .fix = "Correct the request: email:name@example.com, URI:scheme:..., IP:192.0.2.1.",
    .references = "RFC 5280 4.2.1.6; RFC 5321 4.1.2; RFC 3986 3",
    .check = check,
};
