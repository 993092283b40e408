/* Keys and signatures against libcrypto: verification, decoding, strength. SPDX-License-Identifier: Apache-2.0 */
#include "cert/algorithms.h"
#include "cert/cert.h"
#include "support/der.h"
#include "support/mint.h"
#include "support/random.h"

#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* ---- one certificate, by us and by libcrypto ------------------------------------------------------------------ */

struct world {
    struct mtl_arena *arena;
    struct key_pool *keys;
    struct mint mint;
    struct mtl_crypto *crypto;
};

static int
set_up(void **state)
{
    static struct world world;

    world.arena = mtl_arena_new();
    world.keys = key_pool_new();
    world.mint = mint_new(world.arena, world.keys);
    world.crypto = mtl_crypto_new(world.arena);
    *state = &world;
    return 0;
}

static int
tear_down(void **state)
{
    struct world *world = *state;

    mtl_crypto_free(world->crypto);
    key_pool_free(world->keys);
    mtl_arena_free(world->arena);
    return 0;
}

static struct mtl_slice
mint_cert(struct world *world, const char *name, const char *words)
{
    if (!mint_line(&world->mint, mtl_arena_printf(world->arena, "%s %s", name, words)))
        fail_msg("%s", world->mint.error);
    return mint_find(&world->mint, name)->der;
}

static const struct mtl_cert *
parse(struct world *world, struct mtl_slice der)
{
    const struct mtl_cert *cert;
    struct mtl_error error;

    return mtl_cert_parse(world->arena, der, &cert, &error) ? cert : NULL;
}

static X509 *
judge_parse(struct mtl_slice der)
{
    const unsigned char *at = der.data;
    X509 *cert = d2i_X509(NULL, &at, (long)der.size);

    ERR_clear_error();
    return cert;
}

/* What internal_verify() of libcrypto makes of the pair. */
static enum mtl_signature_outcome
judge_verify(X509 *subject, X509 *issuer)
{
    EVP_PKEY *key = X509_get0_pubkey(issuer);
    enum mtl_signature_outcome outcome = key == NULL                      ? MTL_SIGNATURE_KEY_UNUSABLE
                                         : X509_verify(subject, key) == 1 ? MTL_SIGNATURE_GOOD
                                                                          : MTL_SIGNATURE_BAD;
    ERR_clear_error();
    return outcome;
}

/* Compares everything about the pair; returns what libcrypto says of the signature. */
static enum mtl_signature_outcome
compare_pair(struct world *world, struct mtl_slice subject_der, struct mtl_slice issuer_der)
{
    const struct mtl_cert *subject = parse(world, subject_der), *issuer = parse(world, issuer_der);
    X509 *judge_subject = judge_parse(subject_der), *judge_issuer = judge_parse(issuer_der);
    enum mtl_signature_outcome expected = MTL_SIGNATURE_BAD;

    if (subject != NULL && issuer != NULL) {
        assert_non_null(judge_subject);
        assert_non_null(judge_issuer);
        enum mtl_signature_outcome ours = mtl_crypto_verify(world->crypto, subject, issuer);
        expected = judge_verify(judge_subject, judge_issuer);
        assert_int_equal(ours == MTL_SIGNATURE_UNSUPPORTED ? MTL_SIGNATURE_BAD : ours, expected);
    }
    X509_free(judge_subject);
    X509_free(judge_issuer);
    return expected;
}

static void
compare_strength(struct world *world, struct mtl_slice der)
{
    const struct mtl_cert *cert = parse(world, der);
    X509 *judge = judge_parse(der);
    int bits = -1;

    if (cert != NULL) {
        assert_non_null(judge);
        EVP_PKEY *key = X509_get0_pubkey(judge);
        assert_int_equal(mtl_cert_key_is_usable(cert), key != NULL);
        if (key != NULL)
            assert_int_equal(mtl_key_security_bits(&cert->key), EVP_PKEY_get_security_bits(key));
        (void)X509_get_signature_info(judge, NULL, NULL, &bits, NULL);
        assert_int_equal(mtl_signature_security_bits(cert), bits);
    }
    X509_free(judge);
    ERR_clear_error();
}

/* ---- signatures ----------------------------------------------------------------------------------------------- */

