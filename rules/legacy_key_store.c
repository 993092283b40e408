/*
 * A key store encrypted as OpenSSL 3 does not do it by default.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    mtl_report_notes(lint, report, subject, MTL_NOTE_LEGACY,
                     "is encrypted with an algorithm that OpenSSL 3 leaves to its legacy provider",
                     "Write it anew: openssl pkcs12 -legacy -in OLD.p12 -nodes -out ALL.pem, then openssl pkcs12 "
                     "-export -in ALL.pem -out NEW.p12; remove ALL.pem.");
}

const struct mtl_rule rule_legacy_key_store = {
    .code = "MTL035",
    .name = "legacy-key-store",
    .title = "Key store in legacy encryption",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_FILE,
    .rationale =
        "OpenSSL before version 3, and old versions of Windows and of Java's keytool, encrypt the certificates "
        "of a PKCS#12 file with RC2 of 40 bits. OpenSSL 3 has that in its legacy provider only, which few "
        "programs load: with it, such a file ends in \"error:0308010C:digital envelope "
        "routines::unsupported\". This program does not load it either, so what the file holds was not "
        "examined.",
    .fix = "Write it anew with \"openssl pkcs12 -legacy\" and \"openssl pkcs12 -export\", or with \"keytool "
           "-importkeystore\" of Java 17.",
    .references = "OSSL_PROVIDER-legacy(7); openssl-pkcs12(1); RFC 7292 C",
    .check = check,
};
