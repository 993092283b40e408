/*
 * From a line of a log back to its meaning: who rejected whose certificate, and for which reasons.
 *
 * The words are those of the stacks' tables, tried as they would be logged, and a lexicon of words that belong to no
 * row: libraries' inner errors, words of the network, of HTTP.
 */
#ifndef MTL_EXPLAIN_EXPLAIN_H
#define MTL_EXPLAIN_EXPLAIN_H

#include "base/base.h"
#include "stack/stack.h"

/* What a line says of the side that logs it. */
enum mtl_saying {
    MTL_SAYS_REJECTS,     /* it rejects its peer: the certificate, or that there is none */
    MTL_SAYS_IS_REJECTED, /* its peer rejected it, with an alert */
    MTL_SAYS_OWN_FAULT,   /* it cannot use its own certificate, key or trust: at its start, or when it is needed */
    MTL_SAYS_PERHAPS,     /* the connection ended in a way in which a rejection can show */
    MTL_SAYS_CONNECTED,   /* the handshake succeeded, as far as this side can tell */
    MTL_SAYS_ELSEWHERE,   /* no matter of certificates */
};

/* One meaning of a line. Everything but the arrays is static. */
struct mtl_meaning {
    enum mtl_saying saying;
    uint32_t speakers;              /* bit per enum mtl_role that the side can have which logs it */
    uint8_t alert;                  /* MTL_SAYS_IS_REJECTED: its code; 0: the line does not tell */
    bool reasons[MTL_REASON_COUNT]; /* MTL_SAYS_REJECTS, MTL_SAYS_OWN_FAULT: what the words can stand for ... */
    bool or_the_other;              /* MTL_SAYS_REJECTS may as well be MTL_SAYS_OWN_FAULT, and the other way round */
    bool any_reason;                /* ... or anything */
    bool *stacks;     /* [mtl_stack_count()]: whose words they are; all false: of no stack in particular */
    const char *what; /* a sentence on these words; NULL */
    const char *look; /* where to look first; NULL: as the saying has it */
    size_t matched;   /* octets of the line that were recognised */
};

/* The likeliest first: more of the line was recognised. Lives in arena. */
struct mtl_explanation {
    const struct mtl_meaning *meanings;
    size_t count; /* 0: nothing was recognised */
};

/* Octets of a line that are looked at; what follows is ignored. */
#define MTL_EXPLAINED_LINE 8192U

/* The words of all stacks, ready to be compared. Lives in arena; never changes. */
struct mtl_dictionary;
const struct mtl_dictionary *mtl_dictionary_new(struct mtl_arena *arena);

struct mtl_explanation mtl_explain(struct mtl_arena *arena, const struct mtl_dictionary *dictionary, const char *line);

/*
 * For which reasons a stack in that role answers a peer with that alert, in any version of TLS. False if for none.
 */
bool mtl_alert_reasons(const struct mtl_stack *stack, enum mtl_role role, uint8_t alert,
                       bool reasons[MTL_REASON_COUNT]);

#endif
