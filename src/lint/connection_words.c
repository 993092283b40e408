/*
 * How a declared handshake ends, in words: what is seen, when, by whom, and where a human has to change something.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/lint.h"

#include <string.h>

#define MAX_LISTED 4U /* stacks named in one line */

static const char *
safe(const struct mtl_lint *lint, const char *text)
{
    return mtl_text_safe(lint->arena, mtl_slice_text(text), 0);
}

const char *
mtl_rule_side(const struct mtl_lint *lint, const struct mtl_subject *subject, enum mtl_role role)
{
    return safe(lint, subject->connection->question->sides[role].label);
}

const char *
mtl_rule_connection(const struct mtl_lint *lint, const struct mtl_subject *subject)
{
    return mtl_text_safe(lint->arena, mtl_slice_text(subject->connection->name), 80);
}

/* ---- which versions and stacks --------------------------------------------------------------------------------- */

const char *
mtl_ending_versions(const struct mtl_ending *ending)
{
    if (ending->versions[MTL_TLS12] != NULL && ending->versions[MTL_TLS13] != NULL)
        return "TLS 1.2 and 1.3";
    return ending->versions[MTL_TLS12] != NULL ? "TLS 1.2" : "TLS 1.3";
}

/* "2 of 24 server stacks: go-1.26, nginx-1.22" */
static const char *
side_stacks(const struct mtl_lint *lint, const struct mtl_matrix *matrix, const struct mtl_ending *ending,
            enum mtl_role role)
{
    const char *side = role == MTL_CLIENT ? "client" : "server";
    struct mtl_text list = {.arena = lint->arena};
    size_t count = 0;

    for (size_t i = 0; i < matrix->counts[role]; i++) {
        if (!ending->stacks[role][i])
            continue;
        if (count++ < MAX_LISTED)
            mtl_text_printf(&list, "%s%s", count == 1 ? "" : ", ", matrix->stacks[role][i]->id);
    }
    if (count > MAX_LISTED)
        mtl_text_printf(&list, " and %zu more", count - MAX_LISTED);
    return mtl_arena_printf(lint->arena, "%zu of %zu %s stacks: %s", count, matrix->counts[role], side, list.text);
}

const char *
mtl_ending_stacks(const struct mtl_lint *lint, const struct mtl_endings *endings, const struct mtl_ending *ending)
{
    const struct mtl_matrix *matrix = endings->matrix;
    const char *client = ending->question->sides[MTL_CLIENT].stack->id;
    const char *server = ending->question->sides[MTL_SERVER].stack->id;

    if (matrix == NULL && strcmp(client, server) == 0)
        return mtl_arena_printf(lint->arena, "%s on both sides", client);
    if (matrix == NULL)
        return mtl_arena_printf(lint->arena, "%s as client, %s as server", client, server);
    if (matrix->varied[MTL_CLIENT] && matrix->varied[MTL_SERVER])
        return mtl_arena_printf(lint->arena, "%zu of %zu pairs of stacks, such as %s with %s", ending->pairs,
                                endings->pairs, client, server);
    return side_stacks(lint, matrix, ending, matrix->varied[MTL_CLIENT] ? MTL_CLIENT : MTL_SERVER);
}

/* ---- what is seen ---------------------------------------------------------------------------------------------- */

static const char *
alert_text(const struct mtl_lint *lint, const struct mtl_transcript *transcript)
{
    return mtl_arena_printf(lint->arena, "alert %s (%u)", mtl_alert_name(transcript->alert),
                            (unsigned)transcript->alert);
}

static const char *
action_text(const struct mtl_lint *lint, const struct mtl_transcript *newest, const struct mtl_transcript *oldest)
{
    switch (newest->surface) {
    case MTL_SURFACE_ALERT:
        if (oldest != NULL && oldest->surface == MTL_SURFACE_ALERT && oldest->alert != newest->alert)
            return mtl_arena_printf(lint->arena, "sends %s, in TLS 1.2 %s", alert_text(lint, newest),
                                    alert_text(lint, oldest));
        return mtl_arena_printf(lint->arena, "sends %s", alert_text(lint, newest));
    case MTL_SURFACE_HTTP:
        return mtl_arena_printf(lint->arena, "answers HTTP %d", newest->http_status);
    case MTL_SURFACE_PROTOCOL:
        return "answers with an error of its protocol";
    case MTL_SURFACE_RESET:
        return "resets the connection, without an alert";
    default:
        return "closes the connection, without an alert";
    }
}

static const char *
log_text(const struct mtl_lint *lint, const struct mtl_transcript *transcript)
{
    const struct mtl_stack_reason *native = transcript->native;

    if (native == NULL || native->native_name == NULL)
        return "";
    if (native->native_code == 0)
        return mtl_arena_printf(lint->arena, " and logs %s", native->native_name);
    return mtl_arena_printf(lint->arena, " and logs %s (%d)", native->native_name, native->native_code);
}

