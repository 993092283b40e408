/*
 * The contract of a rule: the only header a rule includes. One file in rules/ is one rule: a check function above its
 * metadata, `const struct mtl_rule rule_<file name>`.
 *
 * A check looks at one subject and describes each defect through the mtl_report_*() calls below, in this order:
 * mtl_report_begin(), then severity, evidence, other places, why, fix. It prints nothing and changes nothing.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_LINT_RULE_H
#define MTL_LINT_RULE_H

#include "base/base.h"
#include "cert/cert.h"
#include "cert/forms.h"
#include "handshake/first_break.h"
#include "handshake/handshake.h"
#include "lint/connection.h"
#include "path/path.h"
#include "stack/stack.h"
#include "store/store.h"

/* error: a handshake fails for the declared or most common peers. warning: for some, or soon. info: hygiene. */
enum mtl_severity { MTL_INFO, MTL_WARNING, MTL_ERROR };

/* What a rule looks at; a rule may name several. The runner calls check once for each subject of such a scope. */
enum mtl_scope {
    MTL_SCOPE_FILE = 1 << 0,        /* any file that was read, whatever it holds: notes of the readers, keys, CRLs */
    MTL_SCOPE_BUNDLE = 1 << 1,      /* a file presented by a side: leaf and what comes with it */
    MTL_SCOPE_STORE = 1 << 2,       /* a file or directory of trust anchors */
    MTL_SCOPE_PAIR = 1 << 3,        /* a bundle judged against the trust store given with --trust */
    MTL_SCOPE_CERT = 1 << 4,        /* each certificate once, where it was read first: for what its own bytes show */
    MTL_SCOPE_HANDSHAKE = 1 << 5,   /* each handshake of the project file */
    MTL_SCOPE_SUPPRESSION = 1 << 6, /* each remark that hides findings, after all other rules */
};

/* How a file is used, told from its content or from the command line. */
enum mtl_use {
    MTL_USE_NOTHING, /* holds nothing that is judged */
    MTL_USE_BUNDLE,  /* holds an end-entity certificate */
    MTL_USE_STORE,   /* certificates of authorities, at least one of them self-signed; or given with --trust */
    MTL_USE_ISSUERS, /* intermediates only: material to complete a bundle with, neither sent nor trusted alone */
    MTL_USE_KEY,
    MTL_USE_CRL,
};

/* One file, or one hashed directory, or the directory given with --trust. */
struct mtl_input {
    const struct mtl_material *material;
    enum mtl_use use;
    bool in_role[2];  /* by enum mtl_role: the project file says that it is presented in that role */
    bool judges[2];   /* and of a trust store, that it judges peers in that role */
    bool is_declared; /* the project file or --trust says what it is used for */
    bool is_found;    /* in a directory: nobody named it */
};

/* Everything a check may ask about. */
struct mtl_lint {
    struct mtl_arena *arena;
    struct mtl_crypto *crypto;
    mtl_time now;
    bool is_dated;                 /* somebody chose that time: commands that are offered say it */
    bool is_isolated;              /* commands that are offered are to read no project file, or not that of this run */
    int64_t horizon;               /* seconds; "expiring" means before now + horizon */
    const struct mtl_stack *stack; /* judged for */
    const struct mtl_input *files; /* all that was read, by path */
    size_t file_count;
    const struct mtl_pool *everything; /* every certificate of every file, each once, where it was read first */
    const struct mtl_pool *copies;     /* every copy of them */
    const struct mtl_serials *serials; /* of everything */
    const struct mtl_issued *issued;   /* by issuer; NULL: nothing asks for it */
    bool has_usable_root;              /* some file holds a root that is valid now */
    struct mtl_pairs *pairs;           /* what mtl_rule_issued() said last; NULL: nothing is remembered */
    const char *name;                  /* the host that clients ask servers for; NULL: not known */
    int depth;                         /* intermediates that peers were said to allow; -1: nothing was said */
    bool verifying;                    /* a fix is being tried out: offer no fixes */
    bool as_public;                    /* every authority counts as one that browsers trust */
    bool strict;                       /* what RFC 5280 or, for public ones, the CA/Browser Forum forbids is an error */
    const char *root;                  /* paths below it are told apart relative to it; NULL: as they are */
};

