/*
 * All that is known of words, against one line; meanings alike are put together, the likeliest first.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "explain/explain.h"
#include "explain/parts.h"
#include "explain/sieve.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct gathering {
    struct mtl_arena *arena;
    struct mtl_meaning *meanings;
    size_t count, capacity;
};

static size_t
index_of(const struct mtl_stack *stack)
{
    size_t i = 0;

    while (mtl_stack_at(i) != stack)
        i++;
    return i;
}

static bool
is_alike(const struct mtl_meaning *a, const struct mtl_meaning *b)
{
    return a->saying == b->saying && a->alert == b->alert;
}

/* Words that explain more of the line replace those that explain less; equally long ones add up. */
static void
merge(struct mtl_meaning *into, const struct mtl_meaning *found)
{
    into->speakers |= found->speakers;
    into->any_reason |= found->any_reason;
    into->or_the_other |= found->or_the_other;
    for (size_t i = 0; i < MTL_REASON_COUNT; i++)
        into->reasons[i] |= found->reasons[i];
    if (into->what == NULL)
        into->what = found->what;
    if (into->look == NULL)
        into->look = found->look;
}

static struct mtl_meaning *
place_for(struct gathering *gathering, const struct mtl_meaning *found)
{
    for (size_t i = 0; i < gathering->count; i++)
        if (is_alike(&gathering->meanings[i], found))
            return &gathering->meanings[i];
    gathering->meanings = mtl_arena_grow(gathering->arena, gathering->meanings, gathering->count, &gathering->capacity,
                                         sizeof *gathering->meanings);
    gathering->meanings[gathering->count] = (struct mtl_meaning){
        .saying = found->saying,
        .alert = found->alert,
        .stacks = mtl_arena_array(gathering->arena, mtl_stack_count(), sizeof(bool)),
    };
    return &gathering->meanings[gathering->count++];
}

static void
gather(struct gathering *gathering, const struct mtl_meaning *found, size_t matched, const struct mtl_stack *stack)
{
    struct mtl_meaning *meaning = place_for(gathering, found);

    if (matched < meaning->matched)
        return;
    if (matched > meaning->matched) {
        bool *stacks = meaning->stacks;

        memset(stacks, 0, mtl_stack_count() * sizeof(*stacks));
        *meaning = *found;
        meaning->stacks = stacks;
        meaning->matched = matched;
    } else {
        merge(meaning, found);
    }
    if (stack != NULL)
        meaning->stacks[index_of(stack)] = true;
}

/* A mtl_meaning_found, of words that belong to no stack. */
static void
found(void *context, const struct mtl_meaning *meaning)
{
    gather(context, meaning, meaning->matched, NULL);
    /* words that a row has for its own files only may be said of a peer's all the same */
    if (meaning->saying == MTL_SAYS_OWN_FAULT && meaning->or_the_other)
        place_for(context, meaning)->or_the_other = true;
}

static int
compare_likelihood(const void *a, const void *b)
{
    const struct mtl_meaning *left = a, *right = b;

    if (left->matched != right->matched)
        return left->matched > right->matched ? -1 : 1;
    return (int)left->saying - (int)right->saying;
}

static char *
lower_case(struct mtl_arena *arena, const char *line)
{
    char *lower = mtl_arena_strdup(arena, line);

    for (char *at = lower; *at != '\0'; at++)
        *at = (char)tolower((unsigned char)*at);
    return lower;
}

/* The same words for a peer's certificate and for a side's own. */
static void
add_the_other(struct mtl_meaning *first, const struct mtl_meaning *other)
{
    enum mtl_saying opposite = first->saying == MTL_SAYS_REJECTS ? MTL_SAYS_OWN_FAULT : MTL_SAYS_REJECTS;

    if ((first->saying != MTL_SAYS_REJECTS && first->saying != MTL_SAYS_OWN_FAULT) || other->saying != opposite)
        return;
    first->or_the_other = true;
    for (size_t i = 0; i < MTL_REASON_COUNT; i++)
        first->reasons[i] |= other->reasons[i];
}

struct mtl_dictionary {
    struct mtl_phrases phrases;
    const struct mtl_sieve *sieve; /* of the longest piece of each */
    const struct mtl_lexicon *lexicon;
};

static const struct mtl_sieve *
sieve_of(struct mtl_arena *arena, const struct mtl_phrases *phrases)
{
    const char **pieces = mtl_arena_array(arena, phrases->count, sizeof *pieces);

    for (size_t i = 0; i < phrases->count; i++)
        pieces[i] = mtl_pattern_longest(&phrases->items[i].pattern);
    return mtl_sieve_new(arena, pieces, phrases->count);
}

const struct mtl_dictionary *
mtl_dictionary_new(struct mtl_arena *arena)
{
    struct mtl_dictionary *dictionary = mtl_arena_alloc(arena, sizeof *dictionary);

    dictionary->phrases.arena = arena;
    for (size_t i = 0; i < mtl_stack_count(); i++)
        mtl_phrases_add_stack(&dictionary->phrases, mtl_stack_at(i));
    dictionary->sieve = sieve_of(arena, &dictionary->phrases);
    dictionary->lexicon = mtl_lexicon_new(arena);
    return dictionary;
}

static void
match_phrases(const struct mtl_dictionary *dictionary, const char *line, struct gathering *gathering)
{
    struct mtl_sifted sifted = mtl_sieve_line(gathering->arena, dictionary->sieve, line);
    size_t i;

    while (mtl_sifted_next(&sifted, &i)) {
        const struct mtl_phrase *phrase = &dictionary->phrases.items[i];
        size_t matched = mtl_pattern_match(&phrase->pattern, line);

        if (matched > 0)
            gather(gathering, &phrase->meaning, matched, phrase->stack);
    }
}

struct mtl_explanation
mtl_explain(struct mtl_arena *arena, const struct mtl_dictionary *dictionary, const char *line)
{
    struct gathering gathering = {.arena = arena};
    const char *start = mtl_arena_printf(arena, "%.*s", (int)MTL_EXPLAINED_LINE, line);
    const char *lower = lower_case(arena, start);

    match_phrases(dictionary, start, &gathering);
    mtl_match_alert(lower, found, &gathering);
    mtl_match_lexicon(arena, dictionary->lexicon, lower, found, &gathering);
    if (gathering.count > 0)
        qsort(gathering.meanings, gathering.count, sizeof *gathering.meanings, compare_likelihood);
    for (size_t i = 1; i < gathering.count; i++)
        add_the_other(&gathering.meanings[0], &gathering.meanings[i]);
    return (struct mtl_explanation){.meanings = gathering.meanings, .count = gathering.count};
}
