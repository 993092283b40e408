/*
 * Many stacks as JSON, schema "mtlslint/matrix/1" (docs/JSON.md).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/json.h"
#include "report/matrix.h"

static const char *const role_names[] = {[MTL_CLIENT] = "client", [MTL_SERVER] = "server"};
static const char *const stacks_names[] = {[MTL_CLIENT] = "client_stacks", [MTL_SERVER] = "server_stacks"};

static json_t *
ids_array(const struct mtl_stack *const *stacks, size_t count)
{
    json_t *array = json_array();

    for (size_t i = 0; i < count; i++)
        json_array_append_new(array, json_string(stacks[i]->id));
    return array;
}

static json_t *
blocks_array(const struct mtl_matrix_group *group)
{
    json_t *array = json_array();

    for (size_t i = 0; i < group->block_count; i++) {
        json_t *object = json_object();

        for (size_t role = 0; role < 2; role++)
            json_object_set_new(object, stacks_names[role],
                                ids_array(group->blocks[i].stacks[role], group->blocks[i].counts[role]));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *
group_object(struct mtl_arena *arena, const struct mtl_matrix_group *group)
{
    json_t *object = json_object(), *predictions = json_array();
    const char *cause = NULL;

    for (size_t tls = 0; tls < MTL_TLS_COUNT; tls++) {
        if (group->versions[tls] == NULL)
            continue;
        if (group->versions[tls]->outcome == MTL_HANDSHAKE_REJECTED)
            cause = mtl_cause_text(arena, group->versions[tls]);
        json_array_append_new(predictions, mtl_json_prediction(arena, group->versions[tls]));
    }
    json_object_set_new(object, "outcome", json_string(mtl_outcome_text(group->outcome)));
    json_object_set_new(object, "cause", mtl_json_text(arena, cause));
    json_object_set_new(object, "pairs", json_integer((json_int_t)group->pair_count));
    json_object_set_new(object, "blocks", blocks_array(group));
    json_object_set_new(object, "predictions", predictions);
    return object;
}

bool
mtl_report_matrix_json(struct mtl_arena *arena, const struct mtl_matrix *matrix, mtl_write *write, void *context)
{
    json_t *document = json_object(), *groups = json_array();
    char at[MTL_TIME_TEXT_SIZE];

    json_object_set_new(document, "schema", json_string("mtlslint/matrix/1"));
    json_object_set_new(document, "at", json_string(mtl_time_text(matrix->question->now, at)));
    for (size_t role = 0; role < 2; role++)
        json_object_set_new(document, role_names[role], mtl_json_text(arena, matrix->question->sides[role].label));
    json_object_set_new(document, "server_name", mtl_json_text(arena, matrix->question->server_name));
    json_object_set_new(document, "headline", json_string(mtl_matrix_headline(arena, matrix)));
    for (size_t role = 0; role < 2; role++)
        json_object_set_new(document, stacks_names[role], ids_array(matrix->stacks[role], matrix->counts[role]));
    for (size_t i = 0; i < matrix->group_count; i++)
        json_array_append_new(groups, group_object(arena, &matrix->groups[i]));
    json_object_set_new(document, "groups", groups);
    return mtl_json_write(document, write, context);
}
