/* Walking a GeneralNames list that has been checked when its certificate was read.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cert/general_name.h"

#include "cert/der.h"

static bool
enter(struct mtl_general_names *names)
{
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der der = mtl_der_reader(names->rest, &notes), inner;

    names->started = true;
    names->rest = mtl_slice_of("", 0);
    if (!mtl_der_enter_list(&der, MTL_DER_SEQUENCE, &inner))
        return false;
    names->rest = mtl_slice_of(inner.at, (size_t)(inner.end - inner.at));
    return true;
}

struct mtl_general_names
mtl_cert_alt_names(const struct mtl_cert *cert)
{
    if (!mtl_cert_has(cert, MTL_EXT_SUBJECT_ALT_NAME) || (cert->malformed & 1U << MTL_EXT_SUBJECT_ALT_NAME) != 0)
        return (struct mtl_general_names){.started = true};
    return (struct mtl_general_names){.rest = mtl_cert_bytes(cert, cert->extension[MTL_EXT_SUBJECT_ALT_NAME])};
}

bool
mtl_general_name_read(struct mtl_der *der, struct mtl_general_name *name)
{
    struct mtl_der_item item;

    if (!mtl_der_next(der, &item) || (item.tag & 0x1f) > MTL_GN_REGISTERED_ID)
        return false;
    name->type = (enum mtl_general_name_type)(item.tag & 0x1f);
    name->value = item.content;
    return true;
}

bool
mtl_general_names_next(struct mtl_general_names *names, struct mtl_general_name *name)
{
    struct mtl_der_notes notes = {.relaxed = true};

    if (!names->started && !enter(names))
        return false;
    struct mtl_der der = mtl_der_reader(names->rest, &notes);
    if (mtl_der_is_done(&der) || !mtl_general_name_read(&der, name))
        return false;
    names->rest = mtl_slice_of(der.at, (size_t)(der.end - der.at));
    return true;
}

bool
mtl_other_name_read(struct mtl_slice content, struct mtl_slice *type, struct mtl_der_item *value)
{
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der der = mtl_der_reader(content, &notes), inner;

    return mtl_der_oid(&der, MTL_DER_OID, type) && mtl_der_enter(&der, MTL_DER_CONTEXT_CONSTRUCTED, &inner) &&
           mtl_der_next(&inner, value);
}

uint32_t
mtl_cert_alt_name_types(const struct mtl_cert *cert)
{
    struct mtl_general_names names = mtl_cert_alt_names(cert);
    struct mtl_general_name name;
    uint32_t types = 0;

    while (mtl_general_names_next(&names, &name))
        types |= 1U << name.type;
    return types;
}
