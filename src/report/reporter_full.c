/*
 * Findings for a person: headline, place, evidence, why, fix; a summary at the end.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/check.h"

static enum mtl_ink
severity_ink(enum mtl_severity severity)
{
    static const enum mtl_ink inks[] = {
        [MTL_INFO] = MTL_INK_CYAN, [MTL_WARNING] = MTL_INK_YELLOW, [MTL_ERROR] = MTL_INK_RED};

    return inks[severity];
}

static void
add_headline(struct mtl_page *page, const struct mtl_finding *finding)
{
    const char *severity = mtl_severity_text(finding->severity);
    const char *tag = mtl_arena_printf(page->text.arena, "%s[%s]", severity, finding->rule->code);

    mtl_page_add(page, severity_ink(finding->severity), tag);
    mtl_page_add(page, MTL_INK_BOLD, ": ");
    mtl_page_words(page, MTL_INK_BOLD, mtl_text_columns(tag) + 2, finding->message);
}

static void
add_places(struct mtl_page *page, const struct mtl_finding *finding)
{
    struct mtl_arena *arena = page->text.arena;

    mtl_page_add(page, MTL_INK_DIM, "  --> ");
    mtl_page_add(page, MTL_INK_PLAIN, mtl_finding_place(arena, &finding->places[0]));
    mtl_page_end_line(page);
    for (size_t i = 0; i < finding->evidence_count; i++) {
        mtl_page_add(page, MTL_INK_DIM, "   |  ");
        mtl_page_add(page, MTL_INK_PLAIN, finding->evidence[i]);
        mtl_page_end_line(page);
    }
    for (size_t i = 1; i < finding->place_count; i++) {
        mtl_page_add(page, MTL_INK_DIM, "  ::: ");
        mtl_page_add(page, MTL_INK_PLAIN, mtl_finding_place(arena, &finding->places[i]));
        mtl_page_add(page, MTL_INK_PLAIN, ": ");
        mtl_page_add(page, MTL_INK_PLAIN, finding->places[i].note);
        mtl_page_end_line(page);
    }
}

static void
add_words(struct mtl_page *page, const char *label, const char *words)
{
    if (words == NULL)
        return;
    mtl_page_add(page, MTL_INK_BOLD, label);
    mtl_page_words(page, MTL_INK_PLAIN, mtl_text_columns(label), words);
}

static void
add_finding(struct mtl_page *page, const struct mtl_finding *finding)
{
    add_headline(page, finding);
    add_places(page, finding);
    add_words(page, "  why: ", finding->why);
    if (finding->hits.asked > 0)
        add_words(page, "  hits: ", mtl_hits_text(page->text.arena, &finding->hits));
    add_words(page, "  fix: ", finding->fix);
    for (const char *const *line = mtl_finding_commands(page->text.arena, finding); *line != NULL; line++) {
        mtl_page_add(page, MTL_INK_PLAIN, "         ");
        mtl_page_add(page, MTL_INK_GREEN, *line);
        mtl_page_end_line(page);
    }
    mtl_page_add(page, MTL_INK_DIM, "  docs: mtlslint explain ");
    mtl_page_add(page, MTL_INK_DIM, finding->rule->code);
    mtl_page_end_line(page);
    mtl_page_end_line(page);
}

/* "2 errors, " */
static void
add_count(struct mtl_page *page, const struct mtl_lint_result *result, enum mtl_severity severity, const char *unit)
{
    size_t count = mtl_severity_count(result, severity);

    if (count > 0)
        mtl_page_add(page, severity_ink(severity),
                     mtl_arena_printf(page->text.arena, "%zu %s%s, ", count, unit, count == 1 ? "" : "s"));
}

static void
add_summary(struct mtl_page *page, const struct mtl_lint_result *result)
{
    if (result->finding_count == 0)
        mtl_page_add(page, MTL_INK_GREEN, "no findings, ");
    add_count(page, result, MTL_ERROR, "error");
    add_count(page, result, MTL_WARNING, "warning");
    add_count(page, result, MTL_INFO, "note");
    mtl_page_add(page, MTL_INK_PLAIN,
                 mtl_arena_printf(page->text.arena, "%zu certificate%s in %zu file%s", result->certificate_count,
                                  result->certificate_count == 1 ? "" : "s", result->file_count,
                                  result->file_count == 1 ? "" : "s"));
    if (result->suppressed_count > 0)
        mtl_page_add(page, MTL_INK_PLAIN,
                     mtl_arena_printf(page->text.arena, " (%zu suppressed)", result->suppressed_count));
    if (result->hidden > 0)
        mtl_page_add(page, MTL_INK_PLAIN,
                     mtl_arena_printf(page->text.arena, " (%s)", mtl_hidden_text(page->text.arena, result)));
    mtl_page_end_line(page);
}

static bool
report(struct mtl_arena *arena, const struct mtl_lint_result *result, const struct mtl_report_options *options,
       mtl_write *write, void *context)
{
    struct mtl_page page = mtl_page_new(arena, options);

    for (size_t i = 0; i < result->finding_count; i++)
        add_finding(&page, result->findings[i]);
    if (result->finding_count > 0 || !options->quiet)
        add_summary(&page, result);
    return mtl_page_write(&page, write, context);
}

const struct mtl_reporter reporter_full = {.name = "full", .alias = "text", .report = report};
