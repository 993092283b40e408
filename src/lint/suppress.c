/*
 * Findings that somebody decided to live with: "# mtlslint: ignore=MTL203 until=2027-03-01 reason="..."" above what
 * they are about, or "ignore-file=" anywhere in its file.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/lint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define DAY (INT64_C(24) * 3600)
/* Bytes of a word that is shown. */
#define MAX_WORD 60U

/* ---- reading -------------------------------------------------------------------------------------------------- */

/* Never NULL: a word of a remark, safe to print. */
static const char *
show(struct mtl_arena *arena, const char *word)
{
    return mtl_text_safe(arena, mtl_slice_text(word), MAX_WORD);
}

static void
take_rules(struct mtl_arena *arena, struct mtl_suppression *suppression, char *words)
{
    char *rest;

    for (char *word = strtok_r(words, ",", &rest); word != NULL; word = strtok_r(NULL, ",", &rest)) {
        const struct mtl_rule *rule = mtl_rule_find(word);
        struct mtl_error error;

        if (rule == NULL) {
            (void)mtl_rule_refuse(arena, show(arena, word), &error);
            suppression->fault = mtl_arena_strdup(arena, error.message);
            return;
        }
        if (suppression->rule_count == MTL_MAX_SUPPRESSED_RULES) {
            suppression->fault = mtl_arena_printf(arena, "more than %u rules", MTL_MAX_SUPPRESSED_RULES);
            return;
        }
        suppression->rules[suppression->rule_count++] = rule;
    }
}

/* A date alone, the last day on which it holds. */
static void
take_until(struct mtl_arena *arena, struct mtl_suppression *suppression, const char *word)
{
    bool is_date = strlen(word) == strlen("2027-03-01") && strspn(word, "0123456789-") == strlen(word);
    mtl_time begin;

    if (is_date && mtl_time_parse(word, 0, &begin, NULL)) {
        suppression->has_end = true;
        suppression->end = begin + DAY;
        suppression->until = mtl_arena_strdup(arena, word);
        return;
    }
    suppression->fault = mtl_arena_printf(arena, "until=%s is no date such as 2027-03-01", show(arena, word));
}

static void
take(struct mtl_arena *arena, struct mtl_suppression *suppression, const char *key, char *value)
{
    static const char *const keys[] = {"ignore", "ignore-file", "until", "reason"};
    const char *nearest;

    if ((strcmp(key, "until") == 0 && suppression->has_end) || (strcmp(key, "reason") == 0 && suppression->reason)) {
        suppression->fault = mtl_arena_printf(arena, "%s is given twice", show(arena, key));
        return;
    }
    if (strcmp(key, "ignore") == 0 || strcmp(key, "ignore-file") == 0) {
        suppression->is_for_file = strcmp(key, "ignore-file") == 0;
        take_rules(arena, suppression, value);
    } else if (strcmp(key, "until") == 0) {
        take_until(arena, suppression, value);
    } else if (strcmp(key, "reason") == 0) {
        suppression->reason = mtl_text_safe(arena, mtl_slice_text(value), 0);
    } else {
        nearest = mtl_text_nearest(key, keys, sizeof(keys) / sizeof(keys[0]));
        suppression->fault = mtl_arena_printf(arena, "it has no '%s'%s%s", show(arena, key),
                                              nearest == NULL ? "" : "; did you mean ", nearest == NULL ? "" : nearest);
    }
}

/* The next word of "key=value key="a value"", cut out of *text. False at the end, or when something is wrong. */
static bool
next_word(struct mtl_arena *arena, struct mtl_suppression *suppression, char **text, const char **key, char **value)
{
    char *at = *text + strspn(*text, " \t");
    size_t size = strcspn(at, "= \t");
    const char *ends;

    if (*at == '\0')
        return false;
    if (at[size] != '=') {
        at[size] = '\0';
        suppression->fault = mtl_arena_printf(arena, "'%s' is not followed by '='", show(arena, at));
        return false;
    }
    at[size] = '\0';
    *key = at;
    at += size + 1;
    ends = *at == '"' ? "\"" : " \t";
    at += *at == '"';
    *value = at;
    at += strcspn(at, ends);
    if (*ends == '"' && *at == '\0') {
        suppression->fault = "a quotation mark is not closed";
        return false;
    }
    *text = *at == '\0' ? at : at + 1;
    *at = '\0';
    return true;
}

static struct mtl_suppression
parse(struct mtl_arena *arena, const struct mtl_remark *remark)
{
    struct mtl_suppression suppression = {.source = remark->source, .line = remark->due_line};
    char *text = mtl_arena_strdup(arena, remark->text);
    const char *key;
    char *value;

    while (suppression.fault == NULL && next_word(arena, &suppression, &text, &key, &value))
        take(arena, &suppression, key, value);
    if (suppression.fault == NULL && suppression.rule_count == 0)
        suppression.fault = "it names no rule; write ignore=CODE or ignore-file=CODE";
    if (suppression.fault == NULL && !suppression.is_for_file && suppression.line == 0)
        suppression.fault = "nothing follows that it could be about";
    return suppression;
}

