/* SPDX-License-Identifier: Apache-2.0 */
/* Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signatureValue } (RFC 5280 4.1) into struct mtl_cert.
 */
#include "cert/cert.h"

#include "cert/algorithms.h"
#include "cert/der.h"
#include "cert/extensions.h"
#include "cert/libcrypto.h"
#include "cert/name.h"

#include <string.h>

#define CONSTRUCTED(n) (MTL_DER_CONTEXT_CONSTRUCTED | (n))

#define COMPARED_OTHERS 32U /* extensions we do not know whose identifiers are compared: not all, for hostile ones */

struct parser {
    struct mtl_cert cert;
    struct mtl_slice others[COMPARED_OTHERS];
    struct mtl_der_notes notes;
    const char *part; /* what is being read, for the message */
};

/* [0] EXPLICIT INTEGER DEFAULT v1. The default spelled out is not DER but occurs, and nobody refuses it. */
static bool
read_version(struct parser *parser, struct mtl_der *tbs)
{
    struct mtl_der inner;
    struct mtl_slice version;

    parser->part = "version";
    parser->cert.version = 1;
    if (!mtl_der_is_next(tbs, CONSTRUCTED(0)))
        return true;
    if (!mtl_der_enter(tbs, CONSTRUCTED(0), &inner) || !mtl_der_integer(&inner, MTL_DER_INTEGER, &version) ||
        !mtl_der_leave(&inner))
        return false;
    parser->cert.version = (uint8_t)(mtl_der_small(version, UINT8_MAX - 1) + 1);
    return true;
}

static bool
read_serial(struct parser *parser, struct mtl_der *tbs)
{
    struct mtl_slice serial;

    parser->part = "serialNumber";
    if (!mtl_der_integer(tbs, MTL_DER_INTEGER, &serial))
        return false;
    parser->cert.serial = mtl_cert_range(&parser->cert, serial);
    return true;
}

static bool
read_name(struct parser *parser, const char *part, struct mtl_der *tbs, struct mtl_range *range, uint64_t *hash)
{
    struct mtl_slice name;

    parser->part = part;
    if (!mtl_name_read(tbs, &name, hash))
        return false;
    *range = mtl_cert_range(&parser->cert, name);
    return true;
}

static bool
read_validity(struct parser *parser, struct mtl_der *tbs)
{
    struct mtl_der inner;

    parser->part = "validity";
    return mtl_der_enter(tbs, MTL_DER_SEQUENCE, &inner) && mtl_der_time(&inner, &parser->cert.not_before) &&
           mtl_der_time(&inner, &parser->cert.not_after) && mtl_der_leave(&inner);
}

static bool
read_public_key(struct parser *parser, struct mtl_der *tbs)
{
    struct mtl_der start = *tbs;
    struct mtl_der inner;
    struct mtl_algorithm algorithm;
    struct mtl_der_bits key;

    parser->part = "subjectPublicKeyInfo";
    if (!mtl_der_enter(tbs, MTL_DER_SEQUENCE, &inner) || !mtl_der_algorithm(&inner, &algorithm) ||
        !mtl_der_bit_string(&inner, MTL_DER_BIT_STRING, &key) || !mtl_der_leave(&inner))
        return false;
    parser->cert.spki = mtl_cert_range(&parser->cert, mtl_slice_of(start.at, (size_t)(tbs->at - start.at)));
    parser->cert.public_key = mtl_cert_range(&parser->cert, key.octets);
    parser->cert.key_parameters = mtl_cert_range(&parser->cert, algorithm.parameters);
    parser->cert.key = mtl_algorithm_key(&algorithm, key.octets);
    return true;
}

/* issuerUniqueID [1], subjectUniqueID [2]: nobody uses them (RFC 5280 4.1.2.8). */
static bool
skip_unique_ids(struct parser *parser, struct mtl_der *tbs)
{
    struct mtl_der_bits bits;

    parser->part = "unique identifiers";
    for (uint32_t tag = MTL_DER_CONTEXT | 1; tag <= (MTL_DER_CONTEXT | 2); tag++) {
        if (mtl_der_is_next(tbs, tag) && !mtl_der_bit_string(tbs, tag, &bits))
            return false;
    }
    return true;
}

static void
record_other_extension(struct parser *parser, struct mtl_slice oid, bool critical)
{
    struct mtl_cert *cert = &parser->cert;
    size_t known = cert->other_extensions < COMPARED_OTHERS ? cert->other_extensions : COMPARED_OTHERS;

    for (size_t i = 0; i < known; i++)
        cert->other_duplicate |= mtl_slice_equal(parser->others[i], oid);
    if (known < COMPARED_OTHERS)
        parser->others[known] = oid;
    if (cert->other_extensions < UINT16_MAX)
        cert->other_extensions++;
    cert->other_critical |= critical;
}

