/*
 * Plays what is established now again at each date of its material, until somebody rejects.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/first_break.h"
#include "handshake/scene.h"

/* A pair of stacks in one version that is established now. */
struct live {
    const struct mtl_stack *stacks[2];
    enum mtl_tls tls;
};

struct search {
    struct mtl_arena *arena;
    const struct mtl_handshake_question *question;
    struct live *live;
    size_t live_count, trials;
};

static void
add_live(struct search *search, const struct mtl_stack *client, const struct mtl_stack *server, enum mtl_tls tls)
{
    search->live[search->live_count++] = (struct live){.stacks = {client, server}, .tls = tls};
}

static void
list_pairs(struct search *search, const struct mtl_matrix *matrix)
{
    search->live = mtl_arena_array(search->arena, matrix->cell_count, sizeof(*search->live));
    for (size_t i = 0; i < matrix->cell_count; i++) {
        const struct mtl_matrix_cell *cell = &matrix->cells[i];

        if (matrix->groups[cell->group].versions[cell->tls]->outcome == MTL_ESTABLISHED)
            add_live(search, cell->stacks[MTL_CLIENT], cell->stacks[MTL_SERVER], cell->tls);
    }
}

static void
list_versions(struct search *search, uint32_t versions)
{
    const struct mtl_side *sides = search->question->sides;
    struct mtl_transcript now;

    search->live = mtl_arena_array(search->arena, MTL_TLS_COUNT, sizeof(*search->live));
    versions = mtl_handshake_versions(search->question, versions);
    for (int tls = 0; tls < MTL_TLS_COUNT; tls++) {
        if ((versions >> tls & 1) == 0)
            continue;
        (void)mtl_scene_play(search->arena, search->question, (enum mtl_tls)tls, &now);
        if (now.outcome == MTL_ESTABLISHED)
            add_live(search, sides[MTL_CLIENT].stack, sides[MTL_SERVER].stack, (enum mtl_tls)tls);
    }
}

/* Fills in the break, but for its date, if something that lives is rejected at that moment. */
static bool
breaks_at(struct search *search, mtl_time at, struct mtl_first_break *found)
{
    struct mtl_handshake_question *question = mtl_arena_alloc(search->arena, sizeof(*question));
    enum mtl_stage stage;

    *question = *search->question;
    question->now = at;
    question->memory = mtl_memory_new(search->arena);
    for (size_t i = 0; i < search->live_count && search->trials < MTL_MAX_BREAK_TRIALS; i++) {
        struct mtl_transcript then;

        search->trials++;
        question->sides[MTL_CLIENT].stack = search->live[i].stacks[MTL_CLIENT];
        question->sides[MTL_SERVER].stack = search->live[i].stacks[MTL_SERVER];
        (void)mtl_scene_play(search->arena, question, search->live[i].tls, &then);
        if (then.outcome != MTL_HANDSHAKE_REJECTED)
            continue;
        found->at = at;
        found->question = question;
        found->transcript = mtl_handshake_walk(search->arena, question, search->live[i].tls, &stage);
        return true;
    }
    return false;
}

/* A certificate ends at its last second or after it, as the stack has it: both are tried. */
static bool
find(struct search *search, struct mtl_dates dates, struct mtl_first_break *found)
{
    for (size_t i = 0; i < dates.count; i++) {
        found->date = dates.items[i];
        if (i > 0 && dates.items[i - 1].at == dates.items[i].at)
            continue;
        for (mtl_time at = dates.items[i].at; at <= dates.items[i].at + 1; at++)
            if (at > search->question->now && breaks_at(search, at, found))
                return true;
    }
    return false;
}

/* Of several things that happen at once, the one about what is blamed. */
static void
choose_date(struct mtl_dates dates, struct mtl_first_break *found)
{
    const struct mtl_loaded_cert *blamed = found->transcript->certificate;

    for (size_t i = 0; i < dates.count && blamed != NULL; i++) {
        if (dates.items[i].at == found->date.at && dates.items[i].cert != NULL &&
            mtl_cert_same(dates.items[i].cert->cert, blamed->cert))
            found->date = dates.items[i];
    }
}

bool
mtl_handshake_first_break(struct mtl_arena *arena, const struct mtl_handshake_question *question,
                          const struct mtl_matrix *matrix, uint32_t versions, mtl_time until,
                          struct mtl_first_break *found)
{
    const struct mtl_side *client = &question->sides[MTL_CLIENT], *server = &question->sides[MTL_SERVER];
    const struct mtl_material *const presented[] = {client->presents, server->presents, server->default_presents};
    const struct mtl_material *const others[] = {client->trusts, client->crls, server->trusts, server->crls};
    struct search search = {.arena = arena, .question = question};
    struct mtl_dates dates;

    if (matrix != NULL)
        list_pairs(&search, matrix);
    else
        list_versions(&search, versions);
    if (search.live_count == 0)
        return false;
    dates = mtl_dates_of(arena, presented, 3, others, 4, question->now, until);
    if (!find(&search, dates, found))
        return false;
    choose_date(dates, found);
    return true;
}
