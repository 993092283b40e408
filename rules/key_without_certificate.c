/*
 * A private key beside certificates of which none is its own.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

#include <string.h>

/* Among more certificates than these no key is looked for: keys times certificates is too much. */
#define MAX_COMPARED 1024U

static size_t
folder_size(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash == NULL ? 0 : (size_t)(slash - path) + 1;
}

static bool
is_beside(const char *path, const char *other)
{
    size_t size = folder_size(path);

    return size == folder_size(other) && strncmp(path, other, size) == 0;
}

/*
 * Of the certificates that were read: does the key fit one, or is meant for one, as MTL010 says; and is one in the
 * key's folder?
 */
static void
look_around(const struct mtl_lint *lint, const struct mtl_loaded_key *key, bool *fits, bool *has_neighbour)
{
    *fits = *has_neighbour = false;
    for (size_t i = 0; i < mtl_pool_count(lint->everything) && !*fits; i++) {
        const struct mtl_loaded_cert *cert = mtl_pool_at(lint->everything, i);

        *has_neighbour |= is_beside(key->source.path, cert->source.path);
        *fits = mtl_rule_have_one_stem(key->source.path, cert->source.path) ||
                mtl_slice_equal(mtl_cert_bytes(cert->cert, cert->cert->spki), key->key->spki) ||
                (mtl_cert_is_odd(cert->cert, MTL_ODD_EC_FORM, 0) && mtl_private_key_matches(key->key, cert->cert));
    }
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_loaded_key *key = subject->material->keys;
    bool fits, has_neighbour;

    /* A file with certificates has its say in MTL010 and MTL011. */
    if (subject->use != MTL_USE_KEY || key->key->spki.size == 0 || mtl_pool_count(lint->everything) > MAX_COMPARED)
        return;
    look_around(lint, key, &fits, &has_neighbour);
    if (fits || !has_neighbour || mtl_rule_is_for_registry(lint, key->source.path)) /* MTL036 */
        return;
    mtl_report_begin_at(report, &key->source, "no certificate belongs to the private key %s",
                        mtl_rule_path(lint, key->source.path));
    mtl_report_evidence(report, "%s; %zu certificates were compared", mtl_key_text(lint->arena, &key->key->key),
                        mtl_pool_count(lint->everything));
    mtl_report_fix(report, "Add its certificate to the paths, or remove the key if it was replaced.");
}

const struct mtl_rule rule_key_without_certificate = {
    .code = "MTL014",
    .name = "key-without-certificate",
    .title = "Private key without a certificate",
    .severity = MTL_INFO,
    .scopes = MTL_SCOPE_FILE,
    .rationale =
        "Certificates lie beside the key, but none of all that were read is for it. Either the certificate was "
        "renewed with another key and this one was left behind, or the certificate has not arrived yet.",
    .fix = "Remove keys that are no longer used; add the certificate if it lies elsewhere.",
    .references = "RFC 5280 4.1.2.7",
    .check = check,
};
