/*
 * What every stack makes of one chain that it is shown: no handshake, only the judgement of the side that verifies.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/survey.h"
#include "handshake/scene.h"

/* The newest version that the stack has. */
static enum mtl_tls
newest_version(const struct mtl_stack *stack)
{
    return mtl_stack_speaks(stack, MTL_TLS13) ? MTL_TLS13 : MTL_TLS12;
}

/* Would the verifier let the chain pass, whenever it judges? */
static void
receive(struct mtl_scene *scene, enum mtl_role verifier, struct mtl_chain chain)
{
    const struct mtl_prepared *prepared;

    scene->stage = MTL_STAGE_START;
    prepared = mtl_side_prepare(scene->arena, scene->question, mtl_scene_side(scene, verifier));
    scene->prepared[verifier] = prepared;
    /* A server that does not start without a certificate of its own has one; which is not asked here. */
    if (prepared->refusal != MTL_REASON_NONE && prepared->refusal != MTL_REASON_NO_CERTIFICATE) {
        mtl_scene_blame(scene, prepared->blamed, verifier);
        (void)mtl_scene_reject(scene, verifier, prepared->refusal, 0);
        return;
    }
    scene->out->sent[mtl_other_role(verifier)] = chain;
    scene->stage = verifier == MTL_CLIENT ? MTL_STAGE_SERVER_CERTIFICATE : MTL_STAGE_CLIENT_CERTIFICATE;
    if (!mtl_scene_look_at(scene, verifier) || !mtl_scene_judge_behind_proof(scene, verifier))
        return;
    if (mtl_scene_judges_late(scene, verifier, MTL_LATE_CHAIN) && !mtl_scene_judge(scene, verifier))
        return;
    scene->out->outcome = MTL_ESTABLISHED;
}

static struct mtl_reception
ask(struct mtl_arena *arena, const struct mtl_handshake_question *question, enum mtl_role verifier,
    struct mtl_chain chain)
{
    const struct mtl_stack *stack = question->sides[verifier].stack;
    struct mtl_transcript out = {.tls = newest_version(stack), .certificate_index = -1};
    struct mtl_scene scene = {.arena = arena, .question = question, .tls = out.tls, .asks_client = true, .out = &out};

    out.client = &question->sides[MTL_CLIENT];
    out.server = &question->sides[MTL_SERVER];
    receive(&scene, verifier, chain);
    return (struct mtl_reception){
        .stack = stack,
        .outcome = out.outcome,
        .reason = out.reason,
        .certificate = out.certificate,
        .is_own = out.outcome == MTL_HANDSHAKE_REJECTED && out.certificate_owner == verifier,
        .alert = out.alert,
    };
}

const struct mtl_reception *
mtl_handshake_survey(struct mtl_arena *arena, const struct mtl_survey_question *asked, size_t *count)
{
    const enum mtl_role verifier = mtl_other_role(asked->owner);
    struct mtl_reception *receptions = mtl_arena_array(arena, mtl_stack_count(), sizeof(*receptions));
    const struct mtl_stack *stack;
    size_t cursor = 0;
    struct mtl_handshake_question question = {
        .server_name = asked->name, .now = asked->now, .crypto = asked->crypto, .memory = mtl_memory_new(arena)};

    question.sides[asked->owner] =
        (struct mtl_side){.role = asked->owner, .label = "its owner", .verify = MTL_VERIFY_NONE, .depth = -1};
    question.sides[verifier] = (struct mtl_side){
        .role = verifier, .label = "its peer", .trusts = asked->trusts, .verify = MTL_VERIFY_REQUIRED, .depth = -1};
    *count = 0;
    while ((stack = mtl_stack_next_surveyed(&cursor)) != NULL) {
        if (!mtl_stack_plays(stack, verifier))
            continue;
        question.sides[verifier].stack = question.sides[asked->owner].stack = stack;
        receptions[(*count)++] = ask(arena, mtl_question_as_loaded(arena, &question), verifier, asked->chain);
    }
    return receptions;
}
