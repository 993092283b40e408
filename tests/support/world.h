/*
 * What a group of tests mints from recipe lines (fixtures/README.md) in memory.
 */
#ifndef MTL_TESTS_SUPPORT_WORLD_H
#define MTL_TESTS_SUPPORT_WORLD_H

#include "support/mint.h"

struct world {
    struct mtl_arena *arena;
    struct key_pool *keys;
    struct mint mint;
};

/* For cmocka: *state becomes a world with what the lines say, up to NULL. 0, or -1 if a line is wrong. */
int world_set_up(void **state, const char *const *lines);
int world_tear_down(void **state);

#endif
