/*
 * The contract of a rule: the only header a rule includes. One file in rules/ is one rule: a check function above its
 * metadata, `const struct mtl_rule rule_<file name>`.
 */
#ifndef MTL_LINT_RULE_H
#define MTL_LINT_RULE_H

#include "base/base.h"
#include "cert/cert.h"
#include "handshake/handshake.h"
#include "path/path.h"
#include "stack/stack.h"
#include "store/store.h"

enum mtl_severity { MTL_INFO, MTL_WARNING, MTL_ERROR };

/* What kind of thing a rule looks at; the runner calls check once for each. */
enum mtl_scope {
    MTL_SCOPE_BUNDLE, /* a file presented by a side: leaf and what comes with it */
    MTL_SCOPE_STORE,  /* a file or directory of trust anchors */
    MTL_SCOPE_PAIR,   /* a bundle judged against a trust store (--trust) */
};

/* How a file is used, told from its content or from the command line. */
enum mtl_use { MTL_USE_BUNDLE, MTL_USE_STORE, MTL_USE_KEY, MTL_USE_CRL, MTL_USE_NOTHING };

struct mtl_subject {
    enum mtl_scope scope;
    const struct mtl_material *material; /* the bundle, or the store */
    const struct mtl_material *trust;    /* PAIR: the trust store */
    const struct mtl_loaded_key *key;    /* the key that belongs to the bundle, if one was found or given */
    bool key_was_given;                  /* the key stands in the same file, or beside it under the same stem */
    const struct mtl_verdict *verdict;   /* PAIR */
    enum mtl_role role;                  /* of the bundle's owner; only if role_known */
    bool role_known;
};

/* Everything a check may ask about. */
struct mtl_lint {
    struct mtl_arena *arena;
    struct mtl_crypto *crypto;
    mtl_time now;
    int64_t horizon;                          /* seconds; "expiring" means before now + horizon */
    const struct mtl_material *const *inputs; /* all that was read, to say where a missing certificate lies */
    size_t input_count;
    const struct mtl_pool *everything; /* every certificate of every input */
    const struct mtl_stack *stack;     /* judged for */
};

struct mtl_place {
    struct mtl_source source;
    const char *note; /* what this line proves; NULL: the line to change */
};

struct mtl_rule;
struct mtl_finding {
    const struct mtl_rule *rule;
    enum mtl_severity severity;
    const char *message;        /* headline: who will reject what, in words */
    struct mtl_place places[4]; /* [0] the line to change, the others prove it */
    size_t place_count;
    const struct mtl_cert *cert;
    const char *const *evidence; /* NULL-terminated lines: subject, issuer, key ids */
    const char *why;             /* one sentence: which side, which alert, when */
    const char *const *fix;      /* NULL-terminated lines to paste; NULL: none */
    bool fix_verified;
};

struct mtl_report; /* collects findings */
/* Adds a finding; what it points to must live in lint->arena. severity defaults to the rule's if 0 is meant: copy it.
 */
void mtl_report_add(struct mtl_report *report, const struct mtl_finding *finding);

struct mtl_rule {
    const char *code;  /* "MTL104", never reused */
    const char *name;  /* "missing-intermediate": the file name with dashes, the fixture folder, the page */
    const char *title; /* one line */
    enum mtl_severity severity;
    enum mtl_scope scope;
    const char *rationale;  /* why it breaks, for the page */
    const char *fix;        /* what to do, in general */
    const char *references; /* "RFC 5246 7.4.2; RFC 8446 4.4.2" */
    void (*check)(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report);
};

#endif
