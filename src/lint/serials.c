/*
 * Serial numbers that were given out twice.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/lint.h"

#include <stdlib.h>

struct mtl_serials {
    const struct mtl_loaded_cert **certs; /* by issuer, serial number and place in the pool */
    size_t count;
};

static int
by_serial(const struct mtl_cert *a, const struct mtl_cert *b)
{
    if (a->issuer_hash != b->issuer_hash)
        return a->issuer_hash < b->issuer_hash ? -1 : 1;
    return mtl_slice_compare(mtl_cert_bytes(a, a->serial), mtl_cert_bytes(b, b->serial));
}

static int
compare(const void *left, const void *right)
{
    const struct mtl_loaded_cert *a = *(const struct mtl_loaded_cert *const *)left;
    const struct mtl_loaded_cert *b = *(const struct mtl_loaded_cert *const *)right;
    int order = by_serial(a->cert, b->cert);

    if (order != 0)
        return order;
    return a < b ? -1 : a > b;
}

const struct mtl_serials *
mtl_serials_new(struct mtl_arena *arena, const struct mtl_pool *pool)
{
    struct mtl_serials *serials = mtl_arena_alloc(arena, sizeof(*serials));

    serials->count = mtl_pool_count(pool);
    serials->certs = mtl_arena_array(arena, serials->count, sizeof(*serials->certs));
    for (size_t i = 0; i < serials->count; i++)
        serials->certs[i] = mtl_pool_at(pool, i);
    if (serials->count > 0)
        qsort(serials->certs, serials->count, sizeof(*serials->certs), compare);
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
mtl_rule_same_serial(const struct mtl_lint *lint, const struct mtl_cert *cert)
{
    const struct mtl_serials *serials = lint->serials;
    size_t low = 0, high = serials->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (by_serial(serials->certs[middle]->cert, cert) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == serials->count || by_serial(serials->certs[low]->cert, cert) != 0)
        return NULL;
    return is_another(serials->certs[low]->cert, cert) ? serials->certs[low] : NULL;
}
