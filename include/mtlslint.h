/*
 * mtlslint: predicts TLS and mutual-TLS handshakes from files, offline. The only installed header.
 *
 * Everything is reached from a session and lives until mtl_session_free(). Functions that can fail return bool, true
 * meaning done, and fill in an error. Nothing here reads a clock, the environment or the network: time is an option.
 * Not thread-safe per session; sessions are independent of each other.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTLSLINT_H
#define MTLSLINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

const char *mtl_version(void);

struct mtl_session;
struct mtl_session *mtl_session_new(void);
void mtl_session_free(struct mtl_session *session);
/*
 * Opens key stores (PKCS#12) with the lines of this file, too, one password on each; otherwise with none, the empty one
 * and "changeit" only. Call it before what reads them; it counts more than the file that a project names. The session
 * overwrites them.
 */
bool mtl_session_read_passwords(struct mtl_session *session, const char *file);
/* Why the last call on this session that returned false did so: "path:line: what. What to do." Never NULL. */
const char *mtl_session_error(const struct mtl_session *session);

/* ---- the predicted handshake ---------------------------------------------------------------------------------- */

/* One side, by file name. NULL or 0 means: not given. Strings need to live only during the call. */
struct mtl_side_files {
    const char *cert;   /* certificate chain file, leaf first: PEM, DER, PKCS#7; or a key store: PKCS#12, JKS */
    const char *key;    /* private key, only matched against the leaf; NULL: that in a key store */
    const char *trust;  /* CA file or directory */
    const char *crl;    /* CRLs the side checks its peer's certificates against */
    const char *stack;  /* "openssl-3.0"; NULL: that; "go,nginx": each of them; "all": each that can play the role */
    const char *verify; /* of the peer: "required" (default), "optional" (server only), "none" */
    int depth;          /* intermediates allowed; 0 with has_depth unset: the stack's default */
    bool has_depth;
    const char *default_cert, *default_key; /* of a server: for clients that send no server_name; NULL: as cert, key */
    const char *sends_server_name;          /* of a client: "always", "never"; NULL: as its stack does by default */
};

struct mtl_handshake_request {
    struct mtl_side_files client, server;
    const char *server_name; /* DNS name or IP literal the client expects */
    const char *tls;         /* "1.2", "1.3"; NULL: both */
    int64_t now;             /* judged at; seconds since 1970 UTC */
    const char *const *also; /* other files or directories a fix may draw on */
    size_t also_count;
};

struct mtl_handshake;
/*
 * Predicts. A rejected handshake is a result, not an error. With "all" as a stack, each pair of stacks is predicted in
 * the versions that both have; fixes are then looked for once, for the largest group of pairs that are rejected.
 */
bool mtl_handshake(struct mtl_session *session, const struct mtl_handshake_request *request,
                   const struct mtl_handshake **handshake);

enum mtl_handshake_summary {
    MTL_ALL_ESTABLISHED,
    MTL_SOME_REJECTED,
    MTL_SOME_UNDETERMINED, /* none rejected */
};
enum mtl_handshake_summary mtl_handshake_summarize(const struct mtl_handshake *handshake);

/* The result in one sentence: "works with 9 client stacks, rejected by 7: expired root in the trust store". */
const char *mtl_handshake_headline(struct mtl_session *session, const struct mtl_handshake *handshake);

/* One prediction per TLS version and pair of stacks. Strings live as long as the session; NULL means null in JSON. */
size_t mtl_handshake_count(const struct mtl_handshake *handshake);
struct mtl_prediction {
    size_t group; /* with "all": pairs of stacks with the same number behave alike, in all versions; otherwise 0 */
    const char *tls, *client_stack, *server_stack;
    const char *outcome;     /* "established", "rejected", "undetermined" */
    const char *rejected_by; /* "client", "server", NULL */
    const char *surface;     /* "alert", "reset", "close", "http", NULL */
    int alert_code;          /* 0: none */
    const char *alert_name;
    int http_status;        /* 0: none */
    const char *moment;     /* "handshake", "after_handshake", "request", NULL */
    const char *at_message; /* "client Certificate" */
    const char *reason;     /* a slug, see docs/JSON.md */
    int native_code;        /* 0: none */
    int native_depth;
    const char *native_name, *native_text;
    const char *certificate_file; /* of the rejected certificate; NULL: none */
    unsigned certificate_line;
};
bool mtl_handshake_prediction(const struct mtl_handshake *handshake, size_t index, struct mtl_prediction *prediction);

