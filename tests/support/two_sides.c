/*
 * Two sides of a handshake, minted in memory.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "support/two_sides.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static const char *const working_pair[] = {
    "croot self-signed subject=\"CN=Clients Root\" ca ku=keyCertSign,cRLSign",
    "cca issuer=croot subject=\"CN=Clients CA\" ca ku=keyCertSign,cRLSign",
    "client issuer=cca subject=CN=orders eku=clientAuth ku=digitalSignature",
    "sroot self-signed subject=\"CN=Servers Root\" ca ku=keyCertSign,cRLSign",
    "sca issuer=sroot subject=\"CN=Servers CA\" ca ku=keyCertSign,cRLSign",
    "server issuer=sca subject=CN=payments dns=payments.example eku=serverAuth ku=digitalSignature",
};

struct two_sides
two_sides_new(void)
{
    struct two_sides sides = {.arena = mtl_arena_new(), .keys = key_pool_new()};

    sides.mint = mint_new(sides.arena, sides.keys);
    for (size_t i = 0; i < sizeof(working_pair) / sizeof(working_pair[0]); i++)
        two_sides_mint(&sides, working_pair[i]);
    for (size_t role = 0; role < 2; role++) {
        sides.question.sides[role] = (struct mtl_side){
            .role = (enum mtl_role)role,
            .label = role == MTL_CLIENT ? "orders" : "payments",
            .stack = mtl_stack_find("openssl-3.0"),
            .depth = -1,
        };
        assert_non_null(sides.question.sides[role].stack);
    }
    two_sides_present(&sides, MTL_CLIENT, "client cca");
    two_sides_present(&sides, MTL_SERVER, "server sca");
    two_sides_trust(&sides, MTL_CLIENT, "sroot");
    two_sides_trust(&sides, MTL_SERVER, "croot");
    assert_true(mtl_time_from_civil(2026, 11, 23, 12, 0, 0, &sides.question.now));
    sides.question.server_name = "payments.example";
    sides.question.crypto = mtl_crypto_new(sides.arena);
    return sides;
}

void
two_sides_free(struct two_sides *sides)
{
    mtl_crypto_free(sides->question.crypto);
    key_pool_free(sides->keys);
    mtl_arena_free(sides->arena);
}

int
two_sides_set_up(void **state)
{
    static struct two_sides sides;

    sides = two_sides_new();
    *state = &sides;
    return 0;
}

int
two_sides_tear_down(void **state)
{
    two_sides_free(*state);
    return 0;
}

void
two_sides_mint(struct two_sides *sides, const char *line)
{
    if (!mint_line(&sides->mint, line))
        fail_msg("%s: %s", line, sides->mint.error);
}

const struct mtl_material *
two_sides_file(struct two_sides *sides, const char *path, const char *items)
{
    struct mtl_slice pem = mint_pem(&sides->mint, items);

    if (pem.data == NULL)
        fail_msg("%s: %s", items, sides->mint.error);
    return mtl_material_parse(sides->arena, path, pem);
}

void
two_sides_present(struct two_sides *sides, enum mtl_role role, const char *items)
{
    sides->question.sides[role].presents =
        two_sides_file(sides, role == MTL_CLIENT ? "orders.pem" : "payments.pem", items);
}

void
two_sides_trust(struct two_sides *sides, enum mtl_role role, const char *items)
{
    sides->question.sides[role].trusts =
        two_sides_file(sides, role == MTL_CLIENT ? "servers-ca.pem" : "clients-ca.pem", items);
}

void
two_sides_also(struct two_sides *sides, const char *path, const char *items)
{
    size_t count = sides->question.also_count;
    const struct mtl_material **also = mtl_arena_array(sides->arena, count + 1, sizeof(*also));

    for (size_t i = 0; i < count; i++)
        also[i] = sides->question.also[i];
    also[count] = two_sides_file(sides, path, items);
    sides->question.also = also;
    sides->question.also_count = count + 1;
}

const struct mtl_transcript *
two_sides_predict(struct two_sides *sides, enum mtl_tls tls)
{
    return mtl_handshake_predict(sides->arena, &sides->question, tls);
}

const char *
two_sides_ladder(struct two_sides *sides, const struct mtl_transcript *transcript)
{
    struct mtl_text text = {.arena = sides->arena};

    for (size_t i = 0; i < transcript->event_count; i++) {
        const struct mtl_event *event = &transcript->events[i];

        if (i == 0 || event->sender != event[-1].sender)
            mtl_text_add(&text, event->sender == MTL_CLIENT ? " C:" : " S:");
        mtl_text_printf(&text, " %s", event->message);
    }
    return text.size > 0 ? text.text + 1 : "";
}
