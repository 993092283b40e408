/* What a group of tests mints. SPDX-License-Identifier: Apache-2.0 */
#include "support/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

int
world_set_up(void **state, const char *const *lines)
{
    struct world *world = test_calloc(1, sizeof *world);

    world->arena = mtl_arena_new();
    world->keys = key_pool_new();
    world->mint = mint_new(world->arena, world->keys);
    *state = world;
    for (; *lines != NULL; lines++)
        if (!mint_line(&world->mint, *lines))
            return -1;
    return 0;
}

int
world_tear_down(void **state)
{
    struct world *world = *state;

    key_pool_free(world->keys);
    mtl_arena_free(world->arena);
    test_free(world);
    return 0;
}
