/* SPDX-License-Identifier: Apache-2.0 */
/* Object identifiers of extensions, purposes and digests, and signature algorithms with their parameters. */
#include "cert/algorithms.h"

#include <string.h>

/* The content octets of an OBJECT IDENTIFIER and what it means to us. */
struct known_oid {
    const char *octets;
    uint8_t size;
    uint16_t meaning;
};
#define OID(octets) octets, sizeof(octets) - 1

static const struct known_oid extensions[] = {
    {OID("\x55\x1d\x13"), MTL_EXT_BASIC_CONSTRAINTS},                          /* 2.5.29.19 */
    {OID("\x55\x1d\x0f"), MTL_EXT_KEY_USAGE},                                  /* 2.5.29.15 */
    {OID("\x55\x1d\x25"), MTL_EXT_EXTENDED_KEY_USAGE},                         /* 2.5.29.37 */
    {OID("\x55\x1d\x11"), MTL_EXT_SUBJECT_ALT_NAME},                           /* 2.5.29.17 */
    {OID("\x55\x1d\x0e"), MTL_EXT_SUBJECT_KEY_ID},                             /* 2.5.29.14 */
    {OID("\x55\x1d\x23"), MTL_EXT_AUTHORITY_KEY_ID},                           /* 2.5.29.35 */
    {OID("\x55\x1d\x20"), MTL_EXT_CERTIFICATE_POLICIES},                       /* 2.5.29.32 */
    {OID("\x55\x1d\x1f"), MTL_EXT_CRL_DISTRIBUTION_POINTS},                    /* 2.5.29.31 */
    {OID("\x2b\x06\x01\x05\x05\x07\x01\x01"), MTL_EXT_AUTHORITY_INFO_ACCESS},  /* 1.3.6.1.5.5.7.1.1 */
    {OID("\x2b\x06\x01\x04\x01\xd6\x79\x02\x04\x02"), MTL_EXT_SCT_LIST},       /* 1.3.6.1.4.1.11129.2.4.2 */
    {OID("\x55\x1d\x1e"), MTL_EXT_NAME_CONSTRAINTS},                           /* 2.5.29.30 */
    {OID("\x55\x1d\x12"), MTL_EXT_ISSUER_ALT_NAME},                            /* 2.5.29.18 */
    {OID("\x55\x1d\x21"), MTL_EXT_POLICY_MAPPINGS},                            /* 2.5.29.33 */
    {OID("\x55\x1d\x24"), MTL_EXT_POLICY_CONSTRAINTS},                         /* 2.5.29.36 */
    {OID("\x55\x1d\x36"), MTL_EXT_INHIBIT_ANY_POLICY},                         /* 2.5.29.54 */
    {OID("\x55\x1d\x2e"), MTL_EXT_FRESHEST_CRL},                               /* 2.5.29.46 */
    {OID("\x60\x86\x48\x01\x86\xf8\x42\x01\x01"), MTL_EXT_NETSCAPE_CERT_TYPE}, /* 2.16.840.1.113730.1.1 */
    {OID("\x2b\x06\x01\x05\x05\x07\x01\x0e"), MTL_EXT_PROXY_CERT_INFO},        /* 1.3.6.1.5.5.7.1.14 */
    {OID("\x2b\x06\x01\x05\x05\x07\x01\x07"), MTL_EXT_IP_ADDR_BLOCKS},         /* 1.3.6.1.5.5.7.1.7 */
    {OID("\x2b\x06\x01\x05\x05\x07\x01\x08"), MTL_EXT_AUTONOMOUS_SYS},         /* 1.3.6.1.5.5.7.1.8 */
    {OID("\x2b\x06\x01\x05\x05\x07\x30\x01\x05"), MTL_EXT_OCSP_NO_CHECK},      /* 1.3.6.1.5.5.7.48.1.5 */
    {OID("\x2b\x06\x01\x05\x05\x07\x01\x18"), MTL_EXT_TLS_FEATURE},            /* 1.3.6.1.5.5.7.1.24 */
};

