/* Whether a CRL is about a certificate: distribution points on both sides (crl_crldp_check() of OpenSSL).
 * SPDX-License-Identifier: Apache-2.0 */
#include "cert/der.h"
#include "cert/general_name.h"

/* Names compared between two lists; OpenSSL has no limit. Beyond it nothing matches. */
#define MAX_COMPARISONS (1U << 20)

/* One DistributionPoint of a certificate (RFC 5280 4.2.1.13). */
struct point {
    struct mtl_slice name;    /* the DistributionPointName; absent if none */
    struct mtl_slice issuers; /* content of cRLIssuer; absent if none */
    uint16_t reasons;
};

/* ---- reading ---------------------------------------------------------------------------------------------------- */

static struct mtl_slice
rest_of(const struct mtl_der *der)
{
    return mtl_der_is_done(der) ? mtl_slice_of("", 0) : mtl_slice_of(der->at, (size_t)(der->end - der->at));
}

/* The grammar was checked when the certificate was read. */
static bool
next_point(struct mtl_der *list, struct point *point)
{
    struct mtl_der inner, part;
    struct mtl_der_bits reasons;

    *point = (struct point){.reasons = MTL_CRL_ALL_REASONS};
    if (mtl_der_is_done(list) || !mtl_der_enter(list, MTL_DER_SEQUENCE, &inner))
        return false;
    if (mtl_der_is_next(&inner, MTL_DER_CONTEXT_CONSTRUCTED) &&
        mtl_der_enter(&inner, MTL_DER_CONTEXT_CONSTRUCTED, &part))
        point->name = rest_of(&part);
    if (mtl_der_is_next(&inner, MTL_DER_CONTEXT | 1) && mtl_der_bit_string(&inner, MTL_DER_CONTEXT | 1, &reasons))
        point->reasons = mtl_der_bits16(&reasons) & MTL_CRL_ALL_REASONS;
    if (mtl_der_is_list(&inner, MTL_DER_CONTEXT_CONSTRUCTED | 2) &&
        mtl_der_enter_list(&inner, MTL_DER_CONTEXT_CONSTRUCTED | 2, &part))
        point->issuers = rest_of(&part);
    return true;
}

static struct mtl_general_names
walk(struct mtl_slice content)
{
    return (struct mtl_general_names){.rest = content, .started = true};
}

/* The first directoryName in a list; absent if there is none. */
static struct mtl_slice
first_directory(struct mtl_slice content)
{
    struct mtl_general_names names = walk(content);
    struct mtl_general_name name;

    while (mtl_general_names_next(&names, &name)) {
        if (name.type == MTL_GN_DIRECTORY)
            return name.value;
    }
    return (struct mtl_slice){0};
}

/* ---- distribution point names ----------------------------------------------------------------------------------- */

/* A DistributionPointName taken apart: one of the two. */
struct point_name {
    struct mtl_slice full;      /* content of fullName; absent if relative */
    struct mtl_slice directory; /* nameRelativeToCRLIssuer with the issuer's name before it: a Name */
};

static void
put_item(struct mtl_text *out, uint8_t tag, struct mtl_slice content)
{
    uint8_t header[6] = {tag,
                         0x84,
                         (uint8_t)(content.size >> 24),
                         (uint8_t)(content.size >> 16),
                         (uint8_t)(content.size >> 8),
                         (uint8_t)content.size};

    mtl_text_bytes(out, mtl_slice_of(header, sizeof(header)));
    mtl_text_bytes(out, content);
}

/* OpenSSL makes an RDN of its own of every attribute of the relative name (DIST_POINT_set_dpname()). */
static struct mtl_slice
append_rdns(struct mtl_arena *arena, struct mtl_slice issuer, struct mtl_slice attributes)
{
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der der = mtl_der_reader(attributes, &notes), name = mtl_der_reader(issuer, &notes), inner;
    struct mtl_text rdns = {.arena = arena}, out = {.arena = arena};
    struct mtl_der_item item;

    mtl_text_add(&rdns, "");
    if (mtl_der_enter_list(&name, MTL_DER_SEQUENCE, &inner))
        mtl_text_bytes(&rdns, rest_of(&inner));
    while (!mtl_der_is_done(&der) && mtl_der_next(&der, &item))
        put_item(&rdns, MTL_DER_SET, item.whole);
    put_item(&out, MTL_DER_SEQUENCE, mtl_slice_of(rdns.text, rdns.size));
    return mtl_slice_of(out.text, out.size);
}

