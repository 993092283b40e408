/*
 * Many stacks for a person: the headline, then what works, what is rejected, what cannot be told, group by group.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/handshake_text.h"
#include "report/matrix.h"

#include <string.h>

#define MAX_LEFT_OUT 3U /* named after "every client but" */

static const struct {
    const char *word;
    enum mtl_ink ink;
} outcomes[] = {
    [MTL_ESTABLISHED] = {"work", MTL_INK_GREEN},
    [MTL_HANDSHAKE_REJECTED] = {"rejected", MTL_INK_RED},
    [MTL_UNDETERMINED] = {"unknown", MTL_INK_YELLOW},
};

/* ---- which stacks --------------------------------------------------------------------------------------------- */

static bool
is_among(const struct mtl_stack *stack, const struct mtl_stack *const *stacks, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (stacks[i] == stack)
            return true;
    return false;
}

static void
add_id(struct mtl_text *text, const struct mtl_stack *stack, const char *separator)
{
    mtl_text_printf(text, "%s%s%s", separator, stack->id, stack->evidence == MTL_EVIDENCE_RECORDED ? "" : "*");
}

/* "go-1.26, node-20" */
static const char *
list(struct mtl_arena *arena, const struct mtl_stack *const *stacks, size_t count)
{
    struct mtl_text text = {.arena = arena};

    for (size_t i = 0; i < count; i++)
        add_id(&text, stacks[i], i == 0 ? "" : ", ");
    return text.text;
}

/* "every client but go-1.26", or "clients go-1.26, node-20" */
static const char *
describe(struct mtl_arena *arena, const struct mtl_matrix *matrix, const struct mtl_matrix_block *block,
         enum mtl_role role)
{
    const char *name = role == MTL_CLIENT ? "client" : "server";
    size_t count = block->counts[role], all = matrix->counts[role];
    struct mtl_text text = {.arena = arena};
    const char *separator = " but ";

    if (all - count > MAX_LEFT_OUT || 2 * count <= all)
        return mtl_arena_printf(arena, "%s%s %s", name, count == 1 ? "" : "s", list(arena, block->stacks[role], count));
    mtl_text_printf(&text, "every %s", name);
    for (size_t i = 0; i < all; i++) {
        if (is_among(matrix->stacks[role][i], block->stacks[role], count))
            continue;
        add_id(&text, matrix->stacks[role][i], separator);
        separator = ", ";
    }
    return text.text;
}

static void
add_blocks(struct mtl_page *page, const struct mtl_matrix *matrix, const struct mtl_matrix_group *group)
{
    struct mtl_arena *arena = page->text.arena;
    enum mtl_role varied = matrix->varied[MTL_CLIENT] ? MTL_CLIENT : MTL_SERVER;
    const char *label = mtl_arena_printf(arena, "%zu %s", group->pair_count, outcomes[group->outcome].word);
    bool both = matrix->varied[MTL_CLIENT] && matrix->varied[MTL_SERVER];

    for (size_t i = 0; i < group->block_count; i++, label = "") {
        const struct mtl_matrix_block *block = &group->blocks[i];

        mtl_page_field(page, label, outcomes[group->outcome].ink,
                       !both ? list(arena, block->stacks[varied], block->counts[varied])
                             : mtl_arena_printf(arena, "%s with %s", describe(arena, matrix, block, MTL_CLIENT),
                                                describe(arena, matrix, block, MTL_SERVER)));
    }
}

/* ---- what happens --------------------------------------------------------------------------------------------- */

static const char *
moment_text(enum mtl_moment moment)
{
    switch (moment) {
    case MTL_MOMENT_AFTER_HANDSHAKE:
        return " after the handshake";
    case MTL_MOMENT_REQUEST:
        return " when a request comes";
    case MTL_MOMENT_HANDSHAKE:
        return " during the handshake";
    case MTL_MOMENT_NONE:
        break;
    }
    return "";
}

/* "orders sends certificate_expired(45) during the handshake"; NULL: nothing is rejected, or before it begins */
static const char *
how(struct mtl_arena *arena, const struct mtl_transcript *transcript)
{
    const struct mtl_side *by = transcript->rejected_by == MTL_CLIENT ? transcript->client : transcript->server;
    const char *action = "closes the connection";

    if (transcript->outcome != MTL_HANDSHAKE_REJECTED || transcript->local)
        return NULL;
    if (transcript->surface == MTL_SURFACE_ALERT)
        action =
            mtl_arena_printf(arena, "sends %s(%u)", mtl_alert_name(transcript->alert), (unsigned)transcript->alert);
    if (transcript->surface == MTL_SURFACE_HTTP)
        action = mtl_arena_printf(arena, "answers HTTP %d", transcript->http_status);
    if (transcript->surface == MTL_SURFACE_PROTOCOL)
        action = "answers with an error of its protocol";
    if (transcript->surface == MTL_SURFACE_GARBLED)
        action = "sends an alert that cannot be decrypted";
    if (transcript->surface == MTL_SURFACE_RESET)
        action = "resets the connection";
    return mtl_arena_printf(arena, "%s %s%s", by->label, action, moment_text(transcript->moment));
}

static const char *
why(struct mtl_arena *arena, const struct mtl_transcript *transcript)
{
    const char *blamed = mtl_blamed_text(arena, transcript), *cause;

    if (transcript->outcome == MTL_UNDETERMINED)
        return transcript->why_undetermined;
    if (transcript->outcome == MTL_ESTABLISHED)
        return transcript->client_sends == 1 ? "established" : "established without a client certificate";
    cause = mtl_cause_text(arena, transcript);
    return blamed == NULL ? cause : mtl_arena_printf(arena, "%s; %s", cause, blamed);
}

