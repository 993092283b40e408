/*
 * A scenario of fixtures/handshake: which files each side holds, in a *.case file of "key: value" lines.
 *
 * Keys: {client,server}-{cert,key,trust,crl,depth}, server-name, server-verify (required, optional, none: how the
 * server treats the client's certificate), client-verify (required, none), server-names (none: as a server the lab's
 * observer names no CA), recorded ("server 1.3": only that is recorded), at, note, and base: another case whose values
 * hold where this one says nothing. "none" as a file takes an inherited file away. Files are relative to the case in
 * which they stand.
 */
#ifndef MTL_TESTS_SUPPORT_HANDSHAKE_CASE_H
#define MTL_TESTS_SUPPORT_HANDSHAKE_CASE_H

#include "base/base.h"
#include "handshake/handshake.h"

struct handshake_case_side {
    const char *cert, *key, *trust, *crl; /* NULL: not given */
    enum mtl_verify verify;               /* of the peer */
    int depth;                            /* -1: not given */
};
struct handshake_case {
    const char *path;
    const char *name;                    /* "family/scenario" */
    struct handshake_case_side sides[2]; /* by enum mtl_role */
    const char *server_name;             /* NULL: not given */
    bool names_no_cas;                   /* the observer in the server's place sends no list of CAs */
    mtl_time at;
};

bool handshake_case_load(struct mtl_arena *arena, const char *path, struct handshake_case *scenario,
                         struct mtl_error *error);
/* The paths of all cases below fixtures/handshake, sorted. */
const char *const *handshake_case_list(struct mtl_arena *arena, size_t *count);

/* Those of fixtures/random. */
const char *const *handshake_case_list_random(struct mtl_arena *arena, size_t *count);

/* A case with its files loaded by the library under test, as its command line would load them. */
bool handshake_case_question(struct mtl_arena *arena, const struct handshake_case *scenario, struct mtl_crypto *crypto,
                             struct mtl_handshake_question *question, struct mtl_error *error);

#endif
