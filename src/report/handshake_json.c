/*
 * The predicted handshake as JSON, schema "mtlslint/handshake/1" (docs/JSON.md).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/first_break.h"
#include "report/json.h"
#include "report/report.h"

static const char *const role_names[] = {[MTL_CLIENT] = "client", [MTL_SERVER] = "server"};

static json_t *
alert_object(uint8_t code)
{
    return code == 0 ? json_null() : json_pack("{s:i, s:s}", "code", (int)code, "name", mtl_alert_name(code));
}

static json_t *
native_object(const struct mtl_transcript *transcript)
{
    const struct mtl_stack_reason *native = transcript->native;

    if (native == NULL || native->native_code == 0)
        return json_null();
    return json_pack("{s:i, s:s?, s:s?, s:i}", "code", native->native_code, "name", native->native_name, "text",
                     native->native_text, "depth", transcript->native_depth);
}

/* Fields that describe one certificate, wherever it occurs. */
static json_t *
cert_object(struct mtl_arena *arena, const struct mtl_loaded_cert *cert)
{
    json_t *object = json_object();

    json_object_set_new(object, "subject", mtl_json_text(arena, mtl_subject_text(arena, cert->cert)));
    json_object_set_new(object, "sha256", json_string(mtl_fingerprint_text(arena, cert->cert)));
    json_object_set_new(object, "file", mtl_json_text(arena, cert->source.path));
    json_object_set_new(object, "line", json_integer(cert->source.line));
    return object;
}

static json_t *
rejected_object(struct mtl_arena *arena, const struct mtl_transcript *transcript)
{
    json_t *object, *fields;

    if (transcript->certificate == NULL)
        return json_null();
    object = json_object();
    json_object_set_new(object, "index",
                        transcript->certificate_index < 0 ? json_null() : json_integer(transcript->certificate_index));
    fields = cert_object(arena, transcript->certificate);
    json_object_update(object, fields);
    json_decref(fields);
    json_object_set_new(object, "owner", json_string(role_names[transcript->certificate_owner]));
    return object;
}

static json_t *
lines_array(struct mtl_arena *arena, const char *const *lines)
{
    json_t *array = json_array();

    for (; lines != NULL && *lines != NULL; lines++)
        json_array_append_new(array, mtl_json_text(arena, *lines));
    return array;
}

static json_t *
sent_object(struct mtl_arena *arena, const struct mtl_transcript *transcript)
{
    json_t *object = json_object();

    for (size_t role = 0; role < 2; role++) {
        json_t *array = json_array();

        for (size_t i = 0; i < transcript->sent[role].count; i++)
            json_array_append_new(array, cert_object(arena, &transcript->sent[role].certs[i]));
        json_object_set_new(object, role_names[role], array);
    }
    return object;
}

