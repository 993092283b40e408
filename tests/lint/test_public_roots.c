/*
 * The roots of browsers are known as such: held to those that Debian's ca-certificates brings.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <glob.h>

#include "lint/lint.h"

/* Without what an administrator added to the distribution's. */
static const char pattern[] = "/usr/share/ca-certificates/mozilla/*.crt";

static const struct mtl_material *
load(struct mtl_arena *arena, const char *path)
{
    const struct mtl_material *material;
    struct mtl_error error;

    if (!mtl_material_load(arena, path, MTL_EXPECT_TRUST, &material, &error))
        fail_msg("%s", error.message);
    return material;
}

static bool
is_known(struct mtl_arena *arena, const struct mtl_material *roots)
{
    struct mtl_lint lint = {.arena = arena};

    lint.everything = mtl_pool_new(arena, roots->certs, roots->cert_count, false);
    assert_int_equal(roots->cert_count, 1);
    return mtl_rule_is_public(&lint, roots->certs[0].cert);
}

static void
every_root_of_the_distribution_is_known(void **state)
{
    struct mtl_arena *arena = mtl_arena_new();
    glob_t found;

    (void)state;
    if (glob(pattern, 0, NULL, &found) != 0) {
        printf("ca-certificates is not installed\n");
        mtl_arena_free(arena);
        skip();
    }
    for (size_t i = 0; i < found.gl_pathc; i++)
        if (!is_known(arena, load(arena, found.gl_pathv[i])))
            fail_msg("not known: %s", found.gl_pathv[i]);
    printf("%zu roots\n", found.gl_pathc);
    globfree(&found);
    mtl_arena_free(arena);
}

static void
private_roots_are_not(void **state)
{
    struct mtl_arena *arena = mtl_arena_new();
    const struct mtl_material *roots = load(arena, MTL_SOURCE_DIR "/fixtures/rules/weak_digest/roots.pem");

    (void)state;
    assert_false(is_known(arena, roots));
    mtl_arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_root_of_the_distribution_is_known),
        cmocka_unit_test(private_roots_are_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
