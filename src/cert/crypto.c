/* Signature checks, each made once: issuer keys and results are kept. SPDX-License-Identifier: Apache-2.0 */
#include "cert/decoded_key.h"
#include "cert/libcrypto.h"

#include <openssl/asn1t.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <string.h>

/* ---- a hash table --------------------------------------------------------------------------------------------- */

/* From bytes to a number; open addressing, at most half full. Equal bytes are the same key wherever they lie. */
struct slot {
    struct mtl_slice bytes; /* absent: free */
    uint64_t hash;
    size_t value;
};
struct table {
    struct slot *slots;
    size_t capacity, count; /* capacity is a power of two, or 0 */
};

/*
 * All octets count: of a part, a hostile file could hold as many as it likes that are alike in it. Eight at a time,
 * because certificates are long for mtl_slice_hash().
 */
static uint64_t
hash_of(struct mtl_slice bytes)
{
    uint64_t hash = bytes.size;

    for (size_t at = 0; at < bytes.size; at += sizeof(hash)) {
        size_t left = bytes.size - at;
        uint64_t octets = 0;

        memcpy(&octets, bytes.data + at, left < sizeof(octets) ? left : sizeof(octets));
        hash = (hash ^ octets) * UINT64_C(0x9e3779b97f4a7c15);
        hash ^= hash >> 32;
    }
    return hash;
}

static bool
is_same(struct mtl_slice a, struct mtl_slice b)
{
    return (a.data == b.data && a.size == b.size) || mtl_slice_equal(a, b);
}

/* The slot that holds bytes, or the free one where they belong. */
static struct slot *
probe(const struct table *table, struct mtl_slice bytes, uint64_t hash)
{
    size_t mask = table->capacity - 1, at = hash & mask;

    while (table->slots[at].bytes.data != NULL &&
           (table->slots[at].hash != hash || !is_same(table->slots[at].bytes, bytes)))
        at = (at + 1) & mask;
    return &table->slots[at];
}

static void
make_room(struct table *table, struct mtl_arena *arena)
{
    struct table old = *table;

    if (2 * (table->count + 1) <= table->capacity)
        return;
    table->capacity = old.capacity == 0 ? 8 : 2 * old.capacity;
    table->slots = mtl_arena_array(arena, table->capacity, sizeof(*table->slots));
    for (size_t i = 0; i < old.capacity; i++) {
        if (old.slots[i].bytes.data != NULL)
            *probe(table, old.slots[i].bytes, old.slots[i].hash) = old.slots[i];
    }
}

/* The slot of bytes; *is_new when it was not there and its value is to be set. */
static struct slot *
take_slot(struct table *table, struct mtl_arena *arena, struct mtl_slice bytes, bool *is_new)
{
    uint64_t hash = hash_of(bytes);

    make_room(table, arena);
    struct slot *slot = probe(table, bytes, hash);
    *is_new = slot->bytes.data == NULL;
    if (*is_new) {
        *slot = (struct slot){.bytes = bytes, .hash = hash};
        table->count++;
    }
    return slot;
}

/* ---- the session's memory ------------------------------------------------------------------------------------- */

struct issuer_key {
    EVP_PKEY *key;          /* NULL: does not decode */
    EVP_PKEY_CTX *verifier; /* of plain signatures with `digest`; NULL: not made yet */
    const EVP_MD *digest;
    struct table results; /* DER of what was checked with it -> enum mtl_signature_outcome */
};

struct mtl_crypto {
    struct mtl_arena *arena;
    struct table by_spki; /* -> index into keys */
    struct issuer_key **keys;
    size_t key_count, key_capacity;
    uint64_t verifications;
};

struct mtl_crypto *
mtl_crypto_new(struct mtl_arena *arena)
{
    struct mtl_crypto *crypto = mtl_arena_alloc(arena, sizeof(*crypto));

    crypto->arena = arena;
    return crypto;
}

void
mtl_crypto_free(struct mtl_crypto *crypto)
{
    if (crypto == NULL)
        return;
    for (size_t i = 0; i < crypto->key_count; i++) {
        EVP_PKEY_CTX_free(crypto->keys[i]->verifier);
        EVP_PKEY_free(crypto->keys[i]->key);
    }
    crypto->key_count = 0;
}

