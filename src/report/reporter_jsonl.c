/*
 * A finding per line, each a JSON object as in the document of reporter_json.c.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/check.h"
#include "report/json.h"

static bool
report(struct mtl_arena *arena, const struct mtl_lint_result *result, const struct mtl_report_options *options,
       mtl_write *write, void *context)
{
    (void)options;
    for (size_t i = 0; i < result->finding_count; i++) {
        if (!mtl_json_write_line(mtl_json_finding(arena, result->findings[i]), write, context))
            return false;
    }
    return true;
}

const struct mtl_reporter reporter_jsonl = {.name = "jsonl", .report = report};
