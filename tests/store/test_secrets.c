/* Private bytes do not outlive the reading of their file. SPDX-License-Identifier: Apache-2.0 */
#include "store/store.h"

#include "support/mint.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#define SECRET_AT 7U /* in ECPrivateKey: SEQUENCE, INTEGER 1, OCTET STRING */
#define SECRET_SIZE 32U
#define ROOM 1024U

struct secrets {
    struct mtl_arena *arena;
    struct key_pool *keys;
    struct mint mint;
    char directory[64], path[96];
    uint8_t der[ROOM]; /* a key as SEC1 has it */
    char base64[ROOM]; /* the same */
    size_t size;
};

static int
set_up(void **state)
{
    struct secrets *secrets = test_calloc(1, sizeof *secrets);
    unsigned char *at = secrets->der;

    secrets->arena = mtl_arena_new();
    secrets->keys = key_pool_new();
    secrets->mint = mint_new(secrets->arena, secrets->keys);
    snprintf(secrets->directory, sizeof secrets->directory, "/tmp/mtl-test-XXXXXX");
    *state = secrets;
    if (mkdtemp(secrets->directory) == NULL || !mint_line(&secrets->mint, "root self-signed subject=CN=R ca"))
        return -1;
    snprintf(secrets->path, sizeof secrets->path, "%s/file", secrets->directory);
    secrets->size = (size_t)i2d_PrivateKey(key_pool_get(secrets->keys, "ec:P-256", 0)->pkey, &at);
    EVP_EncodeBlock((unsigned char *)secrets->base64, secrets->der, (int)secrets->size);
    return secrets->der[SECRET_AT - 1] == SECRET_SIZE ? 0 : -1;
}

static int
tear_down(void **state)
{
    struct secrets *secrets = *state;

    unlink(secrets->path);
    rmdir(secrets->directory);
    key_pool_free(secrets->keys);
    mtl_arena_free(secrets->arena);
    test_free(secrets);
    return 0;
}

static const struct mtl_material *
load(struct mtl_arena *arena, const char *path)
{
    const struct mtl_material *material;
    struct mtl_error error;

    if (!mtl_material_load(arena, path, MTL_EXPECT_ANYTHING, &material, &error))
        fail_msg("%s: %s", error.path, error.message);
    return material;
}

static void
write_file(const struct secrets *secrets, const void *bytes, size_t size)
{
    FILE *file = fopen(secrets->path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

static bool
contains(const uint8_t *from, const uint8_t *to, const void *part, size_t size)
{
    for (; from + size <= to; from++)
        if (memcmp(from, part, size) == 0)
            return true;
    return false;
}

/* An arena hands out what follows in memory, as long as its first chunk has room: this is where all that was read is.
 */
static void
assert_no_trace(const struct secrets *secrets, const char *path, const char *what)
{
    struct mtl_arena *arena = mtl_arena_new();
    const uint8_t *start = mtl_arena_alloc(arena, 1);

    load(arena, path);
    const uint8_t *end = mtl_arena_alloc(arena, 1);
    assert_true(end > start && end - start < 16384);
    if (contains(start, end, secrets->der + SECRET_AT, SECRET_SIZE))
        fail_msg("%s: the key is still there", what);
    if (contains(start, end, secrets->base64 + 16, 32))
        fail_msg("%s: the key is still there in base64", what);
    mtl_arena_free(arena);
}

static void
assert_wiped(const struct secrets *secrets, const void *bytes, size_t size, const char *what)
{
    write_file(secrets, bytes, size);
    assert_no_trace(secrets, secrets->path, what);
    assert_no_trace(secrets, secrets->directory, what);
}

static void
keys_in_der_are_wiped_whether_they_decode_or_not(void **state)
{
    struct secrets *secrets = *state;
    uint8_t broken[ROOM];

    assert_wiped(secrets, secrets->der, secrets->size, "a key");
    assert_wiped(secrets, secrets->der, secrets->size - 5, "the start of a key");
    assert_wiped(secrets, secrets->der, secrets->size + 3, "a key with bytes behind it");
    memcpy(broken, secrets->der, secrets->size);
    broken[4] = 7; /* the version */
    assert_wiped(secrets, broken, secrets->size, "a key that does not decode");
    memset(broken, 0xff, 2);
    assert_wiped(secrets, broken, secrets->size, "nothing that is known");
}

static void
keys_in_pem_are_wiped_whatever_is_wrong_with_them(void **state)
{
    static const struct {
        const char *before, *after;
    } forms[] = {
        {"-----BEGIN EC PRIVATE KEY-----\n", "\n-----END EC PRIVATE KEY-----\n"},
        {"-----BEGIN EC PRIVATE KEY-----\n", "#\n-----END EC PRIVATE KEY-----\n"},
        {"-----BEGIN EC PRIVATE KEY-----\n", "\n"},
        {"-----BEGIN EC PRIVATE KEY-----\n", "\n-----END PRIVATE KEY-----\n"},
        {"-----BEGIN OPENSSH PRIVATE KEY-----\n", "\n-----END OPENSSH PRIVATE KEY-----\n"},
        {"-----BEGIN SOME KEY-----\n", "\n-----END SOME KEY-----\n"},
        {"  -----BEGIN EC PRIVATE KEY-----\n", "\n-----END EC PRIVATE KEY-----\n"},
    };
    struct secrets *secrets = *state;

    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        const char *text = mtl_arena_printf(secrets->arena, "%s%s%s", forms[i].before, secrets->base64, forms[i].after);
        assert_wiped(secrets, text, strlen(text), text);
    }
}

static void
certificates_in_der_stay(void **state)
{
    struct secrets *secrets = *state;
    struct mtl_slice der = mint_find(&secrets->mint, "root")->der;

    write_file(secrets, der.data, der.size);
    assert_true(mtl_slice_equal(load(secrets->arena, secrets->path)->certs[0].cert->der, der));
    assert_true(mtl_slice_equal(load(secrets->arena, secrets->directory)->certs[0].cert->der, der));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_in_der_are_wiped_whether_they_decode_or_not),
        cmocka_unit_test(keys_in_pem_are_wiped_whatever_is_wrong_with_them),
        cmocka_unit_test(certificates_in_der_stay),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
