/*
 * The linter: paths in, findings out.
 *
 * Reads every path, tells by content what each file is (bundle, trust store, intermediates, key, CRL), pairs keys with
 * bundles, runs every rule on every subject, and returns the findings sorted by path, line and code. The same input
 * gives the same findings in the same order.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_LINT_LINT_H
#define MTL_LINT_LINT_H

#include "lint/rule.h"
#include "store/ignored.h"

extern const struct mtl_rule *const mtl_rule_table[]; /* NULL-terminated, in order of file name */
extern const size_t mtl_rule_table_count;

/* What a rule's page has beside its metadata, from its cases: each a line that ends in a newline. */
struct mtl_rule_page {
    const char *name;  /* the rule's */
    const char *since; /* the version that brought it */
    const char *fires; /* what is wrong, the recipe of the files, the command, the findings */
    const char *quiet; /* the same of something right that looks alike */
};
extern const struct mtl_rule_page mtl_rule_pages[];
extern const size_t mtl_rule_page_count;
const struct mtl_rule_page *mtl_rule_page(const struct mtl_rule *rule);

/* By code ("MTL104", any case) or name ("missing-intermediate"); NULL if there is none. */
const struct mtl_rule *mtl_rule_find(const char *word);
/* The table in order of code, in the arena. */
const struct mtl_rule *const *mtl_rules_by_code(struct mtl_arena *arena);
/* Sets "unknown rule 'missing-intermediat'; did you mean 'missing-intermediate'?" and returns false. */
bool mtl_rule_refuse(struct mtl_arena *arena, const char *word, struct mtl_error *error);
const char *mtl_severity_text(enum mtl_severity severity); /* "error" */
bool mtl_severity_find(const char *word, enum mtl_severity *severity);
const char *mtl_use_text(enum mtl_use use); /* "bundle" */

/* A file that the project file names, and as what. */
struct mtl_declared_file {
    const char *path;
    bool is_store;   /* otherwise a bundle, presented in these roles: */
    bool in_role[2]; /* by enum mtl_role */
    bool judges[2];  /* of a store: peers in these roles, as far as the file says */
};

#define MTL_DEFAULT_HORIZON (INT64_C(30) * 24 * 3600) /* seconds */

struct mtl_lint_request {
    const char *const *paths; /* files and directories */
    size_t path_count;
    const char *trust;  /* judge bundles against this trust store; NULL: do not */
    const char *name;   /* the host that clients ask for; NULL: not known */
    const char *key;    /* of the bundle to mend; NULL: none was named */
    enum mtl_role role; /* whose bundles they are; only if role_known */
    bool role_known;
    const struct mtl_stack *stack;
    mtl_time now;
    bool is_dated;    /* somebody chose it */
    int64_t horizon;  /* seconds */
    bool is_isolated; /* see struct mtl_lint */
    bool strict;
    bool as_public; /* every authority counts as one that browsers trust */
    int depth;      /* intermediates that peers allow; only if has_depth, otherwise what their stacks do */
    bool has_depth;
    unsigned jobs; /* threads; 0 counts as 1. The findings are the same, whatever it is */
    struct mtl_crypto *crypto;
    const struct mtl_passwords *passwords; /* of key stores; NULL: those that everybody knows */
    bool allow_empty;
    const struct mtl_connection *connections; /* handshakes to judge */
    size_t connection_count;
    const struct mtl_declared_file *declared; /* files whose use is told, whatever they hold */
    size_t declared_count;
    const char *const *left_out; /* patterns of files that are not looked at unless they are among the paths */
    size_t left_out_count;
    const char *left_out_folder;           /* that they start from */
    const struct mtl_suppression *ignores; /* of the project file */
    size_t ignore_count;
    const struct mtl_remark *remarks; /* likewise, its comments */
    size_t remark_count;
    const char *root; /* absolute; what lies below is identified by its path from there. NULL: by the path given */
};

/* What mends a bundle, tried out. */
struct mtl_repair {
    const char *const *commands; /* shell lines that write a new file, NULL-terminated; NULL: it takes more than that */
    const char *command;         /* the line for mtlslint fix, which proves its result equal; NULL: none */
    /* The same as edits of the bundle's own lines; none: it is no plain PEM. */
    const char *path; /* of the bundle */
    const struct mtl_replacement *edits;
    size_t edit_count;
    /* Codes of the findings that end with `command` and the edits; NULL-terminated. */
    const char *const *mends;
};
/* Whole lines first to last give way to text, which is without its last newline; NULL: to nothing. */
struct mtl_replacement {
    unsigned first, last;
    const char *text;
    bool is_end; /* no line follows */
};

/* A finding that somebody decided to live with. */
struct mtl_suppressed {
    const struct mtl_finding *finding;
    const struct mtl_suppression *by;
};

