/* Pools: certificates by subject. SPDX-License-Identifier: Apache-2.0 */
#include "store/store.h"

#include "support/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static int
set_up(void **state)
{
    static const char *const lines[] = {
        "a1 self-signed subject=CN=A ca",
        "a2 self-signed subject=CN=A ca",
        "a3 self-signed \"subject=CN=printable:  a\" ca",
        "b self-signed subject=CN=B ca",
        NULL,
    };

    return world_set_up(state, lines);
}

static const struct mtl_material *
load(struct world *world, const char *items)
{
    return mtl_material_parse(world->arena, "input", mint_pem(&world->mint, items));
}

static size_t
walk(const struct mtl_pool *pool, const struct mtl_cert *named, const struct mtl_loaded_cert **found, size_t most)
{
    struct mtl_slice name = mtl_cert_bytes(named, named->subject);
    const struct mtl_loaded_cert *next;
    size_t cursor = 0, count = 0;

    while ((next = mtl_pool_next(pool, name, named->subject_hash, &cursor)) != NULL) {
        assert_true(count < most);
        found[count++] = next;
    }
    assert_null(mtl_pool_next(pool, name, named->subject_hash, &cursor));
    return count;
}

static void
equal_subjects_come_in_load_order(void **state)
{
    const struct mtl_material *material = load(*state, "a2 b a1 a3");
    const struct mtl_pool *pool =
        mtl_pool_new(((struct world *)*state)->arena, material->certs, material->cert_count, false);
    const struct mtl_loaded_cert *found[4];

    assert_int_equal(walk(pool, material->certs[0].cert, found, 4), 3);
    assert_ptr_equal(found[0]->cert, material->certs[0].cert);
    assert_ptr_equal(found[1]->cert, material->certs[2].cert);
    assert_ptr_equal(found[2]->cert, material->certs[3].cert); /* "a", as X509_NAME_cmp() sees it, is "A" */
    assert_int_equal(walk(pool, material->certs[1].cert, found, 4), 1);
}

static void
absent_subject_is_not_found(void **state)
{
    const struct mtl_material *material = load(*state, "a1 b");
    const struct mtl_pool *pool = mtl_pool_new(((struct world *)*state)->arena, material->certs, 1, false);
    const struct mtl_loaded_cert *found[1];

    assert_int_equal(walk(pool, material->certs[1].cert, found, 1), 0);
}

static void
empty_pool_finds_nothing(void **state)
{
    const struct mtl_material *material = load(*state, "a1");
    const struct mtl_pool *pool = mtl_pool_new(((struct world *)*state)->arena, NULL, 0, true);
    const struct mtl_loaded_cert *found[1];

    assert_int_equal(mtl_pool_count(pool), 0);
    assert_int_equal(walk(pool, material->certs[0].cert, found, 1), 0);
}

static void
repeated_certificates_are_kept_once_if_asked(void **state)
{
    const struct mtl_material *material = load(*state, "a1 b a1 a2 b a1");
    struct mtl_arena *arena = ((struct world *)*state)->arena;
    const struct mtl_pool *all = mtl_pool_new(arena, material->certs, material->cert_count, false);
    const struct mtl_pool *unique = mtl_pool_new(arena, material->certs, material->cert_count, true);

    assert_int_equal(mtl_pool_count(all), 6);
    assert_int_equal(mtl_pool_count(unique), 3);
    assert_int_equal(mtl_pool_at(unique, 0)->source.ordinal, 1);
    assert_int_equal(mtl_pool_at(unique, 1)->source.ordinal, 2);
    assert_int_equal(mtl_pool_at(unique, 2)->source.ordinal, 4);
}

static void
store_joins_materials_in_order_and_drops_repeats(void **state)
{
    const struct mtl_material *materials[] = {load(*state, "a1 b"), load(*state, "a2 a1")};
    const struct mtl_store *store = mtl_store_new(((struct world *)*state)->arena, materials, 2);

    assert_int_equal(mtl_pool_count(store->anchors), 3);
    assert_ptr_equal(mtl_pool_at(store->anchors, 0)->cert, materials[0]->certs[0].cert);
    assert_ptr_equal(mtl_pool_at(store->anchors, 2)->cert, materials[1]->certs[0].cert);
    assert_int_equal(store->crl_count, 0);
}

/* ---- size ------------------------------------------------------------------------------------------------------- */

/* A Name CN=<8 digits>, with nothing around it: all that a pool looks at. */
static struct mtl_cert *
made_up(struct mtl_arena *arena, unsigned number)
{
    static const char header[] = "\x30\x13\x31\x11\x30\x0f\x06\x03\x55\x04\x03\x0c\x08";
    struct mtl_cert *cert = mtl_arena_alloc(arena, sizeof *cert);
    const char *name = mtl_arena_printf(arena, "%s%08u", header, number);

    cert->der = mtl_slice_text(name);
    cert->subject.size = (uint32_t)cert->der.size;
    cert->subject_hash = mtl_name_hash(cert->der);
    return cert;
}

#define MANY 200000U

static void
lookups_do_not_slow_down_with_200000_certificates(void **state)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct mtl_loaded_cert *certs = mtl_arena_array(arena, MANY, sizeof *certs);
    const struct mtl_loaded_cert *found[1];

    (void)state;
    for (unsigned i = 0; i < MANY; i++)
        certs[i].cert = made_up(arena, i);
    const struct mtl_pool *pool = mtl_pool_new(arena, certs, MANY, true);
    assert_int_equal(mtl_pool_count(pool), MANY);
    for (unsigned i = 0; i < MANY; i++) {
        assert_int_equal(walk(pool, certs[i].cert, found, 1), 1);
        assert_ptr_equal(found[0]->cert, certs[i].cert);
    }
    mtl_arena_free(arena);
}

static void
repeats_of_one_certificate_are_dropped_in_less_than_quadratic_time(void **state)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct mtl_loaded_cert *certs = mtl_arena_array(arena, MANY, sizeof *certs);

    (void)state;
    for (unsigned i = 0; i < MANY; i++)
        certs[i].cert = made_up(arena, i % 2);
    assert_int_equal(mtl_pool_count(mtl_pool_new(arena, certs, MANY, true)), 2);
    mtl_arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_subjects_come_in_load_order),
        cmocka_unit_test(absent_subject_is_not_found),
        cmocka_unit_test(empty_pool_finds_nothing),
        cmocka_unit_test(repeated_certificates_are_kept_once_if_asked),
        cmocka_unit_test(store_joins_materials_in_order_and_drops_repeats),
        cmocka_unit_test(lookups_do_not_slow_down_with_200000_certificates),
        cmocka_unit_test(repeats_of_one_certificate_are_dropped_in_less_than_quadratic_time),
    };

    return cmocka_run_group_tests(tests, set_up, world_tear_down);
}
