/*
 * What the parts of one prediction share. Internal to src/handshake.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_HANDSHAKE_SCENE_H
#define MTL_HANDSHAKE_SCENE_H

#include "handshake/handshake.h"

/* How far a handshake gets: the decisions of both sides, in the order they are made in TLS 1.2 and 1.3 alike. */
enum mtl_stage {
    MTL_STAGE_START,              /* each program loads its own files */
    MTL_STAGE_HELLO,              /* the server chooses how to prove itself */
    MTL_STAGE_SERVER_SENDS,       /* the server builds its Certificate message */
    MTL_STAGE_SERVER_CERTIFICATE, /* the client judges it */
    MTL_STAGE_SERVER_PROOF,       /* the client checks the server's signature over the handshake */
    MTL_STAGE_SERVER_FLIGHT,      /* the client looks at the server's flight as a whole */
    MTL_STAGE_CLIENT_SENDS,       /* the client builds its Certificate message */
    MTL_STAGE_CLIENT_DONE,        /* in TLS 1.3 the client's program looks at what its library let pass */
    MTL_STAGE_CLIENT_CERTIFICATE, /* the server judges it */
    MTL_STAGE_CLIENT_VERIFY,      /* the server checks CertificateVerify */
    MTL_STAGE_AFTERWARDS,         /* programs look at what their libraries let pass, see judges_late */
    MTL_STAGE_DONE,
};

/* prepare.c: what a side makes of its own files. */
struct mtl_docket;
struct mtl_prepared {
    struct mtl_side side;
    enum mtl_reason refusal; /* see mtl_own_refusal() */
    const struct mtl_loaded_cert *blamed;
    const struct mtl_note *broken;
    const struct mtl_stack_reason *words; /* for the refusal to read a certificate; otherwise NULL */
    const char *doubt;                    /* why it cannot be told what it sends; NULL */
    struct mtl_chain sent;
    bool sends_broken;                  /* see sends_blocks_undecoded */
    size_t broken_index;                /* where in what it sends */
    const struct mtl_material *trusted; /* see mtl_side_trusted() */
    const struct mtl_store *store;      /* NULL: its trust is not given */
    struct mtl_docket *docket;          /* the verdicts reached so far */
};

/* What the client does when it is asked for its certificate. */
enum mtl_answer {
    MTL_ANSWER_NOT_REACHED, /* the handshake does not get that far */
    MTL_ANSWER_NOT_ASKED,
    MTL_ANSWER_CHAIN,
    /* an empty message, since: */
    MTL_ANSWER_NO_CERTIFICATE,
    MTL_ANSWER_UNFIT, /* for its own library */
    MTL_ANSWER_NO_ALGORITHM,
    MTL_ANSWER_NOT_FOR_SIGNING,
    MTL_ANSWER_FAULTY,   /* in its own judgement */
    MTL_ANSWER_OTHER_CA, /* than those that the server names */
    /* nothing: */
    MTL_ANSWER_WEAK_CHAIN,
};

struct mtl_scene {
    struct mtl_arena *arena;
    const struct mtl_handshake_question *question;
    enum mtl_tls tls;
    enum mtl_stage stage;
    const struct mtl_prepared *prepared[2]; /* by enum mtl_role */
    bool unjudged[2];                       /* [verifier]: it would judge, but its trust was not given */
    enum mtl_answer answer;
    bool asks_client;             /* the server sends a CertificateRequest */
    bool passed_over;             /* a certificate of the peer, see passes_over_unknown_signatures */
    bool unreadable;              /* the rejecting side could not decode a certificate */
    bool broken;                  /* the rejecting side met a block that does not decode at all */
    bool misses_scheme;           /* the server has none for its key that its client offers */
    bool not_for_signing;         /* the rejecting side refuses a leaf without digitalSignature, see usage */
    const char *doubt;            /* why it cannot be told which certificate the server presents; NULL */
    enum mtl_reason own_weakness; /* why a side cannot send its own chain */
    struct mtl_transcript *out;
};

