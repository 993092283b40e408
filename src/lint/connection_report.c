/*
 * The finding about a handshake that does not work: place, evidence, why, and the fix that was tried out.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/lint.h"

#include <string.h>

/* The rejected certificate, and the lines of the project file that bring the two together. */
static void
add_places(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report,
           const struct mtl_ending *ending)
{
    const struct mtl_transcript *newest = ending->newest;
    const struct mtl_source *place = mtl_ending_place(subject, ending);
    const struct mtl_side_lines *owner = &subject->connection->lines[newest->certificate_owner];
    const struct mtl_side_lines *verifier = &subject->connection->lines[newest->rejected_by];
    bool by_default = newest->by_default && newest->certificate_owner == MTL_SERVER;
    const struct mtl_source *presented = by_default ? &owner->default_cert : &owner->cert;
    bool is_refusal = ending->kind == MTL_ENDS_CLIENT_REFUSED || ending->kind == MTL_ENDS_SERVER_REFUSED;

    if (newest->certificate != NULL && place != &newest->certificate->source)
        mtl_report_also(report, &newest->certificate->source, "%s", "the certificate it is about");
    if (newest->broken_block != NULL)
        mtl_report_also(report, &newest->broken_block->source, "%s",
                        mtl_text_safe(lint->arena, mtl_slice_text(newest->broken_block->message), 0));
    if (place != presented && newest->certificate != NULL)
        mtl_report_also(report, presented, "what %s presents", mtl_rule_side(lint, subject, newest->certificate_owner));
    if (is_refusal && place != &verifier->trust)
        mtl_report_also(report, &verifier->trust, "what %s trusts", mtl_rule_side(lint, subject, newest->rejected_by));
}

static void
add_evidence(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report,
             const struct mtl_ending *ending)
{
    const struct mtl_transcript *newest = ending->newest;
    const struct mtl_verdict *verdict = newest->verdict[newest->rejected_by];

    mtl_report_evidence(report, "%s: %s", mtl_ending_versions(ending),
                        mtl_ending_stacks(lint, subject->endings, ending));
    if (newest->certificate != NULL)
        mtl_report_names(report, newest->certificate->cert);
    if (newest->certificate != NULL && newest->reason == MTL_REASON_EXPIRED)
        mtl_report_dates(report, newest->certificate->cert);
    if (ending->kind >= MTL_ENDS_CLIENT_REFUSED && verdict != NULL && verdict->path_count > 0)
        mtl_report_evidence(report, "chain tried: %s", mtl_rule_chain(lint, verdict));
    if (ending->kind == MTL_ENDS_UNSENT)
        mtl_report_evidence(report, "not sent: %s",
                            mtl_text_safe(lint->arena, mtl_slice_text(newest->client_sends_reason), 0));
}

static void
add_fix(const struct mtl_lint *lint, struct mtl_report *report, const struct mtl_transcript *transcript)
{
    const struct mtl_fix *fix = mtl_ending_fix(transcript);

    if (fix != NULL) {
        const char *words = mtl_arena_printf(lint->arena, "%s. Checked: %s%s.", fix->summary, fix->result,
                                             fix->widens_trust ? "; it widens trust" : "");

        mtl_report_fix(report, "%s", mtl_text_safe(lint->arena, mtl_slice_text(words), 0));
        mtl_report_commands(report, fix->commands);
    } else if (transcript->advice != NULL) {
        /* What follows the semicolon is about options of the handshake command. */
        size_t size = strcspn(transcript->advice, ";");

        mtl_report_fix(report, "%s.", mtl_text_safe(lint->arena, mtl_slice_of(transcript->advice, size), 0));
    }
}

void
mtl_report_ending(const struct mtl_lint *lint, struct mtl_report *report, const struct mtl_subject *subject,
                  const struct mtl_ending *ending)
{
    const struct mtl_transcript *newest = ending->newest;
    const struct mtl_source *place = mtl_ending_place(subject, ending);
    const char *headline =
        mtl_arena_printf(lint->arena, "%s%s", subject->endings->differ ? "it depends on the TLS stack: " : "",
                         mtl_text_safe(lint->arena, mtl_slice_text(newest->headline), 0));

    if (newest->certificate != NULL && place == &newest->certificate->source)
        mtl_report_begin(report, newest->certificate, "%s: %s", mtl_rule_connection(lint, subject), headline);
    else
        mtl_report_begin_at(report, place, "%s: %s", mtl_rule_connection(lint, subject), headline);
    add_evidence(lint, subject, report, ending);
    add_places(lint, subject, report, ending);
    mtl_report_why(report, "%s", mtl_ending_why(lint, ending));
    add_fix(lint, report, newest);
}

void
mtl_report_endings(const struct mtl_lint *lint, struct mtl_report *report, const struct mtl_subject *subject,
                   enum mtl_ending_kind kind)
{
    for (size_t i = 0; i < subject->endings->count; i++) {
        if (subject->endings->items[i].kind == kind && !subject->endings->differ)
            mtl_report_ending(lint, report, subject, &subject->endings->items[i]);
    }
}
