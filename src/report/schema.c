/*
 * The JSON schema of the project file, from its table of keys.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/schema.h"
#include "project/project.h"
#include "report/json.h"

static json_t *section_object(const struct mtl_key_table *table);

static json_t *
reference(const char *name)
{
    return json_pack("{s:s++}", "$ref", "#/definitions/", name, "");
}

static json_t *
choices_object(const char *const *choices)
{
    json_t *array = json_array();

    for (; *choices != NULL; choices++)
        json_array_append_new(array, json_string(*choices));
    return json_pack("{s:o}", "enum", array);
}

/* One, or a list of them. */
static json_t *
one_or_many(const char *name)
{
    return json_pack("{s:[o,{s:s,s:o,s:i,s:i}]}", "anyOf", reference(name), "type", "array", "items", reference(name),
                     "minItems", 1, "maxItems", (int)MTL_MAX_PROJECT_ITEMS);
}

static json_t *
mapping_object(json_t *values)
{
    return json_pack("{s:s,s:o,s:o,s:i,s:i}", "type", "object", "propertyNames", reference("text"),
                     "additionalProperties", values, "minProperties", 1, "maxProperties", (int)MTL_MAX_PROJECT_ITEMS);
}

static json_t *
value_object(const struct mtl_key *key)
{
    switch (key->kind) {
    case MTL_KEY_TEXT:
    case MTL_KEY_PATH:
        return reference("text");
    case MTL_KEY_CHOICE:
        return choices_object(key->choices);
    case MTL_KEY_HASH:
        return reference("hash");
    case MTL_KEY_DATE:
        return reference("date");
    case MTL_KEY_DURATION:
        return reference("duration");
    case MTL_KEY_NUMBER:
        return json_pack("{s:s,s:i,s:i}", "type", "integer", "minimum", 0, "maximum", 1000);
    case MTL_KEY_TEXTS:
        return one_or_many("text");
    case MTL_KEY_VERSIONS:
        return one_or_many("version");
    case MTL_KEY_SECTION:
        return section_object(key->section);
    case MTL_KEY_SECTIONS:
        return json_pack("{s:s,s:o,s:i,s:i}", "type", "array", "items", section_object(key->section), "minItems", 1,
                         "maxItems", (int)MTL_MAX_PROJECT_ITEMS);
    case MTL_KEY_NAMED:
        return mapping_object(section_object(key->section));
    case MTL_KEY_LEVELS:
        return mapping_object(choices_object(key->choices));
    }
    return NULL;
}

/* Draft 7 passes over what stands beside $ref; so a description needs allOf. */
static json_t *
described(json_t *value, const char *about)
{
    if (json_object_get(value, "$ref") != NULL)
        value = json_pack("{s:[o]}", "allOf", value);
    json_object_set_new(value, "description", json_string(about));
    return value;
}

static json_t *
section_object(const struct mtl_key_table *table)
{
    json_t *properties = json_object(), *required = json_array();
    json_t *object = json_pack("{s:s,s:o,s:b}", "type", "object", "properties", properties, "additionalProperties", 0);

    for (size_t i = 0; i < table->count; i++) {
        const struct mtl_key *key = &table->keys[i];

        json_object_set_new(properties, key->name, described(value_object(key), key->about));
        if (key->required)
            json_array_append_new(required, json_string(key->name));
    }
    if (json_array_size(required) > 0)
        json_object_set(object, "required", required);
    json_decref(required);
    return object;
}

/* "$" is true before a last line feed as well, for some validators; what a text may hold excludes that. */
static json_t *
definitions_object(void)
{
    json_t *object = json_object();

    json_object_set_new(
        object, "text",
        json_pack("{s:s,s:i,s:{s:s}}", "type", "string", "minLength", 1, "not", "pattern", "[\\u0000-\\u001f\\u007f]"));
    json_object_set_new(
        object, "hash",
        json_pack("{s:[o,{s:s}]}", "allOf", reference("text"), "pattern", "^sha256:[0-9A-Fa-f]{16,64}$"));
    json_object_set_new(object, "date",
                        json_pack("{s:[o,{s:s,s:s}]}", "allOf", reference("text"), "format", "date", "pattern",
                                  "^[12][0-9]{3}-[0-9]{2}-[0-9]{2}$"));
    json_object_set_new(object, "duration",
                        json_pack("{s:[o,{s:s}]}", "allOf", reference("text"), "pattern", "^[1-9][0-9]{0,4}[hdwy]$"));
    json_object_set_new(object, "version", json_pack("{s:[s,s,f,f]}", "enum", "1.2", "1.3", 1.2, 1.3));
    return object;
}

bool
mtl_report_schema_json(mtl_write *write, void *context)
{
    json_t *document = json_object();
    json_t *root = section_object(&mtl_project_keys);

    json_object_set_new(document, "$schema", json_string("http://json-schema.org/draft-07/schema#"));
    json_object_set_new(document, "title", json_string("The project file of mtlslint, " MTL_PROJECT_FILE));
    json_object_set_new(root, "type", json_pack("[s,s]", "object", "null"));
    json_object_update(document, root);
    json_decref(root);
    json_object_set_new(document, "definitions", definitions_object());
    return mtl_json_write(document, write, context);
}
