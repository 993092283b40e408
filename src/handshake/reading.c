/*
 * What a side's stack takes from its trust store: the certificates that it can decode.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/scene.h"

static bool
is_taken(const struct mtl_stack *stack, const struct mtl_loaded_cert *cert)
{
    return !(stack->trusts_only_plain_certificates && cert->aux.present) &&
           mtl_reading_refusal(&stack->reading, cert->cert, true) == MTL_REASON_NONE;
}

const struct mtl_material *
mtl_side_trusted(struct mtl_arena *arena, const struct mtl_side *side)
{
    const struct mtl_material *all = side->trusts;
    struct mtl_material *taken;
    struct mtl_loaded_cert *certs;
    size_t count = 0;

    for (size_t i = 0; all != NULL && i < all->cert_count; i++)
        count += is_taken(side->stack, &all->certs[i]);
    if (all == NULL || count == all->cert_count)
        return all;
    taken = mtl_arena_alloc(arena, sizeof *taken);
    certs = mtl_arena_array(arena, count, sizeof *certs);
    *taken = *all;
    taken->certs = certs;
    taken->cert_count = 0;
    for (size_t i = 0; i < all->cert_count; i++)
        if (is_taken(side->stack, &all->certs[i]))
            certs[taken->cert_count++] = all->certs[i];
    return taken;
}