static const char *const issuers[] = {
    "key=rsa-2048#0",
    "key=rsa-2048#0 digest=sha1",
    "key=rsa-2048#0 digest=md5",
    "key=rsa-1024#0 digest=sha512",
    "key=rsa-2048#0 pss",
    "key=rsa-3072#0 digest=sha384 pss",
    "key=rsa-pss-2048#0 pss",
    "key=ec:P-256#0",
    "key=ec:P-384#0 digest=sha384",
    "key=ec:P-521#0 digest=sha512",
    "key=ec:P-224#0 digest=sha224",
    "key=ec:P-192#0",
    "key=ec:secp256k1#0",
    "key=ec:brainpoolP256r1#0",
    "key=ec:P-256-explicit#0",
    "key=ed25519#0",
    "key=ed448#0",
    "key=dsa:2048#0",
};
#define ISSUERS (sizeof(issuers) / sizeof(*issuers))

static struct mtl_slice
mint_issuer(struct world *world, size_t index)
{
    const char *name = mtl_arena_printf(world->arena, "root%zu", index);
    const struct minted *found = mint_find(&world->mint, name);

    return found != NULL ? found->der
                         : mint_cert(world, name, mtl_arena_printf(world->arena, "self-signed ca %s", issuers[index]));
}

static void
every_algorithm_verifies_as_in_libcrypto(void **state)
{
    struct world *world = *state;
    size_t good = 0;

    for (size_t i = 0; i < ISSUERS; i++) {
        struct mtl_slice der = mint_issuer(world, i);
        if (compare_pair(world, der, der) != MTL_SIGNATURE_GOOD)
            fail_msg("%s", issuers[i]);
        compare_strength(world, der);
        good++;
    }
    assert_int_equal(good, ISSUERS);
}

static void
every_key_is_tried_on_every_signature(void **state)
{
    struct world *world = *state;
    size_t good = 0;

    for (size_t i = 0; i < ISSUERS; i++) {
        for (size_t j = 0; j < ISSUERS; j++)
            good += compare_pair(world, mint_issuer(world, i), mint_issuer(world, j)) == MTL_SIGNATURE_GOOD;
    }
    assert_true(good >= ISSUERS && good < ISSUERS * ISSUERS / 2);
}

/* One octet changed anywhere: what still decodes is judged alike. */
static void
flipped_octets_are_judged_alike(void **state)
{
    struct world *world = *state;
    struct test_random random = {7};

    for (size_t i = 0; i < ISSUERS; i++) {
        struct mtl_slice issuer = mint_issuer(world, i);
        for (size_t trial = 0; trial < 60; trial++) {
            struct mtl_slice subject = mtl_arena_copy(world->arena, issuer);
            uint8_t *bytes = (uint8_t *)(uintptr_t)subject.data;
            bytes[random_below(&random, subject.size)] ^= (uint8_t)(1U << random_below(&random, 8));
            compare_pair(world, subject, issuer);
            compare_strength(world, subject);
        }
    }
}

static void
algorithms_inside_and_outside_must_agree(void **state)
{
    struct world *world = *state;
    struct mtl_slice der = mint_cert(world, "disagree", "self-signed key=rsa-2048#0 inner-digest=sha384");

    assert_int_equal(compare_pair(world, der, der), MTL_SIGNATURE_BAD);
}

static void
results_are_kept(void **state)
{
    struct world *world = *state;
    struct mtl_crypto *crypto = mtl_crypto_new(world->arena);
    struct mtl_slice root = mint_issuer(world, 0);
    const struct mtl_cert *first = parse(world, root);
    const struct mtl_cert *copy = parse(world, mtl_arena_copy(world->arena, root));

    assert_int_equal(mtl_crypto_verifications(crypto), 0);
    assert_int_equal(mtl_crypto_verify(crypto, first, first), MTL_SIGNATURE_GOOD);
    assert_int_equal(mtl_crypto_verify(crypto, copy, first), MTL_SIGNATURE_GOOD);
    assert_int_equal(mtl_crypto_verify(crypto, first, copy), MTL_SIGNATURE_GOOD);
    assert_int_equal(mtl_crypto_verifications(crypto), 1);
    mtl_crypto_free(crypto);
}

