/*
 * Java's own key stores, JKS and JCEKS: numbers in big endian, texts with their size before them, certificates in
 * clear, and a digest over all of it at the end that takes the password to check.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cert/key_store.h"

#define DIGEST_SIZE 20U
#define MAGIC_JCEKS 0xcecececeU

enum tag { TAG_KEY = 1, TAG_TRUSTED = 2, TAG_SECRET = 3 };

struct reader {
    struct mtl_arena *arena;
    struct mtl_slice rest;
    bool names_types; /* version 2: before each certificate stands "X.509" */
    const char *fault;
    struct mtl_store_cert *certs, *trusted;
    size_t cert_count, cert_capacity, trusted_count, trusted_capacity;
    struct mtl_store_key *keys;
    size_t key_count, key_capacity;
};

/* ---- bytes ------------------------------------------------------------------------------------------------------ */

static bool
fail(struct reader *reader, const char *fault)
{
    if (reader->fault == NULL)
        reader->fault = fault;
    return false;
}

static bool
take(struct reader *reader, size_t size, struct mtl_slice *bytes)
{
    if (reader->rest.size < size)
        return fail(reader, "it ends too early");
    *bytes = mtl_slice_of(reader->rest.data, size);
    reader->rest = mtl_slice_of(reader->rest.data + size, reader->rest.size - size);
    return true;
}

static bool
take_number(struct reader *reader, size_t size, uint32_t *number)
{
    struct mtl_slice bytes;

    if (!take(reader, size, &bytes))
        return false;
    *number = 0;
    for (size_t i = 0; i < size; i++)
        *number = *number << 8 | bytes.data[i];
    return true;
}

/* Bytes after a size of that many octets. */
static bool
take_sized(struct reader *reader, size_t size_size, struct mtl_slice *bytes)
{
    uint32_t size;

    return take_number(reader, size_size, &size) && take(reader, size, bytes);
}

/* ---- entries ---------------------------------------------------------------------------------------------------- */

static bool
take_cert(struct reader *reader, struct mtl_slice *der)
{
    struct mtl_slice type;

    if (reader->names_types) {
        if (!take_sized(reader, 2, &type))
            return false;
        if (!mtl_slice_equal(type, mtl_slice_text("X.509")))
            return fail(reader, "it holds a certificate that is not X.509");
    }
    if (!take_sized(reader, 4, der))
        return false;
    if (reader->cert_count + reader->trusted_count >= MTL_MAX_KEY_STORE_CERTS)
        return fail(reader, "it holds more certificates than are read");
    /* The file's bytes are wiped where it holds a key. */
    *der = mtl_arena_copy(reader->arena, *der);
    return true;
}

static bool
take_key(struct reader *reader, const char *format)
{
    struct mtl_private_key *key = mtl_arena_alloc(reader->arena, sizeof(*key));
    struct mtl_slice locked, der;
    uint32_t count;

    if (!take_sized(reader, 4, &locked) || !take_number(reader, 4, &count))
        return false;
    if (reader->key_count >= MTL_MAX_KEY_STORE_KEYS)
        return fail(reader, "it holds more private keys than are read");
    for (uint32_t i = 0; i < count; i++) {
        if (!take_cert(reader, &der))
            return false;
        reader->certs = mtl_arena_grow(reader->arena, reader->certs, reader->cert_count, &reader->cert_capacity,
                                       sizeof(*reader->certs));
        reader->certs[reader->cert_count++] =
            (struct mtl_store_cert){.der = der, .entry = i == 0 ? MTL_ENTRY_KEY : MTL_ENTRY_CHAIN};
    }
    *key = (struct mtl_private_key){.encrypted = true, .format = format};
    reader->keys =
        mtl_arena_grow(reader->arena, reader->keys, reader->key_count, &reader->key_capacity, sizeof(*reader->keys));
    reader->keys[reader->key_count++] = (struct mtl_store_key){.key = key, .is_locked = true};
    return true;
}

static bool
take_trusted(struct reader *reader)
{
    struct mtl_slice der;

    if (!take_cert(reader, &der))
        return false;
    reader->trusted = mtl_arena_grow(reader->arena, reader->trusted, reader->trusted_count, &reader->trusted_capacity,
                                     sizeof(*reader->trusted));
    reader->trusted[reader->trusted_count++] = (struct mtl_store_cert){.der = der, .entry = MTL_ENTRY_TRUSTED};
    return true;
}

/* False also with *cut set: what follows cannot be read, and that is no fault. */
static bool
take_entry(struct reader *reader, bool is_jceks, const char **cut)
{
    struct mtl_slice alias, date;
    uint32_t tag;

    if (!take_number(reader, 4, &tag) || !take_sized(reader, 2, &alias) || !take(reader, 8, &date))
        return false;
    if (tag == TAG_KEY)
        return take_key(reader, is_jceks ? "JCEKS" : "JKS");
    if (tag == TAG_TRUSTED)
        return take_trusted(reader);
    if (tag != TAG_SECRET || !is_jceks)
        return fail(reader, "it holds an entry of no known kind");
    *cut = "a secret key stands in it, and from there on nothing is read";
    return false;
}

static bool
take_all(struct reader *reader, const char **cut)
{
    uint32_t magic, version, count;

    if (!take_number(reader, 4, &magic) || !take_number(reader, 4, &version) || !take_number(reader, 4, &count))
        return false;
    if (version != 1 && version != 2)
        return fail(reader, "it has a version other than 1 and 2");
    reader->names_types = version == 2;
    for (uint32_t i = 0; i < count; i++)
        if (!take_entry(reader, magic == MAGIC_JCEKS, cut))
            return *cut != NULL;
    return reader->rest.size == DIGEST_SIZE || fail(reader, "its digest is missing, or something follows it");
}

void
mtl_jks_read(struct mtl_arena *arena, struct mtl_slice bytes, struct mtl_key_store *store)
{
    struct reader reader = {.arena = arena, .rest = bytes};

    *store = (struct mtl_key_store){.fault = MTL_STORE_OPENED};
    if (!take_all(&reader, &store->cut)) {
        *store = (struct mtl_key_store){.fault = MTL_STORE_BROKEN, .why = reader.fault};
        return;
    }
    for (size_t i = 0; i < reader.trusted_count; i++) {
        reader.certs =
            mtl_arena_grow(arena, reader.certs, reader.cert_count, &reader.cert_capacity, sizeof(*reader.certs));
        reader.certs[reader.cert_count++] = reader.trusted[i];
    }
    store->certs = reader.certs;
    store->cert_count = reader.cert_count;
    store->keys = reader.keys;
    store->key_count = reader.key_count;
}