/* What a check looks at. */
struct mtl_subject {
    enum mtl_scope scope;
    const struct mtl_material *material; /* the file, the bundle, or the store; of a CERT, where it stands */
    const struct mtl_loaded_cert *cert;  /* CERT: the certificate */
    const struct mtl_pool *pool;         /* its certificates by name; not for FILE and CERT */
    enum mtl_use use;
    size_t leaf; /* BUNDLE, PAIR, CERT of a bundle: index of the certificate the owner means to present */
    /*
     * BUNDLE, PAIR: per certificate, whether it lies on a chain from one of the end entities upwards. Intermediates in
     * other files bridge gaps.
     */
    const bool *reachable;
    const struct mtl_loaded_key *key; /* the key that belongs to the bundle; NULL: none known */
    bool key_fits;                    /* it is the leaf's; otherwise it stands in the file or beside it, but is not */
    bool key_is_named;                /* somebody said so: other end entities do not belong to the bundle */
    enum mtl_role role;               /* of the bundle's owner; only if role_known */
    bool role_known;                  /* declared, or the leaf's extKeyUsage leaves one role only */
    bool role_declared;
    const struct mtl_material *trust;          /* PAIR: the trust store */
    const struct mtl_verdict *verdict;         /* PAIR */
    struct mtl_survey *survey;                 /* BUNDLE, PAIR, CERT of a bundle: filled when asked */
    const struct mtl_connection *connection;   /* HANDSHAKE */
    const struct mtl_endings *endings;         /* HANDSHAKE */
    const struct mtl_suppression *suppression; /* SUPPRESSION */
};

#define MTL_MAX_SUPPRESSED_RULES 16U
/* "# mtlslint: ignore=MTL203,MTL601 until=2027-03-01 reason="OPS-1234"" */
struct mtl_suppression {
    struct mtl_source source; /* where it stands */
    const char *fault;        /* why it is not understood; then it hides nothing. NULL: it is */
    const struct mtl_rule *rules[MTL_MAX_SUPPRESSED_RULES];
    size_t rule_count;
    bool is_for_file; /* for the whole file; otherwise for findings at: */
    unsigned line;
    bool has_end;
    mtl_time end;       /* the first second at which it does not hold any more */
    const char *until;  /* as written; NULL: none */
    const char *reason; /* safe to print; NULL: none */
    size_t met;         /* findings it is about, hidden or not */
    /* Of an entry of the project file, which is about findings wherever they are: */
    bool is_declared;
    bool is_in_view;     /* a file that the pattern covers was read */
    const char *folder;  /* that the pattern starts from; "" or ending with a slash */
    const char *pattern; /* as .gitignore has them; NULL: any file */
    const char *sha256;  /* the first hexadecimal digits of the certificate's; NULL: any */
};
bool mtl_suppression_has_expired(const struct mtl_lint *lint, const struct mtl_suppression *suppression);

/* ---- questions a check asks ----------------------------------------------------------------------------------- */

/* The certificate the bundle's owner presents. */
const struct mtl_loaded_cert *mtl_subject_leaf(const struct mtl_subject *subject);
/* Where a certificate of the subject's pool stands in its material. */
size_t mtl_subject_index(const struct mtl_subject *subject, const struct mtl_loaded_cert *cert);
/* Is it meant to issue others? cA, or keyCertSign, or a self-issued certificate older than version 3. */
bool mtl_rule_is_authority(const struct mtl_cert *cert);
/* Names and key ids fit, and the issuer's key verifies the signature. */
bool mtl_rule_issued(const struct mtl_lint *lint, const struct mtl_cert *issuer, const struct mtl_cert *cert);
/*
 * The certificates of a pool that bear a name, in load order. No more than 64, so that hostile files cost no more than
 * honest ones.
 */
