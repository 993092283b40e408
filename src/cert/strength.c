/* How strong keys and signatures are by OpenSSL's measure, and what they are called.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cert/cert.h"

#include <openssl/asn1t.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

/* ---- keys ----------------------------------------------------------------------------------------------------- */

/*
 * The cost of the number field sieve (SP 800-56B rev. 2 appendix D) with OpenSSL's rounding, as steps: the smallest
 * moduli rated 8, 16, 24... bits. It ends at OPENSSL_RSA_MAX_MODULUS_BITS, above which no signature verifies.
 */
static int
rsa_bits(uint32_t modulus_bits)
{
    static const uint16_t steps[] = {16,   41,   81,   138,   213,   308,   425,   566,   729,   920,  1137, 1383,
                                     1657, 1963, 2301, 2671,  3076,  3514,  3991,  4502,  5054,  5642, 6274, 6947,
                                     7681, 8418, 9216, 10064, 10953, 11893, 12877, 13914, 15361, 16132};
    int bits = 0;

    for (size_t i = 0; i < sizeof(steps) / sizeof(*steps) && modulus_bits >= steps[i]; i++)
        bits += 8;
    return bits;
}

/* DSA: SP 800-57 part 1, table 2; half of the subgroup's size is a limit. */
static int
dsa_bits(uint32_t modulus_bits, uint32_t subgroup_bits)
{
    int bits = modulus_bits >= 15360  ? 256
               : modulus_bits >= 7680 ? 192
               : modulus_bits >= 3072 ? 128
               : modulus_bits >= 2048 ? 112
               : modulus_bits >= 1024 ? 80
                                      : 0;
    int half = (int)(subgroup_bits / 2);

    if (half < 80)
        return 0;
    return half < bits ? half : bits;
}

static int
ec_bits(uint32_t order_bits)
{
    static const struct {
        uint32_t order;
        int strength;
    } steps[] = {{512, 256}, {384, 192}, {256, 128}, {224, 112}, {160, 80}};

    for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
        if (order_bits >= steps[i].order)
            return steps[i].strength;
    }
    return (int)(order_bits / 2);
}

int
mtl_key_security_bits(const struct mtl_key_info *key)
{
    switch (key->type) {
    case MTL_KEY_RSA:
    case MTL_KEY_RSA_PSS:
        return rsa_bits(key->bits);
    case MTL_KEY_DSA:
        return dsa_bits(key->bits, key->subgroup_bits);
    case MTL_KEY_EC:
        return ec_bits(key->bits);
    case MTL_KEY_ED25519:
    case MTL_KEY_X25519:
        return 128;
    case MTL_KEY_ED448:
    case MTL_KEY_X448:
        return 224;
    case MTL_KEY_UNKNOWN:
        break;
    }
    return 0;
}

/* ---- signatures ----------------------------------------------------------------------------------------------- */

static const EVP_MD *
algorithm_digest(const X509_ALGOR *algorithm)
{
    const ASN1_OBJECT *oid;

    X509_ALGOR_get0(&oid, NULL, NULL, algorithm);
    return EVP_get_digestbyobj(oid);
}

/* RFC 4055 2.2: the only mask generation function is MGF1, with a digest as its parameter. */
static bool
has_known_mask(const RSA_PSS_PARAMS *params)
{
    const ASN1_OBJECT *oid;
    const void *parameter;
    int type;

    if (params->maskGenAlgorithm == NULL)
        return true;
    X509_ALGOR_get0(&oid, &type, &parameter, params->maskGenAlgorithm);
    if (OBJ_obj2nid(oid) != NID_mgf1 || type != V_ASN1_SEQUENCE)
        return false;
    X509_ALGOR *hash = ASN1_item_unpack(parameter, ASN1_ITEM_rptr(X509_ALGOR));
    bool known = hash != NULL && algorithm_digest(hash) != NULL;
    X509_ALGOR_free(hash);
    return known;
}

/* The digest of RSASSA-PSS parameters that libcrypto would verify with, otherwise NULL. */
static const EVP_MD *
pss_digest(const RSA_PSS_PARAMS *params)
{
    int64_t salt = 20, trailer = 1;

    if (params->saltLength != NULL && (ASN1_INTEGER_get_int64(&salt, params->saltLength) != 1 || salt < 0))
        return NULL;
    if (params->trailerField != NULL && (ASN1_INTEGER_get_int64(&trailer, params->trailerField) != 1 || trailer != 1))
        return NULL;
    if (!has_known_mask(params))
        return NULL;
    return params->hashAlgorithm == NULL ? EVP_sha1() : algorithm_digest(params->hashAlgorithm);
}

static int
pss_bits(const X509_ALGOR *algorithm)
{
    const void *parameter;
    int type;

    X509_ALGOR_get0(NULL, &type, &parameter, algorithm);
    if (type != V_ASN1_SEQUENCE)
        return -1;
    RSA_PSS_PARAMS *params = ASN1_item_unpack(parameter, ASN1_ITEM_rptr(RSA_PSS_PARAMS));
    const EVP_MD *digest = params == NULL ? NULL : pss_digest(params);
    RSA_PSS_PARAMS_free(params);
    if (digest == NULL)
        return -1;
    return EVP_MD_get_type(digest) == NID_sha1  ? 64
           : EVP_MD_get_type(digest) == NID_md5 ? 39
                                                : 4 * EVP_MD_get_size(digest);
}

