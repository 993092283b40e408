/* SPDX-License-Identifier: Apache-2.0 */
/* SubjectPublicKeyInfo as written: type, curve, size (RFC 3279, 4055, 5480, 8410). No cryptography. */
#include "cert/algorithms.h"
#include "cert/decoded_key.h"

#include <string.h>

#define OID(octets) octets, sizeof(octets) - 1
#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const struct known_key {
    const char *octets;
    uint8_t size;
    enum mtl_key_type type;
} keys[] = {
    {OID("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01"), MTL_KEY_RSA},     /* 1.2.840.113549.1.1.1 */
    {OID("\x2a\x86\x48\xce\x3d\x02\x01"), MTL_KEY_EC},              /* 1.2.840.10045.2.1 */
    {OID("\x2b\x65\x70"), MTL_KEY_ED25519},                         /* 1.3.101.112 */
    {OID("\x2b\x65\x71"), MTL_KEY_ED448},                           /* 1.3.101.113 */
    {OID("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a"), MTL_KEY_RSA_PSS}, /* 1.2.840.113549.1.1.10 */
    {OID("\x2a\x86\x48\xce\x38\x04\x01"), MTL_KEY_DSA},             /* 1.2.840.10040.4.1 */
    {OID("\x2b\x65\x6e"), MTL_KEY_X25519},                          /* 1.3.101.110 */
    {OID("\x2b\x65\x6f"), MTL_KEY_X448},                            /* 1.3.101.111 */
};

static const struct known_curve {
    const char *octets;
    uint8_t size;
    enum mtl_curve curve;
    uint16_t bits; /* of the order */
} curves[] = {
    {OID("\x2a\x86\x48\xce\x3d\x03\x01\x07"), MTL_CURVE_P256, 256},                 /* 1.2.840.10045.3.1.7 */
    {OID("\x2b\x81\x04\x00\x22"), MTL_CURVE_P384, 384},                             /* 1.3.132.0.34 */
    {OID("\x2b\x81\x04\x00\x23"), MTL_CURVE_P521, 521},                             /* 1.3.132.0.35 */
    {OID("\x2b\x81\x04\x00\x21"), MTL_CURVE_P224, 224},                             /* 1.3.132.0.33 */
    {OID("\x2b\x81\x04\x00\x0a"), MTL_CURVE_SECP256K1, 256},                        /* 1.3.132.0.10 */
    {OID("\x2a\x86\x48\xce\x3d\x03\x01\x01"), MTL_CURVE_P192, 192},                 /* 1.2.840.10045.3.1.1 */
    {OID("\x2b\x24\x03\x03\x02\x08\x01\x01\x07"), MTL_CURVE_BRAINPOOL_P256R1, 256}, /* 1.3.36.3.3.2.8.1.1.7 */
    {OID("\x2b\x24\x03\x03\x02\x08\x01\x01\x0b"), MTL_CURVE_BRAINPOOL_P384R1, 384}, /* 1.3.36.3.3.2.8.1.1.11 */
    {OID("\x2b\x24\x03\x03\x02\x08\x01\x01\x0d"), MTL_CURVE_BRAINPOOL_P512R1, 512}, /* 1.3.36.3.3.2.8.1.1.13 */
};

/* Bits of an INTEGER's magnitude. Moduli without their leading zero octet occur; libcrypto reads them as positive. */
static uint32_t
magnitude_bits(struct mtl_slice integer)
{
    uint32_t bits = 0;

    while (integer.size > 0 && integer.data[0] == 0) {
        integer.data++;
        integer.size--;
    }
    if (integer.size == 0)
        return 0;
    for (uint8_t top = integer.data[0]; top != 0; top >>= 1)
        bits++;
    return bits + 8 * (uint32_t)(integer.size - 1);
}

/* RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER } (RFC 8017 A.1.1) */
static void
read_rsa(struct mtl_slice octets, struct mtl_key_info *key)
{
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der der = mtl_der_reader(octets, &notes);
    struct mtl_der inner;
    struct mtl_der_item modulus, exponent;

    if (!mtl_der_enter(&der, MTL_DER_SEQUENCE, &inner) || !mtl_der_take(&inner, MTL_DER_INTEGER, &modulus) ||
        !mtl_der_take(&inner, MTL_DER_INTEGER, &exponent) || !mtl_der_leave(&inner))
        return;
    key->bits = magnitude_bits(modulus.content);
    if (magnitude_bits(exponent.content) > 32)
        return;
    for (size_t i = 0; i < exponent.content.size; i++)
        key->exponent = key->exponent << 8 | exponent.content.data[i];
}

