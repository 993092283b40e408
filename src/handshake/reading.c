/*
 * What a side's stack takes from its trust store: the certificates that it can decode.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/scene.h"

#include <string.h>

enum mtl_reason
mtl_stack_refuses_leaf(const struct mtl_stack *stack, const struct mtl_cert *leaf)
{
    uint32_t curves = stack->reading.leaf_curves;

    if (curves == 0 || leaf->key.type != MTL_KEY_EC || (curves & 1U << leaf->key.curve) != 0)
        return mtl_reading_refusal(&stack->reading, leaf, false);
    return leaf->key.curve == MTL_CURVE_EXPLICIT ? MTL_REASON_EXPLICIT_CURVE : MTL_REASON_UNKNOWN_CURVE;
}

static bool
is_about_key(const struct mtl_stack *stack, enum mtl_reason reason, const struct mtl_cert *cert)
{
    const struct mtl_reading_oddity *oddity =
        reason == MTL_REASON_MALFORMED ? mtl_reading_find_oddity(&stack->reading, cert) : NULL;

    return reason == MTL_REASON_EXPLICIT_CURVE || reason == MTL_REASON_UNKNOWN_CURVE ||
           (oddity != NULL && oddity->oddity == MTL_ODD_KEY_UNUSABLE);
}

enum mtl_reason
mtl_stack_cannot_read(const struct mtl_stack *stack, enum mtl_tls tls, const struct mtl_cert *cert, bool is_leaf)
{
    enum mtl_reason reason =
        is_leaf ? mtl_stack_refuses_leaf(stack, cert) : mtl_reading_refusal(&stack->reading, cert, false);
    bool is_hidden = stack->hides_unreadable[tls] || (!is_leaf && stack->decodes_issuers_last[tls]);

    if (!is_leaf && stack->decodes_curves_of_leaf_only[tls] && is_about_key(stack, reason, cert))
        return MTL_REASON_NONE;
    return is_hidden && reason != MTL_REASON_NONE ? MTL_REASON_UNDECODABLE : reason;
}

const struct mtl_stack_reason *
mtl_reading_words(struct mtl_arena *arena, const struct mtl_stack *stack, enum mtl_reason reason,
                  const struct mtl_cert *cert)
{
    const struct mtl_stack_reason *general = mtl_stack_reason(stack, reason);
    const struct mtl_reading_oddity *oddity =
        reason == MTL_REASON_MALFORMED ? mtl_reading_find_oddity(&stack->reading, cert) : NULL;
    struct mtl_stack_reason *words;

    if (general == NULL || oddity == NULL || oddity->text == NULL)
        return general;
    words = mtl_arena_alloc(arena, sizeof *words);
    *words = *general;
    words->native_text = oddity->text;
    return words;
}

const char *
mtl_reading_doubt(struct mtl_arena *arena, const struct mtl_stack *stack, const struct mtl_cert *cert)
{
    const struct mtl_reading_oddity *oddity = mtl_reading_find_oddity(&stack->reading, cert);

    if (stack->evidence == MTL_EVIDENCE_ASSUMED)
        return mtl_assumed_doubt_of_cert(arena, stack, cert);
    if (oddity == NULL || oddity->doubt == NULL)
        return NULL;
    return mtl_arena_printf(arena, "it is not known whether %s takes a certificate: %s", stack->title, oddity->doubt);
}

struct mtl_chain
mtl_chain_as_read(struct mtl_arena *arena, const struct mtl_reading *reading, struct mtl_chain chain)
{
    struct mtl_loaded_cert *seen = NULL;

    for (size_t i = 0; i < chain.count; i++) {
        if (!mtl_reading_passes_over_extensions(reading, chain.certs[i].cert))
            continue;
        if (seen == NULL) {
            seen = mtl_arena_array(arena, chain.count, sizeof *seen);
            memcpy(seen, chain.certs, chain.count * sizeof *seen);
        }
        struct mtl_cert *bare = mtl_arena_alloc(arena, sizeof *bare);
        *bare = mtl_cert_without_extensions(chain.certs[i].cert);
        seen[i].cert = bare;
    }
    return seen == NULL ? chain : (struct mtl_chain){.certs = seen, .count = chain.count};
}

static const struct mtl_stack_reason *
say_last(struct mtl_arena *arena, const struct mtl_stack *stack, const struct mtl_verdict *verdict)
{
    const struct mtl_path *path = &verdict->paths[verdict->decisive];
    const struct mtl_stack_reason *first = mtl_stack_reason(stack, verdict->failure.reason);
    const struct mtl_stack_reason *last = mtl_stack_reason(stack, path->failures[path->failure_count - 1].reason);
    struct mtl_stack_reason *words = mtl_arena_alloc(arena, sizeof *words);

    if (first == NULL || last == NULL)
        return NULL;
    *words = *last;
    memcpy(words->alert, first->alert, sizeof words->alert);
    return words;
}

const struct mtl_stack_reason *
mtl_verdict_words(struct mtl_arena *arena, const struct mtl_stack *stack, const struct mtl_verdict *verdict)
{
    enum mtl_reason reason = verdict->failure.reason;
    bool is_date = reason == MTL_REASON_EXPIRED || reason == MTL_REASON_NOT_YET_VALID;

    if (verdict->search_failed && stack->search_failure != NULL)
        return stack->search_failure;
    for (size_t i = 0; verdict->searched && i < stack->search_reason_count; i++)
        if (stack->search_reasons[i].reason == reason)
            return &stack->search_reasons[i];
    if (stack->last_failure_speaks)
        return say_last(arena, stack, verdict);
    if (is_date && verdict->failure.depth > 0 && stack->issuer_dates != NULL)
        return stack->issuer_dates;
    return mtl_stack_reason(stack, reason);
}

const char *
mtl_leaf_key_doubt(const struct mtl_side *verifier, struct mtl_chain chain)
{
    if (!verifier->stack->needs_leaf_key || verifier->verify == MTL_VERIFY_NONE || verifier->verify == MTL_VERIFY_ASK ||
        mtl_cert_key_is_usable(chain.certs[0].cert))
        return NULL;
    return "a leaf's key does not decode, and the alert for it depends on failures that were let pass";
}

const char *
mtl_verdict_doubt(struct mtl_arena *arena, const struct mtl_stack *stack, const struct mtl_verdict *verdict)
{
    const struct mtl_path *path = verdict->path_count > 0 ? &verdict->paths[verdict->decisive] : NULL;
    const char *doubt = verdict->undetermined;

    for (size_t i = path == NULL ? 0 : path->presented_count; path != NULL && i < path->count && doubt == NULL; i++)
        doubt = mtl_reading_doubt(arena, stack, path->certs[i]->cert);
    return doubt;
}

/* broken: in it, a block is; NULL: none is. */
static bool
is_lost(const struct mtl_stack *stack, const struct mtl_note *broken, const struct mtl_loaded_cert *cert)
{
    return broken != NULL && (stack->broken_block_empties_trust ||
                              (stack->broken_block_ends_trust && cert->source.line > broken->source.line));
}

