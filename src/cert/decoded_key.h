/*
 * A public key as libcrypto holds it. Internal to src/cert.
 */
#ifndef MTL_CERT_DECODED_KEY_H
#define MTL_CERT_DECODED_KEY_H

#include "cert/cert.h"

#include <openssl/types.h>

/* The key of a SubjectPublicKeyInfo, as X509_get0_pubkey() has it; NULL when it does not decode. The caller frees it.
 */
EVP_PKEY *mtl_decode_public_key(struct mtl_slice spki);

/* As above for a certificate: several times faster for RSA, where it goes around libcrypto's decoders. */
EVP_PKEY *mtl_decode_cert_key(const struct mtl_cert *cert);

/*
 * Would libcrypto decode it beyond doubt? Told without asking it, of RSA, the curves of NIST and Edwards keys; false
 * says only that it has to be asked. octets: the BIT STRING's.
 */
bool mtl_key_is_plain(const struct mtl_key_info *key, struct mtl_slice octets);

/* Bits of the order of a curve given by name or in full (RFC 5480 2.1.1); 0 when libcrypto does not take it. */
uint32_t mtl_curve_order_bits(struct mtl_slice parameters);

#endif
