/* Private keys in all their forms against libcrypto. SPDX-License-Identifier: Apache-2.0 */
#include "cert/cert.h"
#include "support/keys.h"
#include "support/random.h"
#include "support/twice.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *const types[] = {"rsa-2048", "rsa-1024", "rsa-pss-2048",      "ec:P-256",
                                    "ec:P-384", "ec:P-521", "ec:P-256-explicit", "ec:secp256k1",
                                    "ed25519",  "ed448",    "dsa:2048"};
#define TYPES (sizeof(types) / sizeof(*types))

struct world {
    struct mtl_arena *arena;
    struct key_pool *keys;
};

static int
set_up(void **state)
{
    static struct world world;

    world.arena = mtl_arena_new();
    world.keys = key_pool_new();
    *state = &world;
    return 0;
}

static int
tear_down(void **state)
{
    struct world *world = *state;

    key_pool_free(world->keys);
    mtl_arena_free(world->arena);
    return 0;
}

/* Takes the DER over into the arena. */
static struct mtl_slice
keep(struct world *world, unsigned char *der, int size)
{
    assert_true(size > 0);
    struct mtl_slice kept = mtl_arena_copy(world->arena, mtl_slice_of(der, (size_t)size));
    OPENSSL_free(der);
    return kept;
}

static struct mtl_slice
pkcs8(struct world *world, EVP_PKEY *key)
{
    PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8(key);
    unsigned char *der = NULL;
    int size = i2d_PKCS8_PRIV_KEY_INFO(info, &der);

    PKCS8_PRIV_KEY_INFO_free(info);
    return keep(world, der, size);
}

/* PKCS#1, SEC1 and DSA's own form; PKCS#8 for the others. */
static struct mtl_slice
traditional(struct world *world, EVP_PKEY *key)
{
    unsigned char *der = NULL;
    int size = i2d_PrivateKey(key, &der);

    return keep(world, der, size);
}

static struct mtl_slice
encrypted(struct world *world, EVP_PKEY *key)
{
    PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8(key);
    X509_SIG *sealed = PKCS8_encrypt(-1, EVP_aes_128_cbc(), "secret", 6, NULL, 0, 16, info);
    unsigned char *der = NULL;
    int size = i2d_X509_SIG(sealed, &der);

    X509_SIG_free(sealed);
    PKCS8_PRIV_KEY_INFO_free(info);
    return keep(world, der, size);
}

static const struct mtl_private_key *
parse(struct world *world, struct mtl_slice der)
{
    const struct mtl_private_key *key;
    struct mtl_error error = {.message = ""};

    if (mtl_private_key_parse(world->arena, der, &key, &error))
        return key;
    assert_true(error.message[0] != '\0');
    return NULL;
}

static struct twice
cert_with_key(struct world *world, const char *type, size_t index)
{
    return twice_mint(world->arena, world->keys, mtl_arena_printf(world->arena, "self-signed key=%s#%zu", type, index));
}

/* ---- tests ------------------------------------------------------------------------------------------------------ */

static void
every_form_gives_the_public_half(void **state)
{
    struct world *world = *state;

    for (size_t i = 0; i < TYPES; i++) {
        const struct test_key *key = key_pool_get(world->keys, types[i], 0);
        const struct mtl_private_key *modern = parse(world, pkcs8(world, key->pkey));
        const struct mtl_private_key *old = parse(world, traditional(world, key->pkey));
        assert_non_null(modern);
        assert_non_null(old);
        assert_string_equal(modern->format, "PKCS#8");
        assert_true(mtl_slice_equal(modern->spki, key->spki));
        assert_true(mtl_slice_equal(old->spki, key->spki));
        assert_false(modern->encrypted || old->encrypted);
    }
}

static void
formats_are_named(void **state)
{
    static const char *const expected[][2] = {
        {"rsa-2048", "PKCS#1"}, {"ec:P-256", "SEC1"}, {"dsa:2048", "DSA"}, {"ed25519", "PKCS#8"}};
    struct world *world = *state;

    for (size_t i = 0; i < 4; i++) {
        const struct test_key *key = key_pool_get(world->keys, expected[i][0], 0);
        assert_string_equal(parse(world, traditional(world, key->pkey))->format, expected[i][1]);
    }
}

static void
encrypted_keys_are_told_not_opened(void **state)
{
    struct world *world = *state;

    for (size_t i = 0; i < TYPES; i++) {
        const struct mtl_private_key *key =
            parse(world, encrypted(world, key_pool_get(world->keys, types[i], 0)->pkey));
        assert_non_null(key);
        assert_true(key->encrypted);
        assert_null(key->spki.data);
        assert_string_equal(key->format, "encrypted PKCS#8");
    }
}

