/*
 * Two sides and two verdicts in, one predicted handshake out, for TLS 1.2 and 1.3.
 *
 * Knows messages and roles, not stacks: whatever differs between stacks is read from struct mtl_stack.
 */
#ifndef MTL_HANDSHAKE_HANDSHAKE_H
#define MTL_HANDSHAKE_HANDSHAKE_H

#include "base/base.h"
#include "cert/cert.h"
#include "path/path.h"
#include "stack/stack.h"
#include "store/store.h"

/* ASK: a certificate is asked for, and whatever comes is accepted. */
enum mtl_verify { MTL_VERIFY_REQUIRED, MTL_VERIFY_OPTIONAL, MTL_VERIFY_NONE, MTL_VERIFY_ASK };

/* Does a client send server_name? What the project file says counts more than the stack's default, see enum mtl_asks.
 */
enum mtl_naming { MTL_NAMING_OF_STACK, MTL_NAMING_ALWAYS, MTL_NAMING_NEVER };

/* One end of a handshake with its files loaded and its stack chosen. Pointers may be NULL: not given. */
struct mtl_side {
    enum mtl_role role;
    const char *label; /* how messages call it: "orders" (from the leaf's name) or "the client" */
    const struct mtl_stack *stack;
    const struct mtl_stack *const *stacks; /* of a side that varies, see matrix.h: those to try; NULL: all that can */
    size_t stack_count;
    const struct mtl_material *presents; /* certs[0] is the leaf */
    const struct mtl_material *key;
    const struct mtl_material *default_presents; /* of a server, to clients that send no server_name; NULL: the same */
    const struct mtl_material *default_key;
    enum mtl_naming naming;            /* of a client */
    const struct mtl_material *trusts; /* NULL: this side's judgement is left out, and the output says so */
    const struct mtl_material *crls;
    enum mtl_verify verify; /* of the peer's certificate */
    int depth;              /* -1: the stack's default */
};

struct mtl_handshake_question {
    struct mtl_side sides[2]; /* by enum mtl_role */
    const char *server_name;  /* what the client expects; NULL: not checked, and the output says so */
    mtl_time now;
    const struct mtl_material *const *also; /* other files that a fix may draw on */
    size_t also_count;
    struct mtl_crypto *crypto;
    struct mtl_memory *memory; /* shared by predictions from the same files, name and time; NULL: each judges anew */
};

/* What predictions have found out that others can use again. Lives in arena. */
struct mtl_memory *mtl_memory_new(struct mtl_arena *arena);

enum mtl_outcome { MTL_ESTABLISHED, MTL_HANDSHAKE_REJECTED, MTL_UNDETERMINED };
enum mtl_moment { MTL_MOMENT_NONE, MTL_MOMENT_HANDSHAKE, MTL_MOMENT_AFTER_HANDSHAKE, MTL_MOMENT_REQUEST };

/* One message of the ladder. */
struct mtl_event {
    enum mtl_role sender;
    const char *message; /* RFC 8446 / 5246 name: "ClientHello", "CertificateRequest", "Alert" */
    const char *detail;  /* "orders, Acme Clients CA 2026"; may be NULL */
    bool is_rejection;   /* the alert, reset or close */
    bool optional;       /* drawn, but depends on resumption or the like */
};

/* A change that makes the handshake work, or work further; judged before it is offered. */
enum mtl_fix_kind { MTL_FIX_FILES, MTL_FIX_NAME, MTL_FIX_NAMING, MTL_FIX_DEPTH, MTL_FIX_CLOCK };

struct mtl_fix {
    enum mtl_fix_kind kind;      /* what it changes */
    const char *summary;         /* "trust both client CAs until every client is reissued" */
    const char *const *commands; /* lines to paste; NULL-terminated; empty if nothing can be pasted */
    bool verified;               /* the judgement of its result is `result` */
    const char *result;          /* "with it, TLS 1.2 and 1.3 are established" */
    bool widens_trust;           /* something more is trusted afterwards */
};

