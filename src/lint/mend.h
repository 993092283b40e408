/*
 * A corrected bundle: what it holds, what became of the original's certificates, and the proof that it is right.
 *
 * The result is the original's leaf and the issuers above it, in order, without roots, repetitions and what does not
 * belong to it; intermediates that were missing come from the other files. It is written as PEM, read back, linted like
 * any bundle and shown to every stack. Nothing of it is to be used unless `failure` is MTL_MEND_DONE. Trust is never
 * touched: what would need more trust is a failure.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_LINT_MEND_H
#define MTL_LINT_MEND_H

#include "handshake/survey.h"
#include "lint/lint.h"

enum mtl_change_kind { MTL_CHANGE_KEPT, MTL_CHANGE_MOVED, MTL_CHANGE_ADDED, MTL_CHANGE_REMOVED };
enum mtl_removal {
    MTL_REMOVED_ROOT,      /* peers that trust it have it */
    MTL_REMOVED_COPY,      /* of `instead` */
    MTL_REMOVED_EXPIRED,   /* `instead` has its name and key, and is valid */
    MTL_REMOVED_UNRELATED, /* it issued nothing in the chain */
    MTL_REMOVED_DETOUR,    /* it leads elsewhere than to what is trusted */
};
struct mtl_change {
    enum mtl_change_kind kind;
    const struct mtl_loaded_cert *cert;    /* where it was read: of what was added, the other file */
    size_t position;                       /* in the result, from 1; 0: removed */
    enum mtl_removal removal;              /* only if removed */
    const struct mtl_loaded_cert *instead; /* likewise; may be NULL */
};

enum mtl_mend_failure {
    MTL_MEND_DONE,           /* none: the result is proven */
    MTL_MEND_MISSING_ISSUER, /* of `top`, which is in none of the files */
    MTL_MEND_WIDER_TRUST,    /* it would be accepted only by who also trusted `untrusted` */
    MTL_MEND_REJECTED,       /* the stack that judges does not accept it with the trust store given */
    MTL_MEND_ERRORS,         /* findings remain that no other bundle of these certificates mends */
    MTL_MEND_NOT_BETTER,     /* it mends none of the findings, or some stack accepted the original only */
};

struct mtl_mended {
    enum mtl_mend_failure failure;
    bool is_needless; /* the original sends the right certificates in the right order: the result holds the same */
    const struct mtl_material *original;
    const struct mtl_material *result; /* read back from: */
    struct mtl_slice pem;
    const struct mtl_change *changes; /* the result's certificates in order, then those removed, as they stood */
    size_t change_count;
    bool was_clean;                          /* no rule has anything to say about the original's chain */
    const struct mtl_loaded_cert *top;       /* the first certificate whose issuer is in none of the files; or NULL */
    const struct mtl_loaded_cert *untrusted; /* WIDER_TRUST */
    const struct mtl_finding *const *gone;   /* about the chain, in the original only */
    size_t gone_count;
    const struct mtl_finding *const *left; /* on the result, without infos */
    size_t left_count;
    const struct mtl_stack *stack; /* that judges */
    enum mtl_role role;            /* whose bundle it was taken for */
    bool role_known;
    const char *output;                         /* path that the result is to have; NULL: none was given */
    const char *trust;                          /* path of the trust store given; NULL: none */
    const char *key;                            /* likewise of the key, which fits the leaf */
    const struct mtl_reception *before, *after; /* by stack; NULL: nothing is known that peers could trust */
    size_t reception_count;
    mtl_time now;
};

/*
 * request->paths[0] is the bundle, a file; the other paths are what may be drawn upon. output: the path that the result
 * will have, for findings; NULL: the bundle's. False with an error where nothing can be tried: a path cannot be read,
 * the bundle holds no leaf or several, or it is a trust store.
 */
bool mtl_bundle_mend(struct mtl_arena *arena, const struct mtl_lint_request *request, const char *output,
                     const struct mtl_mended **mended, struct mtl_error *error);

/*
 * The same for a bundle that is being linted, drawing on the files of lint that the certificates of plan stand in, and
 * on no others. NULL: nothing can be tried. output lives as long as the result.
 */
const struct mtl_mended *mtl_subject_mend(const struct mtl_lint *lint, const struct mtl_subject *subject,
                                          const struct mtl_plan *plan, const char *output);

/* How many stacks accept it. */
size_t mtl_receptions_accepted(const struct mtl_reception *receptions, size_t count);
/*
 * Nothing tells whether the issuer of `top` is a root that peers have, or an intermediate that is missing: the result
 * rests on the former.
 */
bool mtl_mended_assumes_root(const struct mtl_mended *mended);
/* What the stack that judges makes of it; NULL: it was not asked. */
const struct mtl_reception *mtl_reception_of(const struct mtl_reception *receptions, size_t count,
                                             const struct mtl_stack *stack);

/* ---- inside src/lint ------------------------------------------------------------------------------------------ */

/* A bundle while it is corrected. */
struct mtl_mending {
    const struct mtl_lint_request *request;
    struct mtl_lint lint;             /* with the original among the files */
    const struct mtl_material *trust; /* given; NULL: none */
    struct mtl_subject bundle;        /* the original */
    struct mtl_plan plan;
    struct mtl_lint after; /* with the result in its stead */
    struct mtl_mended *out;
};

/* What every stack makes of a chain of the bundle's owner; NULL with a count of 0: no root is known. */
const struct mtl_reception *mtl_mending_show(const struct mtl_mending *mending, struct mtl_chain chain, size_t *count);
/* Sets what is gone, what is left, before and after; and the failure. */
void mtl_mending_prove(struct mtl_mending *mending);
/* What becomes of the original's certificates. why a certificate is left out depends on the files: lint's. */
void mtl_mended_compare(const struct mtl_lint *lint, const struct mtl_subject *original, const struct mtl_plan *plan,
                        struct mtl_mended *mended);

#endif
