/* Private keys: their public half, and whether a certificate has it. SPDX-License-Identifier: Apache-2.0 */
#include "cert/algorithms.h"
#include "cert/decoded_key.h"
#include "cert/libcrypto.h"
#include "cert/public_half.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

/* ---- what is it? ------------------------------------------------------------------------------------------------ */

static const char encrypted_format[] = "encrypted PKCS#8";

/*
 * The first two items tell the formats apart:
 *   EncryptedPrivateKeyInfo (RFC 5958 3)   SEQUENCE, OCTET STRING
 *   OneAsymmetricKey (RFC 5958 2)          INTEGER, SEQUENCE
 *   ECPrivateKey (RFC 5915 3)              INTEGER, OCTET STRING
 *   RSAPrivateKey (RFC 8017 A.1.2)         INTEGER, then eight INTEGERs or more
 *   DSA, as OpenSSL writes it              INTEGER, then five INTEGERs
 */
static const char *
format_of(struct mtl_slice bytes, struct mtl_der_notes *notes)
{
    struct mtl_der der = mtl_der_reader(bytes, notes), inner;
    struct mtl_der_item first, second, item;
    size_t count = 2;

    if (!mtl_der_enter(&der, MTL_DER_SEQUENCE, &inner) || !mtl_der_leave(&der) || !mtl_der_next(&inner, &first) ||
        !mtl_der_next(&inner, &second))
        return NULL;
    if (first.tag == MTL_DER_SEQUENCE && second.tag == MTL_DER_OCTET_STRING)
        return encrypted_format;
    if (first.tag != MTL_DER_INTEGER)
        return NULL;
    if (second.tag == MTL_DER_SEQUENCE)
        return "PKCS#8";
    if (second.tag == MTL_DER_OCTET_STRING)
        return "SEC1";
    for (; !mtl_der_is_done(&inner); count++) {
        if (!mtl_der_next(&inner, &item))
            return NULL;
    }
    return second.tag != MTL_DER_INTEGER ? NULL : count == 6 ? "DSA" : count >= 9 ? "PKCS#1" : NULL;
}

/* ---- the public half -------------------------------------------------------------------------------------------- */

/* What a SubjectPublicKeyInfo is about. False when it does not decode. */
static bool
read_spki(struct mtl_slice spki, struct mtl_key_info *key, struct mtl_slice *octets)
{
    struct mtl_der der = mtl_der_reader(spki, NULL), inner;
    struct mtl_algorithm algorithm;
    struct mtl_der_bits bits;

    if (!mtl_der_enter(&der, MTL_DER_SEQUENCE, &inner) || !mtl_der_algorithm(&inner, &algorithm) ||
        !mtl_der_bit_string(&inner, MTL_DER_BIT_STRING, &bits) || bits.unused != 0)
        return false;
    *key = mtl_algorithm_key(&algorithm, bits.octets);
    *octets = bits.octets;
    return true;
}

/* What libcrypto says; absent when it does not decode the key. */
static struct mtl_slice
decode_public_half(struct mtl_arena *arena, struct mtl_slice der)
{
    const unsigned char *at = der.data;
    unsigned char *spki = NULL;
    struct mtl_slice copy = {0};

    ERR_set_mark();
    EVP_PKEY *key = d2i_AutoPrivateKey_ex(NULL, &at, (long)der.size, mtl_libcrypto()->context, NULL);
    int size = key == NULL ? -1 : i2d_PUBKEY(key, &spki);
    if (size > 0)
        copy = mtl_arena_copy(arena, mtl_slice_of(spki, (size_t)size));
    OPENSSL_free(spki);
    EVP_PKEY_free(key); /* wipes the private half */
    ERR_pop_to_mark();
    return copy;
}

/* Sets spki and key; false when the key does not decode. */
static bool
find_public_half(struct mtl_arena *arena, struct mtl_slice der, struct mtl_private_key *found)
{
    struct mtl_slice octets;

    found->spki = mtl_public_half_read(arena, der);
    if (found->spki.data != NULL && read_spki(found->spki, &found->key, &octets) &&
        mtl_key_is_plain(&found->key, octets))
        return true;
    found->spki = decode_public_half(arena, der);
    if (found->spki.data == NULL)
        return false;
    if (!read_spki(found->spki, &found->key, &octets))
        found->key = (struct mtl_key_info){.type = MTL_KEY_UNKNOWN};
    return true;
}

bool
mtl_private_key_parse(struct mtl_arena *arena, struct mtl_slice der, const struct mtl_private_key **key,
                      struct mtl_error *error)
{
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_private_key found = {.format = format_of(der, &notes)};

    if (found.format == NULL)
        return mtl_error_set(error, NULL, 0, NULL, "this is no private key in PKCS#8, PKCS#1 or SEC1");
    found.encrypted = found.format == encrypted_format;
    if (!found.encrypted && !find_public_half(arena, der, &found))
        return mtl_error_set(error, NULL, 0, NULL, "the %s private key does not decode", found.format);

    struct mtl_private_key *result = mtl_arena_alloc(arena, sizeof(*result));
    *result = found;
    *key = result;
    return true;
}

void
mtl_private_key_wipe(void *bytes, size_t size)
{
    OPENSSL_cleanse(bytes, size);
}

/* ---- matching --------------------------------------------------------------------------------------------------- */

bool
mtl_private_key_matches(const struct mtl_private_key *key, const struct mtl_cert *cert)
{
    struct mtl_slice spki = mtl_cert_bytes(cert, cert->spki);

    if (key->spki.data == NULL)
        return false;
    if (mtl_slice_equal(key->spki, spki))
        return true;
    ERR_set_mark();
    EVP_PKEY *ours = mtl_decode_public_key(key->spki), *theirs = mtl_decode_public_key(spki);
    bool same = ours != NULL && theirs != NULL && EVP_PKEY_eq(ours, theirs) == 1;
    EVP_PKEY_free(ours);
    EVP_PKEY_free(theirs);
    ERR_pop_to_mark();
    return same;
}