/* Collisions make these weaker than half their size (x509_sig_info_init()). */
#define MD5_BITS 39
#define SHA1_BITS 63
#define GOST94_BITS 105

/* What libcrypto knows of an algorithm that we have no name for. */
static int
other_bits(const X509_ALGOR *algorithm)
{
    int digest_id;

    if (!OBJ_find_sigid_algs(OBJ_obj2nid(algorithm->algorithm), &digest_id, NULL))
        return -1;
    switch (digest_id) {
    case NID_md5:
        return MD5_BITS;
    case NID_sha1:
        return SHA1_BITS;
    case NID_id_GostR3411_94:
        return GOST94_BITS;
    default:
        break;
    }
    const EVP_MD *digest = EVP_get_digestbynid(digest_id);
    return digest == NULL ? -1 : 4 * EVP_MD_get_size(digest);
}

static int
bits_of_parameters(const struct mtl_cert *cert)
{
    struct mtl_slice der = mtl_cert_bytes(cert, cert->outer_signature_alg);
    const unsigned char *at = der.data;
    int bits = -1;

    ERR_set_mark();
    X509_ALGOR *algorithm = d2i_X509_ALGOR(NULL, &at, (long)der.size);
    if (algorithm != NULL)
        bits = cert->signature_algorithm.key == MTL_KEY_RSA_PSS ? pss_bits(algorithm) : other_bits(algorithm);
    X509_ALGOR_free(algorithm);
    ERR_pop_to_mark();
    return bits;
}

int
mtl_signature_security_bits(const struct mtl_cert *cert)
{
    switch (cert->signature_algorithm.key) {
    case MTL_KEY_UNKNOWN:
    case MTL_KEY_RSA_PSS:
        return bits_of_parameters(cert);
    case MTL_KEY_ED25519:
        return 128;
    case MTL_KEY_ED448:
        return 224;
    default:
        break;
    }
    switch (cert->signature_algorithm.digest) {
    case MTL_DIGEST_MD5:
        return MD5_BITS;
    case MTL_DIGEST_SHA1:
        return SHA1_BITS;
    case MTL_DIGEST_SHA224:
        return 112;
    case MTL_DIGEST_SHA256:
        return 128;
    case MTL_DIGEST_SHA384:
        return 192;
    case MTL_DIGEST_SHA512:
        return 256;
    default:
        return bits_of_parameters(cert);
    }
}

/* ---- words ---------------------------------------------------------------------------------------------------- */

const char *
mtl_digest_text(enum mtl_digest digest)
{
    static const char *const texts[] = {
        [MTL_DIGEST_NONE] = "no digest",    [MTL_DIGEST_MD2] = "MD2",
        [MTL_DIGEST_MD4] = "MD4",           [MTL_DIGEST_MD5] = "MD5",
        [MTL_DIGEST_SHA1] = "SHA-1",        [MTL_DIGEST_SHA224] = "SHA-224",
        [MTL_DIGEST_SHA256] = "SHA-256",    [MTL_DIGEST_SHA384] = "SHA-384",
        [MTL_DIGEST_SHA512] = "SHA-512",    [MTL_DIGEST_SHA512_256] = "SHA-512/256",
        [MTL_DIGEST_SHA3_224] = "SHA3-224", [MTL_DIGEST_SHA3_256] = "SHA3-256",
        [MTL_DIGEST_SHA3_384] = "SHA3-384", [MTL_DIGEST_SHA3_512] = "SHA3-512",
    };

    return texts[digest];
}

static const char *
curve_text(enum mtl_curve curve)
{
    static const char *const texts[] = {
        [MTL_CURVE_NONE] = "without a curve",
        [MTL_CURVE_P224] = "P-224",
        [MTL_CURVE_P256] = "P-256",
        [MTL_CURVE_P384] = "P-384",
        [MTL_CURVE_P521] = "P-521",
        [MTL_CURVE_SECP256K1] = "secp256k1",
        [MTL_CURVE_BRAINPOOL_P256R1] = "brainpoolP256r1",
        [MTL_CURVE_BRAINPOOL_P384R1] = "brainpoolP384r1",
        [MTL_CURVE_BRAINPOOL_P512R1] = "brainpoolP512r1",
        [MTL_CURVE_P192] = "P-192",
        [MTL_CURVE_OTHER] = "on another curve",
        [MTL_CURVE_EXPLICIT] = "with explicit parameters",
    };

    return texts[curve];
}

const char *
mtl_key_text(struct mtl_arena *arena, const struct mtl_key_info *key)
{
    static const char *const names[] = {
        [MTL_KEY_UNKNOWN] = "unknown", [MTL_KEY_RSA] = "RSA",         [MTL_KEY_RSA_PSS] = "RSA-PSS",
        [MTL_KEY_EC] = "EC",           [MTL_KEY_ED25519] = "Ed25519", [MTL_KEY_ED448] = "Ed448",
        [MTL_KEY_DSA] = "DSA",         [MTL_KEY_X25519] = "X25519",   [MTL_KEY_X448] = "X448",
    };

    switch (key->type) {
    case MTL_KEY_RSA:
    case MTL_KEY_RSA_PSS:
    case MTL_KEY_DSA:
        return mtl_arena_printf(arena, "%s %u", names[key->type], (unsigned)key->bits);
    case MTL_KEY_EC:
        return mtl_arena_printf(arena, "EC %s", curve_text(key->curve));
    default:
        return names[key->type];
    }
}