/* Dss-Parms ::= SEQUENCE { p INTEGER, q INTEGER, g INTEGER } (RFC 3279 2.3.2); absent: inherited from the issuer. */
static void
read_dsa(struct mtl_slice parameters, struct mtl_key_info *key)
{
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der der = mtl_der_reader(parameters, &notes);
    struct mtl_der inner;
    struct mtl_der_item prime, subgroup;

    if (!mtl_der_enter(&der, MTL_DER_SEQUENCE, &inner) || !mtl_der_take(&inner, MTL_DER_INTEGER, &prime) ||
        !mtl_der_take(&inner, MTL_DER_INTEGER, &subgroup))
        return;
    key->bits = magnitude_bits(prime.content);
    key->subgroup_bits = magnitude_bits(subgroup.content);
}

/* RFC 5480 2.1.1: a named curve; spelled out parameters are forbidden but exist. */
static void
read_ec(struct mtl_slice parameters, struct mtl_key_info *key)
{
    struct mtl_der der = mtl_der_reader(parameters, NULL);
    struct mtl_slice oid;

    if (mtl_der_is_next(&der, MTL_DER_SEQUENCE)) {
        key->curve = MTL_CURVE_EXPLICIT;
        key->bits = mtl_curve_order_bits(parameters);
        return;
    }
    if (!mtl_der_oid(&der, MTL_DER_OID, &oid)) {
        key->type = MTL_KEY_UNKNOWN;
        return;
    }
    key->curve = MTL_CURVE_OTHER;
    for (size_t i = 0; i < COUNT(curves); i++) {
        if (oid.size != curves[i].size || memcmp(oid.data, curves[i].octets, oid.size) != 0)
            continue;
        key->curve = curves[i].curve;
        key->bits = curves[i].bits;
        return;
    }
    key->bits = mtl_curve_order_bits(parameters);
}

/* RFC 8410 3: no parameters, and the key is as long as the curve has it. */
static void
read_edwards(const struct mtl_algorithm *algorithm, struct mtl_slice octets, struct mtl_key_info *key)
{
    static const struct {
        enum mtl_key_type type;
        uint16_t octets, bits;
    } sizes[] = {
        {MTL_KEY_ED25519, 32, 256}, {MTL_KEY_ED448, 57, 456}, {MTL_KEY_X25519, 32, 253}, {MTL_KEY_X448, 56, 448}};

    if (algorithm->parameters.data) {
        key->type = MTL_KEY_UNKNOWN;
        return;
    }
    for (size_t i = 0; i < COUNT(sizes); i++) {
        if (sizes[i].type == key->type && sizes[i].octets == octets.size)
            key->bits = sizes[i].bits;
    }
}

static enum mtl_key_type
key_type(struct mtl_slice oid)
{
    for (size_t i = 0; i < COUNT(keys); i++) {
        if (oid.size == keys[i].size && memcmp(oid.data, keys[i].octets, oid.size) == 0)
            return keys[i].type;
    }
    return MTL_KEY_UNKNOWN;
}

struct mtl_key_info
mtl_algorithm_key(const struct mtl_algorithm *algorithm, struct mtl_slice octets)
{
    struct mtl_key_info key = {.type = key_type(algorithm->oid)};

    switch (key.type) {
    case MTL_KEY_RSA:
    case MTL_KEY_RSA_PSS:
        read_rsa(octets, &key);
        break;
    case MTL_KEY_DSA:
        read_dsa(algorithm->parameters, &key);
        break;
    case MTL_KEY_EC:
        read_ec(algorithm->parameters, &key);
        break;
    case MTL_KEY_ED25519:
    case MTL_KEY_ED448:
    case MTL_KEY_X25519:
    case MTL_KEY_X448:
        read_edwards(algorithm, octets, &key);
        break;
    case MTL_KEY_UNKNOWN:
        break;
    }
    return key;
}
