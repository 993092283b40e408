/* What the files that make random chains share. */
#ifndef MTL_TESTS_SUPPORT_RANDOM_PARTS_H
#define MTL_TESTS_SUPPORT_RANDOM_PARTS_H

#include "support/random_chains.h"

#define RANDOM_MAX_NODES 24
#define RANDOM_MAX_ITEMS 40
#define RANDOM_MAX_CHAIN 8
#define RANDOM_HOST "payments.example"
#define RANDOM_PICK(random, array) ((array)[random_below(random, sizeof(array) / sizeof((array)[0]))])

/* One certificate to be. Text fields are values of recipe words; NULL: the word is left out. */
struct node {
    const char *name;
    const char *subject;
    const char *issuer; /* name of a node; NULL: self-signed */
    const char *key;    /* "ec:P-256#4" */
    const char *key_of; /* instead of key */
    const char *basic;  /* "ca", "not-ca", NULL */
    const char *path_length;
    const char *ku, *eku, *digest, *ski, *aki, *signed_by, *issuer_name, *version;
    bool pss; /* where the signing key is RSA */
    mtl_time not_before, not_after;
    struct mtl_text more; /* further words */
};

struct crl {
    const char *name, *issuer;
    struct mtl_text more;
};

/* A list of items for mint_pem(). */
struct items {
    const char *names[RANDOM_MAX_ITEMS];
    size_t count;
};

struct random {
    struct mtl_arena *arena;
    uint64_t state;
    struct node nodes[RANDOM_MAX_NODES];
    size_t count;
    size_t chain[RANDOM_MAX_CHAIN]; /* [0] is the leaf, the last the root */
    size_t chain_count;
    struct crl crls[RANDOM_MAX_NODES];
    size_t crl_count;
    struct items presented, trusted, revocation;
    bool wider; /* with faults of random_wider_faults */
    struct mtl_text faults;
    struct random_case result;
};

uint64_t random_below(struct random *random, uint64_t limit);
bool random_chance(struct random *random, unsigned percent);
void random_word(struct random *random, struct mtl_text *words, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

struct node *random_node(struct random *random, const char *name); /* a new one with plain values */
struct node *random_any(struct random *random);                    /* one of the chain */
struct node *random_authority(struct random *random);              /* one of the chain but the leaf, if there is one */
struct node *random_leaf(struct random *random);
struct node *random_copy(struct random *random, const struct node *of, const char *name); /* same name and key */
const char *random_key(struct random *random);
/* The type of the key that signs this node: "ec:P-256#1". */
const char *random_signer_key(struct random *random, const struct node *node);
struct crl *random_crl(struct random *random, const struct node *issuer);

void items_add(struct items *items, const char *name);
void items_insert(struct random *random, struct items *items, const char *name); /* at any place but the first */
void items_remove(struct items *items, const char *name);
void items_shuffle(struct random *random, struct items *items, size_t from);
/* Puts the node into the bundle, the store or both, anywhere. */
void random_scatter(struct random *random, const char *name);

/* Puts in one fault, chosen at random. */
void random_fault(struct random *random);
/* The kinds of faults, grouped in files. */
struct fault {
    const char *name;
    unsigned weight;
    void (*put)(struct random *random);
};
extern const struct fault random_certificate_faults[];
extern const struct fault random_surrounding_faults[];
extern const struct fault random_wider_faults[];

#endif
