/* Certificates and CRLs from PKCS#7 and CMS SignedData, in DER. SPDX-License-Identifier: Apache-2.0 */
#include "cert/der.h"
#include "store/material.h"

static void
refuse(struct mtl_builder *builder, struct mtl_source where, const struct mtl_der_notes *notes)
{
    mtl_builder_note(builder, MTL_NOTE_UNDECODABLE, MTL_HARMLESS, where, "PKCS#7 that does not decode: %s",
                     notes->fault != NULL ? notes->fault : "not as RFC 5652 5.1 has it");
}

/* RFC 5652 10.2.2: beside certificates, the set may hold attribute certificates under context tags. */
static bool
read_certs(struct mtl_builder *builder, struct mtl_der *list, struct mtl_source where)
{
    struct mtl_der_item item;

    while (!mtl_der_is_done(list)) {
        if (!mtl_der_next(list, &item))
            return false;
        if (item.tag == MTL_DER_SEQUENCE)
            mtl_material_cert(builder, item.whole, where, MTL_HARMLESS);
        else
            mtl_builder_note(builder, MTL_NOTE_UNSUPPORTED, MTL_HARMLESS, where,
                             "PKCS#7 holds a certificate of a kind that is not X.509");
    }
    return true;
}

static bool
read_crls(struct mtl_builder *builder, struct mtl_der *list, struct mtl_source where)
{
    struct mtl_der_item item;

    while (!mtl_der_is_done(list)) {
        if (!mtl_der_next(list, &item))
            return false;
        if (item.tag == MTL_DER_SEQUENCE)
            mtl_material_crl(builder, item.whole, where, MTL_HARMLESS);
    }
    return true;
}

/* ContentInfo { OID, [0] { SignedData { version, digestAlgorithms, ... */
static bool
enter_signed_data(struct mtl_der *der, struct mtl_der *data)
{
    struct mtl_der info, content;
    struct mtl_der_item item;

    return mtl_der_enter(der, MTL_DER_SEQUENCE, &info) && mtl_der_take(&info, MTL_DER_OID, &item) &&
           mtl_der_enter(&info, MTL_DER_CONTEXT_CONSTRUCTED, &content) &&
           mtl_der_enter(&content, MTL_DER_SEQUENCE, data) && mtl_der_take(data, MTL_DER_INTEGER, &item) &&
           mtl_der_take(data, MTL_DER_SET, &item) && mtl_der_take(data, MTL_DER_SEQUENCE, &item);
}

void
mtl_material_pkcs7(struct mtl_builder *builder, struct mtl_slice bytes, struct mtl_source where)
{
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der der = mtl_der_reader(bytes, &notes), data, list;
    size_t before = builder->cert_count + builder->crl_count + builder->note_count;

    if (!enter_signed_data(&der, &data)) {
        refuse(builder, where, &notes);
        return;
    }
    if (mtl_der_is_next(&data, MTL_DER_CONTEXT_CONSTRUCTED) &&
        (!mtl_der_enter(&data, MTL_DER_CONTEXT_CONSTRUCTED, &list) || !read_certs(builder, &list, where))) {
        refuse(builder, where, &notes);
        return;
    }
    if (mtl_der_is_next(&data, MTL_DER_CONTEXT_CONSTRUCTED | 1) &&
        (!mtl_der_enter(&data, MTL_DER_CONTEXT_CONSTRUCTED | 1, &list) || !read_crls(builder, &list, where))) {
        refuse(builder, where, &notes);
        return;
    }
    if (builder->cert_count + builder->crl_count + builder->note_count == before)
        mtl_builder_note(builder, MTL_NOTE_IGNORED, MTL_HARMLESS, where, "PKCS#7 without certificates or CRLs");
}
