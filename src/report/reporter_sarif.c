/*
 * SARIF 2.1.0 (OASIS), for GitHub code scanning and other collectors of results.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/check.h"
#include "report/sarif.h"

#define SCHEMA "https://json.schemastore.org/sarif-2.1.0.json"

static json_t *
region_object(const struct mtl_source *source)
{
    json_t *region = json_object();

    json_object_set_new(region, "startLine", json_integer(source->line));
    if (source->end_line >= source->line)
        json_object_set_new(region, "endLine", json_integer(source->end_line));
    return region;
}

static json_t *
location_object(struct mtl_arena *arena, const struct mtl_lint_result *result, const struct mtl_place *place)
{
    json_t *location = json_object();
    json_t *physical = json_object();

    json_object_set_new(physical, "artifactLocation", mtl_sarif_artifact(arena, place->source.path, result->root));
    if (place->source.line > 0)
        json_object_set_new(physical, "region", region_object(&place->source));
    json_object_set_new(location, "physicalLocation", physical);
    if (place->note != NULL)
        json_object_set_new(location, "message", mtl_sarif_message(arena, place->note));
    return location;
}

static json_t *
related_array(struct mtl_arena *arena, const struct mtl_lint_result *result, const struct mtl_finding *finding)
{
    json_t *array = json_array();

    for (size_t i = 1; i < finding->place_count; i++) {
        json_t *location = location_object(arena, result, &finding->places[i]);

        json_object_set_new(location, "id", json_integer((json_int_t)i));
        json_array_append_new(array, location);
    }
    return array;
}

static json_t *
fingerprints_object(const struct mtl_finding *finding)
{
    json_t *object = json_object();

    json_object_set_new(object, "mtlslint/v1", json_string(finding->fingerprint));
    return object;
}

/* Commands are in the message; fixes are the edits of text that come to the same. */
static json_t *
result_object(struct mtl_arena *arena, const struct mtl_lint_result *result, const struct mtl_finding *finding,
              size_t rule_index)
{
    const char *words = mtl_arena_printf(arena, "%s\n%s", finding->message, mtl_finding_details(arena, finding));
    json_t *object = json_object();
    json_t *locations = json_array();

    json_array_append_new(locations, location_object(arena, result, &finding->places[0]));
    json_object_set_new(object, "ruleId", json_string(finding->rule->code));
    json_object_set_new(object, "ruleIndex", json_integer((json_int_t)rule_index));
    json_object_set_new(object, "level", json_string(mtl_sarif_level(finding->severity)));
    json_object_set_new(object, "message", mtl_sarif_message(arena, words));
    json_object_set_new(object, "locations", locations);
    if (finding->place_count > 1)
        json_object_set_new(object, "relatedLocations", related_array(arena, result, finding));
    json_object_set_new(object, "partialFingerprints", fingerprints_object(finding));
    if (finding->repair != NULL && finding->repair->edit_count > 0)
        json_object_set_new(object, "fixes", mtl_sarif_fixes(arena, result, finding));
    return object;
}

/* SARIF 2.1.0 3.35: suppressed by a line in the file itself. */
static json_t *
suppressed_object(struct mtl_arena *arena, const struct mtl_lint_result *result,
                  const struct mtl_suppressed *suppressed, size_t rule_index)
{
    json_t *object = result_object(arena, result, suppressed->finding, rule_index);
    json_t *suppressions = json_array();
    json_t *suppression = json_object();

    json_object_set_new(suppression, "kind", json_string("inSource"));
    if (suppressed->by->reason != NULL)
        json_object_set_new(suppression, "justification", mtl_json_text(arena, suppressed->by->reason));
    json_array_append_new(suppressions, suppression);
    json_object_set_new(object, "suppressions", suppressions);
    return object;
}

static size_t
index_of(const struct mtl_rule *const *rules, const struct mtl_rule *rule)
{
    size_t index = 0;

    while (rules[index] != rule)
        index++;
    return index;
}

static json_t *
tool_object(struct mtl_arena *arena, const struct mtl_rule *const *rules)
{
    json_t *tool = json_object();
    json_t *driver = json_object();

    json_object_set_new(driver, "name", json_string("mtlslint"));
    json_object_set_new(driver, "version", json_string(MTL_VERSION));
    json_object_set_new(driver, "rules", mtl_sarif_rules(arena, rules));
    json_object_set_new(tool, "driver", driver);
    return tool;
}

static json_t *
run_object(struct mtl_arena *arena, const struct mtl_lint_result *result)
{
    const struct mtl_rule *const *rules = mtl_rules_by_code(arena);
    json_t *run = json_object();
    json_t *results = json_array();

    for (size_t i = 0; i < result->finding_count; i++) {
        const struct mtl_finding *finding = result->findings[i];

        json_array_append_new(results, result_object(arena, result, finding, index_of(rules, finding->rule)));
    }
    for (size_t i = 0; i < result->suppressed_count; i++) {
        const struct mtl_suppressed *suppressed = &result->suppressed[i];

        json_array_append_new(results,
                              suppressed_object(arena, result, suppressed, index_of(rules, suppressed->finding->rule)));
    }
    json_object_set_new(run, "tool", tool_object(arena, rules));
    json_object_set_new(run, "originalUriBaseIds", mtl_sarif_bases(arena));
    json_object_set_new(run, "results", results);
    return run;
}

static bool
report(struct mtl_arena *arena, const struct mtl_lint_result *result, const struct mtl_report_options *options,
       mtl_write *write, void *context)
{
    json_t *log = json_object();
    json_t *runs = json_array();

    (void)options;
    json_array_append_new(runs, run_object(arena, result));
    json_object_set_new(log, "$schema", json_string(SCHEMA));
    json_object_set_new(log, "version", json_string("2.1.0"));
    json_object_set_new(log, "runs", runs);
    return mtl_json_write(log, write, context);
}

const struct mtl_reporter reporter_sarif = {.name = "sarif", .report = report};
