/* SPDX-License-Identifier: Apache-2.0 */
/* Field by field comparison of struct mtl_cert with libcrypto's X509, and with libtasn1's verdict. */
#include "support/cert_judge.h"

#include "support/cert_judge_extensions.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

const char *
cert_laxity_text(enum cert_laxity laxity)
{
    static const char *const texts[CERT_LAX_COUNT] = {
        [CERT_LAX_X400] = "libtasn1 looks into an x400Address",
        [CERT_LAX_BER_VALUE] =
            "libcrypto reads indefinite lengths, strings in pieces and long tags in extensions and algorithms",
        [CERT_LAX_SCT] = "libcrypto refuses the inside of signed certificate timestamps",
    };
    return texts[laxity];
}

struct cert_judge *
cert_judge_new(void)
{
    struct cert_judge *judge = calloc(1, sizeof(*judge));

    if (!judge)
        abort();
    judge->schema = mtl_schema_new();
    return judge;
}

void
cert_judge_free(struct cert_judge *judge)
{
    if (!judge)
        return;
    mtl_schema_free(judge->schema);
    free(judge);
}

bool
judge_expect(struct cert_judge *judge, bool same, const char *what)
{
    if (!same && judge->difference[0] == '\0')
        snprintf(judge->difference, sizeof(judge->difference), "%s", what);
    return same;
}

bool
judge_expect_bytes(struct cert_judge *judge, struct mtl_slice ours, struct mtl_slice theirs, const char *what)
{
    return judge_expect(judge, mtl_slice_equal(ours, theirs), what);
}

static struct mtl_slice
string_bytes(const ASN1_STRING *string)
{
    return mtl_slice_of(ASN1_STRING_get0_data(string), (size_t)ASN1_STRING_length(string));
}

/* Compares an encoding made by an i2d function, which is freed here. */
static void
expect_encoding(struct cert_judge *judge, struct mtl_slice ours, uint8_t *theirs, int size, const char *what)
{
    judge_expect_bytes(judge, ours, mtl_slice_of(theirs, size > 0 ? (size_t)size : 0), what);
    OPENSSL_free(theirs);
}

static void
compare_integer(struct cert_judge *judge, struct mtl_slice ours, const ASN1_INTEGER *theirs, const char *what)
{
    uint8_t *encoding = NULL;
    int size = i2d_ASN1_INTEGER(theirs, &encoding);
    long length = 0;
    int tag, class;
    const uint8_t *content = encoding;

    ASN1_get_object(&content, &length, &tag, &class, size);
    judge_expect_bytes(judge, ours, mtl_slice_of(content, (size_t)length), what);
    OPENSSL_free(encoding);
}

void
judge_compare_integer(struct cert_judge *judge, struct mtl_slice ours, const ASN1_INTEGER *theirs, const char *what)
{
    if (judge_expect(judge, (ours.data != NULL) == (theirs != NULL), what) && theirs)
        compare_integer(judge, ours, theirs, what);
}

static void
compare_time(struct cert_judge *judge, mtl_time ours, const ASN1_TIME *theirs, const char *what)
{
    ASN1_TIME *epoch = ASN1_TIME_set(NULL, 0);
    int days = 0, seconds = 0;

    if (judge_expect(judge, ASN1_TIME_diff(&days, &seconds, epoch, theirs) == 1, what))
        judge_expect(judge, ours == (mtl_time)days * 86400 + seconds, what);
    ASN1_TIME_free(epoch);
}

static void
compare_names(struct cert_judge *judge, const struct mtl_cert *ours, X509 *theirs)
{
    const X509_NAME *issuer = X509_get_issuer_name(theirs), *subject = X509_get_subject_name(theirs);
    const uint8_t *encoding;
    size_t size;

    if (judge_expect(judge, X509_NAME_get0_der(issuer, &encoding, &size), "issuer"))
        judge_expect_bytes(judge, mtl_cert_bytes(ours, ours->issuer), mtl_slice_of(encoding, size), "issuer");
    if (judge_expect(judge, X509_NAME_get0_der(subject, &encoding, &size), "subject"))
        judge_expect_bytes(judge, mtl_cert_bytes(ours, ours->subject), mtl_slice_of(encoding, size), "subject");
    judge_expect(judge, ours->self_issued == (X509_NAME_cmp(issuer, subject) == 0), "self issued");
}