struct mtl_bearers {
    const struct mtl_pool *pool;
    struct mtl_slice name;
    uint64_t hash;
    size_t cursor, count;
};
struct mtl_bearers mtl_rule_bearers_of_issuer(const struct mtl_pool *pool, const struct mtl_cert *cert);
struct mtl_bearers mtl_rule_bearers_of_subject(const struct mtl_pool *pool, const struct mtl_cert *cert);
const struct mtl_loaded_cert *mtl_rule_next_bearer(struct mtl_bearers *bearers); /* NULL at the end */
/* The next of bearers_of_issuer(cert) that did issue cert, other than cert itself. */
const struct mtl_loaded_cert *mtl_rule_next_issuer(const struct mtl_lint *lint, struct mtl_bearers *bearers,
                                                   const struct mtl_cert *cert);
/* The first of them, or NULL. */
const struct mtl_loaded_cert *mtl_rule_issuer(const struct mtl_lint *lint, const struct mtl_pool *pool,
                                              const struct mtl_cert *cert);
/* BUNDLE: the first issuer of a certificate there that `is_unfit` and no root; `signed_by_it` is that certificate.
 * NULL: none. */
const struct mtl_loaded_cert *mtl_rule_unfit_issuer(const struct mtl_lint *lint, const struct mtl_subject *subject,
                                                    bool (*is_unfit)(const struct mtl_cert *issuer),
                                                    const struct mtl_loaded_cert **signed_by_it);
/*
 * A bearer of the issuer's name that is not the issuer, while none of those there is: name and key id are those that
 * cert names, but the signature does not verify; or the signature verifies, but the key id or serial number is another.
 */
const struct mtl_loaded_cert *mtl_rule_unverified_issuer(const struct mtl_lint *lint, const struct mtl_pool *pool,
                                                         const struct mtl_cert *cert);
const struct mtl_loaded_cert *mtl_rule_misnamed_issuer(const struct mtl_lint *lint, const struct mtl_pool *pool,
                                                       const struct mtl_cert *cert);
/* The intermediate that issued cert, from any file, one that has not expired if there is any; NULL if a root issued it
 * too, or none is known. */
const struct mtl_loaded_cert *mtl_rule_intermediate_above(const struct mtl_lint *lint, const struct mtl_cert *cert);
/* The last certificate of the bundle's chain, from the leaf upwards; the leaf itself if the bundle has no issuer. */
const struct mtl_loaded_cert *mtl_rule_top_of_chain(const struct mtl_lint *lint, const struct mtl_subject *subject);
/* Some file holds this certificate together with its issuer. */
bool mtl_rule_is_complete_elsewhere(const struct mtl_lint *lint, const struct mtl_cert *cert);
/* A certificate in the pool with the same subject and key, valid now and longer than cert; NULL: none. */
const struct mtl_loaded_cert *mtl_rule_successor(const struct mtl_lint *lint, const struct mtl_pool *pool,
                                                 const struct mtl_cert *cert);
/* The first certificate read that has the same issuer and serial number, and is another one; NULL: none. */
const struct mtl_loaded_cert *mtl_rule_same_serial(const struct mtl_lint *lint, const struct mtl_loaded_cert *cert);
/* Of what lies in a directory: did it issue so many of the certificates that were read, itself not counted? */
bool mtl_rule_has_issued(const struct mtl_lint *lint, const struct mtl_cert *issuer, size_t count);
/* BUNDLE: a leaf alone in its file, in a directory, together with this intermediate above it; NULL: it is not so. */
const struct mtl_loaded_cert *mtl_rule_loose_issuer(const struct mtl_subject *subject);
/* STORE: a root alone in its file, in a directory, while others are valid and nothing that was read is below it? */
bool mtl_rule_is_spare_root(const struct mtl_lint *lint, const struct mtl_subject *subject);
/* By the stack's own reading of the last second. */
bool mtl_rule_has_expired(const struct mtl_lint *lint, const struct mtl_cert *cert);
/* Its end has a year of two digits, and was meant a hundred years later: it comes before its start. Not "expired". */
bool mtl_rule_lost_a_century(const struct mtl_cert *cert);
/*
 * Valid, but not for long: ends within the horizon. Of a certificate made for less than the horizon only the last third
 * counts: it is renewed by a machine that needs no month of warning.
 */
