/*
 * What a side makes of its own files, whoever its peer is, and the verdicts it reaches: once for all that are alike.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/scene.h"

#include <string.h>

/* Verdicts of one kind of verifier: same rules, same trust, same CRLs. */
struct opinion {
    const struct mtl_loaded_cert *certs; /* the chain: those of mtl_prepared.sent */
    size_t count;
    const struct mtl_verdict *verdict;  /* NULL: not reached yet */
    const char *doubt;                  /* of the verdict */
    bool is_readable[MTL_TLS_COUNT][2]; /* see mtl_prepared_readable() */
};
struct mtl_docket {
    struct opinion *opinions;
    size_t count, capacity;
};

struct mtl_memory {
    struct mtl_prepared **sides;
    size_t count, capacity;
    size_t found[2]; /* [role]: where the last one was; who asks for many asks in turn */
};

struct mtl_memory *
mtl_memory_new(struct mtl_arena *arena)
{
    return mtl_arena_alloc(arena, sizeof(struct mtl_memory));
}

/* ---- what is alike -------------------------------------------------------------------------------------------- */

static bool
holds_the_same(const struct mtl_loaded_cert *a, const struct mtl_loaded_cert *b, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (a[i].cert != b[i].cert)
            return false;
    return true;
}

static bool
trust_the_same(const struct mtl_prepared *a, const struct mtl_prepared *b)
{
    if (a->trusted == NULL || b->trusted == NULL)
        return a->trusted == b->trusted;
    return mtl_side_misses_hashes(&a->side) == mtl_side_misses_hashes(&b->side) &&
           a->trusted->crls == b->trusted->crls && a->trusted->cert_count == b->trusted->cert_count &&
           holds_the_same(a->trusted->certs, b->trusted->certs, a->trusted->cert_count);
}

static bool
have_the_same_phases(const struct mtl_policy *a, const struct mtl_policy *b)
{
    if (a->phase_count != b->phase_count)
        return false;
    for (size_t i = 0; i < a->phase_count; i++) {
        const struct mtl_phase *x = &a->phases[i], *y = &b->phases[i];
        const enum mtl_step *step = x->steps, *other = y->steps;

        if (x->direction != y->direction || x->before_building != y->before_building || x->scope != y->scope)
            return false;
        for (; *step != MTL_STEP_END && *step == *other; step++)
            other++;
        if (*step != *other)
            return false;
    }
    return true;
}

/*
 * Octet by octet, so that no trait can be forgotten here: padding or a pointer that differs costs a judgement, and
 * nothing else.
 */
static bool
have_the_same_policy(const struct mtl_policy *a, const struct mtl_policy *b)
{
    struct mtl_policy x, y;

    memcpy(&x, a, sizeof(x));
    memcpy(&y, b, sizeof(y));
    x.phases = y.phases = NULL;
    /* NOLINTNEXTLINE(bugprone-suspicious-memory-comparison,cert-exp42-c,cert-flp37-c) */
    return memcmp(&x, &y, sizeof(x)) == 0 && have_the_same_phases(a, b);
}

size_t
mtl_side_crl_count(const struct mtl_side *side)
{
    if (side->crls == NULL)
        return 0;
    return side->stack->reads_only_first_crl && side->crls->crl_count > 1 ? 1 : side->crls->crl_count;
}

/* How issuers are decoded is then part of the judgement. */
static bool
decode_alike(const struct mtl_stack *a, const struct mtl_stack *b)
{
    return a == b || !(a->reading.decodes_issuers_in_turn || b->reading.decodes_issuers_in_turn);
}

/* What a side presents is then part of the judgement. */
static bool
present_alike(const struct mtl_side *a, const struct mtl_side *b)
{
    return a->presents == b->presents || !(a->stack->judges_with_own_chain || b->stack->judges_with_own_chain);
}

static bool
asks_for_name(const struct mtl_side *side)
{
    return side->role == MTL_CLIENT && side->verify != MTL_VERIFY_NONE;
}

/* Intermediates that it allows; -1: as many as its stack does. */
static int
depth_of(const struct mtl_side *side)
{
    if (side->role == MTL_CLIENT && side->stack->client_ignores_depth)
        return -1;
    return side->stack->depth_counts_anchor && side->depth > 0 ? side->depth - 1 : side->depth;
}

