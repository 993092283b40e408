/*
 * Names from the inside: their attributes and their canonical form. Internal to src/cert.
 *
 * A Name is read as OpenSSL reads it: the same string types are let in and the same contents are refused (invalid
 * UTF-8, surrogates in a BMPString), because a certificate with such a name does not decode there at all.
 */
#ifndef MTL_CERT_NAME_H
#define MTL_CERT_NAME_H

#include "cert/der.h"

/* Reads one Name and steps over it. False, with the fault noted, when it does not decode. hash: mtl_name_hash(). */
bool mtl_name_read(struct mtl_der *der, struct mtl_slice *name, uint64_t *hash);

/* ---- attributes ----------------------------------------------------------------------------------------------- */

/* One AttributeTypeAndValue (RFC 5280 4.1.2.4). */
struct mtl_attribute {
    struct mtl_slice type; /* content octets of the OID */
    struct mtl_der_item value;
    bool continues; /* in the same RDN as the attribute before */
};

/* One attribute of an RDN: of a type that OpenSSL lets in; the characters are not looked at. */
bool mtl_attribute_read(struct mtl_der *rdn, struct mtl_attribute *attribute);

/* A walk over all attributes of a Name, in the order of the encoding. */
struct mtl_attributes {
    struct mtl_der_notes notes;
    struct mtl_der names, rdn;
    bool within; /* the last attribute came from rdn */
};

/* name is with its header. A Name that does not decode gives a walk that ends early. */
void mtl_attributes_start(struct mtl_attributes *walk, struct mtl_slice name);
bool mtl_attributes_next(struct mtl_attributes *walk, struct mtl_attribute *attribute);
size_t mtl_attributes_count(struct mtl_slice name);

extern const struct mtl_slice mtl_oid_common_name;
extern const struct mtl_slice mtl_oid_email_address; /* PKCS#9 */

/*
 * A string as ASN1_STRING_to_UTF8() converts it: T61, IA5, Printable, Numeric and VisibleString count as Latin-1.
 * out has room for 2 * content.size octets; *size is what was written. False for other types and bad content.
 */
bool mtl_string_to_utf8(const struct mtl_der_item *string, uint8_t *out, size_t *size);

/* ---- the canonical form --------------------------------------------------------------------------------------- */

/*
 * OpenSSL's canonical encoding (X509_NAME.canon_enc): the RDNs without the outer SEQUENCE, strings as folded UTF-8,
 * empty RDNs left out. Two names are equal when it is; a subtree contains a name when it is a prefix.
 * Holds a pointer into itself: not to be copied. Release with mtl_canonical_free().
 */
struct mtl_canonical {
    struct mtl_slice encoding;
    struct mtl_arena *arena; /* NULL when local was large enough */
    uint8_t local[1024];
};

bool mtl_canonical_make(struct mtl_canonical *canonical, struct mtl_slice name); /* false: does not decode */
void mtl_canonical_free(struct mtl_canonical *canonical);

#endif
