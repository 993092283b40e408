/*
 * A known extension whose value does not decode.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static const struct mtl_defect defect = {.reasons = {MTL_REASON_MALFORMED, MTL_REASON_MALFORMED_WHEN_USED,
                                                     MTL_REASON_EMPTY_KEY_USAGE, MTL_REASON_CONSTRAINT_SYNTAX,
                                                     MTL_REASON_UNDECODABLE}};

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;
    uint32_t malformed = cert->malformed & ~cert->duplicate;

    if (malformed == 0)
        return;
    mtl_report_begin(report, subject->cert, "%s has an extension that does not decode: %s", mtl_rule_label(lint, cert),
                     mtl_rule_extensions(lint, malformed));
    mtl_report_names(report, cert);
    for (unsigned i = 0; i < MTL_EXT_COUNT; i++)
        if ((malformed & 1U << i) != 0)
            mtl_report_evidence(report, "%s %s", mtl_extension_names[i],
                                mtl_rule_hex(lint, mtl_cert_bytes(cert, cert->extension[i])));
    if (mtl_cert_key_usage_is_empty(cert))
        mtl_report_evidence(report, "keyUsage has no bit set");
    mtl_report_defect(lint, report, subject, &defect);
    mtl_report_fix(report, "Have it reissued with a correct %s.", mtl_rule_extensions(lint, malformed));
}

const struct mtl_rule rule_malformed_extension = {
    .code = "MTL030",
    .name = "malformed-extension",
    .title = "Extension that does not decode",
    .severity = MTL_ERROR,
    .forbidden = true,
    .scopes = MTL_SCOPE_CERT,
    .rationale = "The value of an extension does not have the form that is defined for it. Some stacks reject the "
                 "certificate as soon as they read it, some only when they need the extension, and some act as if it "
                 "were not there. Extensions spelled out in hexadecimal and templates of an authority are the usual "
                 "causes; a keyUsage without any bit counts, too.",
    .fix = "Correct the profile of the authority and have the certificate reissued.",
    .references = "RFC 5280 4.2",
    .check = check,
};
