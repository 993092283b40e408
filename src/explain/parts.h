/*
 * What the parts of the explanation share. Internal to src/explain.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_EXPLAIN_PARTS_H
#define MTL_EXPLAIN_PARTS_H

#include "explain/explain.h"

#define MTL_BOTH_ROLES (1U << MTL_CLIENT | 1U << MTL_SERVER)

/* ---- patterns ------------------------------------------------------------------------------------------------- */

/* A line as a stack would log it: pieces that must occur one after the other, not too far apart. */
#define MTL_PATTERN_PIECES 12
struct mtl_pattern {
    const char *pieces[MTL_PATTERN_PIECES];
    size_t count;
};

/*
 * From a row's template, with the placeholders of struct mtl_stack_words. row and alert may be NULL; what they do not
 * tell may be anything in the line. So may be a function's name, where OpenSSL's errors have "routines::".
 */
struct mtl_pattern mtl_pattern_of(struct mtl_arena *arena, const char *words, const struct mtl_stack_reason *row,
                                  const struct mtl_stack_alert_words *alert);
/* Octets of its pieces. */
size_t mtl_pattern_size(const struct mtl_pattern *pattern);
/* The longest of its pieces; "" if there are none. */
const char *mtl_pattern_longest(const struct mtl_pattern *pattern);
/* How many octets of the line it explains; 0: it does not occur. */
size_t mtl_pattern_match(const struct mtl_pattern *pattern, const char *line);

/* ---- sources of meanings -------------------------------------------------------------------------------------- */

/* Receives what matched; meaning->stacks is not set. */
typedef void mtl_meaning_found(void *context, const struct mtl_meaning *meaning);

/* One way in which a stack says something. */
struct mtl_phrase {
    struct mtl_pattern pattern;
    struct mtl_meaning meaning; /* matched and stacks are not set */
    const struct mtl_stack *stack;
};
/* A growing list of them; starts as {.arena = arena}. */
struct mtl_phrases {
    struct mtl_arena *arena;
    struct mtl_phrase *items;
    size_t count, capacity;
};
/* stack_words.c: adds all that one stack says. */
void mtl_phrases_add_stack(struct mtl_phrases *phrases, const struct mtl_stack *stack);
/* lexicon.c: the words of no row in particular; lower is the line in lower case. */
struct mtl_lexicon;
const struct mtl_lexicon *mtl_lexicon_new(struct mtl_arena *arena);
void mtl_match_lexicon(struct mtl_arena *arena, const struct mtl_lexicon *lexicon, const char *lower,
                       mtl_meaning_found *found, void *context);
/* alerts.c: alerts by number or by name, however they are spelled. */
void mtl_match_alert(const char *lower, mtl_meaning_found *found, void *context);

#endif
