/*
 * Walks one handshake of one TLS version, decision by decision, until a side rejects or all is done.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/scene.h"

#define HANDSHAKE_FAILURE 40 /* no signature scheme in common (RFC 8446 4.4.2.2, RFC 5246 7.4.2) */

static const struct mtl_side *
side_of(const struct mtl_scene *scene, enum mtl_role role)
{
    return &scene->question->sides[role];
}

static void
blame(struct mtl_scene *scene, const struct mtl_loaded_cert *cert, enum mtl_role owner)
{
    struct mtl_transcript *out = scene->out;

    out->certificate = cert;
    out->certificate_owner = owner;
    for (size_t i = 0; cert != NULL && i < out->sent[owner].count && out->certificate_index < 0; i++)
        if (mtl_cert_same(out->sent[owner].certs[i].cert, cert->cert))
            out->certificate_index = (int)i;
}

/* Always false, so that a step can return it. */
static bool
reject(struct mtl_scene *scene, enum mtl_role by, enum mtl_reason reason, uint8_t alert)
{
    struct mtl_transcript *out = scene->out;

    out->outcome = MTL_HANDSHAKE_REJECTED;
    out->rejected_by = by;
    out->reason = reason;
    out->alert = alert;
    out->moment = mtl_scene_moment(scene, by);
    out->at_message = mtl_scene_message(scene, by);
    out->local = scene->stage == MTL_STAGE_START;
    if (out->moment == MTL_MOMENT_REQUEST)
        out->http_status = side_of(scene, by)->stack->http_status;
    if (!out->local)
        out->surface = out->http_status != 0               ? MTL_SURFACE_HTTP
                       : out->moment == MTL_MOMENT_REQUEST ? MTL_SURFACE_PROTOCOL
                       : alert != 0                        ? MTL_SURFACE_ALERT
                                                           : mtl_scene_silent_end(scene, by);
    return false;
}

static bool
give_up(struct mtl_scene *scene, const char *why)
{
    scene->out->outcome = MTL_UNDETERMINED;
    scene->out->why_undetermined = why;
    return false;
}

/* Settings may still rule a version out that a stack has; these are not known. */
static bool
both_speak(struct mtl_scene *scene)
{
    for (size_t role = 0; role < 2; role++) {
        const struct mtl_stack *stack = side_of(scene, (enum mtl_role)role)->stack;

        if (!mtl_stack_speaks(stack, scene->tls))
            return give_up(scene,
                           mtl_arena_printf(scene->arena, "%s has no TLS %s", stack->title, mtl_tls_text(scene->tls)));
    }
    return true;
}

static bool
both_start(struct mtl_scene *scene)
{
    static const enum mtl_role order[] = {MTL_SERVER, MTL_CLIENT}; /* a server is up before its clients */

    for (size_t i = 0; i < 2; i++) {
        const struct mtl_prepared *prepared = mtl_side_prepare(scene->arena, scene->question, side_of(scene, order[i]));

        scene->prepared[order[i]] = prepared;
        scene->out->sent[order[i]] = prepared->sent;
        scene->out->broken_block = prepared->broken;
        if (prepared->refusal != MTL_REASON_NONE) {
            blame(scene, prepared->blamed, order[i]);
            scene->out->native = prepared->words;
            return reject(scene, order[i], prepared->refusal, 0);
        }
        if (prepared->doubt != NULL)
            return give_up(scene, prepared->doubt);
    }
    if (!mtl_client_needs_other_certificate(side_of(scene, MTL_CLIENT), scene->tls))
        return true;
    blame(scene, &scene->out->sent[MTL_CLIENT].certs[0], MTL_CLIENT);
    return reject(scene, MTL_CLIENT, MTL_REASON_NO_SHARED_ALGORITHM, 0);
}

