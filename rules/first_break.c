/*
 * The first date on which a pair that works now breaks.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

/* The leaf's own end has a rule of its own, which looks at every file that is linted. */
static bool
is_end_of_leaf(const struct mtl_lint *lint, const struct mtl_date *date)
{
    return date->kind == MTL_DATE_NOT_AFTER && !mtl_rule_is_authority(date->cert->cert) &&
           mtl_rule_file(lint, date->cert->source.path) != NULL;
}

static const char *
event_text(const struct mtl_lint *lint, const struct mtl_date *date)
{
    static const char *const texts[] = {
        [MTL_DATE_NOT_BEFORE] = "becomes valid",
        [MTL_DATE_NOT_AFTER] = "expires",
        [MTL_DATE_THIS_UPDATE] = "a CRL begins to count",
        [MTL_DATE_NEXT_UPDATE] = "a CRL passes its nextUpdate",
    };

    if (date->cert == NULL)
        return texts[date->kind];
    return mtl_arena_printf(lint->arena, "%s %s", mtl_rule_label(lint, date->cert->cert), texts[date->kind]);
}

static const char *
pair_text(const struct mtl_lint *lint, const struct mtl_subject *subject)
{
    if (subject->scope == MTL_SCOPE_HANDSHAKE)
        return mtl_rule_connection(lint, subject);
    return mtl_arena_printf(lint->arena, "%s with %s", mtl_rule_label(lint, mtl_subject_leaf(subject)->cert),
                            mtl_rule_path(lint, subject->trust->path));
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    struct mtl_broken broken;
    const struct mtl_source *place;

    if (!mtl_rule_first_break(lint, subject, lint->now + lint->horizon, &broken) ||
        is_end_of_leaf(lint, &broken.date) || !mtl_rule_is_due(lint, &broken.date))
        return;
    place = broken.date.cert != NULL ? &broken.date.cert->source : &broken.date.crl->source;
    if (broken.date.cert != NULL)
        mtl_report_begin(report, broken.date.cert, "%s works until %s, when %s", pair_text(lint, subject),
                         mtl_rule_time(lint, broken.at), event_text(lint, &broken.date));
    else
        mtl_report_begin_at(report, place, "%s works until %s, when %s", pair_text(lint, subject),
                            mtl_rule_time(lint, broken.at), event_text(lint, &broken.date));
    mtl_report_evidence(report, "from then on: %s",
                        broken.transcript != NULL ? mtl_rule_path(lint, broken.transcript->headline)
                                                  : mtl_reason_sentence(broken.reason));
    if (broken.transcript != NULL)
        mtl_report_also(report, &subject->connection->at, "the handshake");
    mtl_report_why(report, "Judged at every date of the certificates and CRLs involved; this is the first that fails.");
    mtl_report_fix(report, "Replace it before that date, and put the new one where the old one stands.");
}

const struct mtl_rule rule_first_break = {
    .code = "MTL620",
    .name = "first-break",
    .title = "Pair breaks soon",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_HANDSHAKE | MTL_SCOPE_PAIR,
    .rationale = "What works now, a handshake of the project file or a bundle with its trust store, is judged again at "
                 "every date of what takes part: leaf, intermediates, anchors, cross-certificates, CRLs. The first "
                 "that fails within the horizon is reported. An anchor that expires is no harm as long as another "
                 "path is found, and whether one is depends on the TLS stack. The end of a leaf is left to MTL603; "
                 "what is made for less than the horizon is reported in the last third of its life.",
    .fix = "Replace what ends before that date. mtlslint handshake NAME shows the date of a handshake without a limit.",
    .references = "RFC 5280 4.1.2.5, 5.1.2.5, 6.1.3",
    .check = check,
};