/* The table grows past its first sizes and still finds everything. */
static void
many_results_are_kept(void **state)
{
    struct world *world = *state;
    struct mtl_crypto *crypto = mtl_crypto_new(world->arena);
    const struct mtl_cert *root = parse(world, mint_issuer(world, 0)), *leaves[100];

    for (size_t i = 0; i < 100; i++) {
        const char *name = mtl_arena_printf(world->arena, "leaf%zu", i);
        leaves[i] = parse(
            world, mint_cert(world, name,
                             i % 2 == 0 ? "issuer=root0 key=ec:P-256#0" : "issuer=root0 key=ec:P-256#0 bad-signature"));
        assert_non_null(leaves[i]);
    }
    for (size_t round = 0; round < 2; round++) {
        for (size_t i = 0; i < 100; i++)
            assert_int_equal(mtl_crypto_verify(crypto, leaves[i], root),
                             i % 2 == 0 ? MTL_SIGNATURE_GOOD : MTL_SIGNATURE_BAD);
    }
    assert_int_equal(mtl_crypto_verifications(crypto), 100);
    mtl_crypto_free(crypto);
}

/* ---- public keys ---------------------------------------------------------------------------------------------- */

static struct mtl_slice
cert_with_key(struct world *world, struct mtl_slice spki)
{
    static size_t serial;
    struct mtl_text words = {.arena = world->arena};

    mtl_text_add(&words, "self-signed key=ec:P-256#0 spki=");
    mtl_text_hex(&words, spki, 0);
    return mint_cert(world, mtl_arena_printf(world->arena, "spki%zu", serial++), words.text);
}

static struct mtl_slice
rsa_spki(struct world *world, struct mtl_slice modulus, struct mtl_slice exponent, const char *trailer)
{
    struct der der = der_new(world->arena);
    size_t spki = der_open(&der, DER_SEQUENCE), algorithm = der_open(&der, DER_SEQUENCE);

    der_oid(&der, DER_OID, "1.2.840.113549.1.1.1");
    der_null(&der);
    der_close(&der, algorithm);
    size_t bits = der_open(&der, DER_BIT_STRING);
    der_raw(&der, mtl_slice_of("", 1));
    size_t key = der_open(&der, DER_SEQUENCE);
    der_value(&der, DER_INTEGER, modulus);
    der_value(&der, DER_INTEGER, exponent);
    der_raw(&der, mtl_slice_text(trailer));
    der_close(&der, key);
    der_close(&der, bits);
    der_close(&der, spki);
    return der_slice(&der);
}

static void
odd_rsa_keys_decode_as_in_libcrypto(void **state)
{
    struct world *world = *state;
    const struct mtl_slice numbers[] = {mtl_slice_of("", 0),       mtl_slice_of("\0", 1),
                                        mtl_slice_of("\x03", 1),   mtl_slice_of("\xff\x01", 2),
                                        mtl_slice_of("\0\x7f", 2), mtl_slice_of("\1\0\1", 3)};
    size_t count = sizeof(numbers) / sizeof(*numbers);

    for (size_t i = 0; i < count * count; i++) {
        compare_strength(world, cert_with_key(world, rsa_spki(world, numbers[i / count], numbers[i % count], "")));
        compare_strength(world, cert_with_key(world, rsa_spki(world, numbers[i / count], numbers[i % count], "\x05")));
    }
}

/* A point with one bit flipped, a negated one, coordinates not below the prime, other forms. */
static void
points_are_checked_as_in_libcrypto(void **state)
{
    static const char *const curves[] = {"key=ec:P-256#0", "key=ec:P-384#0", "key=ec:P-521#0", "key=ec:secp256k1#0"};
    struct world *world = *state;
    struct test_random random = {8};
    size_t usable = 0, trials = 300;

    for (size_t i = 0; i < trials; i++) {
        const char *name = mtl_arena_printf(world->arena, "point%zu", i);
        struct mtl_slice der = mint_cert(world, name, mtl_arena_printf(world->arena, "self-signed %s", curves[i % 4]));
        const struct mtl_cert *cert = parse(world, der);
        uint8_t *key = (uint8_t *)(uintptr_t)mtl_cert_bytes(cert, cert->public_key).data;
        size_t half = cert->public_key.size / 2;
        switch (random_below(&random, 6)) {
        case 0:
            key[1 + random_below(&random, 2 * half)] ^= 1;
            break;
        case 1:
            memset(key + 1, 0xff, half);
            break;
        case 2:
            memset(key + 1 + half, 0xff, half);
            break;
        case 3:
            key[0] = (uint8_t)random_below(&random, 8);
            break;
        case 4:
            memset(key + 1, 0, half);
            break;
        default:
            break;
        }
        compare_strength(world, der);
        usable += mtl_cert_key_is_usable(parse(world, der));
    }
    assert_true(usable > trials / 10 && usable < trials * 9 / 10);
}

