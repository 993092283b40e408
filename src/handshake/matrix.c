/*
 * All pairs of stacks for one pair of sides, grouped by what is predicted.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/matrix.h"
#include "handshake/scene.h"

#include <stdlib.h>
#include <string.h>

struct comparison {
    struct mtl_arena *arena;
    struct mtl_matrix *matrix;
    uint32_t versions;
    struct mtl_matrix_group *groups;
    size_t group_count, group_capacity;
    struct mtl_matrix_cell *cells;
    size_t cell_count;
    size_t *group_of; /* [client * servers + server] */
};

/* ---- what behaves alike --------------------------------------------------------------------------------------- */

static bool
is_same_text(const char *a, const char *b)
{
    if (a == b || a == NULL || b == NULL)
        return a == b;
    return strcmp(a, b) == 0;
}

static bool
blame_the_same(const struct mtl_loaded_cert *a, const struct mtl_loaded_cert *b)
{
    if (a == b || a == NULL || b == NULL)
        return a == b;
    return mtl_cert_same(a->cert, b->cert);
}

static bool
end_alike(const struct mtl_transcript *a, const struct mtl_transcript *b)
{
    if (a->outcome != b->outcome || a->client_sends != b->client_sends)
        return false;
    if (a->outcome == MTL_UNDETERMINED)
        return is_same_text(a->why_undetermined, b->why_undetermined);
    if (a->outcome == MTL_ESTABLISHED)
        return true;
    return a->rejected_by == b->rejected_by && a->local == b->local && a->surface == b->surface &&
           a->alert == b->alert && a->http_status == b->http_status && a->moment == b->moment &&
           is_same_text(a->at_message, b->at_message) &&
           is_same_text(mtl_reason_slug(a->reason), mtl_reason_slug(b->reason)) &&
           a->certificate_owner == b->certificate_owner && blame_the_same(a->certificate, b->certificate);
}

static bool
belongs(const struct mtl_matrix_group *group, const struct mtl_transcript *tried, uint32_t versions)
{
    for (int tls = 0; tls < MTL_TLS_COUNT; tls++) {
        bool is_predicted = (versions >> tls & 1) != 0;

        if (is_predicted != (group->versions[tls] != NULL) ||
            (is_predicted && !end_alike(group->versions[tls], &tried[tls])))
            return false;
    }
    return true;
}

/* ---- all pairs ------------------------------------------------------------------------------------------------ */

/* Tells the first pair's story once more, with words. */
static struct mtl_matrix_group *
add_group(struct comparison *comparison, const struct mtl_handshake_question *pair, uint32_t versions)
{
    struct mtl_arena *arena = comparison->arena;
    struct mtl_handshake_question *question = mtl_arena_alloc(arena, sizeof(*question));
    struct mtl_matrix_group *group;
    enum mtl_stage stage;

    *question = *pair;
    comparison->groups = mtl_arena_grow(arena, comparison->groups, comparison->group_count, &comparison->group_capacity,
                                        sizeof(*comparison->groups));
    group = &comparison->groups[comparison->group_count++];
    *group = (struct mtl_matrix_group){.outcome = MTL_ESTABLISHED, .question = question};
    for (int tls = 0; tls < MTL_TLS_COUNT; tls++) {
        if ((versions >> tls & 1) == 0)
            continue;
        group->versions[tls] = mtl_handshake_walk(arena, question, (enum mtl_tls)tls, &stage);
        if (group->versions[tls]->outcome == MTL_HANDSHAKE_REJECTED || group->outcome == MTL_ESTABLISHED)
            group->outcome = group->versions[tls]->outcome;
    }
    return group;
}

