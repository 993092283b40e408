/*
 * Random chains: seeded, as text of the recipe language, so that any of them can be read, minted and kept.
 *
 * Topologies: zero to five authorities, cross-signed, renewed, rolled over, twins of the same name, mimicked roots,
 * loops. On top zero to three faults of a list that covers every reason, and bundles and stores that are shuffled,
 * doubled, incomplete or full of strangers.
 */
#ifndef MTL_TESTS_SUPPORT_RANDOM_CHAINS_H
#define MTL_TESTS_SUPPORT_RANDOM_CHAINS_H

#include "base/base.h"
#include "path/path.h"

struct random_case {
    const char *recipe;    /* lines for the mint */
    const char *presented; /* items of mint_pem() */
    const char *trusted;
    const char *crls;   /* empty: none */
    const char *faults; /* names of the faults put in, for a person */
    const char *key_of; /* whose key goes with what is presented; NULL: that of its first certificate */
    enum mtl_role subject;
    bool withheld;    /* no certificate is presented at all */
    bool optional;    /* the server does not insist on one */
    const char *host; /* NULL: not checked */
    bool check_revocation;
    int depth; /* -1: not given */
    mtl_time now;
};

/* The same seed gives the same case. Lives in arena. */
struct random_case random_case_make(struct mtl_arena *arena, uint64_t seed);

/* Likewise, half of the faults being of further kinds; only these withhold, are optional or have another's key. */
struct random_case random_case_make_wider(struct mtl_arena *arena, uint64_t seed);

#endif
