/*
 * libcrypto as the library uses it: a context of its own with the default provider, whatever the program around it, the
 * machine's openssl.cnf or a FIPS provider make of libcrypto's global one. Made when first asked for, on whatever
 * thread, and kept until the process ends. PKCS#12 is opened in the global one all the same: libcrypto has no
 * other way. Internal to src/cert.
 */
#ifndef MTL_CERT_LIBCRYPTO_H
#define MTL_CERT_LIBCRYPTO_H

#include "base/base.h"

#include <openssl/types.h>

struct mtl_libcrypto {
    OSSL_LIB_CTX *context;
    EVP_MD *sha1, *sha256, *sha384, *sha512;
};
const struct mtl_libcrypto *mtl_libcrypto(void);

/* digest has room for what md gives. */
void mtl_digest(const EVP_MD *md, struct mtl_slice bytes, uint8_t *digest);

#endif