static size_t
try_pair(struct comparison *comparison, const struct mtl_handshake_question *pair)
{
    uint32_t versions = mtl_handshake_versions(pair, comparison->versions);
    struct mtl_transcript tried[MTL_TLS_COUNT];
    struct mtl_matrix_group *group;
    size_t index = 0;

    for (int tls = 0; tls < MTL_TLS_COUNT; tls++)
        if ((versions >> tls & 1) != 0)
            (void)mtl_scene_play(comparison->arena, pair, (enum mtl_tls)tls, &tried[tls]);
    while (index < comparison->group_count && !belongs(&comparison->groups[index], tried, versions))
        index++;
    group = index < comparison->group_count ? &comparison->groups[index] : add_group(comparison, pair, versions);
    group->pair_count++;
    for (int tls = 0; tls < MTL_TLS_COUNT; tls++)
        if ((versions >> tls & 1) != 0)
            comparison->cells[comparison->cell_count++] = (struct mtl_matrix_cell){
                .group = index,
                .stacks = {pair->sides[MTL_CLIENT].stack, pair->sides[MTL_SERVER].stack},
                .tls = (enum mtl_tls)tls,
                .native = tried[tls].native,
                .native_depth = tried[tls].native_depth,
            };
    return index;
}

static void
try_all(struct comparison *comparison)
{
    const struct mtl_matrix *matrix = comparison->matrix;
    struct mtl_handshake_question pair = *matrix->question;
    size_t clients = matrix->counts[MTL_CLIENT], servers = matrix->counts[MTL_SERVER];

    if (pair.memory == NULL)
        pair.memory = mtl_memory_new(comparison->arena);
    comparison->cells =
        mtl_arena_array(comparison->arena, clients * servers * MTL_TLS_COUNT, sizeof(*comparison->cells));
    comparison->group_of = mtl_arena_array(comparison->arena, clients * servers, sizeof(*comparison->group_of));
    for (size_t client = 0; client < clients; client++)
        for (size_t server = 0; server < servers; server++) {
            pair.sides[MTL_CLIENT].stack = matrix->stacks[MTL_CLIENT][client];
            pair.sides[MTL_SERVER].stack = matrix->stacks[MTL_SERVER][server];
            comparison->group_of[client * servers + server] = try_pair(comparison, &pair);
        }
}

/* ---- blocks --------------------------------------------------------------------------------------------------- */

/* Has this client, in that group, the same servers as another one? */
static bool
meets_the_same(const struct comparison *comparison, size_t group, size_t client, size_t other)
{
    size_t servers = comparison->matrix->counts[MTL_SERVER];
    const size_t *row = &comparison->group_of[client * servers], *other_row = &comparison->group_of[other * servers];

    for (size_t i = 0; i < servers; i++)
        if ((row[i] == group) != (other_row[i] == group))
            return false;
    return true;
}

static bool
meets_any(const struct comparison *comparison, size_t group, size_t client)
{
    size_t servers = comparison->matrix->counts[MTL_SERVER];

    for (size_t i = 0; i < servers; i++)
        if (comparison->group_of[client * servers + i] == group)
            return true;
    return false;
}

/* The clients from this one on that meet the same servers in this group; the servers are those of its row. */
static struct mtl_matrix_block
make_block(const struct comparison *comparison, size_t group, size_t first)
{
    const struct mtl_matrix *matrix = comparison->matrix;
    size_t clients = matrix->counts[MTL_CLIENT], servers = matrix->counts[MTL_SERVER], counts[2] = {0, 0};
    const struct mtl_stack **client = mtl_arena_array(comparison->arena, clients, sizeof(*client));
    const struct mtl_stack **server = mtl_arena_array(comparison->arena, servers, sizeof(*server));

    for (size_t i = first; i < clients; i++)
        if (meets_the_same(comparison, group, first, i))
            client[counts[MTL_CLIENT]++] = matrix->stacks[MTL_CLIENT][i];
    for (size_t i = 0; i < servers; i++)
        if (comparison->group_of[first * servers + i] == group)
            server[counts[MTL_SERVER]++] = matrix->stacks[MTL_SERVER][i];
    return (struct mtl_matrix_block){.stacks = {client, server}, .counts = {counts[MTL_CLIENT], counts[MTL_SERVER]}};
}

static void
make_blocks(struct comparison *comparison, size_t index)
{
    struct mtl_matrix_group *group = &comparison->groups[index];
    struct mtl_matrix_block *blocks = NULL;
    size_t capacity = 0;

    for (size_t client = 0; client < comparison->matrix->counts[MTL_CLIENT]; client++) {
        bool is_new = meets_any(comparison, index, client);

        for (size_t earlier = 0; earlier < client && is_new; earlier++)
            is_new = !meets_the_same(comparison, index, client, earlier);
        if (!is_new)
            continue;
        blocks = mtl_arena_grow(comparison->arena, blocks, group->block_count, &capacity, sizeof(*blocks));
        blocks[group->block_count++] = make_block(comparison, index, client);
    }
    group->blocks = blocks;
}

