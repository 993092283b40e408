/* The certificate parser against libcrypto and libtasn1, on anything. SPDX-License-Identifier: Apache-2.0 */
#include "cert/info_access.h"
#include "fuzz/der_mutator.h"
#include "support/cert_judge.h"

#include <stdio.h>
#include <stdlib.h>

/* What is read only when somebody asks: a part of the certificate, or nothing. */
static void
ask(struct mtl_slice der)
{
    struct mtl_arena *arena = mtl_arena_new();
    const struct mtl_cert *cert;
    struct mtl_slice location;

    if (mtl_cert_parse(arena, der, &cert, NULL)) {
        location = mtl_cert_issuer_location(cert);
        if (location.size > 0 && (location.data < der.data || location.data + location.size > der.data + der.size))
            abort();
    }
    mtl_arena_free(arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct cert_judge *judge;

    if (!judge)
        judge = cert_judge_new();
    if (size == 0)
        return 0;
    if (cert_judge(judge, mtl_slice_of(data, size)) == CERT_DIFFERENT) {
        fprintf(stderr, "%s\n", judge->difference);
        abort();
    }
    ask(mtl_slice_of(data, size));
    return 0;
}
