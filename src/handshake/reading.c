/*
 * Which certificates a side's stack can decode at all: those it receives, its own, those of its trust store.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/scene.h"

enum mtl_reason
mtl_stack_refuses_to_read(const struct mtl_stack *stack, const struct mtl_cert *cert)
{
    const struct mtl_stack_reading *reading = &stack->reading;

    if (reading->refuses_differing_algorithms && !mtl_slice_equal(mtl_cert_bytes(cert, cert->tbs_signature_alg),
                                                                  mtl_cert_bytes(cert, cert->outer_signature_alg)))
        return MTL_REASON_ALGORITHMS_DIFFER;
    if (reading->refuses_duplicate_extensions && (cert->duplicate != 0 || cert->other_duplicate))
        return MTL_REASON_DUPLICATE_EXTENSION;
    if (reading->curves != 0 && cert->key.type == MTL_KEY_EC && (reading->curves & 1U << cert->key.curve) == 0)
        return cert->key.curve == MTL_CURVE_EXPLICIT ? MTL_REASON_EXPLICIT_CURVE : MTL_REASON_UNKNOWN_CURVE;
    if ((cert->malformed & reading->malformed_extensions) != 0)
        return MTL_REASON_MALFORMED;
    if (reading->refuses_odd_constraints && mtl_cert_constrains_odd_addresses(cert))
        return MTL_REASON_CONSTRAINT_SYNTAX;
    return MTL_REASON_NONE;
}

static bool
is_taken(const struct mtl_stack *stack, const struct mtl_loaded_cert *cert)
{
    return !(stack->trusts_only_plain_certificates && cert->aux.present) &&
           mtl_stack_refuses_to_read(stack, cert->cert) == MTL_REASON_NONE;
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
