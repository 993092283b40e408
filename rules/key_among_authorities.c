/*
 * A private key in a file of authorities.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

/* A lone certificate with its own key is what a server that signed itself, or an authority, loads. */
static bool
is_pair(const struct mtl_material *file, const struct mtl_loaded_key *key)
{
    return file->cert_count == 1 && mtl_private_key_matches(key->key, file->certs[0].cert);
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_material *file = subject->material;

    if (file->key_count == 0 || file->cert_count == 0 || file->is_directory ||
        (subject->use != MTL_USE_STORE && subject->use != MTL_USE_ISSUERS) || is_pair(file, &file->keys[0]))
        return;
    mtl_report_begin_at(report, &file->keys[0].source, "%s holds a private key among certificates of authorities",
                        mtl_rule_path(lint, file->path));
    mtl_report_evidence(report, "certificates of authorities: %zu, private keys: %zu", file->cert_count,
                        file->key_count);
    mtl_report_why(report, "Such a file is given to everybody who is to trust them, and the key with it.");
    mtl_report_fix(report, "Move the key into a file of its own. If the file was given away, the key is no secret any "
                           "more: replace it, and what was certified of it.");
}

const struct mtl_rule rule_key_among_authorities = {
    .code = "MTL011",
    .name = "key-among-authorities",
    .title = "Private key in a file of authorities",
    .severity = MTL_ERROR,
    .scopes = MTL_SCOPE_FILE,
    .rationale =
        "A file with certificates of authorities is a trust store or the rest of a chain: it is copied to every "
        "peer, put into images and repositories, and readable by everybody. A private key in it, in the worst "
        "case that of an authority, is given away with it. A server's own certificate and key in one file are "
        "not meant.",
    .fix = "Move the key into a file of its own, and consider it known to others.",
    .references = "RFC 5280 9",
    .check = check,
};
