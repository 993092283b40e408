/*
 * JKS and JCEKS: all that is returned was in the file, nothing comes of a file that is refused, and a file that is
 * accepted is not when a byte is missing at its end.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cert/key_store.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(bool holds)
{
    if (!holds)
        abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct mtl_key_store store, shorter;
    size_t total = 0;

    mtl_jks_read(arena, mtl_slice_of(data, size), &store);
    check((store.fault == MTL_STORE_OPENED) == (store.why == NULL));
    check(store.fault == MTL_STORE_OPENED || store.cert_count + store.key_count == 0);
    for (size_t i = 0; i < store.cert_count; i++) {
        total += store.certs[i].der.size;
        check(store.certs[i].entry == MTL_ENTRY_KEY || store.certs[i].entry == MTL_ENTRY_CHAIN ||
              store.certs[i].entry == MTL_ENTRY_TRUSTED);
    }
    check(total <= size && store.cert_count <= MTL_MAX_KEY_STORE_CERTS && store.key_count <= MTL_MAX_KEY_STORE_KEYS);
    if (store.fault == MTL_STORE_OPENED && store.cut == NULL) {
        mtl_jks_read(arena, mtl_slice_of(data, size - 1), &shorter);
        check(shorter.fault == MTL_STORE_BROKEN);
    }
    mtl_arena_free(arena);
    return 0;
}
