/*
 * A bundle that the given trust store does not accept.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

/* "orders -> Acme CA 2026 -> no issuer" */
static const char *
chain_text(const struct mtl_lint *lint, const struct mtl_path *path, enum mtl_reason reason)
{
    struct mtl_text text = {.arena = lint->arena};

    for (size_t i = 0; i < path->count && i < 8; i++)
        mtl_text_printf(&text, "%s%s", i > 0 ? " -> " : "", mtl_rule_label(lint, path->certs[i]->cert));
    if (reason == MTL_REASON_NO_ISSUER || reason == MTL_REASON_NO_ISSUER_OF_ANCHOR)
        mtl_text_add(&text, " -> no issuer");
    return text.text;
}

/* Trusted certificates that bear the wanted name and were refused: the trap behind most of these. */
static void
name_refused(const struct mtl_lint *lint, const struct mtl_verdict *verdict, struct mtl_report *report)
{
    for (size_t i = 0; i < verdict->candidate_count; i++) {
        const struct mtl_candidate *candidate = &verdict->candidates[i];

        if (candidate->refusal == MTL_REFUSED_KEY_ID || candidate->refusal == MTL_REFUSED_SERIAL)
            mtl_report_also(report, &candidate->cert->source, "bears the issuer's name, but its key id %s differs",
                            mtl_rule_key_id(lint, candidate->cert->cert, candidate->cert->cert->subject_key_id));
    }
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_verdict *verdict = subject->verdict;
    const struct mtl_loaded_cert *leaf = &subject->material->certs[0];
    const struct mtl_path *path;

    if (verdict->accepted || verdict->undetermined != NULL)
        return;
    path = &verdict->paths[verdict->decisive];
    mtl_report_begin(report, path->certs[verdict->failure.depth < path->count ? verdict->failure.depth : 0],
                     "%s that trust %s reject %s: %s", mtl_rule_peers(subject),
                     mtl_rule_path(lint, subject->trust->path), mtl_rule_label(lint, leaf->cert),
                     mtl_reason_sentence(verdict->failure.reason));
    mtl_report_names(report, path->certs[verdict->failure.depth < path->count ? verdict->failure.depth : 0]->cert);
    mtl_report_evidence(report, "chain tried: %s", chain_text(lint, path, verdict->failure.reason));
    mtl_report_evidence(report, "judged as the certificate of a %s; trusted: %zu certificates in %s",
                        subject->role == MTL_CLIENT ? "client" : "server", subject->trust->cert_count,
                        mtl_rule_path(lint, subject->trust->path));
    name_refused(lint, verdict, report);
    mtl_report_rejection(report, subject, verdict->failure.reason);
    if (mtl_report_repair(report, subject))
        mtl_report_fix(report, "With this bundle the chain is accepted.");
}

const struct mtl_rule rule_rejected_by_trust_store = {
    .code = "MTL501",
    .name = "rejected-by-trust-store",
    .title = "Bundle does not chain to the trust store",
    .severity = MTL_ERROR,
    .scopes = MTL_SCOPE_PAIR,
    .rationale = "The bundle was judged against the trust store given with --trust exactly as the verifier of the "
                 "chosen stack judges it: how it looks for issuers, which checks it makes and in which order. It "
                 "rejects the chain for the reason named. What else is wrong with the bundle or the store has "
                 "findings of its own.",
    .fix = "Mend the findings about the same files first: they usually are the cause. If there are none, the trust "
           "store lacks the root of this chain.",
    .references = "RFC 5280 6; X509_verify_cert(3)",
    .check = check,
};
