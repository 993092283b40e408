/*
 * Walks one handshake of one TLS version, decision by decision, until a side rejects or all is done.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/scene.h"

#define HANDSHAKE_FAILURE 40 /* no signature scheme in common (RFC 8446 4.4.2.2, RFC 5246 7.4.2) */

/* Settings may still rule a version out that a stack has; these are not known. */
static bool
both_speak(struct mtl_scene *scene)
{
    for (size_t role = 0; role < 2; role++) {
        const struct mtl_stack *stack = mtl_scene_side(scene, (enum mtl_role)role)->stack;

        if (!mtl_stack_speaks(stack, scene->tls))
            return mtl_scene_give_up(
                scene, mtl_arena_printf(scene->arena, "%s has no TLS %s", stack->title, mtl_tls_text(scene->tls)));
    }
    return true;
}

/* Is it about its trust store, which it has not loaded yet? */
static bool
fails_late(const struct mtl_prepared *prepared)
{
    const struct mtl_side *side = &prepared->side;

    return side->stack->loads_trust_late && prepared->refusal == MTL_REASON_UNDECODABLE && prepared->broken != NULL &&
           side->trusts != NULL &&
           (prepared->broken == side->trusts->refusal || prepared->broken == side->trusts->chain_refusal);
}

static bool
both_start(struct mtl_scene *scene)
{
    static const enum mtl_role order[] = {MTL_SERVER, MTL_CLIENT}; /* a server is up before its clients */

    for (size_t i = 0; i < 2; i++) {
        const struct mtl_prepared *prepared =
            mtl_side_prepare(scene->arena, scene->question, mtl_scene_side(scene, order[i]));

        scene->prepared[order[i]] = prepared;
        scene->out->sent[order[i]] = prepared->sent;
        scene->out->broken_block = prepared->broken;
        if (prepared->refusal != MTL_REASON_NONE && !fails_late(prepared)) {
            mtl_scene_blame(scene, prepared->blamed, order[i]);
            scene->out->native = prepared->words;
            return mtl_scene_reject(scene, order[i], prepared->refusal, 0);
        }
        if (prepared->doubt != NULL)
            return mtl_scene_give_up(scene, prepared->doubt);
    }
    if (mtl_client_refuses_host(mtl_scene_side(scene, MTL_CLIENT)->stack, scene->question->server_name))
        return mtl_scene_reject(scene, MTL_CLIENT, MTL_REASON_ODD_HOST, 0);
    if (!mtl_client_needs_other_certificate(mtl_scene_side(scene, MTL_CLIENT), scene->tls))
        return true;
    mtl_scene_blame(scene, &scene->out->sent[MTL_CLIENT].certs[0], MTL_CLIENT);
    return mtl_scene_reject(scene, MTL_CLIENT, MTL_REASON_NO_SHARED_ALGORITHM, 0);
}

/* Then it is rejected. */
static bool
server_is_weak(struct mtl_scene *scene)
{
    const struct mtl_side *server = mtl_scene_side(scene, MTL_SERVER);
    const struct mtl_loaded_cert *leaf = NULL;
    struct mtl_chain alone = {.certs = scene->out->sent[MTL_SERVER].certs, .count = 1};
    enum mtl_reason reason = mtl_own_weakness(server, alone, &leaf);

    if (reason == MTL_REASON_NONE)
        return false;
    mtl_scene_blame(scene, leaf, MTL_SERVER);
    mtl_scene_reject(scene, MTL_SERVER, reason, server->stack->weak_leaf_alert);
    return true;
}

static bool
server_takes_host(struct mtl_scene *scene)
{
    const struct mtl_stack *server = mtl_scene_side(scene, MTL_SERVER)->stack;
    const struct mtl_stack *client = mtl_scene_side(scene, MTL_CLIENT)->stack;
    const char *host = scene->question->server_name;
    uint8_t alert = mtl_host_alert(server, client, host);

    if (mtl_host_is_in_doubt(server, client, host))
        return mtl_scene_give_up(
            scene, mtl_arena_printf(scene->arena, "it is not known whether %s asks for the name with its final dot, %s",
                                    client->title, "which the server refuses"));
    return alert == 0 || mtl_scene_reject(scene, MTL_SERVER, MTL_REASON_ODD_HOST, alert);
}