static void
compare_shell(struct cert_judge *judge, const struct mtl_cert *ours, X509 *theirs)
{
    const ASN1_BIT_STRING *signature;
    const X509_ALGOR *outer;
    uint8_t *encoding = NULL;
    int size = i2d_X509(theirs, &encoding);
    long version = X509_get_version(theirs) + 1;

    expect_encoding(judge, ours->der, encoding, size, "the whole certificate");
    /* X509_get_version() says -1 too when the number does not fit into a long. */
    judge_expect(judge,
                 ours->version == (version < 1     ? 0
                                   : version > 255 ? 255
                                                   : version) ||
                     (version == 0 && ours->version == 255),
                 "version");
    compare_integer(judge, mtl_cert_bytes(ours, ours->serial), X509_get0_serialNumber(theirs), "serialNumber");
    X509_get0_signature(&signature, &outer, theirs);
    judge_expect_bytes(judge, mtl_cert_bytes(ours, ours->signature), string_bytes(signature), "signatureValue");
    encoding = NULL;
    size = i2d_X509_ALGOR(outer, &encoding);
    expect_encoding(judge, mtl_cert_bytes(ours, ours->outer_signature_alg), encoding, size, "signatureAlgorithm");
    encoding = NULL;
    size = i2d_X509_ALGOR(X509_get0_tbs_sigalg(theirs), &encoding);
    expect_encoding(judge, mtl_cert_bytes(ours, ours->tbs_signature_alg), encoding, size, "signature");
    encoding = NULL;
    size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(theirs), &encoding);
    expect_encoding(judge, mtl_cert_bytes(ours, ours->spki), encoding, size, "subjectPublicKeyInfo");
    compare_time(judge, ours->not_before, X509_get0_notBefore(theirs), "notBefore");
    compare_time(judge, ours->not_after, X509_get0_notAfter(theirs), "notAfter");
}

/* ---- keys and algorithms ---------------------------------------------------------------------------------------- */

static const struct {
    enum mtl_key_type type;
    int nid, signature_nid; /* as EVP_PKEY_get_base_id() and OBJ_find_sigid_algs() say it */
} key_types[] = {
    {MTL_KEY_RSA, EVP_PKEY_RSA, NID_rsaEncryption},      {MTL_KEY_RSA_PSS, EVP_PKEY_RSA_PSS, NID_rsassaPss},
    {MTL_KEY_EC, EVP_PKEY_EC, NID_X9_62_id_ecPublicKey}, {MTL_KEY_ED25519, EVP_PKEY_ED25519, NID_ED25519},
    {MTL_KEY_ED448, EVP_PKEY_ED448, NID_ED448},          {MTL_KEY_DSA, EVP_PKEY_DSA, NID_dsa},
    {MTL_KEY_X25519, EVP_PKEY_X25519, NID_X25519},       {MTL_KEY_X448, EVP_PKEY_X448, NID_X448},
};

static const struct {
    enum mtl_curve curve;
    const char *name;
} curve_names[] = {
    {MTL_CURVE_P224, "secp224r1"},
    {MTL_CURVE_P256, "prime256v1"},
    {MTL_CURVE_P384, "secp384r1"},
    {MTL_CURVE_P521, "secp521r1"},
    {MTL_CURVE_SECP256K1, "secp256k1"},
    {MTL_CURVE_BRAINPOOL_P256R1, "brainpoolP256r1"},
    {MTL_CURVE_BRAINPOOL_P384R1, "brainpoolP384r1"},
    {MTL_CURVE_BRAINPOOL_P512R1, "brainpoolP512r1"},
    {MTL_CURVE_P192, "prime192v1"},
};

static void
compare_curve(struct cert_judge *judge, const struct mtl_key_info *ours, EVP_PKEY *theirs)
{
    char name[64] = "";
    size_t size;
    enum mtl_curve curve = MTL_CURVE_OTHER;

    if (ours->curve == MTL_CURVE_EXPLICIT)
        return;
    EVP_PKEY_get_group_name(theirs, name, sizeof(name), &size);
    for (size_t i = 0; i < sizeof(curve_names) / sizeof(curve_names[0]); i++) {
        if (strcmp(curve_names[i].name, name) == 0)
            curve = curve_names[i].curve;
    }
    judge_expect(judge, ours->curve == curve, "curve");
}

