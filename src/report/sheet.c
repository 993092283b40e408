/*
 * Reference pages as text or as Markdown.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/sheet.h"

#include <string.h>

#define INDENT 2U

void
mtl_markdown_add(struct mtl_text *text, const char *words)
{
    for (; *words != '\0'; words++) {
        if (strchr("*_<>[]`|\\", *words) != NULL)
            mtl_text_add(text, "\\");
        mtl_text_bytes(text, mtl_slice_of(words, 1));
    }
}

struct mtl_sheet
mtl_sheet_new(struct mtl_arena *arena, const struct mtl_report_options *options)
{
    return (struct mtl_sheet){
        .page = mtl_page_new(arena, options),
        .markdown = options->format != NULL && strcmp(options->format, "markdown") == 0,
    };
}

static void
add_heading(struct mtl_sheet *sheet, const char *mark, const char *text)
{
    if (sheet->page.text.size > 0)
        mtl_page_end_line(&sheet->page);
    if (sheet->markdown) {
        mtl_text_add(&sheet->page.text, mark);
        mtl_markdown_add(&sheet->page.text, text);
    } else {
        mtl_page_add(&sheet->page, MTL_INK_BOLD, text);
    }
    mtl_page_end_line(&sheet->page);
    if (sheet->markdown)
        mtl_page_end_line(&sheet->page);
}

void
mtl_sheet_title(struct mtl_sheet *sheet, const char *text)
{
    add_heading(sheet, "# ", text);
}

void
mtl_sheet_section(struct mtl_sheet *sheet, const char *text)
{
    add_heading(sheet, "## ", text);
}

void
mtl_sheet_gap(struct mtl_sheet *sheet)
{
    mtl_page_end_line(&sheet->page);
}

void
mtl_sheet_paragraph(struct mtl_sheet *sheet, const char *text)
{
    if (!sheet->markdown) {
        mtl_page_blanks(&sheet->page, INDENT);
        mtl_page_words(&sheet->page, MTL_INK_PLAIN, INDENT, text);
        return;
    }
    mtl_markdown_add(&sheet->page.text, text);
    mtl_page_end_line(&sheet->page);
}

void
mtl_sheet_item(struct mtl_sheet *sheet, const char *text)
{
    mtl_text_add(&sheet->page.text, sheet->markdown ? "- " : "  - ");
    if (!sheet->markdown) {
        mtl_page_words(&sheet->page, MTL_INK_PLAIN, 2 * INDENT, text);
        return;
    }
    mtl_markdown_add(&sheet->page.text, text);
    mtl_page_end_line(&sheet->page);
}

void
mtl_sheet_verbatim(struct mtl_sheet *sheet, const char *text)
{
    mtl_page_blanks(&sheet->page, sheet->markdown ? 4 : 2 * INDENT);
    mtl_page_add(&sheet->page, MTL_INK_PLAIN, text);
    mtl_page_end_line(&sheet->page);
}

static void
add_markdown_row(struct mtl_text *text, bool is_head, const char *const *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        mtl_text_add(text, i == 0 ? "| " : " | ");
        mtl_markdown_add(text, cells[i]);
    }
    mtl_text_add(text, " |\n");
    for (size_t i = 0; i < count && is_head; i++)
        mtl_text_add(text, i + 1 < count ? "|---" : "|---|\n");
}

void
mtl_sheet_row(struct mtl_sheet *sheet, bool is_head, const char *const *cells, const size_t *widths, size_t count)
{
    struct mtl_page *page = &sheet->page;
    size_t column = INDENT;

    if (sheet->markdown) {
        add_markdown_row(&page->text, is_head, cells, count);
        return;
    }
    mtl_page_blanks(page, INDENT);
    for (size_t i = 0; i < count; i++) {
        size_t used = mtl_text_columns(cells[i]);

        if (widths[i] == 0) {
            mtl_page_words(page, is_head ? MTL_INK_BOLD : MTL_INK_PLAIN, column, cells[i]);
            return;
        }
        mtl_page_add(page, is_head ? MTL_INK_BOLD : MTL_INK_PLAIN, cells[i]);
        mtl_page_blanks(page, used < widths[i] ? widths[i] - used : 1);
        column += widths[i];
    }
    mtl_page_end_line(page);
}
