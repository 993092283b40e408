/*
 * The predicted handshake of the public interface: names in, files loaded, prediction out.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/handshake.h"
#include "api/session.h"
#include "handshake/first_break.h"
#include "report/matrix.h"
#include "report/report.h"

#include <string.h>

static bool
refuse(struct mtl_session *session, const char *hint, const char *what, const char *value)
{
    mtl_error_set(&session->error, NULL, 0, hint, "%s '%s'", what, value);
    return false;
}

/* ---- labels --------------------------------------------------------------------------------------------------- */

static bool
is_host_label(const char *text, size_t size)
{
    bool has_letter = false;

    for (size_t i = 0; i < size; i++) {
        bool letter = (text[i] >= 'a' && text[i] <= 'z') || (text[i] >= 'A' && text[i] <= 'Z');

        if (!letter && !(text[i] >= '0' && text[i] <= '9') && text[i] != '-' && text[i] != '_')
            return false;
        has_letter = has_letter || letter;
    }
    return has_letter;
}

/* "payments" for payments.acme.example; the whole name where its first part says nothing. */
static const char *
shorten(struct mtl_arena *arena, const char *name)
{
    size_t size = strcspn(name, ".");

    if (name[size] == '\0' || size < 2 || !is_host_label(name, size) || strncmp(name, "www.", 4) == 0)
        return name;
    return mtl_arena_printf(arena, "%.*s", (int)size, name);
}

static const char *
label_of(struct mtl_arena *arena, const struct mtl_material *presents, enum mtl_role role)
{
    const char *fallback = role == MTL_CLIENT ? "the client" : "the server", *name;
    struct mtl_general_names walk;
    struct mtl_general_name alt;
    const struct mtl_cert *leaf;

    if (presents == NULL || presents->cert_count == 0)
        return fallback;
    leaf = presents->certs[0].cert;
    if (!mtl_name_is_empty(mtl_cert_bytes(leaf, leaf->subject))) {
        name = mtl_name_label(arena, mtl_cert_bytes(leaf, leaf->subject));
        return strlen(name) > 64 ? fallback : shorten(arena, name);
    }
    walk = mtl_cert_alt_names(leaf);
    while (mtl_general_names_next(&walk, &alt))
        if (alt.type == MTL_GN_DNS && alt.value.size > 0 && alt.value.size <= 64)
            return shorten(arena, mtl_text_safe(arena, alt.value, 0));
    return fallback;
}

static void
label_sides(struct mtl_arena *arena, struct mtl_side sides[2])
{
    for (size_t role = 0; role < 2; role++)
        sides[role].label = label_of(arena, sides[role].presents, (enum mtl_role)role);
    if (strcmp(sides[MTL_CLIENT].label, sides[MTL_SERVER].label) == 0) {
        sides[MTL_CLIENT].label = "the client";
        sides[MTL_SERVER].label = "the server";
    }
}

/* ---- loading -------------------------------------------------------------------------------------------------- */

static bool
load(struct mtl_session *session, const char *path, enum mtl_expectation expectation,
     const struct mtl_material **material)
{
    if (path == NULL)
        return true;
    *material = mtl_known_file(session, path, expectation);
    if (*material != NULL)
        return true;
    path = mtl_arena_strdup(session->arena, path); /* the caller's string need not outlive the call */
    if (!mtl_material_open(session->arena, path, expectation, &(struct mtl_opening){.passwords = session->passwords},
                           material, &session->error))
        return false;
    mtl_known_file_add(session, path, expectation, *material);
    return true;
}

/* With several keys, a program is told by name which to use. */
static bool
take_from_key_store(struct mtl_session *session, const struct mtl_side_files *files, struct mtl_side *side)
{
    const struct mtl_material *store = side->presents;

    if (!mtl_material_is_key_store(store))
        return true;
    if (store->certs[0].entry != MTL_ENTRY_KEY)
        return mtl_error_set(&session->error, store->path, 0, "Name one with the key and its certificate",
                             "is a key store without a private key of its certificates: nothing of it is presented");
    if (store->key_count > 1)
        return mtl_error_set(&session->error, store->path, 0, "Make a key store that holds the one in use only",
                             "holds %zu private keys, and which of them is presented is not known", store->key_count);
    if (files->key == NULL && store->key_count == 1)
        side->key = store;
    side->presents = mtl_material_presented(session->arena, store);
    return true;
}

