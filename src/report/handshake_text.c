/*
 * The predicted handshake for a person: headline, ladder, certificate, logs, moment, fix.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/handshake_text.h"
#include "handshake/first_break.h"

#include <string.h>

const char *
mtl_story_versions(struct mtl_arena *arena, const struct mtl_story *story)
{
    struct mtl_text text = {.arena = arena};

    for (size_t i = 0; i < story->count; i++)
        mtl_text_printf(&text, "%s%s", i == 0 ? "TLS " : " and ", mtl_tls_text(story->versions[i]->tls));
    return text.text;
}

static const struct mtl_transcript *
newest(const struct mtl_story *story)
{
    return story->versions[story->count - 1];
}

static bool
blame_the_same(const struct mtl_loaded_cert *a, const struct mtl_loaded_cert *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return mtl_cert_same(a->cert, b->cert);
}

static bool
tell_the_same(const struct mtl_transcript *a, const struct mtl_transcript *b)
{
    return strcmp(a->headline, b->headline) == 0 && a->outcome == b->outcome && a->reason == b->reason &&
           a->rejected_by == b->rejected_by && blame_the_same(a->certificate, b->certificate) &&
           a->client_sends == b->client_sends &&
           (a->why_undetermined == NULL || strcmp(a->why_undetermined, b->why_undetermined) == 0);
}

static void
add_head(struct mtl_page *page, const struct mtl_story *story)
{
    static const enum mtl_ink inks[] = {
        [MTL_ESTABLISHED] = MTL_INK_GREEN,
        [MTL_HANDSHAKE_REJECTED] = MTL_INK_RED,
        [MTL_UNDETERMINED] = MTL_INK_YELLOW,
    };
    const struct mtl_transcript *transcript = newest(story);
    const char *client = transcript->client->stack->id, *server = transcript->server->stack->id;
    struct mtl_arena *arena = page->text.arena;
    char at[MTL_TIME_TEXT_SIZE];

    mtl_page_words(page, inks[transcript->outcome], 0, mtl_text_safe(arena, mtl_slice_text(transcript->headline), 0));
    mtl_page_words(page, MTL_INK_DIM, 0,
                   mtl_arena_printf(arena, "%s, %s%s%s, judged at %s", mtl_story_versions(arena, story), client,
                                    strcmp(client, server) == 0 ? " on both sides" : " and ",
                                    strcmp(client, server) == 0 ? "" : server,
                                    mtl_time_text(story->handshake->question->now, at)));
    if (transcript->why_undetermined != NULL)
        mtl_page_words(page, MTL_INK_PLAIN, 0, transcript->why_undetermined);
    mtl_page_end_line(page);
}

static bool
same_lines(const char *const *a, const char *const *b)
{
    for (; *a != NULL && *b != NULL; a++, b++)
        if (strcmp(*a, *b) != 0)
            return false;
    return *a == NULL && *b == NULL;
}

static const char *const *
lines_of(const struct mtl_transcript *transcript, enum mtl_role role)
{
    return role == MTL_CLIENT ? transcript->client_sees : transcript->server_sees;
}

/* Once for all versions when they agree. */
static void
add_logs(struct mtl_page *page, const struct mtl_story *story, enum mtl_role role)
{
    const struct mtl_side *side = role == MTL_CLIENT ? newest(story)->client : newest(story)->server;
    struct mtl_arena *arena = page->text.arena;
    const char *label = mtl_arena_printf(arena, "%s logs", side->label);
    bool agree = story->count == 1 || same_lines(lines_of(story->versions[0], role), lines_of(newest(story), role));

    for (size_t i = agree ? story->count - 1 : 0; i < story->count; i++) {
        const char *const *line = lines_of(story->versions[i], role);

        for (; *line != NULL; line++) {
            const char *safe = mtl_text_safe(arena, mtl_slice_text(*line), 0);

            mtl_page_field_verbatim(
                page, label,
                agree ? safe : mtl_arena_printf(arena, "TLS %s: %s", mtl_tls_text(story->versions[i]->tls), safe));
            label = "";
        }
    }
}

static const char *
moment_text(struct mtl_arena *arena, const struct mtl_transcript *transcript)
{
    const char *client = transcript->client->label, *server = transcript->server->label;

    if (transcript->moment == MTL_MOMENT_REQUEST)
        return mtl_arena_printf(arena, "in answer to the first request of %s: the handshake succeeds", client);
    if (transcript->moment == MTL_MOMENT_AFTER_HANDSHAKE && transcript->rejected_by == MTL_CLIENT)
        return mtl_arena_printf(arena, "accept succeeds at %s, which learns of it on its first read", server);
    if (transcript->moment == MTL_MOMENT_AFTER_HANDSHAKE)
        return mtl_arena_printf(arena, "connect succeeds at %s, which learns of it on its first read", client);
    if (transcript->rejected_by == MTL_CLIENT)
        return mtl_arena_printf(arena, "during the handshake: connect fails at %s, accept fails at %s", client, server);
    return mtl_arena_printf(arena, "during the handshake: connect fails at %s", client);
}

/* Says for each version what the ladder, drawn for one, cannot say. */
static void
add_moments(struct mtl_page *page, const struct mtl_story *story)
{
    struct mtl_arena *arena = page->text.arena;
    const struct mtl_transcript *first = story->versions[0], *last = newest(story);
    bool alerts_differ = first->alert != last->alert, differ = alerts_differ || first->moment != last->moment;
    const char *label = "when";

    if (last->local) {
        mtl_page_field(page, label, MTL_INK_PLAIN, "as soon as its files are loaded, before any connection");
        return;
    }
    for (size_t i = differ ? 0 : story->count - 1; i < story->count; i++, label = "") {
        const struct mtl_transcript *version = story->versions[i];
        struct mtl_text text = {.arena = arena};

        if (differ)
            mtl_text_printf(&text, "TLS %s: ", mtl_tls_text(version->tls));
        if (alerts_differ)
            mtl_text_printf(&text, "%s(%u), ", mtl_alert_name(version->alert), (unsigned)version->alert);
        mtl_text_add(&text, moment_text(arena, version));
        mtl_page_field(page, label, MTL_INK_PLAIN, text.text);
    }
}