static bool
asks_for_crls(const struct mtl_prepared *prepared)
{
    const struct mtl_side *side = &prepared->side;

    return side->crls != NULL ||
           (side->stack->crls_in_trust_count && prepared->trusted != NULL && prepared->trusted->crl_count > 0);
}

static bool
judge_alike(const struct mtl_prepared *a, const struct mtl_prepared *b)
{
    return a->side.role == b->side.role && a->store == b->store && a->side.crls == b->side.crls &&
           decode_alike(a->side.stack, b->side.stack) && present_alike(&a->side, &b->side) &&
           mtl_side_crl_count(&a->side) == mtl_side_crl_count(&b->side) && asks_for_crls(a) == asks_for_crls(b) &&
           depth_of(&a->side) == depth_of(&b->side) && asks_for_name(&a->side) == asks_for_name(&b->side) &&
           have_the_same_policy(&a->side.stack->policy, &b->side.stack->policy);
}

/* ---- preparing ------------------------------------------------------------------------------------------------ */

static void
borrow_or_make_store(struct mtl_arena *arena, const struct mtl_memory *memory, mtl_time now,
                     struct mtl_prepared *prepared)
{
    prepared->trusted = mtl_side_trusted(arena, &prepared->side, now);
    for (size_t i = 0; i < memory->count && prepared->store == NULL; i++)
        if (trust_the_same(memory->sides[i], prepared))
            prepared->store = memory->sides[i]->store;
    if (prepared->store == NULL && prepared->trusted != NULL)
        prepared->store = mtl_side_store(arena, &prepared->side, prepared->trusted);
}

/* Equal chains become one, so that a docket can compare addresses. */
static void
borrow(const struct mtl_memory *memory, struct mtl_prepared *prepared)
{
    for (size_t i = 0; i < memory->count; i++) {
        const struct mtl_prepared *other = memory->sides[i];

        if (other->sent.count == prepared->sent.count &&
            holds_the_same(other->sent.certs, prepared->sent.certs, prepared->sent.count))
            prepared->sent = other->sent;
        if (prepared->docket == NULL && judge_alike(other, prepared))
            prepared->docket = other->docket;
    }
}

static const struct mtl_prepared *
find(struct mtl_memory *memory, const struct mtl_side *side)
{
    for (size_t i = 0; i < memory->count; i++) {
        size_t at = (memory->found[side->role] + i) % memory->count;
        const struct mtl_side *known = &memory->sides[at]->side;

        if (known->stack == side->stack && known->role == side->role && known->presents == side->presents &&
            known->key == side->key && known->trusts == side->trusts && known->crls == side->crls &&
            known->depth == side->depth && known->verify == side->verify) {
            memory->found[side->role] = at;
            return memory->sides[at];
        }
    }
    return NULL;
}

static bool
is_own(const struct mtl_side *side, const struct mtl_loaded_cert *cert)
{
    for (size_t i = 0; side->presents != NULL && i < side->presents->cert_count; i++)
        if (&side->presents->certs[i] == cert)
            return true;
    return false;
}

static bool
can_read_some(const struct mtl_side *side)
{
    for (size_t i = 0; i < side->presents->cert_count; i++)
        if (mtl_reading_refusal(&side->stack->reading, side->presents->certs[i].cert, false) == MTL_REASON_NONE)
            return true;
    return false;
}

static const struct mtl_stack_reason *
say_only_that(struct mtl_arena *arena, const struct mtl_stack_reason *words, const char *text)
{
    struct mtl_stack_reason *silent = mtl_arena_alloc(arena, sizeof *silent);

    *silent = *words;
    silent->native_text = text;
    return silent;
}

/* Who judges its own chain when it starts judges these, too; here they are not (RFC 3779). */
static bool
carries_resources(const struct mtl_side *side)
{
    for (size_t i = 0; side->presents != NULL && i < side->presents->cert_count; i++)
        if (mtl_cert_has(side->presents->certs[i].cert, MTL_EXT_IP_ADDR_BLOCKS) ||
            mtl_cert_has(side->presents->certs[i].cert, MTL_EXT_AUTONOMOUS_SYS))
            return true;
    return false;
}

