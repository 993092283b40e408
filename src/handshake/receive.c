/*
 * What a side does with the peer's Certificate message: takes it, reads it, judges it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/scene.h"

void
mtl_scene_blame(struct mtl_scene *scene, const struct mtl_loaded_cert *cert, enum mtl_role owner)
{
    struct mtl_transcript *out = scene->out;

    out->certificate = cert;
    out->certificate_owner = owner;
    for (size_t i = 0; cert != NULL && i < out->sent[owner].count && out->certificate_index < 0; i++)
        if (mtl_cert_same(out->sent[owner].certs[i].cert, cert->cert))
            out->certificate_index = (int)i;
}

/* RFC 8446 7.1: from its Finished on, a server's keys are those of application data, and so those of its client. */
static void
garble(struct mtl_scene *scene, enum mtl_role by)
{
    struct mtl_transcript *out = scene->out;

    if (out->surface != MTL_SURFACE_ALERT || out->moment != MTL_MOMENT_AFTER_HANDSHAKE || by != MTL_SERVER ||
        !mtl_scene_side(scene, by)->stack->garbles_alerts_to_clients)
        return;
    out->surface = MTL_SURFACE_GARBLED;
    out->alert = 0;
}

bool
mtl_scene_reject(struct mtl_scene *scene, enum mtl_role by, enum mtl_reason reason, uint8_t alert)
{
    struct mtl_transcript *out = scene->out;

    if (mtl_scene_side(scene, by)->stack->keeps_alerts)
        alert = 0;
    out->outcome = MTL_HANDSHAKE_REJECTED;
    out->rejected_by = by;
    out->reason = reason;
    out->alert = alert;
    out->moment = mtl_scene_moment(scene, by);
    out->at_message = mtl_scene_message(scene, by);
    out->local = scene->stage == MTL_STAGE_START;
    if (out->moment == MTL_MOMENT_REQUEST)
        out->http_status = mtl_scene_side(scene, by)->stack->http_status;
    if (!out->local)
        out->surface = out->http_status != 0               ? MTL_SURFACE_HTTP
                       : out->moment == MTL_MOMENT_REQUEST ? MTL_SURFACE_PROTOCOL
                       : alert != 0                        ? MTL_SURFACE_ALERT
                                                           : mtl_scene_silent_end(scene, by);
    garble(scene, by);
    return false;
}

bool
mtl_scene_give_up(struct mtl_scene *scene, const char *why)
{
    scene->out->outcome = MTL_UNDETERMINED;
    scene->out->why_undetermined = why;
    return false;
}

static bool
takes(struct mtl_scene *scene, enum mtl_role receiver)
{
    enum mtl_role sender = mtl_other_role(receiver);
    const struct mtl_stack *stack = mtl_scene_side(scene, receiver)->stack;
    enum mtl_reason reason = mtl_size_refusal(stack, receiver, scene->out->sent[sender], scene->tls);
    uint8_t alert = reason == MTL_REASON_TOO_MANY ? stack->too_many_alert : stack->too_large_alert;

    if (reason == MTL_REASON_NONE)
        return true;
    mtl_scene_blame(scene, NULL, sender);
    return mtl_scene_reject(scene, receiver, reason, alert);
}

/* The alert for a certificate that is none; 0: not known. */
static uint8_t
broken_alert(const struct mtl_scene *scene, enum mtl_role verifier, size_t index)
{
    const struct mtl_stack *stack = scene->question->sides[verifier].stack;
    enum mtl_reason reason =
        index == 0 && !stack->hides_unreadable[scene->tls] ? MTL_REASON_MALFORMED : MTL_REASON_UNDECODABLE;
    const struct mtl_stack_reason *words = mtl_stack_reason(stack, reason);

    if (stack->undecodable_alert[verifier] != 0 || mtl_stack_reason(stack, MTL_REASON_UNDECODABLE) == NULL)
        return stack->undecodable_alert[verifier];
    return words == NULL ? 0 : words->alert[verifier][scene->tls];
}

