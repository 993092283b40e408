/* CRLs. SPDX-License-Identifier: Apache-2.0 */
#include "cert/cert.h"

struct mtl_slice
mtl_crl_bytes(const struct mtl_crl *crl, struct mtl_range range)
{
    if (range.offset == 0 && range.size == 0)
        return (struct mtl_slice){0};
    return mtl_slice_of(crl->der.data + range.offset, range.size);
}