bool mtl_rule_expires_soon(const struct mtl_lint *lint, const struct mtl_cert *cert);
/* Is there a self-signed certificate that is valid now? */
bool mtl_rule_has_usable_anchor(const struct mtl_lint *lint, const struct mtl_material *store);
/*
 * Can the bundle's chains do without this intermediate? It is above the leaf's own issuer and the last of its chain, so
 * that it may be a cross-certificate of a root peers have; or another with its name and key is valid.
 */
bool mtl_rule_may_be_spared(const struct mtl_lint *lint, const struct mtl_subject *subject,
                            const struct mtl_cert *intermediate);
/* The bundle's certificate at index is an intermediate on a chain from a leaf. */
bool mtl_rule_is_intermediate(const struct mtl_subject *subject, size_t index);
/* PAIR: the certificate the verdict blames; the presented one if it blames none. */
const struct mtl_loaded_cert *mtl_rule_blamed(const struct mtl_subject *subject);
/*
 * Does it chain to a root that browsers trust? Told by key ids: its own, or that of an issuer which stands in any file.
 * What binds only public authorities is not to be said of private ones, unless all are to be held to it.
 */
bool mtl_rule_is_public(const struct mtl_lint *lint, const struct mtl_cert *cert);
/* The next dNSName of a certificate, from mtl_cert_alt_names(); false at the end. */
bool mtl_rule_next_dns_name(struct mtl_general_names *names, struct mtl_slice *name);
/* The name as a peer would write it, to ask whether it is found; NULL: nobody can write it so. */
const char *mtl_rule_host(const struct mtl_lint *lint, struct mtl_slice name);
/* The first dNSName of which `is_bad` holds, as mtl_rule_host() writes it; NULL: none. `name`: the same, as it stands.
 */
const char *mtl_rule_first_host(const struct mtl_lint *lint, const struct mtl_cert *cert,
                                bool (*is_bad)(const char *host), struct mtl_slice *name);
/* Do its labels that begin with "xn--" stand for something? */
bool mtl_rule_is_readable_domain(const struct mtl_lint *lint, struct mtl_slice name);
/* What is wrong with the SPIFFE ID of a workload's certificate; NULL: nothing, or it has none. */
const char *mtl_rule_spiffe_fault(const struct mtl_lint *lint, const struct mtl_cert *cert);
/* An authority by its basicConstraints, and yet meant to be presented itself: it names hosts, and may do more than
 * sign. */
bool mtl_rule_is_leaf_with_ca_flag(const struct mtl_cert *cert);
/* HANDSHAKE, PAIR: the first moment up to until at which what works now is rejected. False: it is not. */
struct mtl_broken {
    mtl_time at;
    struct mtl_date date; /* what happens then */
    enum mtl_reason reason;
    const struct mtl_transcript *transcript; /* HANDSHAKE; otherwise NULL */
};
bool mtl_rule_first_break(const struct mtl_lint *lint, const struct mtl_subject *subject, mtl_time until,
                          struct mtl_broken *broken);
