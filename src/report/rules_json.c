/*
 * The rules for programs: schema "mtlslint/rules/1", see docs/OUTPUT.md.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/check.h"
#include "report/json.h"

static json_t *
rule_object(struct mtl_arena *arena, const struct mtl_rule *rule)
{
    json_t *object = json_object();

    json_object_set_new(object, "code", json_string(rule->code));
    json_object_set_new(object, "name", json_string(rule->name));
    json_object_set_new(object, "title", json_string(rule->title));
    json_object_set_new(object, "severity", json_string(mtl_severity_text(rule->severity)));
    json_object_set_new(object, "error_if_strict", json_boolean(rule->forbidden));
    json_object_set_new(object, "looks_at", json_string(mtl_scope_text(arena, rule->scopes)));
    json_object_set_new(object, "why", json_string(rule->rationale));
    json_object_set_new(object, "fix", json_string(rule->fix));
    json_object_set_new(object, "references", json_string(rule->references));
    json_object_set_new(object, "since", json_string(mtl_rule_page(rule)->since));
    json_object_set_new(object, "example_wrong", json_string(mtl_rule_page(rule)->fires));
    json_object_set_new(object, "example_right", json_string(mtl_rule_page(rule)->quiet));
    return object;
}

bool
mtl_report_rules_json(struct mtl_arena *arena, mtl_write *write, void *context)
{
    const struct mtl_rule *const *rules = mtl_rules_by_code(arena);
    json_t *document = json_object();
    json_t *array = json_array();

    for (; *rules != NULL; rules++)
        json_array_append_new(array, rule_object(arena, *rules));
    json_object_set_new(document, "schema", json_string("mtlslint/rules/1"));
    json_object_set_new(document, "rules", array);
    return mtl_json_write(document, write, context);
}
