/*
 * One pair of sides under every stack: pairs of stacks that behave alike form a group.
 */
#ifndef MTL_HANDSHAKE_MATRIX_H
#define MTL_HANDSHAKE_MATRIX_H

#include "handshake/handshake.h"

/* Each of these clients behaves so with each of these servers. */
struct mtl_matrix_block {
    const struct mtl_stack *const *stacks[2]; /* by enum mtl_role */
    size_t counts[2];
};

/*
 * Alike: in each version the same outcome, side, surface, alert, HTTP status, moment, message, reason and certificate.
 * Native errors and words are each stack's own.
 */
struct mtl_matrix_group {
    enum mtl_outcome outcome;                      /* rejected if a version is, established if all are */
    const struct mtl_handshake_question *question; /* with the stacks of the first pair */
    /* Of the first pair; NULL: not predicted. Fixes are looked for in the largest group that is rejected only. */
    const struct mtl_transcript *versions[MTL_TLS_COUNT];
    const struct mtl_matrix_block *blocks; /* do not overlap */
    size_t block_count;
    size_t pair_count;
};

/* One pair of stacks in one version. */
struct mtl_matrix_cell {
    size_t group;
    const struct mtl_stack *stacks[2];
    enum mtl_tls tls;
    const struct mtl_stack_reason *native; /* as in struct mtl_transcript */
    int native_depth;
};

struct mtl_matrix {
    const struct mtl_handshake_question *question; /* the stacks of varied sides in it mean nothing */
    bool varied[2];
    const struct mtl_stack *const *stacks[2]; /* that were paired, in order of id */
    size_t counts[2];
    const struct mtl_matrix_group *groups; /* established, rejected, undetermined; the larger first */
    size_t group_count;
    const struct mtl_matrix_cell *cells; /* by client, server, version */
    size_t cell_count;
};

/*
 * Predicts every pair of stacks, where a varied side takes each of its stacks, or each that can play its role. What
 * stacks have in common is judged once. versions is a mask as for mtl_handshake_versions().
 */
const struct mtl_matrix *mtl_handshake_compare(struct mtl_arena *arena, const struct mtl_handshake_question *question,
                                               const bool varied[2], uint32_t versions);

#endif
