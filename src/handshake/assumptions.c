/*
 * What a prediction takes for granted, as sentences.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/scene.h"

#include <string.h>

static bool
is_not_pem(const struct mtl_material *file)
{
    const char *label = file == NULL || file->is_directory || file->cert_count == 0 ? "" : file->certs[0].source.label;

    return strcmp(label, "DER") == 0 || strcmp(label, "PKCS7") == 0;
}

static void
add_form(struct mtl_scene *scene, struct mtl_lines *lines, const struct mtl_side *side, const struct mtl_material *file)
{
    if (mtl_material_is_key_store(file) && !side->stack->reads_key_stores)
        mtl_lines_add(scene->arena, lines,
                      mtl_arena_printf(scene->arena,
                                       "%s has %s converted to PEM: its stack is not known to load key stores",
                                       side->label, mtl_text_safe(scene->arena, mtl_slice_text(file->path), 0)));
    else if (side->stack->reads_only_pem && is_not_pem(file))
        mtl_lines_add(scene->arena, lines,
                      mtl_arena_printf(scene->arena, "%s has %s converted to PEM: its stack loads nothing else",
                                       side->label, mtl_text_safe(scene->arena, mtl_slice_text(file->path), 0)));
}

static void
add_side(struct mtl_scene *scene, struct mtl_lines *lines, const struct mtl_side *side)
{
    struct mtl_arena *arena = scene->arena;

    add_form(scene, lines, side, side->presents);
    add_form(scene, lines, side, side->trusts);
    if (mtl_side_completes_chain(side) && side->trusts == NULL)
        mtl_lines_add(arena, lines,
                      mtl_arena_printf(arena,
                                       "what %s trusts was not given: it is taken to send its certificate alone, "
                                       "though its stack would add issuers from there",
                                       side->label));
    if (side->presents != NULL && side->key == NULL)
        mtl_lines_add(arena, lines, mtl_arena_printf(arena, "%s holds the key of its certificate", side->label));
    if (side->key != NULL && side->key->key_count > 0 && side->key->keys[0].key->encrypted)
        mtl_lines_add(arena, lines,
                      mtl_arena_printf(arena, "the encrypted key of %s is the key of its certificate", side->label));
}

static void
add_unjudged(struct mtl_scene *scene, struct mtl_lines *lines)
{
    const struct mtl_side *client = scene->out->client, *server = scene->out->server;

    /* the server's own judgement comes last, so a rejection never rests on it */
    if (scene->unjudged[MTL_CLIENT] && scene->out->outcome == MTL_HANDSHAKE_REJECTED)
        mtl_lines_add(scene->arena, lines,
                      mtl_arena_printf(scene->arena, "%s accepts %s: what %s trusts was not given", client->label,
                                       server->label, client->label));
    if (client->verify != MTL_VERIFY_NONE && scene->question->server_name == NULL &&
        scene->out->verdict[MTL_CLIENT] != NULL)
        mtl_lines_add(scene->arena, lines,
                      mtl_arena_printf(scene->arena, "%s does not check the name: none was given", client->label));
}

static void
add_documents(struct mtl_scene *scene, struct mtl_lines *lines, const struct mtl_side *side)
{
    if (side->stack->evidence == MTL_EVIDENCE_ASSUMED)
        mtl_lines_add(
            scene->arena, lines,
            mtl_arena_printf(scene->arena, "%s does as its documents say: it was not recorded", side->stack->title));
}

static bool
no_version_fits(const struct mtl_scene *scene)
{
    return scene->out->outcome == MTL_HANDSHAKE_REJECTED && scene->stage == MTL_STAGE_HELLO && scene->tls == MTL_TLS13;
}

void
mtl_scene_write_assumptions(struct mtl_scene *scene)
{
    struct mtl_lines lines = {0};

    add_unjudged(scene, &lines);
    add_side(scene, &lines, scene->out->client);
    add_side(scene, &lines, scene->out->server);
    if (no_version_fits(scene))
        mtl_lines_add(scene->arena, &lines, "both sides allow TLS 1.3 only; otherwise they fall back to TLS 1.2");
    if (scene->out->moment == MTL_MOMENT_AFTER_HANDSHAKE && scene->out->surface == MTL_SURFACE_ALERT)
        mtl_lines_add(
            scene->arena, &lines,
            mtl_arena_printf(scene->arena,
                             "%s reads before it writes: a write to the closed connection can cost it the alert, "
                             "and it sees a reset",
                             scene->question->sides[mtl_other_role(scene->out->rejected_by)].label));
    add_documents(scene, &lines, scene->out->client);
    if (scene->out->server->stack != scene->out->client->stack)
        add_documents(scene, &lines, scene->out->server);
    if (!scene->out->local)
        mtl_lines_add(scene->arena, &lines, "the settings not given are the defaults, and no session is resumed");
    scene->out->assumptions = mtl_lines_end(scene->arena, &lines);
}