static void
compare_exponent(struct cert_judge *judge, const struct mtl_key_info *ours, EVP_PKEY *theirs)
{
    BIGNUM *exponent = NULL;

    EVP_PKEY_get_bn_param(theirs, OSSL_PKEY_PARAM_RSA_E, &exponent);
    if (exponent)
        judge_expect(judge, ours->exponent == (BN_num_bits(exponent) > 32 ? 0 : BN_get_word(exponent)), "exponent");
    BN_free(exponent);
}

/* A key that libcrypto does not decode has no fields to compare; ours may say what it looks like. */
static void
compare_key(struct cert_judge *judge, const struct mtl_cert *ours, X509 *theirs)
{
    EVP_PKEY *key = X509_get0_pubkey(theirs);
    const ASN1_BIT_STRING *octets = X509_get0_pubkey_bitstr(theirs);
    enum mtl_key_type type = MTL_KEY_UNKNOWN;

    judge_expect_bytes(judge, mtl_cert_bytes(ours, ours->public_key), string_bytes(octets), "subjectPublicKey");
    judge_expect(judge, mtl_cert_key_is_usable(ours) == (key != NULL), "usable key");
    if (!key)
        return;
    for (size_t i = 0; i < sizeof(key_types) / sizeof(key_types[0]); i++) {
        if (key_types[i].nid == EVP_PKEY_get_base_id(key))
            type = key_types[i].type;
    }
    judge_expect(judge, ours->key.type == type, "key type");
    if (type == MTL_KEY_EC)
        compare_curve(judge, &ours->key, key);
    if (type == MTL_KEY_RSA || type == MTL_KEY_RSA_PSS)
        compare_exponent(judge, &ours->key, key);
    if (type == MTL_KEY_ED25519)
        judge_expect(judge, ours->key.bits == 256, "key bits");
    else if (ours->key.bits != 0)
        judge_expect(judge, (int)ours->key.bits == EVP_PKEY_get_bits(key), "key bits");
}

static enum mtl_digest
digest_of(int nid)
{
    static const struct {
        int nid;
        enum mtl_digest digest;
    } digests[] = {
        {NID_md2, MTL_DIGEST_MD2},
        {NID_md4, MTL_DIGEST_MD4},
        {NID_md5, MTL_DIGEST_MD5},
        {NID_sha1, MTL_DIGEST_SHA1},
        {NID_sha224, MTL_DIGEST_SHA224},
        {NID_sha256, MTL_DIGEST_SHA256},
        {NID_sha384, MTL_DIGEST_SHA384},
        {NID_sha512, MTL_DIGEST_SHA512},
        {NID_sha512_256, MTL_DIGEST_SHA512_256},
        {NID_sha3_224, MTL_DIGEST_SHA3_224},
        {NID_sha3_256, MTL_DIGEST_SHA3_256},
        {NID_sha3_384, MTL_DIGEST_SHA3_384},
        {NID_sha3_512, MTL_DIGEST_SHA3_512},
    };
    for (size_t i = 0; i < sizeof(digests) / sizeof(digests[0]); i++) {
        if (digests[i].nid == nid)
            return digests[i].digest;
    }
    return MTL_DIGEST_NONE;
}

/* RSASSA-PSS: the digest is in the parameters, which X509_get_signature_info() reads. */
static void
compare_signature_algorithm(struct cert_judge *judge, const struct mtl_cert *ours, X509 *theirs)
{
    int digest = NID_undef, key = NID_undef, bits;
    uint32_t flags;
    enum mtl_key_type type = MTL_KEY_UNKNOWN;

    OBJ_find_sigid_algs(X509_get_signature_nid(theirs), &digest, &key);
    for (size_t i = 0; i < sizeof(key_types) / sizeof(key_types[0]); i++) {
        if (key_types[i].signature_nid == key || (key == NID_rsa && key_types[i].type == MTL_KEY_RSA))
            type = key_types[i].type;
    }
    judge_expect(judge, ours->signature_algorithm.key == type, "signature algorithm's key");
    if (type != MTL_KEY_RSA_PSS)
        judge_expect(judge, ours->signature_algorithm.digest == digest_of(digest), "signature algorithm's digest");
    else if (ours->signature_algorithm.digest == MTL_DIGEST_NONE &&
             cert_judge_may_be_ber(mtl_cert_bytes(ours, ours->outer_signature_alg)))
        judge->laxities[CERT_LAX_BER_VALUE]++;
    else if (X509_get_signature_info(theirs, &digest, NULL, &bits, &flags))
        judge_expect(judge, ours->signature_algorithm.digest == digest_of(digest), "digest of RSASSA-PSS");
}

