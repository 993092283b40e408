/*
 * The XML of checkstyle, which Jenkins and many other programs read.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/check.h"
#include "report/xml.h"

#include <string.h>

static void
add_finding(struct mtl_xml *xml, struct mtl_arena *arena, const struct mtl_finding *finding)
{
    const struct mtl_rule *rule = finding->rule;

    mtl_xml_begin(xml, "error");
    if (finding->places[0].source.line > 0)
        mtl_xml_number(xml, "line", finding->places[0].source.line);
    mtl_xml_attribute(xml, "severity", mtl_severity_text(finding->severity));
    mtl_xml_attribute(xml, "message", mtl_arena_printf(arena, "%s: %s", mtl_rule_title(arena, rule), finding->message));
    mtl_xml_attribute(xml, "source", mtl_arena_printf(arena, "mtlslint.%s", rule->code));
    mtl_xml_end(xml);
}

static bool
report(struct mtl_arena *arena, const struct mtl_lint_result *result, const struct mtl_report_options *options,
       mtl_write *write, void *context)
{
    struct mtl_xml *xml = mtl_xml_new();
    const char *path = NULL;

    (void)options;
    mtl_xml_begin(xml, "checkstyle");
    mtl_xml_attribute(xml, "version", "4.3");
    for (size_t i = 0; i < result->finding_count; i++) {
        const struct mtl_source *source = &result->findings[i]->places[0].source;

        if (path != NULL && strcmp(path, source->path) != 0)
            mtl_xml_end(xml);
        if (path == NULL || strcmp(path, source->path) != 0) {
            mtl_xml_begin(xml, "file");
            mtl_xml_attribute(xml, "name", mtl_finding_path(arena, result, source));
        }
        path = source->path;
        add_finding(xml, arena, result->findings[i]);
    }
    return mtl_xml_finish(xml, write, context);
}

const struct mtl_reporter reporter_checkstyle = {.name = "checkstyle", .report = report};