static bool
server_chooses(struct mtl_scene *scene)
{
    const struct mtl_side *server = side_of(scene, MTL_SERVER), *client = side_of(scene, MTL_CLIENT);
    bool can_prove = mtl_server_can_prove(server, client, scene->tls);
    uint8_t alert = server->stack->no_shared_algorithm_alert[scene->tls];

    if (mtl_server_refuses_host(server->stack, scene->question->server_name))
        return reject(scene, MTL_SERVER, MTL_REASON_ODD_HOST, server->stack->odd_host_alert);
    if (scene->out->sent[MTL_SERVER].count == 0) {
        blame(scene, NULL, MTL_SERVER);
        return reject(scene, MTL_SERVER, MTL_REASON_NO_CERTIFICATE, mtl_stack_alone_alert(server->stack, scene->tls));
    }
    if (can_prove && mtl_peer_accepts_key(server, client) && mtl_peer_accepts_curve(server, client, scene->tls))
        return true;
    if (can_prove)
        alert = HANDSHAKE_FAILURE;
    blame(scene, &scene->out->sent[MTL_SERVER].certs[0], MTL_SERVER);
    return reject(scene, MTL_SERVER, MTL_REASON_NO_SHARED_ALGORITHM, alert);
}

static bool
sends(struct mtl_scene *scene, enum mtl_role sender)
{
    const struct mtl_side *side = side_of(scene, sender);
    const struct mtl_loaded_cert *cert = NULL;

    if (side->stack->largest_own_certificate_message != 0 &&
        mtl_certificate_message_size(scene->out->sent[sender], scene->tls) >
            side->stack->largest_own_certificate_message) {
        scene->own_weakness = MTL_REASON_TOO_LARGE;
        blame(scene, NULL, sender);
        return reject(scene, sender, MTL_REASON_TOO_LARGE, 0);
    }
    /* what stands in the file itself was looked at when the program started, unless: */
    bool is_new = mtl_side_completes_chain(side) || (sender == MTL_CLIENT && side->stack->client_withholds_unfit_leaf);
    if (!side->stack->refuses_own_weak_certificate || !is_new)
        return true;
    scene->own_weakness = mtl_own_weakness(side, scene->out->sent[sender], &cert);
    if (scene->own_weakness == MTL_REASON_NONE)
        return true;
    blame(scene, cert, sender);
    return reject(scene, sender, MTL_REASON_OWN_CHAIN_WEAK, side->stack->own_chain_weak_alert);
}

static bool
server_sends(struct mtl_scene *scene)
{
    return sends(scene, MTL_SERVER);
}

static bool
takes(struct mtl_scene *scene, enum mtl_role receiver)
{
    enum mtl_role sender = mtl_other_role(receiver);
    const struct mtl_stack *stack = side_of(scene, receiver)->stack;
    enum mtl_reason reason = mtl_size_refusal(stack, receiver, scene->out->sent[sender], scene->tls);
    uint8_t alert = reason == MTL_REASON_TOO_MANY ? stack->too_many_alert : stack->too_large_alert;

    if (reason == MTL_REASON_NONE)
        return true;
    blame(scene, NULL, sender);
    return reject(scene, receiver, reason, alert);
}

static bool
reads(struct mtl_scene *scene, enum mtl_role verifier, size_t from)
{
    const struct mtl_stack *stack = side_of(scene, verifier)->stack;
    struct mtl_chain chain = scene->out->sent[mtl_other_role(verifier)];
    size_t count = stack->reading.decodes_issuers_in_turn && chain.count > 1 ? 1 : chain.count;

    if (from == 0 && stack->decodes_issuers_last[scene->tls])
        count = 1;
    for (size_t i = from; i < count; i++) {
        enum mtl_reason reason = mtl_stack_cannot_read(stack, scene->tls, chain.certs[i].cert, i == 0);
        const char *doubt = mtl_reading_doubt(scene->arena, stack, chain.certs[i].cert);

        if (doubt != NULL && reason == MTL_REASON_NONE)
            return give_up(scene, doubt);
        if (reason == MTL_REASON_NONE)
            continue;
        if (reason == MTL_REASON_ISSUER_KEY_UNSUPPORTED && stack->passes_over_unknown_signatures) {
            scene->passed_over = true;
            continue;
        }
        scene->unreadable = true;
        scene->out->native = mtl_reading_words(scene->arena, stack, reason, chain.certs[i].cert);
        blame(scene, &chain.certs[i], mtl_other_role(verifier));
        return reject(scene, verifier, reason, mtl_unreadable_alert(scene, verifier));
    }
    return true;
}

/* Always false. */
static bool
refuse_proof(struct mtl_scene *scene, enum mtl_role owner, const struct mtl_proof_fate *fate)
{
    blame(scene, &scene->out->sent[owner].certs[0], owner);
    reject(scene, fate->by, fate->reason, fate->alert);
    if (fate->surface != MTL_SURFACE_NONE)
        scene->out->surface = fate->surface;
    return false;
}

