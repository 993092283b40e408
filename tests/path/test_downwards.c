/* The search from the last certificate sent to the first. SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "path/path.h"
#include "support/mint.h"

#define NOW 1764547200 /* 2025-12-01 */

static const enum mtl_step each[] = {MTL_STEP_SIGNATURE, MTL_STEP_NOT_AFTER, MTL_STEP_END};
static const struct mtl_phase phases[] = {{.direction = MTL_ROOT_TO_LEAF, .steps = each}};
static const struct mtl_policy policy = {.search = MTL_SEARCH_DOWNWARDS,
                                         .names_are_compared_as_bytes = true,
                                         .default_depth = 4,
                                         .phases = phases,
                                         .phase_count = sizeof(phases) / sizeof(phases[0])};

static struct mtl_chain
pick(struct mtl_arena *arena, const struct mint *mint, const char *names)
{
    struct mtl_loaded_cert *certs = mtl_arena_array(arena, 16, sizeof(*certs));
    char *word, *rest = mtl_arena_strdup(arena, names);
    struct mtl_chain chain = {.certs = certs};

    while ((word = strtok_r(rest, " ", &rest)) != NULL) {
        const struct minted *minted = mint_find(mint, word);
        assert_non_null(minted);
        assert_true(mtl_cert_parse(arena, minted->der, &certs[chain.count++].cert, NULL));
    }
    return chain;
}

struct expected {
    const char *presented, *trusted;
    enum mtl_reason reason, last; /* of the first failure and the last; NONE: accepted */
};

static void
expect(const char *const *recipe, const struct expected *cases, size_t count)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct mtl_crypto *crypto = mtl_crypto_new(arena);
    struct key_pool *keys = key_pool_new();
    struct mint mint = mint_new(arena, keys);
    static const struct mtl_reading reading;

    for (; *recipe != NULL; recipe++)
        if (!mint_line(&mint, *recipe))
            fail_msg("%s: %s", *recipe, mint.error);
    for (size_t i = 0; i < count; i++) {
        struct mtl_chain anchors = pick(arena, &mint, cases[i].trusted);
        struct mtl_question question = {
            .policy = &policy,
            .presented = pick(arena, &mint, cases[i].presented),
            .store = mtl_store_of(arena, anchors.certs, anchors.count, NULL, 0),
            .reading = &reading,
            .depth = -1,
            .now = NOW,
            .budget = mtl_default_budget,
            .crypto = crypto,
        };
        const struct mtl_verdict *verdict = mtl_path_judge(arena, &question);
        const struct mtl_path *path = &verdict->paths[verdict->decisive];
        size_t failures = path->failure_count;

        if (verdict->failure.reason != cases[i].reason ||
            (failures > 0 ? path->failures[failures - 1].reason : MTL_REASON_NONE) != cases[i].last)
            fail_msg("%s under %s: %s", cases[i].presented, cases[i].trusted, mtl_reason_slug(verdict->failure.reason));
    }
    mtl_crypto_free(crypto);
    key_pool_free(keys);
    mtl_arena_free(arena);
}
#define EXPECT(recipe, cases) expect(recipe, cases, sizeof(cases) / sizeof((cases)[0]))

static void
every_certificate_sent_must_hold_but_a_ca_without_issuer(void **state)
{
    static const char *const recipe[] = {"root self-signed subject=CN=R ca",
                                         "mid issuer=root subject=CN=M ca ku=keyCertSign",
                                         ("old key-of=mid issuer=root subject=CN=M ca ku=keyCertSign "
                                          "not-before=2001-01-01 not-after=2002-01-01"),
                                         "leaf issuer=mid subject=CN=L",
                                         "other self-signed subject=CN=O ca",
                                         "stray issuer=other subject=CN=S",
                                         NULL};
    static const struct expected cases[] = {
        {"leaf mid", "root", MTL_REASON_NONE, MTL_REASON_NONE},
        {"leaf mid root", "root", MTL_REASON_NONE, MTL_REASON_NONE},
        {"leaf mid other", "root", MTL_REASON_NONE, MTL_REASON_NONE},
        {"leaf mid stray", "root", MTL_REASON_NO_ISSUER, MTL_REASON_NO_ISSUER},
        {"leaf old mid", "root", MTL_REASON_EXPIRED, MTL_REASON_EXPIRED},
        {"leaf old", "root", MTL_REASON_EXPIRED, MTL_REASON_NO_ISSUER},
        {"leaf root mid", "root", MTL_REASON_NONE, MTL_REASON_NONE},
        {"leaf root mid", "mid", MTL_REASON_NONE, MTL_REASON_NONE},
        {"leaf mid", "other", MTL_REASON_NO_ISSUER, MTL_REASON_NO_ISSUER},
        {"leaf mid", "other leaf", MTL_REASON_NONE, MTL_REASON_NONE},
        {"root", "other", MTL_REASON_SELF_SIGNED_LEAF, MTL_REASON_SELF_SIGNED_LEAF},
    };

    (void)state;
    EXPECT(recipe, cases);
}