/* It signs, but not as it says. */
static bool
misnames_curve(struct mtl_scene *scene, enum mtl_role role)
{
    const struct mtl_side *side = mtl_scene_side(scene, role);

    if (!mtl_side_misnames_curve(side, scene->tls))
        return false;
    mtl_scene_give_up(scene,
                      mtl_arena_printf(scene->arena, "%s signs in the scheme of another curve than its key's, %s",
                                       side->label, "and what peers make of that is not known"));
    return true;
}

static bool
misses_scheme(struct mtl_scene *scene)
{
    const struct mtl_side *client = mtl_scene_side(scene, MTL_CLIENT);
    const struct mtl_loaded_cert *leaf = &scene->out->sent[MTL_SERVER].certs[0];

    if ((client->stack->scheme_curves >> leaf->cert->key.curve & 1) != 0)
        return mtl_scene_give_up(scene, mtl_arena_printf(scene->arena,
                                                         "%s may offer the scheme for the curve of the server's key, "
                                                         "which was not recorded",
                                                         client->label));
    scene->misses_scheme = true;
    mtl_scene_blame(scene, leaf, MTL_SERVER);
    return mtl_scene_reject(scene, MTL_SERVER, MTL_REASON_NO_SHARED_ALGORITHM, HANDSHAKE_FAILURE);
}

static bool
server_chooses(struct mtl_scene *scene)
{
    const struct mtl_side *server = mtl_scene_side(scene, MTL_SERVER), *client = mtl_scene_side(scene, MTL_CLIENT);
    bool can_prove = mtl_server_can_prove(server, client, scene->tls);
    uint8_t alert = server->stack->no_shared_algorithm_alert[scene->tls];

    if (scene->doubt != NULL)
        return mtl_scene_give_up(scene, scene->doubt);
    if (!server_takes_host(scene))
        return false;
    if (scene->out->sent[MTL_SERVER].count == 0 && server->stack->plain_without_certificate)
        return mtl_scene_give_up(
            scene, mtl_arena_printf(scene->arena, "without a certificate %s speaks no TLS", server->label));
    if (scene->out->sent[MTL_SERVER].count == 0) {
        mtl_scene_blame(scene, NULL, MTL_SERVER);
        return mtl_scene_reject(scene, MTL_SERVER, MTL_REASON_NO_CERTIFICATE,
                                mtl_stack_alone_alert(server->stack, scene->tls));
    }
    if (server->stack->weak_leaf_alert != 0 && server_is_weak(scene))
        return false;
    if (misnames_curve(scene, MTL_SERVER))
        return false;
    if (mtl_server_needs_scheme(server, scene->tls))
        return misses_scheme(scene);
    if (can_prove && mtl_peer_accepts_key(server, client) && mtl_peer_accepts_curve(server, client, scene->tls))
        return true;
    if (can_prove)
        alert = HANDSHAKE_FAILURE;
    mtl_scene_blame(scene, &scene->out->sent[MTL_SERVER].certs[0], MTL_SERVER);
    return mtl_scene_reject(scene, MTL_SERVER, MTL_REASON_NO_SHARED_ALGORITHM, alert);
}

static bool
sends(struct mtl_scene *scene, enum mtl_role sender)
{
    const struct mtl_side *side = mtl_scene_side(scene, sender);
    const struct mtl_loaded_cert *cert = NULL;

    if (side->stack->largest_own_certificate_message != 0 &&
        mtl_certificate_message_size(scene->out->sent[sender], scene->tls) >
            side->stack->largest_own_certificate_message) {
        scene->own_weakness = MTL_REASON_TOO_LARGE;
        mtl_scene_blame(scene, NULL, sender);
        return mtl_scene_reject(scene, sender, MTL_REASON_TOO_LARGE, 0);
    }
    /* what stands in the file itself was looked at when the program started, unless: */
    bool is_new = mtl_side_completes_chain(side) || side->stack->weak_issuers_late ||
                  (sender == MTL_CLIENT && side->stack->client_withholds_unfit_leaf);
    if (!side->stack->refuses_own_weak_certificate || !is_new)
        return true;
    scene->own_weakness = mtl_own_weakness(side, scene->out->sent[sender], &cert);
    if (scene->own_weakness == MTL_REASON_NONE)
        return true;
    mtl_scene_blame(scene, cert, sender);
    bool closes = sender == MTL_CLIENT && side->stack->weak_issuers_late;
    return mtl_scene_reject(scene, sender, MTL_REASON_OWN_CHAIN_WEAK, closes ? 0 : side->stack->own_chain_weak_alert);
}