/* Is the peer's leaf for signing, where the stack asks that? */
static bool
accepts_usage(struct mtl_scene *scene, enum mtl_role verifier)
{
    const struct mtl_stack *stack = side_of(scene, verifier)->stack;
    enum mtl_role owner = mtl_other_role(verifier);
    struct mtl_proof_fate fate = {.by = verifier, .reason = MTL_REASON_PURPOSE};

    if (!mtl_stack_refuses_usage(stack, verifier, scene->tls, scene->out->sent[owner].certs[0].cert))
        return true;
    scene->not_for_signing = true;
    fate.alert = stack->usage->alert[verifier][scene->tls];
    fate.surface = stack->usage->surface[verifier][scene->tls];
    return refuse_proof(scene, owner, &fate);
}

static bool
are_too_many(struct mtl_scene *scene, enum mtl_role verifier)
{
    uint16_t most = side_of(scene, verifier)->stack->most_certificates;

    return most != 0 && scene->out->sent[mtl_other_role(verifier)].count > most;
}

static bool
judge(struct mtl_scene *scene, enum mtl_role verifier)
{
    const struct mtl_side *side = side_of(scene, verifier);
    struct mtl_transcript *out = scene->out;
    const struct mtl_stack_reason *native;
    const struct mtl_verdict *verdict;
    const char *doubt;

    if ((!side->stack->judges_after_proof && !reads(scene, verifier, 0)) ||
        (scene->tls == MTL_TLS13 && !accepts_usage(scene, verifier)))
        return false;
    if (side->verify == MTL_VERIFY_NONE || side->verify == MTL_VERIFY_ASK ||
        (side->verify == MTL_VERIFY_OPTIONAL && side->stack->optional_accepts_all))
        return true;
    if (scene->passed_over)
        return give_up(scene, mtl_arena_printf(scene->arena, "%s passes over a certificate signed in a way %s",
                                               side->stack->title, "that it does not know, and judges the rest"));
    if (side->trusts == NULL) {
        scene->unjudged[verifier] = true;
        return true;
    }
    if (are_too_many(scene, verifier)) {
        blame(scene, NULL, mtl_other_role(verifier));
        return reject(scene, verifier, MTL_REASON_TOO_MANY, side->stack->too_many_alert);
    }
    if (side->stack->decodes_issuers_last[scene->tls] && !reads(scene, verifier, 1))
        return false;
    verdict = out->verdict[verifier] = mtl_prepared_judge(scene->arena, scene->question, scene->prepared[verifier],
                                                          out->sent[mtl_other_role(verifier)]);
    doubt = mtl_verdict_doubt(scene->arena, side->stack, verdict);
    if (doubt != NULL)
        return give_up(scene, doubt);
    if (verdict->accepted || mtl_scene_compares_later(scene, verifier, verdict->failure.reason))
        return true;
    if (verdict->signatures_exhausted || verdict->extensions_exhausted)
        return give_up(scene, "the search for a path ran out of its budget");
    native = mtl_verdict_words(side->stack, verdict);
    if (native == NULL)
        return give_up(scene, mtl_arena_printf(scene->arena, "it is not known what %s does with this failure: %s",
                                               side->stack->title, mtl_reason_sentence(verdict->failure.reason)));
    const struct mtl_path *path = verdict->path_count > 0 ? &verdict->paths[verdict->decisive] : NULL;
    if (path != NULL && verdict->failure.depth < path->count)
        blame(scene, path->certs[verdict->failure.depth], mtl_other_role(verifier));
    out->native = native;
    out->native_depth = (int)verdict->failure.depth;
    return reject(scene, verifier, verdict->failure.reason, native->alert[verifier][scene->tls]);
}

/* The verifier has got the peer's Certificate message. */
static bool
looks_at(struct mtl_scene *scene, enum mtl_role verifier)
{
    const char *doubt = mtl_leaf_key_doubt(side_of(scene, verifier), scene->out->sent[mtl_other_role(verifier)]);

    if (!takes(scene, verifier))
        return false;
    if (side_of(scene, verifier)->stack->judges_after_proof)
        return reads(scene, verifier, 0);
    if (doubt != NULL)
        return give_up(scene, doubt);
    return mtl_scene_judges_late(scene, verifier, MTL_LATE_CHAIN) || judge(scene, verifier);
}

