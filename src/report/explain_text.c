/*
 * Lines of logs explained to a person.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/explain.h"

#include <string.h>

#define MOST_REASONS 8U /* listed */
#define MOST_STACKS 4U  /* named behind each */
#define MOST_SPEAKERS 6U

/* ---- what it can be ------------------------------------------------------------------------------------------- */

/* One reason an alert can stand for, and who answers so. */
struct possibility {
    const char *sentence;
    const bool *stacks;
    size_t stack_count;
};

static size_t
count_stacks(const bool *stacks)
{
    size_t count = 0;

    for (size_t i = 0; i < mtl_stack_count(); i++)
        count += stacks[i];
    return count;
}

/* Those that most stacks answer so come first; equal ones in the order of enum mtl_reason. */
static size_t
gather(struct mtl_arena *arena, const struct mtl_meaning *meaning, struct possibility list[MTL_REASON_COUNT])
{
    size_t count = 0;

    for (int reason = MTL_REASON_NONE + 1; reason < MTL_REASON_COUNT; reason++) {
        const bool *stacks = mtl_stacks_by_reason(arena, meaning, (enum mtl_reason)reason);
        struct possibility found = {mtl_reason_sentence((enum mtl_reason)reason), stacks, count_stacks(stacks)};
        size_t at = count;

        if (found.stack_count == 0)
            continue;
        for (; at > 0 && list[at - 1].stack_count < found.stack_count; at--)
            list[at] = list[at - 1];
        list[at] = found;
        count++;
    }
    return count;
}

static void
add_more(struct mtl_page *page, size_t left)
{
    if (left > 0)
        mtl_page_field(page, "", MTL_INK_DIM,
                       mtl_arena_printf(page->text.arena, "and %zu more, see: mtlslint stacks --markdown", left));
}

static void
add_alert_reasons(struct mtl_page *page, const struct mtl_meaning *meaning)
{
    struct mtl_arena *arena = page->text.arena;
    struct possibility *list = mtl_arena_array(arena, MTL_REASON_COUNT, sizeof(*list));
    size_t count = gather(arena, meaning, list);

    for (size_t i = 0; i < count && i < MOST_REASONS; i++)
        mtl_page_field(
            page, i == 0 ? "can be" : "", MTL_INK_PLAIN,
            mtl_arena_printf(arena, "%s (%s)", list[i].sentence, mtl_some_stacks(arena, list[i].stacks, MOST_STACKS)));
    add_more(page, count > MOST_REASONS ? count - MOST_REASONS : 0);
}

/* Each sentence once: several reasons may share it. */
static void
add_own_reasons(struct mtl_page *page, const struct mtl_meaning *meaning)
{
    const char *said[MTL_REASON_COUNT];
    size_t count = 0;

    if (meaning->any_reason) {
        mtl_page_field(page, "can be", MTL_INK_PLAIN, "any fault of a certificate: these words tell no reason");
        return;
    }
    for (int reason = MTL_REASON_NONE + 1; reason < MTL_REASON_COUNT; reason++) {
        const char *sentence = mtl_reason_sentence((enum mtl_reason)reason);
        bool is_new = meaning->reasons[reason];

        for (size_t i = 0; i < count && is_new; i++)
            is_new = strcmp(said[i], sentence) != 0;
        if (!is_new)
            continue;
        if (count < MOST_REASONS)
            mtl_page_field(page, count == 0 ? "can be" : "", MTL_INK_PLAIN, sentence);
        said[count++] = sentence;
    }
    add_more(page, count > MOST_REASONS ? count - MOST_REASONS : 0);
}

static void
add_reasons(struct mtl_page *page, const struct mtl_meaning *meaning)
{
    if (meaning->saying == MTL_SAYS_IS_REJECTED && meaning->alert != 0)
        add_alert_reasons(page, meaning);
    else if (meaning->saying == MTL_SAYS_REJECTS || meaning->saying == MTL_SAYS_OWN_FAULT)
        add_own_reasons(page, meaning);
}

/* ---- one explanation ------------------------------------------------------------------------------------------ */

static void
add_lines(struct mtl_page *page, const struct mtl_explained *group, const struct mtl_explained_log *log)
{
    struct mtl_arena *arena = page->text.arena;

    if (log->line_count == 1)
        return;
    mtl_page_add(page, MTL_INK_BOLD, mtl_arena_printf(arena, "line %zu", group->numbers[0]));
    if (group->count > 1)
        mtl_page_add(page, MTL_INK_PLAIN, mtl_arena_printf(arena, " and %zu like it", group->count - 1));
    mtl_page_add(page, MTL_INK_DIM, mtl_arena_printf(arena, ": %s", group->line));
    mtl_page_end_line(page);
}

static void
add_group(struct mtl_page *page, const struct mtl_explained *group, const struct mtl_explained_log *log)
{
    struct mtl_arena *arena = page->text.arena;
    const struct mtl_meaning *meaning = &group->explanation.meanings[0];
    const char *stacks = mtl_some_stacks(arena, meaning->stacks, MOST_SPEAKERS);

    add_lines(page, group, log);
    mtl_page_field(page, "meaning", MTL_INK_BOLD, mtl_saying_text(arena, meaning));
    if (stacks != NULL)
        mtl_page_field(page, "words of", MTL_INK_PLAIN, stacks);
    if (meaning->what != NULL)
        mtl_page_field(page, "", MTL_INK_PLAIN, meaning->what);
    add_reasons(page, meaning);
    if (log->handshake != NULL)
        mtl_page_field(page, "for these files", MTL_INK_BOLD, mtl_borne_out(arena, meaning, log->handshake));
    mtl_page_field(page, "look first at", MTL_INK_PLAIN, mtl_look_text(meaning));
    if (mtl_not_text(meaning) != NULL)
        mtl_page_field(page, "not", MTL_INK_PLAIN, mtl_not_text(meaning));
}

bool
mtl_report_explained_text(struct mtl_arena *arena, const struct mtl_explained_log *log,
                          const struct mtl_report_options *options, mtl_write *write, void *context)
{
    struct mtl_page page = mtl_page_new(arena, options);

    for (size_t i = 0; i < log->group_count; i++) {
        if (i > 0)
            mtl_page_end_line(&page);
        add_group(&page, &log->groups[i], log);
    }
    if (log->line_count > 1 && log->unknown_count > 0) {
        if (log->group_count > 0)
            mtl_page_end_line(&page);
        mtl_page_add(&page, MTL_INK_DIM,
                     mtl_arena_printf(arena, "%zu of %zu lines are not about a handshake, as far as is known",
                                      log->unknown_count, log->line_count));
        mtl_page_end_line(&page);
    }
    return mtl_page_write(&page, write, context);
}
