/* Reading CRLs: the outer structure and the CRL's own extensions (RFC 5280 5). SPDX-License-Identifier: Apache-2.0 */
#include "cert/algorithms.h"
#include "cert/crl_entries.h"
#include "cert/extensions.h"
#include "cert/name.h"

#define CONSTRUCTED(n) (MTL_DER_CONTEXT_CONSTRUCTED | (n))
#define PRIMITIVE(n) (MTL_DER_CONTEXT | (n))

struct parser {
    struct mtl_arena *arena;
    struct mtl_crl crl;
    struct mtl_der_notes notes;
    const char *part; /* for the message */
};

struct mtl_slice
mtl_crl_bytes(const struct mtl_crl *crl, struct mtl_range range)
{
    if (range.offset == 0 && range.size == 0)
        return (struct mtl_slice){0};
    return mtl_slice_of(crl->der.data + range.offset, range.size);
}

/* Where bytes, a part of crl->der, lie in it. */
static struct mtl_range
range_of(const struct mtl_crl *crl, struct mtl_slice bytes)
{
    return (struct mtl_range){.offset = (uint32_t)(bytes.data - crl->der.data), .size = (uint32_t)bytes.size};
}

/* Everything from start up to where the reader is. */
static struct mtl_range
range_since(const struct parser *parser, const uint8_t *start, const struct mtl_der *now)
{
    return range_of(&parser->crl, mtl_slice_of(start, (size_t)(now->at - start)));
}

/* ---- issuingDistributionPoint (5.2.5) --------------------------------------------------------------------------- */

static bool
read_flag(struct mtl_der *der, uint32_t tag, bool *flag)
{
    return !mtl_der_is_next(der, tag) || mtl_der_boolean(der, tag, flag);
}

static bool
read_point_name(struct mtl_crl *crl, struct mtl_der *der)
{
    struct mtl_der copy = *der, inner;

    if (!mtl_der_is_next(der, CONSTRUCTED(0)))
        return true;
    if (!mtl_syntax_distribution_point_name(der) || !mtl_der_enter(&copy, CONSTRUCTED(0), &inner))
        return false;
    crl->idp_name = range_of(crl, mtl_slice_of(inner.at, (size_t)(inner.end - inner.at)));
    return true;
}

static bool
read_reasons(struct mtl_crl *crl, struct mtl_der *der)
{
    struct mtl_der_bits bits;

    if (!mtl_der_is_next(der, PRIMITIVE(3)))
        return true;
    if (!mtl_der_bit_string(der, PRIMITIVE(3), &bits))
        return false;
    crl->idp_has_reasons = true;
    if (bits.octets.size > 0)
        crl->idp_reasons = mtl_der_bits16(&bits) & MTL_CRL_ALL_REASONS;
    return true;
}

static bool
read_point(struct mtl_crl *crl, struct mtl_der *der)
{
    struct mtl_der inner;

    return mtl_der_enter(der, MTL_DER_SEQUENCE, &inner) && read_point_name(crl, &inner) &&
           read_flag(&inner, PRIMITIVE(1), &crl->idp_only_user) && read_flag(&inner, PRIMITIVE(2), &crl->idp_only_ca) &&
           read_reasons(crl, &inner) && read_flag(&inner, PRIMITIVE(4), &crl->idp_indirect) &&
           read_flag(&inner, PRIMITIVE(5), &crl->idp_only_attribute) && mtl_der_leave(&inner);
}

/* One that does not decode is no issuingDistributionPoint to OpenSSL. */
static bool
decode_issuing_point(struct mtl_crl *crl, struct mtl_der *der)
{
    struct mtl_crl found = *crl;

    if (!read_point(&found, der))
        return false;
    *crl = found;
    crl->idp_present = true;
    crl->malformed_idp = crl->idp_only_user + crl->idp_only_ca + crl->idp_only_attribute > 1;
    return true;
}

/* ---- the other extensions (5.2) --------------------------------------------------------------------------------- */

static bool
decode_authority(struct mtl_crl *crl, struct mtl_der *der)
{
    return mtl_syntax_authority_key_id(der, &crl->authority);
}