static void
a_key_matches_its_certificate_only(void **state)
{
    struct world *world = *state;
    size_t matches = 0;

    for (size_t i = 0; i < TYPES; i++) {
        const struct test_key *test_key = key_pool_get(world->keys, types[i], 0);
        const struct mtl_private_key *key = parse(world, pkcs8(world, test_key->pkey));
        for (size_t j = 0; j < TYPES; j++) {
            struct twice cert = cert_with_key(world, types[j], 0);
            bool expected = X509_check_private_key(cert.judge, test_key->pkey) == 1;
            assert_int_equal(mtl_private_key_matches(key, cert.ours), expected);
            matches += expected;
            twice_free(&cert);
        }
    }
    ERR_clear_error();
    assert_int_equal(matches, TYPES);
}

static void
another_key_of_the_same_type_does_not_match(void **state)
{
    static const char *const pairs[] = {"rsa-2048", "ec:P-256"};
    struct world *world = *state;

    for (size_t i = 0; i < 2; i++) {
        const struct mtl_private_key *key = parse(world, pkcs8(world, key_pool_get(world->keys, pairs[i], 1)->pkey));
        struct twice cert = cert_with_key(world, pairs[i], 0);
        assert_false(mtl_private_key_matches(key, cert.ours));
        twice_free(&cert);
    }
}

/* The same point written in two ways is the same key. */
static void
a_compressed_point_matches(void **state)
{
    struct world *world = *state;
    const struct test_key *test_key = key_pool_get(world->keys, "ec:P-256", 0);
    const struct mtl_private_key *key = parse(world, pkcs8(world, test_key->pkey));
    EVP_PKEY *compressed = EVP_PKEY_dup(test_key->pkey);
    unsigned char *spki = NULL;

    assert_int_equal(EVP_PKEY_set_utf8_string_param(compressed, "point-format", "compressed"), 1);
    int size = i2d_PUBKEY(compressed, &spki);
    struct mtl_slice short_spki = keep(world, spki, size);
    assert_true(short_spki.size < test_key->spki.size);
    struct twice cert = twice_mint(world->arena, world->keys,
                                   mtl_arena_printf(world->arena, "self-signed key=ec:P-256#1%s",
                                                    twice_hex_word(world->arena, "spki=", short_spki)));
    assert_true(mtl_private_key_matches(key, cert.ours));
    EVP_PKEY_free(compressed);
    twice_free(&cert);
}

/* What decodes with us decodes in libcrypto, to the same public half. */
static void
damaged_keys_are_never_accepted_alone(void **state)
{
    struct world *world = *state;
    struct test_random random = {14};
    size_t accepted = 0, trials = 0;

    for (size_t i = 0; i < TYPES; i++) {
        EVP_PKEY *pkey = key_pool_get(world->keys, types[i], 0)->pkey;
        for (size_t trial = 0; trial < 40; trial++, trials++) {
            struct mtl_slice der = trial % 2 == 0 ? pkcs8(world, pkey) : traditional(world, pkey);
            uint8_t *bytes = (uint8_t *)(uintptr_t)der.data;
            const unsigned char *at = der.data;
            bytes[random_below(&random, der.size < 80 ? der.size : 80)] ^= (uint8_t)(1U << random_below(&random, 8));
            const struct mtl_private_key *key = parse(world, der);
            if (key == NULL || key->encrypted)
                continue;
            EVP_PKEY *judge = d2i_AutoPrivateKey(NULL, &at, (long)der.size);
            assert_non_null(judge);
            unsigned char *spki = NULL;
            int size = i2d_PUBKEY(judge, &spki);
            assert_true(mtl_slice_equal(key->spki, keep(world, spki, size)));
            EVP_PKEY_free(judge);
            accepted++;
        }
    }
    ERR_clear_error();
    assert_true(accepted > 0 && accepted < trials);
}

static void
other_objects_are_no_private_keys(void **state)
{
    struct world *world = *state;
    const struct test_key *key = key_pool_get(world->keys, "rsa-2048", 0);
    struct twice cert = cert_with_key(world, "rsa-2048", 0);
    struct mtl_slice private = pkcs8(world, key->pkey);

    assert_null(parse(world, cert.der));
    assert_null(parse(world, key->spki));
    assert_null(parse(world, mtl_slice_of("", 0)));
    assert_null(parse(world, mtl_slice_text("-----BEGIN PRIVATE KEY-----")));
    assert_null(parse(world, mtl_slice_of(private.data, private.size - 1)));
    twice_free(&cert);
}

static void
wiped_bytes_are_gone(void **state)
{
    char secret[] = "secret";
    (void)state;

    mtl_private_key_wipe(secret, sizeof(secret));
    assert_memory_equal(secret, "\0\0\0\0\0\0\0", sizeof(secret));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_gives_the_public_half),
        cmocka_unit_test(formats_are_named),
        cmocka_unit_test(encrypted_keys_are_told_not_opened),
        cmocka_unit_test(a_key_matches_its_certificate_only),
        cmocka_unit_test(another_key_of_the_same_type_does_not_match),
        cmocka_unit_test(a_compressed_point_matches),
        cmocka_unit_test(damaged_keys_are_never_accepted_alone),
        cmocka_unit_test(other_objects_are_no_private_keys),
        cmocka_unit_test(wiped_bytes_are_gone),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
