/* The ways in: one prediction, with all that is said of it. SPDX-License-Identifier: Apache-2.0 */
#include "handshake/handshake.h"
#include "handshake/fix.h"
#include "handshake/scene.h"

void
mtl_scene_describe(struct mtl_scene *scene)
{
    struct mtl_transcript *out = scene->out;
    enum mtl_evidence client = out->client->stack->evidence, server = out->server->stack->evidence;

    out->evidence = client > server ? client : server;
    out->client_sends_reason = mtl_answer_text(scene->arena, scene->question, scene->tls, scene->answer);
    mtl_scene_write_events(scene);
    mtl_scene_write_words(scene);
    mtl_scene_write_assumptions(scene);
    mtl_transcript_write_headline(scene->arena, out);
}

struct mtl_transcript *
mtl_handshake_walk(struct mtl_arena *arena, const struct mtl_handshake_question *question, enum mtl_tls tls,
                   enum mtl_stage *stage)
{
    struct mtl_transcript *out = mtl_arena_alloc(arena, sizeof(*out));
    struct mtl_scene scene = mtl_scene_play(arena, question, tls, out);

    mtl_scene_describe(&scene);
    *stage = scene.stage;
    return out;
}

uint32_t
mtl_handshake_versions(const struct mtl_handshake_question *question, uint32_t versions)
{
    uint32_t shared = 0;

    for (int tls = 0; tls < MTL_TLS_COUNT; tls++)
        if (mtl_stack_speaks(question->sides[MTL_CLIENT].stack, (enum mtl_tls)tls) &&
            mtl_stack_speaks(question->sides[MTL_SERVER].stack, (enum mtl_tls)tls))
            shared |= 1U << tls;
    return (versions & shared) != 0 ? versions & shared : versions;
}

const struct mtl_transcript *
mtl_handshake_predict(struct mtl_arena *arena, const struct mtl_handshake_question *question, enum mtl_tls tls)
{
    enum mtl_stage stage;
    struct mtl_transcript *transcript = mtl_handshake_walk(arena, question, tls, &stage);

    if (transcript->outcome == MTL_HANDSHAKE_REJECTED)
        mtl_handshake_find_fixes(arena, question, transcript, stage);
    return transcript;
}
