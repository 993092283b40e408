/*
 * Reads the public half that stands in a private key. libcrypto's decoders do so for any kind of key, and take some
 * five million instructions to find out which it is.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cert/public_half.h"

#include "cert/algorithms.h"
#include "cert/libcrypto.h"

#include <openssl/evp.h>
#include <string.h>

#define BYTES(octets) mtl_slice_of(octets, sizeof(octets) - 1)
#define ED25519_SIZE 32U
/* An RSA key of 16,384 bits has 9,300 octets. */
#define MAX_SIZE 0x4000U

/* AlgorithmIdentifiers and an OBJECT IDENTIFIER with their headers (RFC 3279 2.3.1, RFC 5480 2.1.1, RFC 8410 3). */
#define RSA_ENCRYPTION "\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00"
#define ED25519 "\x30\x05\x06\x03\x2b\x65\x70"
#define EC_PUBLIC_KEY "\x06\x07\x2a\x86\x48\xce\x3d\x02\x01"

/* ---- writing ---------------------------------------------------------------------------------------------------- */

/* An item whose content are the two parts, one after the other. */
static struct mtl_slice
wrap(struct mtl_arena *arena, uint8_t tag, struct mtl_slice first, struct mtl_slice second)
{
    size_t size = first.size + second.size;
    uint8_t header[4] = {tag}; /* enough for what is not larger than a key of MAX_SIZE */
    size_t count = 1;

    if (size > 0x7f)
        header[count++] = size > 0xff ? 0x82 : 0x81;
    if (size > 0xff)
        header[count++] = (uint8_t)(size >> 8);
    header[count++] = (uint8_t)size;

    uint8_t *bytes = mtl_arena_alloc(arena, count + size);
    memcpy(bytes, header, count);
    memcpy(bytes + count, first.data, first.size);
    memcpy(bytes + count + first.size, second.data, second.size);
    return mtl_slice_of(bytes, count + size);
}

static struct mtl_slice
bit_string(struct mtl_arena *arena, struct mtl_slice octets)
{
    return wrap(arena, MTL_DER_BIT_STRING, BYTES("\0"), octets);
}

/* ---- reading ---------------------------------------------------------------------------------------------------- */

static bool
take_version(struct mtl_der *der, uint8_t version)
{
    struct mtl_slice number;

    return mtl_der_integer(der, MTL_DER_INTEGER, &number) && number.size == 1 && number.data[0] == version;
}

/* A number above zero; *whole is all of its encoding. */
static bool
take_positive(struct mtl_der *der, struct mtl_slice *whole)
{
    const uint8_t *start = der->at;
    struct mtl_slice number;

    if (!mtl_der_integer(der, MTL_DER_INTEGER, &number) || number.data[0] > 0x7f ||
        (number.size == 1 && number.data[0] == 0))
        return false;
    *whole = mtl_slice_of(start, (size_t)(der->at - start));
    return true;
}

/* RSAPrivateKey of two primes (RFC 8017 A.1.2): modulus, publicExponent, then six numbers that are secret. */
static struct mtl_slice
read_rsa(struct mtl_arena *arena, struct mtl_slice der)
{
    struct mtl_der outer = mtl_der_reader(der, NULL), inner;
    struct mtl_slice modulus, exponent, secret;

    if (!mtl_der_enter(&outer, MTL_DER_SEQUENCE, &inner) || !mtl_der_is_done(&outer) || !take_version(&inner, 0) ||
        !take_positive(&inner, &modulus) || !take_positive(&inner, &exponent))
        return (struct mtl_slice){0};
    for (size_t i = 0; i < 6; i++) {
        if (!take_positive(&inner, &secret))
            return (struct mtl_slice){0};
    }
    if (!mtl_der_is_done(&inner))
        return (struct mtl_slice){0};
    return wrap(arena, MTL_DER_SEQUENCE, BYTES(RSA_ENCRYPTION),
                bit_string(arena, wrap(arena, MTL_DER_SEQUENCE, modulus, exponent)));
}

/*
 * ECPrivateKey (RFC 5915 3) with its publicKey [1]. algorithm: the AlgorithmIdentifier of the PKCS#8 around it; absent
 * if there is none, the curve then being in parameters [0].
 */
