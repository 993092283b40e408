/* Public keys: decoded by libcrypto, and whether it would decode them. SPDX-License-Identifier: Apache-2.0 */
#include "cert/decoded_key.h"

#include "cert/der.h"
#include "cert/libcrypto.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/x509.h>
#include <stdatomic.h>

/* ---- RSA ------------------------------------------------------------------------------------------------------ */

/* Larger ones take the slow way; OpenSSL refuses to use them anyway (OPENSSL_RSA_MAX_MODULUS_BITS). */
#define MAX_RSA_OCTETS 2048U

struct rsa_public_key {
    struct mtl_slice modulus, exponent;
};

/* RFC 8017 A.1.1. True only for plain DER: then libcrypto decodes it without doubt. */
static bool
read_rsa(struct mtl_slice octets, struct rsa_public_key *rsa)
{
    struct mtl_der der = mtl_der_reader(octets, NULL), inner;

    return mtl_der_enter(&der, MTL_DER_SEQUENCE, &inner) && mtl_der_is_done(&der) &&
           mtl_der_integer(&inner, MTL_DER_INTEGER, &rsa->modulus) &&
           mtl_der_integer(&inner, MTL_DER_INTEGER, &rsa->exponent) && mtl_der_is_done(&inner);
}

/* libcrypto's parameters are in the byte order of the machine. */
static OSSL_PARAM
number_param(const char *name, struct mtl_slice number, uint8_t *native)
{
    BIGNUM *value = BN_bin2bn(number.data, (int)number.size, NULL);
    bool done = value != NULL && BN_bn2nativepad(value, native, (int)number.size) == (int)number.size;

    BN_free(value);
    return done ? OSSL_PARAM_construct_BN(name, native, number.size) : OSSL_PARAM_construct_end();
}

static EVP_PKEY *
make_rsa(const struct rsa_public_key *rsa)
{
    uint8_t modulus[MAX_RSA_OCTETS], exponent[MAX_RSA_OCTETS];
    OSSL_PARAM params[] = {number_param(OSSL_PKEY_PARAM_RSA_N, rsa->modulus, modulus),
                           number_param(OSSL_PKEY_PARAM_RSA_E, rsa->exponent, exponent), OSSL_PARAM_construct_end()};
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(mtl_libcrypto()->context, "RSA", NULL);
    EVP_PKEY *key = NULL;

    if (context != NULL && EVP_PKEY_fromdata_init(context) == 1)
        (void)EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, params);
    EVP_PKEY_CTX_free(context);
    return key;
}

/* ---- decoding ------------------------------------------------------------------------------------------------- */

EVP_PKEY *
mtl_decode_public_key(struct mtl_slice spki)
{
    const unsigned char *at = spki.data;

    ERR_set_mark();
    EVP_PKEY *key = d2i_PUBKEY_ex(NULL, &at, (long)spki.size, mtl_libcrypto()->context, NULL);
    ERR_pop_to_mark();
    return key;
}

EVP_PKEY *
mtl_decode_cert_key(const struct mtl_cert *cert)
{
    struct rsa_public_key rsa;
    bool is_plain_rsa = cert->key.type == MTL_KEY_RSA && read_rsa(mtl_cert_bytes(cert, cert->public_key), &rsa) &&
                        rsa.modulus.size <= MAX_RSA_OCTETS && rsa.exponent.size <= MAX_RSA_OCTETS;

    if (!is_plain_rsa)
        return mtl_decode_public_key(mtl_cert_bytes(cert, cert->spki));
    ERR_set_mark();
    EVP_PKEY *key = make_rsa(&rsa);
    ERR_pop_to_mark();
    return key;
}

uint32_t
mtl_curve_order_bits(struct mtl_slice parameters)
{
    const unsigned char *at = parameters.data;

    ERR_set_mark();
    EC_GROUP *group = d2i_ECPKParameters(NULL, &at, (long)parameters.size);
    ERR_pop_to_mark();
    int bits = group == NULL ? 0 : EC_GROUP_order_bits(group);
    EC_GROUP_free(group);
    return bits > 0 ? (uint32_t)bits : 0;
}

/* ---- is it usable --------------------------------------------------------------------------------------------- */

static const uint8_t p256_b[] = {0x5a, 0xc6, 0x35, 0xd8, 0xaa, 0x3a, 0x93, 0xe7, 0xb3, 0xeb, 0xbd,
                                 0x55, 0x76, 0x98, 0x86, 0xbc, 0x65, 0x1d, 0x06, 0xb0, 0xcc, 0x53,
                                 0xb0, 0xf6, 0x3b, 0xce, 0x3c, 0x3e, 0x27, 0xd2, 0x60, 0x4b};
static const uint8_t p384_b[] = {0xb3, 0x31, 0x2f, 0xa7, 0xe2, 0x3e, 0xe7, 0xe4, 0x98, 0x8e, 0x05, 0x6b,
                                 0xe3, 0xf8, 0x2d, 0x19, 0x18, 0x1d, 0x9c, 0x6e, 0xfe, 0x81, 0x41, 0x12,
                                 0x03, 0x14, 0x08, 0x8f, 0x50, 0x13, 0x87, 0x5a, 0xc6, 0x56, 0x39, 0x8d,
                                 0x8a, 0x2e, 0xd1, 0x9d, 0x2a, 0x85, 0xc8, 0xed, 0xd3, 0xec, 0x2a, 0xef};
