/* Finding stacks by id and alias, in a role. SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "stack/stack.h"

static void
alias_ends_where_the_version_begins(void **state)
{
    (void)state;
    assert_int_equal(mtl_stack_alias_size("openssl-3.0"), 7);
    assert_int_equal(mtl_stack_alias_size("gnutls-serv-3.7"), 11);
    assert_int_equal(mtl_stack_alias_size("aws-lc"), 6);
    assert_int_equal(mtl_stack_alias_size("boringssl"), 9);
}

static void
every_stack_is_found_by_its_id_and_another_or_itself_by_its_alias(void **state)
{
    (void)state;
    assert_true(mtl_stack_count() > 0);
    for (size_t i = 0; i < mtl_stack_count(); i++) {
        const struct mtl_stack *stack = mtl_stack_at(i), *found;
        size_t size = mtl_stack_alias_size(stack->id);
        char alias[64];

        assert_ptr_equal(mtl_stack_find(stack->id), stack);
        assert_true(size < sizeof alias);
        memcpy(alias, stack->id, size);
        alias[size] = '\0';
        found = mtl_stack_find(alias);
        assert_non_null(found);
        assert_int_equal(mtl_stack_alias_size(found->id), size);
        assert_memory_equal(found->id, alias, size);
        for (int role = MTL_CLIENT; role <= MTL_SERVER; role++)
            if (mtl_stack_plays(stack, (enum mtl_role)role))
                assert_true(mtl_stack_plays(mtl_stack_find_for(alias, (enum mtl_role)role), (enum mtl_role)role));
    }
    assert_null(mtl_stack_find("open"));
    assert_null(mtl_stack_find(""));
    assert_null(mtl_stack_find("openssl-"));
}

static void
stack_without_a_mask_plays_and_speaks_everything(void **state)
{
    const struct mtl_stack all = {.id = "all"};
    const struct mtl_stack server = {.id = "s", .roles = 1U << MTL_SERVER, .tls_versions = 1U << MTL_TLS12};

    (void)state;
    assert_true(mtl_stack_plays(&all, MTL_CLIENT) && mtl_stack_plays(&all, MTL_SERVER));
    assert_true(mtl_stack_speaks(&all, MTL_TLS12) && mtl_stack_speaks(&all, MTL_TLS13));
    assert_true(mtl_stack_plays(&server, MTL_SERVER) && !mtl_stack_plays(&server, MTL_CLIENT));
    assert_true(mtl_stack_speaks(&server, MTL_TLS12) && !mtl_stack_speaks(&server, MTL_TLS13));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alias_ends_where_the_version_begins),
        cmocka_unit_test(every_stack_is_found_by_its_id_and_another_or_itself_by_its_alias),
        cmocka_unit_test(stack_without_a_mask_plays_and_speaks_everything),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