static void
add_fix(struct mtl_page *page, const struct mtl_fix *fix, const char *label)
{
    struct mtl_arena *arena = page->text.arena;

    mtl_page_field(page, label, MTL_INK_GREEN, mtl_text_safe(arena, mtl_slice_text(fix->summary), 0));
    for (const char *const *command = fix->commands; *command != NULL; command++)
        mtl_page_field_verbatim(page, "",
                                mtl_arena_printf(arena, "  %s", mtl_text_safe(arena, mtl_slice_text(*command), 0)));
    mtl_page_field(page, "", MTL_INK_PLAIN,
                   mtl_arena_printf(arena, "checked: %s%s", fix->result, fix->widens_trust ? "; it widens trust" : ""));
}

void
mtl_page_fixes(struct mtl_page *page, const struct mtl_transcript *transcript)
{
    bool printed = false;

    for (size_t i = 0; i < transcript->fix_count; i++) {
        if (!transcript->fixes[i].verified)
            continue;
        add_fix(page, &transcript->fixes[i], printed ? "or" : "fix");
        printed = true;
    }
    if (!printed && transcript->advice != NULL)
        mtl_page_field(page, "what to do", MTL_INK_PLAIN, transcript->advice);
}

static void
add_assumptions(struct mtl_page *page, const struct mtl_transcript *transcript)
{
    const char *label = "assumed";

    for (const char *const *line = transcript->assumptions; *line != NULL; line++, label = "")
        mtl_page_field(page, label, MTL_INK_DIM, *line);
}

static void
add_broken_block(struct mtl_page *page, const struct mtl_note *note)
{
    struct mtl_arena *arena = page->text.arena;

    mtl_page_field(page, "broken", MTL_INK_PLAIN,
                   mtl_arena_printf(arena, "%s: %s", mtl_place_text(arena, &note->source),
                                    mtl_text_safe(arena, mtl_slice_text(note->message), 0)));
}

static void
tell(struct mtl_page *page, const struct mtl_story *story)
{
    const struct mtl_transcript *transcript = newest(story);

    add_head(page, story);
    if (transcript->outcome != MTL_HANDSHAKE_REJECTED) {
        mtl_page_accepted_chains(page, transcript);
        if (transcript->client_sends != 1)
            mtl_page_field(page, "client's chain", MTL_INK_PLAIN,
                           mtl_arena_printf(page->text.arena, "not sent: %s", transcript->client_sends_reason));
        add_assumptions(page, transcript);
        return;
    }
    mtl_page_ladder(page, transcript);
    if (transcript->broken_block != NULL)
        add_broken_block(page, transcript->broken_block);
    if (transcript->reason == MTL_REASON_NO_CERTIFICATE && transcript->sent[MTL_CLIENT].count > 0)
        mtl_page_field(page, "client's chain", MTL_INK_PLAIN,
                       mtl_arena_printf(page->text.arena, "not sent: %s", transcript->client_sends_reason));
    mtl_page_certificate(page, transcript, story->handshake->question->server_name);
    add_logs(page, story, transcript->rejected_by);
    add_logs(page, story, transcript->rejected_by == MTL_CLIENT ? MTL_SERVER : MTL_CLIENT);
    add_moments(page, story);
    mtl_page_fixes(page, transcript);
    add_assumptions(page, transcript);
}

/* "payments expires (payments/chain.pem:1)" */
static const char *
date_text(struct mtl_arena *arena, const struct mtl_date *date)
{
    static const char *const texts[] = {
        [MTL_DATE_NOT_BEFORE] = "becomes valid",
        [MTL_DATE_NOT_AFTER] = "expires",
        [MTL_DATE_THIS_UPDATE] = "begins to count",
        [MTL_DATE_NEXT_UPDATE] = "passes its nextUpdate",
    };
    const struct mtl_source *source = date->cert != NULL ? &date->cert->source : &date->crl->source;

    return mtl_arena_printf(arena, "%s %s (%s)",
                            date->cert != NULL ? mtl_subject_label(arena, date->cert->cert) : "the CRL",
                            texts[date->kind], mtl_place_text(arena, source));
}

static void
add_first_break(struct mtl_page *page, const struct mtl_first_break *first)
{
    char at[MTL_TIME_TEXT_SIZE];

    mtl_page_field(page, "works until", MTL_INK_PLAIN,
                   mtl_arena_printf(page->text.arena, "%s, when %s", mtl_time_text(first->at, at),
                                    date_text(page->text.arena, &first->date)));
}

bool
mtl_report_handshake_text(struct mtl_arena *arena, const struct mtl_handshake *handshake,
                          const struct mtl_report_options *options, mtl_write *write, void *context)
{
    struct mtl_page page = mtl_page_new(arena, options);

    for (size_t i = 0; i < handshake->count;) {
        struct mtl_story story = {.handshake = handshake};

        if (i > 0)
            mtl_page_end_line(&page);
        do
            story.versions[story.count++] = handshake->transcripts[i++];
        while (story.count < MTL_TLS_COUNT && i < handshake->count &&
               tell_the_same(story.versions[0], handshake->transcripts[i]));
        tell(&page, &story);
    }
    if (handshake->first_break != NULL)
        add_first_break(&page, handshake->first_break);
    return mtl_page_write(&page, write, context);
}
