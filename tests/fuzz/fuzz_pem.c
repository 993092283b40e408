/* The PEM reader against libcrypto's, on anything. SPDX-License-Identifier: Apache-2.0 */
#include "support/pem_judge.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;

    const char *disagreement = pem_judge(mtl_slice_of(data, size));
    if (disagreement != NULL) {
        fprintf(stderr, "%s\n", disagreement);
        abort();
    }
    return 0;
}