/* A failure belongs to the Certificate message all the same. */
static bool
judges_behind_proof(struct mtl_scene *scene, enum mtl_role verifier)
{
    enum mtl_stage stage = scene->stage;

    if (!side_of(scene, verifier)->stack->judges_after_proof || mtl_scene_judges_late(scene, verifier, MTL_LATE_CHAIN))
        return true;
    scene->stage = verifier == MTL_CLIENT ? MTL_STAGE_SERVER_CERTIFICATE : MTL_STAGE_CLIENT_CERTIFICATE;
    if (!judge(scene, verifier))
        return false;
    scene->stage = stage;
    return true;
}

static bool
client_judges(struct mtl_scene *scene)
{
    return looks_at(scene, MTL_CLIENT);
}

/* Does the peer's signature over the handshake fit its certificate? */
static bool
accepts_proof(struct mtl_scene *scene, enum mtl_role verifier)
{
    const struct mtl_side *owner = side_of(scene, mtl_other_role(verifier));
    struct mtl_proof_fate fate = mtl_proof_fate(owner, side_of(scene, verifier), scene->tls);

    if (fate.reason == MTL_REASON_NONE)
        return true;
    if (fate.is_unknown)
        return give_up(scene, "it is not known how it answers a signature by a key that is not the certificate's");
    return refuse_proof(scene, owner->role, &fate);
}

static bool
client_checks_proof(struct mtl_scene *scene)
{
    return accepts_proof(scene, MTL_CLIENT);
}

static bool
client_checks_flight(struct mtl_scene *scene)
{
    if (scene->tls == MTL_TLS12 && !accepts_usage(scene, MTL_CLIENT))
        return false;
    if (side_of(scene, MTL_CLIENT)->stack->not_for_signing_alert == 0 ||
        !mtl_server_leaf_cannot_sign(side_of(scene, MTL_SERVER), scene->tls))
        return judges_behind_proof(scene, MTL_CLIENT);
    blame(scene, &scene->out->sent[MTL_SERVER].certs[0], MTL_SERVER);
    return reject(scene, MTL_CLIENT, MTL_REASON_NO_SHARED_ALGORITHM,
                  side_of(scene, MTL_CLIENT)->stack->not_for_signing_alert);
}

static bool
client_sends(struct mtl_scene *scene)
{
    struct mtl_transcript *out = scene->out;

    out->client_sends = 0;
    if (!scene->asks_client) {
        out->client_sends_reason =
            mtl_arena_printf(scene->arena, "%s does not ask for one", side_of(scene, MTL_SERVER)->label);
        return true;
    }
    if (!mtl_client_answers(scene->arena, scene->question, out->sent[MTL_CLIENT], scene->tls,
                            &out->client_sends_reason))
        return true;
    if (mtl_client_trips_over_usage(side_of(scene, MTL_CLIENT), scene->tls)) {
        blame(scene, &out->sent[MTL_CLIENT].certs[0], MTL_CLIENT);
        return reject(scene, MTL_CLIENT, MTL_REASON_NO_SHARED_ALGORITHM,
                      side_of(scene, MTL_CLIENT)->stack->own_usage_alert[scene->tls]);
    }
    if (!sends(scene, MTL_CLIENT)) {
        out->client_sends_reason = "its own chain is too weak to be sent";
        return false;
    }
    out->client_sends = 1;
    return true;
}

static bool
server_judges(struct mtl_scene *scene)
{
    const struct mtl_side *server = side_of(scene, MTL_SERVER);

    if (!scene->asks_client)
        return true;
    if (scene->out->client_sends == 1)
        return looks_at(scene, MTL_SERVER);
    if (server->verify == MTL_VERIFY_OPTIONAL && server->stack->optional_needs_certificate) {
        scene->unreadable = true;
        scene->out->native = mtl_stack_reason(server->stack, MTL_REASON_NO_CERTIFICATE);
        return reject(scene, MTL_SERVER, MTL_REASON_NO_CERTIFICATE, scene->out->native->alert[MTL_SERVER][scene->tls]);
    }
    if (server->verify != MTL_VERIFY_REQUIRED || mtl_scene_judges_late(scene, MTL_SERVER, MTL_LATE_ABSENCE))
        return true;
    return reject(scene, MTL_SERVER, MTL_REASON_NO_CERTIFICATE, server->stack->no_certificate_alert[scene->tls]);
}