static void
rsa_strength_is_that_of_libcrypto_for_every_size(void **state)
{
    struct world *world = *state;
    (void)world;

    for (uint32_t bits = 1; bits <= 16384; bits++) {
        struct mtl_key_info key = {.type = MTL_KEY_RSA, .bits = bits};
        BIGNUM *modulus = BN_new(), *exponent = BN_new();
        uint8_t native[2200], three[1] = {3};
        assert_true(BN_set_bit(modulus, (int)bits - 1));
        int size = BN_bn2nativepad(modulus, native, BN_num_bytes(modulus));
        OSSL_PARAM params[] = {OSSL_PARAM_construct_BN("n", native, (size_t)size),
                               OSSL_PARAM_construct_BN("e", three, 1), OSSL_PARAM_construct_end()};
        EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);
        EVP_PKEY *judge = NULL;
        assert_int_equal(EVP_PKEY_fromdata_init(context), 1);
        assert_int_equal(EVP_PKEY_fromdata(context, &judge, EVP_PKEY_PUBLIC_KEY, params), 1);
        assert_int_equal(mtl_key_security_bits(&key), EVP_PKEY_get_security_bits(judge));
        EVP_PKEY_free(judge);
        EVP_PKEY_CTX_free(context);
        BN_free(modulus);
        BN_free(exponent);
    }
}

/* ---- strength of signatures by their AlgorithmIdentifier -------------------------------------------------------- */

/* A certificate's DER with both AlgorithmIdentifiers replaced by this one. */
static struct mtl_slice
with_algorithm(struct world *world, struct mtl_slice algorithm)
{
    struct mtl_slice der = mint_issuer(world, 0);
    const struct mtl_cert *cert = parse(world, der);
    struct mtl_slice tbs = mtl_cert_bytes(cert, cert->tbs), inner = mtl_cert_bytes(cert, cert->tbs_signature_alg);
    struct mtl_der reader = mtl_der_reader(tbs, NULL), content;
    struct der out = der_new(world->arena);

    assert_true(mtl_der_enter(&reader, MTL_DER_SEQUENCE, &content));
    size_t whole = der_open(&out, DER_SEQUENCE), body = der_open(&out, DER_SEQUENCE);
    der_raw(&out, mtl_slice_of(content.at, (size_t)(inner.data - content.at)));
    der_raw(&out, algorithm);
    der_raw(&out, mtl_slice_of(inner.data + inner.size, (size_t)(tbs.data + tbs.size - inner.data) - inner.size));
    der_close(&out, body);
    der_raw(&out, algorithm);
    der_bit_string(&out, mtl_cert_bytes(cert, cert->signature));
    der_close(&out, whole);
    return der_slice(&out);
}

static struct mtl_slice
plain_algorithm(struct world *world, const char *oid)
{
    struct der out = der_new(world->arena);
    size_t algorithm = der_open(&out, DER_SEQUENCE);

    der_oid(&out, DER_OID, oid);
    der_null(&out);
    der_close(&out, algorithm);
    return der_slice(&out);
}

static void
known_and_unknown_algorithms_are_rated_as_in_libcrypto(void **state)
{
    static const char *const oids[] = {"1.2.840.113549.1.1.2",
                                       "1.2.840.113549.1.1.3",
                                       "1.2.840.113549.1.1.4",
                                       "1.2.840.113549.1.1.5",
                                       "1.2.840.113549.1.1.11",
                                       "1.2.840.113549.1.1.12",
                                       "1.2.840.113549.1.1.13",
                                       "1.2.840.113549.1.1.14",
                                       "1.2.840.113549.1.1.15",
                                       "1.2.840.113549.1.1.16",
                                       "1.3.14.3.2.3",
                                       "1.3.14.3.2.29",
                                       "1.3.14.3.2.15",
                                       "1.3.14.3.2.14",
                                       "1.3.36.3.3.1.2",
                                       "2.16.840.1.101.3.4.3.13",
                                       "2.16.840.1.101.3.4.3.14",
                                       "2.16.840.1.101.3.4.3.15",
                                       "2.16.840.1.101.3.4.3.16",
                                       "1.2.840.10040.4.3",
                                       "2.16.840.1.101.3.4.3.1",
                                       "2.16.840.1.101.3.4.3.2",
                                       "2.16.840.1.101.3.4.3.3",
                                       "2.16.840.1.101.3.4.3.10",
                                       "1.2.840.10045.4.1",
                                       "1.2.840.10045.4.2",
                                       "1.2.840.10045.4.3",
                                       "1.2.840.10045.4.3.1",
                                       "1.2.840.10045.4.3.2",
                                       "1.2.840.10045.4.3.3",
                                       "1.2.840.10045.4.3.4",
                                       "1.3.101.112",
                                       "1.3.101.113",
                                       "1.2.3.4",
                                       "1.2.643.2.2.3",
                                       "1.2.156.10197.1.501",
                                       "1.2.840.113549.1.1.10",
                                       "1.3.14.3.2.13",
                                       "1.3.14.3.2.27"};
    struct world *world = *state;

    for (size_t i = 0; i < sizeof(oids) / sizeof(*oids); i++) {
        struct mtl_slice der = with_algorithm(world, plain_algorithm(world, oids[i]));
        compare_strength(world, der);
        compare_pair(world, der, mint_issuer(world, 0));
    }
}