static bool
server_sends(struct mtl_scene *scene)
{
    const struct mtl_side *server = mtl_scene_side(scene, MTL_SERVER);
    size_t most = server->stack->most_ca_names;

    if (scene->asks_client && most != 0 && mtl_ca_names_size(server) > most)
        return mtl_scene_give_up(scene, mtl_arena_printf(scene->arena,
                                                         "the names of the CAs that %s trusts are too long to be sent",
                                                         server->label));
    return sends(scene, MTL_SERVER);
}

static bool
client_judges(struct mtl_scene *scene)
{
    const struct mtl_prepared *client = scene->prepared[MTL_CLIENT];

    if (fails_late(client)) {
        scene->broken = true;
        scene->out->broken_block = client->broken;
        mtl_scene_blame(scene, client->blamed, MTL_CLIENT);
        return mtl_scene_reject(scene, MTL_CLIENT, client->refusal, 0);
    }
    return mtl_scene_look_at(scene, MTL_CLIENT);
}

/* Does the peer's signature over the handshake fit its certificate? */
static bool
accepts_proof(struct mtl_scene *scene, enum mtl_role verifier)
{
    const struct mtl_side *owner = mtl_scene_side(scene, mtl_other_role(verifier));
    struct mtl_proof_fate fate = mtl_proof_fate(owner, mtl_scene_side(scene, verifier), scene->tls);

    if (fate.reason == MTL_REASON_NONE)
        return true;
    if (fate.is_unknown)
        return mtl_scene_give_up(scene,
                                 "it is not known how it answers a signature by a key that is not the certificate's");
    return mtl_scene_refuse_proof(scene, owner->role, &fate);
}

static bool
client_checks_proof(struct mtl_scene *scene)
{
    return accepts_proof(scene, MTL_CLIENT);
}

static bool
client_checks_flight(struct mtl_scene *scene)
{
    if (scene->tls == MTL_TLS12 && !mtl_scene_accepts_usage(scene, MTL_CLIENT))
        return false;
    if (mtl_scene_side(scene, MTL_CLIENT)->stack->not_for_signing_alert == 0 ||
        !mtl_server_leaf_cannot_sign(mtl_scene_side(scene, MTL_SERVER), scene->tls))
        return mtl_scene_judge_behind_proof(scene, MTL_CLIENT);
    mtl_scene_blame(scene, &scene->out->sent[MTL_SERVER].certs[0], MTL_SERVER);
    return mtl_scene_reject(scene, MTL_CLIENT, MTL_REASON_NO_SHARED_ALGORITHM,
                            mtl_scene_side(scene, MTL_CLIENT)->stack->not_for_signing_alert);
}

static bool
client_sends(struct mtl_scene *scene)
{
    struct mtl_transcript *out = scene->out;

    out->client_sends = 0;
    scene->answer = scene->asks_client
                        ? mtl_client_answers(scene->arena, scene->question, out->sent[MTL_CLIENT], scene->tls)
                        : MTL_ANSWER_NOT_ASKED;
    if (scene->answer != MTL_ANSWER_CHAIN)
        return true;
    if (misnames_curve(scene, MTL_CLIENT))
        return false;
    if (mtl_client_trips_over_usage(mtl_scene_side(scene, MTL_CLIENT), scene->tls)) {
        mtl_scene_blame(scene, &out->sent[MTL_CLIENT].certs[0], MTL_CLIENT);
        return mtl_scene_reject(scene, MTL_CLIENT, MTL_REASON_NO_SHARED_ALGORITHM,
                                mtl_scene_side(scene, MTL_CLIENT)->stack->own_usage_alert[scene->tls]);
    }
    if (!sends(scene, MTL_CLIENT)) {
        scene->answer = MTL_ANSWER_WEAK_CHAIN;
        return false;
    }
    out->client_sends = 1;
    return true;
}

