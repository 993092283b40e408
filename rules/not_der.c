/*
 * What some decoders read, and what is not DER.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static const struct mtl_defect defect = {
    .reasons = {MTL_REASON_MALFORMED, MTL_REASON_MALFORMED_WHEN_USED, MTL_REASON_UNDECODABLE},
    .oddities = {MTL_ODD_NOT_DER, MTL_ODD_CRITICAL_FLAG}};

static void
check_file(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    for (size_t i = 0; i < subject->material->note_count; i++) {
        const struct mtl_note *note = &subject->material->notes[i];

        if (note->kind != MTL_NOTE_NOT_DER)
            continue;
        mtl_report_begin_at(report, &note->source, "%s holds a certificate that is not in DER",
                            mtl_rule_path(lint, note->source.path));
        mtl_report_evidence(report, "%s", note->message);
        mtl_report_why(report, "Lenient readers take it, strict ones do not; it is missing from this report.");
        mtl_report_fix(report, "Have it reissued by software that writes DER.");
    }
}

static void
check_cert(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_cert *cert = subject->cert->cert;
    struct mtl_error error;

    if (cert->not_der == 0 && !cert->odd_critical)
        return;
    mtl_report_begin(report, subject->cert, "%s is not in DER", mtl_rule_label(lint, cert));
    mtl_report_names(report, cert);
    if (cert->not_der != 0)
        mtl_report_evidence(report, "extensions not in DER: %s", mtl_rule_extensions(lint, cert->not_der));
    if (cert->odd_critical)
        mtl_report_evidence(report, "the critical flag of an extension is neither 00 nor ff");
    if (!mtl_schema_check(cert->der, &error))
        mtl_report_evidence(report, "against the schema of RFC 5280: %s", error.message);
    mtl_report_defect(lint, report, subject, &defect);
    mtl_report_fix(report, "Have it reissued by software that writes DER.");
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    if (subject->scope == MTL_SCOPE_FILE)
        check_file(lint, subject, report);
    else
        check_cert(lint, subject, report);
}

const struct mtl_rule rule_not_der = {
    .code = "MTL020",
    .name = "not-der",
    .title = "Certificate that is not in DER",
    .severity = MTL_WARNING,
    .forbidden = true,
    .scopes = MTL_SCOPE_FILE | MTL_SCOPE_CERT,
    .rationale =
        "Certificates are encoded in DER, which has one form for each value. Lenient decoders read other forms "
        "as well, such as TRUE written as 01, bits beyond the end of a list of bits, or octets behind the end "
        "of an extension. Strict ones refuse the certificate.",
    .fix = "Have the certificate reissued by software that writes DER.",
    .references = "RFC 5280 4.1; X.690 10 and 11",
    .check = check,
};