struct mtl_lint_result {
    const struct mtl_finding *const *findings; /* by path, line, code */
    size_t finding_count;
    const struct mtl_suppressed *suppressed; /* not among them; in the same order */
    size_t suppressed_count;
    const struct mtl_input *files; /* by path */
    size_t file_count;
    size_t certificate_count;
    const struct mtl_stack *stack;
    mtl_time now;
    int64_t horizon;
    const char *root;
    size_t hidden; /* findings left out because they are known */
};

/*
 * Fails when a path cannot be read, and, unless allow_empty, when the paths hold no certificate at all: nothing linted
 * is not clean.
 */
bool mtl_lint_run(struct mtl_arena *arena, const struct mtl_lint_request *request,
                  const struct mtl_lint_result **result, struct mtl_error *error);

/*
 * A path without "." and empty parts, "x/.." taken out, relative to root if it lies below: the same file is named alike
 * however it was reached. root may be NULL. Not made safe to print.
 */
const char *mtl_lint_path(struct mtl_arena *arena, const char *path, const char *root);

/* ---- which findings count ------------------------------------------------------------------------------------- */

/*
 * Words are codes, the beginning of codes ("MTL1") or names, several with commas between; any case. All false with an
 * error for what is no rule. A rule counts if it was selected, or nothing was; and it was not ignored.
 */
struct mtl_selection;
struct mtl_selection *mtl_selection_new(struct mtl_arena *arena);
bool mtl_selection_select(struct mtl_selection *selection, const char *words, struct mtl_error *error);
bool mtl_selection_ignore(struct mtl_selection *selection, const char *words, struct mtl_error *error);
/* "MTL107=warning": all findings of the rule get that severity. */
bool mtl_selection_grade(struct mtl_selection *selection, const char *pairs, struct mtl_error *error);
const struct mtl_lint_result *mtl_selection_apply(const struct mtl_selection *selection,
                                                  const struct mtl_lint_result *result);

struct mtl_known {
    const char *fingerprint;
    enum mtl_severity severity;
};
/* The result without findings that are known and no graver than they were known to be. Reorders known. */
const struct mtl_lint_result *mtl_lint_hide(struct mtl_arena *arena, const struct mtl_lint_result *result,
                                            struct mtl_known *known, size_t count);

/* ---- suppressions --------------------------------------------------------------------------------------------- */

struct mtl_suppressions {
    struct mtl_suppression *items; /* first lines of files, in order of their paths; then those of the project file */
    size_t line_count, count;
};
/* Those in all files that were read, and those of the request. */
struct mtl_suppressions mtl_suppressions_read(const struct mtl_lint *lint, const struct mtl_lint_request *request);
/* The one that hides the finding, or NULL. Counts it with all that are about it. */
const struct mtl_suppression *mtl_suppressions_find(const struct mtl_lint *lint, struct mtl_suppressions *list,
                                                    const struct mtl_finding *finding);

/* ---- inside src/lint ------------------------------------------------------------------------------------------ */

/* What the request asks for, without files. */
struct mtl_lint mtl_lint_for(struct mtl_arena *arena, const struct mtl_lint_request *request);
/* Reads the paths and sorts the files by path, each once. With a trust store, *trust is its entry. */
bool mtl_lint_load(struct mtl_arena *arena, const struct mtl_lint_request *request, struct mtl_lint *lint,
                   const struct mtl_input **trust, struct mtl_error *error);
/* Makes these, sorted by path, the files of lint: sets files and what is told from them. */
void mtl_lint_hold(struct mtl_lint *lint, const struct mtl_input *files, size_t file_count);
struct mtl_directory {
    const char *path;
    const struct mtl_ignored *ignored; /* what is left out in it */
};
struct mtl_directories {
    struct mtl_directory *items;
    size_t count, capacity;
};
/*
 * Adds the directories in a directory that was read, by name; hidden ones, links, node_modules and what is ignored are
 * left out.
 */
void mtl_directories_below(struct mtl_arena *arena, const struct mtl_material *material,
                           const struct mtl_ignored *ignored, struct mtl_directories *list);
/* What a file is used for, by its content. */
enum mtl_use mtl_use_tell(const struct mtl_material *material);

/* NULL where no rule will ask for it, which it costs a sort to answer. */
const struct mtl_issued *mtl_issued_new(const struct mtl_lint *lint);
/*
 * What is presented, if the file is a bundle. A certificate that lies in a directory alone, without its key, is no
 * bundle that anybody sends: it stands for its chain, from the leaf up, whose intermediates lie there likewise. Their
 * sources tell where. Otherwise the file's own material.
 */
const struct mtl_material *mtl_loose_chain(const struct mtl_lint *lint, const struct mtl_input *file,
                                           const struct mtl_subject *subject);

