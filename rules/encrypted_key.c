/*
 * A private key that needs a password.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    for (size_t i = 0; i < subject->material->key_count; i++) {
        const struct mtl_loaded_key *key = &subject->material->keys[i];

        if (!key->key->encrypted || mtl_source_is_key_store(&key->source))
            continue;
        mtl_report_begin_at(report, &key->source, "the private key %s is encrypted: nothing is said about it",
                            mtl_rule_path(lint, key->source.path));
        mtl_report_evidence(report, "%s", key->key->format);
        mtl_report_why(report, "Whether it belongs to the certificate shows only where the password is known.");
        mtl_report_fix(report, "Compare them by hand: \"openssl pkey -in KEY -pubout\" and \"openssl x509 -in "
                               "CERTIFICATE -noout -pubkey\" must print the same.");
        return;
    }
}

const struct mtl_rule rule_encrypted_key = {
    .code = "MTL013",
    .name = "encrypted-key",
    .title = "Private key is encrypted",
    .severity = MTL_INFO,
    .scopes = MTL_SCOPE_FILE,
    .rationale =
        "The key cannot be matched with its certificate without the password, which is never asked for here. A "
        "program that loads the key needs the password at each start, from a person or from another file.",
    .fix = "Nothing needs to be done if the program that loads it is given the password.",
    .references = "RFC 5958 3; RFC 1421 4.6",
    .check = check,
};
