/* The name of a proxy certificate beside that of its issuer (RFC 3820 3.4). SPDX-License-Identifier: Apache-2.0 */
#include "cert/cert.h"
#include "cert/name.h"

static bool
starts_with(struct mtl_slice name, struct mtl_slice start)
{
    struct mtl_canonical whole, begin;
    bool starts;

    if (!mtl_canonical_make(&whole, name))
        return false;
    starts = mtl_canonical_make(&begin, start);
    if (starts) {
        starts = whole.encoding.size > begin.encoding.size &&
                 mtl_slice_equal(mtl_slice_of(whole.encoding.data, begin.encoding.size), begin.encoding);
        mtl_canonical_free(&begin);
    }
    mtl_canonical_free(&whole);
    return starts;
}

bool
mtl_name_is_one_longer(struct mtl_slice name, struct mtl_slice shorter)
{
    struct mtl_attributes walk;
    struct mtl_attribute last = {0};
    size_t count = 0;

    mtl_attributes_start(&walk, name);
    while (mtl_attributes_next(&walk, &last))
        count++;
    return count > 1 && count == mtl_attributes_count(shorter) + 1 && !last.continues &&
           mtl_slice_equal(last.type, mtl_oid_common_name) && starts_with(name, shorter);
}
