/* Private keys in all their forms against libcrypto. SPDX-License-Identifier: Apache-2.0 */
#include "cert/cert.h"
#include "support/cert_judge_mutate.h"
#include "support/keys.h"
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

/* Absent when libcrypto does not decode the key. */
static struct mtl_slice
judged_public_half(struct world *world, struct mtl_slice der)
{
    const unsigned char *at = der.data;
    unsigned char *spki = NULL;
    EVP_PKEY *judge = d2i_AutoPrivateKey(NULL, &at, (long)der.size);

    if (judge == NULL)
        return (struct mtl_slice){0};
    int size = i2d_PUBKEY(judge, &spki);
    EVP_PKEY_free(judge);
    return keep(world, spki, size);
}

/* What decodes with us decodes in libcrypto, to the same public half. Returns whether it did. */
static bool
is_judged_alike(struct world *world, struct mtl_slice der)
{
    const struct mtl_private_key *key = parse(world, der);

    if (key == NULL || key->encrypted)
        return false;
    assert_true(mtl_slice_equal(key->spki, judged_public_half(world, der)));
    return true;
}

static void
damaged_keys_are_never_accepted_alone(void **state)
{
    struct world *world = *state;
    uint64_t random = 14;
    size_t accepted = 0, trials = 0;

    for (size_t i = 0; i < TYPES; i++) {
        EVP_PKEY *pkey = key_pool_get(world->keys, types[i], 0)->pkey;
        for (size_t trial = 0; trial < 60; trial++, trials++) {
            struct mtl_slice der = trial % 2 == 0 ? pkcs8(world, pkey) : traditional(world, pkey);
            uint8_t *bytes = (uint8_t *)(uintptr_t)der.data;
            size_t near_start = der.size < 80 || trial % 3 == 0 ? der.size : 80;
            bytes[random_below(&random, near_start)] ^= (uint8_t)(1U << random_below(&random, 8));
            accepted += is_judged_alike(world, der);
        }
    }
    ERR_clear_error();
    assert_true(accepted > 0 && accepted < trials);
}

/* Fields added, left out, repeated or changed, all lengths kept right. */
static void
rearranged_keys_are_never_accepted_alone(void **state)
{
    struct world *world = *state;
    size_t accepted = 0, trials = 0;
    uint64_t random = 4;
    uint8_t bytes[4096];

    for (size_t i = 0; i < TYPES; i++) {
        EVP_PKEY *pkey = key_pool_get(world->keys, types[i], 0)->pkey;
        for (size_t trial = 0; trial < 60; trial++, trials++) {
            struct mtl_slice der = trial % 2 == 0 ? pkcs8(world, pkey) : traditional(world, pkey);
            size_t size = der_mutate(&random, der, bytes, sizeof(bytes));
            accepted += is_judged_alike(world, mtl_slice_of(bytes, size));
        }
    }
    ERR_clear_error();
    assert_true(accepted > 0 && accepted < trials);
}

/* ---- halves that do not belong together ----------------------------------------------------------------------- */

/* der with the octets that stand for a public key replaced by others of the same size. */
static struct mtl_slice
exchange(struct world *world, struct mtl_slice der, struct mtl_slice octets, struct mtl_slice others)
{
    struct mtl_slice changed = mtl_arena_copy(world->arena, der);
    uint8_t *bytes = (uint8_t *)(uintptr_t)changed.data;
    size_t found = 0;

    assert_int_equal(octets.size, others.size);
    for (size_t i = 0; i + octets.size <= der.size; i++) {
        if (memcmp(der.data + i, octets.data, octets.size) != 0)
            continue;
        memcpy(bytes + i, others.data, others.size);
        found++;
    }
    assert_int_equal(found, 1);
    return changed;
}

/* The modulus, or both coordinates of the point. */
static struct mtl_slice
public_octets(const struct test_key *key)
{
    bool is_rsa = EVP_PKEY_is_a(key->pkey, "RSA");
    size_t field = ((size_t)EVP_PKEY_get_bits(key->pkey) + 7) / 8;
    size_t size = is_rsa ? field : 2 * field;
    size_t tail = is_rsa ? 5 : 0; /* the exponent 65537 as an INTEGER */

    return mtl_slice_of(key->spki.data + key->spki.size - tail - size, size);
}

/*
 * As in X509_check_private_key(), by which OpenSSL tells whether a key is a certificate's: the public half that the key
 * states counts, whatever its secret is good for.
 */
static void
the_public_half_that_a_key_states_counts(void **state)
{
    static const char *const cases[] = {"rsa-2048", "rsa-1024", "ec:P-256", "ec:P-521"};
    struct world *world = *state;
    size_t matches = 0;

    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        const struct test_key *own = key_pool_get(world->keys, cases[i], 0);
        const struct test_key *other = key_pool_get(world->keys, cases[i], 1);
        struct mtl_slice der = i % 2 == 0 ? pkcs8(world, own->pkey) : traditional(world, own->pkey);
        struct mtl_slice crossed = exchange(world, der, public_octets(own), public_octets(other));
        const unsigned char *at = crossed.data;
        EVP_PKEY *judge = d2i_AutoPrivateKey(NULL, &at, (long)crossed.size);
        const struct mtl_private_key *key = parse(world, crossed);

        assert_true(judge != NULL && key != NULL);
        for (size_t index = 0; index < 2; index++) {
            struct twice cert = cert_with_key(world, cases[i], index);
            bool expected = X509_check_private_key(cert.judge, judge) == 1;

            assert_int_equal(mtl_private_key_matches(key, cert.ours), expected);
            matches += expected;
            twice_free(&cert);
        }
        EVP_PKEY_free(judge);
    }
    ERR_clear_error();
    assert_int_equal(matches, sizeof(cases) / sizeof(*cases));
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
        cmocka_unit_test(rearranged_keys_are_never_accepted_alone),
        cmocka_unit_test(the_public_half_that_a_key_states_counts),
        cmocka_unit_test(other_objects_are_no_private_keys),
        cmocka_unit_test(wiped_bytes_are_gone),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