/* ---- the three verdicts ----------------------------------------------------------------------------------------- */

/* An x400Address [3], which we and libcrypto skip? */
static bool
may_hold_x400(struct mtl_slice value)
{
    return value.size > 0 && memchr(value.data, 0xa3, value.size);
}

static void
compare_schema(struct cert_judge *judge, const struct mtl_cert *ours)
{
    struct mtl_error error = {0};

    judge_expect(judge, mtl_schema_decode_certificate(judge->schema, ours->der, &error), error.message);
    for (unsigned i = 0; i < MTL_EXT_COUNT; i++) {
        struct mtl_slice value = mtl_cert_bytes(ours, ours->extension[i]);
        if (!mtl_cert_has(ours, (enum mtl_extension)i) || ((ours->malformed | ours->not_der) & 1U << i))
            continue;
        if (mtl_schema_decode_extension(judge->schema, (enum mtl_extension)i, value, &error))
            continue;
        if (judge_expect(judge, may_hold_x400(value), error.message))
            judge->laxities[CERT_LAX_X400]++;
    }
}

static void
compare(struct cert_judge *judge, const struct mtl_cert *ours, X509 *theirs)
{
    compare_shell(judge, ours, theirs);
    compare_names(judge, ours, theirs);
    compare_key(judge, ours, theirs);
    compare_signature_algorithm(judge, ours, theirs);
    judge_extensions(judge, ours, theirs);
    compare_schema(judge, ours);
}

static enum cert_judgement
judge_accepted(struct cert_judge *judge, const struct mtl_cert *ours, X509 *theirs, size_t consumed)
{
    if (!judge_expect(judge, theirs != NULL, "libcrypto refuses the certificate"))
        return CERT_DIFFERENT;
    judge_expect(judge, consumed == ours->der.size, "libcrypto reads fewer bytes");
    compare(judge, ours, theirs);
    return judge->difference[0] == '\0' ? CERT_SAME : CERT_DIFFERENT;
}

enum cert_judgement
cert_judge(struct cert_judge *judge, struct mtl_slice der)
{
    struct mtl_arena *arena = mtl_arena_new();
    const struct mtl_cert *ours = NULL;
    struct mtl_error error;
    const uint8_t *at = der.data;
    enum cert_judgement result;

    judge->difference[0] = '\0';
    X509 *theirs = d2i_X509(NULL, &at, (long)der.size);
    if (mtl_cert_parse(arena, der, &ours, &error)) {
        result = judge_accepted(judge, ours, theirs, (size_t)(at - der.data));
    } else {
        snprintf(judge->refusal, sizeof(judge->refusal), "%s", error.message);
        result = theirs && at == der.data + der.size ? CERT_STRICTER : CERT_BOTH_REFUSE;
    }
    X509_free(theirs);
    ERR_clear_error();
    mtl_arena_free(arena);
    return result;
}

bool
cert_judge_pair(struct cert_judge *judge, const struct mtl_cert *issuer, X509 *their_issuer,
                const struct mtl_cert *subject, X509 *their_subject)
{
    enum mtl_issuer_match expected = MTL_ISSUER_KEY_TYPE;

    judge->difference[0] = '\0';
    switch (X509_check_issued(their_issuer, their_subject)) {
    case X509_V_OK:
    case X509_V_ERR_KEYUSAGE_NO_CERTSIGN:
    case X509_V_ERR_KEYUSAGE_NO_DIGITAL_SIGNATURE:
        expected = MTL_ISSUER_OK;
        break;
    case X509_V_ERR_SUBJECT_ISSUER_MISMATCH:
        expected = MTL_ISSUER_NAME;
        break;
    case X509_V_ERR_UNSPECIFIED:
        expected = MTL_ISSUER_MALFORMED;
        break;
    case X509_V_ERR_AKID_SKID_MISMATCH:
        expected = MTL_ISSUER_KEY_ID;
        break;
    case X509_V_ERR_AKID_ISSUER_SERIAL_MISMATCH:
        expected = MTL_ISSUER_SERIAL;
        break;
    default:
        break;
    }
    return judge_expect(judge, mtl_cert_may_issue(issuer, subject) == expected, "may issue");
}
