/*
 * A name constraint that has not the form of its kind.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static const struct mtl_defect defect = {
    .reasons = {MTL_REASON_MALFORMED, MTL_REASON_CONSTRAINT_SYNTAX},
    .oddities = {MTL_ODD_CONSTRAINT_TEXT, MTL_ODD_CONSTRAINT_DOMAIN, MTL_ODD_CONSTRAINT_MAILBOX,
                 MTL_ODD_CONSTRAINT_MASK, MTL_ODD_CONSTRAINT_HOST, MTL_ODD_CONSTRAINT_SIZE},
};

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;
    struct mtl_general_name base;
    const char *fault;

    if (!mtl_rule_is_authority(cert))
        return;
    fault = mtl_constraint_fault(cert, &base);
    if (fault == NULL)
        return;
    mtl_report_begin(report, subject->cert, "a name constraint of %s is malformed: %s %s", mtl_rule_label(lint, cert),
                     mtl_rule_general_name(lint, &base), fault);
    mtl_report_names(report, cert);
    mtl_report_defect(lint, report, subject, &defect);
    mtl_report_fix(report, "Issue it again with constraints such as DNS:example.com, email:.example.com, "
                           "URI:.example.com and IP:192.0.2.0/255.255.255.0.");
}

const struct mtl_rule rule_constraint_form = {
    .code = "MTL124",
    .name = "constraint-form",
    .title = "Name constraint that has not the form of its kind",
    .severity = MTL_WARNING,
    .forbidden = true,
    .scopes = MTL_SCOPE_CERT,
    .rationale =
        "Each kind of name has its own form as a constraint: a domain without a dot or a wildcard before it for "
        "dNSName, an address with a mask for iPAddress, a mailbox, a host or a dot and a domain for "
        "rfc822Name, a host or a dot and a domain for URIs. What has another form is read differently: some "
        "verifiers refuse the authority, some reject whoever has a name of that kind, some take a leading dot "
        "in their stride, and with some the constraint covers nothing.",
    .fix = "Correct the constraint in the authority's profile, and issue its certificate again with the same key and "
           "name.",
    .references = "RFC 5280 4.2.1.10; RFC 4632 3.1",
    .check = check,
};