/* RSASSA-PSS-params (RFC 4055 3.1), each field sometimes left out and sometimes wrong. */
static struct mtl_slice
random_pss(struct world *world, struct test_random *random)
{
    static const char *const digests[] = {
        "2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.2", "1.3.14.3.2.26",         "1.2.3",
        "1.2.840.113549.2.5",     "2.16.840.1.101.3.4.2.3", "2.16.840.1.101.3.4.2.8"};
    struct der out = der_new(world->arena);
    size_t algorithm = der_open(&out, DER_SEQUENCE);

    der_oid(&out, DER_OID, "1.2.840.113549.1.1.10");
    size_t params = der_open(&out, DER_SEQUENCE);
    if (random_chance(random, 80)) {
        size_t field = der_open(&out, DER_CONSTRUCTED);
        der_raw(&out, plain_algorithm(world, RANDOM_PICK(random, digests)));
        der_close(&out, field);
    }
    if (random_chance(random, 70)) {
        size_t field = der_open(&out, DER_CONSTRUCTED + 1), mask = der_open(&out, DER_SEQUENCE);
        der_oid(&out, DER_OID, random_chance(random, 90) ? "1.2.840.113549.1.1.8" : "1.2.3");
        if (random_chance(random, 90))
            der_raw(&out, plain_algorithm(world, RANDOM_PICK(random, digests)));
        der_close(&out, mask);
        der_close(&out, field);
    }
    if (random_chance(random, 70)) {
        size_t field = der_open(&out, DER_CONSTRUCTED + 2);
        der_integer(&out, DER_INTEGER, random_chance(random, 90) ? 32 : -1);
        der_close(&out, field);
    }
    if (random_chance(random, 30)) {
        size_t field = der_open(&out, DER_CONSTRUCTED + 3);
        der_integer(&out, DER_INTEGER, random_chance(random, 70) ? 1 : 2);
        der_close(&out, field);
    }
    der_close(&out, params);
    der_close(&out, algorithm);
    return der_slice(&out);
}

static void
pss_parameters_are_rated_as_in_libcrypto(void **state)
{
    struct world *world = *state;
    struct test_random random = {9};

    for (size_t i = 0; i < 2000; i++)
        compare_strength(world, with_algorithm(world, random_pss(world, &random)));
}

static void
keys_and_digests_have_names(void **state)
{
    struct world *world = *state;
    struct mtl_key_info rsa = {.type = MTL_KEY_RSA, .bits = 2048}, ec = {.type = MTL_KEY_EC, .curve = MTL_CURVE_P256};

    assert_string_equal(mtl_key_text(world->arena, &rsa), "RSA 2048");
    assert_string_equal(mtl_key_text(world->arena, &ec), "EC P-256");
    assert_string_equal(mtl_digest_text(MTL_DIGEST_SHA256), "SHA-256");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_algorithm_verifies_as_in_libcrypto),
        cmocka_unit_test(every_key_is_tried_on_every_signature),
        cmocka_unit_test(flipped_octets_are_judged_alike),
        cmocka_unit_test(algorithms_inside_and_outside_must_agree),
        cmocka_unit_test(results_are_kept),
        cmocka_unit_test(many_results_are_kept),
        cmocka_unit_test(odd_rsa_keys_decode_as_in_libcrypto),
        cmocka_unit_test(points_are_checked_as_in_libcrypto),
        cmocka_unit_test(rsa_strength_is_that_of_libcrypto_for_every_size),
        cmocka_unit_test(known_and_unknown_algorithms_are_rated_as_in_libcrypto),
        cmocka_unit_test(pss_parameters_are_rated_as_in_libcrypto),
        cmocka_unit_test(keys_and_digests_have_names),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
