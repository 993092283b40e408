/*
 * A new file from pieces of others: as bytes, to judge the result, and as shell lines, to offer it.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/lint.h"
#include "store/file.h"

#include <string.h>

/* Whole lines first to last, as sed counts them. */
static struct mtl_slice
cut_lines(struct mtl_slice bytes, const struct mtl_piece *piece)
{
    size_t start = 0;
    size_t end = 0;

    if (piece->last == 0)
        return bytes;
    for (unsigned line = 1; line <= piece->last && end < bytes.size; line++) {
        const uint8_t *newline = memchr(bytes.data + end, '\n', bytes.size - end);

        if (line == piece->first)
            start = end;
        end = newline == NULL ? bytes.size : (size_t)(newline - bytes.data) + 1;
    }
    return mtl_slice_of(bytes.data + start, end - start);
}

bool
mtl_splice_bytes(struct mtl_arena *arena, struct mtl_piece *pieces, size_t count, struct mtl_slice *bytes)
{
    struct mtl_text text = {.arena = arena};
    struct mtl_file file = {0};

    for (size_t i = 0; i < count; i++) {
        bool same_file = i > 0 && strcmp(pieces[i].path, pieces[i - 1].path) == 0;

        if (!same_file && !mtl_file_read(arena, pieces[i].path, &file, NULL))
            return false;
        mtl_text_bytes(&text, cut_lines(mtl_slice_of(file.bytes, file.size), &pieces[i]));
        pieces[i].open_end = text.size > 0 && text.text[text.size - 1] != '\n';
        if (pieces[i].open_end)
            mtl_text_add(&text, "\n");
    }
    *bytes = mtl_slice_of(text.text, text.size);
    return true;
}

/* ---- shell lines ---------------------------------------------------------------------------------------------- */

/* cat and sed would glue what follows to a last line without newline; awk ends it. */
static bool
any_open_end(const struct mtl_piece *pieces, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (pieces[i].open_end)
            return true;
    }
    return false;
}

/* NULL unless all pieces are whole files. */
static const char *
join_whole_files(struct mtl_arena *arena, const struct mtl_piece *pieces, size_t count, const char *output)
{
    struct mtl_text line = {.arena = arena};

    mtl_text_add(&line, any_open_end(pieces, count) ? "awk 1" : "cat");
    for (size_t i = 0; i < count; i++) {
        const char *word = mtl_text_shell_word(arena, pieces[i].path);

        if (word == NULL || pieces[i].last != 0)
            return NULL;
        mtl_text_printf(&line, " %s", word);
    }
    mtl_text_printf(&line, " > %s", output);
    return line.text;
}

static const char *
cut_piece(struct mtl_arena *arena, const struct mtl_piece *piece, const char *redirect, const char *output)
{
    const char *word = mtl_text_shell_word(arena, piece->path);

    if (word == NULL)
        return NULL;
    if (piece->last == 0)
        return mtl_arena_printf(arena, "%s %s %s %s", piece->open_end ? "awk 1" : "cat", word, redirect, output);
    return mtl_arena_printf(arena, piece->open_end ? "awk 'NR>=%u && NR<=%u' %s %s %s" : "sed -n '%u,%up' %s %s %s",
                            piece->first, piece->last, word, redirect, output);
}

const char *const *
mtl_splice_commands(struct mtl_arena *arena, const struct mtl_piece *pieces, size_t count, const char *output,
                    bool holds_key)
{
    const char **lines = mtl_arena_array(arena, count + 2, sizeof(*lines));
    const char *word = mtl_text_shell_word(arena, output);
    size_t used = 0;

    if (word == NULL)
        return NULL;
    if (holds_key)
        lines[used++] = "umask 077";
    lines[used] = join_whole_files(arena, pieces, count, word);
    if (lines[used] != NULL)
        return lines;
    for (size_t i = 0; i < count; i++) {
        lines[used] = cut_piece(arena, &pieces[i], i == 0 ? ">" : ">>", word);
        if (lines[used++] == NULL)
            return NULL;
    }
    return lines;
}
