/*
 * Workflow commands that GitHub Actions turns into annotations: "::error file=...,line=...::text".
 *
 * GitHub shows ten of each level per step and drops the rest without a word. So we stop there, and say so.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/check.h"

#include <string.h>

#define MOST_PER_LEVEL 10U

/*
 * The runner ends a command at a line break and decodes %25, %0D, %0A; in a property, between commas, also %3A and %2C.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
static void
add_escaped(struct mtl_text *text, const char *words, const char *special)
{
    while (*words != '\0') {
        size_t size = strcspn(words, special);

        mtl_text_bytes(text, mtl_slice_of(words, size));
        words += size;
        if (*words != '\0')
            mtl_text_printf(text, "%%%02X", (unsigned char)*words++);
    }
}

static void
add_data(struct mtl_text *text, const char *words)
{
    add_escaped(text, words, "%\r\n");
}

static void
add_property(struct mtl_text *text, const char *name, const char *words)
{
    mtl_text_printf(text, "%s=", name);
    add_escaped(text, words, "%\r\n:,");
}

static const char *
level_text(enum mtl_severity severity)
{
    static const char *const texts[] = {[MTL_INFO] = "notice", [MTL_WARNING] = "warning", [MTL_ERROR] = "error"};

    return texts[severity];
}

static void
add_finding(struct mtl_text *text, const struct mtl_lint_result *result, const struct mtl_finding *finding)
{
    struct mtl_arena *arena = text->arena;
    const struct mtl_source *source = &finding->places[0].source;

    mtl_text_printf(text, "::%s ", level_text(finding->severity));
    add_property(text, "title", mtl_rule_title(arena, finding->rule));
    add_property(text, ",file", mtl_finding_path(arena, result, source));
    if (source->line > 0)
        mtl_text_printf(text, ",line=%u", source->line);
    if (source->line > 0 && source->end_line >= source->line)
        mtl_text_printf(text, ",endLine=%u", source->end_line);
    mtl_text_add(text, "::");
    add_data(text, finding->message);
    add_data(text, "\n");
    add_data(text, mtl_finding_details(arena, finding));
    mtl_text_add(text, "\n");
}

static void
add_level(struct mtl_text *text, const struct mtl_lint_result *result, enum mtl_severity severity)
{
    size_t count = 0;

    for (size_t i = 0; i < result->finding_count; i++) {
        if (result->findings[i]->severity == severity && ++count <= MOST_PER_LEVEL)
            add_finding(text, result, result->findings[i]);
    }
    if (count > MOST_PER_LEVEL)
        mtl_text_printf(text, "and %zu more of level %s, which GitHub would not show; another format lists them\n",
                        count - MOST_PER_LEVEL, level_text(severity));
}

static bool
report(struct mtl_arena *arena, const struct mtl_lint_result *result, const struct mtl_report_options *options,
       mtl_write *write, void *context)
{
    struct mtl_page page = mtl_page_new(arena, options);

    add_level(&page.text, result, MTL_ERROR);
    add_level(&page.text, result, MTL_WARNING);
    add_level(&page.text, result, MTL_INFO);
    return mtl_page_write(&page, write, context);
}

const struct mtl_reporter reporter_github = {.name = "github", .report = report};
