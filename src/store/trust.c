/* Trust stores from materials. SPDX-License-Identifier: Apache-2.0 */
#include "store/store.h"

/* As X509_STORE_add_cert() does, what is there already is not added again. */
const struct mtl_store *
mtl_store_of(struct mtl_arena *arena, const struct mtl_loaded_cert *certs, size_t cert_count,
             const struct mtl_loaded_crl *crls, size_t crl_count)
{
    struct mtl_store *store = mtl_arena_alloc(arena, sizeof *store);

    store->anchors = mtl_pool_new(arena, certs, cert_count, true);
    store->crls = crls;
    store->crl_count = crl_count;
    return store;
}

const struct mtl_store *
mtl_store_new(struct mtl_arena *arena, const struct mtl_material *const *materials, size_t count)
{
    size_t cert_count = 0, crl_count = 0;

    for (size_t i = 0; i < count; i++) {
        cert_count += materials[i]->cert_count;
        crl_count += materials[i]->crl_count;
    }

    struct mtl_loaded_cert *certs = mtl_arena_array(arena, cert_count, sizeof *certs);
    struct mtl_loaded_crl *crls = mtl_arena_array(arena, crl_count, sizeof *crls);
    cert_count = crl_count = 0;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < materials[i]->cert_count; j++)
            certs[cert_count++] = materials[i]->certs[j];
        for (size_t j = 0; j < materials[i]->crl_count; j++)
            crls[crl_count++] = materials[i]->crls[j];
    }
    return mtl_store_of(arena, certs, cert_count, crls, crl_count);
}