/* A certificate that is none, whatever is to be judged. */
static bool
meets_broken(struct mtl_scene *scene, enum mtl_role verifier, size_t index)
{
    uint8_t alert = broken_alert(scene, verifier, index);

    if (alert == 0)
        return mtl_scene_give_up(scene,
                                 mtl_arena_printf(scene->arena, "%s sends a block of its file that does not decode, %s",
                                                  mtl_scene_side(scene, mtl_other_role(verifier))->label,
                                                  "and what its peer makes of that is not known"));
    scene->broken = true;
    mtl_scene_blame(scene, NULL, mtl_other_role(verifier));
    return mtl_scene_reject(scene, verifier, MTL_REASON_UNDECODABLE, alert);
}

static bool
reads_anew(struct mtl_scene *scene, enum mtl_role verifier, size_t from)
{
    const struct mtl_stack *stack = mtl_scene_side(scene, verifier)->stack;
    const struct mtl_prepared *owner = scene->prepared[mtl_other_role(verifier)]; /* NULL: its chain alone is shown */
    bool is_broken = owner != NULL && owner->sends_broken;
    struct mtl_chain chain = scene->out->sent[mtl_other_role(verifier)];
    size_t count = stack->reading.decodes_issuers_in_turn && chain.count > 1 ? 1 : chain.count;

    if (from == 0 && stack->decodes_issuers_last[scene->tls])
        count = 1;
    for (size_t i = from; i < count; i++) {
        enum mtl_reason reason = mtl_stack_cannot_read(stack, scene->tls, chain.certs[i].cert, i == 0);
        bool is_left =
            i > 0 && stack->decodes_curves_of_leaf_only[scene->tls] && !mtl_cert_key_is_usable(chain.certs[i].cert);
        const char *doubt = is_left ? NULL : mtl_reading_doubt(scene->arena, stack, chain.certs[i].cert);

        if (is_broken && i == owner->broken_index)
            break;
        if (doubt != NULL && reason == MTL_REASON_NONE)
            return mtl_scene_give_up(scene, doubt);
        if (reason == MTL_REASON_NONE)
            continue;
        if (reason == MTL_REASON_ISSUER_KEY_UNSUPPORTED && stack->passes_over_unknown_signatures) {
            scene->passed_over = true;
            continue;
        }
        scene->unreadable = true;
        scene->out->native = mtl_reading_words(scene->arena, stack, reason, chain.certs[i].cert);
        mtl_scene_blame(scene, &chain.certs[i], mtl_other_role(verifier));
        return mtl_scene_reject(scene, verifier, reason, mtl_unreadable_alert(scene, verifier));
    }
    /* who decodes what it tries passes over what does not decode */
    return !is_broken || stack->reading.decodes_issuers_in_turn ||
           (from == 0 && owner->broken_index > 0 && stack->decodes_issuers_last[scene->tls]) ||
           meets_broken(scene, verifier, owner->broken_index);
}

/* What was read without a word is not read again for another pair of stacks. */
static bool
reads(struct mtl_scene *scene, enum mtl_role verifier, size_t from)
{
    const struct mtl_prepared *owner = scene->prepared[mtl_other_role(verifier)];
    struct mtl_chain chain = scene->out->sent[mtl_other_role(verifier)];
    bool *is_readable;

    if (scene->prepared[verifier] == NULL || (owner != NULL && owner->sends_broken))
        return reads_anew(scene, verifier, from);
    is_readable = mtl_prepared_readable(scene->arena, scene->prepared[verifier], chain, scene->tls, from > 0);
    if (*is_readable)
        return true;
    if (!reads_anew(scene, verifier, from))
        return false;
    *is_readable = !scene->passed_over;
    return true;
}

bool
mtl_scene_refuse_proof(struct mtl_scene *scene, enum mtl_role owner, const struct mtl_proof_fate *fate)
{
    mtl_scene_blame(scene, &scene->out->sent[owner].certs[0], owner);
    mtl_scene_reject(scene, fate->by, fate->reason, fate->alert);
    if (fate->surface != MTL_SURFACE_NONE)
        scene->out->surface = fate->surface;
    return false;
}