static const struct known_oid purposes[] = {
    {OID("\x2b\x06\x01\x05\x05\x07\x03\x01"), MTL_EKU_SERVER_AUTH},      /* 1.3.6.1.5.5.7.3.1 */
    {OID("\x2b\x06\x01\x05\x05\x07\x03\x02"), MTL_EKU_CLIENT_AUTH},      /* 1.3.6.1.5.5.7.3.2 */
    {OID("\x2b\x06\x01\x05\x05\x07\x03\x03"), MTL_EKU_CODE_SIGNING},     /* 1.3.6.1.5.5.7.3.3 */
    {OID("\x2b\x06\x01\x05\x05\x07\x03\x04"), MTL_EKU_EMAIL_PROTECTION}, /* 1.3.6.1.5.5.7.3.4 */
    {OID("\x2b\x06\x01\x05\x05\x07\x03\x08"), MTL_EKU_TIME_STAMPING},    /* 1.3.6.1.5.5.7.3.8 */
    {OID("\x2b\x06\x01\x05\x05\x07\x03\x09"), MTL_EKU_OCSP_SIGNING},     /* 1.3.6.1.5.5.7.3.9 */
    {OID("\x55\x1d\x25\x00"), MTL_EKU_ANY},                              /* 2.5.29.37.0 */
    {OID("\x2b\x06\x01\x04\x01\x82\x37\x0a\x03\x03"), MTL_EKU_MS_SGC},   /* 1.3.6.1.4.1.311.10.3.3 */
    {OID("\x60\x86\x48\x01\x86\xf8\x42\x04\x01"), MTL_EKU_NS_SGC},       /* 2.16.840.1.113730.4.1 */
};

static const struct known_oid digests[] = {
    {OID("\x60\x86\x48\x01\x65\x03\x04\x02\x01"), MTL_DIGEST_SHA256},     /* 2.16.840.1.101.3.4.2.1 */
    {OID("\x60\x86\x48\x01\x65\x03\x04\x02\x02"), MTL_DIGEST_SHA384},     /* 2.16.840.1.101.3.4.2.2 */
    {OID("\x60\x86\x48\x01\x65\x03\x04\x02\x03"), MTL_DIGEST_SHA512},     /* 2.16.840.1.101.3.4.2.3 */
    {OID("\x2b\x0e\x03\x02\x1a"), MTL_DIGEST_SHA1},                       /* 1.3.14.3.2.26 */
    {OID("\x60\x86\x48\x01\x65\x03\x04\x02\x04"), MTL_DIGEST_SHA224},     /* 2.16.840.1.101.3.4.2.4 */
    {OID("\x60\x86\x48\x01\x65\x03\x04\x02\x06"), MTL_DIGEST_SHA512_256}, /* 2.16.840.1.101.3.4.2.6 */
    {OID("\x60\x86\x48\x01\x65\x03\x04\x02\x07"), MTL_DIGEST_SHA3_224},   /* 2.16.840.1.101.3.4.2.7 */
    {OID("\x60\x86\x48\x01\x65\x03\x04\x02\x08"), MTL_DIGEST_SHA3_256},   /* 2.16.840.1.101.3.4.2.8 */
    {OID("\x60\x86\x48\x01\x65\x03\x04\x02\x09"), MTL_DIGEST_SHA3_384},   /* 2.16.840.1.101.3.4.2.9 */
    {OID("\x60\x86\x48\x01\x65\x03\x04\x02\x0a"), MTL_DIGEST_SHA3_512},   /* 2.16.840.1.101.3.4.2.10 */
    {OID("\x2a\x86\x48\x86\xf7\x0d\x02\x05"), MTL_DIGEST_MD5},            /* 1.2.840.113549.2.5 */
    {OID("\x2a\x86\x48\x86\xf7\x0d\x02\x04"), MTL_DIGEST_MD4},            /* 1.2.840.113549.2.4 */
    {OID("\x2a\x86\x48\x86\xf7\x0d\x02\x02"), MTL_DIGEST_MD2},            /* 1.2.840.113549.2.2 */
};

/*
 * What OpenSSL 3.0 can take apart into key and digest (OBJ_find_sigid_algs), most frequent first. A digest that no
 * chain should rely on any more and that has no name in enum mtl_digest is NONE.
 */