static bool
decode_number(struct mtl_crl *crl, struct mtl_der *der)
{
    struct mtl_slice number;

    (void)crl;
    return mtl_der_integer(der, MTL_DER_INTEGER, &number);
}

static bool
decode_delta(struct mtl_crl *crl, struct mtl_der *der)
{
    crl->is_delta = decode_number(crl, der);
    return crl->is_delta;
}

/* Extensions that OpenSSL decodes, and those of them it takes care of when they are critical. */
static const struct known {
    struct mtl_slice oid;
    bool may_be_critical;
    bool (*decode)(struct mtl_crl *crl, struct mtl_der *der);
} known[] = {
    {{(const uint8_t[]){0x55, 0x1d, 0x1c}, 3}, true, decode_issuing_point}, /* 2.5.29.28 */
    {{(const uint8_t[]){0x55, 0x1d, 0x23}, 3}, true, decode_authority},     /* 2.5.29.35 */
    {{(const uint8_t[]){0x55, 0x1d, 0x14}, 3}, false, decode_number},       /* 2.5.29.20 cRLNumber */
    {{(const uint8_t[]){0x55, 0x1d, 0x1b}, 3}, true, decode_delta},         /* 2.5.29.27 deltaCRLIndicator */
};
#define KNOWN (sizeof(known) / sizeof(*known))
#define CRL_NUMBER 2 /* index in known */

static void
decode_extensions(struct mtl_crl *crl, const struct mtl_slice values[static KNOWN], const bool twice[static KNOWN])
{
    bool is_repeated = false;

    for (size_t i = 0; i < KNOWN; i++) {
        struct mtl_der_notes notes = {.relaxed = true};
        struct mtl_der der = mtl_der_reader(values[i], &notes);
        if (values[i].data != NULL && !twice[i] && !known[i].decode(crl, &der))
            crl->malformed = true;
        if (i == CRL_NUMBER)
            is_repeated = twice[i];
        else
            crl->malformed |= twice[i];
    }
    if (crl->is_delta && values[CRL_NUMBER].data == NULL)
        crl->malformed = true;
    crl->only_number_repeated = is_repeated && !crl->malformed;
    crl->malformed |= is_repeated;
}

static bool
read_extensions(struct parser *parser, struct mtl_der *tbs)
{
    struct mtl_slice values[KNOWN] = {0};
    bool twice[KNOWN] = {0}, has_other = parser->crl.has_unknown_critical;
    struct mtl_der tagged, list;
    struct mtl_extension_item item;

    parser->part = "crlExtensions";
    if (mtl_der_is_done(tbs))
        return true;
    if (!mtl_der_enter(tbs, CONSTRUCTED(0), &tagged))
        return false;
    parser->crl.extensions = range_of(&parser->crl, mtl_slice_of(tagged.at, (size_t)(tagged.end - tagged.at)));
    if (!mtl_der_enter_list(&tagged, MTL_DER_SEQUENCE, &list) || !mtl_der_leave(&tagged))
        return false;
    while (!mtl_der_is_done(&list)) {
        bool is_handled = false;
        if (!mtl_der_extension(&list, &item))
            return false;
        for (size_t i = 0; i < KNOWN; i++) {
            if (!mtl_slice_equal(item.oid, known[i].oid))
                continue;
            twice[i] = values[i].data != NULL;
            values[i] = item.value;
            is_handled = known[i].may_be_critical;
        }
        parser->crl.has_unknown_critical |= item.critical != 0 && !is_handled;
        has_other |= item.critical != 0 && !is_handled && !mtl_slice_equal(item.oid, known[CRL_NUMBER].oid);
    }
    parser->crl.has_critical_number = parser->crl.has_unknown_critical && !has_other;
    decode_extensions(&parser->crl, values, twice);
    return true;
}

/* ---- the outer structure (5.1) ---------------------------------------------------------------------------------- */

static bool
read_issuer(struct parser *parser, struct mtl_der *tbs)
{
    struct mtl_slice name;

    parser->part = "issuer";
    if (!mtl_name_read(tbs, &name, &parser->crl.issuer_hash))
        return false;
    parser->crl.issuer = range_of(&parser->crl, name);
    return true;
}