static bool
server_judges(struct mtl_scene *scene)
{
    const struct mtl_side *server = mtl_scene_side(scene, MTL_SERVER);

    if (!scene->asks_client)
        return true;
    if (scene->out->client_sends == 1)
        return mtl_scene_look_at(scene, MTL_SERVER);
    if (server->verify == MTL_VERIFY_OPTIONAL && server->stack->optional_needs_certificate) {
        scene->unreadable = true;
        scene->out->native = mtl_stack_reason(server->stack, MTL_REASON_NO_CERTIFICATE);
        return mtl_scene_reject(scene, MTL_SERVER, MTL_REASON_NO_CERTIFICATE,
                                scene->out->native->alert[MTL_SERVER][scene->tls]);
    }
    if (server->verify != MTL_VERIFY_REQUIRED || mtl_scene_judges_late(scene, MTL_SERVER, MTL_LATE_ABSENCE))
        return true;
    return mtl_scene_reject(scene, MTL_SERVER, MTL_REASON_NO_CERTIFICATE,
                            server->stack->no_certificate_alert[scene->tls]);
}

static bool
client_proves(struct mtl_scene *scene)
{
    const struct mtl_stack *server = mtl_scene_side(scene, MTL_SERVER)->stack;
    bool closes = server->wrong_curve_closes && scene->tls == MTL_TLS12;
    uint8_t alert = server->wrong_curve_alert[scene->tls];

    if (scene->out->client_sends != 1)
        return true;
    if (scene->tls == MTL_TLS12 && !mtl_scene_accepts_usage(scene, MTL_SERVER))
        return false;
    if ((alert == 0 && !closes) || mtl_side_finds_no_scheme(mtl_scene_side(scene, MTL_CLIENT), scene->tls) ||
        !mtl_client_curve_refused(scene->question, scene->tls))
        return accepts_proof(scene, MTL_SERVER) && mtl_scene_judge_behind_proof(scene, MTL_SERVER);
    mtl_scene_blame(scene, &scene->out->sent[MTL_CLIENT].certs[0], MTL_CLIENT);
    return mtl_scene_reject(scene, MTL_SERVER, MTL_REASON_NO_SHARED_ALGORITHM, alert);
}

static bool
client_program_judges(struct mtl_scene *scene)
{
    return !mtl_scene_judges_late(scene, MTL_CLIENT, MTL_LATE_CHAIN | MTL_LATE_NAME) ||
           mtl_scene_judge(scene, MTL_CLIENT);
}

static bool
server_program_judges(struct mtl_scene *scene)
{
    if (!scene->asks_client)
        return true;
    if (scene->out->client_sends == 1)
        return !mtl_scene_judges_late(scene, MTL_SERVER, MTL_LATE_CHAIN) || mtl_scene_judge(scene, MTL_SERVER);
    if (mtl_scene_side(scene, MTL_SERVER)->verify != MTL_VERIFY_REQUIRED ||
        !mtl_scene_judges_late(scene, MTL_SERVER, MTL_LATE_ABSENCE))
        return true;
    scene->out->native = mtl_stack_reason(mtl_scene_side(scene, MTL_SERVER)->stack, MTL_REASON_NO_CERTIFICATE);
    return mtl_scene_reject(scene, MTL_SERVER, MTL_REASON_NO_CERTIFICATE,
                            scene->out->native == NULL ? 0 : scene->out->native->alert[MTL_SERVER][scene->tls]);
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
    mtl_scene_give_up(scene,
                      mtl_arena_printf(scene->arena, "what %s trusts was not given, so its judgement of %s is left out",
                                       mtl_scene_side(scene, verifier)->label,
                                       mtl_scene_side(scene, mtl_other_role(verifier))->label));
}

static const struct mtl_note *
lenient_note(const struct mtl_material *file)
{
    for (size_t i = 0; file != NULL && i < file->note_count; i++)
        if (file->notes[i].kind == MTL_NOTE_NOT_DER)
            return &file->notes[i];
    return NULL;
}