/* Only the leaf is decoded by its owner; what is behind it may be sent as it is. */
static void
read_own(struct mtl_arena *arena, struct mtl_prepared *prepared)
{
    const struct mtl_stack *stack = prepared->side.stack;
    const struct mtl_cert *blamed = prepared->blamed == NULL ? NULL : prepared->blamed->cert;

    if (blamed != NULL && !stack->own_leaf_is_a_key &&
        prepared->refusal == mtl_reading_refusal(&stack->reading, blamed, false))
        prepared->words = mtl_reading_words(arena, stack, prepared->refusal, blamed);
    if (prepared->words != NULL && stack->words.some_unreadable != NULL && is_own(&prepared->side, prepared->blamed) &&
        can_read_some(&prepared->side))
        prepared->words = say_only_that(arena, prepared->words, stack->words.some_unreadable);
    if (stack->own_chain_faults != NULL && carries_resources(&prepared->side))
        prepared->doubt = mtl_arena_printf(
            arena, "%s carries IP address blocks or AS numbers (RFC 3779), whose nesting its own side judges",
            prepared->side.label);
    else if (stack->crls_are_not_known && prepared->side.crls != NULL)
        prepared->doubt = mtl_arena_printf(arena, "it is not known what %s makes of CRLs", stack->title);
    else if (stack->builds_own_chain && prepared->side.role == MTL_CLIENT &&
             prepared->sent.count > (size_t)stack->policy.default_depth)
        prepared->doubt = mtl_arena_printf(arena, "the certificates of %s form a loop", prepared->side.label);
    else if (prepared->refusal == MTL_REASON_NONE && prepared->sent.count > 0)
        prepared->doubt = mtl_reading_doubt(arena, stack, prepared->sent.certs[0].cert);
}

/* Of a side's own chain, by its own rules and without any trust: NONE, or that which keeps it from starting. */
static enum mtl_reason
own_chain_fault(struct mtl_arena *arena, const struct mtl_handshake_question *question, const struct mtl_side *side)
{
    struct mtl_question asked = {
        .policy = &side->stack->policy,
        .presented = {.certs = side->presents->certs, .count = side->presents->cert_count},
        .store = mtl_store_new(arena, NULL, 0),
        .subject = side->role,
        .depth = -1,
        .now = question->now,
        .budget = mtl_default_budget,
        .crypto = question->crypto,
    };
    const struct mtl_verdict *verdict = mtl_path_judge(arena, &asked);
    const struct mtl_path *path = &verdict->paths[verdict->decisive];

    for (size_t i = 0; i < path->failure_count; i++)
        for (const enum mtl_reason *fault = side->stack->own_chain_faults; *fault != MTL_REASON_NONE; fault++)
            if (path->failures[i].reason == *fault)
                return *fault;
    return MTL_REASON_NONE;
}

/* No document says whether it starts with such a leaf, either. */
static bool
is_left_open(struct mtl_arena *arena, const struct mtl_side *side)
{
    return side->stack->evidence == MTL_EVIDENCE_ASSUMED && side->presents != NULL && side->presents->cert_count > 0 &&
           mtl_assumed_doubt_of_cert(arena, side->stack, side->presents->certs[0].cert) != NULL;
}

static void
find_broken(struct mtl_prepared *prepared)
{
    const struct mtl_material *file = prepared->side.presents;

    prepared->sends_broken = prepared->side.stack->sends_blocks_undecoded && file != NULL && file->refusal != NULL;
    while (prepared->sends_broken && prepared->broken_index < prepared->sent.count &&
           prepared->sent.certs[prepared->broken_index].source.line < file->refusal->source.line)
        prepared->broken_index++;
}

