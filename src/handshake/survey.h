/*
 * One chain shown to every stack: who would accept it, and who would not, and why.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_HANDSHAKE_SURVEY_H
#define MTL_HANDSHAKE_SURVEY_H

#include "handshake/handshake.h"

struct mtl_survey_question {
    struct mtl_chain chain;            /* [0] is the leaf; as sent */
    enum mtl_role owner;               /* who sends it; asked are those that `all` stands for and that
                                          can play the other role */
    const struct mtl_material *trusts; /* what these trust */
    const char *name;                  /* the host that clients ask for; NULL: names are not compared */
    mtl_time now;
    struct mtl_crypto *crypto;
};

/* What one stack does. No signature is made with the leaf's key. */
struct mtl_reception {
    const struct mtl_stack *stack;
    enum mtl_outcome outcome; /* MTL_ESTABLISHED: it accepts the chain */
    enum mtl_reason reason;
    const struct mtl_loaded_cert *certificate; /* the one blamed; NULL: none */
    bool is_own;                               /* it blames its own files, the trust store, and does not start */
    uint8_t alert;                             /* in the newest TLS version it has; 0: none */
};

/* In order of id, in the arena. What stacks have in common is judged once. */
const struct mtl_reception *mtl_handshake_survey(struct mtl_arena *arena, const struct mtl_survey_question *asked,
                                                 size_t *count);

#endif