/* Is it time to speak of that date? Of what is made for less than the horizon only in the last third of its life. */
bool mtl_rule_is_due(const struct mtl_lint *lint, const struct mtl_date *date);
/* Can everybody on the machine read the file, as far as the modes of it and of its directory say? */
bool mtl_rule_is_open(const struct mtl_lint *lint, const char *path);
/* Is it in a repository of git? That keeps no modes but the executable bit: what it checks out everybody can read. */
bool mtl_rule_is_in_repository(const struct mtl_lint *lint, const char *path);
/* What the ending of a file's name says it holds: ".crt", ".pem", ".key"; in ASCII, whatever the case. */
bool mtl_rule_has_ending(const char *path, const char *ending);
/* Does it lie in certs.d/HOST, where container engines look for files by their endings? Not if hosts.toml does, too. */
bool mtl_rule_is_for_registry(const struct mtl_lint *lint, const char *path);
/* The path with another ending, and whether there is a file of that name. */
const char *mtl_rule_with_ending(const struct mtl_lint *lint, const char *path, const char *ending, bool *exists);
/* Are these a certificate and its key by their names, orders.crt and orders.key? Of what MTL010 compares. */
bool mtl_rule_have_one_stem(const char *path, const char *other);
/* The file a certificate stands in; NULL if it was not read from one. */
const struct mtl_input *mtl_rule_file(const struct mtl_lint *lint, const char *path);

/*
 * BUNDLE, PAIR: the first of these reasons, which end with MTL_REASON_NONE, for which RFC 5280 rejects the bundle's
 * best path to what its peers trust, or to the top of the chain where that is not known; NULL: none. *blamed is the
 * certificate that fails.
 */
const struct mtl_failure *mtl_rule_failure(const struct mtl_lint *lint, const struct mtl_subject *subject,
                                           const enum mtl_reason *reasons, const struct mtl_loaded_cert **blamed);

/* ---- CRLs ----------------------------------------------------------------------------------------------------- */

const char *mtl_rule_crl_issuer(const struct mtl_lint *lint, const struct mtl_crl *crl); /* safe to print */
/* Who signed it, of all certificates with its issuer's name; NULL: none. *named: the first with that name, or NULL. */
const struct mtl_loaded_cert *mtl_rule_crl_signer(const struct mtl_lint *lint, const struct mtl_crl *crl,
                                                  const struct mtl_loaded_cert **named);
/* Another CRL of that issuer and scope, in any file, is valid longer. */
bool mtl_rule_crl_is_replaced(const struct mtl_lint *lint, const struct mtl_loaded_crl *crl);

/* ---- stacks --------------------------------------------------------------------------------------------------- */

/* The stacks that a defect is about, of so many that were asked. */
struct mtl_hits {
    const struct mtl_stack *const *stacks; /* in order of id */
    size_t count, asked;
};
enum mtl_reach {
    MTL_REACH_UNKNOWN, /* no root is known that peers could trust */
    MTL_REACH_NONE,
    MTL_REACH_SOME,
    MTL_REACH_MOST, /* the stack judged for, or more than half */
};
/*
 * BUNDLE, PAIR: shows the bundle to every stack that can be its owner's peer, and tells how many reject it because of
 * this certificate (NULL: because of any). They trust what --trust names, or else the roots above the leaf in any file.
 * Names are not compared. The bundle is judged once, however many rules ask.
 */
enum mtl_reach mtl_rule_reach(const struct mtl_lint *lint, const struct mtl_subject *subject,
                              const struct mtl_loaded_cert *cert, struct mtl_hits *hits);
/*
 * Likewise, but only of those that reject it for one of these reasons, which end with MTL_REASON_NONE. Unknown also if
 * all stacks reject the bundle, and none for that: what they look at first hides the rest.
 */
enum mtl_reach mtl_rule_reach_for(const struct mtl_lint *lint, const struct mtl_subject *subject,
                                  const struct mtl_loaded_cert *cert, const enum mtl_reason *reasons,
                                  struct mtl_hits *hits);
/*
 * Likewise of those that reject the bundle as it is, but would accept this chain instead. Asked for more than a few
 * chains of one bundle, the rest is unknown; so is all of a bundle with hundreds of certificates.
 */
enum mtl_reach mtl_rule_reach_instead(const struct mtl_lint *lint, const struct mtl_subject *subject,
                                      struct mtl_chain better, struct mtl_hits *hits);
/* At worst, by their limits alone: which costs nothing, so ask it before the bundle is shown to them. */
enum mtl_reach mtl_rule_depth_bound(const struct mtl_lint *lint, size_t intermediates);
/* Likewise of those that reject it because so many intermediates are above what they allow by default. */
enum mtl_reach mtl_rule_reach_for_depth(const struct mtl_lint *lint, const struct mtl_subject *subject,
                                        size_t intermediates, struct mtl_hits *hits);
