/*
 * The public half of a private key, as far as the key says it itself. Internal to src/cert.
 */
#ifndef MTL_CERT_PUBLIC_HALF_H
#define MTL_CERT_PUBLIC_HALF_H

#include "base/base.h"

/*
 * The SubjectPublicKeyInfo of the key in der, as i2d_PUBKEY() writes it after d2i_AutoPrivateKey(), in the arena: of
 * RSA, of EC where the public key is part of the private one, and of Ed25519; in PKCS#8, PKCS#1 or SEC1. Absent for
 * everything else, and for what is not written plainly: libcrypto is to be asked then. Whether the point of EC lies on
 * its curve, without which libcrypto decodes nothing, is left to mtl_key_is_plain().
 *
 * That the two halves belong together is not looked at; neither does libcrypto when it decodes a key or compares it
 * with a certificate.
 */
struct mtl_slice mtl_public_half_read(struct mtl_arena *arena, struct mtl_slice der);

#endif
