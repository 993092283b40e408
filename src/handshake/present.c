/*
 * What a side really puts on the wire: its file as it is, or, where the stack does so, a lone leaf completed with
 * issuers from the side's own trust store.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/scene.h"

#include <string.h>

static bool
is_skipped(const struct mtl_side *side, size_t index)
{
    return index > 0 && side->stack->skips_trusted_blocks_in_chains &&
           strcmp(side->presents->certs[index].source.label, "TRUSTED CERTIFICATE") == 0;
}

static size_t
count_loaded(const struct mtl_side *side)
{
    size_t count = 0;

    for (size_t i = 0; side->presents != NULL && i < side->presents->cert_count; i++)
        count += !is_skipped(side, i);
    return count;
}

bool
mtl_side_completes_chain(const struct mtl_side *side)
{
    bool has_trust = side->verify != MTL_VERIFY_NONE || !side->stack->loads_trust_only_to_verify;

    return side->stack->completes_chain_from_own_trust && has_trust && count_loaded(side) == 1;
}

static struct mtl_chain
load_chain(struct mtl_arena *arena, const struct mtl_side *side)
{
    size_t count = count_loaded(side), loaded = 0;
    struct mtl_loaded_cert *certs = mtl_arena_array(arena, count, sizeof(*certs));

    for (size_t i = 0; i < side->presents->cert_count; i++)
        if (!is_skipped(side, i))
            certs[loaded++] = side->presents->certs[i];
    return (struct mtl_chain){.certs = certs, .count = count};
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
mtl_side_store(struct mtl_arena *arena, const struct mtl_side *side, const struct mtl_material *trusted)
{
    return mtl_store_new(arena, &trusted, mtl_side_misses_hashes(side) ? 0 : 1);
}

/* The path is sent as far as it was built, whether or not it holds: only building is wanted. */
static struct mtl_chain
complete(struct mtl_arena *arena, const struct mtl_handshake_question *question, const struct mtl_side *side,
         const struct mtl_store *store, struct mtl_chain leaf)
{
    struct mtl_policy building = side->stack->policy;
    struct mtl_question asked = {
        .policy = &building,
        .presented = leaf,
        .store = store,
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

/* Without any trust its own certificates are all there is. */
static struct mtl_chain
build(struct mtl_arena *arena, const struct mtl_handshake_question *question, const struct mtl_side *side,
      const struct mtl_store *store, struct mtl_chain own)
{
    struct mtl_question asked = {
        .policy = &side->stack->policy,
        .presented = own,
        .store = store == NULL ? mtl_store_new(arena, NULL, 0) : store,
        .subject = side->role,
        .depth = -1,
        .now = question->now,
        .budget = mtl_default_budget,
        .crypto = question->crypto,
    };
    struct mtl_chain chain = mtl_chain_climb(arena, &asked);
    const struct mtl_cert *last = chain.certs[chain.count - 1].cert;

    if (side->role == MTL_CLIENT && chain.count > 1 && mtl_cert_is_self_signed(last))
        chain.count--;
    return chain;
}

struct mtl_chain
mtl_side_sends(struct mtl_arena *arena, const struct mtl_handshake_question *question, const struct mtl_side *side,
               const struct mtl_store *store)
{
    struct mtl_chain chain = {0};

    if (side->presents == NULL)
        return chain;
    chain = load_chain(arena, side);
    if (side->stack->builds_own_chain && chain.count > 0)
        return build(arena, question, side, store, chain);
    if (side->stack->sorts_own_chain)
        chain = mtl_chain_sort(arena, &side->stack->policy, chain);
    if (!mtl_side_completes_chain(side) || store == NULL)
        return chain;
    return complete(arena, question, side, store, chain);
}