/* Likewise with the bundle's leaf first and each issuer after what it issued. */
enum mtl_reach mtl_rule_reach_in_order(const struct mtl_lint *lint, const struct mtl_subject *subject,
                                       struct mtl_hits *hits);
/* Likewise with the bundle without this certificate of it. */
enum mtl_reach mtl_rule_reach_without(const struct mtl_lint *lint, const struct mtl_subject *subject,
                                      const struct mtl_loaded_cert *cert, struct mtl_hits *hits);
/* Elsewhere: the stacks whose profile says so. */
struct mtl_hits mtl_rule_stacks_that(const struct mtl_lint *lint, bool (*would)(const struct mtl_stack *stack));
/* The stacks that refuse such a certificate, when it is received, for this reason. */
struct mtl_hits mtl_rule_stacks_that_refuse(const struct mtl_lint *lint, const struct mtl_cert *cert,
                                            enum mtl_reason reason);
/* The stacks whose verifier has this step. */
struct mtl_hits mtl_rule_stacks_with(const struct mtl_lint *lint, enum mtl_step step);
/* The stacks that do not find this host in the certificate, of those that can be clients. */
/* Does the certificate name the host as RFC 9525 has it: as dNSName, or an address as iPAddress? */
bool mtl_rule_names_host(const struct mtl_cert *cert, const char *host);
struct mtl_hits mtl_rule_clients_that_miss(const struct mtl_lint *lint, const struct mtl_cert *cert, const char *host);
/*
 * The stacks that can do nothing with such a key: a CA's, because they cannot verify a signature with it; a leaf's,
 * because its owner cannot prove it to them. Strength is not looked at.
 */
struct mtl_hits mtl_rule_stacks_without_key(const struct mtl_lint *lint, const struct mtl_cert *cert);

/* ---- texts ---------------------------------------------------------------------------------------------------- */

/* All results are safe to print and live in lint->arena. */
const char *mtl_rule_label(const struct mtl_lint *lint, const struct mtl_cert *cert);   /* "orders" */
const char *mtl_rule_subject(const struct mtl_lint *lint, const struct mtl_cert *cert); /* "CN=orders, O=Acme" */
const char *mtl_rule_issuer_name(const struct mtl_lint *lint, const struct mtl_cert *cert);
const char *mtl_rule_general_name(const struct mtl_lint *lint,
                                  const struct mtl_general_name *name); /* "dns a.example" */
const char *mtl_rule_path(const struct mtl_lint *lint, const char *path);
const char *mtl_rule_time(const struct mtl_lint *lint, mtl_time time); /* with "in 12 days" */
const char *mtl_rule_key_id(const struct mtl_lint *lint, const struct mtl_cert *cert, struct mtl_range key_id);
const char *mtl_rule_hex(const struct mtl_lint *lint, struct mtl_slice bytes); /* the first 24 octets */
/* "basicConstraints, keyUsage": of a mask with a bit per enum mtl_extension */
const char *mtl_rule_extensions(const struct mtl_lint *lint, uint32_t mask);
const char *mtl_rule_purposes(const struct mtl_lint *lint, const struct mtl_cert *cert); /* "serverAuth, clientAuth" */
/* The chain that decided: "orders -> Acme CA 2026", and " -> no issuer" where that is how it ends. */
const char *mtl_rule_chain(const struct mtl_lint *lint, const struct mtl_verdict *verdict);
/* Who receives the bundle: "clients", "servers", or "peers" when the role is not known. */
const char *mtl_rule_peers(const struct mtl_subject *subject);

/* HANDSHAKE: the connection's name; a side as its leaf calls it; versions and stacks that end so; why; when. */
const char *mtl_rule_connection(const struct mtl_lint *lint, const struct mtl_subject *subject);
const char *mtl_rule_side(const struct mtl_lint *lint, const struct mtl_subject *subject, enum mtl_role role);
const char *mtl_ending_versions(const struct mtl_ending *ending);
const char *mtl_ending_stacks(const struct mtl_lint *lint, const struct mtl_endings *endings,
                              const struct mtl_ending *ending);
