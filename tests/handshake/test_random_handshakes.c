/*
 * Random chains in real handshakes: libssl on both sides against the prediction, in both versions and roles.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "support/mint.h"
#include "support/random_chains.h"
#include "support/real_handshake.h"

#define SEEDS 200U
#define FOLDER MTL_BINARY_DIR "/random-handshakes"
#define BASICS MTL_SOURCE_DIR "/fixtures/handshake/basics/"

struct tally {
    unsigned handshakes, established, different;
};

static void
write_file(const char *path, struct mtl_slice bytes)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    if (bytes.size > 0)
        assert_int_equal(fwrite(bytes.data, 1, bytes.size, file), bytes.size);
    assert_int_equal(fclose(file), 0);
}

/* False when the recipe cannot be minted (a digest too large for a key) or leaves a file empty. */
static bool
write_files(struct mtl_arena *arena, struct key_pool *keys, const struct random_case *chain)
{
    struct mint mint = mint_new(arena, keys);
    char *line = mtl_arena_strdup(arena, chain->recipe), *end;
    struct mtl_slice presented, key, trusted, crls = {0};

    for (; *line != '\0'; line = end + 1) {
        end = line + strcspn(line, "\n");
        *end = '\0';
        if (*line != '\0' && *line != '#' && !mint_line(&mint, line))
            return false;
    }
    presented = mint_pem(&mint, chain->presented);
    key = mint_pem(&mint, mtl_arena_printf(arena, "key:%.*s", (int)strcspn(chain->presented, " +"), chain->presented));
    trusted = mint_pem(&mint, chain->trusted);
    if (chain->crls[0] != '\0')
        crls = mint_pem(&mint, chain->crls);
    if (presented.size == 0 || key.size == 0 || trusted.size == 0 || (chain->check_revocation && crls.size == 0))
        return false;
    write_file(FOLDER "/presented.pem", presented);
    write_file(FOLDER "/presented.key", key);
    write_file(FOLDER "/trusted.pem", trusted);
    write_file(FOLDER "/crls.pem", crls);
    return true;
}

/* The random chain on one side, a side that is beyond reproach on the other. */
static struct handshake_case
make_scenario(const struct random_case *chain)
{
    bool serves = chain->subject == MTL_SERVER;
    struct handshake_case scenario = {.path = FOLDER, .name = chain->faults, .at = chain->now};
    struct handshake_case_side *own = &scenario.sides[chain->subject], *peer = &scenario.sides[!chain->subject];

    *own = (struct handshake_case_side){.cert = FOLDER "/presented.pem", .key = FOLDER "/presented.key", .depth = -1};
    own->trust = serves ? BASICS "client-root.pem" : BASICS "server-root.pem";
    *peer = (struct handshake_case_side){.trust = FOLDER "/trusted.pem", .depth = chain->depth};
    peer->cert = serves ? BASICS "orders.pem" : BASICS "payments.pem";
    peer->key = serves ? BASICS "orders.key" : BASICS "payments.key";
    peer->crl = chain->check_revocation ? FOLDER "/crls.pem" : NULL;
    scenario.server_name = serves ? chain->host : NULL;
    return scenario;
}

static bool
agree(const struct real_handshake *real, const struct mtl_transcript *predicted)
{
    const struct real_side *judge = &real->sides[real->rejected_by];

    if (predicted->outcome == MTL_UNDETERMINED)
        return true;
    if (real->established != (predicted->outcome == MTL_ESTABLISHED))
        return false;
    if (real->sides[MTL_CLIENT].sent_certificate != (predicted->client_sends == 1))
        return false;
    if (!real->rejected)
        return true;
    if (real->rejected_by != predicted->rejected_by || real->local != predicted->local ||
        (real->alert < 0 ? 0 : real->alert) != predicted->alert ||
        real->after_handshake != (predicted->moment == MTL_MOMENT_AFTER_HANDSHAKE))
        return false;
    return predicted->native == NULL ||
           (judge->verify_result == predicted->native->native_code && judge->verify_depth == predicted->native_depth);
}

static void
compare(struct mtl_arena *arena, unsigned seed, const struct handshake_case *scenario, struct tally *tally)
{
    struct mtl_crypto *crypto = mtl_crypto_new(arena);
    struct mtl_handshake_question question;
    struct mtl_error error;

    if (handshake_case_question(arena, scenario, crypto, &question, &error)) {
        for (int tls = MTL_TLS12; tls <= MTL_TLS13; tls++) {
            struct real_handshake real = real_handshake_run(arena, scenario, (enum mtl_tls)tls);
            const struct mtl_transcript *predicted = mtl_handshake_predict(arena, &question, (enum mtl_tls)tls);

            tally->handshakes++;
            tally->established += real.established;
            if (agree(&real, predicted))
                continue;
            tally->different++;
            printf("seed %u (%s), TLS %s: predicted \"%s\"\n", seed, scenario->name, mtl_tls_text((enum mtl_tls)tls),
                   predicted->headline);
            real_handshake_dump(&real, scenario, (enum mtl_tls)tls);
        }
    }
    mtl_crypto_free(crypto);
}

static void
random_chains_meet_in_handshakes_as_predicted(void **state)
{
    struct key_pool *keys = key_pool_new();
    struct tally tally = {0};

    (void)state;
    mkdir(FOLDER, 0777);
    for (unsigned seed = 1; seed <= SEEDS; seed++) {
        struct mtl_arena *arena = mtl_arena_new();
        struct random_case chain = random_case_make(arena, seed);

        if (write_files(arena, keys, &chain)) {
            struct handshake_case scenario = make_scenario(&chain);

            compare(arena, seed, &scenario, &tally);
        }
        mtl_arena_free(arena);
    }
    key_pool_free(keys);
    printf("%u real handshakes of random chains, %u established, %u differ\n", tally.handshakes, tally.established,
           tally.different);
    assert_true(tally.handshakes > SEEDS);
    assert_true(tally.established > SEEDS / 4);
    assert_int_equal(tally.different, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_chains_meet_in_handshakes_as_predicted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
