/*
 * From the bags of PKCS#12 to keys with their chains, trusted certificates, and the rest: as Java's key store does it.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cert/pkcs12.h"

void
mtl_bags_add_cert(struct mtl_arena *arena, struct mtl_bags *bags, const struct mtl_bag_cert *cert)
{
    bags->certs = mtl_arena_grow(arena, bags->certs, bags->cert_count, &bags->cert_capacity, sizeof(*bags->certs));
    bags->certs[bags->cert_count++] = *cert;
}

struct arrangement {
    struct mtl_bags *bags;
    struct mtl_store_cert *certs;
    size_t count;
};

static bool
is_of_key(const struct mtl_bag_cert *cert, const struct mtl_bag_key *key)
{
    if (key->key_id.size > 0 && cert->key_id.size > 0)
        return mtl_slice_equal(cert->key_id, key->key_id);
    return cert->cert != NULL && key->key->spki.size > 0 &&
           mtl_slice_equal(mtl_cert_bytes(cert->cert, cert->cert->spki), key->key->spki);
}

static struct mtl_bag_cert *
find_own(const struct mtl_bags *bags, const struct mtl_bag_key *key)
{
    for (size_t i = 0; i < bags->cert_count; i++)
        if (is_of_key(&bags->certs[i], key))
            return &bags->certs[i];
    return NULL;
}

/* The first of that name; NULL: none, or the certificate names itself. */
static struct mtl_bag_cert *
find_issuer(const struct mtl_bags *bags, const struct mtl_cert *cert)
{
    struct mtl_slice issuer;

    if (cert == NULL || cert->self_issued)
        return NULL;
    issuer = mtl_cert_bytes(cert, cert->issuer);
    for (size_t i = 0; i < bags->cert_count; i++) {
        const struct mtl_cert *other = bags->certs[i].cert;

        if (other != NULL && other->subject_hash == cert->issuer_hash &&
            mtl_name_equal(mtl_cert_bytes(other, other->subject), issuer))
            return &bags->certs[i];
    }
    return NULL;
}

static void
put(struct arrangement *arrangement, struct mtl_bag_cert *cert, enum mtl_store_entry entry)
{
    cert->is_in_chain |= entry == MTL_ENTRY_KEY || entry == MTL_ENTRY_CHAIN;
    arrangement->certs[arrangement->count++] = (struct mtl_store_cert){.der = cert->der, .entry = entry};
}

static void
put_chain(struct arrangement *arrangement, const struct mtl_bag_key *key)
{
    struct mtl_bag_cert *cert = find_own(arrangement->bags, key);
    enum mtl_store_entry entry = MTL_ENTRY_KEY;

    /* The bound also ends names that go round in a circle. */
    for (size_t i = 0; cert != NULL && i <= MTL_MAX_KEY_STORE_CHAIN; i++) {
        put(arrangement, cert, entry);
        entry = MTL_ENTRY_CHAIN;
        cert = find_issuer(arrangement->bags, cert->cert);
    }
}

void
mtl_bags_arrange(struct mtl_arena *arena, struct mtl_bags *bags, struct mtl_key_store *store)
{
    const size_t most = bags->cert_count + bags->key_count * (MTL_MAX_KEY_STORE_CHAIN + 1);
    struct arrangement arrangement = {.bags = bags, .certs = mtl_arena_array(arena, most, sizeof(*arrangement.certs))};
    struct mtl_store_key *keys = mtl_arena_array(arena, bags->key_count, sizeof(*keys));

    for (size_t i = 0; i < bags->cert_count; i++)
        if (!mtl_cert_parse(arena, bags->certs[i].der, &bags->certs[i].cert, NULL))
            bags->certs[i].cert = NULL;
    for (size_t i = 0; i < bags->key_count; i++) {
        put_chain(&arrangement, &bags->keys[i]);
        keys[i] = (struct mtl_store_key){.key = bags->keys[i].key, .is_locked = bags->keys[i].is_locked};
    }
    for (size_t i = 0; i < bags->cert_count; i++) {
        if (bags->certs[i].is_trusted)
            put(&arrangement, &bags->certs[i], MTL_ENTRY_TRUSTED);
        else if (!bags->certs[i].is_in_chain)
            put(&arrangement, &bags->certs[i], MTL_ENTRY_LOOSE);
    }
    store->certs = arrangement.certs;
    store->cert_count = arrangement.count;
    store->keys = keys;
    store->key_count = bags->key_count;
}
