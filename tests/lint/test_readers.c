/*
 * What is said of readers of PEM is what real ones did: fixtures/pem/recorded.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lint/readers.h"
#include "support/recipe.h"

#define FOLDER MTL_SOURCE_DIR "/fixtures/pem/"

static size_t unknown; /* files of which nothing is said */

static void
compare_file(struct mtl_arena *arena, char *line)
{
    char *rest;
    const char *path = mtl_arena_printf(arena, FOLDER "%s", strtok_r(line, " ", &rest));
    size_t size;
    char *text = file_text(arena, path, &size);
    struct mtl_pem_look look;

    assert_non_null(text);
    struct mtl_slice bytes = mtl_slice_of(text, size);
    if (!mtl_pem_look_at(arena, bytes, mtl_material_parse(arena, path, bytes), &look)) {
        unknown++;
        return;
    }
    for (size_t i = 0; i < MTL_PEM_READERS; i++) {
        size_t recorded = strtoul(strtok_r(NULL, " ", &rest), NULL, 10);

        if (mtl_reader_loads(&mtl_pem_readers[i], &look) != recorded)
            fail_msg("%s: %s loaded %zu", path, mtl_pem_readers[i].title, recorded);
    }
}

static void
readers_load_what_was_recorded(void **state)
{
    struct mtl_arena *arena = mtl_arena_new();
    size_t size, files = 0;
    char *text = file_text(arena, FOLDER "recorded", &size);
    char *rest;

    (void)state;
    assert_non_null(text);
    for (char *line = strtok_r(text, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest)) {
        if (line[0] == '#')
            continue;
        compare_file(arena, line);
        files++;
    }
    assert_int_equal(files, 17);
    assert_int_equal(unknown, 3); /* gap, gap-and-prefix, prefix-and-mark */
    mtl_arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(readers_load_what_was_recorded)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
