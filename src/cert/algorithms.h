/*
 * What object identifiers and AlgorithmIdentifiers mean. Internal to src/cert.
 */
#ifndef MTL_CERT_ALGORITHMS_H
#define MTL_CERT_ALGORITHMS_H

#include "cert/cert.h"
#include "cert/der.h"

/* AlgorithmIdentifier ::= SEQUENCE { algorithm OBJECT IDENTIFIER, parameters ANY OPTIONAL } (RFC 5280 4.1.1.2) */
struct mtl_algorithm {
    struct mtl_slice whole;
    struct mtl_slice oid;        /* content octets */
    struct mtl_slice parameters; /* with header; absent if there are none */
};
bool mtl_der_algorithm(struct mtl_der *der, struct mtl_algorithm *algorithm);

/* All take the content octets of an OBJECT IDENTIFIER. */
enum mtl_extension mtl_oid_extension(struct mtl_slice oid); /* MTL_EXT_COUNT: not one of ours */
uint16_t mtl_oid_purpose(struct mtl_slice oid);             /* MTL_EKU_* */
enum mtl_digest mtl_oid_digest(struct mtl_slice oid);

/*
 * Key and digest of a signature algorithm. key is UNKNOWN for what OpenSSL 3.0 cannot take apart either; digest is
 * NONE for one without a name in enum mtl_digest, and for RSASSA-PSS parameters that do not decode.
 */
struct mtl_signature_algorithm mtl_algorithm_signature(const struct mtl_algorithm *algorithm);

/*
 * The key's type, curve and size. octets: the BIT STRING's. A key whose octets cannot be of its type has bits == 0;
 * parameters that make the type unusable (EC without a curve, EdDSA with any) give UNKNOWN.
 */
struct mtl_key_info mtl_algorithm_key(const struct mtl_algorithm *algorithm, struct mtl_slice octets);

#endif