/*
 * headline.c: a trusted candidate that bears the wanted name and was refused; one whose key fits comes first. NULL:
 * none.
 */
const struct mtl_candidate *mtl_trusted_namesake(const struct mtl_verdict *verdict);

static inline enum mtl_role
mtl_other_role(enum mtl_role role)
{
    return role == MTL_CLIENT ? MTL_SERVER : MTL_CLIENT;
}

static inline const struct mtl_side *
mtl_scene_side(const struct mtl_scene *scene, enum mtl_role role)
{
    return &scene->question->sides[role];
}

/* handshake.c: the prediction without fixes; *stage says how far it got. */
struct mtl_transcript *mtl_handshake_walk(struct mtl_arena *arena, const struct mtl_handshake_question *question,
                                          enum mtl_tls tls, enum mtl_stage *stage);

/* predict.c: the same in two parts: the decisions, made in *out, and the words for them. */
struct mtl_scene mtl_scene_play(struct mtl_arena *arena, const struct mtl_handshake_question *question,
                                enum mtl_tls tls, struct mtl_transcript *out);
void mtl_scene_describe(struct mtl_scene *scene);

/* asked.c: does the client send no server_name, as far as is known? */
bool mtl_server_is_asked_without_name(const struct mtl_handshake_question *question);
/* asked.c: why it is not known which certificate of two the client gets; NULL: it is. */
const char *mtl_naming_doubt(struct mtl_arena *arena, const struct mtl_handshake_question *question);
/* asked.c: the question with the server's default certificate as its own. */
const struct mtl_handshake_question *mtl_question_by_default(struct mtl_arena *arena,
                                                             const struct mtl_handshake_question *question);
/* asked.c: is it an IP address, which no server_name can be (RFC 6066 3)? host may be NULL. */
bool mtl_host_is_no_server_name(const char *host);

/* What becomes of the proof that a side owns its key. */
struct mtl_proof_fate {
    enum mtl_role by;       /* who ends the handshake */
    enum mtl_reason reason; /* NONE: nobody does */
    bool is_unknown;
    uint8_t alert;
    enum mtl_surface surface; /* NONE: as the alert says */
};

/* receive.c: the end of a handshake. All but the first return false, so that a step can return them. */
void mtl_scene_blame(struct mtl_scene *scene, const struct mtl_loaded_cert *cert, enum mtl_role owner);
bool mtl_scene_reject(struct mtl_scene *scene, enum mtl_role by, enum mtl_reason reason, uint8_t alert);
bool mtl_scene_give_up(struct mtl_scene *scene, const char *why);
bool mtl_scene_refuse_proof(struct mtl_scene *scene, enum mtl_role owner, const struct mtl_proof_fate *fate);
/* receive.c: the verifier has got the peer's Certificate message; does the handshake go on? */
bool mtl_scene_look_at(struct mtl_scene *scene, enum mtl_role verifier);
/* receive.c: likewise, of one that judges when it has seen the proof; it belongs to the Certificate message still. */
bool mtl_scene_judge_behind_proof(struct mtl_scene *scene, enum mtl_role verifier);
/* receive.c: the judgement itself. */
bool mtl_scene_judge(struct mtl_scene *scene, enum mtl_role verifier);
/* receive.c: is the peer's leaf for signing, where the stack asks that? */
bool mtl_scene_accepts_usage(struct mtl_scene *scene, enum mtl_role verifier);

/* prepare.c: found in the question's memory, or made. */
const struct mtl_prepared *mtl_side_prepare(struct mtl_arena *arena, const struct mtl_handshake_question *question,
                                            const struct mtl_side *side);
/* prepare.c: on a chain that is another side's `sent`; doubt receives mtl_verdict_doubt(). */
const struct mtl_verdict *mtl_prepared_judge(struct mtl_arena *arena, const struct mtl_handshake_question *question,
                                             const struct mtl_prepared *verifier, struct mtl_chain chain,
                                             const char **doubt);