static const char *
moment_text(const struct mtl_lint *lint, const struct mtl_transcript *newest, const struct mtl_transcript *oldest)
{
    const char *client = safe(lint, newest->client->label), *server = safe(lint, newest->server->label);
    bool is_early_before = oldest != NULL && oldest->moment == MTL_MOMENT_HANDSHAKE;

    if (newest->moment == MTL_MOMENT_REQUEST)
        return mtl_arena_printf(lint->arena, "The handshake succeeds; %s gets it in answer to its first request.",
                                client);
    if (newest->moment == MTL_MOMENT_AFTER_HANDSHAKE && newest->rejected_by == MTL_CLIENT)
        return mtl_arena_printf(lint->arena,
                                "By then %s has accepted the connection; it learns of it at its first read.", server);
    if (newest->moment == MTL_MOMENT_AFTER_HANDSHAKE)
        return mtl_arena_printf(lint->arena, "%s believes that it is connected, and learns of it at its first read.%s",
                                client, is_early_before ? " In TLS 1.2 its connect fails." : "");
    return mtl_arena_printf(lint->arena, "It happens during the handshake: connect fails at %s.", client);
}

const char *
mtl_ending_moment(const struct mtl_lint *lint, const struct mtl_transcript *transcript)
{
    return moment_text(lint, transcript, NULL);
}

const char *
mtl_ending_manner(const struct mtl_lint *lint, const struct mtl_transcript *transcript)
{
    const struct mtl_side *by = transcript->rejected_by == MTL_CLIENT ? transcript->client : transcript->server;

    return mtl_arena_printf(lint->arena, "%s, with %s, %s%s. %s", safe(lint, by->label), by->stack->title,
                            action_text(lint, transcript, NULL), log_text(lint, transcript),
                            moment_text(lint, transcript, NULL));
}

const char *
mtl_ending_why(const struct mtl_lint *lint, const struct mtl_ending *ending)
{
    const struct mtl_transcript *newest = ending->newest;
    const struct mtl_side *by = newest->rejected_by == MTL_CLIENT ? newest->client : newest->server;
    const char *naming = mtl_transcript_naming(lint->arena, newest);

    if (ending->kind == MTL_ENDS_UNKNOWN)
        return safe(lint, newest->why_undetermined);
    if (newest->local)
        return mtl_arena_printf(lint->arena, "%s ends as soon as its files are loaded, before any connection.",
                                by->stack->title);
    return mtl_arena_printf(lint->arena, "%s%s%s, with %s, %s%s. %s", naming == NULL ? "" : safe(lint, naming),
                            naming == NULL ? "" : "; ", safe(lint, by->label), by->stack->title,
                            action_text(lint, newest, ending->versions[MTL_TLS12]), log_text(lint, newest),
                            moment_text(lint, newest, ending->versions[MTL_TLS12]));
}

/* ---- where to change something --------------------------------------------------------------------------------- */

const struct mtl_fix *
mtl_ending_fix(const struct mtl_transcript *transcript)
{
    const struct mtl_fix *fix = transcript->fixes, *end = fix + transcript->fix_count;

    while (fix < end && !fix->verified)
        fix++;
    return fix < end ? fix : NULL;
}

/* The line of the project file that the fix changes, or the certificate itself where only another one helps. */
static const struct mtl_source *
place_of_reason(const struct mtl_connection *connection, const struct mtl_transcript *transcript)
{
    const struct mtl_side_lines *owner = &connection->lines[transcript->certificate_owner];
    const struct mtl_side_lines *verifier = &connection->lines[transcript->rejected_by];
    const struct mtl_fix *fix = mtl_ending_fix(transcript);

    if (fix != NULL && fix->kind == MTL_FIX_DEPTH)
        return &verifier->depth;
    if (fix != NULL && fix->kind == MTL_FIX_NAMING)
        return &connection->lines[MTL_CLIENT].naming;
    if (fix != NULL && fix->kind == MTL_FIX_NAME)
        return &connection->server_name;
    switch (transcript->reason) {
    case MTL_REASON_NO_ISSUER:
    case MTL_REASON_NO_ISSUER_OF_ANCHOR:
    case MTL_REASON_LEAF_UNVERIFIED:
    case MTL_REASON_SELF_SIGNED_LEAF:
    case MTL_REASON_SELF_SIGNED_IN_CHAIN:
        /* What helps best trusts nothing more: so it is the chain that has to change. */
        return fix != NULL && !fix->widens_trust ? &owner->cert : &verifier->trust;
    case MTL_REASON_DEPTH:
        return &verifier->depth;
    case MTL_REASON_CRL_MISSING:
    case MTL_REASON_CRL_EXPIRED:
        return &verifier->crl;
    case MTL_REASON_ODD_HOST:
        return &connection->server_name;
    case MTL_REASON_KEY_MISMATCH:
    case MTL_REASON_PROOF:
        return transcript->by_default && transcript->certificate_owner == MTL_SERVER ? &owner->default_key
                                                                                     : &owner->key;
    default:
        return transcript->certificate != NULL ? &transcript->certificate->source : &owner->cert;
    }
}

const struct mtl_source *
mtl_ending_place(const struct mtl_subject *subject, const struct mtl_ending *ending)
{
    const struct mtl_connection *connection = subject->connection;

    if (ending->kind == MTL_ENDS_UNSENT)
        return &connection->lines[MTL_CLIENT].cert;
    if (ending->kind <= MTL_ENDS_UNKNOWN)
        return &connection->at;
    return place_of_reason(connection, ending->newest);
}
