/* Public keys: decoded by libcrypto, and whether it would decode them. SPDX-License-Identifier: Apache-2.0 */
#include "cert/decoded_key.h"

#include "cert/der.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/x509.h>

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
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);
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
    EVP_PKEY *key = d2i_PUBKEY(NULL, &at, (long)spki.size);
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

/* y^2 = x^3 - 3x + b over a prime field (FIPS 186-4 D.1.2). */
struct nist_curve {
    const BIGNUM *prime;
    const char *b;
};

static struct nist_curve
nist_curve(enum mtl_curve curve)
{
    switch (curve) {
    case MTL_CURVE_P256:
        return (struct nist_curve){BN_get0_nist_prime_256(),
                                   "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b"};
    case MTL_CURVE_P384:
        return (struct nist_curve){BN_get0_nist_prime_384(), "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe814112"
                                                             "0314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef"};
    case MTL_CURVE_P521:
        return (struct nist_curve){BN_get0_nist_prime_521(), "0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3"
                                                             "b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573"
                                                             "df883d2c34f1ef451fd46b503f00"};
    default:
        return (struct nist_curve){0};
    }
}

/* SEC 1 3.2.2.1, for an uncompressed point. False also when memory runs out: the caller then asks libcrypto. */
static bool
satisfies(const struct nist_curve *curve, struct mtl_slice x_octets, struct mtl_slice y_octets)
{
    BN_CTX *context = BN_CTX_new();
    BIGNUM *x = BN_bin2bn(x_octets.data, (int)x_octets.size, NULL);
    BIGNUM *y = BN_bin2bn(y_octets.data, (int)y_octets.size, NULL);
    BIGNUM *b = NULL, *right = BN_new();
    const BIGNUM *p = curve->prime;

    bool holds = context != NULL && x != NULL && y != NULL && right != NULL && BN_hex2bn(&b, curve->b) > 0 &&
                 BN_cmp(x, p) < 0 && BN_cmp(y, p) < 0 && BN_mod_sqr(right, x, p, context) == 1 &&
                 BN_sub_word(right, 3) == 1 && BN_mod_mul(right, right, x, p, context) == 1 &&
                 BN_mod_add(right, right, b, p, context) == 1 && BN_mod_sqr(y, y, p, context) == 1 &&
                 BN_cmp(y, right) == 0;
    BN_free(x);
    BN_free(y);
    BN_free(b);
    BN_free(right);
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
    return satisfies(&curve, mtl_slice_of(point.data + 1, size), mtl_slice_of(point.data + 1 + size, size));
}

/* Well-formed beyond doubt, without asking libcrypto. */
static bool
is_plainly_usable(const struct mtl_cert *cert)
{
    struct mtl_slice octets = mtl_cert_bytes(cert, cert->public_key);
    struct rsa_public_key rsa;

    switch (cert->key.type) {
    case MTL_KEY_RSA:
        return read_rsa(octets, &rsa);
    case MTL_KEY_EC:
        return is_point_on_nist_curve(cert->key.curve, octets);
    case MTL_KEY_ED25519:
    case MTL_KEY_ED448:
        return cert->key.bits != 0;
    default:
        return false;
    }
}

bool
mtl_cert_key_is_usable(const struct mtl_cert *cert)
{
    if (is_plainly_usable(cert))
        return true;
    EVP_PKEY *key = mtl_decode_public_key(mtl_cert_bytes(cert, cert->spki));
    EVP_PKEY_free(key);
    return key != NULL;
}
