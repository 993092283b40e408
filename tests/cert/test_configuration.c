/* A configuration of OpenSSL without digests and signatures changes no result. SPDX-License-Identifier: Apache-2.0 */
#include "cert/cert.h"
#include "store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>
#include <openssl/evp.h>

static char configuration[] = "/tmp/mtl-test-XXXXXX";

/* Before libcrypto is used for the first time. */
static int
set_up(void **state)
{
    static const char text[] = "openssl_conf = all\n[all]\nproviders = providers\n[providers]\nbase = base\n"
                               "[base]\nactivate = 1\n";
    int file = mkstemp(configuration);

    (void)state;
    if (file < 0 || write(file, text, sizeof(text) - 1) != (ssize_t)sizeof(text) - 1 || close(file) != 0)
        return -1;
    return setenv("OPENSSL_CONF", configuration, 1);
}

static int
tear_down(void **state)
{
    (void)state;
    return unlink(configuration);
}

static void
signatures_and_digests_are_those_of_the_default_provider(void **state)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct mtl_crypto *crypto = mtl_crypto_new(arena);
    const struct mtl_material *chain, *key;
    struct mtl_error error;
    uint8_t digest[32];
    const char *folder = MTL_SOURCE_DIR "/fixtures/fix";

    (void)state;
    assert_null(EVP_MD_fetch(NULL, "SHA256", NULL)); /* the global context has none */
    assert_true(
        mtl_material_load(arena, mtl_arena_printf(arena, "%s/right.pem", folder), MTL_EXPECT_CHAIN, &chain, &error));
    assert_true(mtl_material_load(arena, mtl_arena_printf(arena, "%s/key.pem", folder), MTL_EXPECT_KEY, &key, &error));
    assert_int_equal(mtl_crypto_verify(crypto, chain->certs[0].cert, chain->certs[1].cert), MTL_SIGNATURE_GOOD);
    assert_int_equal(mtl_crypto_verify(crypto, chain->certs[1].cert, chain->certs[0].cert), MTL_SIGNATURE_BAD);
    assert_true(mtl_private_key_matches(key->keys[0].key, chain->certs[0].cert));
    mtl_sha256(mtl_slice_text(""), digest);
    assert_int_equal(digest[0], 0xe3); /* FIPS 180-4: of nothing */
    assert_int_equal(digest[31], 0x55);
    mtl_crypto_free(crypto);
    mtl_arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signatures_and_digests_are_those_of_the_default_provider),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
