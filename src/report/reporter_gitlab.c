/*
 * GitLab's code quality report: a list of issues in the form of Code Climate, of which GitLab reads some fields.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/check.h"
#include "report/json.h"

static const char *
severity_text(enum mtl_severity severity)
{
    static const char *const texts[] = {[MTL_INFO] = "info", [MTL_WARNING] = "major", [MTL_ERROR] = "critical"};

    return texts[severity];
}

static json_t *
location_object(struct mtl_arena *arena, const struct mtl_lint_result *result, const struct mtl_source *source)
{
    json_t *location = json_object();
    json_t *lines = json_object();

    json_object_set_new(lines, "begin", json_integer(source->line > 0 ? source->line : 1));
    json_object_set_new(location, "path", mtl_json_text(arena, mtl_finding_path(arena, result, source)));
    json_object_set_new(location, "lines", lines);
    return location;
}

static json_t *
issue_object(struct mtl_arena *arena, const struct mtl_lint_result *result, const struct mtl_finding *finding)
{
    const struct mtl_rule *rule = finding->rule;
    const char *description = mtl_arena_printf(arena, "%s: %s", mtl_rule_title(arena, rule), finding->message);
    json_t *object = json_object();

    json_object_set_new(object, "description", mtl_json_text(arena, description));
    json_object_set_new(object, "check_name", json_string(rule->code));
    json_object_set_new(object, "fingerprint", json_string(finding->fingerprint));
    json_object_set_new(object, "severity", json_string(severity_text(finding->severity)));
    json_object_set_new(object, "location", location_object(arena, result, &finding->places[0].source));
    return object;
}

static bool
report(struct mtl_arena *arena, const struct mtl_lint_result *result, const struct mtl_report_options *options,
       mtl_write *write, void *context)
{
    json_t *issues = json_array();

    (void)options;
    for (size_t i = 0; i < result->finding_count; i++)
        json_array_append_new(issues, issue_object(arena, result, result->findings[i]));
    return mtl_json_write(issues, write, context);
}

const struct mtl_reporter reporter_gitlab = {.name = "gitlab", .report = report};
