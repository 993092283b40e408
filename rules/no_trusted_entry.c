/*
 * A PKCS#12 trust store with certificates that are no trusted entries.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static bool
wants_trusted_entries(const struct mtl_stack *stack)
{
    return stack->reads_key_stores;
}

/* The first that is neither trusted nor part of a key's chain; *count: how many there are. */
static const struct mtl_loaded_cert *
first_loose(const struct mtl_material *store, size_t *count)
{
    const struct mtl_loaded_cert *first = NULL;

    *count = 0;
    for (size_t i = 0; i < store->cert_count; i++) {
        if (store->certs[i].entry != MTL_ENTRY_LOOSE)
            continue;
        first = first == NULL ? &store->certs[i] : first;
        ++*count;
    }
    return first;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_material *store = subject->material;
    const struct mtl_hits hits = mtl_rule_stacks_that(lint, wants_trusted_entries);
    const struct mtl_stack_reason *words;
    size_t count;
    const struct mtl_loaded_cert *loose = store->is_directory ? NULL : first_loose(store, &count);

    if (loose == NULL || hits.count == 0)
        return;
    if (count == store->cert_count)
        mtl_report_begin(report, loose, "the key store %s has no trusted entry: as a trust store it is empty",
                         mtl_rule_path(lint, store->path));
    else
        mtl_report_begin(report, loose, "%zu of %zu certificates in the key store %s are no trusted entries", count,
                         store->cert_count, mtl_rule_path(lint, store->path));
    mtl_report_names(report, loose->cert);
    mtl_report_evidence(report, "without the attribute trustedKeyUsage, 2.16.840.1.113894.746875.1.1");
    mtl_report_grade(report, hits);
    words = count == store->cert_count ? mtl_stack_reason(hits.stacks[0], MTL_REASON_NOTHING_TRUSTED) : NULL;
    if (words != NULL)
        mtl_report_why(report, "%s rejects every peer: %s", hits.stacks[0]->title, words->native_text);
    mtl_report_fix(report, "Make it anew from the certificates in PEM: keytool -importcert -alias NAME -file CA.pem "
                           "-keystore NEW.p12, once for each.");
}

const struct mtl_rule rule_no_trusted_entry = {
    .code = "MTL221",
    .name = "no-trusted-entry",
    .title = "Key store whose certificates are not trusted",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_STORE,
    .rationale =
        "Java trusts a certificate in a PKCS#12 file only if it bears Oracle's attribute trustedKeyUsage, which "
        "keytool writes, and \"openssl pkcs12 -export -nokeys\" does not. The file opens without a complaint "
        "and trusts nobody: \"the trustAnchors parameter must be non-empty\".",
    .fix = "Make it with keytool, or with \"-jdktrust anyExtendedKeyUsage\" of openssl pkcs12 from OpenSSL 3.2 on.",
    .references = "RFC 7292 4.2.3; openssl-pkcs12(1); keytool(1)",
    .check = check,
};
