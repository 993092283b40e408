/*
 * A handshake that the project file declares, as rules see it: the question, the lines that ask it, and how it ends
 * under each stack and version. Included by lint/rule.h.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_LINT_CONNECTION_H
#define MTL_LINT_CONNECTION_H

#include "handshake/matrix.h"

/* Where the project file says it, or where the section begins in which it could. */
struct mtl_side_lines {
    struct mtl_source side, cert, key, trust, crl, stack, verify, depth, tls, default_cert, default_key, naming;
};
struct mtl_connection {
    const char *name;
    const struct mtl_handshake_question *question;
    bool varied[2];       /* see mtl_handshake_compare() */
    uint32_t versions[2]; /* by enum mtl_role, a bit per enum mtl_tls: as the file has them */
    struct mtl_source at, server_name;
    struct mtl_side_lines lines[2]; /* by enum mtl_role */
};

enum mtl_ending_kind {
    MTL_ENDS_CONNECTED,
    MTL_ENDS_UNKNOWN,
    MTL_ENDS_UNUSABLE,       /* a side cannot use its own files */
    MTL_ENDS_UNSENT,         /* the server asks for a certificate, the client sends none */
    MTL_ENDS_CLIENT_REFUSED, /* by the server */
    MTL_ENDS_SERVER_REFUSED, /* by the client */
};

/* Predictions that end alike: same side, reason and certificate; alerts and log lines may differ. */
struct mtl_ending {
    enum mtl_ending_kind kind;
    const struct mtl_handshake_question *question;        /* with the stacks of the first pair that ends so */
    const struct mtl_transcript *versions[MTL_TLS_COUNT]; /* of that pair; NULL: it does not end so */
    const struct mtl_transcript *newest;                  /* of them; with fixes if it is a rejection */
    const struct mtl_transcript *late;   /* the first of them of which the client learns after its handshake; NULL */
    const struct mtl_transcript *silent; /* the first of them without an alert; NULL */
    size_t pairs;                        /* of stacks, that end so in some version */
    bool *stacks[2];                     /* per stack of a matrix: is it among them? */
};

/* All endings of one connection. */
struct mtl_endings {
    uint32_t versions; /* what both sides speak, a bit per enum mtl_tls; 0: nothing was predicted */
    const struct mtl_ending *items;
    size_t count;
    const struct mtl_matrix *matrix; /* NULL: one stack on each side */
    size_t pairs;                    /* of stacks */
    bool differ;                     /* some pairs connect in all versions, others are rejected in one */
};

#endif