/* ---- the project file: docs/PROJECT-FILE.md -------------------------------------------------------------------- */

struct mtl_project;
/* The .mtlslint.yaml for a path: the nearest, up to where .git is; never in home, which may be NULL. NULL: none. */
const char *mtl_find_project(struct mtl_session *session, const char *path, const char *home);
bool mtl_read_project(struct mtl_session *session, const char *file, const struct mtl_project **project);
/* The names of its handshakes, in order; NULL behind the last. */
const char *mtl_project_handshake_name(const struct mtl_project *project, size_t index);
/* Fills in what request leaves out, from the handshake of that name. False when there is none. */
bool mtl_project_request(struct mtl_session *session, const struct mtl_project *project, const char *name,
                         struct mtl_handshake_request *request);
/* In seconds; 0: it names none. */
int64_t mtl_project_horizon(const struct mtl_project *project);
/* ---- linting -------------------------------------------------------------------------------------------------- */

struct mtl_check_request {
    const char *const *paths; /* files and directories */
    size_t path_count;
    const char *trust; /* judge bundles against this trust store; NULL: do not */
    const char *role;  /* "client", "server": whose bundles they are; NULL: unknown */
    const char *name;  /* the host that clients will ask for, a name or an address; NULL: unknown */
    const char *stack;
    int64_t now;
    bool is_dated;                     /* now is no clock's: commands that are offered name it */
    int64_t horizon;                   /* seconds ahead that count as expiring; 0: that of the project, or 30 days */
    const struct mtl_project *project; /* its handshakes are judged, too; NULL: none */
    bool is_isolated;                  /* nobody is to look for a project: commands that are offered say so */
    /* Rules by code, by the beginning of codes ("MTL1") or by name; each may hold several, with commas between. */
    const char *const *select; /* only these; none: all */
    size_t select_count;
    const char *const *ignore; /* not these, selected or not */
    size_t ignore_count;
    const char *const *severity; /* "MTL107=warning" */
    size_t severity_count;
    const char *baseline; /* JSON report of an earlier check; its findings are left out unless they became graver */
    const char *root;     /* absolute directory: reports and fingerprints name files from there; NULL: as given */
    bool allow_empty;     /* no certificate at all is no error */
    bool strict;          /* what RFC 5280, or for public authorities the CA/Browser Forum, forbids is an error */
    int depth;            /* intermediates that peers allow; 0 with has_depth unset: what their stacks do */
    bool has_depth;
    bool as_public; /* hold every authority to what binds only those that browsers trust */
    unsigned jobs;  /* threads that the library may use; 0: one */
};
struct mtl_check;
bool mtl_check(struct mtl_session *session, const struct mtl_check_request *request, const struct mtl_check **check);
enum mtl_level { MTL_LEVEL_INFO, MTL_LEVEL_WARNING, MTL_LEVEL_ERROR };
/* How many findings of exactly that level. */
size_t mtl_check_count(const struct mtl_check *check, enum mtl_level level);
/* How many were left out because of the baseline. */
size_t mtl_check_hidden(const struct mtl_check *check);
enum mtl_fail_on { MTL_FAIL_ON_ERROR, MTL_FAIL_ON_WARNING, MTL_FAIL_ON_INFO, MTL_FAIL_ON_NEVER };
/* Is there a finding at or above that? */
bool mtl_check_fails(const struct mtl_check *check, enum mtl_fail_on fail_on);
/* The formats of mtl_report_check(), counted from 0: "checkstyle", "concise", ...; NULL after the last. */
const char *mtl_check_format(size_t index);

/* ---- correcting a bundle: docs/JSON-FIX.md -------------------------------------------------------------------- */

struct mtl_fix_request {
    const char *bundle;      /* a leaf and what is sent with it */
    const char *output;      /* where the caller writes the result: for the report; NULL: nowhere in particular */
    const char *const *also; /* other files or directories from which intermediates may come */
    size_t also_count;
    const char *key; /* private key, only matched: of several leaves it tells which is meant; NULL: not known */
    const struct mtl_project *project;       /* what it says of files and findings counts; NULL: none */
    const char *trust, *role, *name, *stack; /* these and what follows as of struct mtl_check_request */
    int64_t now, horizon;
    int depth;
    bool has_depth, strict, as_public;
};
/*
 * Fills in what request leaves out, from the handshakes of the project that present its bundle: the key, what peers
 * trust, the name clients ask for, the peers' stack; each only if they agree. False if they do not in what peers trust.
 */