uint64_t
mtl_crypto_verifications(const struct mtl_crypto *crypto)
{
    return crypto->verifications;
}

static struct issuer_key *
find_key(struct mtl_crypto *crypto, const struct mtl_cert *issuer)
{
    bool is_new;
    struct slot *slot = take_slot(&crypto->by_spki, crypto->arena, mtl_cert_bytes(issuer, issuer->spki), &is_new);

    if (!is_new)
        return crypto->keys[slot->value];
    struct issuer_key *key = mtl_arena_alloc(crypto->arena, sizeof(*key));
    key->key = mtl_decode_cert_key(issuer);
    crypto->keys = mtl_arena_grow(crypto->arena, crypto->keys, crypto->key_count, &crypto->key_capacity,
                                  sizeof(struct issuer_key *));
    slot->value = crypto->key_count;
    crypto->keys[crypto->key_count++] = key;
    return key;
}

/* ---- verification --------------------------------------------------------------------------------------------- */

/* What certificates and CRLs have in common. */
struct signed_object {
    struct mtl_slice der;
    struct mtl_slice tbs;
    struct mtl_slice inner_algorithm, outer_algorithm;
    struct mtl_signature_algorithm algorithm; /* what outer_algorithm says */
    struct mtl_slice signature;               /* octets of the BIT STRING, after the one that counts unused bits */
};

static ASN1_STRING *
make_string(int type, struct mtl_slice bytes)
{
    ASN1_STRING *string = ASN1_STRING_type_new(type);

    if (string != NULL && ASN1_STRING_set(string, bytes.data, (int)bytes.size) != 1) {
        ASN1_STRING_free(string);
        return NULL;
    }
    return string;
}

/*
 * libcrypto's own verification of signed structures, which knows all algorithms and their parameters. The bytes are
 * given to it as a SEQUENCE that is written out as it is, so that nothing is decoded and encoded again.
 */
static bool
verifies(EVP_PKEY *key, const struct signed_object *object, const X509_ALGOR *algorithm)
{
    ASN1_STRING *tbs = make_string(V_ASN1_SEQUENCE, object->tbs);
    ASN1_STRING *signature = make_string(V_ASN1_BIT_STRING, object->signature);
    bool good = tbs != NULL && signature != NULL &&
                ASN1_item_verify_ex(ASN1_ITEM_rptr(ASN1_SEQUENCE), algorithm, signature, tbs, NULL, key,
                                    mtl_libcrypto()->context, NULL) == 1;

    ASN1_STRING_free(tbs);
    ASN1_STRING_free(signature);
    return good;
}

/*
 * The digest of a plain signature, by RSA (RFC 8017 8.2) or ECDSA, whose parameters libcrypto does not look at; NULL:
 * leave it to libcrypto.
 */
static const EVP_MD *
plain_digest(struct mtl_signature_algorithm algorithm)
{
    if (algorithm.key != MTL_KEY_RSA && algorithm.key != MTL_KEY_EC)
        return NULL;
    switch (algorithm.digest) {
    case MTL_DIGEST_SHA256:
        return mtl_libcrypto()->sha256;
    case MTL_DIGEST_SHA384:
        return mtl_libcrypto()->sha384;
    case MTL_DIGEST_SHA512:
        return mtl_libcrypto()->sha512;
    default:
        return NULL;
    }
}

/* Ready to verify: an issuer signs with one digest, as a rule. */
static bool
prepare(struct issuer_key *key, const EVP_MD *digest)
{
    if (key->verifier != NULL && key->digest == digest)
        return true;
    EVP_PKEY_CTX_free(key->verifier);
    key->verifier = EVP_PKEY_CTX_new_from_pkey(mtl_libcrypto()->context, key->key, NULL);
    key->digest = digest;
    if (key->verifier != NULL && EVP_PKEY_verify_init(key->verifier) == 1 &&
        EVP_PKEY_CTX_set_signature_md(key->verifier, digest) == 1)
        return true;
    EVP_PKEY_CTX_free(key->verifier);
    key->verifier = NULL;
    return false;
}