static json_t *
path_array(struct mtl_arena *arena, const struct mtl_verdict *verdict)
{
    json_t *array = json_array();
    const struct mtl_path *path;

    if (verdict->path_count == 0)
        return array;
    path = &verdict->paths[verdict->decisive];
    for (size_t i = 0; i < path->count; i++) {
        json_t *object = cert_object(arena, path->certs[i]);

        json_object_set_new(object, "trusted", json_boolean(i >= path->presented_count));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *
candidates_array(struct mtl_arena *arena, const struct mtl_verdict *verdict)
{
    json_t *array = json_array();

    for (size_t i = 0; i < verdict->candidate_count; i++) {
        const struct mtl_candidate *candidate = &verdict->candidates[i];
        json_t *object = cert_object(arena, candidate->cert);

        json_object_set_new(object, "issuer_of", json_integer((json_int_t)candidate->subject_depth));
        json_object_set_new(object, "trusted", json_boolean(candidate->trusted));
        json_object_set_new(object, "taken", json_boolean(candidate->refusal == MTL_REFUSED_NOT));
        json_object_set_new(object, "refused_for", mtl_json_text(arena, mtl_refusal_slug(candidate->refusal)));
        json_object_set_new(object, "signature_verifies", json_boolean(candidate->signature == MTL_SIGNATURE_GOOD));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *
verdicts_object(struct mtl_arena *arena, const struct mtl_transcript *transcript)
{
    json_t *object = json_object();

    for (size_t role = 0; role < 2; role++) {
        const struct mtl_verdict *verdict = transcript->verdict[role];

        json_object_set_new(object, role_names[role],
                            verdict == NULL ? json_null()
                                            : json_pack("{s:b, s:o, s:o}", "accepted", verdict->accepted, "path",
                                                        path_array(arena, verdict), "candidates",
                                                        candidates_array(arena, verdict)));
    }
    return object;
}

static json_t *
messages_array(struct mtl_arena *arena, const struct mtl_transcript *transcript)
{
    json_t *array = json_array();

    for (size_t i = 0; i < transcript->event_count; i++) {
        const struct mtl_event *event = &transcript->events[i];
        json_t *object = json_object();

        json_object_set_new(object, "sender", json_string(role_names[event->sender]));
        json_object_set_new(object, "message", mtl_json_text(arena, event->message));
        json_object_set_new(object, "detail", mtl_json_text(arena, event->detail));
        json_object_set_new(object, "rejection", json_boolean(event->is_rejection));
        json_object_set_new(object, "optional", json_boolean(event->optional));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *
fixes_array(struct mtl_arena *arena, const struct mtl_transcript *transcript)
{
    json_t *array = json_array();

    for (size_t i = 0; i < transcript->fix_count; i++) {
        const struct mtl_fix *fix = &transcript->fixes[i];
        json_t *object = json_object();

        json_object_set_new(object, "summary", mtl_json_text(arena, fix->summary));
        json_object_set_new(object, "commands", lines_array(arena, fix->commands));
        json_object_set_new(object, "verified", json_boolean(fix->verified));
        json_object_set_new(object, "result", mtl_json_text(arena, fix->result));
        json_object_set_new(object, "widens_trust", json_boolean(fix->widens_trust));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *
outcome_fields(struct mtl_arena *arena, const struct mtl_transcript *transcript)
{
    bool rejected = transcript->outcome == MTL_HANDSHAKE_REJECTED;
    json_t *object = json_object();

    json_object_set_new(object, "tls", json_string(mtl_tls_text(transcript->tls)));
    json_object_set_new(object, "client_stack", json_string(transcript->client->stack->id));
    json_object_set_new(object, "server_stack", json_string(transcript->server->stack->id));
    json_object_set_new(object, "outcome", json_string(mtl_outcome_text(transcript->outcome)));
    json_object_set_new(object, "rejected_by",
                        rejected ? json_string(role_names[transcript->rejected_by]) : json_null());
    json_object_set_new(object, "surface", mtl_json_text(arena, mtl_surface_text(transcript->surface)));
    json_object_set_new(object, "alert", alert_object(transcript->alert));
    json_object_set_new(object, "http_status",
                        transcript->http_status == 0 ? json_null() : json_integer(transcript->http_status));
    json_object_set_new(object, "moment", mtl_json_text(arena, mtl_moment_text(transcript->moment)));
    json_object_set_new(object, "at_message", mtl_json_text(arena, transcript->at_message));
    json_object_set_new(object, "reason", rejected ? json_string(mtl_reason_slug(transcript->reason)) : json_null());
    json_object_set_new(object, "native_error", native_object(transcript));
    json_object_set_new(object, "certificate", rejected_object(arena, transcript));
    return object;
}

json_t *
mtl_json_prediction(struct mtl_arena *arena, const struct mtl_transcript *transcript)
{
    json_t *object = outcome_fields(arena, transcript);

    json_object_set_new(object, "client_sends_certificate",
                        transcript->client_sends < 0 ? json_null() : json_boolean(transcript->client_sends == 1));
    json_object_set_new(object, "client_sends_reason", mtl_json_text(arena, transcript->client_sends_reason));
    json_object_set_new(object, "client_sees", lines_array(arena, transcript->client_sees));
    json_object_set_new(object, "server_sees", lines_array(arena, transcript->server_sees));
    json_object_set_new(object, "evidence", json_string(mtl_evidence_text(transcript->evidence)));
    json_object_set_new(object, "assumptions", lines_array(arena, transcript->assumptions));
    json_object_set_new(object, "headline", mtl_json_text(arena, transcript->headline));
    json_object_set_new(object, "undetermined_because", mtl_json_text(arena, transcript->why_undetermined));
    json_object_set_new(object, "messages", messages_array(arena, transcript));
    json_object_set_new(object, "sent", sent_object(arena, transcript));
    json_object_set_new(object, "judgements", verdicts_object(arena, transcript));
    json_object_set_new(object, "fixes", fixes_array(arena, transcript));
    json_object_set_new(object, "advice", mtl_json_text(arena, transcript->advice));
    return object;
}

static json_t *
first_break_object(struct mtl_arena *arena, const struct mtl_first_break *first)
{
    static const char *const kinds[] = {
        [MTL_DATE_NOT_BEFORE] = "not-before",
        [MTL_DATE_NOT_AFTER] = "not-after",
        [MTL_DATE_THIS_UPDATE] = "this-update",
        [MTL_DATE_NEXT_UPDATE] = "next-update",
    };
    const struct mtl_source *source;
    char at[MTL_TIME_TEXT_SIZE];
    json_t *object;

    if (first == NULL)
        return json_null();
    object = json_object();
    source = first->date.cert != NULL ? &first->date.cert->source : &first->date.crl->source;
    json_object_set_new(object, "at", json_string(mtl_time_text(first->at, at)));
    json_object_set_new(object, "date", json_string(kinds[first->date.kind]));
    json_object_set_new(object, "file", mtl_json_text(arena, source->path));
    json_object_set_new(object, "line", json_integer(source->line));
    json_object_set_new(object, "reason", mtl_json_text(arena, mtl_reason_slug(first->transcript->reason)));
    json_object_set_new(object, "headline", mtl_json_text(arena, first->transcript->headline));
    return object;
}

bool
mtl_report_handshake_json(struct mtl_arena *arena, const struct mtl_handshake *handshake, mtl_write *write,
                          void *context)
{
    json_t *document = json_object(), *predictions = json_array();
    char at[MTL_TIME_TEXT_SIZE];

    json_object_set_new(document, "schema", json_string("mtlslint/handshake/1"));
    json_object_set_new(document, "at", json_string(mtl_time_text(handshake->question->now, at)));
    for (size_t role = 0; role < 2; role++)
        json_object_set_new(document, role_names[role], mtl_json_text(arena, handshake->question->sides[role].label));
    json_object_set_new(document, "server_name", mtl_json_text(arena, handshake->question->server_name));
    for (size_t i = 0; i < handshake->count; i++)
        json_array_append_new(predictions, mtl_json_prediction(arena, handshake->transcripts[i]));
    json_object_set_new(document, "predictions", predictions);
    json_object_set_new(document, "first_break", first_break_object(arena, handshake->first_break));
    return mtl_json_write(document, write, context);
}