/* prepare.c: is the chain, or the rest of it behind the leaf, known to be read without a word? The caller finds out. */
bool *mtl_prepared_readable(struct mtl_arena *arena, const struct mtl_prepared *verifier, struct mtl_chain chain,
                            enum mtl_tls tls, bool is_rest);

/* own.c: what a side finds wrong with its own files before any message, and where. NONE: nothing. */
enum mtl_reason mtl_own_refusal(const struct mtl_side *side, const struct mtl_material *trusted,
                                const struct mtl_loaded_cert **blamed, const struct mtl_note **broken);
/* own.c: the question without the files that a side's program does without, see goes_on_without. */
const struct mtl_handshake_question *mtl_question_as_loaded(struct mtl_arena *arena,
                                                            const struct mtl_handshake_question *question);
/* own_crls.c: why a program that verifies its CRLs when it loads them does not start; NONE: it does. */
enum mtl_reason mtl_own_crls_refusal(const struct mtl_handshake_question *question, const struct mtl_material *trusted,
                                     const struct mtl_side *side);
/* prepare.c: of how many of its CRLs the side's stack makes use: the first, or all. */
size_t mtl_side_crl_count(const struct mtl_side *side);
/* own.c: is the private key readable, and not that of the leaf? */
bool mtl_side_key_is_another(const struct mtl_side *side);
/* own.c: is it at least a key of the leaf's kind, so that the peer notices by the signature only? */
bool mtl_side_key_is_alike(const struct mtl_side *side, enum mtl_tls tls);
/* own.c: the first certificate of a chain that is below the side's own security level. */
enum mtl_reason mtl_own_weakness(const struct mtl_side *side, struct mtl_chain chain,
                                 const struct mtl_loaded_cert **blamed);

/* reading.c: why the stack does not take such a leaf, the peer's or its own; NONE: it does. */
enum mtl_reason mtl_stack_refuses_leaf(const struct mtl_stack *stack, const struct mtl_cert *leaf);
/* reading.c: why the stack cannot decode a peer's certificate, as far as it tells why; NONE: it can. */
enum mtl_reason mtl_stack_cannot_read(const struct mtl_stack *stack, enum mtl_tls tls, const struct mtl_cert *cert,
                                      bool is_leaf);
/* reading.c: what the stack calls that reason; the text may be about this certificate. NULL: it has no words for it */
const struct mtl_stack_reason *mtl_reading_words(struct mtl_arena *arena, const struct mtl_stack *stack,
                                                 enum mtl_reason reason, const struct mtl_cert *cert);
/* reading.c: likewise, of the key of a peer's leaf where failures are let pass: see needs_leaf_key. */
const char *mtl_leaf_key_doubt(const struct mtl_side *verifier, struct mtl_chain chain);
/* reading.c: a sentence, if it is not known whether the stack can decode the certificate; otherwise NULL. */
const char *mtl_reading_doubt(struct mtl_arena *arena, const struct mtl_stack *stack, const struct mtl_cert *cert);
/* reading.c: one for whatever does not decode, or that of the reason. */
uint8_t mtl_unreadable_alert(const struct mtl_scene *scene, enum mtl_role verifier);
/* reading.c: what the stack says of a chain that is not accepted; NULL: that is not known. */
const struct mtl_stack_reason *mtl_verdict_words(struct mtl_arena *arena, const struct mtl_stack *stack,
                                                 const struct mtl_verdict *verdict);
/* reading.c: the chain as that reader sees it, in arena; the same if it passes over no certificate's extensions. */
struct mtl_chain mtl_chain_as_read(struct mtl_arena *arena, const struct mtl_reading *reading, struct mtl_chain chain);
/* reading.c: why the verdict cannot be trusted, also because of a certificate in the trust store; NULL: it can. */
const char *mtl_verdict_doubt(struct mtl_arena *arena, const struct mtl_stack *stack,
                              const struct mtl_verdict *verdict);