static void
record_extension(struct parser *parser, struct mtl_slice oid, bool critical, struct mtl_slice value)
{
    struct mtl_cert *cert = &parser->cert;
    enum mtl_extension extension = mtl_oid_extension(oid);
    uint32_t bit = 1U << extension;

    if (extension == MTL_EXT_COUNT) {
        record_other_extension(parser, oid, critical);
        return;
    }
    if (cert->present & bit)
        cert->duplicate |= bit;
    else
        cert->extension[extension] = mtl_cert_range(&parser->cert, value);
    cert->present |= bit;
    if (critical)
        cert->critical |= bit;
}

static bool
read_extension(struct parser *parser, struct mtl_der *list)
{
    struct mtl_extension_item item;

    if (!mtl_der_extension(list, &item))
        return false;
    if (item.critical != 0 && item.critical != 0xff)
        parser->cert.odd_critical = true;
    record_extension(parser, item.oid, item.critical != 0, item.value);
    return true;
}

/* [3] EXPLICIT SEQUENCE OF Extension; an empty one and one in a v1 certificate are read, as everywhere else. */
static bool
read_extensions(struct parser *parser, struct mtl_der *tbs)
{
    struct mtl_der tagged, list;

    parser->part = "extensions";
    if (mtl_der_is_done(tbs))
        return true;
    if (!mtl_der_enter(tbs, CONSTRUCTED(3), &tagged))
        return false;
    parser->cert.extensions = mtl_cert_range(&parser->cert, mtl_slice_of(tagged.at, (size_t)(tagged.end - tagged.at)));
    if (!mtl_der_enter(&tagged, MTL_DER_SEQUENCE, &list) || !mtl_der_leave(&tagged))
        return false;
    while (!mtl_der_is_done(&list)) {
        if (!read_extension(parser, &list))
            return false;
    }
    return true;
}

static bool
read_tbs(struct parser *parser, struct mtl_der *certificate)
{
    struct mtl_cert *cert = &parser->cert;
    struct mtl_der start = *certificate;
    struct mtl_der tbs;
    struct mtl_algorithm algorithm;

    parser->part = "tbsCertificate";
    if (!mtl_der_enter(certificate, MTL_DER_SEQUENCE, &tbs))
        return false;
    cert->tbs = mtl_cert_range(&parser->cert, mtl_slice_of(start.at, (size_t)(certificate->at - start.at)));
    if (!read_version(parser, &tbs) || !read_serial(parser, &tbs))
        return false;
    parser->part = "signature";
    if (!mtl_der_algorithm(&tbs, &algorithm))
        return false;
    cert->tbs_signature_alg = mtl_cert_range(&parser->cert, algorithm.whole);
    if (!read_name(parser, "issuer", &tbs, &cert->issuer, &cert->issuer_hash) || !read_validity(parser, &tbs) ||
        !read_name(parser, "subject", &tbs, &cert->subject, &cert->subject_hash) || !read_public_key(parser, &tbs) ||
        !skip_unique_ids(parser, &tbs) || !read_extensions(parser, &tbs))
        return false;
    return mtl_der_leave(&tbs);
}

static bool
read_certificate(struct parser *parser)
{
    struct mtl_der der = mtl_der_reader(parser->cert.der, &parser->notes);
    struct mtl_der certificate;
    struct mtl_algorithm algorithm;
    struct mtl_der_bits signature;

    parser->part = "Certificate";
    if (!mtl_der_enter(&der, MTL_DER_SEQUENCE, &certificate) || !mtl_der_leave(&der) || !read_tbs(parser, &certificate))
        return false;
    parser->part = "signatureAlgorithm";
    if (!mtl_der_algorithm(&certificate, &algorithm))
        return false;
    parser->cert.outer_signature_alg = mtl_cert_range(&parser->cert, algorithm.whole);
    parser->cert.signature_algorithm = mtl_algorithm_signature(&algorithm);
    parser->part = "signatureValue";
    if (!mtl_der_bit_string(&certificate, MTL_DER_BIT_STRING, &signature))
        return false;
    parser->cert.signature = mtl_cert_range(&parser->cert, signature.octets);
    return mtl_der_leave(&certificate);
}

