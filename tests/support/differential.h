/*
 * Our verdict against libcrypto's, case by case, with a tally.
 *
 * A case that is known to differ stands in fixtures/DIFFERENCES: "NAME: reason", NAME being the case's name or, when it
 * ends in an asterisk, its beginning.
 */
#ifndef MTL_TESTS_SUPPORT_DIFFERENTIAL_H
#define MTL_TESTS_SUPPORT_DIFFERENTIAL_H

#include "base/base.h"
#include "support/judge.h"

#define DIFFERENTIAL_CODES 100

struct differential {
    const char *title;
    const char *known; /* text of fixtures/DIFFERENCES */
    struct mtl_arena *arena;
    unsigned cases;
    unsigned equal;
    unsigned known_different;
    unsigned different;
    unsigned unreadable;                  /* libcrypto could not decode it, and neither could we */
    unsigned by_code[DIFFERENTIAL_CODES]; /* the judge's codes, 0: accepted */
    unsigned different_by_code[DIFFERENTIAL_CODES];
};

struct differential differential_new(struct mtl_arena *arena, const char *title);
/* story: what it takes to reproduce the case; printed when the two differ. */
void differential_case(struct differential *tally, const char *name, const struct judge_case *question,
                       const char *story);
/* Is NAME listed in fixtures/DIFFERENCES? */
bool differential_is_known(const char *known, const char *name);
/* Prints the counts. True when nothing differs that is not known to. */
bool differential_report(const struct differential *tally);

#endif
