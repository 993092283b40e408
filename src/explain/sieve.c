/*
 * A sieve for lines: of many words, those that may stand in a line, by eight octets of each.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "explain/sieve.h"

#include <string.h>

#define GRAM 8U
#define SLOT_BITS 14U
#define NUMBER_BITS 64U /* in each number of a set */

struct mtl_sieve {
    size_t count;
    uint64_t *short_words; /* a set: too short to be looked up, so that they always may stand there */
    /* Per slot, the word plus 1 whose last eight octets fall there, and per word the next one; 0 ends. */
    uint32_t first[1U << SLOT_BITS];
    uint32_t *next;
};

static size_t
slot_of(const char *octets)
{
    uint64_t gram;

    memcpy(&gram, octets, GRAM);
    return (size_t)((gram * UINT64_C(0x9e3779b97f4a7c15)) >> (64 - SLOT_BITS));
}

static size_t
set_size(const struct mtl_sieve *sieve)
{
    return (sieve->count + NUMBER_BITS - 1) / NUMBER_BITS;
}

static void
add(uint64_t *set, size_t index)
{
    set[index / NUMBER_BITS] |= UINT64_C(1) << index % NUMBER_BITS;
}

static bool
holds(const uint64_t *set, size_t index)
{
    return (set[index / NUMBER_BITS] >> index % NUMBER_BITS & 1) != 0;
}

const struct mtl_sieve *
mtl_sieve_new(struct mtl_arena *arena, const char *const *words, size_t count)
{
    struct mtl_sieve *sieve = mtl_arena_alloc(arena, sizeof *sieve);

    sieve->count = count;
    sieve->short_words = mtl_arena_array(arena, set_size(sieve), sizeof *sieve->short_words);
    sieve->next = mtl_arena_array(arena, count, sizeof *sieve->next);
    for (size_t i = 0; i < count; i++) {
        size_t size = strlen(words[i]);
        uint32_t *first;

        if (size < GRAM) {
            add(sieve->short_words, i);
            continue;
        }
        first = &sieve->first[slot_of(words[i] + size - GRAM)];
        sieve->next[i] = *first;
        *first = (uint32_t)i + 1;
    }
    return sieve;
}

/* All words of a slot are taken together, and once: a line may repeat itself. */
static void
take_slot(const struct mtl_sieve *sieve, size_t slot, uint64_t *set)
{
    uint32_t word = sieve->first[slot];

    if (word == 0 || holds(set, word - 1))
        return;
    for (; word != 0; word = sieve->next[word - 1])
        add(set, word - 1);
}

struct mtl_sifted
mtl_sieve_line(struct mtl_arena *arena, const struct mtl_sieve *sieve, const char *line)
{
    struct mtl_sifted sifted = {.count = sieve->count};
    size_t size = strlen(line);

    sifted.set = mtl_arena_array(arena, set_size(sieve), sizeof *sifted.set);
    memcpy(sifted.set, sieve->short_words, set_size(sieve) * sizeof *sifted.set);
    for (size_t at = 0; at + GRAM <= size; at++)
        take_slot(sieve, slot_of(line + at), sifted.set);
    return sifted;
}

bool
mtl_sifted_next(struct mtl_sifted *sifted, size_t *index)
{
    while (sifted->at < sifted->count) {
        if (sifted->set[sifted->at / NUMBER_BITS] >> sifted->at % NUMBER_BITS == 0) {
            sifted->at = (sifted->at / NUMBER_BITS + 1) * NUMBER_BITS;
            continue;
        }
        *index = sifted->at++;
        if (holds(sifted->set, *index))
            return true;
    }
    return false;
}
