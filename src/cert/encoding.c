/* SPDX-License-Identifier: Apache-2.0 */
/* How a certificate is written, where that makes no difference to what it says. Nothing of it is kept. */
#include "cert/extensions.h"

#include <string.h>

#define CONSTRUCTED(n) (MTL_DER_CONTEXT_CONSTRUCTED | (n))

/* The members of the TBSCertificate, which mtl_cert_parse() has read before. */
static struct mtl_der
members(const struct mtl_cert *cert)
{
    struct mtl_der der = mtl_der_reader(mtl_cert_bytes(cert, cert->tbs), NULL), tbs;

    if (!mtl_der_enter(&der, MTL_DER_SEQUENCE, &tbs))
        return der;
    return tbs;
}

void
mtl_cert_validity_is_short(const struct mtl_cert *cert, bool is_short[static 2])
{
    /* It stands right behind the issuer. */
    const uint8_t *issuer_end = cert->der.data + cert->issuer.offset + cert->issuer.size;
    const uint8_t *tbs_end = cert->der.data + cert->tbs.offset + cert->tbs.size;
    struct mtl_der der = mtl_der_reader(mtl_slice_of(issuer_end, (size_t)(tbs_end - issuer_end)), NULL), validity;
    struct mtl_der_item item;

    is_short[0] = is_short[1] = false;
    if (!mtl_der_enter(&der, MTL_DER_SEQUENCE, &validity))
        return;
    for (size_t i = 0; i < 2 && mtl_der_next(&validity, &item); i++)
        is_short[i] = item.tag == MTL_DER_UTC_TIME;
}

/* ---- surplus ---------------------------------------------------------------------------------------------------- */

static bool
spells_version_1(const struct mtl_cert *cert)
{
    struct mtl_der tbs = members(cert);

    return cert->version == 1 && mtl_der_is_next(&tbs, CONSTRUCTED(0));
}

static bool
spells_not_critical(const struct mtl_cert *cert)
{
    struct mtl_der der = mtl_der_reader(mtl_cert_bytes(cert, cert->extensions), NULL), list, extension;
    struct mtl_der_item item;

    if (!mtl_der_enter(&der, MTL_DER_SEQUENCE, &list))
        return false;
    while (!mtl_der_is_done(&list) && mtl_der_enter(&list, MTL_DER_SEQUENCE, &extension))
        if (mtl_der_next(&extension, &item) && mtl_der_is_next(&extension, MTL_DER_BOOLEAN) &&
            mtl_der_next(&extension, &item) && item.content.size == 1 && item.content.data[0] == 0)
            return true;
    return false;
}

static bool
spells_no_ca(const struct mtl_cert *cert)
{
    struct mtl_der der = mtl_der_reader(mtl_cert_bytes(cert, cert->extension[MTL_EXT_BASIC_CONSTRAINTS]), NULL), list;

    return mtl_cert_has(cert, MTL_EXT_BASIC_CONSTRAINTS) && !cert->is_ca &&
           mtl_der_enter(&der, MTL_DER_SEQUENCE, &list) && mtl_der_is_next(&list, MTL_DER_BOOLEAN);
}

/* X.690 11.2.2 */
static bool
has_final_zeros(const struct mtl_cert *cert)
{
    struct mtl_der der = mtl_der_reader(mtl_cert_bytes(cert, cert->extension[MTL_EXT_KEY_USAGE]), NULL);
    struct mtl_der_bits bits;

    if (!mtl_cert_has(cert, MTL_EXT_KEY_USAGE) || !mtl_der_bit_string(&der, MTL_DER_BIT_STRING, &bits) ||
        bits.octets.size == 0)
        return false;
    return (bits.octets.data[bits.octets.size - 1] >> bits.unused & 1) == 0;
}

/* X.690 11.6: as octet strings, the shorter one padded with zeros. */
static bool
is_before(struct mtl_slice a, struct mtl_slice b)
{
    size_t common = a.size < b.size ? a.size : b.size;
    int order = memcmp(a.data, b.data, common);

    return order != 0 ? order < 0 : a.size <= b.size;
}

bool
mtl_der_is_sorted(struct mtl_slice elements)
{
    struct mtl_der set = mtl_der_reader(elements, NULL);
    struct mtl_der_item last, item;

    if (mtl_der_is_done(&set) || !mtl_der_next(&set, &last))
        return true;
    for (; !mtl_der_is_done(&set) && mtl_der_next(&set, &item); last = item)
        if (!is_before(last.whole, item.whole))
            return false;
    return true;
}

static bool
has_unsorted_set(struct mtl_slice name)
{
    struct mtl_der der = mtl_der_reader(name, NULL), rdns, rdn;

    if (!mtl_der_enter_list(&der, MTL_DER_SEQUENCE, &rdns))
        return false;
    while (!mtl_der_is_done(&rdns) && mtl_der_enter_list(&rdns, MTL_DER_SET, &rdn))
        if (!mtl_der_is_sorted(mtl_slice_of(rdn.at, (size_t)(rdn.end - rdn.at))))
            return true;
    return false;
}

unsigned
mtl_cert_surplus(const struct mtl_cert *cert)
{
    bool is_unsorted =
        has_unsorted_set(mtl_cert_bytes(cert, cert->subject)) || has_unsorted_set(mtl_cert_bytes(cert, cert->issuer));

    return (spells_version_1(cert) ? (unsigned)MTL_SURPLUS_VERSION : 0) |
           (spells_not_critical(cert) ? (unsigned)MTL_SURPLUS_CRITICAL : 0) |
           (spells_no_ca(cert) ? (unsigned)MTL_SURPLUS_CA : 0) |
           (has_final_zeros(cert) ? (unsigned)MTL_SURPLUS_BITS : 0) | (is_unsorted ? (unsigned)MTL_SURPLUS_ORDER : 0);
}