/* Finds the key of each bundle: in the file, beside it under the same stem, or by public key in any file. */
struct mtl_keyring;
const struct mtl_keyring *mtl_keyring_new(const struct mtl_lint *lint);
/* The first end entity that the key fits; false if it fits none. */
bool mtl_key_find_leaf(const struct mtl_material *bundle, const struct mtl_loaded_key *key, size_t *index);
/* Sets leaf, key and key_fits of a bundle. keyring may be NULL: then only keys in the file count. */
void mtl_keyring_pair(const struct mtl_lint *lint, const struct mtl_keyring *keyring, struct mtl_subject *subject);

/* Another certificate of the same subject has the same key and is valid now. */
bool mtl_rule_is_valid_twin(const struct mtl_lint *lint, const struct mtl_cert *twin, const struct mtl_cert *cert);

/* Computes reachable of a bundle: a flag per certificate, in the arena. */
const bool *mtl_subject_reachable(const struct mtl_lint *lint, const struct mtl_subject *subject);
/* A bundle with its leaf, key and role. */
struct mtl_subject mtl_subject_of_bundle(const struct mtl_lint *lint, const struct mtl_lint_request *request,
                                         const struct mtl_keyring *keyring, const struct mtl_input *file);
/* Sets role and role_known of a bundle from what was declared, or else from its leaf's extKeyUsage. */
void mtl_subject_tell_role(struct mtl_subject *subject, bool declared, enum mtl_role role);
/* Judges the bundle against subject->trust and keeps the verdict in the subject. */
void mtl_subject_judge(const struct mtl_lint *lint, struct mtl_subject *subject);

/* The bundle's leaf and all that issued it, directly or not, in any file; each once, nearest first. */
#define MTL_MAX_CLIMBED 64U
struct mtl_climb {
    struct mtl_loaded_cert certs[MTL_MAX_CLIMBED];
    size_t count;
};
void mtl_subject_climb(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_climb *climb);

/* "go-1.26, java-17 (2 of 30 stacks)", "all 30 stacks"; only if some were asked. */
const char *mtl_hits_text(struct mtl_arena *arena, const struct mtl_hits *hits);

/* What a bundle's peers are supposed to trust; NULL: nothing is known. */
const struct mtl_material *mtl_subject_trusts(const struct mtl_lint *lint, const struct mtl_subject *subject);
/* What was found out about a bundle, each thing when a rule asked first. */
struct mtl_survey {
    const struct mtl_reception *receptions; /* by stack */
    size_t count;
    size_t alternatives;               /* chains it was compared with */
    const struct mtl_verdict *verdict; /* by RFC 5280 */
    const struct mtl_repair *repair;
    bool is_repair_known;
};
const struct mtl_serials *mtl_serials_new(struct mtl_arena *arena, const struct mtl_pool *pool);

/* Empty; filled when a rule asks first. */
struct mtl_survey *mtl_survey_new(struct mtl_arena *arena);
/* By how many of those asked are hit, and whether the stack judged for is one of them. */
enum mtl_reach mtl_hits_reach(const struct mtl_lint *lint, const struct mtl_hits *hits);
/*
 * What each stack that can be the peer of a bundle's owner makes of it, in order of id; NULL: no root is known that
 * peers could trust.
 */
struct mtl_reception;
const struct mtl_reception *mtl_survey_receptions(const struct mtl_lint *lint, const struct mtl_subject *subject,
                                                  size_t *count);
bool mtl_key_id_is_public_root(struct mtl_slice key_id);

/* What the stack answers to a certificate of the subject that fails for this reason: who, which alert, when. */
const char *mtl_rejection_text(const struct mtl_lint *lint, const struct mtl_subject *subject, enum mtl_reason reason);

/* What is done with each file, on whatever thread: lint and report are that thread's own. */
struct mtl_crew_task {
    void (*lint_file)(const void *context, const struct mtl_lint *lint, struct mtl_report *report, size_t index);
    const void *context;
};
/* Does it for all files of lint, on so many threads at most; all findings end in report, in no particular order. */
void mtl_crew_run(const struct mtl_lint *lint, struct mtl_report *report, const struct mtl_crew_task *task,
                  unsigned jobs);
/* Does the pattern, which starts from the folder, cover the path? Relative paths are below root, which may be NULL. */
bool mtl_lint_covers(struct mtl_arena *arena, const char *root, const char *folder, const char *pattern,
                     const char *path);
/* Takes out what request->left_out covers; the new count. */
size_t mtl_lint_leave_out(struct mtl_arena *arena, const struct mtl_lint_request *request, struct mtl_input *files,
                          size_t count);
/* Sets the use and roles of files that the request declares. */
void mtl_declared_apply(struct mtl_arena *arena, const struct mtl_lint_request *request, struct mtl_input *files,
                        size_t count);
/* Predicts the connections and runs the rules on them. */
void mtl_connections_lint(const struct mtl_lint *lint, const struct mtl_connection *connections, size_t count,
                          struct mtl_report *report);

