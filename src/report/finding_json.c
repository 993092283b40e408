/*
 * A finding as docs/JSON-CHECK.md has it: for json and jsonl.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/check.h"
#include "report/json.h"

static json_t *
place_object(struct mtl_arena *arena, const struct mtl_place *place)
{
    json_t *object = json_object();

    json_object_set_new(object, "path", mtl_json_path(arena, place->source.path));
    json_object_set_new(object, "line", json_integer(place->source.line));
    json_object_set_new(object, "end_line", json_integer(place->source.end_line));
    json_object_set_new(object, "certificate", place->total > 0 ? json_integer(place->source.ordinal) : json_null());
    json_object_set_new(object, "certificates", place->total > 0 ? json_integer(place->total) : json_null());
    return object;
}

static json_t *
related_array(struct mtl_arena *arena, const struct mtl_finding *finding)
{
    json_t *array = json_array();

    for (size_t i = 1; i < finding->place_count; i++) {
        json_t *object = place_object(arena, &finding->places[i]);

        json_object_set_new(object, "note", mtl_json_text(arena, finding->places[i].note));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *
certificate_object(struct mtl_arena *arena, const struct mtl_cert *cert)
{
    json_t *object;

    if (cert == NULL)
        return json_null();
    object = json_object();
    json_object_set_new(object, "subject", mtl_json_text(arena, mtl_subject_text(arena, cert)));
    json_object_set_new(object, "issuer", mtl_json_text(arena, mtl_issuer_text(arena, cert)));
    json_object_set_new(object, "sha256", mtl_json_text(arena, mtl_fingerprint_text(arena, cert)));
    return object;
}

static json_t *
evidence_array(struct mtl_arena *arena, const struct mtl_finding *finding)
{
    json_t *array = json_array();

    for (size_t i = 0; i < finding->evidence_count; i++)
        json_array_append_new(array, mtl_json_text(arena, finding->evidence[i]));
    return array;
}

static json_t *
fix_object(struct mtl_arena *arena, const struct mtl_finding *finding)
{
    json_t *object = json_object();
    json_t *commands = json_array();

    for (size_t i = 0; finding->commands != NULL && finding->commands[i] != NULL; i++)
        json_array_append_new(commands, mtl_json_text(arena, finding->commands[i]));
    json_object_set_new(object, "text", mtl_json_text(arena, finding->fix));
    json_object_set_new(object, "commands", commands);
    json_object_set_new(object, "mtlslint_fix",
                        mtl_json_text(arena, finding->repair != NULL ? finding->repair->command : NULL));
    return object;
}

static json_t *
hits_object(const struct mtl_finding *finding)
{
    json_t *object, *stacks;

    if (finding->hits.asked == 0)
        return json_null();
    object = json_object();
    stacks = json_array();
    for (size_t i = 0; i < finding->hits.count; i++)
        json_array_append_new(stacks, json_string(finding->hits.stacks[i]->id));
    json_object_set_new(object, "stacks", stacks);
    json_object_set_new(object, "asked", json_integer((json_int_t)finding->hits.asked));
    return object;
}

json_t *
mtl_json_finding(struct mtl_arena *arena, const struct mtl_finding *finding)
{
    json_t *object = json_object();

    json_object_set_new(object, "code", json_string(finding->rule->code));
    json_object_set_new(object, "name", json_string(finding->rule->name));
    json_object_set_new(object, "severity", json_string(mtl_severity_text(finding->severity)));
    json_object_set_new(object, "message", mtl_json_text(arena, finding->message));
    json_object_set_new(object, "place", place_object(arena, &finding->places[0]));
    json_object_set_new(object, "certificate", certificate_object(arena, finding->cert));
    json_object_set_new(object, "related", related_array(arena, finding));
    json_object_set_new(object, "evidence", evidence_array(arena, finding));
    json_object_set_new(object, "why", mtl_json_text(arena, finding->why));
    json_object_set_new(object, "hits", hits_object(finding));
    json_object_set_new(object, "fix", fix_object(arena, finding));
    json_object_set_new(object, "fingerprint", json_string(finding->fingerprint));
    return object;
}
