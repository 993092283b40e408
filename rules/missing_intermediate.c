/*
 * The chain of a bundle stops below an intermediate that lies in another file.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static void
describe(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report,
         const struct mtl_loaded_cert *top, const struct mtl_loaded_cert *issuer)
{
    static const enum mtl_reason reasons[] = {MTL_REASON_NO_ISSUER, MTL_REASON_NO_ISSUER_OF_ANCHOR,
                                              MTL_REASON_LEAF_UNVERIFIED, MTL_REASON_NONE};
    const struct mtl_input *file = mtl_rule_file(lint, issuer->source.path);
    struct mtl_hits hits = {.count = 0};

    mtl_report_begin(report, top, "%s is sent without the intermediate %s: %s that hold only the root reject it",
                     mtl_rule_label(lint, mtl_subject_leaf(subject)->cert), mtl_rule_label(lint, issuer->cert),
                     mtl_rule_peers(subject));
    if (file == NULL || file->use == MTL_USE_STORE)
        mtl_report_severity(report, MTL_WARNING);
    mtl_report_names(report, top->cert);
    mtl_report_also(report, &issuer->source, "the missing intermediate; its key verifies the signature");
    mtl_report_rejection(report, subject, MTL_REASON_NO_ISSUER);
    if (mtl_rule_loose_issuer(subject) == NULL)
        mtl_rule_reach_for(lint, subject, NULL, reasons, &hits);
    mtl_report_hits(report, hits);
    mtl_report_fix(report, "Append the intermediate to the bundle.");
    mtl_report_repair(report, subject);
}

/* Said once of all leaves below it: where many are kept, they may well be put together elsewhere. */
static void
describe_kept(const struct mtl_lint *lint, struct mtl_report *report, const struct mtl_loaded_cert *issuer)
{
    mtl_report_begin(report, issuer,
                     "certificates below the intermediate %s lie here without it: sent as they are, peers "
                     "that hold only the root reject them",
                     mtl_rule_label(lint, issuer->cert));
    mtl_report_names(report, issuer->cert);
    mtl_report_severity(report, MTL_WARNING);
    mtl_report_fix(report, "If programs send these files as they are, append the intermediate to each. A handshake in "
                           "the project file has its files looked at as they are.");
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_loaded_cert *loose = mtl_rule_loose_issuer(subject);
    const struct mtl_loaded_cert *top =
        loose != NULL ? mtl_subject_leaf(subject) : mtl_rule_top_of_chain(lint, subject);
    const struct mtl_loaded_cert *issuer = loose != NULL ? loose : mtl_rule_intermediate_above(lint, top->cert);
    struct mtl_bearers bearers = mtl_rule_bearers_of_issuer(subject->pool, top->cert);

    if (issuer == NULL || top->cert->self_issued || mtl_rule_is_complete_elsewhere(lint, top->cert))
        return;
    if (loose != NULL && mtl_rule_has_issued(lint, loose->cert, 2))
        describe_kept(lint, report, loose);
    /* A bearer of the name with another key is another rule's. */
    else if (loose != NULL || mtl_rule_next_bearer(&bearers) == NULL)
        describe(lint, subject, report, top, issuer);
}

const struct mtl_rule rule_missing_intermediate = {
    .code = "MTL104",
    .name = "missing-intermediate",
    .title = "Intermediate is not sent",
    .severity = MTL_ERROR,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale =
        "Peers build the chain from what is sent and what they trust, and they trust roots. Without the "
        "intermediate they find no issuer for the leaf. Browsers and openssl s_client on a developer's "
        "machine may hide it, because they fetch or remember intermediates; services do not. It is a "
        "warning where the intermediate is known from a trust store only: peers with that store succeed; and one for "
        "all leaves of an intermediate where several lie in a directory, each alone and without its key.",
    .fix = "Send the leaf followed by its intermediates, without the root. Certificate authorities offer this file "
           "as \"fullchain\" or \"bundle\".",
    .references = "RFC 5246 7.4.2; RFC 8446 4.4.2; RFC 5280 6.1",
    .check = check,
};
