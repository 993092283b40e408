/*
 * A corrected bundle, for a person and for a program.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_REPORT_MENDED_H
#define MTL_REPORT_MENDED_H

#include "lint/mend.h"
#include "mtlslint.h"

/* False when write refused to go on. */
bool mtl_report_mended_text(struct mtl_arena *arena, const struct mtl_mended *mended,
                            const struct mtl_report_options *options, mtl_write *write, void *context);
/* Schema "mtlslint/fix/1", see docs/JSON-FIX.md. */
bool mtl_report_mended_json(struct mtl_arena *arena, const struct mtl_mended *mended, mtl_write *write, void *context);

/* ---- what both share ------------------------------------------------------------------------------------------ */

/* Something of the original that is no certificate, or more than one: it is not in the result. */
struct mtl_left_out {
    struct mtl_source source;
    const char *kind; /* "private-key", "crl", "comment", "trust-settings", "unreadable" */
    const char *what; /* in words; safe to print */
};
const struct mtl_left_out *mtl_mended_left_out(struct mtl_arena *arena, const struct mtl_mended *mended, size_t *count);

const char *mtl_change_text(enum mtl_change_kind kind);                                 /* "moved" */
const char *mtl_removal_slug(enum mtl_removal removal);                                 /* "root" */
const char *mtl_removal_text(struct mtl_arena *arena, const struct mtl_change *change); /* why; safe to print */
const char *mtl_mend_failure_slug(enum mtl_mend_failure failure); /* "missing-issuer"; NULL for DONE */
/* "the issuer of payments is in none of the files" */
const char *mtl_mend_failure_text(struct mtl_arena *arena, const struct mtl_mended *mended);

#endif