/* ---- the whole ------------------------------------------------------------------------------------------------ */

static void
choose_stacks(struct comparison *comparison, enum mtl_role role)
{
    struct mtl_matrix *matrix = comparison->matrix;
    const struct mtl_side *side = &matrix->question->sides[role];
    size_t most = matrix->varied[role] ? mtl_stack_count() : 1, count = 0, cursor = 0;
    const struct mtl_stack **stacks = mtl_arena_array(comparison->arena, most, sizeof(*stacks)), *stack;

    matrix->stacks[role] = side->stacks;
    matrix->counts[role] = side->stack_count;
    if (matrix->varied[role] && side->stack_count > 0)
        return;
    if (!matrix->varied[role])
        stacks[count++] = side->stack;
    while (matrix->varied[role] && (stack = mtl_stack_next_surveyed(&cursor)) != NULL)
        if (mtl_stack_plays(stack, role))
            stacks[count++] = stack;
    matrix->stacks[role] = stacks;
    matrix->counts[role] = count;
}

static int
compare_groups(const void *a, const void *b)
{
    const struct mtl_matrix_group *const *x = a, *const *y = b;

    if ((*x)->outcome != (*y)->outcome)
        return (*x)->outcome < (*y)->outcome ? -1 : 1;
    if ((*x)->pair_count != (*y)->pair_count)
        return (*x)->pair_count > (*y)->pair_count ? -1 : 1;
    return *x < *y ? -1 : 1;
}

static void
sort_groups(struct comparison *comparison)
{
    size_t count = comparison->group_count;
    const struct mtl_matrix_group **order = mtl_arena_array(comparison->arena, count, sizeof(*order));
    struct mtl_matrix_group *sorted = mtl_arena_array(comparison->arena, count, sizeof(*sorted));
    size_t *place = mtl_arena_array(comparison->arena, count, sizeof(*place));

    for (size_t i = 0; i < count; i++)
        order[i] = &comparison->groups[i];
    qsort(order, count, sizeof(const struct mtl_matrix_group *), compare_groups);
    for (size_t i = 0; i < count; i++) {
        sorted[i] = *order[i];
        place[order[i] - comparison->groups] = i;
    }
    for (size_t i = 0; i < comparison->cell_count; i++)
        comparison->cells[i].group = place[comparison->cells[i].group];
    comparison->groups = sorted;
}

/* In the newest version that is rejected. */
static void
fix_largest(struct comparison *comparison)
{
    size_t at = 0;

    while (at < comparison->group_count && comparison->groups[at].outcome != MTL_HANDSHAKE_REJECTED)
        at++;
    if (at == comparison->group_count)
        return;
    for (int tls = MTL_TLS_COUNT - 1; tls >= 0; tls--) {
        struct mtl_matrix_group *group = &comparison->groups[at];

        if (group->versions[tls] == NULL || group->versions[tls]->outcome != MTL_HANDSHAKE_REJECTED)
            continue;
        group->versions[tls] = mtl_handshake_predict(comparison->arena, group->question, (enum mtl_tls)tls);
        return;
    }
}

const struct mtl_matrix *
mtl_handshake_compare(struct mtl_arena *arena, const struct mtl_handshake_question *question, const bool varied[2],
                      uint32_t versions)
{
    struct mtl_matrix *matrix = mtl_arena_alloc(arena, sizeof(*matrix));
    struct comparison comparison = {.arena = arena, .matrix = matrix, .versions = versions};

    matrix->question = question;
    for (int role = 0; role < 2; role++) {
        matrix->varied[role] = varied[role];
        choose_stacks(&comparison, (enum mtl_role)role);
    }
    try_all(&comparison);
    for (size_t i = 0; i < comparison.group_count; i++)
        make_blocks(&comparison, i);
    sort_groups(&comparison);
    fix_largest(&comparison);
    matrix->groups = comparison.groups;
    matrix->group_count = comparison.group_count;
    matrix->cells = comparison.cells;
    matrix->cell_count = comparison.cell_count;
    return matrix;
}