bool
mtl_scene_accepts_usage(struct mtl_scene *scene, enum mtl_role verifier)
{
    const struct mtl_stack *stack = mtl_scene_side(scene, verifier)->stack;
    enum mtl_role owner = mtl_other_role(verifier);
    struct mtl_proof_fate fate = {.by = verifier, .reason = MTL_REASON_PURPOSE};

    if (!mtl_stack_refuses_usage(stack, verifier, scene->tls, scene->out->sent[owner].certs[0].cert))
        return true;
    scene->not_for_signing = true;
    fate.alert = stack->usage->alert[verifier][scene->tls];
    fate.surface = stack->usage->surface[verifier][scene->tls];
    return mtl_scene_refuse_proof(scene, owner, &fate);
}

static bool
are_too_many(struct mtl_scene *scene, enum mtl_role verifier)
{
    const struct mtl_side *side = mtl_scene_side(scene, verifier);
    bool is_given = side->stack->depth_is_most_certificates && side->depth >= 0;
    size_t most = is_given ? (size_t)side->depth : side->stack->most_certificates;

    return most != 0 && scene->out->sent[mtl_other_role(verifier)].count > most;
}

static bool
judges_after_proof(const struct mtl_scene *scene, enum mtl_role verifier)
{
    const struct mtl_stack *stack = mtl_scene_side(scene, verifier)->stack;
    bool is_first = stack->old_server_judges_first && verifier == MTL_SERVER && scene->tls == MTL_TLS12;
    /* with the last flight, which ends in the proof */
    bool is_program = verifier == MTL_CLIENT && scene->tls == MTL_TLS13 && (stack->judges_late & MTL_LATE_CHAIN) != 0 &&
                      !mtl_scene_judges_late(scene, verifier, MTL_LATE_CHAIN);

    return (stack->judges_after_proof && !is_first) || is_program;
}

/* Whoever verifies no chain still checks the peer's signature over the handshake with that key. */
static bool
can_check_proof(struct mtl_scene *scene, enum mtl_role verifier)
{
    struct mtl_chain chain = scene->out->sent[mtl_other_role(verifier)];

    if (chain.count == 0 || mtl_cert_key_is_usable(chain.certs[0].cert))
        return true;
    return mtl_scene_give_up(scene, "the key of a leaf does not decode, so that nobody can check a signature made with "
                                    "it; how that ends was not recorded for a side that verifies no chain");
}

/* Whatever the peer sends. */
static bool
reject_without_trust(struct mtl_scene *scene, enum mtl_role verifier)
{
    struct mtl_transcript *out = scene->out;

    out->native = mtl_stack_reason(mtl_scene_side(scene, verifier)->stack, MTL_REASON_NOTHING_TRUSTED);
    if (out->native == NULL)
        return mtl_scene_give_up(scene, "its trust store holds nothing that is trusted, and what that ends in is not "
                                        "known");
    mtl_scene_blame(scene, &out->sent[mtl_other_role(verifier)].certs[0], mtl_other_role(verifier));
    return mtl_scene_reject(scene, verifier, MTL_REASON_NOTHING_TRUSTED, out->native->alert[verifier][scene->tls]);
}

