/*
 * One line per finding, as compilers write them, so that editors and problem matchers jump to the place.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/check.h"

/*
 * "PATH:LINE:COLUMN: error: MTL104 headline". The path is as given: an editor is to open it. One that begins with a
 * colon is told otherwise: to GitHub a line that begins with "::" is an order.
 */
static void
add_finding(struct mtl_text *text, const struct mtl_finding *finding)
{
    const struct mtl_source *source = &finding->places[0].source;

    mtl_text_printf(text, "%s%s:%u:1: %s: %s %s\n", source->path[0] == ':' ? "./" : "",
                    mtl_text_safe(text->arena, mtl_slice_text(source->path), 0), source->line > 0 ? source->line : 1,
                    mtl_severity_text(finding->severity), finding->rule->code, finding->message);
}

static bool
report(struct mtl_arena *arena, const struct mtl_lint_result *result, const struct mtl_report_options *options,
       mtl_write *write, void *context)
{
    struct mtl_page page = mtl_page_new(arena, options);

    for (size_t i = 0; i < result->finding_count; i++)
        add_finding(&page.text, result->findings[i]);
    return mtl_page_write(&page, write, context);
}

const struct mtl_reporter reporter_concise = {.name = "concise", .report = report};
