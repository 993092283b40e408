/*
 * One GeneralName (RFC 5280 4.2.1.6) out of a value whose grammar has been checked. Internal to src/cert.
 */
#ifndef MTL_CERT_GENERAL_NAME_H
#define MTL_CERT_GENERAL_NAME_H

#include "cert/cert.h"
#include "cert/der.h"

/* Reads the next one and steps over it. */
bool mtl_general_name_read(struct mtl_der *der, struct mtl_general_name *name);

/* Takes the content of an otherName apart: the content octets of its type's OID, and its value. */
bool mtl_other_name_read(struct mtl_slice content, struct mtl_slice *type, struct mtl_der_item *value);

#endif
