/* libcrypto's context of our own. SPDX-License-Identifier: Apache-2.0 */
#include "cert/libcrypto.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/provider.h>
#include <stdio.h>
#include <stdlib.h>
#include <threads.h>

/* Written once, by make(). */
static struct mtl_libcrypto libcrypto;
static once_flag is_made = ONCE_FLAG_INIT;

/* The default provider is part of libcrypto: what fails here is memory. */
static void
give_up(void)
{
    fputs("mtlslint: libcrypto cannot be used: out of memory\n", stderr);
    abort();
}

static void
make(void)
{
    libcrypto.context = OSSL_LIB_CTX_new();
    if (libcrypto.context == NULL || OSSL_PROVIDER_load(libcrypto.context, "default") == NULL)
        give_up();
    libcrypto.sha1 = EVP_MD_fetch(libcrypto.context, "SHA1", NULL);
    libcrypto.sha256 = EVP_MD_fetch(libcrypto.context, "SHA2-256", NULL);
    libcrypto.sha384 = EVP_MD_fetch(libcrypto.context, "SHA2-384", NULL);
    libcrypto.sha512 = EVP_MD_fetch(libcrypto.context, "SHA2-512", NULL);
    if (libcrypto.sha1 == NULL || libcrypto.sha256 == NULL || libcrypto.sha384 == NULL || libcrypto.sha512 == NULL)
        give_up();
}

const struct mtl_libcrypto *
mtl_libcrypto(void)
{
    call_once(&is_made, make);
    return &libcrypto;
}

void
mtl_digest(const EVP_MD *md, struct mtl_slice bytes, uint8_t *digest)
{
    if (EVP_Digest(bytes.data, bytes.size, digest, NULL, md, NULL) != 1)
        give_up();
}
