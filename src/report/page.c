/*
 * A page of text: ink, wrapping, fields.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/report.h"

#include <string.h>

#define DEFAULT_WIDTH 100
#define LEAST_WIDTH 60

struct mtl_page
mtl_page_new(struct mtl_arena *arena, const struct mtl_report_options *options)
{
    int width = options->width == 0 ? DEFAULT_WIDTH : options->width;

    return (struct mtl_page){
        .text = {.arena = arena},
        .width = width < LEAST_WIDTH ? LEAST_WIDTH : (size_t)width,
        .color = options->color,
        .unicode = options->unicode,
    };
}

void
mtl_page_add(struct mtl_page *page, enum mtl_ink ink, const char *text)
{
    static const char *const codes[] = {
        [MTL_INK_BOLD] = "1",   [MTL_INK_DIM] = "2",     [MTL_INK_RED] = "1;31",
        [MTL_INK_GREEN] = "32", [MTL_INK_YELLOW] = "33", [MTL_INK_CYAN] = "36",
    };
    bool inked = page->color && ink != MTL_INK_PLAIN && text[0] != '\0';

    if (inked)
        mtl_text_printf(&page->text, "\033[%sm", codes[ink]);
    mtl_text_add(&page->text, text);
    if (inked)
        mtl_text_add(&page->text, "\033[0m");
}

void
mtl_page_blanks(struct mtl_page *page, size_t count)
{
    mtl_text_printf(&page->text, "%*s", (int)count, "");
}

void
mtl_page_end_line(struct mtl_page *page)
{
    while (page->text.size > 0 && page->text.text[page->text.size - 1] == ' ')
        page->text.text[--page->text.size] = '\0';
    mtl_text_add(&page->text, "\n");
}

size_t
mtl_text_columns(const char *text)
{
    size_t columns = 0;

    for (; *text != '\0'; text++)
        columns += ((unsigned char)*text & 0xc0) != 0x80;
    return columns;
}

/*
 * How many octets of text go on one line: up to the last blank within the columns left, at least one word. No line
 * begins with "::": CI systems take such lines for commands, and the words may stem from a certificate.
 */
static size_t
fitting(const char *text, size_t columns)
{
    size_t size = 0, used = 0, last_blank = 0;

    for (; text[size] != '\0'; size++) {
        if (text[size] == ' ' && strncmp(text + size + 1, "::", 2) != 0)
            last_blank = size;
        if (((unsigned char)text[size] & 0xc0) != 0x80 && used++ >= columns && last_blank > 0)
            return last_blank;
    }
    return size;
}

void
mtl_page_words(struct mtl_page *page, enum mtl_ink ink, size_t column, const char *text)
{
    size_t columns = page->width > column + 20 ? page->width - column : 20;

    for (;;) {
        size_t size = fitting(text, columns);

        mtl_page_add(page, ink, mtl_arena_printf(page->text.arena, "%.*s", (int)size, text));
        mtl_page_end_line(page);
        text += size;
        text += strspn(text, " ");
        if (*text == '\0')
            return;
        mtl_page_blanks(page, column);
    }
}

static void
begin_field(struct mtl_page *page, const char *label)
{
    size_t used = 2 + mtl_text_columns(label);

    mtl_page_blanks(page, 2);
    mtl_page_add(page, MTL_INK_BOLD, label);
    if (used + 1 > MTL_FIELD_COLUMN) {
        mtl_page_end_line(page);
        used = 0;
    }
    mtl_page_blanks(page, MTL_FIELD_COLUMN - used);
}

void
mtl_page_field(struct mtl_page *page, const char *label, enum mtl_ink ink, const char *text)
{
    begin_field(page, label);
    mtl_page_words(page, ink, MTL_FIELD_COLUMN, text);
}

void
mtl_page_field_verbatim(struct mtl_page *page, const char *label, const char *text)
{
    begin_field(page, label);
    mtl_page_add(page, MTL_INK_PLAIN, text);
    mtl_page_end_line(page);
}

#define PIECE 4096U

bool
mtl_page_write(const struct mtl_page *page, mtl_write *write, void *context)
{
    for (size_t done = 0; done < page->text.size;) {
        size_t left = page->text.size - done, size = left < PIECE ? left : PIECE;

        if (!write(context, page->text.text + done, size))
            return false;
        done += size;
    }
    return true;
}