static bool
load_files(struct mtl_session *session, const struct mtl_side_files *files, struct mtl_side *side)
{
    return load(session, files->cert, MTL_EXPECT_CHAIN, &side->presents) && take_from_key_store(session, files, side) &&
           load(session, files->key, MTL_EXPECT_KEY, &side->key) &&
           load(session, files->trust, MTL_EXPECT_TRUST, &side->trusts) &&
           load(session, files->crl, MTL_EXPECT_CRL, &side->crls);
}

static bool
load_default(struct mtl_session *session, const struct mtl_side_files *files, struct mtl_side *side)
{
    const struct mtl_side_files named = {.cert = files->default_cert, .key = files->default_key};
    struct mtl_side presenting = {.role = side->role};

    if (named.cert == NULL && named.key != NULL)
        return refuse(session, "Give default_cert, too", "a default_key without its certificate", named.key);
    if (named.cert == NULL)
        return true;
    if (!load_files(session, &named, &presenting))
        return false;
    side->default_presents = presenting.presents;
    side->default_key = presenting.key;
    return true;
}

static bool
choose_naming(struct mtl_session *session, const char *text, enum mtl_naming *naming)
{
    if (text != NULL && strcmp(text, "always") != 0 && strcmp(text, "never") != 0)
        return refuse(session, "It is always or never", "unknown way to send server_name", text);
    if (text != NULL)
        *naming = strcmp(text, "always") == 0 ? MTL_NAMING_ALWAYS : MTL_NAMING_NEVER;
    return true;
}

static bool
choose_verify(struct mtl_session *session, const char *text, enum mtl_role role, enum mtl_verify *verify)
{
    const char *hint = role == MTL_SERVER ? "It is required, optional or none" : "It is required or none";

    *verify = MTL_VERIFY_REQUIRED;
    if (text == NULL || strcmp(text, "required") == 0)
        return true;
    *verify = MTL_VERIFY_NONE;
    if (strcmp(text, "none") == 0)
        return true;
    *verify = MTL_VERIFY_OPTIONAL;
    if (role == MTL_SERVER && strcmp(text, "optional") == 0)
        return true;
    return refuse(session, hint, "unknown way to verify", text);
}

static bool
choose_stack(struct mtl_session *session, const char *ids, enum mtl_role role, struct mtl_side *side)
{
    if (!mtl_session_names_many_stacks(ids))
        return mtl_session_stack_for(session, ids, role, &side->stack);
    return mtl_session_stack_for(session, NULL, role, &side->stack) &&
           mtl_session_stacks_for(session, ids, role, &side->stacks, &side->stack_count);
}

static bool
fill_side(struct mtl_session *session, const struct mtl_side_files *files, enum mtl_role role, struct mtl_side *side)
{
    *side = (struct mtl_side){.role = role, .depth = files->has_depth ? files->depth : -1};
    if (files->has_depth && files->depth < 0)
        return refuse(session, "It counts intermediates: 0 or more", "impossible verify depth", "negative");
    return choose_stack(session, files->stack, role, side) &&
           choose_verify(session, files->verify, role, &side->verify) &&
           choose_naming(session, files->sends_server_name, &side->naming) && load_files(session, files, side) &&
           load_default(session, files, side);
}

static bool
load_also(struct mtl_session *session, const struct mtl_handshake_request *request,
          struct mtl_handshake_question *question)
{
    const struct mtl_material **also = mtl_arena_array(session->arena, request->also_count, sizeof(*also));

    for (size_t i = 0; i < request->also_count; i++)
        if (!load(session, request->also[i], MTL_EXPECT_ANYTHING, &also[i]))
            return false;
    question->also = also;
    question->also_count = request->also_count;
    return true;
}