struct mtl_pairs *mtl_pairs_new(struct mtl_arena *arena);

struct mtl_report *mtl_report_new(const struct mtl_lint *lint);
size_t mtl_report_count(const struct mtl_report *report);
/* Adds the findings of another report; what they refer to must outlive this one. */
void mtl_report_merge(struct mtl_report *report, const struct mtl_report *other);
/* Runs the rules whose scopes include the subject's. family: only codes that begin so; NULL: all. */
void mtl_report_run(struct mtl_report *report, const struct mtl_subject *subject, const char *family);
/* Those on a bundle; and with a trust store that is not empty, those on the pair. */
void mtl_report_run_bundle(struct mtl_report *report, const struct mtl_lint *lint, struct mtl_subject subject,
                           const struct mtl_material *trust);
/* Takes out what the suppressions hide, and runs the rules about suppressions. Sorts the findings. */
void mtl_report_suppress(struct mtl_report *report, struct mtl_suppressions *list,
                         const struct mtl_suppressed **suppressed, size_t *count);
/* Sorted and without repetitions, each with its fingerprint. */
const struct mtl_finding *const *mtl_report_findings(struct mtl_report *report, size_t *count);

/*
 * Sets the fingerprint of each: SHA-256 over the rule's code, the path, the certificate (or label and ordinal of what
 * is none) and the trust store or the handshake it was judged in. Line, date and words do not count, so that a bundle
 * written anew keeps its findings. Findings alike in all that are told apart by "-2", "-3" in their order. Those that
 * have one keep it.
 */
void mtl_findings_mark(struct mtl_arena *arena, struct mtl_finding *const *findings, size_t count, const char *root);

/* The certificates that a bundle should hold: leaf first, then its issuers, without roots, each once. */
#define MTL_MAX_PLAN 32U /* no honest chain is longer */
struct mtl_plan {
    const struct mtl_loaded_cert *certs[MTL_MAX_PLAN];
    size_t count;
    bool adds; /* one comes from another file */
};
/* How many certificates of the bundle are no authorities, each counted once; of more than one nothing can be planned.
 */
size_t mtl_subject_leaf_count(const struct mtl_subject *subject);
/*
 * All issuers that the bundle has, cross-certificates too, but for those that have expired and have a successor; where
 * it has none, one from the other files. False where no chain can be told: not exactly one leaf, or far too many
 * certificates.
 */
bool mtl_plan_chain(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_plan *plan);
/* The one way, of all that the files allow, on which RFC 5280 accepts the leaf with these anchors. False: none. */
bool mtl_plan_path(const struct mtl_lint *lint, const struct mtl_subject *subject, const struct mtl_material *trust,
                   struct mtl_plan *plan);

/*
 * The first certificate of the plan whose issuer is in none of the files, but must not be missing: it is an
 * intermediate as far as one can tell. The chain may end below a root that no file holds; it is not complete if the
 * leaf says where its issuer can be fetched, if it came with authorities none of which issued it, or if another bearer
 * of the issuer's name was sent. NULL: there is none.
 */
const struct mtl_loaded_cert *mtl_plan_gap(const struct mtl_lint *lint, const struct mtl_subject *subject,
                                           const struct mtl_plan *plan);
/* Likewise, be it a root or not. */
const struct mtl_loaded_cert *mtl_plan_top(const struct mtl_lint *lint, const struct mtl_plan *plan);

/* Does the material hold these certificates in this order, and no others? */
bool mtl_plan_is_kept(const struct mtl_plan *plan, const struct mtl_material *material);
/* What mends the bundle, or NULL. Made once for each subject. */
const struct mtl_repair *mtl_subject_repair(const struct mtl_lint *lint, const struct mtl_subject *subject);
struct mtl_mended;
/*
 * The result as edits of the original's lines, which leave all but certificates as it is: applied in memory and read
 * back. 0: there are none.
 */
size_t mtl_mended_edits(struct mtl_arena *arena, const struct mtl_mended *mended, const struct mtl_replacement **edits);

/* A piece of a file: whole lines first to last; last == 0: all of it. */
struct mtl_piece {
    const char *path;
    unsigned first, last;
    bool open_end; /* set by mtl_splice_bytes(): the last line lacks its newline */
};
/* Reads and joins the pieces as the shell commands below would. False when a file cannot be read. */
bool mtl_splice_bytes(struct mtl_arena *arena, struct mtl_piece *pieces, size_t count, struct mtl_slice *bytes);
/* Shell lines that write the pieces, after mtl_splice_bytes(), to a new file. NULL when a path cannot be written in a
 * shell line. */
const char *const *mtl_splice_commands(struct mtl_arena *arena, const struct mtl_piece *pieces, size_t count,
                                       const char *output, bool holds_key);

#endif