/* reading.c: what the side's stack takes from its trust store; NULL if that was not given. */
const struct mtl_material *mtl_side_trusted(struct mtl_arena *arena, const struct mtl_side *side, mtl_time now);
/* present.c: what a side with that trust store puts on the wire. Empty when it presents nothing. */
struct mtl_chain mtl_side_sends(struct mtl_arena *arena, const struct mtl_handshake_question *question,
                                const struct mtl_side *side, const struct mtl_store *store);
/* present.c: the trust store as the side's stack finds it, from what mtl_side_trusted() says. */
const struct mtl_store *mtl_side_store(struct mtl_arena *arena, const struct mtl_side *side,
                                       const struct mtl_material *trusted);
/* present.c: does the stack find nothing in the side's directory of CAs, because its files have no hashed names? */
bool mtl_side_misses_hashes(const struct mtl_side *side);
/* present.c: has the side a lone leaf that its stack completes from its own trust? */
bool mtl_side_completes_chain(const struct mtl_side *side);

/*
 * assumed.c: what a stack that is told from documents does with the certificate, or with the chain that the verifier
 * has judged, is left open by these: a sentence; NULL: it is not.
 */
const char *mtl_assumed_doubt_of_cert(struct mtl_arena *arena, const struct mtl_stack *stack,
                                      const struct mtl_cert *cert);
const char *mtl_assumed_doubt_of_verdict(const struct mtl_scene *scene, enum mtl_role verifier);

/* moments.c: when the role's program judges what it leaves out of its library's verification. */
enum mtl_late_moment mtl_scene_late_moment(const struct mtl_scene *scene, enum mtl_role role);
/* moments.c: does it judge this (MTL_LATE_*) then? */
bool mtl_scene_judges_late(const struct mtl_scene *scene, enum mtl_role role, unsigned what);
/* moments.c: the message that a side has before it when it rejects; NULL: none. */
const char *mtl_scene_message(const struct mtl_scene *scene, enum mtl_role by);
/* moments.c: is it about a name that the program compares when its library is done, and has that not happened yet? */
bool mtl_scene_compares_later(const struct mtl_scene *scene, enum mtl_role verifier, enum mtl_reason reason);
/* moments.c: when the peer learns of a rejection made now. */
enum mtl_moment mtl_scene_moment(const struct mtl_scene *scene, enum mtl_role by);
/* moments.c: how a rejection without an alert, made now, shows to the peer. */
enum mtl_surface mtl_scene_silent_end(const struct mtl_scene *scene, enum mtl_role by);
/* proof.c: what becomes of the owner's proof. */
struct mtl_proof_fate mtl_proof_fate(const struct mtl_side *owner, const struct mtl_side *verifier, enum mtl_tls tls);
/* proof.c: TOO_LARGE or TOO_MANY; NONE: the receiver takes such a Certificate message. */
enum mtl_reason mtl_size_refusal(const struct mtl_stack *stack, enum mtl_role receiver, struct mtl_chain chain,
                                 enum mtl_tls tls);
/* proof.c: the server's alert for the name that the client asks for; 0: none. host may be NULL. */
uint8_t mtl_host_alert(const struct mtl_stack *server, const struct mtl_stack *client, const char *host);
/* proof.c: is it not known whether the client asks for the host as the server would refuse it? */
bool mtl_host_is_in_doubt(const struct mtl_stack *server, const struct mtl_stack *client, const char *host);
/* proof.c: does a client not even start, since that is no host's name? */
bool mtl_client_refuses_host(const struct mtl_stack *client, const char *host);
/* proof.c: octets of the names of the CAs in a CertificateRequest of that server. */
size_t mtl_ca_names_size(const struct mtl_side *server);
/* select.c: does it sign on its key's curve in the scheme of another one? */
bool mtl_side_misnames_curve(const struct mtl_side *side, enum mtl_tls tls);
/* select.c: is its key on a curve of schemes that few clients offer, see scheme_curves? */
bool mtl_server_needs_scheme(const struct mtl_side *server, enum mtl_tls tls);
/* select.c: is the server's key on a curve that the client does not offer, though it is sent? */
bool mtl_server_curve_is_not_offered(const struct mtl_side *server, const struct mtl_side *client, enum mtl_tls tls);