/* ---- the interface -------------------------------------------------------------------------------------------- */

uint32_t
mtl_request_versions(const struct mtl_handshake_request *request)
{
    uint32_t versions = 0;

    for (int tls = 0; tls < MTL_TLS_COUNT; tls++)
        if (request->tls == NULL || strcmp(request->tls, mtl_tls_text((enum mtl_tls)tls)) == 0)
            versions |= 1U << tls;
    return versions;
}

bool
mtl_session_question(struct mtl_session *session, const struct mtl_handshake_request *request,
                     struct mtl_handshake_question *question)
{
    question->now = request->now;
    question->crypto = session->crypto;
    question->memory = mtl_memory_new(session->arena);
    if (!mtl_session_is_host(session, request->server_name))
        return false;
    if (request->server_name != NULL)
        question->server_name = mtl_arena_strdup(session->arena, request->server_name);
    if (!fill_side(session, &request->client, MTL_CLIENT, &question->sides[MTL_CLIENT]) ||
        !fill_side(session, &request->server, MTL_SERVER, &question->sides[MTL_SERVER]) ||
        !load_also(session, request, question))
        return false;
    label_sides(session->arena, question->sides);
    return true;
}

/* Of one that works in all versions: until when? */
static void
look_ahead(struct mtl_session *session, struct mtl_handshake *handshake, uint32_t versions)
{
    struct mtl_first_break *found = mtl_arena_alloc(session->arena, sizeof(*found));
    mtl_time end;

    for (size_t i = 0; i < handshake->count; i++)
        if (handshake->transcripts[i]->outcome != MTL_ESTABLISHED)
            return;
    if (mtl_time_from_civil(9999, 12, 31, 23, 59, 58, &end) &&
        mtl_handshake_first_break(session->arena, handshake->question, NULL, versions, end, found))
        handshake->first_break = found;
}

bool
mtl_handshake(struct mtl_session *session, const struct mtl_handshake_request *request,
              const struct mtl_handshake **handshake)
{
    struct mtl_handshake_question *question = mtl_arena_alloc(session->arena, sizeof(*question));
    struct mtl_handshake *result = mtl_arena_alloc(session->arena, sizeof(*result));
    const bool varied[2] = {mtl_session_names_many_stacks(request->client.stack),
                            mtl_session_names_many_stacks(request->server.stack)};
    uint32_t versions = mtl_request_versions(request);

    if (versions == 0) {
        refuse(session, "It is 1.2 or 1.3", "unknown TLS version", request->tls);
        return mtl_session_fail(session);
    }
    if (!mtl_session_question(session, request, question))
        return mtl_session_fail(session);
    *handshake = result;
    result->question = question;
    if (varied[MTL_CLIENT] || varied[MTL_SERVER]) {
        result->matrix = mtl_handshake_compare(session->arena, question, varied, versions);
        return true;
    }
    versions = mtl_handshake_versions(question, versions);
    for (int tls = 0; tls < MTL_TLS_COUNT; tls++)
        if ((versions >> tls & 1) != 0)
            result->transcripts[result->count++] = mtl_handshake_predict(session->arena, question, (enum mtl_tls)tls);
    look_ahead(session, result, versions);
    return true;
}

static enum mtl_handshake_summary
add_outcome(enum mtl_handshake_summary summary, enum mtl_outcome outcome)
{
    if (outcome == MTL_HANDSHAKE_REJECTED || summary == MTL_SOME_REJECTED)
        return MTL_SOME_REJECTED;
    return outcome == MTL_UNDETERMINED ? MTL_SOME_UNDETERMINED : summary;
}

enum mtl_handshake_summary
mtl_handshake_summarize(const struct mtl_handshake *handshake)
{
    enum mtl_handshake_summary summary = MTL_ALL_ESTABLISHED;

    for (size_t i = 0; i < handshake->count; i++)
        summary = add_outcome(summary, handshake->transcripts[i]->outcome);
    for (size_t i = 0; handshake->matrix != NULL && i < handshake->matrix->group_count; i++)
        summary = add_outcome(summary, handshake->matrix->groups[i].outcome);
    return summary;
}

