/* The lists of subtrees in nameConstraints (RFC 5280 4.2.1.10). SPDX-License-Identifier: Apache-2.0 */
#include "cert/constraint_lists.h"
#include "cert/general_name.h"

bool
mtl_subtree_next(struct mtl_der *list, struct mtl_subtree *subtree)
{
    struct mtl_der inner;
    struct mtl_slice minimum;

    if (mtl_der_is_done(list) || !mtl_der_enter(list, MTL_DER_SEQUENCE, &inner) ||
        !mtl_general_name_read(&inner, &subtree->base))
        return false;
    subtree->has_range = false;
    if (mtl_der_is_next(&inner, MTL_DER_CONTEXT) && mtl_der_integer(&inner, MTL_DER_CONTEXT, &minimum))
        subtree->has_range = mtl_der_small(minimum, 1) != 0;
    subtree->has_range = subtree->has_range || !mtl_der_is_done(&inner);
    return true;
}

size_t
mtl_subtree_count(struct mtl_slice list)
{
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der der = mtl_der_reader(list, &notes);
    struct mtl_der_item item;
    size_t count = 0;

    while (!mtl_der_is_done(&der) && mtl_der_next(&der, &item))
        count++;
    return count;
}

static struct mtl_slice
take_list(struct mtl_der *der, uint32_t tag)
{
    struct mtl_der inner;

    if (!mtl_der_is_list(der, tag) || !mtl_der_enter_list(der, tag, &inner))
        return mtl_slice_of("", 0);
    return mtl_slice_of(inner.at, (size_t)(inner.end - inner.at));
}

/* What stands before the first directory name that is empty. */
static struct mtl_slice
before_empty_directory(struct mtl_slice subtrees)
{
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der list = mtl_der_reader(subtrees, &notes);
    struct mtl_subtree subtree;
    size_t end = 0;

    while (mtl_subtree_next(&list, &subtree)) {
        if (subtree.base.type == MTL_GN_DIRECTORY && mtl_name_is_empty(subtree.base.value))
            return mtl_slice_of(subtrees.data, end);
        end = (size_t)(list.at - subtrees.data);
    }
    return subtrees;
}

bool
mtl_constraint_lists_read(const struct mtl_cert *issuer, struct mtl_constraint_lists *constraints)
{
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der der, inner;

    der = mtl_der_reader(mtl_cert_bytes(issuer, issuer->extension[MTL_EXT_NAME_CONSTRAINTS]), &notes);
    if ((issuer->malformed & 1U << MTL_EXT_NAME_CONSTRAINTS) != 0 || !mtl_der_enter(&der, MTL_DER_SEQUENCE, &inner))
        return false;
    constraints->permitted = take_list(&inner, MTL_DER_CONTEXT_CONSTRUCTED | 0);
    constraints->excluded = take_list(&inner, MTL_DER_CONTEXT_CONSTRUCTED | 1);
    if (constraints->policy != NULL && constraints->policy->empty_directory_ends_list) {
        constraints->permitted = before_empty_directory(constraints->permitted);
        constraints->excluded = before_empty_directory(constraints->excluded);
    }
    return true;
}
