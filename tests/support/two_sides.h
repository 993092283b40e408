/*
 * Two sides of a handshake, minted in memory from recipe lines (fixtures/README.md), for tests of the prediction.
 */
#ifndef MTL_TESTS_SUPPORT_TWO_SIDES_H
#define MTL_TESTS_SUPPORT_TWO_SIDES_H

#include "handshake/handshake.h"
#include "support/mint.h"

struct two_sides {
    struct mtl_arena *arena;
    struct key_pool *keys;
    struct mint mint;
    struct mtl_handshake_question question;
};

/*
 * A working pair at 2026-11-23: orders (CN=orders, from "Clients CA" below "Clients Root") and payments (CN=payments,
 * dns=payments.example, from "Servers CA" below "Servers Root"). Items: client, cca, croot, server, sca, sroot; further
 * lines may be minted. Each side presents its leaf and CA and trusts the other's root. Ends the test on a mistake.
 */
struct two_sides two_sides_new(void);
void two_sides_free(struct two_sides *sides);
/* The same for cmocka: *state is the pair. */
int two_sides_set_up(void **state);
int two_sides_tear_down(void **state);
/* Mints one more line. */
void two_sides_mint(struct two_sides *sides, const char *line);
/* A file that holds these items, read by the library; path is what messages call it. */
const struct mtl_material *two_sides_file(struct two_sides *sides, const char *path, const char *items);
void two_sides_present(struct two_sides *sides, enum mtl_role role, const char *items);
void two_sides_trust(struct two_sides *sides, enum mtl_role role, const char *items);
/* One more file that a fix may draw on. */
void two_sides_also(struct two_sides *sides, const char *path, const char *items);
const struct mtl_transcript *two_sides_predict(struct two_sides *sides, enum mtl_tls tls);
/* The names of the messages, "ClientHello ServerHello ... Alert", senders as C: and S: where they change. */
const char *two_sides_ladder(struct two_sides *sides, const struct mtl_transcript *transcript);

#endif
