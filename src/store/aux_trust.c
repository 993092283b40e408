/* OpenSSL's X509_CERT_AUX. SPDX-License-Identifier: Apache-2.0 */
#include "store/aux_trust.h"

#include "cert/der.h"

/* Purposes by the content octets of their object identifiers. */
static const struct {
    const char *oid;
    size_t size;
    uint16_t purpose;
} purposes[] = {
    {"\x2b\x06\x01\x05\x05\x07\x03\x01", 8, MTL_EKU_SERVER_AUTH},
    {"\x2b\x06\x01\x05\x05\x07\x03\x02", 8, MTL_EKU_CLIENT_AUTH},
    {"\x2b\x06\x01\x05\x05\x07\x03\x03", 8, MTL_EKU_CODE_SIGNING},
    {"\x2b\x06\x01\x05\x05\x07\x03\x04", 8, MTL_EKU_EMAIL_PROTECTION},
    {"\x2b\x06\x01\x05\x05\x07\x03\x08", 8, MTL_EKU_TIME_STAMPING},
    {"\x2b\x06\x01\x05\x05\x07\x03\x09", 8, MTL_EKU_OCSP_SIGNING},
    {"\x55\x1d\x25\x00", 4, MTL_EKU_ANY},
    {"\x2b\x06\x01\x04\x01\x82\x37\x0a\x03\x03", 10, MTL_EKU_MS_SGC},
    {"\x60\x86\x48\x01\x86\xf8\x42\x04\x01", 9, MTL_EKU_NS_SGC},
};

static uint16_t
purpose_of(struct mtl_slice oid)
{
    for (size_t i = 0; i < sizeof purposes / sizeof purposes[0]; i++) {
        if (mtl_slice_equal(oid, mtl_slice_of(purposes[i].oid, purposes[i].size)))
            return purposes[i].purpose;
    }
    return MTL_EKU_OTHER;
}

/* SEQUENCE OF OBJECT IDENTIFIER */
static bool
read_purposes(struct mtl_der *der, uint32_t tag, uint16_t *mask)
{
    struct mtl_der list;
    struct mtl_slice oid;

    if (!mtl_der_enter_list(der, tag, &list))
        return false;
    while (!mtl_der_is_done(&list)) {
        if (!mtl_der_oid(&list, MTL_DER_OID, &oid))
            return false;
        *mask |= purpose_of(oid);
    }
    return true;
}

bool
mtl_aux_trust_parse(struct mtl_slice bytes, struct mtl_aux_trust *aux)
{
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der der = mtl_der_reader(bytes, &notes), inner;
    struct mtl_der_item item;

    *aux = (struct mtl_aux_trust){.present = true};
    if (!mtl_der_enter(&der, MTL_DER_SEQUENCE, &inner))
        return false;
    if (mtl_der_is_next(&inner, MTL_DER_SEQUENCE)) {
        aux->has_trust = true;
        if (!read_purposes(&inner, MTL_DER_SEQUENCE, &aux->trust))
            return false;
    }
    if (mtl_der_is_next(&inner, MTL_DER_CONTEXT_CONSTRUCTED) &&
        !read_purposes(&inner, MTL_DER_CONTEXT_CONSTRUCTED, &aux->reject))
        return false;
    if (mtl_der_is_next(&inner, MTL_DER_UTF8_STRING) && !mtl_der_next(&inner, &item)) /* alias */
        return false;
    if (mtl_der_is_next(&inner, MTL_DER_OCTET_STRING) && !mtl_der_next(&inner, &item)) /* key id */
        return false;
    if (mtl_der_is_next(&inner, MTL_DER_CONTEXT_CONSTRUCTED | 1) && !mtl_der_next(&inner, &item)) /* other */
        return false;
    return mtl_der_leave(&inner);
}