const char *mtl_ending_why(const struct mtl_lint *lint, const struct mtl_ending *ending);
/* One transcript of it: what its peer sees and when; and when alone. */
const char *mtl_ending_manner(const struct mtl_lint *lint, const struct mtl_transcript *transcript);
const char *mtl_ending_moment(const struct mtl_lint *lint, const struct mtl_transcript *transcript);
/* HANDSHAKE: the line a human has to change. */
const struct mtl_fix *mtl_ending_fix(const struct mtl_transcript *transcript); /* the one to offer; NULL: none */
const struct mtl_source *mtl_ending_place(const struct mtl_subject *subject, const struct mtl_ending *ending);

/* ---- findings ------------------------------------------------------------------------------------------------- */

struct mtl_place {
    struct mtl_source source;
    unsigned total;   /* certificates in that file; 0: the place is not a certificate */
    const char *note; /* what this line proves; NULL for the first: the line to change */
};

#define MTL_MAX_PLACES 4
#define MTL_MAX_EVIDENCE 6
struct mtl_rule;
struct mtl_repair; /* see lint/lint.h */
struct mtl_finding {
    const struct mtl_rule *rule;
    enum mtl_severity severity;
    const char *message; /* headline: who will reject what, in words */
    struct mtl_place places[MTL_MAX_PLACES];
    size_t place_count;
    const struct mtl_cert *cert; /* NULL: not about a certificate */
    struct mtl_hits hits;        /* asked == 0: not known */
    const char *against;         /* path of the trust store, name of the handshake; NULL: none */
    const char *connection;      /* HANDSHAKE: its name; otherwise NULL */
    const char *fingerprint;     /* what identifies it from run to run, see mtl_findings_mark() */
    const char *evidence[MTL_MAX_EVIDENCE];
    size_t evidence_count;
    const char *why;                 /* which side, which alert, when; NULL: none */
    const char *fix;                 /* in words; NULL: none */
    const char *const *commands;     /* NULL-terminated lines to paste, verified; NULL: none */
    const struct mtl_repair *repair; /* what mends it besides; its commands are the finding's. NULL: nothing */
};