const struct mtl_prepared *
mtl_side_prepare(struct mtl_arena *arena, const struct mtl_handshake_question *question, const struct mtl_side *side)
{
    struct mtl_memory none = {0}, *memory = question->memory == NULL ? &none : question->memory;
    const struct mtl_prepared *known = find(memory, side);
    struct mtl_prepared *prepared;

    if (known != NULL)
        return known;
    prepared = mtl_arena_alloc(arena, sizeof(*prepared));
    prepared->side = *side;
    borrow_or_make_store(arena, memory, question->now, prepared);
    prepared->refusal = mtl_own_refusal(side, prepared->trusted, &prepared->blamed, &prepared->broken);
    if (prepared->refusal == MTL_REASON_NONE && side->stack->crls_need_trust)
        prepared->refusal = mtl_own_crls_refusal(question, prepared->trusted, side);
    if (prepared->refusal == MTL_REASON_NONE && side->stack->own_chain_faults != NULL && side->presents != NULL &&
        side->presents->cert_count > 0)
        prepared->refusal = own_chain_fault(arena, question, side);
    if (is_left_open(arena, side))
        prepared->refusal = MTL_REASON_NONE;
    prepared->sent = mtl_side_sends(arena, question, side, prepared->store);
    find_broken(prepared);
    read_own(arena, prepared);
    borrow(memory, prepared);
    if (prepared->docket == NULL)
        prepared->docket = mtl_arena_alloc(arena, sizeof(*prepared->docket));
    if (question->memory == NULL)
        return prepared;
    memory->sides =
        mtl_arena_grow(arena, memory->sides, memory->count, &memory->capacity, sizeof(struct mtl_prepared *));
    memory->sides[memory->count++] = prepared;
    return prepared;
}

/* ---- judging -------------------------------------------------------------------------------------------------- */

static struct mtl_chain
own_chain(const struct mtl_side *side)
{
    if (side->presents == NULL)
        return (struct mtl_chain){0};
    return (struct mtl_chain){.certs = side->presents->certs, .count = side->presents->cert_count};
}

static const struct mtl_verdict *
ask(struct mtl_arena *arena, const struct mtl_handshake_question *question, const struct mtl_prepared *verifier,
    struct mtl_chain chain)
{
    const struct mtl_side *side = &verifier->side;
    struct mtl_question asked = {
        .policy = &side->stack->policy,
        .presented = mtl_chain_as_read(arena, &side->stack->reading, chain),
        .at_hand = side->stack->judges_with_own_chain ? own_chain(side) : (struct mtl_chain){0},
        .store = verifier->store,
        .reading = side->stack->reading.decodes_issuers_in_turn ? &side->stack->reading : NULL,
        .subject = mtl_other_role(side->role),
        .host = asks_for_name(side) ? question->server_name : NULL,
        .crls = side->crls == NULL ? NULL : side->crls->crls,
        .crl_count = mtl_side_crl_count(side),
        .check_revocation = asks_for_crls(verifier),
        .depth = depth_of(side),
        .now = question->now,
        .budget = mtl_default_budget,
        .crypto = question->crypto,
    };

    return mtl_path_judge(arena, &asked);
}

static struct opinion *
opinion_of(struct mtl_arena *arena, const struct mtl_prepared *verifier, struct mtl_chain chain)
{
    struct mtl_docket *docket = verifier->docket;

    for (size_t i = 0; i < docket->count; i++)
        if (docket->opinions[i].certs == chain.certs && docket->opinions[i].count == chain.count)
            return &docket->opinions[i];
    docket->opinions =
        mtl_arena_grow(arena, docket->opinions, docket->count, &docket->capacity, sizeof(*docket->opinions));
    docket->opinions[docket->count] = (struct opinion){.certs = chain.certs, .count = chain.count};
    return &docket->opinions[docket->count++];
}

const struct mtl_verdict *
mtl_prepared_judge(struct mtl_arena *arena, const struct mtl_handshake_question *question,
                   const struct mtl_prepared *verifier, struct mtl_chain chain, const char **doubt)
{
    struct opinion *opinion = opinion_of(arena, verifier, chain);

    if (opinion->verdict == NULL) {
        opinion->verdict = ask(arena, question, verifier, chain);
        opinion->doubt = mtl_verdict_doubt(arena, verifier->side.stack, opinion->verdict);
    }
    *doubt = opinion->doubt;
    return opinion->verdict;
}

bool *
mtl_prepared_readable(struct mtl_arena *arena, const struct mtl_prepared *verifier, struct mtl_chain chain,
                      enum mtl_tls tls, bool is_rest)
{
    return &opinion_of(arena, verifier, chain)->is_readable[tls][is_rest];
}
