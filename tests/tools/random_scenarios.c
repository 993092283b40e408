/* random_scenarios FOLDER COUNT [FIRST SEED]: writes that many random chains as scenarios of the lab: recipe, minted
 * files, case. They are numbered from FIRST on; with it, faults are of all kinds, and seeds begin at SEED.
 *
 * Real stacks have today's clock, so every date of the chain is moved away from the case's own time: earlier ones five
 * years back, later ones 25 years ahead. Seeds whose recipe cannot be minted are passed over.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/keys.h"
#include "support/random_chains.h"
#include "support/recipe.h"

#define YEAR ((mtl_time)365 * 24 * 3600)
#define BACK (5 * YEAR)
#define AHEAD (25 * YEAR)

static mtl_time
moved(mtl_time time, mtl_time now)
{
    mtl_time last;
    mtl_time_from_civil(9999, 12, 31, 23, 59, 59, &last);
    if (time < now)
        return time - BACK < 0 ? time : time - BACK; /* dates of the last century stay */
    return time > last - AHEAD ? time : time + AHEAD;
}

static bool
is_date(const char *word)
{
    return strncmp(word, "not-before=", 11) == 0 || strncmp(word, "not-after=", 10) == 0 ||
           strncmp(word, "this=", 5) == 0 || strncmp(word, "next=", 5) == 0;
}

static void
write_word(struct mtl_text *text, const char *word, size_t size, mtl_time now)
{
    char value[64], moved_text[MTL_TIME_TEXT_SIZE];
    struct mtl_error error;
    mtl_time time;
    size_t key = strcspn(word, "=") + 1;

    if (is_date(word) && size - key < sizeof value) {
        snprintf(value, sizeof value, "%.*s", (int)(size - key), word + key);
        if (mtl_time_parse(value, now, &time, &error)) {
            mtl_text_printf(text, "%.*s%s", (int)key, word, mtl_time_text(moved(time, now), moved_text));
            return;
        }
    }
    mtl_text_bytes(text, mtl_slice_of(word, size));
}

static const char *
move_dates(struct mtl_arena *arena, const char *recipe, mtl_time now)
{
    struct mtl_text text = {.arena = arena};

    while (*recipe != '\0') {
        size_t size = strcspn(recipe, " \n");
        write_word(&text, recipe, size, now);
        mtl_text_bytes(&text, mtl_slice_of(recipe + size, recipe[size] == '\0' ? 0 : 1));
        recipe += size + (recipe[size] != '\0');
    }
    return text.text;
}

static bool
write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    if (file == NULL)
        return false;
    bool done = fputs(text, file) >= 0;
    return fclose(file) == 0 && done;
}

static const char *
key_owner(struct mtl_arena *arena, const struct random_case *chain)
{
    if (chain->key_of != NULL)
        return chain->key_of;
    return mtl_arena_printf(arena, "%.*s", (int)strcspn(chain->presented, " +"), chain->presented);
}

static const char *
recipe_of(struct mtl_arena *arena, const struct random_case *chain, unsigned number)
{
    struct mtl_text text = {.arena = arena};

    mtl_text_printf(&text, "# %s\n%s\n", chain->faults[0] == '\0' ? "no fault" : chain->faults,
                    move_dates(arena, chain->recipe, chain->now));
    mtl_text_printf(&text, "%03u.pem = %s\n", number, chain->presented);
    mtl_text_printf(&text, "%03u.key = key:%s\n", number, key_owner(arena, chain));
    mtl_text_printf(&text, "%03u-trust.pem = %s\n", number, chain->trusted);
    if (chain->check_revocation)
        mtl_text_printf(&text, "%03u-crl.pem = %s\n", number, chain->crls);
    return text.text;
}

/* Recorded is the side that judges the chain, each second one in TLS 1.3. */
static const char *
case_of(struct mtl_arena *arena, const struct random_case *chain, unsigned number)
{
    const char *owner = chain->subject == MTL_CLIENT ? "client" : "server";
    const char *judge = chain->subject == MTL_CLIENT ? "server" : "client";
    struct mtl_text text = {.arena = arena};

    mtl_text_printf(&text, "base: ../handshake/basics/works.case\nnote: %s\n",
                    chain->faults[0] == '\0' ? "no fault" : chain->faults);
    mtl_text_printf(&text, "recorded: %s %s\n", judge, number % 2 == 0 ? "1.2" : "1.3");
    if (chain->withheld)
        mtl_text_printf(&text, "%s-cert: none\n%s-key: none\n", owner, owner);
    else
        mtl_text_printf(&text, "%s-cert: %03u.pem\n%s-key: %03u.key\n", owner, number, owner, number);
    mtl_text_printf(&text, "%s-trust: %03u-trust.pem\n", judge, number);
    if (chain->optional)
        mtl_text_add(&text, "server-verify: optional\n");
    if (chain->check_revocation)
        mtl_text_printf(&text, "%s-crl: %03u-crl.pem\n", judge, number);
    if (chain->depth >= 0)
        mtl_text_printf(&text, "%s-depth: %d\n", judge, chain->depth);
    if (chain->subject == MTL_SERVER)
        mtl_text_printf(&text, "server-name: %s\n", chain->host == NULL ? "none" : chain->host);
    return text.text;
}

/* False if nothing can be minted of it. */
static bool
write_scenario(struct mtl_arena *arena, struct key_pool *keys, const char *folder, const struct random_case *chain,
               unsigned number)
{
    const char *recipe = mtl_arena_printf(arena, "%s/%03u.recipe", folder, number);
    struct mtl_error error;

    return chain->presented[0] != '\0' && chain->trusted[0] != '\0' &&
           (!chain->check_revocation || chain->crls[0] != '\0') &&
           write_text(recipe, recipe_of(arena, chain, number)) &&
           recipe_run(keys, recipe, recipe_write_file, NULL, &error) &&
           write_text(mtl_arena_printf(arena, "%s/%03u.case", folder, number), case_of(arena, chain, number));
}

int
main(int argc, char **argv)
{
    unsigned wanted = argc == 3 || argc == 5 ? (unsigned)atoi(argv[2]) : 0;
    unsigned first = argc == 5 ? (unsigned)atoi(argv[3]) : 1;
    uint64_t seed = argc == 5 ? strtoull(argv[4], NULL, 10) : 1;
    uint64_t end = seed + 10 * (uint64_t)wanted;
    struct key_pool *keys = key_pool_new();
    unsigned written = 0;

    if (wanted == 0)
        fprintf(stderr, "usage: random_scenarios FOLDER COUNT [FIRST SEED]\n");
    for (; written < wanted && seed < end; seed++) {
        struct mtl_arena *arena = mtl_arena_new();
        struct random_case chain = argc == 5 ? random_case_make_wider(arena, seed) : random_case_make(arena, seed);
        written += write_scenario(arena, keys, argv[1], &chain, first + written);
        mtl_arena_free(arena);
    }
    key_pool_free(keys);
    return wanted > 0 && written == wanted ? 0 : 2;
}
