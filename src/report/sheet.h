/*
 * Reference pages that are printed for a person or as Markdown from the same calls. Internal to src/report.
 *
 * Texts are our own (tables of rules and stacks), so that nothing is escaped but Markdown's markup.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_REPORT_SHEET_H
#define MTL_REPORT_SHEET_H

#include "report/report.h"

struct mtl_sheet {
    struct mtl_page page;
    bool markdown;
};

/* options->format "markdown" decides. */
struct mtl_sheet mtl_sheet_new(struct mtl_arena *arena, const struct mtl_report_options *options);
void mtl_sheet_title(struct mtl_sheet *sheet, const char *text);
void mtl_sheet_section(struct mtl_sheet *sheet, const char *text);
void mtl_sheet_paragraph(struct mtl_sheet *sheet, const char *text);
void mtl_sheet_item(struct mtl_sheet *sheet, const char *text);
/* As it is, without wrapping; begins a paragraph of its own with mtl_sheet_gap(). */
void mtl_sheet_verbatim(struct mtl_sheet *sheet, const char *text);
void mtl_sheet_gap(struct mtl_sheet *sheet);
/* One row of a table; widths are columns of the text form, 0 for a last one that wraps. The first row is its head. */
void mtl_sheet_row(struct mtl_sheet *sheet, bool is_head, const char *const *cells, const size_t *widths, size_t count);
/* Escapes what Markdown would take for markup. */
void mtl_markdown_add(struct mtl_text *text, const char *words);

#endif