static const struct known_signature {
    const char *octets;
    uint8_t size;
    struct mtl_signature_algorithm algorithm;
} signatures[] = {
    {OID("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b"), {MTL_KEY_RSA, MTL_DIGEST_SHA256}}, /* sha256WithRSAEncryption */
    {OID("\x2a\x86\x48\xce\x3d\x04\x03\x02"), {MTL_KEY_EC, MTL_DIGEST_SHA256}},      /* ecdsa-with-SHA256 */
    {OID("\x2a\x86\x48\xce\x3d\x04\x03\x03"), {MTL_KEY_EC, MTL_DIGEST_SHA384}},      /* ecdsa-with-SHA384 */
    {OID("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0c"), {MTL_KEY_RSA, MTL_DIGEST_SHA384}}, /* sha384WithRSAEncryption */
    {OID("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0d"), {MTL_KEY_RSA, MTL_DIGEST_SHA512}}, /* sha512WithRSAEncryption */
    {OID("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x05"), {MTL_KEY_RSA, MTL_DIGEST_SHA1}},   /* sha1WithRSAEncryption */
    {OID("\x2b\x65\x70"), {MTL_KEY_ED25519, MTL_DIGEST_NONE}},                       /* Ed25519 */
    {OID("\x2b\x65\x71"), {MTL_KEY_ED448, MTL_DIGEST_NONE}},                         /* Ed448 */
    {OID("\x2a\x86\x48\xce\x3d\x04\x03\x04"), {MTL_KEY_EC, MTL_DIGEST_SHA512}},      /* ecdsa-with-SHA512 */
    {OID("\x2a\x86\x48\xce\x3d\x04\x03\x01"), {MTL_KEY_EC, MTL_DIGEST_SHA224}},      /* ecdsa-with-SHA224 */
    {OID("\x2a\x86\x48\xce\x3d\x04\x01"), {MTL_KEY_EC, MTL_DIGEST_SHA1}},            /* ecdsa-with-SHA1 */
    {OID("\x2a\x86\x48\xce\x3d\x04\x02"), {MTL_KEY_EC, MTL_DIGEST_NONE}},            /* ecdsa-with-Recommended */
    {OID("\x2a\x86\x48\xce\x3d\x04\x03"), {MTL_KEY_EC, MTL_DIGEST_NONE}},            /* ecdsa-with-Specified */
    {OID("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a"),
     {MTL_KEY_RSA_PSS, MTL_DIGEST_NONE}}, /* RSASSA-PSS: the digest is in the parameters */
    {OID("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x02"), {MTL_KEY_RSA, MTL_DIGEST_MD2}},    /* md2WithRSAEncryption */
    {OID("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x03"), {MTL_KEY_RSA, MTL_DIGEST_MD4}},    /* md4WithRSAEncryption */
    {OID("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x04"), {MTL_KEY_RSA, MTL_DIGEST_MD5}},    /* md5WithRSAEncryption */
    {OID("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0e"), {MTL_KEY_RSA, MTL_DIGEST_SHA224}}, /* sha224WithRSAEncryption */
    {OID("\x2b\x0e\x03\x02\x03"), {MTL_KEY_RSA, MTL_DIGEST_MD5}},                    /* md5WithRSA */
    {OID("\x2b\x0e\x03\x02\x1d"), {MTL_KEY_RSA, MTL_DIGEST_SHA1}},                   /* sha1WithRSA */
    {OID("\x2b\x0e\x03\x02\x0f"), {MTL_KEY_RSA, MTL_DIGEST_NONE}},                   /* shaWithRSAEncryption (SHA-0) */
    {OID("\x2b\x0e\x03\x02\x0e"), {MTL_KEY_RSA, MTL_DIGEST_NONE}},                   /* mdc2WithRSA */
    {OID("\x2b\x24\x03\x03\x01\x02"), {MTL_KEY_RSA, MTL_DIGEST_NONE}},               /* ripemd160WithRSA */
    {OID("\x60\x86\x48\x01\x65\x03\x04\x03\x0d"), {MTL_KEY_RSA, MTL_DIGEST_SHA3_224}}, /* RSA-SHA3-224 */
    {OID("\x60\x86\x48\x01\x65\x03\x04\x03\x0e"), {MTL_KEY_RSA, MTL_DIGEST_SHA3_256}}, /* RSA-SHA3-256 */
    {OID("\x60\x86\x48\x01\x65\x03\x04\x03\x0f"), {MTL_KEY_RSA, MTL_DIGEST_SHA3_384}}, /* RSA-SHA3-384 */
    {OID("\x60\x86\x48\x01\x65\x03\x04\x03\x10"), {MTL_KEY_RSA, MTL_DIGEST_SHA3_512}}, /* RSA-SHA3-512 */
    {OID("\x2a\x86\x48\xce\x38\x04\x03"), {MTL_KEY_DSA, MTL_DIGEST_SHA1}},             /* dsa-with-SHA1 */
    {OID("\x60\x86\x48\x01\x65\x03\x04\x03\x01"), {MTL_KEY_DSA, MTL_DIGEST_SHA224}},   /* dsa-with-SHA224 */
    {OID("\x60\x86\x48\x01\x65\x03\x04\x03\x02"), {MTL_KEY_DSA, MTL_DIGEST_SHA256}},   /* dsa-with-SHA256 */
    {OID("\x2b\x0e\x03\x02\x0d"), {MTL_KEY_DSA, MTL_DIGEST_NONE}},                     /* dsaWithSHA (SHA-0) */
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static bool
is_oid(struct mtl_slice oid, const char *octets, size_t size)
{
    return oid.size == size && memcmp(oid.data, octets, size) == 0;
}

static uint16_t
look_up(const struct known_oid *table, size_t count, struct mtl_slice oid, uint16_t otherwise)
{
    for (size_t i = 0; i < count; i++) {
        if (is_oid(oid, table[i].octets, table[i].size))
            return table[i].meaning;
    }
    return otherwise;
}

enum mtl_extension
mtl_oid_extension(struct mtl_slice oid)
{
    return (enum mtl_extension)look_up(extensions, COUNT(extensions), oid, MTL_EXT_COUNT);
}

uint16_t
mtl_oid_purpose(struct mtl_slice oid)
{
    return look_up(purposes, COUNT(purposes), oid, MTL_EKU_OTHER);
}

enum mtl_digest
mtl_oid_digest(struct mtl_slice oid)
{
    return (enum mtl_digest)look_up(digests, COUNT(digests), oid, MTL_DIGEST_NONE);
}

bool
mtl_der_algorithm(struct mtl_der *der, struct mtl_algorithm *algorithm)
{
    struct mtl_der start = *der;
    struct mtl_der inner;
    struct mtl_der_item parameters = {0};

    if (!mtl_der_enter(der, MTL_DER_SEQUENCE, &inner) || !mtl_der_oid(&inner, MTL_DER_OID, &algorithm->oid))
        return false;
    if (!mtl_der_is_done(&inner) && !mtl_der_any(&inner, &parameters))
        return false;
    algorithm->parameters = parameters.whole;
    algorithm->whole = mtl_slice_of(start.at, (size_t)(der->at - start.at));
    return mtl_der_leave(&inner);
}

/* RFC 4055 3.1: hashAlgorithm [0] DEFAULT sha1. */
static enum mtl_digest
pss_digest(struct mtl_slice parameters)
{
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der der = mtl_der_reader(parameters, &notes);
    struct mtl_der inner, tagged;
    struct mtl_algorithm hash;

    if (!mtl_der_enter(&der, MTL_DER_SEQUENCE, &inner))
        return MTL_DIGEST_NONE;
    if (!mtl_der_is_next(&inner, MTL_DER_CONTEXT_CONSTRUCTED))
        return MTL_DIGEST_SHA1;
    if (!mtl_der_enter(&inner, MTL_DER_CONTEXT_CONSTRUCTED, &tagged) || !mtl_der_algorithm(&tagged, &hash))
        return MTL_DIGEST_NONE;
    return mtl_oid_digest(hash.oid);
}

struct mtl_signature_algorithm
mtl_algorithm_signature(const struct mtl_algorithm *algorithm)
{
    for (size_t i = 0; i < COUNT(signatures); i++) {
        if (!is_oid(algorithm->oid, signatures[i].octets, signatures[i].size))
            continue;
        struct mtl_signature_algorithm found = signatures[i].algorithm;
        if (found.key == MTL_KEY_RSA_PSS)
            found.digest = pss_digest(algorithm->parameters);
        return found;
    }
    return (struct mtl_signature_algorithm){MTL_KEY_UNKNOWN, MTL_DIGEST_NONE};
}