static bool
client_proves(struct mtl_scene *scene)
{
    uint8_t alert = side_of(scene, MTL_SERVER)->stack->wrong_curve_alert[scene->tls];

    if (scene->out->client_sends != 1)
        return true;
    if (scene->tls == MTL_TLS12 && !accepts_usage(scene, MTL_SERVER))
        return false;
    if (alert == 0 || mtl_side_finds_no_scheme(side_of(scene, MTL_CLIENT), scene->tls) ||
        !mtl_client_curve_refused(scene->question, scene->tls))
        return accepts_proof(scene, MTL_SERVER) && judges_behind_proof(scene, MTL_SERVER);
    blame(scene, &scene->out->sent[MTL_CLIENT].certs[0], MTL_CLIENT);
    return reject(scene, MTL_SERVER, MTL_REASON_NO_SHARED_ALGORITHM, alert);
}

static bool
client_program_judges(struct mtl_scene *scene)
{
    return !mtl_scene_judges_late(scene, MTL_CLIENT, MTL_LATE_CHAIN | MTL_LATE_NAME) || judge(scene, MTL_CLIENT);
}

static bool
server_program_judges(struct mtl_scene *scene)
{
    if (!scene->asks_client)
        return true;
    if (scene->out->client_sends == 1)
        return !mtl_scene_judges_late(scene, MTL_SERVER, MTL_LATE_CHAIN) || judge(scene, MTL_SERVER);
    if (side_of(scene, MTL_SERVER)->verify != MTL_VERIFY_REQUIRED ||
        !mtl_scene_judges_late(scene, MTL_SERVER, MTL_LATE_ABSENCE))
        return true;
    return reject(scene, MTL_SERVER, MTL_REASON_NO_CERTIFICATE, 0);
}

/* In TLS 1.3 a client has finished before the server has its flight, in TLS 1.2 only after the server has. */
static bool
client_finishes(struct mtl_scene *scene)
{
    return scene->tls == MTL_TLS12 || client_program_judges(scene);
}

static bool
programs_judge(struct mtl_scene *scene)
{
    if (scene->tls == MTL_TLS13)
        return server_program_judges(scene);
    if (mtl_scene_late_moment(scene, MTL_SERVER) == MTL_LATE_REQUEST)
        return client_program_judges(scene) && server_program_judges(scene);
    return server_program_judges(scene) && client_program_judges(scene);
}

static void
conclude(struct mtl_scene *scene)
{
    enum mtl_role verifier = scene->unjudged[MTL_CLIENT] ? MTL_CLIENT : MTL_SERVER;

    scene->stage = MTL_STAGE_DONE;
    if (!scene->unjudged[verifier]) {
        scene->out->outcome = MTL_ESTABLISHED;
        return;
    }
    give_up(scene, mtl_arena_printf(scene->arena, "what %s trusts was not given, so its judgement of %s is left out",
                                    side_of(scene, verifier)->label, side_of(scene, mtl_other_role(verifier))->label));
}

struct mtl_scene
mtl_scene_play(struct mtl_arena *arena, const struct mtl_handshake_question *question, enum mtl_tls tls,
               struct mtl_transcript *out)
{
    static bool (*const steps[])(struct mtl_scene *) = {
        both_start,   server_chooses,  server_sends,  client_judges, client_checks_proof, client_checks_flight,
        client_sends, client_finishes, server_judges, client_proves, programs_judge,
    };
    struct mtl_scene scene = {
        .arena = arena, .question = mtl_question_as_loaded(arena, question), .tls = tls, .out = out};

    *out = (struct mtl_transcript){
        .tls = tls,
        .client = &question->sides[MTL_CLIENT],
        .server = &question->sides[MTL_SERVER],
        .certificate_index = -1,
        .client_sends_reason = "the handshake does not get that far",
    };
    scene.asks_client = out->server->verify != MTL_VERIFY_NONE;
    if (!both_speak(&scene))
        scene.stage = MTL_STAGE_DONE;
    while (scene.stage < MTL_STAGE_DONE && steps[scene.stage](&scene))
        scene.stage++;
    if (scene.stage == MTL_STAGE_DONE && out->why_undetermined == NULL)
        conclude(&scene);
    return scene;
}
