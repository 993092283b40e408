/*
 * A .case file of a rule: what is checked, under which options, and which findings are expected.
 *
 *     # The intermediate lies in another file.
 *     check: alone.pem issuing-ca.pem
 *     project: FILE  its handshakes are judged, too
 *     open: payments.key                                   readable by everybody; other files by their owner alone
 *     repository: yes                                      of git; a .git beside the files
 *     name: HOST     that clients ask for
 *     trust: FILE    role: client|server    horizon: 365d    at: 2026-06-01        (one line each; at is required)
 *     depth: 1       strict:    public:
 *     expect:
 *       error MTL104 alone.pem#1
 *         cat alone.pem issuing-ca.pem > alone.fullchain.pem
 *
 * Paths are relative to the case. The findings must be exactly those, in that order; commands are compared where some
 * are given. tests/report/check_formats.test.sh runs those that fire through the program: tell it, too, of a new key
 * that is no option of mtlslint check.
 */
#ifndef MTL_TESTS_SUPPORT_LINT_CASE_H
#define MTL_TESTS_SUPPORT_LINT_CASE_H

#include "lint/lint.h"

#define CASE_MAX 16

struct lint_case {
    const char *check[CASE_MAX];
    size_t check_count;
    bool in_repository; /* of git */
    const char *open;   /* a file that everybody may read; NULL: none */
    const char *trust;
    const char *name;
    const char *project; /* NULL: none */
    bool role_known, strict, as_public, has_depth;
    enum mtl_role role;
    int depth;
    mtl_time now;
    int64_t horizon;
    const char *expected[CASE_MAX * 2]; /* trimmed lines: findings and commands */
    size_t expected_count;
};

/* Fails the running test when the file does not make sense. */
struct lint_case lint_case_read(struct mtl_arena *arena, const char *path);
/*
 * Makes a copy of the case's folder the working directory, so that findings and commands name plain files. Returns
 * where the copy lies, for lint_case_leave(), which removes it and returns to the sources.
 */
const char *lint_case_enter(struct mtl_arena *arena, const struct lint_case *lint_case, const char *path);
void lint_case_leave(struct mtl_arena *arena, const char *scratch);
/* "error MTL104 alone.pem#1": the first certificate of the file; "error MTL201 empty.pem:1": line 1. */
const char *lint_case_line(struct mtl_arena *arena, const struct mtl_finding *finding);
/* Lints paths under the case's options. */
const struct mtl_lint_result *lint_case_run(struct mtl_arena *arena, struct mtl_crypto *crypto,
                                            const struct lint_case *lint_case, const char *const *paths, size_t count);

#endif
