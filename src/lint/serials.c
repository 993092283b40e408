/*
 * Serial numbers that were given out twice.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/lint.h"

#include <stdlib.h>

/* A certificate whose issuer and serial number stand in others as well. */
struct entry {
    uint64_t hash; /* of both; sorting seldom has to look at the certificates, which are scattered */
    const struct mtl_loaded_cert *cert;
};

struct mtl_serials {
    struct entry *entries; /* sorted, and in order of the pool where issuer and serial number are the same */
    size_t count;
};

static struct entry
entry_of(const struct mtl_loaded_cert *loaded)
{
    const struct mtl_cert *cert = loaded->cert;

    return (struct entry){.hash = cert->issuer_hash ^ mtl_slice_hash(mtl_cert_bytes(cert, cert->serial)),
                          .cert = loaded};
}

/* Below, above or 0: the same issuer's name and the same serial number. */
static int
compare_serials(const struct entry *a, const struct entry *b)
{
    const struct mtl_cert *x = a->cert->cert, *y = b->cert->cert;

    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    if (x->issuer_hash != y->issuer_hash)
        return x->issuer_hash < y->issuer_hash ? -1 : 1;
    return mtl_slice_compare(mtl_cert_bytes(x, x->serial), mtl_cert_bytes(y, y->serial));
}

static int
compare(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    int order = compare_serials(a, b);

    if (order != 0)
        return order;
    return a->cert < b->cert ? -1 : a->cert > b->cert;
}

/* Most serial numbers stand in one certificate only: these are not kept. */
static void
drop_single(struct mtl_serials *serials)
{
    size_t kept = 0, end;

    for (size_t start = 0; start < serials->count; start = end) {
        for (end = start + 1; end < serials->count; end++) {
            if (compare_serials(&serials->entries[start], &serials->entries[end]) != 0)
                break;
        }
        for (size_t i = start; i < end && end - start > 1; i++)
            serials->entries[kept++] = serials->entries[i];
    }
    serials->count = kept;
}

const struct mtl_serials *
mtl_serials_new(struct mtl_arena *arena, const struct mtl_pool *pool)
{
    struct mtl_serials *serials = mtl_arena_alloc(arena, sizeof(*serials));

    serials->count = mtl_pool_count(pool);
    serials->entries = mtl_arena_array(arena, serials->count, sizeof(*serials->entries));
    for (size_t i = 0; i < serials->count; i++)
        serials->entries[i] = entry_of(mtl_pool_at(pool, i));
    if (serials->count > 0)
        qsort(serials->entries, serials->count, sizeof(*serials->entries), compare);
    drop_single(serials);
    return serials;
}

/*
 * One that says the same is the same certificate, signed again; and an issuer of the same name with another key is
 * another one, set up anew or for tests.
 */
static bool
is_another(const struct mtl_cert *a, const struct mtl_cert *b)
{
    struct mtl_slice key_a = mtl_cert_bytes(a, a->authority_key_id), key_b = mtl_cert_bytes(b, b->authority_key_id);

    if (key_a.size > 0 && key_b.size > 0 && !mtl_slice_equal(key_a, key_b))
        return false;
    return !mtl_slice_equal(mtl_cert_bytes(a, a->tbs), mtl_cert_bytes(b, b->tbs)) &&
           mtl_name_equal(mtl_cert_bytes(a, a->issuer), mtl_cert_bytes(b, b->issuer));
}

const struct mtl_loaded_cert *
mtl_rule_same_serial(const struct mtl_lint *lint, const struct mtl_loaded_cert *cert)
{
    const struct mtl_serials *serials = lint->serials;
    struct entry wanted = entry_of(cert);
    size_t low = 0, high = serials->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (compare_serials(&serials->entries[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == serials->count || compare_serials(&serials->entries[low], &wanted) != 0)
        return NULL;
    return is_another(serials->entries[low].cert->cert, cert->cert) ? serials->entries[low].cert : NULL;
}
