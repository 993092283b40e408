/*
 * Lines of logs explained. Internal to src/report and src/api.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_REPORT_EXPLAIN_H
#define MTL_REPORT_EXPLAIN_H

#include "explain/explain.h"
#include "report/report.h"

/* Lines that mean the same. */
struct mtl_explained {
    struct mtl_explanation explanation;
    const char *line;      /* the first of them, safe to print */
    const size_t *numbers; /* of the lines, from 1 */
    size_t count;
};

struct mtl_explained_log {
    const struct mtl_explained *groups; /* in order of their first line */
    size_t group_count;
    size_t line_count, unknown_count;      /* lines that are not empty; those that mean nothing known */
    const struct mtl_handshake *handshake; /* what is predicted for files given with the log; NULL: none were */
};

bool mtl_report_explained_text(struct mtl_arena *arena, const struct mtl_explained_log *log,
                               const struct mtl_report_options *options, mtl_write *write, void *context);
bool mtl_report_explained_json(struct mtl_arena *arena, const struct mtl_explained_log *log, mtl_write *write,
                               void *context);

/* "the other side rejected this side: alert unknown_ca(48)" */
const char *mtl_saying_text(struct mtl_arena *arena, const struct mtl_meaning *meaning);
const char *mtl_saying_slug(enum mtl_saying saying); /* "rejects" */
const char *mtl_look_text(const struct mtl_meaning *meaning);
const char *mtl_not_text(const struct mtl_meaning *meaning); /* what it is not; NULL */
/* "openssl-3.0, python-3.11 and 3 more" */
const char *mtl_some_stacks(struct mtl_arena *arena, const bool *stacks, size_t most);
/* Of reasons[] those that stacks give, given an alert: [reason][stack]. */
const bool *mtl_stacks_by_reason(struct mtl_arena *arena, const struct mtl_meaning *meaning, enum mtl_reason reason);
/* Which of the meanings the predicted handshake bears out: a sentence. */
const char *mtl_borne_out(struct mtl_arena *arena, const struct mtl_meaning *meaning,
                          const struct mtl_handshake *handshake);

#endif
