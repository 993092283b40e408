/*
 * An international name that is not written as clients ask for it.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static bool
is_ascii(struct mtl_slice name)
{
    for (size_t i = 0; i < name.size; i++)
        if (name.data[i] >= 0x80)
            return false;
    return true;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;
    struct mtl_general_names names = mtl_cert_alt_names(cert);
    struct mtl_slice name;

    while (mtl_rule_next_dns_name(&names, &name)) {
        const bool is_raw = !is_ascii(name);

        if (!is_raw && mtl_rule_is_readable_domain(lint, name))
            continue;
        mtl_report_begin(report, subject->cert,
                         is_raw ? "%s names %s in letters beyond ASCII: clients look for the xn-- form"
                                : "%s names %s, whose xn-- label stands for no name",
                         mtl_rule_label(lint, cert), mtl_text_safe(lint->arena, name, 100));
        mtl_report_names(report, cert);
        if (!is_raw)
            mtl_report_severity(report, MTL_WARNING);
        mtl_report_fix(report, "Have it issued again with the name in its xn-- form, as a browser or idn2 writes it.");
        return;
    }
}

const struct mtl_rule rule_idn_form = {
    .code = "MTL310",
    .name = "idn-form",
    .title = "International name in the wrong form",
    .severity = MTL_ERROR,
    .forbidden = true,
    .scopes = MTL_SCOPE_CERT,
    .rationale = "A dNSName holds ASCII. International labels stand there in their xn-- form, which is also what "
                 "clients look for in the end. A name in its own letters matches nothing, and some decoders refuse "
                 "the whole certificate because of it; a label that begins with xn-- and does not decode belongs to "
                 "no host.",
    .fix = "Convert the name first (idn2 prints the xn-- form), and have the certificate issued for the result.",
    .references = "RFC 5280 7.2; RFC 5890 2.3.2; RFC 3492",
    .check = check,
};