struct mtl_report; /* collects findings */
/* Begins a finding about a certificate of a file. The severity is the rule's until changed. */
void mtl_report_begin(struct mtl_report *report, const struct mtl_loaded_cert *cert, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Begins a finding about a place that is not a certificate. */
void mtl_report_begin_at(struct mtl_report *report, const struct mtl_source *source, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The calls below add to the finding begun last. What exceeds MTL_MAX_* is left out. */
void mtl_report_severity(struct mtl_report *report, enum mtl_severity severity);
/* Names the stacks that are hit. */
void mtl_report_hits(struct mtl_report *report, struct mtl_hits hits);
/*
 * mtl_rule_reach() as hits and severity: an error if most stacks reject it, a warning if some do, a note if none does;
 * where nothing is known, the severity stays.
 */
enum mtl_reach mtl_report_reach(struct mtl_report *report, const struct mtl_subject *subject,
                                const struct mtl_loaded_cert *cert);
enum mtl_reach mtl_report_reach_for(struct mtl_report *report, const struct mtl_subject *subject,
                                    const struct mtl_loaded_cert *cert, const enum mtl_reason *reasons);
/* mtl_rule_reach_without() */
enum mtl_reach mtl_report_reach_without(struct mtl_report *report, const struct mtl_subject *subject,
                                        const struct mtl_loaded_cert *cert);
/* Names the stacks that are hit, and sets the severity by how many they are, as above. */
void mtl_report_grade(struct mtl_report *report, struct mtl_hits hits);
void mtl_report_evidence(struct mtl_report *report, const char *format, ...) __attribute__((format(printf, 2, 3)));
void mtl_report_names(struct mtl_report *report, const struct mtl_cert *cert); /* subject, issuer, key ids */
void mtl_report_dates(struct mtl_report *report, const struct mtl_cert *cert);
void mtl_report_also(struct mtl_report *report, const struct mtl_source *source, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void mtl_report_why(struct mtl_report *report, const char *format, ...) __attribute__((format(printf, 2, 3)));
/*
 * CERT: a defect as profiles know it, by what verifiers call it and by what decoders trip over. Names the stacks that
 * reject the certificate for it, quotes one, and sets the severity: by mtl_rule_reach() where a bundle's peers can be
 * asked, and elsewhere by the stacks whose decoder refuses it. In a trust store it is a warning at most.
 */
enum { MTL_MAX_DEFECT = 6 };
struct mtl_defect {
    enum mtl_reason reasons[MTL_MAX_DEFECT];  /* up to MTL_REASON_NONE */
    enum mtl_oddity oddities[MTL_MAX_DEFECT]; /* up to MTL_ODD_NOTHING; they count as MTL_REASON_MALFORMED */
};
enum mtl_reach mtl_report_defect(const struct mtl_lint *lint, struct mtl_report *report,
                                 const struct mtl_subject *subject, const struct mtl_defect *defect);
/* CERT: its subject, its key, and mtl_report_grade(); in a trust store it is a warning at most. */
void mtl_report_key(const struct mtl_lint *lint, struct mtl_report *report, const struct mtl_subject *subject,
                    struct mtl_hits hits);
/*
 * One finding for each note of that kind on the file: "FILE headline". What stops OpenSSL from loading the file is an
 * error, anything else a warning. A file with many gets the first few and their number.
 */
void mtl_report_notes(const struct mtl_lint *lint, struct mtl_report *report, const struct mtl_subject *subject,
                      enum mtl_note_kind kind, const char *headline, const char *fix);
/* The stack's answer to this reason as the why: who sends which alert, when it is seen, and the native error. */
void mtl_report_rejection(struct mtl_report *report, const struct mtl_subject *subject, enum mtl_reason reason);
void mtl_report_fix(struct mtl_report *report, const char *format, ...) __attribute__((format(printf, 2, 3)));
/*
 * Offers commands that write a bundle with the leaf first, each certificate after what it issued, missing
 * intermediates taken from the other files, and no root, duplicate or unrelated certificate. The commands are carried
 * out in memory on the files' bytes and the result is linted (for a PAIR: judged); without a clean result nothing is
 * offered and false is returned.
 */
bool mtl_report_repair(struct mtl_report *report, const struct mtl_subject *subject);
/* Commands that were tried out; NULL-terminated; none is fine. */
void mtl_report_commands(struct mtl_report *report, const char *const *commands);
/* HANDSHAKE: a whole finding about a rejection, from its transcript; the severity may be changed afterwards. */
void mtl_report_ending(const struct mtl_lint *lint, struct mtl_report *report, const struct mtl_subject *subject,
                       const struct mtl_ending *ending);
/* HANDSHAKE: one for each ending of that kind, unless it depends on the stack: then stacks-disagree tells it. */
void mtl_report_endings(const struct mtl_lint *lint, struct mtl_report *report, const struct mtl_subject *subject,
                        enum mtl_ending_kind kind);

/* ---- the rule ------------------------------------------------------------------------------------------------- */

struct mtl_rule {
    const char *code;  /* "MTL104", never reused */
    const char *name;  /* "missing-intermediate": the file name with dashes, the fixture folder, the page */
    const char *title; /* one line */
    enum mtl_severity severity;
    bool forbidden;         /* by RFC 5280, or the CA/Browser Forum to public authorities: an error with --strict */
    unsigned scopes;        /* MTL_SCOPE_* */
    const char *rationale;  /* why it breaks, for the page */
    const char *fix;        /* what to do, in general */
    const char *references; /* "RFC 5246 7.4.2; RFC 8446 4.4.2" */
    void (*check)(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report);
};

#endif
