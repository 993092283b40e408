/*
 * Mints certificates and CRLs from recipes, one object per line. The grammar is in docs of fixtures/README.md.
 *
 * Names, extensions and the outer shell are written by our own DER writer, so that broken ones are as easy as correct
 * ones; libcrypto signs. Nothing here uses the code under test but its arena and time.
 */
#ifndef MTL_TESTS_SUPPORT_MINT_H
#define MTL_TESTS_SUPPORT_MINT_H

#include "base/base.h"
#include "support/keys.h"

struct minted {
    const char *name; /* in the recipe */
    bool is_crl;
    struct mtl_slice der;
    const struct test_key *key; /* certificates only */
    struct mtl_slice subject;   /* certificates: the Name; CRLs: absent */
    struct mtl_slice issuer;    /* the Name of the issuer as written */
    struct mtl_slice serial;    /* content of the INTEGER */
    struct mtl_slice key_id;    /* the subjectKeyIdentifier as written; absent if none */
};

struct mint {
    struct mtl_arena *arena;
    struct key_pool *keys;
    struct minted *items;
    size_t count, capacity;
    const char *key_types[32]; /* types handed out so far, and how many of each */
    size_t keys_used[32];
    char error[256]; /* the first thing that went wrong; empty: nothing */
};

/* What is minted lives in arena; keys must outlive the mint. */
struct mint mint_new(struct mtl_arena *arena, struct key_pool *keys);
/* One line: "NAME key=value flag ..." or "crl NAME key=value ...". False with error filled in. */
bool mint_line(struct mint *mint, const char *line);
const struct minted *mint_find(const struct mint *mint, const char *name); /* NULL if there is none */

/*
 * PEM of a list of items: names of certificates and CRLs, "NAME+trust=...+reject=..." (a TRUSTED CERTIFICATE with
 * OpenSSL's auxiliary settings), "key:NAME" (its private key), "garbage" (a block that does not decode). Items are
 * separated by blanks.
 */
struct mtl_slice mint_pem(struct mint *mint, const char *items);

#endif