bool
mtl_cert_parse(struct mtl_arena *arena, struct mtl_slice der, const struct mtl_cert **cert, struct mtl_error *error)
{
    struct parser parser = {.cert.der = der};
    struct mtl_cert *result;

    if (der.size > MTL_MAX_CERT_SIZE)
        return mtl_error_set(error, NULL, 0, NULL, "%zu bytes are more than a certificate may have", der.size);
    if (!read_certificate(&parser)) {
        size_t at = parser.notes.fault_at ? (size_t)(parser.notes.fault_at - der.data) : 0;
        return mtl_error_set(error, NULL, 0, NULL, "at byte %zu: in the %s: %s", at, parser.part, parser.notes.fault);
    }
    mtl_extensions_decode(&parser.cert);
    parser.cert.self_issued = parser.cert.subject_hash == parser.cert.issuer_hash &&
                              mtl_name_equal(mtl_cert_bytes(&parser.cert, parser.cert.subject),
                                             mtl_cert_bytes(&parser.cert, parser.cert.issuer));
    result = mtl_arena_alloc(arena, sizeof(*result));
    *result = parser.cert;
    result->key_answer = mtl_arena_alloc(arena, sizeof(*result->key_answer));
    *cert = result;
    return true;
}

struct mtl_range
mtl_cert_range(const struct mtl_cert *cert, struct mtl_slice bytes)
{
    if (!bytes.data)
        return (struct mtl_range){0};
    return (struct mtl_range){.offset = (uint32_t)(bytes.data - cert->der.data), .size = (uint32_t)bytes.size};
}

struct mtl_slice
mtl_cert_bytes(const struct mtl_cert *cert, struct mtl_range range)
{
    if (range.size == 0 && range.offset == 0)
        return (struct mtl_slice){0};
    return mtl_slice_of(cert->der.data + range.offset, range.size);
}

bool
mtl_cert_has(const struct mtl_cert *cert, enum mtl_extension extension)
{
    return cert->present & 1U << extension;
}

bool
mtl_cert_algorithms_differ(const struct mtl_cert *cert)
{
    return !mtl_slice_equal(mtl_cert_bytes(cert, cert->tbs_signature_alg),
                            mtl_cert_bytes(cert, cert->outer_signature_alg));
}

bool
mtl_cert_same(const struct mtl_cert *a, const struct mtl_cert *b)
{
    return a == b || mtl_slice_equal(a->der, b->der);
}

void
mtl_sha256(struct mtl_slice bytes, uint8_t digest[static 32])
{
    mtl_digest(mtl_libcrypto()->sha256, bytes, digest);
}

void
mtl_cert_sha256(const struct mtl_cert *cert, uint8_t digest[static 32])
{
    mtl_sha256(cert->der, digest);
}

void
mtl_cert_usual_key_id(const struct mtl_cert *cert, uint8_t key_id[static 20])
{
    mtl_digest(mtl_libcrypto()->sha1, mtl_cert_bytes(cert, cert->public_key), key_id);
}

void
mtl_key_id_shorten(struct mtl_slice key_id, uint8_t id[static MTL_SHORT_KEY_ID])
{
    if (key_id.size == MTL_SHORT_KEY_ID)
        memcpy(id, key_id.data, MTL_SHORT_KEY_ID);
    else
        mtl_digest(mtl_libcrypto()->sha1, key_id, id);
}

void
mtl_cert_short_key_id(const struct mtl_cert *cert, uint8_t id[static MTL_SHORT_KEY_ID])
{
    struct mtl_slice key = mtl_cert_bytes(cert, cert->key.type == MTL_KEY_EC ? cert->spki : cert->public_key);

    if (cert->subject_key_id.size > 0)
        mtl_key_id_shorten(mtl_cert_bytes(cert, cert->subject_key_id), id);
    else
        mtl_digest(mtl_libcrypto()->sha1, key, id);
}

struct mtl_cert
mtl_cert_without_extensions(const struct mtl_cert *cert)
{
    const struct mtl_range absent = {0};
    struct mtl_cert bare = *cert;

    bare.present = bare.critical = bare.malformed = bare.duplicate = bare.not_der = 0;
    bare.other_extensions = 0;
    bare.other_duplicate = bare.other_critical = bare.odd_critical = bare.is_ca = bare.is_proxy = false;
    bare.path_length = -1;
    bare.key_usage = bare.extended_key_usage = 0;
    bare.netscape_cert_type = 0;
    bare.extensions = bare.subject_key_id = bare.authority_key_id = bare.authority_issuer = absent;
    bare.authority_serial = absent;
    return bare;
}