static struct point_name
read_point_name(struct mtl_arena *arena, struct mtl_slice name, struct mtl_slice issuer)
{
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der der = mtl_der_reader(name, &notes), inner;
    bool is_relative = mtl_der_is_list(&der, MTL_DER_CONTEXT_CONSTRUCTED | 1);
    uint32_t tag = MTL_DER_CONTEXT_CONSTRUCTED | (is_relative ? 1U : 0U);
    struct mtl_slice content = mtl_der_enter_list(&der, tag, &inner) ? rest_of(&inner) : mtl_slice_of("", 0);

    if (is_relative)
        return (struct point_name){.directory = append_rdns(arena, issuer, content)};
    return (struct point_name){.full = content};
}

static bool
has_directory(struct mtl_slice full, struct mtl_slice directory)
{
    struct mtl_general_names names = walk(full);
    struct mtl_general_name name;

    while (mtl_general_names_next(&names, &name)) {
        if (name.type == MTL_GN_DIRECTORY && mtl_name_equal(name.value, directory))
            return true;
    }
    return false;
}

static bool
is_same_name(const struct mtl_general_name *a, const struct mtl_general_name *b)
{
    if (a->type != b->type)
        return false;
    return a->type == MTL_GN_DIRECTORY ? mtl_name_equal(a->value, b->value) : mtl_slice_equal(a->value, b->value);
}

static bool
share_a_name(struct mtl_slice a, struct mtl_slice b)
{
    struct mtl_general_names outer = walk(a);
    struct mtl_general_name first, second;
    size_t comparisons = 0;

    while (mtl_general_names_next(&outer, &first)) {
        struct mtl_general_names inner = walk(b);
        while (mtl_general_names_next(&inner, &second)) {
            if (is_same_name(&first, &second))
                return true;
            if (++comparisons > MAX_COMPARISONS)
                return false;
        }
    }
    return false;
}

static bool
point_names_match(const struct point_name *a, const struct point_name *b)
{
    if (a->directory.data != NULL && b->directory.data != NULL)
        return mtl_name_equal(a->directory, b->directory);
    if (a->directory.data != NULL)
        return has_directory(b->full, a->directory);
    if (b->directory.data != NULL)
        return has_directory(a->full, b->directory);
    return share_a_name(a->full, b->full);
}

/* ---- one CRL and one certificate -------------------------------------------------------------------------------- */

static bool
is_for_kind(const struct mtl_crl *crl, const struct mtl_cert *cert)
{
    return !crl->idp_only_attribute && !(cert->is_ca ? crl->idp_only_user : crl->idp_only_ca);
}

/* Does the point say that a CRL of this issuer is meant? */
static bool
issuer_fits(const struct mtl_crl *crl, const struct point *point, bool name_matches)
{
    if (point->issuers.data == NULL)
        return name_matches;
    return has_directory(point->issuers, mtl_crl_bytes(crl, crl->issuer));
}

static bool
name_fits(const struct mtl_crl *crl, const struct mtl_cert *cert, const struct point *point)
{
    struct mtl_slice issuer = first_directory(point->issuers);

    if (crl->idp_name.size == 0 || point->name.data == NULL)
        return true;
    if (issuer.data == NULL)
        issuer = mtl_cert_bytes(cert, cert->issuer);
    struct mtl_arena *arena = mtl_arena_new();
    struct point_name wanted = read_point_name(arena, point->name, issuer);
    struct point_name offered =
        read_point_name(arena, mtl_crl_bytes(crl, crl->idp_name), mtl_crl_bytes(crl, crl->issuer));
    bool fits = point_names_match(&wanted, &offered);
    mtl_arena_free(arena);
    return fits;
}

static bool
find_scope(const struct mtl_crl *crl, const struct mtl_cert *cert, bool name_matches, uint16_t *reasons)
{
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der der = mtl_der_reader(mtl_cert_bytes(cert, cert->extension[MTL_EXT_CRL_DISTRIBUTION_POINTS]), &notes);
    struct mtl_der list;
    struct point point;
    bool has_points = (cert->malformed & 1U << MTL_EXT_CRL_DISTRIBUTION_POINTS) == 0 && !mtl_der_is_done(&der) &&
                      mtl_der_enter_list(&der, MTL_DER_SEQUENCE, &list);

    *reasons = crl->idp_reasons;
    if (!is_for_kind(crl, cert))
        return false;
    while (has_points && next_point(&list, &point)) {
        if (!issuer_fits(crl, &point, name_matches) || !name_fits(crl, cert, &point))
            continue;
        *reasons &= point.reasons;
        return true;
    }
    return name_matches && crl->idp_name.size == 0;
}

bool
mtl_crl_covers(const struct mtl_crl *crl, const struct mtl_cert *cert, bool name_matches)
{
    uint16_t reasons;

    return find_scope(crl, cert, name_matches, &reasons);
}

uint16_t
mtl_crl_covered_reasons(const struct mtl_crl *crl, const struct mtl_cert *cert, bool name_matches)
{
    uint16_t reasons;

    return find_scope(crl, cert, name_matches, &reasons) ? reasons : 0;
}
