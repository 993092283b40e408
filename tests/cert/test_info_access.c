/* Where an issuer can be had, as libcrypto reads it. SPDX-License-Identifier: Apache-2.0 */
#include "cert/info_access.h"
#include "store/store.h"

#include "support/mint.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/x509v3.h>

struct world {
    struct mtl_arena *arena;
    struct key_pool *keys;
};

static int
set_up(void **state)
{
    struct world *world = test_calloc(1, sizeof *world);

    world->arena = mtl_arena_new();
    world->keys = key_pool_new();
    *state = world;
    return 0;
}

static int
tear_down(void **state)
{
    struct world *world = *state;

    key_pool_free(world->keys);
    mtl_arena_free(world->arena);
    test_free(world);
    return 0;
}

/* The first caIssuers URI, as text in the arena; NULL: none. */
static const char *
location_by_libcrypto(struct mtl_arena *arena, struct mtl_slice der)
{
    const unsigned char *at = der.data;
    X509 *cert = d2i_X509(NULL, &at, (long)der.size);
    AUTHORITY_INFO_ACCESS *list = X509_get_ext_d2i(cert, NID_info_access, NULL, NULL);
    const char *found = NULL;

    for (int i = 0; found == NULL && i < sk_ACCESS_DESCRIPTION_num(list); i++) {
        const ACCESS_DESCRIPTION *access = sk_ACCESS_DESCRIPTION_value(list, i);
        int type;
        const ASN1_IA5STRING *value = GENERAL_NAME_get0_value(access->location, &type);

        if (OBJ_obj2nid(access->method) == NID_ad_ca_issuers && type == GEN_URI)
            found = mtl_arena_printf(arena, "%.*s", ASN1_STRING_length(value), ASN1_STRING_get0_data(value));
    }
    AUTHORITY_INFO_ACCESS_free(list);
    X509_free(cert);
    return found;
}

static void
agree(struct world *world, const char *line, const char *expected)
{
    struct mint mint = mint_new(world->arena, world->keys);
    const struct mtl_material *material;
    struct mtl_slice location;
    const char *judged;

    assert_true(mint_line(&mint, line));
    material = mtl_material_parse(world->arena, "input", mint_pem(&mint, "leaf"));
    assert_int_equal(material->cert_count, 1);
    location = mtl_cert_issuer_location(material->certs[0].cert);
    judged = location_by_libcrypto(world->arena, material->certs[0].cert->der);
    if (expected == NULL) {
        assert_null(judged);
        assert_int_equal(location.size, 0);
        return;
    }
    assert_string_equal(judged, expected);
    assert_int_equal(location.size, strlen(expected));
    assert_memory_equal(location.data, expected, location.size);
}

static void
the_first_issuer_uri_is_found(void **state)
{
    agree(*state, "leaf self-signed aia=http://ca.example/ca.cer", "http://ca.example/ca.cer");
    /* OCSP first, then caIssuers: SEQUENCE { SEQUENCE { ocsp, [6] "a" }, SEQUENCE { caIssuers, [6] "b" } } */
    agree(*state, "leaf self-signed raw-aia=301e300d06082b06010505073001860161300d06082b06010505073002860162", "b");
}

static void
without_one_there_is_none(void **state)
{
    agree(*state, "leaf self-signed", NULL);
    /* OCSP only; caIssuers as a directory name; cut short */
    agree(*state, "leaf self-signed raw-aia=300f300d06082b06010505073001860161", NULL);
    agree(*state, "leaf self-signed raw-aia=3012301006082b06010505073002a4043000", NULL);
    agree(*state, "leaf self-signed raw-aia=300f300d06082b060105050730028601", NULL);
    agree(*state, "leaf self-signed raw-aia=0500", NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_first_issuer_uri_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_one_there_is_none, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
