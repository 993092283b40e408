/*
 * Which of many words may stand in a line. Nearly all lines of a log have none of the words that stacks say; to find
 * that out by looking for each of some thousand takes a thousand times as long. Internal to src/explain.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_EXPLAIN_SIEVE_H
#define MTL_EXPLAIN_SIEVE_H

#include "base/base.h"

struct mtl_sieve;
/* The words are not kept. */
const struct mtl_sieve *mtl_sieve_new(struct mtl_arena *arena, const char *const *words, size_t count);

/* Indices of words, in ascending order, while they are handed out. */
struct mtl_sifted {
    uint64_t *set;
    size_t count, at;
};
/* All words that stand in the line, and few others. */
struct mtl_sifted mtl_sieve_line(struct mtl_arena *arena, const struct mtl_sieve *sieve, const char *line);
bool mtl_sifted_next(struct mtl_sifted *sifted, size_t *index); /* false: there are no more */

#endif