/* Which stacks take a certificate that is not DER is not in their profiles. */
static bool
files_are_in_der(struct mtl_scene *scene)
{
    for (enum mtl_role role = MTL_CLIENT; role <= MTL_SERVER; role++) {
        const struct mtl_side *side = mtl_scene_side(scene, role);
        const struct mtl_note *note = lenient_note(side->presents);

        if (note == NULL)
            note = lenient_note(side->trusts);
        if (note != NULL)
            return mtl_scene_give_up(scene,
                                     mtl_arena_printf(scene->arena,
                                                      "%s:%u is a certificate that is not in DER, and who reads "
                                                      "it is not known",
                                                      mtl_text_safe(scene->arena, mtl_slice_text(note->source.path), 0),
                                                      note->source.line));
    }
    return true;
}

static struct mtl_scene
play(struct mtl_arena *arena, const struct mtl_handshake_question *question, enum mtl_tls tls, const char *doubt,
     struct mtl_transcript *out)
{
    static bool (*const steps[])(struct mtl_scene *) = {
        both_start,   server_chooses,  server_sends,  client_judges, client_checks_proof, client_checks_flight,
        client_sends, client_finishes, server_judges, client_proves, programs_judge,
    };
    struct mtl_scene scene = {
        .arena = arena, .question = mtl_question_as_loaded(arena, question), .tls = tls, .doubt = doubt, .out = out};

    *out = (struct mtl_transcript){
        .tls = tls,
        .client = &question->sides[MTL_CLIENT],
        .server = &question->sides[MTL_SERVER],
        .certificate_index = -1,
    };
    scene.asks_client = scene.question->sides[MTL_SERVER].verify != MTL_VERIFY_NONE;
    if (!both_speak(&scene) || !files_are_in_der(&scene))
        scene.stage = MTL_STAGE_DONE;
    while (scene.stage < MTL_STAGE_DONE && steps[scene.stage](&scene))
        scene.stage++;
    if (scene.stage == MTL_STAGE_DONE && out->why_undetermined == NULL)
        conclude(&scene);
    return scene;
}

/* Does it come to the same, whichever certificate the server presents? */
static bool
end_alike(const struct mtl_transcript *a, const struct mtl_transcript *b)
{
    return a->outcome == b->outcome && a->outcome != MTL_UNDETERMINED &&
           (a->outcome == MTL_ESTABLISHED || (a->rejected_by == b->rejected_by && a->reason == b->reason &&
                                              a->surface == b->surface && a->alert == b->alert));
}

static bool
server_fails_alone(const struct mtl_transcript *transcript)
{
    return transcript->outcome == MTL_HANDSHAKE_REJECTED && transcript->local && transcript->rejected_by == MTL_SERVER;
}

/* A server loads both of its certificates, whichever it presents. */
static struct mtl_scene
play_with_default(struct mtl_arena *arena, const struct mtl_handshake_question *question, enum mtl_tls tls,
                  struct mtl_transcript *out)
{
    const struct mtl_handshake_question *by_default = mtl_question_by_default(arena, question);
    bool is_by_default = mtl_server_is_asked_without_name(question);
    const char *doubt = mtl_naming_doubt(arena, question);
    struct mtl_scene scene = play(arena, is_by_default ? by_default : question, tls, NULL, out);
    struct mtl_transcript other;

    (void)play(arena, is_by_default ? question : by_default, tls, NULL, &other);
    if (server_fails_alone(&other) && !server_fails_alone(out)) {
        is_by_default = !is_by_default;
        scene = play(arena, is_by_default ? by_default : question, tls, NULL, out);
    } else if (doubt != NULL && !end_alike(out, &other)) {
        scene = play(arena, question, tls, doubt, out);
    }
    out->by_default = is_by_default;
    out->to_address = mtl_host_is_no_server_name(question->server_name);
    return scene;
}

struct mtl_scene
mtl_scene_play(struct mtl_arena *arena, const struct mtl_handshake_question *question, enum mtl_tls tls,
               struct mtl_transcript *out)
{
    if (question->sides[MTL_SERVER].default_presents != NULL)
        return play_with_default(arena, question, tls, out);
    return play(arena, question, tls, NULL, out);
}
