/*
 * A bundle that the given trust store does not accept.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

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

/* The bundle mended, if that helps; otherwise the untrusted issuer, if a file has it. */
static void
offer_fix(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report,
          const struct mtl_cert *blamed)
{
    const struct mtl_loaded_cert *issuer = mtl_rule_issuer(lint, lint->everything, blamed);

    if (mtl_report_repair(report, subject)) {
        mtl_report_fix(report, "With this bundle the chain is accepted.");
        return;
    }
    if (subject->verdict->failure.reason != MTL_REASON_NO_ISSUER || issuer == NULL)
        return;
    mtl_report_also(report, &issuer->source, "its issuer, which the store does not trust");
    mtl_report_fix(report, "Trust that authority too, if all certificates below it are meant to be accepted.");
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_verdict *verdict = subject->verdict;
    const struct mtl_loaded_cert *blamed = mtl_rule_blamed(subject);
    const char *store = mtl_rule_path(lint, subject->trust->path);
    const char *leaf = mtl_rule_label(lint, subject->material->certs[0].cert);

    if (verdict->undetermined != NULL) {
        mtl_report_begin(report, blamed, "whether %s is accepted with %s cannot be told", leaf, store);
        mtl_report_severity(report, MTL_WARNING);
        mtl_report_why(report, "%s", verdict->undetermined);
    }
    if (verdict->undetermined != NULL || verdict->accepted)
        return;
    mtl_report_begin(report, blamed, "%s that trust %s reject %s: %s", mtl_rule_peers(subject), store, leaf,
                     mtl_reason_sentence(verdict->failure.reason));
    mtl_report_names(report, blamed->cert);
    mtl_report_evidence(report, "chain tried: %s", mtl_rule_chain(lint, verdict));
    mtl_report_evidence(report, "judged as the certificate of a %s; certificates in %s: %zu",
                        subject->role == MTL_CLIENT ? "client" : "server", store, subject->trust->cert_count);
    name_refused(lint, verdict, report);
    mtl_report_rejection(report, subject, verdict->failure.reason);
    offer_fix(lint, subject, report, blamed->cert);
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
