/* authorityInfoAccess: where the issuer's certificate can be had. SPDX-License-Identifier: Apache-2.0 */
#include "cert/info_access.h"
#include "cert/der.h"
#include "cert/general_name.h"

/* 1.3.6.1.5.5.7.48.2 */
static const char ca_issuers[] = "\x2b\x06\x01\x05\x05\x07\x30\x02";

/* AccessDescription ::= SEQUENCE { accessMethod, accessLocation GeneralName } */
static bool
read_description(struct mtl_der *der, struct mtl_slice *method, struct mtl_general_name *location)
{
    struct mtl_der inner;

    return mtl_der_enter(der, MTL_DER_SEQUENCE, &inner) && mtl_der_oid(&inner, MTL_DER_OID, method) &&
           mtl_general_name_read(&inner, location);
}

struct mtl_slice
mtl_cert_issuer_location(const struct mtl_cert *cert)
{
    const struct mtl_slice wanted = mtl_slice_of(ca_issuers, sizeof(ca_issuers) - 1);
    struct mtl_der list, der;
    struct mtl_slice method;
    struct mtl_general_name location;

    if (!mtl_cert_has(cert, MTL_EXT_AUTHORITY_INFO_ACCESS) ||
        (cert->malformed >> MTL_EXT_AUTHORITY_INFO_ACCESS & 1) != 0)
        return (struct mtl_slice){0};
    der = mtl_der_reader(mtl_cert_bytes(cert, cert->extension[MTL_EXT_AUTHORITY_INFO_ACCESS]), NULL);
    if (!mtl_der_enter(&der, MTL_DER_SEQUENCE, &list))
        return (struct mtl_slice){0};
    while (read_description(&list, &method, &location))
        if (mtl_slice_equal(method, wanted) && location.type == MTL_GN_URI)
            return location.value;
    return (struct mtl_slice){0};
}
