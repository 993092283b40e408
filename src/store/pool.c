/* Certificates by subject name. SPDX-License-Identifier: Apache-2.0 */
#include "store/store.h"

#include <stdlib.h>
#include <string.h>

/*
 * order holds the indices of certs sorted by (subject_hash, index), so that those with one subject lie together in load
 * order. table is an open hash table of positions in order, plus 1, where each run starts.
 */
struct mtl_pool {
    const struct mtl_loaded_cert *certs;
    size_t count;
    uint32_t *order;
    uint32_t *table;
    size_t mask; /* of table's size, a power of two */
};

/* The hash stands here so that sorting seldom has to look at the certificates, which are scattered. */
struct entry {
    uint64_t subject_hash;
    const struct mtl_cert *cert;
    uint32_t index;
};

static int
compare_number(uint64_t a, uint64_t b)
{
    return a < b ? -1 : a > b;
}

static int
compare_content(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    int order = compare_number(a->subject_hash, b->subject_hash);

    if (order == 0)
        order = mtl_slice_compare(a->cert->der, b->cert->der);
    return order != 0 ? order : compare_number(a->index, b->index);
}

static int
compare_subject(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    int order = compare_number(a->subject_hash, b->subject_hash);

    return order != 0 ? order : compare_number(a->index, b->index);
}

static struct entry *
sorted(struct mtl_arena *arena, const struct mtl_loaded_cert *certs, size_t count,
       int (*compare)(const void *, const void *))
{
    struct entry *entries = mtl_arena_array(arena, count, sizeof *entries);

    for (size_t i = 0; i < count; i++)
        entries[i] =
            (struct entry){.subject_hash = certs[i].cert->subject_hash, .cert = certs[i].cert, .index = (uint32_t)i};
    if (count > 1)
        qsort(entries, count, sizeof *entries, compare);
    return entries;
}

/* Keeps the first of those that are byte for byte equal. */
static void
keep_unique(struct mtl_arena *arena, struct mtl_pool *pool)
{
    const struct entry *entries = sorted(arena, pool->certs, pool->count, compare_content);
    bool *is_repeated = mtl_arena_array(arena, pool->count, sizeof *is_repeated);
    struct mtl_loaded_cert *kept = mtl_arena_array(arena, pool->count, sizeof *kept);
    size_t count = 0;

    for (size_t i = 1; i < pool->count; i++)
        is_repeated[entries[i].index] = entries[i].subject_hash == entries[i - 1].subject_hash &&
                                        mtl_slice_equal(entries[i].cert->der, entries[i - 1].cert->der);
    for (size_t i = 0; i < pool->count; i++) {
        if (!is_repeated[i])
            kept[count++] = pool->certs[i];
    }
    pool->certs = kept;
    pool->count = count;
}

static size_t
slot_of(const struct mtl_pool *pool, uint64_t hash)
{
    return (size_t)((hash * UINT64_C(0x9e3779b97f4a7c15)) >> 32) & pool->mask;
}

static uint64_t
hash_at(const struct mtl_pool *pool, size_t position)
{
    return pool->certs[pool->order[position]].cert->subject_hash;
}

static void
index_subjects(struct mtl_arena *arena, struct mtl_pool *pool)
{
    const struct entry *entries = sorted(arena, pool->certs, pool->count, compare_subject);
    size_t size = 16;

    while (size < pool->count * 2)
        size *= 2;
    pool->mask = size - 1;
    pool->table = mtl_arena_array(arena, size, sizeof *pool->table);
    pool->order = mtl_arena_array(arena, pool->count, sizeof *pool->order);
    for (size_t i = 0; i < pool->count; i++)
        pool->order[i] = entries[i].index;
    for (size_t i = 0; i < pool->count; i++) {
        size_t slot = slot_of(pool, hash_at(pool, i));

        if (i > 0 && hash_at(pool, i) == hash_at(pool, i - 1))
            continue;
        while (pool->table[slot] != 0)
            slot = (slot + 1) & pool->mask;
        pool->table[slot] = (uint32_t)i + 1;
    }
}

struct mtl_pool *
mtl_pool_new(struct mtl_arena *arena, const struct mtl_loaded_cert *certs, size_t count, bool unique)
{
    struct mtl_pool *pool = mtl_arena_alloc(arena, sizeof *pool);
    struct mtl_loaded_cert *copy = mtl_arena_array(arena, count, sizeof *copy);

    if (count > 0)
        memcpy(copy, certs, count * sizeof *copy);
    pool->certs = copy;
    pool->count = count;
    if (unique)
        keep_unique(arena, pool);
    index_subjects(arena, pool);
    return pool;
}

size_t
mtl_pool_count(const struct mtl_pool *pool)
{
    return pool->count;
}

const struct mtl_loaded_cert *
mtl_pool_at(const struct mtl_pool *pool, size_t index)
{
    return &pool->certs[index];
}

/* The position in order where the certificates with this hash start, or count. */
static size_t
find_run(const struct mtl_pool *pool, uint64_t hash)
{
    for (size_t slot = slot_of(pool, hash); pool->table[slot] != 0; slot = (slot + 1) & pool->mask) {
        size_t position = pool->table[slot] - 1;
        if (hash_at(pool, position) == hash)
            return position;
    }
    return pool->count;
}

static bool
has_subject(const struct mtl_cert *cert, struct mtl_slice name)
{
    struct mtl_slice subject = mtl_cert_bytes(cert, cert->subject);

    return mtl_slice_equal(subject, name) || mtl_name_equal(subject, name);
}

const struct mtl_loaded_cert *
mtl_pool_next(const struct mtl_pool *pool, struct mtl_slice name, uint64_t hash, size_t *cursor)
{
    /* The cursor is the next position plus 1, so that 0 can mean the start. */
    size_t position = *cursor == 0 ? find_run(pool, hash) : *cursor - 1;

    for (; position < pool->count && hash_at(pool, position) == hash; position++) {
        const struct mtl_loaded_cert *loaded = &pool->certs[pool->order[position]];
        if (has_subject(loaded->cert, name)) {
            *cursor = position + 2;
            return loaded;
        }
    }
    *cursor = pool->count + 1;
    return NULL;
}
