/*
 * Words that belong to no row of a stack against a line; what a longer phrase says outweighs a shorter one.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "explain/lexicon.h"
#include "explain/sieve.h"

#include <string.h>

static void
match(const struct mtl_entry *entry, const char *lower, mtl_meaning_found *found, void *context)
{
    struct mtl_meaning meaning = {
        .saying = entry->saying,
        .speakers = entry->speakers,
        .any_reason = entry->reasons[0] == MTL_REASON_NONE,
        .or_the_other = entry->or_the_other,
        .what = entry->what,
        .look = entry->look,
        .matched = strlen(entry->phrase),
    };

    if (strstr(lower, entry->phrase) == NULL)
        return;
    for (size_t i = 0; i < MTL_ENTRY_REASONS && entry->reasons[i] != MTL_REASON_NONE; i++)
        meaning.reasons[entry->reasons[i]] = true;
    found(context, &meaning);
}

static const struct mtl_entry *const tables[] = {mtl_lexicon_certificates, mtl_lexicon_libraries,
                                                 mtl_lexicon_nss,          mtl_lexicon_programs,
                                                 mtl_lexicon_windows,      mtl_lexicon_connections};

struct mtl_lexicon {
    const struct mtl_entry **entries; /* of all tables */
    const struct mtl_sieve *sieve;    /* of their phrases */
};

const struct mtl_lexicon *
mtl_lexicon_new(struct mtl_arena *arena)
{
    struct mtl_lexicon *lexicon = mtl_arena_alloc(arena, sizeof *lexicon);
    const char **phrases = NULL;
    size_t count = 0, entry_capacity = 0, phrase_capacity = 0;

    for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
        for (const struct mtl_entry *entry = tables[i]; entry->phrase != NULL; entry++) {
            lexicon->entries =
                mtl_arena_grow(arena, (void *)lexicon->entries, count, &entry_capacity, sizeof *lexicon->entries);
            phrases = mtl_arena_grow(arena, (void *)phrases, count, &phrase_capacity, sizeof *phrases);
            lexicon->entries[count] = entry;
            phrases[count++] = entry->phrase;
        }
    }
    lexicon->sieve = mtl_sieve_new(arena, phrases, count);
    return lexicon;
}

void
mtl_match_lexicon(struct mtl_arena *arena, const struct mtl_lexicon *lexicon, const char *lower,
                  mtl_meaning_found *found, void *context)
{
    struct mtl_sifted sifted = mtl_sieve_line(arena, lexicon->sieve, lower);
    size_t i;

    while (mtl_sifted_next(&sifted, &i))
        match(lexicon->entries[i], lower, found, context);
}