/* Is the path, as it was given, within what an entry of the project file is about? */
static bool
is_within(const struct mtl_lint *lint, const struct mtl_suppression *entry, const char *path)
{
    return mtl_lint_covers(lint->arena, lint->root, entry->folder, entry->pattern, path);
}

static bool
is_in_view(const struct mtl_lint *lint, const struct mtl_suppression *entry)
{
    for (size_t i = 0; entry->pattern != NULL && i < lint->file_count; i++)
        if (is_within(lint, entry, lint->files[i].material->path))
            return true;
    return false;
}

static void
add_remarks(struct mtl_arena *arena, struct mtl_suppressions *list, const struct mtl_remark *remarks, size_t count)
{
    for (size_t i = 0; i < count; i++)
        list->items[list->count++] = parse(arena, &remarks[i]);
}

static int
by_place(const void *left, const void *right)
{
    const struct mtl_suppression *a = left, *b = right;
    int order = strcmp(a->source.path, b->source.path);

    if (order != 0)
        return order;
    return a->source.line < b->source.line ? -1 : a->source.line > b->source.line;
}

struct mtl_suppressions
mtl_suppressions_read(const struct mtl_lint *lint, const struct mtl_lint_request *request)
{
    struct mtl_suppressions list = {.count = 0};
    size_t count = request->remark_count + request->ignore_count;

    for (size_t i = 0; i < lint->file_count; i++)
        count += lint->files[i].material->remark_count;
    list.items = mtl_arena_array(lint->arena, count, sizeof(*list.items));
    for (size_t i = 0; i < lint->file_count; i++)
        add_remarks(lint->arena, &list, lint->files[i].material->remarks, lint->files[i].material->remark_count);
    add_remarks(lint->arena, &list, request->remarks, request->remark_count);
    list.line_count = list.count;
    if (list.count > 0)
        qsort(list.items, list.count, sizeof(*list.items), by_place);
    for (size_t i = 0; i < request->ignore_count; i++) {
        list.items[list.count] = request->ignores[i];
        list.items[list.count++].is_in_view = is_in_view(lint, &request->ignores[i]);
    }
    return list;
}

/* ---- applying ------------------------------------------------------------------------------------------------- */

bool
mtl_suppression_has_expired(const struct mtl_lint *lint, const struct mtl_suppression *suppression)
{
    return suppression->has_end && lint->now >= suppression->end;
}

static bool
names_rule(const struct mtl_suppression *suppression, const struct mtl_rule *rule)
{
    for (size_t i = 0; i < suppression->rule_count; i++)
        if (suppression->rules[i] == rule)
            return true;
    return false;
}

static bool
has_digest(const struct mtl_cert *cert, const char *digits)
{
    char text[2 * 32 + 1];
    uint8_t digest[32];

    mtl_cert_sha256(cert, digest);
    for (size_t i = 0; i < sizeof(digest); i++)
        snprintf(text + 2 * i, 3, "%02x", digest[i]);
    return strncasecmp(text, digits, strlen(digits)) == 0;
}

/* An entry of the project file. */
static bool
is_declared_for(const struct mtl_lint *lint, const struct mtl_suppression *entry, const struct mtl_finding *finding)
{
    if (entry->sha256 != NULL && (finding->cert == NULL || !has_digest(finding->cert, entry->sha256)))
        return false;
    return entry->pattern == NULL || is_within(lint, entry, finding->places[0].source.path);
}

static bool
is_about(const struct mtl_lint *lint, const struct mtl_suppression *suppression, const struct mtl_finding *finding)
{
    const struct mtl_source *place = &finding->places[0].source;

    if (suppression->fault != NULL || !names_rule(suppression, finding->rule))
        return false;
    if (suppression->is_declared)
        return is_declared_for(lint, suppression, finding);
    return suppression->is_for_file || suppression->line == place->line;
}

/* The first line whose file is not before that path. */
static size_t
first_of(const struct mtl_suppressions *list, const char *path)
{
    size_t low = 0;

    for (size_t high = list->line_count; low < high;) {
        size_t middle = low + (high - low) / 2;

        if (strcmp(list->items[middle].source.path, path) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* One that has expired is met, but hides nothing. */
const struct mtl_suppression *
mtl_suppressions_find(const struct mtl_lint *lint, struct mtl_suppressions *list, const struct mtl_finding *finding)
{
    const char *path = finding->places[0].source.path;
    const struct mtl_suppression *found = NULL;
    size_t i = first_of(list, path);

    while (i < list->count) {
        struct mtl_suppression *suppression = &list->items[i];

        if (i < list->line_count && strcmp(suppression->source.path, path) != 0) {
            i = list->line_count;
            continue;
        }
        i++;
        if (!is_about(lint, suppression, finding))
            continue;
        suppression->met++;
        if (found == NULL && !mtl_suppression_has_expired(lint, suppression))
            found = suppression;
    }
    return found;
}