/* The predicted handshake for one TLS version. */
struct mtl_transcript {
    enum mtl_tls tls;
    const struct mtl_side *client, *server;
    enum mtl_outcome outcome;
    const char *headline;         /* who rejects what and why, in words; one line */
    const char *why_undetermined; /* a sentence; NULL otherwise */
    enum mtl_role rejected_by;    /* only if rejected */
    bool local;                   /* rejected by the side itself before any message: it does not start */
    enum mtl_surface surface;
    uint8_t alert;   /* 0: none */
    int http_status; /* 0: none */
    enum mtl_moment moment;
    const char *at_message; /* "client Certificate"; NULL */
    enum mtl_reason reason;
    const struct mtl_stack_reason *native; /* NULL: none */
    int native_depth;
    const struct mtl_loaded_cert *certificate; /* the one blamed; NULL */
    int certificate_index;                     /* in the chain as sent; -1: it is not among those sent */
    enum mtl_role certificate_owner;
    bool to_address; /* what the client expects is an IP address, which is no server_name (RFC 6066 3), sent or not */
    bool by_default; /* the server presents default_presents: it gets no server_name */
    const struct mtl_note *broken_block; /* of an own file that a side refuses to load; NULL */
    int client_sends;                    /* 1, 0, or -1: cannot be told */
    const char *client_sends_reason;
    const char *const *client_sees; /* NULL-terminated lists of log lines */
    const char *const *server_sees;
    const struct mtl_event *events;
    size_t event_count;
    enum mtl_evidence evidence;
    const char *const *assumptions; /* NULL-terminated sentences */
    /* the two decisions; NULL where nothing was judged */
    const struct mtl_verdict *verdict[2]; /* [MTL_CLIENT]: by the client on the server's certificate */
    struct mtl_chain sent[2];             /* what each side puts on the wire, after the stack's own completion */
    const struct mtl_fix *fixes;          /* best first */
    size_t fix_count;
    const char *advice; /* what to do in general where no file can be edited or found; NULL: nothing */
};

/* Predicts one TLS version. Lives in arena. Never fails: what cannot be told is MTL_UNDETERMINED with the reason. */
const struct mtl_transcript *mtl_handshake_predict(struct mtl_arena *arena,
                                                   const struct mtl_handshake_question *question, enum mtl_tls tls);
/* Of a rejection of the server: "nginx 1.22 sends no server_name, so payments presents default.pem"; otherwise NULL. */
const char *mtl_transcript_naming(struct mtl_arena *arena, const struct mtl_transcript *transcript);
/* mtl_reason_sentence() of its reason; more exact where the stack stumbles over the key of a certificate. */
const char *mtl_transcript_sentence(const struct mtl_transcript *transcript);

/*
 * The TLS versions of a mask (bit per enum mtl_tls) that both stacks have; all of the mask if they share none of them,
 * and so cannot connect.
 */
uint32_t mtl_handshake_versions(const struct mtl_handshake_question *question, uint32_t versions);

/* The words of the public reports, see docs/JSON.md; NULL for "none". */
const char *mtl_outcome_text(enum mtl_outcome outcome);
const char *mtl_moment_text(enum mtl_moment moment);
const char *mtl_surface_text(enum mtl_surface surface);
const char *mtl_evidence_text(enum mtl_evidence evidence);
const char *mtl_refusal_slug(enum mtl_refusal refusal);     /* "key-id"; NULL for a candidate that was taken */
const char *mtl_refusal_sentence(enum mtl_refusal refusal); /* "its key id is another" */

/* What mtl_handshake() of the library hands out: the question and one transcript per TLS version asked for. */
struct mtl_matrix;
struct mtl_first_break;
struct mtl_handshake {
    const struct mtl_handshake_question *question;
    const struct mtl_matrix *matrix; /* when asked for all stacks; then there are no transcripts here. NULL otherwise */
    const struct mtl_transcript *transcripts[MTL_TLS_COUNT];
    size_t count;
    const struct mtl_first_break
        *first_break; /* of what is established in all of them; NULL: none, or not looked for */
};

#endif