const char *
mtl_handshake_headline(struct mtl_session *session, const struct mtl_handshake *handshake)
{
    if (handshake->matrix != NULL)
        return mtl_matrix_headline(session->arena, handshake->matrix);
    return mtl_text_safe(session->arena, mtl_slice_text(handshake->transcripts[handshake->count - 1]->headline), 0);
}

size_t
mtl_handshake_count(const struct mtl_handshake *handshake)
{
    return handshake->matrix != NULL ? handshake->matrix->cell_count : handshake->count;
}

static void
fill_rejection(const struct mtl_transcript *transcript, struct mtl_prediction *prediction)
{
    prediction->rejected_by = transcript->rejected_by == MTL_CLIENT ? "client" : "server";
    prediction->surface = mtl_surface_text(transcript->surface);
    prediction->alert_code = transcript->alert;
    prediction->alert_name = transcript->alert == 0 ? NULL : mtl_alert_name(transcript->alert);
    prediction->http_status = transcript->http_status;
    prediction->moment = mtl_moment_text(transcript->moment);
    prediction->at_message = transcript->at_message;
    prediction->reason = mtl_reason_slug(transcript->reason);
    if (transcript->certificate != NULL) {
        prediction->certificate_file = transcript->certificate->source.path;
        prediction->certificate_line = transcript->certificate->source.line;
    }
}

static void
fill_native(const struct mtl_stack_reason *native, int depth, struct mtl_prediction *prediction)
{
    if (native == NULL || native->native_code == 0)
        return;
    prediction->native_code = native->native_code;
    prediction->native_depth = depth;
    prediction->native_name = native->native_name;
    prediction->native_text = native->native_text;
}

/* All but what each stack has for itself. */
static void
fill_prediction(const struct mtl_transcript *transcript, struct mtl_prediction *prediction)
{
    prediction->tls = mtl_tls_text(transcript->tls);
    prediction->outcome = mtl_outcome_text(transcript->outcome);
    if (transcript->outcome == MTL_HANDSHAKE_REJECTED)
        fill_rejection(transcript, prediction);
}

bool
mtl_handshake_prediction(const struct mtl_handshake *handshake, size_t index, struct mtl_prediction *prediction)
{
    const struct mtl_matrix *matrix = handshake->matrix;
    const struct mtl_transcript *transcript;
    const struct mtl_matrix_cell *cell;

    *prediction = (struct mtl_prediction){0};
    if (index >= mtl_handshake_count(handshake))
        return false;
    if (matrix == NULL) {
        transcript = handshake->transcripts[index];
        prediction->client_stack = transcript->client->stack->id;
        prediction->server_stack = transcript->server->stack->id;
        fill_native(transcript->native, transcript->native_depth, prediction);
        fill_prediction(transcript, prediction);
        return true;
    }
    cell = &matrix->cells[index];
    prediction->group = cell->group;
    prediction->client_stack = cell->stacks[MTL_CLIENT]->id;
    prediction->server_stack = cell->stacks[MTL_SERVER]->id;
    fill_native(cell->native, cell->native_depth, prediction);
    fill_prediction(matrix->groups[cell->group].versions[cell->tls], prediction);
    return true;
}

bool
mtl_report_handshake(struct mtl_session *session, const struct mtl_handshake *handshake,
                     const struct mtl_report_options *options, mtl_write *write, void *context)
{
    bool is_text = strcmp(options->format, "text") == 0;

    if (!is_text && strcmp(options->format, "json") != 0) {
        refuse(session, "It is text or json", "unknown format", options->format);
        return mtl_session_fail(session);
    }
    if (handshake->matrix != NULL)
        return is_text ? mtl_report_matrix_text(session->arena, handshake->matrix, options, write, context)
                       : mtl_report_matrix_json(session->arena, handshake->matrix, write, context);
    return is_text ? mtl_report_handshake_text(session->arena, handshake, options, write, context)
                   : mtl_report_handshake_json(session->arena, handshake, write, context);
}
