/*
 * The first moment at which what works now does not work any more: every date of the certificates and CRLs involved is
 * tried out in order of time.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_HANDSHAKE_FIRST_BREAK_H
#define MTL_HANDSHAKE_FIRST_BREAK_H

#include "handshake/matrix.h"

#define MTL_MAX_DATES 256U          /* tried out; the earliest are */
#define MTL_MAX_DATED_CERTS 256U    /* certificates whose dates are looked at */
#define MTL_MAX_BREAK_TRIALS 20000U /* predictions */

enum mtl_date_kind { MTL_DATE_NOT_BEFORE, MTL_DATE_NOT_AFTER, MTL_DATE_THIS_UPDATE, MTL_DATE_NEXT_UPDATE };

/* A date in a certificate or, with cert NULL, in a CRL. */
struct mtl_date {
    mtl_time at;
    enum mtl_date_kind kind;
    const struct mtl_loaded_cert *cert;
    const struct mtl_loaded_crl *crl;
};
struct mtl_dates {
    const struct mtl_date *items; /* in order of time */
    size_t count;
};

/*
 * The dates after one moment and up to another of what is presented, of all that bears the name of an issuer above it
 * in any of the materials, and of the CRLs by those names. Materials may be NULL.
 */
struct mtl_dates mtl_dates_of(struct mtl_arena *arena, const struct mtl_material *const *presented,
                              size_t presented_count, const struct mtl_material *const *others, size_t other_count,
                              mtl_time after, mtl_time until);

struct mtl_first_break {
    mtl_time at;                                   /* the first second at which it is rejected */
    struct mtl_date date;                          /* what happens then */
    const struct mtl_transcript *transcript;       /* how it ends from then on; no fixes were looked for */
    const struct mtl_handshake_question *question; /* of it: that moment, the first pair of stacks that breaks */
};

/*
 * Predicts what is established now at each date up to until. matrix NULL: the pair of stacks in the question, in the
 * versions of the mask; otherwise all of its pairs. False: nothing breaks, or nothing is established now.
 */
bool mtl_handshake_first_break(struct mtl_arena *arena, const struct mtl_handshake_question *question,
                               const struct mtl_matrix *matrix, uint32_t versions, mtl_time until,
                               struct mtl_first_break *found);

#endif
