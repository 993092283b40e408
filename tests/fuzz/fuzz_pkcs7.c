/*
 * PKCS#7: where libcrypto reads SignedData and we have no complaint, both find as many certificates and CRLs.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "store/material.h"

#include <openssl/err.h>
#include <openssl/pkcs7.h>
#include <openssl/x509.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
compare(const struct mtl_builder *builder, const PKCS7_SIGNED *data)
{
    int certs = data->cert != NULL ? sk_X509_num(data->cert) : 0;
    int crls = data->crl != NULL ? sk_X509_CRL_num(data->crl) : 0;

    if (builder->cert_count != (size_t)certs || builder->crl_count != (size_t)crls)
        abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct mtl_builder builder = {.arena = arena, .path = "input"};
    const unsigned char *at = data;
    PKCS7 *p7 = size > 0 ? d2i_PKCS7(NULL, &at, (long)size) : NULL;

    mtl_material_pkcs7(&builder, mtl_slice_of(data, size), (struct mtl_source){.line = 1, .end_line = 1});
    if (builder.note_count == 0 && p7 != NULL && PKCS7_type_is_signed(p7) && p7->d.sign != NULL)
        compare(&builder, p7->d.sign);
    PKCS7_free(p7);
    ERR_clear_error();
    mtl_arena_free(arena);
    return 0;
}
