/*
 * The stored test keys in fixtures/keys: one PEM file per type, several keys in each. They are public.
 *
 * Stored keys make minting fast and certificates comparable from one minting to the next.
 */
#ifndef MTL_TESTS_SUPPORT_KEYS_H
#define MTL_TESTS_SUPPORT_KEYS_H

#include <openssl/evp.h>

#include "base/base.h"

struct test_key {
    const char *type; /* "ec:P-256"; its file is fixtures/keys/ec-P-256.pem */
    EVP_PKEY *pkey;
    struct mtl_slice spki;   /* SubjectPublicKeyInfo */
    struct mtl_slice key_id; /* SHA-1 of the public key's bits (RFC 5280 4.2.1.2 method 1) */
};

struct key_pool;
struct key_pool *key_pool_new(void);
void key_pool_free(struct key_pool *pool);
/* The key number index of a type; NULL when there is no such type or too few keys of it. */
const struct test_key *key_pool_get(struct key_pool *pool, const char *type, size_t index);

/*
 * Signs. digest: "sha256", ...; "" for EdDSA. pss: RSASSA-PSS with a salt as long as the digest.
 * Absent when libcrypto refuses.
 */
struct mtl_slice test_key_sign(struct mtl_arena *arena, const struct test_key *key, const char *digest, bool pss,
                               struct mtl_slice message);
/* PKCS#8 PEM. */
struct mtl_slice test_key_pem(struct mtl_arena *arena, const struct test_key *key);

#endif
