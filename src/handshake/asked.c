/*
 * Which of its certificates a server presents: that for the name asked for, or its default without server_name.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/fix.h"

#include <string.h>

enum asked { ASKED_BY_NAME, ASKED_WITHOUT, ASKED_UNKNOWN };

bool
mtl_host_is_no_server_name(const char *host)
{
    uint8_t address[16];
    size_t size;

    return host != NULL && mtl_host_is_address(host, address, &size);
}

/* Who sends an address nevertheless finds no certificate by it. */
static enum asked
how_asked(const struct mtl_side *client, const char *host)
{
    if (mtl_host_is_no_server_name(host) || client->naming == MTL_NAMING_NEVER)
        return ASKED_WITHOUT;
    if (client->naming == MTL_NAMING_ALWAYS)
        return ASKED_BY_NAME;
    switch (client->stack->asks) {
    case MTL_ASKS:
        return ASKED_BY_NAME;
    case MTL_ASKS_WITH_DOT:
        if (host == NULL)
            return ASKED_UNKNOWN;
        return strchr(host, '.') != NULL ? ASKED_BY_NAME : ASKED_WITHOUT;
    case MTL_ASKS_BY_SETTING:
    case MTL_ASKS_NEVER:
        return ASKED_WITHOUT;
    case MTL_ASKS_BY_APPLICATION:
    case MTL_ASKS_UNKNOWN:
        return ASKED_UNKNOWN;
    }
    return ASKED_UNKNOWN;
}

const struct mtl_handshake_question *
mtl_question_by_default(struct mtl_arena *arena, const struct mtl_handshake_question *question)
{
    struct mtl_handshake_question *out = mtl_arena_alloc(arena, sizeof(*out));
    struct mtl_side *server = &out->sides[MTL_SERVER];

    *out = *question;
    server->presents = server->default_presents;
    server->key = server->default_key;
    server->default_presents = server->default_key = NULL;
    return out;
}

bool
mtl_server_is_asked_without_name(const struct mtl_handshake_question *question)
{
    return how_asked(&question->sides[MTL_CLIENT], question->server_name) == ASKED_WITHOUT;
}

static const char *
safe_path(struct mtl_arena *arena, const struct mtl_material *file)
{
    return mtl_text_safe(arena, mtl_slice_text(file->path), 0);
}

const char *
mtl_naming_doubt(struct mtl_arena *arena, const struct mtl_handshake_question *question)
{
    const struct mtl_side *client = &question->sides[MTL_CLIENT], *server = &question->sides[MTL_SERVER];
    const char *what = "whether server_name is sent is for the application to say that uses the TLS library";

    if (how_asked(client, question->server_name) != ASKED_UNKNOWN)
        return NULL;
    if (client->stack->asks != MTL_ASKS_BY_APPLICATION)
        what = mtl_arena_printf(arena, "it is not known whether %s sends server_name", client->stack->title);
    return mtl_arena_printf(arena, "%s, and without it %s presents %s; sends_server_name in the project file tells",
                            what, server->label, safe_path(arena, server->default_presents));
}

const char *
mtl_transcript_naming(struct mtl_arena *arena, const struct mtl_transcript *transcript)
{
    const struct mtl_side *client = transcript->client, *server = transcript->server;
    const char *who = client->naming == MTL_NAMING_OF_STACK ? client->stack->title : client->label;

    if (!transcript->by_default || transcript->outcome != MTL_HANDSHAKE_REJECTED || transcript->local ||
        transcript->certificate_owner != MTL_SERVER)
        return NULL;
    if (transcript->to_address)
        return mtl_arena_printf(arena, "an IP address is no server_name, so %s presents %s", server->label,
                                safe_path(arena, server->presents));
    return mtl_arena_printf(arena, "%s sends no server_name, so %s presents %s", who, server->label,
                            safe_path(arena, server->presents));
}

static const char *
how_to_ask(struct mtl_arena *arena, const struct mtl_side *client)
{
    const char *with = client->stack->asks_with;

    return mtl_arena_printf(arena, "let %s send server_name%s%s%s, and say so with sends_server_name: always",
                            client->label, with == NULL ? "" : " (", with == NULL ? "" : with, with == NULL ? "" : ")");
}

static void
offer_to_ask(struct mtl_fixer *fixer)
{
    struct mtl_handshake_question altered = *fixer->declared;
    struct mtl_side *client = &altered.sides[MTL_CLIENT];

    client->naming = MTL_NAMING_ALWAYS;
    mtl_fixer_offer(fixer, &altered,
                    (struct mtl_fix){.kind = MTL_FIX_NAMING, .summary = how_to_ask(fixer->arena, client)});
}

static void
offer_other_default(struct mtl_fixer *fixer)
{
    struct mtl_handshake_question altered = *fixer->declared;
    struct mtl_side *server = &altered.sides[MTL_SERVER];

    server->default_presents = server->default_key = NULL;
    mtl_fixer_offer(
        fixer, &altered,
        (struct mtl_fix){.kind = MTL_FIX_FILES,
                         .summary = mtl_arena_printf(fixer->arena, "let %s present %s by default", server->label,
                                                     safe_path(fixer->arena, server->presents))});
}

void
mtl_fix_naming(struct mtl_fixer *fixer)
{
    if (!fixer->failed->by_default)
        return;
    if (fixer->declared->sides[MTL_CLIENT].stack->asks != MTL_ASKS_NEVER)
        offer_to_ask(fixer);
    offer_other_default(fixer);
}
