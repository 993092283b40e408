/*
 * Reports: one file per output format, and what text reports share.
 *
 * A reporter formats and escapes; it decides nothing. Text that may stem from a file goes through mtl_text_safe() here.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_REPORT_REPORT_H
#define MTL_REPORT_REPORT_H

#include "base/base.h"
#include "handshake/handshake.h"
#include "mtlslint.h"
#include "store/store.h"

/* ---- reporters ------------------------------------------------------------------------------------------------ */

/* False when write refused to go on. */
bool mtl_report_handshake_text(struct mtl_arena *arena, const struct mtl_handshake *handshake,
                               const struct mtl_report_options *options, mtl_write *write, void *context);
bool mtl_report_handshake_json(struct mtl_arena *arena, const struct mtl_handshake *handshake, mtl_write *write,
                               void *context);

/* ---- a page of text ------------------------------------------------------------------------------------------- */

/* Never the only carrier of meaning. */
enum mtl_ink { MTL_INK_PLAIN, MTL_INK_BOLD, MTL_INK_DIM, MTL_INK_RED, MTL_INK_GREEN, MTL_INK_YELLOW, MTL_INK_CYAN };

struct mtl_page {
    struct mtl_text text;
    size_t width; /* columns */
    bool color, unicode;
};

struct mtl_page mtl_page_new(struct mtl_arena *arena, const struct mtl_report_options *options);
/* As it is, in that ink; no line breaks of its own. */
void mtl_page_add(struct mtl_page *page, enum mtl_ink ink, const char *text);
void mtl_page_blanks(struct mtl_page *page, size_t count);
void mtl_page_end_line(struct mtl_page *page);
/*
 * Words wrapped at the page's width. The first line begins at the column where the caller is; the others are indented
 * to it as well. Ends the line. A word longer than the line is not broken.
 */
void mtl_page_words(struct mtl_page *page, enum mtl_ink ink, size_t column, const char *text);
/* "  label     text", with text wrapped in its own column; label may be "" to continue a field. */
void mtl_page_field(struct mtl_page *page, const char *label, enum mtl_ink ink, const char *text);
/* The same without wrapping: commands, paths, hashes, log lines. */
void mtl_page_field_verbatim(struct mtl_page *page, const char *label, const char *text);
#define MTL_FIELD_COLUMN 18U
bool mtl_page_write(const struct mtl_page *page, mtl_write *write, void *context);

/* Columns that text takes: code points, not octets. */
size_t mtl_text_columns(const char *text);
/* "dir/file.pem:12", safe to print. */
const char *mtl_place_text(struct mtl_arena *arena, const struct mtl_source *source);
/* The first octets of a key identifier: "3b:e8:90:1d..."; "none" if absent. */
const char *mtl_key_id_text(struct mtl_arena *arena, struct mtl_slice key_id);
/* "9f2c..." (64 digits) of the whole certificate. */
const char *mtl_fingerprint_text(struct mtl_arena *arena, const struct mtl_cert *cert);
/* "2026-01-12 to 2027-01-12" in whole days. */
const char *mtl_validity_text(struct mtl_arena *arena, const struct mtl_cert *cert);
/* Of the subject: "CN=orders, O=Acme", and the short label "orders". Safe to print. */
const char *mtl_subject_text(struct mtl_arena *arena, const struct mtl_cert *cert);
const char *mtl_issuer_text(struct mtl_arena *arena, const struct mtl_cert *cert);
const char *mtl_subject_label(struct mtl_arena *arena, const struct mtl_cert *cert);
/* "orders.example, 10.0.0.1": DNS names and addresses of subjectAltName, a few of them; "no host names" if none. */
const char *mtl_host_names_text(struct mtl_arena *arena, const struct mtl_cert *cert);
/* "2026-01-12 to 2027-01-12", "from 2026-01-12" without nextUpdate. */
const char *mtl_crl_validity_text(struct mtl_arena *arena, const struct mtl_crl *crl);
/* "extendedKeyUsage serverAuth; keyUsage digitalSignature, keyAgreement", "any purpose" without these extensions. */
const char *mtl_usage_text(struct mtl_arena *arena, const struct mtl_cert *cert);

#endif
