/*
 * Lines of logs explained to a program, see docs/JSON-EXPLAIN.md.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/explain.h"
#include "report/json.h"

#include <string.h>

static bool
stands_for(struct mtl_arena *arena, const struct mtl_meaning *meaning, enum mtl_reason reason)
{
    const bool *stacks;

    if (meaning->saying != MTL_SAYS_IS_REJECTED)
        return meaning->reasons[reason];
    stacks = mtl_stacks_by_reason(arena, meaning, reason);
    for (size_t i = 0; i < mtl_stack_count(); i++)
        if (stacks[i])
            return meaning->alert != 0;
    return false;
}

/* The public slugs, each once. */
static json_t *
reasons(struct mtl_arena *arena, const struct mtl_meaning *meaning)
{
    json_t *list = json_array();

    for (int reason = MTL_REASON_NONE + 1; reason < MTL_REASON_COUNT; reason++) {
        const char *slug = mtl_reason_slug((enum mtl_reason)reason);
        bool is_new = stands_for(arena, meaning, (enum mtl_reason)reason);

        for (size_t i = 0; i < json_array_size(list) && is_new; i++)
            is_new = strcmp(json_string_value(json_array_get(list, i)), slug) != 0;
        if (is_new)
            json_array_append_new(list, json_string(slug));
    }
    return list;
}

static json_t *
stacks(const bool *known)
{
    json_t *list = json_array();

    for (size_t i = 0; i < mtl_stack_count(); i++)
        if (known[i])
            json_array_append_new(list, json_string(mtl_stack_at(i)->id));
    return list;
}

static json_t *
roles(uint32_t speakers)
{
    json_t *list = json_array();

    if ((speakers & 1U << MTL_CLIENT) != 0)
        json_array_append_new(list, json_string("client"));
    if ((speakers & 1U << MTL_SERVER) != 0)
        json_array_append_new(list, json_string("server"));
    return list;
}

static json_t *
meaning_of(struct mtl_arena *arena, const struct mtl_meaning *meaning, const struct mtl_handshake *handshake)
{
    json_t *object = json_object();

    json_object_set_new(object, "saying", json_string(mtl_saying_slug(meaning->saying)));
    json_object_set_new(object, "sentence", mtl_json_text(arena, mtl_saying_text(arena, meaning)));
    json_object_set_new(object, "logged_by", roles(meaning->speakers));
    json_object_set_new(object, "alert", meaning->alert == 0 ? json_null() : json_integer(meaning->alert));
    json_object_set_new(object, "reasons", reasons(arena, meaning));
    json_object_set_new(object, "any_reason", json_boolean(meaning->any_reason));
    json_object_set_new(object, "stacks", stacks(meaning->stacks));
    json_object_set_new(object, "note", mtl_json_text(arena, meaning->what));
    json_object_set_new(object, "look_first_at", mtl_json_text(arena, mtl_look_text(meaning)));
    json_object_set_new(object, "is_not", mtl_json_text(arena, mtl_not_text(meaning)));
    json_object_set_new(object, "for_these_files",
                        mtl_json_text(arena, handshake == NULL ? NULL : mtl_borne_out(arena, meaning, handshake)));
    return object;
}

static json_t *
group_of(struct mtl_arena *arena, const struct mtl_explained *group, const struct mtl_handshake *handshake)
{
    json_t *object = json_object(), *lines = json_array(), *meanings = json_array();

    for (size_t i = 0; i < group->count; i++)
        json_array_append_new(lines, json_integer((json_int_t)group->numbers[i]));
    for (size_t i = 0; i < group->explanation.count; i++)
        json_array_append_new(meanings, meaning_of(arena, &group->explanation.meanings[i], handshake));
    json_object_set_new(object, "lines", lines);
    json_object_set_new(object, "text", mtl_json_text(arena, group->line));
    json_object_set_new(object, "meanings", meanings);
    return object;
}

bool
mtl_report_explained_json(struct mtl_arena *arena, const struct mtl_explained_log *log, mtl_write *write, void *context)
{
    json_t *document = json_object(), *groups = json_array();

    for (size_t i = 0; i < log->group_count; i++)
        json_array_append_new(groups, group_of(arena, &log->groups[i], log->handshake));
    json_object_set_new(document, "schema", json_string("mtlslint/explain/1"));
    json_object_set_new(document, "lines", json_integer((json_int_t)log->line_count));
    json_object_set_new(document, "not_recognised", json_integer((json_int_t)log->unknown_count));
    json_object_set_new(document, "explained", groups);
    return mtl_json_write(document, write, context);
}
