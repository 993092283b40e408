/*
 * Two authorities in a trust store have one name and different keys, and no key ids that tell them apart.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static bool
have_one_key(const struct mtl_cert *a, const struct mtl_cert *b)
{
    return mtl_slice_equal(mtl_cert_bytes(a, a->spki), mtl_cert_bytes(b, b->spki));
}

static bool
are_told_apart(const struct mtl_cert *a, const struct mtl_cert *b)
{
    return a->subject_key_id.size > 0 && b->subject_key_id.size > 0 &&
           !mtl_slice_equal(mtl_cert_bytes(a, a->subject_key_id), mtl_cert_bytes(b, b->subject_key_id));
}

/* Another key under the same name, read before it. */
static const struct mtl_loaded_cert *
namesake(const struct mtl_subject *subject, const struct mtl_loaded_cert *cert)
{
    struct mtl_bearers bearers = mtl_rule_bearers_of_subject(subject->pool, cert->cert);
    const struct mtl_loaded_cert *other;

    while ((other = mtl_rule_next_bearer(&bearers)) != NULL && other->cert != cert->cert)
        if (!have_one_key(other->cert, cert->cert) && !are_told_apart(other->cert, cert->cert))
            return other;
    return NULL;
}

static bool
never_comes_back(const struct mtl_stack *stack)
{
    return stack->policy.search == MTL_SEARCH_FIRST_ISSUER || stack->policy.search == MTL_SEARCH_ONWARDS;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    for (size_t i = 0; i < subject->material->cert_count; i++) {
        const struct mtl_loaded_cert *cert = &subject->material->certs[i];
        const struct mtl_loaded_cert *other = namesake(subject, cert);

        if (other == NULL || mtl_name_is_empty(mtl_cert_bytes(cert->cert, cert->cert->subject)))
            continue;
        mtl_report_begin(report, cert, "two authorities are named %s, and nothing tells their keys apart",
                         mtl_rule_label(lint, cert->cert));
        mtl_report_evidence(report, "subject %s", mtl_rule_subject(lint, cert->cert));
        mtl_report_also(report, &other->source, "the other one");
        mtl_report_hits(report, mtl_rule_stacks_that(lint, never_comes_back));
        mtl_report_why(report,
                       "The stacks named here take one of the two for the issuer and do not try the other: what "
                       "the other issued fails with a bad signature.");
        mtl_report_fix(report, "Have the new root made with another name or with subjectKeyIdentifier, and its "
                               "certificates with authorityKeyIdentifier.");
    }
}

const struct mtl_rule rule_anchors_share_name = {
    .code = "MTL209",
    .name = "anchors-share-name",
    .title = "Two trusted authorities with one name",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_STORE,
    .rationale = "An authority was renewed with a new key under its old name, without key ids. Verifiers look for the "
                 "issuer by name; some take the first that fits, and only the order of the file decides which.",
    .fix = "Give a new key a new name, or key ids to certificates and authorities.",
    .references = "RFC 5280 4.2.1.1 and 4.2.1.2",
    .check = check,
};
