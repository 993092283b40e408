/*
 * Words that belong to no row of a stack against a line; what a longer phrase says outweighs a shorter one.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "explain/lexicon.h"

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

void
mtl_match_lexicon(const char *lower, mtl_meaning_found *found, void *context)
{
    static const struct mtl_entry *const tables[] = {mtl_lexicon_certificates, mtl_lexicon_libraries, mtl_lexicon_nss,
                                                     mtl_lexicon_programs, mtl_lexicon_connections};

    for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
        for (const struct mtl_entry *entry = tables[i]; entry->phrase != NULL; entry++)
            match(entry, lower, found, context);
}
