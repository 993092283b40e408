/*
 * Commands to paste: with the user's real paths, writing to new files only.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/fix.h"

#include <string.h>

/* How many certificates, keys and CRLs were taken from this very file. */
static size_t
objects_in(const struct mtl_fixer *fixer, const char *path)
{
    for (size_t i = 0; i < fixer->file_count; i++) {
        const struct mtl_material *file = fixer->files[i];
        size_t count = 0;

        for (size_t j = 0; j < file->cert_count; j++)
            count += strcmp(file->certs[j].source.path, path) == 0;
        for (size_t j = 0; j < file->key_count; j++)
            count += strcmp(file->keys[j].source.path, path) == 0;
        for (size_t j = 0; j < file->crl_count; j++)
            count += strcmp(file->crls[j].source.path, path) == 0;
        if (count > 0)
            return count;
    }
    return 0;
}

/* One input of the command: a file as a whole, or the lines of some of its certificates. */
struct piece {
    const char *path;
    size_t first, count; /* of the certificates wanted */
    bool whole;
    bool open_end; /* its last line may lack the newline that cat and sed need between two pieces; awk adds it */
};

static size_t
split(const struct mtl_fixer *fixer, const struct mtl_loaded_cert *certs, size_t count, struct piece *pieces)
{
    size_t piece_count = 0;

    for (size_t i = 0; i < count; i++) {
        struct piece *last = piece_count > 0 ? &pieces[piece_count - 1] : NULL;

        if (last != NULL && strcmp(last->path, certs[i].source.path) == 0 &&
            certs[i].source.ordinal == certs[i - 1].source.ordinal + 1) {
            last->count++;
            continue;
        }
        pieces[piece_count++] = (struct piece){.path = certs[i].source.path, .first = i, .count = 1};
    }
    for (size_t i = 0; i < piece_count; i++) {
        const struct mtl_source *first = &certs[pieces[i].first].source;

        pieces[i].whole = first->ordinal == 1 && objects_in(fixer, pieces[i].path) == pieces[i].count;
        pieces[i].open_end = first->open_end;
    }
    return piece_count;
}

static const char *
extraction(struct mtl_arena *arena, const struct mtl_loaded_cert *certs, const struct piece *piece)
{
    const char *word = mtl_text_shell_word(arena, piece->path);
    unsigned first = certs[piece->first].source.line;
    unsigned last = certs[piece->first + piece->count - 1].source.end_line;

    if (piece->whole)
        return mtl_arena_printf(arena, "%s %s", piece->open_end ? "awk 1" : "cat", word);
    if (piece->open_end)
        return mtl_arena_printf(arena, "awk 'NR>=%u && NR<=%u' %s", first, last, word);
    return mtl_arena_printf(arena, "sed -n '%u,%up' %s", first, last, word);
}

static const char *
write_command(struct mtl_arena *arena, const struct mtl_loaded_cert *certs, const struct piece *pieces, size_t count,
              const char *out)
{
    struct mtl_text text = {.arena = arena};
    bool all_whole = true, any_open_end = false;

    for (size_t i = 0; i < count; i++) {
        all_whole = all_whole && pieces[i].whole;
        any_open_end = any_open_end || pieces[i].open_end;
    }
    if (count == 1)
        mtl_text_add(&text, extraction(arena, certs, &pieces[0]));
    else
        mtl_text_add(&text, !all_whole ? "{" : any_open_end ? "awk 1" : "cat");
    for (size_t i = 0; count > 1 && i < count; i++) {
        if (all_whole)
            mtl_text_printf(&text, " %s", mtl_text_shell_word(arena, pieces[i].path));
        else
            mtl_text_printf(&text, " %s;", extraction(arena, certs, &pieces[i]));
    }
    mtl_text_printf(&text, "%s > %s", count == 1 || all_whole ? "" : " }", mtl_text_shell_word(arena, out));
    return text.text;
}

const char *
mtl_join_command(const struct mtl_fixer *fixer, const struct mtl_loaded_cert *certs, size_t count, const char *out)
{
    struct piece *pieces = mtl_arena_array(fixer->arena, count, sizeof *pieces);

    if (mtl_text_shell_word(fixer->arena, out) == NULL)
        return NULL;
    for (size_t i = 0; i < count; i++)
        if (!mtl_source_is_pem(&certs[i].source) || mtl_text_shell_word(fixer->arena, certs[i].source.path) == NULL)
            return NULL;
    return write_command(fixer->arena, certs, pieces, split(fixer, certs, count, pieces), out);
}

const char *
mtl_hash_command(const struct mtl_fixer *fixer, const struct mtl_side *side)
{
    const char *word = mtl_text_shell_word(fixer->arena, side->trusts->path);

    if (side->stack->hash_command == NULL || word == NULL)
        return NULL;
    return mtl_arena_printf(fixer->arena, "%s %s", side->stack->hash_command, word);
}

static size_t
stem_end(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash == NULL ? path : slash + 1;
    const char *dot = strrchr(name, '.');

    return dot == NULL || dot == name ? strlen(path) : (size_t)(dot - path);
}

const char *
mtl_path_beside(struct mtl_arena *arena, const char *path, const char *suffix)
{
    return mtl_arena_printf(arena, "%.*s-%s.pem", (int)stem_end(path), path, suffix);
}

const char *
mtl_path_stem(struct mtl_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash == NULL ? path : slash + 1;

    return mtl_arena_printf(arena, "%.*s", (int)(stem_end(path) - (size_t)(name - path)), name);
}

const char *const *
mtl_commands(struct mtl_arena *arena, const char *first, const char *second, const char *third)
{
    const char *const given[] = {first, second, third};
    struct mtl_lines lines = {0};

    for (size_t i = 0; i < sizeof given / sizeof *given; i++)
        if (given[i] != NULL)
            mtl_lines_add(arena, &lines, given[i]);
    return mtl_lines_end(arena, &lines);
}
