/* libFuzzer's mutator for DER: three of four mutations keep the lengths right. SPDX-License-Identifier: Apache-2.0 */
#ifndef MTL_TEST_DER_MUTATOR_H
#define MTL_TEST_DER_MUTATOR_H

#include "support/cert_judge_mutate.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed);

size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed)
{
    static uint8_t copy[1 << 16];
    uint64_t state = seed * 0x9e3779b97f4a7c15U + 1;

    if (seed % 4 == 0 || size > sizeof(copy))
        return LLVMFuzzerMutate(data, size, max_size);
    memcpy(copy, data, size);
    size_t mutated = der_mutate(&state, mtl_slice_of(copy, size), data, max_size);
    return mutated > 0 ? mutated : LLVMFuzzerMutate(data, size, max_size);
}

#endif