bool mtl_project_bundle(struct mtl_session *session, const struct mtl_project *project,
                        struct mtl_fix_request *request);
struct mtl_fixed;
/*
 * Leaf first, its issuers in order, no root, nothing twice, nothing that does not belong to it; judged like any bundle.
 * Writes nothing. That it cannot be made right is a result; false: there was nothing to try, such as no leaf.
 */
bool mtl_fix_bundle(struct mtl_session *session, const struct mtl_fix_request *request, const struct mtl_fixed **fixed);
/* The corrected bundle as PEM, *size bytes; NULL: it could not be made right. */
const char *mtl_fixed_pem(const struct mtl_fixed *fixed, size_t *size);

/* ---- looking -------------------------------------------------------------------------------------------------- */

struct mtl_show;
/* What was parsed in a file or directory, in order. */
bool mtl_show(struct mtl_session *session, const char *path, const struct mtl_show **show);

/* ---- reports -------------------------------------------------------------------------------------------------- */

struct mtl_report_options {
    const char *format; /* "text", "json"; of a check, one of mtl_check_format() */
    bool color;
    bool unicode;             /* text may use arrows and lines beyond ASCII */
    int width;                /* columns to wrap text at; 0: 100 */
    bool quiet;               /* of a check: text says nothing if there is no finding */
    enum mtl_fail_on fail_on; /* of a check: which findings a format with passes and failures shows as failures */
};
/* Receives output in pieces; returns false to stop. */
typedef bool mtl_write(void *context, const char *bytes, size_t size);

bool mtl_report_handshake(struct mtl_session *session, const struct mtl_handshake *handshake,
                          const struct mtl_report_options *options, mtl_write *write, void *context);
/* The JSON schema of project files. */
bool mtl_report_schema(struct mtl_session *session, mtl_write *write, void *context);
/* mtlslint.yaml(5), the manual page of project files, as roff. */
bool mtl_report_project_manual(struct mtl_session *session, mtl_write *write, void *context);
bool mtl_report_check(struct mtl_session *session, const struct mtl_check *check,
                      const struct mtl_report_options *options, mtl_write *write, void *context);
/* Says that the output, if one was named, is written: so write it first. */
bool mtl_report_fixed(struct mtl_session *session, const struct mtl_fixed *fixed,
                      const struct mtl_report_options *options, mtl_write *write, void *context);
bool mtl_report_show(struct mtl_session *session, const struct mtl_show *show, const struct mtl_report_options *options,
                     mtl_write *write, void *context);
/* The rules that mtl_check() runs, a line each; format "markdown": a page each; or "json". */
bool mtl_report_rules(struct mtl_session *session, const struct mtl_report_options *options, mtl_write *write,
                      void *context);
/* The page of one rule, by code ("MTL104") or name. False when there is none; the error names the nearest. */
bool mtl_report_rule(struct mtl_session *session, const char *rule, const struct mtl_report_options *options,
                     mtl_write *write, void *context);

/*
 * Lines of logs explained, from the words of all stacks: who rejected whose certificate, for which reasons. Lines that
 * mean the same stand together. handshake: what is predicted for files at hand, to tell which of the reasons holds, or
 * NULL; not one with "all" stacks. *recognised: how many lines mean anything known. format "text" or "json".
 */
bool mtl_report_explanation(struct mtl_session *session, const char *const *lines, size_t count,
                            const struct mtl_handshake *handshake, const struct mtl_report_options *options,
                            mtl_write *write, void *context, size_t *recognised);
/* Is it a rule's code or name? */
bool mtl_is_rule(const char *word);
/* The codes of the rules and the ids of the stacks, counted from 0; NULL after the last. */
const char *mtl_rule_code(size_t index);
const char *mtl_stack_id(size_t index);

/* The stacks that can be predicted, a line each, or "json"; "markdown": with the alerts of all of them. */
bool mtl_report_stacks(struct mtl_session *session, const struct mtl_report_options *options, mtl_write *write,
                       void *context);
/* All that is known of one stack, by id or alias; "text" or "markdown". False when there is none. */
bool mtl_report_stack(struct mtl_session *session, const char *id, const struct mtl_report_options *options,
                      mtl_write *write, void *context);

#ifdef __cplusplus
}
#endif

#endif