/* The most frequent signatures, checked without building ASN.1 objects around them, nor anything twice for a key. */
static enum mtl_signature_outcome
check_plain(struct issuer_key *key, const struct signed_object *object, const EVP_MD *digest)
{
    uint8_t hash[EVP_MAX_MD_SIZE];

    if (!EVP_PKEY_is_a(key->key, object->algorithm.key == MTL_KEY_RSA ? "RSA" : "EC") || !prepare(key, digest))
        return MTL_SIGNATURE_BAD;
    mtl_digest(digest, object->tbs, hash);
    return EVP_PKEY_verify(key->verifier, object->signature.data, object->signature.size, hash,
                           (size_t)EVP_MD_get_size(digest)) == 1
               ? MTL_SIGNATURE_GOOD
               : MTL_SIGNATURE_BAD;
}

static enum mtl_signature_outcome
check(struct issuer_key *key, const struct signed_object *object)
{
    const EVP_MD *digest = plain_digest(object->algorithm);
    const unsigned char *at = object->outer_algorithm.data;
    enum mtl_signature_outcome outcome = MTL_SIGNATURE_BAD;

    if (key->key == NULL)
        return MTL_SIGNATURE_KEY_UNUSABLE;
    if (!mtl_slice_equal(object->inner_algorithm, object->outer_algorithm)) /* RFC 5280 4.1.1.2 */
        return MTL_SIGNATURE_BAD;
    if (object->signature.size == 0 || object->signature.data[-1] != 0) /* a whole number of octets */
        return MTL_SIGNATURE_BAD;
    ERR_set_mark();
    if (digest != NULL) {
        outcome = check_plain(key, object, digest);
        ERR_pop_to_mark();
        return outcome;
    }
    X509_ALGOR *algorithm = d2i_X509_ALGOR(NULL, &at, (long)object->outer_algorithm.size);
    if (algorithm == NULL || !OBJ_find_sigid_algs(OBJ_obj2nid(algorithm->algorithm), NULL, NULL))
        outcome = MTL_SIGNATURE_UNSUPPORTED;
    else if (verifies(key->key, object, algorithm))
        outcome = MTL_SIGNATURE_GOOD;
    X509_ALGOR_free(algorithm);
    ERR_pop_to_mark();
    return outcome;
}

static enum mtl_signature_outcome
check_once(struct mtl_crypto *crypto, const struct signed_object *object, const struct mtl_cert *issuer)
{
    struct issuer_key *key = find_key(crypto, issuer);
    bool is_new;
    struct slot *slot = take_slot(&key->results, crypto->arena, object->der, &is_new);

    if (is_new) {
        slot->value = check(key, object);
        crypto->verifications++;
    }
    return (enum mtl_signature_outcome)slot->value;
}

enum mtl_signature_outcome
mtl_crypto_verify(struct mtl_crypto *crypto, const struct mtl_cert *subject, const struct mtl_cert *issuer)
{
    struct signed_object object = {
        .der = subject->der,
        .tbs = mtl_cert_bytes(subject, subject->tbs),
        .inner_algorithm = mtl_cert_bytes(subject, subject->tbs_signature_alg),
        .outer_algorithm = mtl_cert_bytes(subject, subject->outer_signature_alg),
        .algorithm = subject->signature_algorithm,
        .signature = mtl_cert_bytes(subject, subject->signature),
    };
    return check_once(crypto, &object, issuer);
}

enum mtl_signature_outcome
mtl_crypto_verify_crl(struct mtl_crypto *crypto, const struct mtl_crl *crl, const struct mtl_cert *issuer)
{
    struct signed_object object = {
        .der = crl->der,
        .tbs = mtl_crl_bytes(crl, crl->tbs),
        .inner_algorithm = mtl_crl_bytes(crl, crl->tbs_signature_alg),
        .outer_algorithm = mtl_crl_bytes(crl, crl->outer_signature_alg),
        .algorithm = crl->signature_algorithm,
        .signature = mtl_crl_bytes(crl, crl->signature),
    };
    return check_once(crypto, &object, issuer);
}

/* ---- what the reader refuses ------------------------------------------------------------------------------------ */

bool
mtl_cert_is_read_leniently(struct mtl_slice der)
{
    const unsigned char *at = der.data;
    X509 *cert = X509_new_ex(mtl_libcrypto()->context, NULL);
    bool is_read = d2i_X509(&cert, &at, (long)der.size) != NULL && at == der.data + der.size;

    X509_free(cert);
    ERR_clear_error();
    return is_read;
}
