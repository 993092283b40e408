/*
 * Findings as plain words, for formats that have one field for all there is to say.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/check.h"

#include <string.h>

const struct mtl_reporter *
mtl_reporter_find(const char *name)
{
    for (size_t i = 0; i < mtl_reporter_table_count; i++) {
        const struct mtl_reporter *reporter = mtl_reporter_table[i];

        if (strcmp(reporter->name, name) == 0 || (reporter->alias != NULL && strcmp(reporter->alias, name) == 0))
            return reporter;
    }
    return NULL;
}

size_t
mtl_severity_count(const struct mtl_lint_result *result, enum mtl_severity severity)
{
    size_t count = 0;

    for (size_t i = 0; i < result->finding_count; i++)
        count += result->findings[i]->severity == severity;
    return count;
}

const char *
mtl_hidden_text(struct mtl_arena *arena, const struct mtl_lint_result *result)
{
    return mtl_arena_printf(arena, "%zu known finding%s hidden by baseline", result->hidden,
                            result->hidden == 1 ? "" : "s");
}

bool
mtl_finding_fails(const struct mtl_finding *finding, enum mtl_fail_on fail_on)
{
    static const enum mtl_severity least[] = {
        [MTL_FAIL_ON_ERROR] = MTL_ERROR, [MTL_FAIL_ON_WARNING] = MTL_WARNING, [MTL_FAIL_ON_INFO] = MTL_INFO};

    return fail_on != MTL_FAIL_ON_NEVER && finding->severity >= least[fail_on];
}

const char *
mtl_finding_path(struct mtl_arena *arena, const struct mtl_lint_result *result, const struct mtl_source *source)
{
    return mtl_text_safe(arena, mtl_slice_text(mtl_lint_path(arena, source->path, result->root)), 0);
}

const char *
mtl_rule_title(struct mtl_arena *arena, const struct mtl_rule *rule)
{
    return mtl_arena_printf(arena, "%s %s", rule->code, rule->name);
}

const char *
mtl_finding_place(struct mtl_arena *arena, const struct mtl_place *place)
{
    const char *where = mtl_place_text(arena, &place->source);

    if (place->total == 0)
        return where;
    return mtl_arena_printf(arena, "%s (certificate %u of %u)", where, place->source.ordinal, place->total);
}

static void
add_line(struct mtl_text *text, const char *label, const char *words)
{
    if (words != NULL)
        mtl_text_printf(text, "%s%s%s", text->size > 0 ? "\n" : "", label, words);
}

const char *const *
mtl_finding_commands(struct mtl_arena *arena, const struct mtl_finding *finding)
{
    const char **commands = mtl_arena_array(arena, 2, sizeof(*commands));

    if (finding->repair == NULL && finding->commands != NULL)
        return finding->commands;
    commands[0] = finding->repair != NULL ? finding->repair->command : NULL;
    return commands;
}

const char *
mtl_finding_details(struct mtl_arena *arena, const struct mtl_finding *finding)
{
    struct mtl_text text = {.arena = arena};

    add_line(&text, "at ", mtl_finding_place(arena, &finding->places[0]));
    for (size_t i = 0; i < finding->evidence_count; i++)
        add_line(&text, "", finding->evidence[i]);
    for (size_t i = 1; i < finding->place_count; i++) {
        add_line(&text, "see ", mtl_finding_place(arena, &finding->places[i]));
        mtl_text_printf(&text, ": %s", finding->places[i].note);
    }
    add_line(&text, "why: ", finding->why);
    if (finding->hits.asked > 0)
        add_line(&text, "hits: ", mtl_hits_text(arena, &finding->hits));
    add_line(&text, "fix: ", finding->fix);
    for (const char *const *command = mtl_finding_commands(arena, finding); *command != NULL; command++)
        add_line(&text, "  ", *command);
    return text.text;
}