static const uint8_t p521_b[] = {0x00, 0x51, 0x95, 0x3e, 0xb9, 0x61, 0x8e, 0x1c, 0x9a, 0x1f, 0x92, 0x9a, 0x21, 0xa0,
                                 0xb6, 0x85, 0x40, 0xee, 0xa2, 0xda, 0x72, 0x5b, 0x99, 0xb3, 0x15, 0xf3, 0xb8, 0xb4,
                                 0x89, 0x91, 0x8e, 0xf1, 0x09, 0xe1, 0x56, 0x19, 0x39, 0x51, 0xec, 0x7e, 0x93, 0x7b,
                                 0x16, 0x52, 0xc0, 0xbd, 0x3b, 0xb1, 0xbf, 0x07, 0x35, 0x73, 0xdf, 0x88, 0x3d, 0x2c,
                                 0x34, 0xf1, 0xef, 0x45, 0x1f, 0xd4, 0x6b, 0x50, 0x3f, 0x00};

/* y^2 = x^3 - 3x + b over a prime field of a form that is quick to reduce by (FIPS 186-4 D.1.2 and D.2). */
struct nist_curve {
    const BIGNUM *prime;
    struct mtl_slice b;
    int (*reduce)(BIGNUM *result, const BIGNUM *number, const BIGNUM *prime, BN_CTX *context);
};

static struct nist_curve
nist_curve(enum mtl_curve curve)
{
    switch (curve) {
    case MTL_CURVE_P256:
        return (struct nist_curve){BN_get0_nist_prime_256(), mtl_slice_of(p256_b, sizeof(p256_b)), BN_nist_mod_256};
    case MTL_CURVE_P384:
        return (struct nist_curve){BN_get0_nist_prime_384(), mtl_slice_of(p384_b, sizeof(p384_b)), BN_nist_mod_384};
    case MTL_CURVE_P521:
        return (struct nist_curve){BN_get0_nist_prime_521(), mtl_slice_of(p521_b, sizeof(p521_b)), BN_nist_mod_521};
    default:
        return (struct nist_curve){0};
    }
}

/* left = left * right in the field. */
static bool
multiply(const struct nist_curve *curve, BIGNUM *left, const BIGNUM *right, BN_CTX *context)
{
    return BN_mul(left, left, right, context) == 1 && curve->reduce(left, left, curve->prime, context) == 1;
}

/* (x^2 - 3) x + b = y^2; x and y are overwritten. */
static bool
satisfies(const struct nist_curve *curve, BIGNUM *x, BIGNUM *y, BN_CTX *context)
{
    BIGNUM *right = BN_CTX_get(context), *b = BN_CTX_get(context);

    return b != NULL && BN_bin2bn(curve->b.data, (int)curve->b.size, b) != NULL && BN_copy(right, x) != NULL &&
           multiply(curve, right, x, context) && BN_sub_word(right, 3) == 1 && multiply(curve, right, x, context) &&
           BN_add(right, right, b) == 1 && curve->reduce(right, right, curve->prime, context) == 1 &&
           BN_copy(b, y) != NULL && multiply(curve, y, b, context) && BN_cmp(y, right) == 0;
}

/* SEC 1 3.2.2.1, for an uncompressed point. False also when memory runs out: the caller then asks libcrypto. */
static bool
is_on_curve(const struct nist_curve *curve, struct mtl_slice x_octets, struct mtl_slice y_octets)
{
    BN_CTX *context = BN_CTX_new();
    BIGNUM *x, *y;

    if (context == NULL)
        return false;
    BN_CTX_start(context);
    x = BN_CTX_get(context);
    y = BN_CTX_get(context);
    bool holds = y != NULL && BN_bin2bn(x_octets.data, (int)x_octets.size, x) != NULL &&
                 BN_bin2bn(y_octets.data, (int)y_octets.size, y) != NULL && BN_cmp(x, curve->prime) < 0 &&
                 BN_cmp(y, curve->prime) < 0 && satisfies(curve, x, y, context);
    BN_CTX_end(context);
    BN_CTX_free(context);
    return holds;
}

/* Only the curves and the form that nearly all certificates use. */
static bool
is_point_on_nist_curve(enum mtl_curve name, struct mtl_slice point)
{
    struct nist_curve curve = nist_curve(name);

    if (curve.prime == NULL || point.size == 0 || point.data[0] != 4)
        return false;
    size_t size = (size_t)BN_num_bytes(curve.prime);
    if (point.size != 1 + 2 * size)
        return false;
    return is_on_curve(&curve, mtl_slice_of(point.data + 1, size), mtl_slice_of(point.data + 1 + size, size));
}

bool
mtl_key_is_plain(const struct mtl_key_info *key, struct mtl_slice octets)
{
    struct rsa_public_key rsa;

    switch (key->type) {
    case MTL_KEY_RSA:
        return read_rsa(octets, &rsa);
    case MTL_KEY_EC:
        return is_point_on_nist_curve(key->curve, octets);
    case MTL_KEY_ED25519:
    case MTL_KEY_ED448:
        return key->bits != 0;
    default:
        return false;
    }
}

static bool
is_usable(const struct mtl_cert *cert)
{
    if (mtl_key_is_plain(&cert->key, mtl_cert_bytes(cert, cert->public_key)))
        return true;
    EVP_PKEY *key = mtl_decode_public_key(mtl_cert_bytes(cert, cert->spki));
    EVP_PKEY_free(key);
    return key != NULL;
}

/* An issuer's is asked for with each certificate below it. Threads that ask at the same time all find the same. */
bool
mtl_cert_key_is_usable(const struct mtl_cert *cert)
{
    enum { NOT_KNOWN, USABLE, UNUSABLE };
    unsigned char answer;

    if (cert->key_answer == NULL)
        return is_usable(cert);
    answer = atomic_load_explicit(cert->key_answer, memory_order_relaxed);
    if (answer == NOT_KNOWN) {
        answer = is_usable(cert) ? USABLE : UNUSABLE;
        atomic_store_explicit(cert->key_answer, answer, memory_order_relaxed);
    }
    return answer == USABLE;
}
