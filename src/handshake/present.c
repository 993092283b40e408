/*
 * What a side really puts on the wire: its file as it is, or, where the stack does so, a lone leaf completed with
 * issuers from the side's own trust store.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/scene.h"

bool
mtl_side_completes_chain(const struct mtl_side *side)
{
    return side->stack->completes_chain_from_own_trust && side->presents != NULL && side->presents->cert_count == 1;
}

static struct mtl_chain
copy_path(struct mtl_arena *arena, const struct mtl_path *path)
{
    struct mtl_loaded_cert *certs = mtl_arena_array(arena, path->count, sizeof *certs);

    for (size_t i = 0; i < path->count; i++)
        certs[i] = *path->certs[i];
    return (struct mtl_chain){.certs = certs, .count = path->count};
}

bool
mtl_side_misses_hashes(const struct mtl_side *side)
{
    return side->stack->reads_only_hashed_directories && side->trusts != NULL && side->trusts->is_directory &&
           !side->trusts->is_hashed;
}

const struct mtl_store *
mtl_side_store(struct mtl_arena *arena, const struct mtl_side *side)
{
    return mtl_store_new(arena, &side->trusts, mtl_side_misses_hashes(side) ? 0 : 1);
}

/* The path is sent as far as it was built, whether or not it holds: only building is wanted. */
static struct mtl_chain
complete(struct mtl_arena *arena, const struct mtl_handshake_question *question, const struct mtl_side *side,
         struct mtl_chain leaf)
{
    struct mtl_policy building = side->stack->policy;
    struct mtl_question asked = {
        .policy = &building,
        .presented = leaf,
        .store = mtl_side_store(arena, side),
        .subject = side->role,
        .depth = -1,
        .now = question->now,
        .budget = mtl_default_budget,
        .crypto = question->crypto,
    };
    const struct mtl_verdict *verdict;

    building.security_bits = 0;
    verdict = mtl_path_judge(arena, &asked);
    if (verdict->path_count == 0 || verdict->paths[verdict->decisive].count == 0)
        return leaf;
    return copy_path(arena, &verdict->paths[verdict->decisive]);
}

struct mtl_chain
mtl_side_sends(struct mtl_arena *arena, const struct mtl_handshake_question *question, const struct mtl_side *side)
{
    struct mtl_chain chain = {0};

    if (side->presents == NULL)
        return chain;
    chain = (struct mtl_chain){.certs = side->presents->certs, .count = side->presents->cert_count};
    if (!mtl_side_completes_chain(side) || side->trusts == NULL)
        return chain;
    return complete(arena, question, side, chain);
}