bool
mtl_scene_judge(struct mtl_scene *scene, enum mtl_role verifier)
{
    const struct mtl_side *side = mtl_scene_side(scene, verifier);
    struct mtl_transcript *out = scene->out;
    const struct mtl_stack_reason *native;
    const struct mtl_verdict *verdict;
    const char *doubt;

    if ((!judges_after_proof(scene, verifier) && !reads(scene, verifier, 0)) ||
        (scene->tls == MTL_TLS13 && !mtl_scene_accepts_usage(scene, verifier)))
        return false;
    if ((side->verify == MTL_VERIFY_NONE && !side->stack->unverified_judges_chain) || side->verify == MTL_VERIFY_ASK ||
        (side->verify == MTL_VERIFY_OPTIONAL && side->stack->optional_accepts_all))
        return can_check_proof(scene, verifier);
    if (scene->passed_over)
        return mtl_scene_give_up(scene,
                                 mtl_arena_printf(scene->arena, "%s passes over a certificate signed in a way %s",
                                                  side->stack->title, "that it does not know, and judges the rest"));
    if (side->trusts == NULL) {
        scene->unjudged[verifier] = true;
        return true;
    }
    if (are_too_many(scene, verifier)) {
        mtl_scene_blame(scene, NULL, mtl_other_role(verifier));
        return mtl_scene_reject(scene, verifier, MTL_REASON_TOO_MANY, side->stack->too_many_alert);
    }
    if (side->stack->decodes_issuers_last[scene->tls] && !reads(scene, verifier, 1))
        return false;
    verdict = out->verdict[verifier] = mtl_prepared_judge(scene->arena, scene->question, scene->prepared[verifier],
                                                          out->sent[mtl_other_role(verifier)], &doubt);
    if (doubt == NULL && side->stack->evidence == MTL_EVIDENCE_ASSUMED)
        doubt = mtl_assumed_doubt_of_verdict(scene, verifier);
    if (doubt != NULL)
        return mtl_scene_give_up(scene, doubt);
    if (verdict->accepted || mtl_scene_compares_later(scene, verifier, verdict->failure.reason))
        return true;
    if (verdict->signatures_exhausted || verdict->extensions_exhausted)
        return mtl_scene_give_up(scene, "the search for a path ran out of its budget");
    if (side->stack->fails_without_trust && scene->prepared[verifier]->trusted->cert_count == 0)
        return reject_without_trust(scene, verifier);
    native = mtl_verdict_words(scene->arena, side->stack, verdict);
    if (native == NULL)
        return mtl_scene_give_up(scene,
                                 mtl_arena_printf(scene->arena, "it is not known what %s does with this failure: %s",
                                                  side->stack->title, mtl_reason_sentence(verdict->failure.reason)));
    const struct mtl_path *path = verdict->path_count > 0 ? &verdict->paths[verdict->decisive] : NULL;
    if (path != NULL && verdict->failure.depth < path->count)
        mtl_scene_blame(scene, path->certs[verdict->failure.depth], mtl_other_role(verifier));
    out->native = native;
    out->native_depth = (int)verdict->failure.depth;
    return mtl_scene_reject(scene, verifier, verdict->failure.reason, native->alert[verifier][scene->tls]);
}

/* A server's alert depends on what was let pass before; a client whose library verifies nothing has one alert. */
static bool
refuse_leaf_key(struct mtl_scene *scene, enum mtl_role verifier, const char *doubt)
{
    uint8_t alert = mtl_scene_side(scene, verifier)->stack->leaf_key_alert;

    if (verifier == MTL_SERVER || alert == 0)
        return mtl_scene_give_up(scene, doubt);
    mtl_scene_blame(scene, &scene->out->sent[MTL_SERVER].certs[0], MTL_SERVER);
    return mtl_scene_reject(scene, verifier, MTL_REASON_LEAF_KEY_UNSUPPORTED, alert);
}

bool
mtl_scene_look_at(struct mtl_scene *scene, enum mtl_role verifier)
{
    const char *doubt = mtl_leaf_key_doubt(mtl_scene_side(scene, verifier), scene->out->sent[mtl_other_role(verifier)]);

    if (!takes(scene, verifier))
        return false;
    if (doubt != NULL)
        return refuse_leaf_key(scene, verifier, doubt);
    if (judges_after_proof(scene, verifier))
        return reads(scene, verifier, 0);
    if (!mtl_scene_judges_late(scene, verifier, MTL_LATE_CHAIN))
        return mtl_scene_judge(scene, verifier);
    const struct mtl_prepared *owner = scene->prepared[mtl_other_role(verifier)];
    return owner == NULL || !owner->sends_broken || reads(scene, verifier, 0);
}

bool
mtl_scene_judge_behind_proof(struct mtl_scene *scene, enum mtl_role verifier)
{
    enum mtl_stage stage = scene->stage;

    if (!judges_after_proof(scene, verifier) || mtl_scene_judges_late(scene, verifier, MTL_LATE_CHAIN))
        return true;
    scene->stage = verifier == MTL_CLIENT ? MTL_STAGE_SERVER_CERTIFICATE : MTL_STAGE_CLIENT_CERTIFICATE;
    if (!mtl_scene_judge(scene, verifier))
        return false;
    scene->stage = stage;
    return true;
}