/* select.c: would the peer take a proof made with such a key? */
bool mtl_peer_accepts_key(const struct mtl_side *owner, const struct mtl_side *peer);
/* select.c: and on such a curve, where the scheme of the signature names one? */
bool mtl_peer_accepts_curve(const struct mtl_side *owner, const struct mtl_side *peer, enum mtl_tls tls);
/* select.c: has it a keyUsage without digitalSignature? Not if it has several. */
bool mtl_leaf_is_not_for_signing(const struct mtl_cert *leaf);
/* select.c: does the verifier refuse the peer's leaf for that, in its role and version? */
bool mtl_stack_refuses_usage(const struct mtl_stack *stack, enum mtl_role verifier, enum mtl_tls tls,
                             const struct mtl_cert *leaf);
/* select.c: the alert of a server that has no certificate; 0: it closes */
uint8_t mtl_stack_alone_alert(const struct mtl_stack *stack, enum mtl_tls tls);
/* select.c: can this certificate prove its owner's identity to that client in that version? */
bool mtl_server_can_prove(const struct mtl_side *server, const struct mtl_side *client, enum mtl_tls tls);
/* select.c: does the client not even start, since its leaf's keyUsage keeps it from signing? */
bool mtl_client_needs_other_certificate(const struct mtl_side *client, enum mtl_tls tls);
/* select.c: does the client give up when it is to sign, since its leaf's keyUsage keeps it from that? */
bool mtl_client_trips_over_usage(const struct mtl_side *client, enum mtl_tls tls);
/* select.c: does the client answer a CertificateRequest with its chain, or why not? */
enum mtl_answer mtl_client_answers(struct mtl_arena *arena, const struct mtl_handshake_question *question,
                                   struct mtl_chain sent, enum mtl_tls tls);
/* select.c: a sentence. */
const char *mtl_answer_text(struct mtl_arena *arena, const struct mtl_handshake_question *question, enum mtl_tls tls,
                            enum mtl_answer answer);
/* select.c: does the side notice at its own proof that it cannot sign? */
bool mtl_side_finds_no_scheme(const struct mtl_side *side, enum mtl_tls tls);
bool mtl_client_curve_refused(const struct mtl_handshake_question *question, enum mtl_tls tls);
/* select.c: does that stack refuse a signature over the handshake by the owner's leaf, for its keyUsage? */
bool mtl_proof_needs_digital_signature(const struct mtl_stack *verifier, const struct mtl_side *owner);
bool mtl_server_leaf_cannot_sign(const struct mtl_side *server, enum mtl_tls tls);

/* messages.c, words.c, assumptions.c, headline.c: fill in the transcript from the decisions made. */
void mtl_scene_write_events(struct mtl_scene *scene);
/* messages.c: of a Certificate message without its header, in octets. */
size_t mtl_certificate_message_size(struct mtl_chain chain, enum mtl_tls tls);
void mtl_scene_write_words(struct mtl_scene *scene);
void mtl_scene_write_assumptions(struct mtl_scene *scene);
void mtl_transcript_write_headline(struct mtl_arena *arena, struct mtl_transcript *transcript);

/* A growing NULL-terminated list of strings. */
struct mtl_lines {
    const char **items;
    size_t count, capacity;
};
void mtl_lines_add(struct mtl_arena *arena, struct mtl_lines *lines, const char *line);
/* Never NULL. */
const char *const *mtl_lines_end(struct mtl_arena *arena, struct mtl_lines *lines);

#endif
