/*
 * The rules as SARIF has them (3.49 reportingDescriptor), from their metadata.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/sarif.h"
#include "report/sheet.h"

#include <string.h>

/* 3.11.6: "[words](target)" in a message is a link. A name in a certificate is to make none. */
static const char *
without_links(struct mtl_arena *arena, const char *words)
{
    struct mtl_text text = {.arena = arena};

    if (strstr(words, "](") == NULL)
        return words;
    while (*words != '\0') {
        size_t size = strcspn(words, "[]");

        mtl_text_bytes(&text, mtl_slice_of(words, size));
        words += size;
        if (*words != '\0')
            mtl_text_printf(&text, "\\%c", *words++);
    }
    return text.text;
}

json_t *
mtl_sarif_message(struct mtl_arena *arena, const char *words)
{
    json_t *message = json_object();

    json_object_set_new(message, "text", mtl_json_text(arena, without_links(arena, words)));
    return message;
}

const char *
mtl_sarif_level(enum mtl_severity severity)
{
    static const char *const levels[] = {[MTL_INFO] = "note", [MTL_WARNING] = "warning", [MTL_ERROR] = "error"};

    return levels[severity];
}

static json_t *
help_object(struct mtl_arena *arena, const struct mtl_rule *rule)
{
    struct mtl_text markdown = {.arena = arena};
    json_t *help = mtl_sarif_message(arena, mtl_arena_printf(arena, "Why: %s\n\nFix: %s\n\nReferences: %s",
                                                             rule->rationale, rule->fix, rule->references));

    mtl_text_add(&markdown, "**Why.** ");
    mtl_markdown_add(&markdown, rule->rationale);
    mtl_text_add(&markdown, "\n\n**Fix.** ");
    mtl_markdown_add(&markdown, rule->fix);
    mtl_text_add(&markdown, "\n\n**References.** ");
    mtl_markdown_add(&markdown, rule->references);
    mtl_text_printf(
        &markdown,
        "\n\n**An example that is wrong.**\n\n```text\n%s```\n\n**And one that is right.**\n\n```text\n%s```",
        mtl_rule_page(rule)->fires, mtl_rule_page(rule)->quiet);
    json_object_set_new(help, "markdown", mtl_json_text(arena, markdown.text));
    return help;
}

/* What GitHub reads beside the standard. No precision and no security-severity: nobody has measured them. */
static json_t *
properties_object(const struct mtl_rule *rule)
{
    static const char *const severities[] = {
        [MTL_INFO] = "recommendation", [MTL_WARNING] = "warning", [MTL_ERROR] = "error"};
    json_t *properties = json_object();
    json_t *tags = json_array();

    json_array_append_new(tags, json_string("certificates"));
    json_array_append_new(tags, json_string("tls"));
    json_object_set_new(properties, "tags", tags);
    json_object_set_new(properties, "problem.severity", json_string(severities[rule->severity]));
    return properties;
}

static json_t *
rule_object(struct mtl_arena *arena, const struct mtl_rule *rule)
{
    json_t *object = json_object();
    json_t *configuration = json_object();

    json_object_set_new(configuration, "level", json_string(mtl_sarif_level(rule->severity)));
    json_object_set_new(object, "id", json_string(rule->code));
    json_object_set_new(object, "name", json_string(rule->name));
    json_object_set_new(object, "shortDescription", mtl_sarif_message(arena, rule->title));
    json_object_set_new(object, "fullDescription", mtl_sarif_message(arena, rule->rationale));
    json_object_set_new(object, "help", help_object(arena, rule));
    json_object_set_new(object, "defaultConfiguration", configuration);
    json_object_set_new(object, "properties", properties_object(rule));
    return object;
}

json_t *
mtl_sarif_rules(struct mtl_arena *arena, const struct mtl_rule *const *rules)
{
    json_t *array = json_array();

    for (; *rules != NULL; rules++)
        json_array_append_new(array, rule_object(arena, *rules));
    return array;
}
