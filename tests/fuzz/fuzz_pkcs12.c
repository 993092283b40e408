/*
 * PKCS#12: what libcrypto's PKCS12_parse() opens with the empty password, we open; and its certificate and key are
 * ours. SPDX-License-Identifier: Apache-2.0
 */
#include "cert/key_store.h"

#include <openssl/err.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(bool holds)
{
    if (!holds)
        abort();
}

static void
check_entries(const struct mtl_key_store *store)
{
    check((store->fault == MTL_STORE_OPENED) == (store->why == NULL));
    check(store->fault == MTL_STORE_OPENED || store->cert_count + store->key_count == 0);
    check(store->key_count <= MTL_MAX_KEY_STORE_KEYS);
    for (size_t i = 0; i < store->cert_count; i++) {
        check(store->certs[i].der.size > 0 && store->certs[i].entry != MTL_ENTRY_NONE);
        check(store->certs[i].entry != MTL_ENTRY_CHAIN || i > 0);
    }
}

static bool
holds(const struct mtl_key_store *store, X509 *cert)
{
    unsigned char *der = NULL;
    int size = i2d_X509(cert, &der);
    bool found = false;

    for (size_t i = 0; size > 0 && i < store->cert_count && !found; i++)
        found = mtl_slice_equal(store->certs[i].der, mtl_slice_of(der, (size_t)size));
    OPENSSL_free(der);
    return found;
}

/* Only of what we opened: the number of rounds is limited here, and not there. */
static void
compare(const struct mtl_key_store *store, PKCS12 *p12)
{
    STACK_OF(X509) *others = NULL;
    EVP_PKEY *key = NULL;
    X509 *cert = NULL;

    if (PKCS12_parse(p12, "", &key, &cert, &others) == 1) {
        check(key == NULL || store->key_count > 0);
        check(cert == NULL || holds(store, cert));
        for (int i = 0; i < sk_X509_num(others); i++)
            check(holds(store, sk_X509_value(others, i)));
    }
    sk_X509_pop_free(others, X509_free);
    X509_free(cert);
    EVP_PKEY_free(key);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct mtl_key_store store;
    const unsigned char *at = data;
    PKCS12 *p12;

    mtl_pkcs12_read(arena, mtl_slice_of(data, size), NULL, &store);
    check_entries(&store);
    p12 = store.fault == MTL_STORE_OPENED ? d2i_PKCS12(NULL, &at, (long)size) : NULL;
    if (p12 != NULL)
        compare(&store, p12);
    PKCS12_free(p12);
    ERR_clear_error();
    mtl_arena_free(arena);
    return 0;
}
