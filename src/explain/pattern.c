/*
 * Templates of log lines as patterns, and lines against them.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "explain/parts.h"

#include <string.h>

#define FURTHEST_APART 300U /* octets between two pieces */

/* What stands for a placeholder; NULL: anything. */
static const char *
value_of(struct mtl_arena *arena, struct mtl_slice name, const struct mtl_stack_reason *row,
         const struct mtl_stack_alert_words *alert)
{
    if (alert != NULL && mtl_slice_equal(name, mtl_slice_text("{alert}")))
        return alert->phrase;
    if (alert != NULL && mtl_slice_equal(name, mtl_slice_text("{number}")))
        return mtl_arena_printf(arena, "%08X", (unsigned)alert->number);
    if (alert != NULL && mtl_slice_equal(name, mtl_slice_text("{number_decimal}")))
        return mtl_arena_printf(arena, "%u", (unsigned)alert->number);
    if (alert != NULL && mtl_slice_equal(name, mtl_slice_text("{alert_code}")))
        return mtl_arena_printf(arena, "%u", (unsigned)alert->code);
    if (row != NULL && mtl_slice_equal(name, mtl_slice_text("{code}")))
        return mtl_arena_printf(arena, "%d", row->native_code);
    if (row != NULL && mtl_slice_equal(name, mtl_slice_text("{name}")))
        return row->native_name;
    if (row != NULL && (mtl_slice_equal(name, mtl_slice_text("{text}")) ||
                        mtl_slice_equal(name, mtl_slice_text("{list}")))) /* the first of them */
        return row->native_text;
    if (row != NULL && mtl_slice_equal(name, mtl_slice_text("{text_}")))
        return mtl_text_underscored(arena, row->native_text);
    return NULL;
}

/* A pattern while it is made. */
struct maker {
    struct mtl_arena *arena;
    struct mtl_pattern pattern;
    struct mtl_text piece;
};

static void
end_piece(struct maker *maker)
{
    if (maker->piece.size > 0 && maker->pattern.count < MTL_PATTERN_PIECES)
        maker->pattern.pieces[maker->pattern.count++] = maker->piece.text;
    maker->piece = (struct mtl_text){.arena = maker->arena};
}

/* "routines::no shared cipher": a function's name may stand between the colons. */
static void
add_plain(struct maker *maker, const char *words, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        mtl_text_bytes(&maker->piece, mtl_slice_of(words + i, 1));
        if (i + 1 < size && words[i] == ':' && words[i + 1] == ':')
            end_piece(maker);
    }
}

static void
add_words(struct maker *maker, const char *words, const struct mtl_stack_reason *row,
          const struct mtl_stack_alert_words *alert, bool nested)
{
    while (*words != '\0') {
        size_t plain = strcspn(words, "{"), size = strcspn(words + plain, "}");
        const char *value;

        add_plain(maker, words, plain);
        words += plain;
        if (*words == '\0')
            return;
        if (words[size] == '\0') { /* a brace of the stack's own */
            add_plain(maker, words, size);
            return;
        }
        value = nested ? NULL : value_of(maker->arena, mtl_slice_of(words, size + 1), row, alert);
        if (value == NULL)
            end_piece(maker);
        else
            add_words(maker, value, NULL, NULL, true);
        words += size + 1;
    }
}

struct mtl_pattern
mtl_pattern_of(struct mtl_arena *arena, const char *words, const struct mtl_stack_reason *row,
               const struct mtl_stack_alert_words *alert)
{
    struct maker maker = {.arena = arena, .piece = {.arena = arena}};

    add_words(&maker, words, row, alert, false);
    end_piece(&maker);
    return maker.pattern;
}

size_t
mtl_pattern_size(const struct mtl_pattern *pattern)
{
    size_t size = 0;

    for (size_t i = 0; i < pattern->count; i++)
        size += strlen(pattern->pieces[i]);
    return size;
}

const char *
mtl_pattern_longest(const struct mtl_pattern *pattern)
{
    const char *longest = "";

    for (size_t i = 0; i < pattern->count; i++)
        if (strlen(pattern->pieces[i]) > strlen(longest))
            longest = pattern->pieces[i];
    return longest;
}

size_t
mtl_pattern_match(const struct mtl_pattern *pattern, const char *line)
{
    const char *at = line;
    size_t matched = 0;

    for (size_t i = 0; i < pattern->count; i++) {
        const char *found = strstr(at, pattern->pieces[i]);

        if (found == NULL || (i > 0 && (size_t)(found - at) > FURTHEST_APART))
            return 0;
        at = found + strlen(pattern->pieces[i]);
        matched += strlen(pattern->pieces[i]);
    }
    return matched;
}
