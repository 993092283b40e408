/* The certificate parser against libcrypto and libtasn1, on anything. SPDX-License-Identifier: Apache-2.0 */
#include "support/cert_judge.h"
#include "support/cert_judge_mutate.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed);

/* Three of four mutations keep the lengths right. */
size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed)
{
    static uint8_t copy[1 << 16];
    uint64_t state = seed * 0x9e3779b97f4a7c15U + 1;

    if (seed % 4 == 0 || size > sizeof(copy))
        return LLVMFuzzerMutate(data, size, max_size);
    for (size_t i = 0; i < size; i++)
        copy[i] = data[i];
    size_t mutated = der_mutate(&state, mtl_slice_of(copy, size), data, max_size);
    return mutated > 0 ? mutated : LLVMFuzzerMutate(data, size, max_size);
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
    return 0;
}