static bool
is_time_next(const struct mtl_der *der)
{
    return mtl_der_is_next(der, MTL_DER_UTC_TIME) || mtl_der_is_next(der, MTL_DER_GENERALIZED_TIME);
}

static bool
read_times(struct parser *parser, struct mtl_der *tbs)
{
    parser->part = "thisUpdate";
    if (!mtl_der_time(tbs, &parser->crl.this_update))
        return false;
    parser->part = "nextUpdate";
    parser->crl.has_next_update = is_time_next(tbs);
    return !parser->crl.has_next_update || mtl_der_time(tbs, &parser->crl.next_update);
}

static bool
read_revoked(struct parser *parser, struct mtl_der *tbs)
{
    struct mtl_der list;
    const uint8_t *start = tbs->at;

    parser->part = "revokedCertificates";
    if (!mtl_der_is_list(tbs, MTL_DER_SEQUENCE))
        return true;
    if (!mtl_der_enter_list(tbs, MTL_DER_SEQUENCE, &list))
        return false;
    parser->crl.revoked = range_since(parser, start, tbs);
    return mtl_crl_read_entries(&parser->crl, parser->arena, &list);
}

static bool
read_tbs(struct parser *parser, struct mtl_der *list)
{
    const uint8_t *start = list->at;
    struct mtl_der tbs;
    struct mtl_slice version;
    struct mtl_algorithm algorithm;

    parser->part = "tbsCertList";
    if (!mtl_der_enter(list, MTL_DER_SEQUENCE, &tbs))
        return false;
    parser->crl.tbs = range_since(parser, start, list);
    if (mtl_der_is_next(&tbs, MTL_DER_INTEGER) && !mtl_der_integer(&tbs, MTL_DER_INTEGER, &version))
        return false;
    parser->part = "signature";
    if (!mtl_der_algorithm(&tbs, &algorithm))
        return false;
    parser->crl.tbs_signature_alg = range_of(&parser->crl, algorithm.whole);
    return read_issuer(parser, &tbs) && read_times(parser, &tbs) && read_revoked(parser, &tbs) &&
           read_extensions(parser, &tbs) && mtl_der_leave(&tbs);
}

static bool
read_list(struct parser *parser)
{
    struct mtl_der der = mtl_der_reader(parser->crl.der, &parser->notes), list;
    struct mtl_algorithm algorithm;
    struct mtl_der_bits signature;

    parser->part = "CertificateList";
    if (!mtl_der_enter(&der, MTL_DER_SEQUENCE, &list) || !mtl_der_leave(&der) || !read_tbs(parser, &list))
        return false;
    parser->part = "signatureAlgorithm";
    if (!mtl_der_algorithm(&list, &algorithm))
        return false;
    parser->crl.outer_signature_alg = range_of(&parser->crl, algorithm.whole);
    parser->crl.signature_algorithm = mtl_algorithm_signature(&algorithm);
    parser->part = "signatureValue";
    if (!mtl_der_bit_string(&list, MTL_DER_BIT_STRING, &signature))
        return false;
    parser->crl.signature = range_of(&parser->crl, signature.octets);
    return mtl_der_leave(&list);
}

bool
mtl_crl_parse(struct mtl_arena *arena, struct mtl_slice der, const struct mtl_crl **crl, struct mtl_error *error)
{
    struct parser parser = {.arena = arena, .crl = {.der = der, .idp_reasons = MTL_CRL_ALL_REASONS}};

    if (der.size > MTL_MAX_CRL_SIZE)
        return mtl_error_set(error, NULL, 0, NULL, "%zu bytes are more than a CRL may have", der.size);
    if (!read_list(&parser)) {
        size_t at = parser.notes.fault_at != NULL ? (size_t)(parser.notes.fault_at - der.data) : 0;
        return mtl_error_set(error, NULL, 0, NULL, "at byte %zu: in the %s: %s", at, parser.part,
                             parser.notes.fault != NULL ? parser.notes.fault : "not DER");
    }
    parser.crl.malformed |= parser.crl.malformed_entry;

    struct mtl_crl *result = mtl_arena_alloc(arena, sizeof(*result));
    *result = parser.crl;
    *crl = result;
    return true;
}
