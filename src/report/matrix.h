/*
 * Reports of one pair of sides under many stacks. Internal to src/report and src/api.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_REPORT_MATRIX_H
#define MTL_REPORT_MATRIX_H

#include "handshake/matrix.h"
#include "report/report.h"

/* "works with 9 client stacks, rejected by 7: expired root in the trust store". Safe to print. */
const char *mtl_matrix_headline(struct mtl_arena *arena, const struct mtl_matrix *matrix);
/* What ends a rejected handshake, as a clause: "expired root in the trust store". */
const char *mtl_cause_text(struct mtl_arena *arena, const struct mtl_transcript *transcript);
/* Whose and which certificate is blamed, and where it stands: "Acme Root (trust.pem:3)"; NULL: none. */
const char *mtl_blamed_text(struct mtl_arena *arena, const struct mtl_transcript *transcript);

/* False when write refused to go on. */
bool mtl_report_matrix_text(struct mtl_arena *arena, const struct mtl_matrix *matrix,
                            const struct mtl_report_options *options, mtl_write *write, void *context);
bool mtl_report_matrix_json(struct mtl_arena *arena, const struct mtl_matrix *matrix, mtl_write *write, void *context);

#endif
