/* Byte slices: comparison and hashing. SPDX-License-Identifier: Apache-2.0 */
#include "base/base.h"

#include <string.h>

struct mtl_slice
mtl_slice_of(const void *data, size_t size)
{
    return (struct mtl_slice){.data = data, .size = size};
}

struct mtl_slice
mtl_slice_text(const char *text)
{
    return mtl_slice_of(text, strlen(text));
}

bool
mtl_slice_equal(struct mtl_slice a, struct mtl_slice b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

int
mtl_slice_compare(struct mtl_slice a, struct mtl_slice b)
{
    size_t shorter = a.size < b.size ? a.size : b.size;
    int order = shorter == 0 ? 0 : memcmp(a.data, b.data, shorter);

    if (order != 0)
        return order;
    return (a.size > b.size) - (a.size < b.size);
}

uint64_t
mtl_slice_hash(struct mtl_slice bytes)
{
    uint64_t hash = 0xcbf29ce484222325U; /* FNV-1a offset basis */

    for (size_t i = 0; i < bytes.size; i++)
        hash = (hash ^ bytes.data[i]) * 0x100000001b3U;
    return hash;
}