static void
issuers_must_come_behind_those_they_issued(void **state)
{
    static const char *const recipe[] = {
        "root self-signed subject=CN=R ca", "upper issuer=root subject=CN=U ca ku=keyCertSign",
        "lower issuer=upper subject=CN=W ca ku=keyCertSign", "leaf issuer=lower subject=CN=L", NULL};
    static const struct expected cases[] = {
        {"leaf lower upper", "root", MTL_REASON_NONE, MTL_REASON_NONE},
        {"leaf upper lower", "root", MTL_REASON_NO_ISSUER, MTL_REASON_NO_ISSUER},
        /* a trusted CA that is not self-issued, and whose own issuer is not trusted, lets no CA follow */
        {"leaf lower", "upper", MTL_REASON_PATH_LENGTH, MTL_REASON_NO_ISSUER},
        {"leaf lower", "root upper", MTL_REASON_NONE, MTL_REASON_NONE},
        {"leaf lower", "upper root", MTL_REASON_PATH_LENGTH, MTL_REASON_NO_ISSUER},
    };

    (void)state;
    EXPECT(recipe, cases);
}

static void
cas_sent_must_say_that_they_sign(void **state)
{
    static const char *const recipe[] = {"root self-signed subject=CN=R ca", "mid issuer=root subject=CN=M ca",
                                         "leaf issuer=mid subject=CN=L", NULL};
    static const struct expected cases[] = {
        {"leaf mid", "root", MTL_REASON_NO_CERT_SIGN, MTL_REASON_NO_ISSUER},
        {"leaf mid", "root mid", MTL_REASON_NONE, MTL_REASON_NONE},
    };

    (void)state;
    EXPECT(recipe, cases);
}

#define ZEROS "00000000000000000000000000000000"

/* Without a key id of the issuer, CAs of its name are met by their own key ids modulo 11, and then the newest first. */
static void
key_ids_tell_cas_of_one_name_apart(void **state)
{
    static const char *const recipe[] = {"zero self-signed subject=CN=R ca ski=00000000" ZEROS,
                                         "one self-signed subject=CN=R ca ski=00000001" ZEROS,
                                         "twelve self-signed subject=CN=R ca ski=0000000c" ZEROS,
                                         "leaf issuer=one subject=CN=L",
                                         "zeroth issuer=zero subject=CN=L aki=none",
                                         "first issuer=one subject=CN=L aki=none",
                                         NULL};
    static const struct expected cases[] = {
        {"leaf", "zero one twelve", MTL_REASON_NONE, MTL_REASON_NONE},
        {"leaf", "zero twelve", MTL_REASON_NO_ISSUER, MTL_REASON_NO_ISSUER},
        {"zeroth", "zero one", MTL_REASON_NONE, MTL_REASON_NONE},
        {"zeroth", "one zero", MTL_REASON_NONE, MTL_REASON_NONE},
        {"first", "one zero", MTL_REASON_SIGNATURE, MTL_REASON_SIGNATURE},
        {"first", "one twelve", MTL_REASON_SIGNATURE, MTL_REASON_SIGNATURE},
        {"first", "twelve one", MTL_REASON_NONE, MTL_REASON_NONE},
    };

    (void)state;
    EXPECT(recipe, cases);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_certificate_sent_must_hold_but_a_ca_without_issuer),
        cmocka_unit_test(issuers_must_come_behind_those_they_issued),
        cmocka_unit_test(cas_sent_must_say_that_they_sign),
        cmocka_unit_test(key_ids_tell_cas_of_one_name_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
