/* The stored test keys: loaded once per type, used for signing.
 * SPDX-License-Identifier: Apache-2.0 */
#include "support/keys.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <stdlib.h>
#include <string.h>

#define MAX_TYPES 24
#define MAX_KEYS 64

struct key_file {
    const char *type;
    struct test_key keys[MAX_KEYS];
    size_t count;
};

struct key_pool {
    struct mtl_arena *arena;
    struct key_file files[MAX_TYPES];
    size_t count;
};

struct key_pool *
key_pool_new(void)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct key_pool *pool = mtl_arena_alloc(arena, sizeof *pool);
    pool->arena = arena;
    return pool;
}

void
key_pool_free(struct key_pool *pool)
{
    if (pool == NULL)
        return;
    for (size_t i = 0; i < pool->count; i++)
        for (size_t j = 0; j < pool->files[i].count; j++)
            EVP_PKEY_free(pool->files[i].keys[j].pkey);
    mtl_arena_free(pool->arena);
}

static void
describe(struct mtl_arena *arena, struct test_key *key)
{
    X509_PUBKEY *public = NULL;
    const unsigned char *bits;
    int bit_size;
    unsigned char *der = NULL;
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned digest_size;

    if (X509_PUBKEY_set(&public, key->pkey) != 1)
        abort();
    X509_PUBKEY_get0_param(NULL, &bits, &bit_size, NULL, public);
    if (EVP_Digest(bits, (size_t)bit_size, digest, &digest_size, EVP_sha1(), NULL) != 1)
        abort();
    key->key_id = mtl_arena_copy(arena, mtl_slice_of(digest, digest_size));
    int size = i2d_X509_PUBKEY(public, &der);
    if (size <= 0)
        abort();
    key->spki = mtl_arena_copy(arena, mtl_slice_of(der, (size_t)size));
    OPENSSL_free(der);
    X509_PUBKEY_free(public);
}

static struct key_file *
load(struct key_pool *pool, const char *type)
{
    if (pool->count == MAX_TYPES)
        return NULL;
    char *path = mtl_arena_printf(pool->arena, "%s/fixtures/keys/%s.pem", MTL_SOURCE_DIR, type);
    for (char *c = strrchr(path, '/'); *c != '\0'; c++)
        if (*c == ':')
            *c = '-';

    BIO *bio = BIO_new_file(path, "r");
    if (bio == NULL)
        return NULL;
    struct key_file *file = &pool->files[pool->count++];
    file->type = mtl_arena_strdup(pool->arena, type);
    while (file->count < MAX_KEYS) {
        struct test_key *key = &file->keys[file->count];
        key->type = file->type;
        key->pkey = PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL);
        if (key->pkey == NULL)
            break;
        describe(pool->arena, key);
        file->count++;
    }
    ERR_clear_error();
    BIO_free(bio);
    return file;
}

const struct test_key *
key_pool_get(struct key_pool *pool, const char *type, size_t index)
{
    struct key_file *file = NULL;
    for (size_t i = 0; i < pool->count && file == NULL; i++)
        if (strcmp(pool->files[i].type, type) == 0)
            file = &pool->files[i];
    if (file == NULL)
        file = load(pool, type);
    if (file == NULL || index >= file->count)
        return NULL;
    return &file->keys[index];
}

static bool
sign(EVP_MD_CTX *context, const struct test_key *key, const char *digest, bool pss, struct mtl_slice message,
     uint8_t *signature, size_t *size)
{
    EVP_PKEY_CTX *parameters;
    const char *name = digest[0] == '\0' ? NULL : digest;

    if (EVP_DigestSignInit_ex(context, &parameters, name, NULL, NULL, key->pkey, NULL) != 1)
        return false;
    if (pss && (EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) != 1 ||
                EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, RSA_PSS_SALTLEN_DIGEST) != 1))
        return false;
    return EVP_DigestSign(context, signature, size, message.data, message.size) == 1;
}

struct mtl_slice
test_key_sign(struct mtl_arena *arena, const struct test_key *key, const char *digest, bool pss,
              struct mtl_slice message)
{
    uint8_t signature[2048];
    size_t size = sizeof signature;
    EVP_MD_CTX *context = EVP_MD_CTX_new();

    bool done = sign(context, key, digest, pss, message, signature, &size);
    EVP_MD_CTX_free(context);
    return done ? mtl_arena_copy(arena, mtl_slice_of(signature, size)) : (struct mtl_slice){0};
}

struct mtl_slice
test_key_pem(struct mtl_arena *arena, const struct test_key *key)
{
    BIO *bio = BIO_new(BIO_s_mem());
    char *text;
    if (PEM_write_bio_PrivateKey(bio, key->pkey, NULL, NULL, 0, NULL, NULL) != 1)
        abort();
    long size = BIO_get_mem_data(bio, &text);
    struct mtl_slice pem = mtl_arena_copy(arena, mtl_slice_of(text, (size_t)size));
    BIO_free(bio);
    return pem;
}
