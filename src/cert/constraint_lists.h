/* Reading nameConstraints (RFC 5280 4.2.1.10). Internal to src/cert. */
#ifndef MTL_CERT_CONSTRAINT_LISTS_H
#define MTL_CERT_CONSTRAINT_LISTS_H

#include "cert/cert.h"
#include "cert/der.h"

/* The two lists of GeneralSubtree, their contents. */
struct mtl_constraint_lists {
    struct mtl_slice permitted, excluded;
    const struct mtl_constraint_policy *policy;
    bool are_spoilt; /* the subject's alternative names, see unsound_names_spoil_all */
};

struct mtl_subtree {
    struct mtl_general_name base;
    bool has_range; /* a minimum other than 0, or a maximum */
};

/* False at the end, and where a subtree does not decode. */
bool mtl_subtree_next(struct mtl_der *list, struct mtl_subtree *subtree);
size_t mtl_subtree_count(struct mtl_slice list);
/* What stands in the issuer's extension, as the policy in *lists (or NULL) reads it; false if it does not decode. */
bool mtl_constraint_lists_read(const struct mtl_cert *issuer, struct mtl_constraint_lists *lists);

#endif