static bool
is_taken(const struct mtl_side *side, const struct mtl_loaded_cert *cert, mtl_time now)
{
    const struct mtl_material *file = side->trusts;
    const struct mtl_stack *stack = side->stack;

    if (stack->reads_key_stores && cert->entry != MTL_ENTRY_NONE && cert->entry != MTL_ENTRY_TRUSTED &&
        cert->entry != MTL_ENTRY_KEY)
        return false;
    if (stack->drops_stale_trust && side->verify != MTL_VERIFY_NONE &&
        (now < cert->cert->not_before || now > cert->cert->not_after))
        return false;
    if (is_lost(stack, file->is_directory ? NULL : file->chain_refusal, cert))
        return false;
    return !(stack->trusts_only_plain_certificates && cert->aux.present) &&
           mtl_reading_refusal(&stack->reading, cert->cert, true) == MTL_REASON_NONE;
}

const struct mtl_material *
mtl_side_trusted(struct mtl_arena *arena, const struct mtl_side *side, mtl_time now)
{
    const struct mtl_material *all = side->trusts;
    struct mtl_material *taken;
    struct mtl_loaded_cert *certs;
    bool differs = all != NULL && side->stack->ignores_crls_in_trust && all->crl_count > 0;
    size_t count = 0;

    for (size_t i = 0; all != NULL && i < all->cert_count; i++)
        count += is_taken(side, &all->certs[i], now);
    for (size_t i = 0; all != NULL && i < all->cert_count; i++)
        differs = differs || mtl_reading_passes_over_extensions(&side->stack->reading, all->certs[i].cert);
    if (all == NULL || (count == all->cert_count && !differs))
        return all;
    taken = mtl_arena_alloc(arena, sizeof *taken);
    certs = mtl_arena_array(arena, count, sizeof *certs);
    *taken = *all;
    if (side->stack->ignores_crls_in_trust) {
        taken->crls = NULL;
        taken->crl_count = 0;
    }
    taken->certs = certs;
    taken->cert_count = 0;
    for (size_t i = 0; i < all->cert_count; i++)
        if (is_taken(side, &all->certs[i], now))
            certs[taken->cert_count++] = all->certs[i];
    taken->certs =
        mtl_chain_as_read(arena, &side->stack->reading, (struct mtl_chain){.certs = certs, .count = count}).certs;
    return taken;
}

uint8_t
mtl_unreadable_alert(const struct mtl_scene *scene, enum mtl_role verifier)
{
    const struct mtl_stack *stack = scene->question->sides[verifier].stack;
    uint8_t alert = stack->undecodable_alert[verifier];

    if (stack->unreadable_leaf_alert[scene->tls] != NULL && scene->out->native != NULL)
        return stack->unreadable_leaf_alert[scene->tls][scene->out->native->reason];

    return alert != 0 || scene->out->native == NULL ? alert : scene->out->native->alert[verifier][scene->tls];
}