static struct mtl_slice
read_ec(struct mtl_arena *arena, struct mtl_slice der, struct mtl_slice algorithm)
{
    struct mtl_der outer = mtl_der_reader(der, NULL), inner, tagged;
    struct mtl_der_item secret, curve, point;

    if (!mtl_der_enter(&outer, MTL_DER_SEQUENCE, &inner) || !mtl_der_is_done(&outer) || !take_version(&inner, 1) ||
        !mtl_der_take(&inner, MTL_DER_OCTET_STRING, &secret) || secret.content.size == 0)
        return (struct mtl_slice){0};
    if (algorithm.data == NULL) {
        if (!mtl_der_enter(&inner, MTL_DER_CONTEXT_CONSTRUCTED | 0, &tagged) ||
            !mtl_der_take(&tagged, MTL_DER_OID, &curve) || !mtl_der_is_done(&tagged))
            return (struct mtl_slice){0};
        algorithm = wrap(arena, MTL_DER_SEQUENCE, BYTES(EC_PUBLIC_KEY), curve.whole);
    }
    if (!mtl_der_enter(&inner, MTL_DER_CONTEXT_CONSTRUCTED | 1, &tagged) || !mtl_der_is_done(&inner) ||
        !mtl_der_take(&tagged, MTL_DER_BIT_STRING, &point) || !mtl_der_is_done(&tagged))
        return (struct mtl_slice){0};
    return wrap(arena, MTL_DER_SEQUENCE, algorithm, point.whole);
}

/* CurvePrivateKey (RFC 8410 7): the public half has to be computed. */
static struct mtl_slice
derive_ed25519(struct mtl_arena *arena, struct mtl_slice der)
{
    struct mtl_der outer = mtl_der_reader(der, NULL);
    struct mtl_der_item secret;
    uint8_t public[ED25519_SIZE];
    size_t size = sizeof(public);

    if (!mtl_der_take(&outer, MTL_DER_OCTET_STRING, &secret) || !mtl_der_is_done(&outer) ||
        secret.content.size != ED25519_SIZE)
        return (struct mtl_slice){0};
    EVP_PKEY *key = EVP_PKEY_new_raw_private_key_ex(mtl_libcrypto()->context, "ED25519", NULL, secret.content.data,
                                                    secret.content.size);
    bool is_derived = key != NULL && EVP_PKEY_get_raw_public_key(key, public, &size) == 1;
    EVP_PKEY_free(key); /* wipes the private half */
    if (!is_derived)
        return (struct mtl_slice){0};
    return wrap(arena, MTL_DER_SEQUENCE, BYTES(ED25519), bit_string(arena, mtl_slice_of(public, size)));
}

/* PrivateKeyInfo without attributes (RFC 5208 5). */
static struct mtl_slice
read_pkcs8(struct mtl_arena *arena, struct mtl_der inner)
{
    struct mtl_algorithm algorithm;
    struct mtl_der_item octets;

    if (!take_version(&inner, 0) || !mtl_der_algorithm(&inner, &algorithm) ||
        !mtl_der_take(&inner, MTL_DER_OCTET_STRING, &octets) || !mtl_der_is_done(&inner))
        return (struct mtl_slice){0};
    if (mtl_slice_equal(algorithm.whole, BYTES(RSA_ENCRYPTION)))
        return read_rsa(arena, octets.content);
    if (mtl_slice_equal(algorithm.whole, BYTES(ED25519)))
        return derive_ed25519(arena, octets.content);
    return read_ec(arena, octets.content, algorithm.whole);
}

struct mtl_slice
mtl_public_half_read(struct mtl_arena *arena, struct mtl_slice der)
{
    struct mtl_der outer = mtl_der_reader(der, NULL), inner, second;
    struct mtl_slice version;

    if (der.size > MAX_SIZE || !mtl_der_enter(&outer, MTL_DER_SEQUENCE, &inner) || !mtl_der_is_done(&outer))
        return (struct mtl_slice){0};
    second = inner;
    if (!mtl_der_integer(&second, MTL_DER_INTEGER, &version))
        return (struct mtl_slice){0};
    if (mtl_der_is_next(&second, MTL_DER_SEQUENCE))
        return read_pkcs8(arena, inner);
    if (mtl_der_is_next(&second, MTL_DER_OCTET_STRING))
        return read_ec(arena, der, (struct mtl_slice){0});
    return read_rsa(arena, der);
}