static void
add_sentence(struct mtl_page *page, const char *sentence)
{
    mtl_page_field(page, "", MTL_INK_PLAIN, mtl_text_safe(page->text.arena, mtl_slice_text(sentence), 0));
}

/* What is the same in all versions is said once. */
static void
add_versions(struct mtl_page *page, const struct mtl_matrix_group *group,
             const char *(*word)(struct mtl_arena *, const struct mtl_transcript *))
{
    struct mtl_arena *arena = page->text.arena;
    struct mtl_text text = {.arena = arena};
    const char *first = NULL;
    bool differ = false;

    for (size_t tls = 0; tls < MTL_TLS_COUNT; tls++) {
        const char *words = group->versions[tls] == NULL ? NULL : word(arena, group->versions[tls]);

        if (words == NULL)
            continue;
        differ = differ || (first != NULL && strcmp(first, words) != 0);
        first = words;
        mtl_text_printf(&text, "%sTLS %s: %s", text.size == 0 ? "" : "; ", mtl_tls_text((enum mtl_tls)tls), words);
    }
    if (first != NULL)
        add_sentence(page, differ ? text.text : first);
}

static void
add_story(struct mtl_page *page, const struct mtl_matrix_group *group)
{
    bool is_plain = group->outcome == MTL_ESTABLISHED;

    for (size_t tls = 0; tls < MTL_TLS_COUNT; tls++) {
        if (group->versions[tls] == NULL)
            add_sentence(page, tls == MTL_TLS12 ? "TLS 1.3 only" : "TLS 1.2 only");
        else
            is_plain = is_plain && group->versions[tls]->client_sends == 1;
    }
    if (is_plain)
        return;
    add_versions(page, group, why);
    if (group->outcome == MTL_HANDSHAKE_REJECTED)
        add_versions(page, group, how);
}

/* ---- the page ------------------------------------------------------------------------------------------------- */

/* "orders (go-1.26)", "orders on 7 stacks" */
static const char *
seat(struct mtl_arena *arena, const struct mtl_matrix *matrix, enum mtl_role role)
{
    const struct mtl_side *side = &matrix->question->sides[role];

    if (matrix->varied[role])
        return mtl_arena_printf(arena, "%s on %zu stacks", side->label, matrix->counts[role]);
    return mtl_arena_printf(arena, "%s on %s", side->label, side->stack->id);
}

static void
add_head(struct mtl_page *page, const struct mtl_matrix *matrix)
{
    struct mtl_arena *arena = page->text.arena;
    enum mtl_ink ink = MTL_INK_GREEN;
    char at[MTL_TIME_TEXT_SIZE];
    const char *seats =
        mtl_arena_printf(arena, "%s, %s", seat(arena, matrix, MTL_CLIENT), seat(arena, matrix, MTL_SERVER));

    for (size_t i = 0; i < matrix->group_count; i++)
        if (matrix->groups[i].outcome != MTL_ESTABLISHED && ink != MTL_INK_RED)
            ink = outcomes[matrix->groups[i].outcome].ink;
    mtl_page_words(page, ink, 0, mtl_matrix_headline(arena, matrix));
    mtl_page_words(page, MTL_INK_DIM, 0,
                   mtl_arena_printf(arena, "%s, judged at %s", mtl_text_safe(arena, mtl_slice_text(seats), 0),
                                    mtl_time_text(matrix->question->now, at)));
    mtl_page_end_line(page);
}

static bool
rests_on_less_than_recordings(const struct mtl_matrix *matrix)
{
    for (size_t i = 0; i < matrix->cell_count; i++)
        for (size_t role = 0; role < 2; role++)
            if (matrix->varied[role] && matrix->cells[i].stacks[role]->evidence != MTL_EVIDENCE_RECORDED)
                return true;
    return false;
}

/* Judged for the pair that speaks for its group. */
static void
add_fixes(struct mtl_page *page, const struct mtl_matrix *matrix)
{
    const struct mtl_matrix_group *group = matrix->groups;
    const struct mtl_transcript *transcript = NULL;

    while (group < matrix->groups + matrix->group_count && group->outcome != MTL_HANDSHAKE_REJECTED)
        group++;
    for (size_t tls = 0; group < matrix->groups + matrix->group_count && tls < MTL_TLS_COUNT; tls++)
        if (group->versions[tls] != NULL &&
            (group->versions[tls]->fix_count > 0 || group->versions[tls]->advice != NULL))
            transcript = group->versions[tls];
    if (transcript == NULL)
        return;
    mtl_page_end_line(page);
    mtl_page_fixes(page, transcript);
    mtl_page_field(page, "", MTL_INK_DIM,
                   mtl_arena_printf(page->text.arena, "(for %s as client and %s as server)",
                                    transcript->client->stack->id, transcript->server->stack->id));
}

bool
mtl_report_matrix_text(struct mtl_arena *arena, const struct mtl_matrix *matrix,
                       const struct mtl_report_options *options, mtl_write *write, void *context)
{
    struct mtl_page page = mtl_page_new(arena, options);
    const char *option = matrix->varied[MTL_CLIENT] ? "--client-stack" : "--server-stack";

    add_head(&page, matrix);
    for (size_t i = 0; i < matrix->group_count; i++) {
        add_blocks(&page, matrix, &matrix->groups[i]);
        add_story(&page, &matrix->groups[i]);
    }
    add_fixes(&page, matrix);
    mtl_page_end_line(&page);
    if (rests_on_less_than_recordings(matrix))
        mtl_page_words(&page, MTL_INK_DIM, 0, "* not recorded from the running stack: read in its source or documents");
    mtl_page_words(
        &page, MTL_INK_DIM, 0,
        mtl_arena_printf(arena, "With one stack's id for %s: its log lines, the chain it tried, its fixes.", option));
    return mtl_page_write(&page, write, context);
}
