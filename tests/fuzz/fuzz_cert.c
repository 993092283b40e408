/* The certificate parser against libcrypto and libtasn1, on anything. SPDX-License-Identifier: Apache-2.0 */
#include "fuzz/der_mutator.h"
#include "support/cert_judge.h"

#include <stdio.h>
#include <stdlib.h>

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
    return 0;
}
