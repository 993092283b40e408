/*
 * OpenSSL's own kind of block, which others pass over or refuse.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

#include <string.h>

static bool
fails_as_trust(const struct mtl_stack *stack)
{
    return stack->trusts_only_plain_certificates || stack->refuses_trusted_blocks;
}

static bool
fails_as_chain(const struct mtl_stack *stack)
{
    return stack->skips_trusted_blocks_in_chains || stack->refuses_trusted_blocks;
}

static bool
is_trusted_block(const struct mtl_loaded_cert *cert)
{
    return strcmp(cert->source.label, "TRUSTED CERTIFICATE") == 0;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_material *file = subject->material;
    const bool is_chain = subject->use == MTL_USE_BUNDLE || subject->use == MTL_USE_ISSUERS;

    for (size_t i = 0; i < file->cert_count; i++) {
        const struct mtl_loaded_cert *cert = &file->certs[i];

        if (!is_trusted_block(cert))
            continue;
        mtl_report_begin(report, cert, "%s is a TRUSTED CERTIFICATE, which not every stack %s",
                         mtl_rule_label(lint, cert->cert), is_chain ? "sends" : "trusts");
        mtl_report_grade(report, mtl_rule_stacks_that(lint, is_chain ? fails_as_chain : fails_as_trust));
        mtl_report_severity(report, MTL_WARNING);
        if (cert->aux.has_trust || cert->aux.reject != 0)
            mtl_report_evidence(report, "it says for which purposes it is trusted, and only some stacks heed that");
        mtl_report_fix(report, "Write it as a plain certificate: openssl x509 -in FILE -clrtrust -clrreject");
        return;
    }
}

const struct mtl_rule rule_trusted_certificate_block = {
    .code = "MTL015",
    .name = "trusted-certificate-block",
    .title = "TRUSTED CERTIFICATE block",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_FILE,
    .rationale =
        "\"openssl x509 -trustout\" writes the certificate together with settings for what it is trusted. Only "
        "OpenSSL and its descendants know such blocks. Others pass over them, so that a trust store is smaller "
        "than it looks, or refuse the file; and in a chain to be sent, all but the first are left out even by "
        "those that know them.",
    .fix = "Write plain certificates, without -trustout. Limit trust where the program that verifies is configured.",
    .references = "openssl-x509(1); PEM_read_bio_X509_AUX(3)",
    .check = check,
};
