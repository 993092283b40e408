/* Keys against libcrypto, private ones and SubjectPublicKeyInfo. SPDX-License-Identifier: Apache-2.0 */
#include "cert/algorithms.h"
#include "cert/cert.h"
#include "fuzz/der_mutator.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>

static void
require(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "not as in libcrypto: %s\n", what);
    abort();
}

static void
check_private(struct mtl_arena *arena, struct mtl_slice der)
{
    const unsigned char *at = der.data;
    const struct mtl_private_key *key;
    struct mtl_error error;

    if (!mtl_private_key_parse(arena, der, &key, &error) || key->encrypted)
        return;
    EVP_PKEY *judge = d2i_AutoPrivateKey(NULL, &at, (long)der.size);
    unsigned char *spki = NULL;
    int size = judge == NULL ? -1 : i2d_PUBKEY(judge, &spki);
    require(size > 0 && mtl_slice_equal(key->spki, mtl_slice_of(spki, (size_t)size)), "the public half");
    OPENSSL_free(spki);
    EVP_PKEY_free(judge);
}

/* A certificate that has nothing but this key. False when it is no SubjectPublicKeyInfo. */
static bool
make_cert(struct mtl_slice der, struct mtl_cert *cert)
{
    struct mtl_der reader = mtl_der_reader(der, NULL), inner;
    struct mtl_algorithm algorithm;
    struct mtl_der_bits bits;

    if (!mtl_der_enter(&reader, MTL_DER_SEQUENCE, &inner) || !mtl_der_leave(&reader) ||
        !mtl_der_algorithm(&inner, &algorithm) || !mtl_der_bit_string(&inner, MTL_DER_BIT_STRING, &bits) ||
        !mtl_der_leave(&inner))
        return false;
    *cert = (struct mtl_cert){.der = der, .spki = {.offset = 0, .size = (uint32_t)der.size}};
    cert->public_key.offset = (uint32_t)(bits.octets.data - der.data);
    cert->public_key.size = (uint32_t)bits.octets.size;
    cert->key = mtl_algorithm_key(&algorithm, bits.octets);
    return true;
}

static void
check_public(struct mtl_slice der)
{
    const unsigned char *at = der.data;
    struct mtl_cert cert;

    if (!make_cert(der, &cert))
        return;
    EVP_PKEY *judge = d2i_PUBKEY(NULL, &at, (long)der.size);
    require(mtl_cert_key_is_usable(&cert) == (judge != NULL), "usable");
    if (judge != NULL && cert.key.type != MTL_KEY_UNKNOWN && cert.key.bits <= 16384)
        require(mtl_key_security_bits(&cert.key) == EVP_PKEY_get_security_bits(judge), "security bits");
    EVP_PKEY_free(judge);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mtl_arena *arena = mtl_arena_new();

    if (size > 0) {
        check_private(arena, mtl_slice_of(data, size));
        check_public(mtl_slice_of(data, size));
    }
    ERR_clear_error();
    mtl_arena_free(arena);
    return 0;
}
