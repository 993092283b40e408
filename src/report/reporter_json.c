/*
 * Findings for programs: schema "mtlslint/check/1", see docs/JSON-CHECK.md.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/check.h"
#include "report/json.h"

static json_t *
files_array(struct mtl_arena *arena, const struct mtl_lint_result *result)
{
    json_t *array = json_array();

    for (size_t i = 0; i < result->file_count; i++) {
        json_t *object = json_object();

        json_object_set_new(object, "path", mtl_json_path(arena, result->files[i].material->path));
        json_object_set_new(object, "use", json_string(mtl_use_text(result->files[i].use)));
        json_object_set_new(object, "certificates", json_integer((json_int_t)result->files[i].material->cert_count));
        json_array_append_new(array, object);
    }
    return array;
}

/* As findings, and why they are lived with. */
static json_t *
suppressed_array(struct mtl_arena *arena, const struct mtl_lint_result *result)
{
    json_t *array = json_array();

    for (size_t i = 0; i < result->suppressed_count; i++) {
        const struct mtl_suppressed *suppressed = &result->suppressed[i];
        json_t *object = mtl_json_finding(arena, suppressed->finding);

        json_object_set_new(object, "suppressed_at", json_integer(suppressed->by->source.line));
        json_object_set_new(object, "until", mtl_json_text(arena, suppressed->by->until));
        json_object_set_new(object, "reason", mtl_json_text(arena, suppressed->by->reason));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *
count_of(const struct mtl_lint_result *result, enum mtl_severity severity)
{
    return json_integer((json_int_t)mtl_severity_count(result, severity));
}

static json_t *
summary_object(const struct mtl_lint_result *result)
{
    json_t *object = json_object();

    json_object_set_new(object, "errors", count_of(result, MTL_ERROR));
    json_object_set_new(object, "warnings", count_of(result, MTL_WARNING));
    json_object_set_new(object, "infos", count_of(result, MTL_INFO));
    json_object_set_new(object, "files", json_integer((json_int_t)result->file_count));
    json_object_set_new(object, "certificates", json_integer((json_int_t)result->certificate_count));
    json_object_set_new(object, "suppressed", json_integer((json_int_t)result->suppressed_count));
    json_object_set_new(object, "hidden", json_integer((json_int_t)result->hidden));
    return object;
}

static bool
report(struct mtl_arena *arena, const struct mtl_lint_result *result, const struct mtl_report_options *options,
       mtl_write *write, void *context)
{
    json_t *document = json_object();
    json_t *findings = json_array();
    char at[MTL_TIME_TEXT_SIZE];

    (void)options;
    for (size_t i = 0; i < result->finding_count; i++)
        json_array_append_new(findings, mtl_json_finding(arena, result->findings[i]));
    json_object_set_new(document, "schema", json_string("mtlslint/check/1"));
    json_object_set_new(document, "at", json_string(mtl_time_text(result->now, at)));
    json_object_set_new(document, "horizon_seconds", json_integer(result->horizon));
    json_object_set_new(document, "stack", json_string(result->stack->id));
    json_object_set_new(document, "files", files_array(arena, result));
    json_object_set_new(document, "findings", findings);
    json_object_set_new(document, "suppressed", suppressed_array(arena, result));
    json_object_set_new(document, "summary", summary_object(result));
    return mtl_json_write(document, write, context);
}

const struct mtl_reporter reporter_json = {.name = "json", .report = report};
