/*
 * Which rules count, and how much: by code, by the beginning of a code, by name.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/lint.h"

#include <string.h>
#include <strings.h>

struct choice {
    bool selected, ignored, graded;
    enum mtl_severity severity; /* if graded */
};

struct mtl_selection {
    struct mtl_arena *arena;
    bool selects;           /* something was selected: nothing else counts */
    struct choice *choices; /* as mtl_rule_table */
};

struct mtl_selection *
mtl_selection_new(struct mtl_arena *arena)
{
    struct mtl_selection *selection = mtl_arena_alloc(arena, sizeof(*selection));

    selection->arena = arena;
    selection->choices = mtl_arena_array(arena, mtl_rule_table_count, sizeof(*selection->choices));
    return selection;
}

static bool
begins_codes(const char *word)
{
    size_t size = strlen(word), at = 0;

    while (at < mtl_rule_table_count && strncasecmp(mtl_rule_table[at]->code, word, size) != 0)
        at++;
    return size >= strlen("MTL") && at < mtl_rule_table_count;
}

bool
mtl_rule_refuse(struct mtl_arena *arena, const char *word, struct mtl_error *error)
{
    const char **words = mtl_arena_array(arena, 2 * mtl_rule_table_count, sizeof(*words));
    const char *nearest;

    for (size_t i = 0; i < mtl_rule_table_count; i++) {
        words[i] = mtl_rule_table[i]->code;
        words[mtl_rule_table_count + i] = mtl_rule_table[i]->name;
    }
    if (begins_codes(word))
        return mtl_error_set(error, NULL, 0, "mtlslint rules lists them",
                             "'%.60s' is the beginning of codes where one rule is due", word);
    nearest = mtl_text_nearest(word, words, 2 * mtl_rule_table_count);
    if (nearest != NULL)
        return mtl_error_set(error, NULL, 0, NULL, "unknown rule '%.60s'; did you mean '%s'?", word, nearest);
    return mtl_error_set(error, NULL, 0, "mtlslint rules lists them", "unknown rule '%.60s'", word);
}

/* "MTL" or more of the code; a whole name. */
static bool
is_meant(const struct mtl_rule *rule, const char *word)
{
    size_t size = strlen(word);

    if (size >= strlen("MTL") && strncasecmp(rule->code, word, size) == 0)
        return true;
    return strcasecmp(rule->name, word) == 0;
}

/* What to do to a choice. */
enum deed { SELECT, IGNORE, GRADE };

static bool
choose(struct mtl_selection *selection, const char *word, enum deed deed, enum mtl_severity severity,
       struct mtl_error *error)
{
    bool found = false;

    for (size_t i = 0; i < mtl_rule_table_count; i++) {
        struct choice *choice = &selection->choices[i];

        if (!is_meant(mtl_rule_table[i], word))
            continue;
        found = true;
        choice->selected |= deed == SELECT;
        choice->ignored |= deed == IGNORE;
        choice->graded |= deed == GRADE;
        if (deed == GRADE)
            choice->severity = severity;
    }
    return found || mtl_rule_refuse(selection->arena, word, error);
}

static bool
choose_all(struct mtl_selection *selection, const char *words, enum deed deed, struct mtl_error *error)
{
    char *rest;
    char *list = mtl_arena_strdup(selection->arena, words);
    char *word = strtok_r(list, ", ", &rest);

    if (word == NULL)
        return mtl_error_set(error, NULL, 0, "Give a code, the beginning of codes, or a name", "'%.60s' is no rule",
                             words);
    for (; word != NULL; word = strtok_r(NULL, ", ", &rest)) {
        if (!choose(selection, word, deed, MTL_INFO, error))
            return false;
    }
    return true;
}

bool
mtl_selection_select(struct mtl_selection *selection, const char *words, struct mtl_error *error)
{
    selection->selects = true;
    return choose_all(selection, words, SELECT, error);
}

bool
mtl_selection_ignore(struct mtl_selection *selection, const char *words, struct mtl_error *error)
{
    return choose_all(selection, words, IGNORE, error);
}

bool
mtl_severity_find(const char *word, enum mtl_severity *severity)
{
    for (*severity = MTL_INFO; *severity <= MTL_ERROR; ++*severity) {
        if (strcmp(mtl_severity_text(*severity), word) == 0)
            return true;
    }
    return false;
}

static bool
grade(struct mtl_selection *selection, char *pair, struct mtl_error *error)
{
    char *equals = strchr(pair, '=');
    enum mtl_severity severity;

    if (equals == NULL || !mtl_severity_find(equals + 1, &severity))
        return mtl_error_set(error, NULL, 0, "Give CODE=LEVEL, such as MTL107=warning; levels: error, warning, info",
                             "'%.60s' sets no severity", pair);
    *equals = '\0';
    return choose(selection, pair, GRADE, severity, error);
}

bool
mtl_selection_grade(struct mtl_selection *selection, const char *pairs, struct mtl_error *error)
{
    char *rest;
    char *list = mtl_arena_strdup(selection->arena, pairs);

    for (char *pair = strtok_r(list, ", ", &rest); pair != NULL; pair = strtok_r(NULL, ", ", &rest)) {
        if (!grade(selection, pair, error))
            return false;
    }
    return true;
}

/* ---- on a result ---------------------------------------------------------------------------------------------- */

static const struct choice *
choice_for(const struct mtl_selection *selection, const struct mtl_rule *rule)
{
    size_t index = 0;

    while (mtl_rule_table[index] != rule)
        index++;
    return &selection->choices[index];
}

static const struct mtl_finding *
graded(struct mtl_arena *arena, const struct mtl_finding *finding, enum mtl_severity severity)
{
    struct mtl_finding *copy = mtl_arena_alloc(arena, sizeof(*copy));

    *copy = *finding;
    copy->severity = severity;
    return copy;
}

static bool
counts(const struct mtl_selection *selection, const struct mtl_finding *finding)
{
    const struct choice *choice = choice_for(selection, finding->rule);

    return !choice->ignored && (choice->selected || !selection->selects);
}

static const struct mtl_suppressed *
apply_to_suppressed(const struct mtl_selection *selection, const struct mtl_lint_result *result, size_t *count)
{
    struct mtl_suppressed *kept = mtl_arena_array(selection->arena, result->suppressed_count, sizeof(*kept));

    *count = 0;
    for (size_t i = 0; i < result->suppressed_count; i++) {
        if (counts(selection, result->suppressed[i].finding))
            kept[(*count)++] = result->suppressed[i];
    }
    return kept;
}

const struct mtl_lint_result *
mtl_selection_apply(const struct mtl_selection *selection, const struct mtl_lint_result *result)
{
    struct mtl_arena *arena = selection->arena;
    struct mtl_lint_result *out = mtl_arena_alloc(arena, sizeof(*out));
    const struct mtl_finding **kept = mtl_arena_array(arena, result->finding_count, sizeof(*kept));

    *out = *result;
    out->findings = kept;
    out->finding_count = 0;
    out->suppressed = apply_to_suppressed(selection, result, &out->suppressed_count);
    for (size_t i = 0; i < result->finding_count; i++) {
        const struct mtl_finding *finding = result->findings[i];
        const struct choice *choice = choice_for(selection, finding->rule);

        if (!counts(selection, finding))
            continue;
        kept[out->finding_count++] = choice->graded ? graded(arena, finding, choice->severity) : finding;
    }
    return out;
}
