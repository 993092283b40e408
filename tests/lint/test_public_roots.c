/*
 * The roots of browsers are known as such: held to the list that Debian's ca-certificates installs.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "lint/lint.h"

static const char bundle[] = "/etc/ssl/certs/ca-certificates.crt";

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
is_known(const struct mtl_cert *cert)
{
    return mtl_key_id_is_public_root(mtl_cert_bytes(cert, cert->subject_key_id));
}

static void
every_root_of_the_distribution_is_known(void **state)
{
    struct mtl_arena *arena = mtl_arena_new();
    const struct mtl_material *roots;

    (void)state;
    if (access(bundle, R_OK) != 0) {
        printf("ca-certificates is not installed\n");
        mtl_arena_free(arena);
        skip();
    }
    roots = load(arena, bundle);
    for (size_t i = 0; i < roots->cert_count; i++)
        if (roots->certs[i].cert->subject_key_id.size > 0 && !is_known(roots->certs[i].cert))
            fail_msg("not known: %s",
                     mtl_name_text(arena, mtl_cert_bytes(roots->certs[i].cert, roots->certs[i].cert->subject)));
    printf("%zu roots\n", roots->cert_count);
    mtl_arena_free(arena);
}

static void
private_roots_are_not(void **state)
{
    struct mtl_arena *arena = mtl_arena_new();
    const struct mtl_material *roots = load(arena, MTL_SOURCE_DIR "/fixtures/rules/weak_digest/roots.pem");

    (void)state;
    for (size_t i = 0; i < roots->cert_count; i++)
        assert_false(is_known(roots->certs[i].cert));
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
