/* Certificate policies: what each rule of struct mtl_policy_rules changes, and that nothing is without bounds.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "path/path.h"
#include "support/mint.h"

#define NOW 1764547200 /* 2025-12-01 */

/* 1.2.3.4 and 1.2.3.5; requireExplicitPolicy 0, inhibitPolicyMapping 0, inhibitAnyPolicy 0 */
#define POLICY "policies=1.2.3.4"
#define OTHER "policies=1.2.3.5"
#define ANY "policies=2.5.29.32.0"
#define DEMANDS "raw-constraints=3003800100"
#define DEMANDS_UNMAPPED "raw-constraints=3006800100810100"
#define NO_ANY "raw-inhibit=020100"
#define MAPS "raw-mappings=300c300a06032a030406032a0305"
#define MAPS_TO_ANY "raw-mappings=300d300b06032a03040604551d2000"

struct chain {
    const char *mid, *below, *leaf; /* words of the recipe; below may be NULL */
};

struct judged {
    struct mtl_failure failure;
    const char *undetermined;
    clock_t spent;
};

/* Root, mid, below and leaf. */
static struct judged
judge(const struct mtl_policy_rules *rules, struct chain chain)
{
    static const enum mtl_step steps[] = {MTL_STEP_POLICIES, MTL_STEP_END};
    static const struct mtl_phase phases[] = {{.direction = MTL_ROOT_TO_LEAF, .steps = steps}};
    struct mtl_policy policy = {.search = MTL_SEARCH_FIRST_ISSUER,
                                .key_ids_are_binding = true,
                                .malformed_is_absent = true,
                                .default_depth = 9,
                                .policies = *rules,
                                .phases = phases,
                                .phase_count = 1};
    struct mtl_arena *arena = mtl_arena_new();
    struct mtl_crypto *crypto = mtl_crypto_new(arena);
    struct key_pool *keys = key_pool_new();
    struct mint mint = mint_new(arena, keys);
    const char *names[] = {"leaf", chain.below == NULL ? "mid" : "below", "mid", "root"};
    struct mtl_loaded_cert certs[4] = {0};
    size_t count = 0;
    bool minted =
        mint_line(&mint, "root self-signed subject=CN=R ca " DEMANDS) &&
        mint_line(&mint, mtl_arena_printf(arena, "mid issuer=root subject=CN=M ca %s", chain.mid)) &&
        (chain.below == NULL || mint_line(&mint, mtl_arena_printf(arena, "below issuer=mid ca %s", chain.below))) &&
        mint_line(&mint, mtl_arena_printf(arena, "leaf issuer=%s %s", names[1], chain.leaf));
    if (!minted)
        fail_msg("%s", mint.error);
    for (size_t i = 0; i < 4; i++)
        if (i == 0 || strcmp(names[i], names[i - 1]) != 0)
            assert_true(mtl_cert_parse(arena, mint_find(&mint, names[i])->der, &certs[count++].cert, NULL));
    const struct mtl_question question = {
        .policy = &policy,
        .presented = {certs, count - 1},
        .store = mtl_store_of(arena, &certs[count - 1], 1, NULL, 0),
        .depth = -1,
        .now = NOW,
        .budget = mtl_default_budget,
        .crypto = crypto,
    };
    clock_t start = clock();
    const struct mtl_verdict *verdict = mtl_path_judge(arena, &question);
    struct judged judged = {verdict->failure, verdict->undetermined, clock() - start};
    mtl_crypto_free(crypto);
    key_pool_free(keys);
    mtl_arena_free(arena);
    return judged;
}

static void
expect(const struct mtl_policy_rules *rules, struct chain chain, enum mtl_reason reason, size_t depth)
{
    struct judged judged = judge(rules, chain);

    assert_null(judged.undetermined);
    assert_int_equal(judged.failure.reason, reason);
    assert_int_equal(judged.failure.depth, depth);
    assert_true(judged.spent < CLOCKS_PER_SEC); /* also of 10,000; 10^8 comparisons would take longer */
}

static void
expect_doubt(const struct mtl_policy_rules *rules, struct chain chain)
{
    assert_non_null(judge(rules, chain).undetermined);
}

static const struct mtl_policy_rules by_the_book;

/* RFC 5280 6.1.3 (d) to (f), 6.1.5 */
static void
a_policy_that_is_demanded_must_be_valid_in_every_certificate(void **state)
{
    const struct mtl_policy_rules demanding = {.demands_policy = true};

    (void)state;
    expect(&by_the_book, (struct chain){"", NULL, ""}, MTL_REASON_NONE, 0); /* the root's own demand is not heeded */
    expect(&by_the_book, (struct chain){POLICY " " DEMANDS, NULL, POLICY}, MTL_REASON_NONE, 0);
    expect(&by_the_book, (struct chain){POLICY " " DEMANDS, NULL, ""}, MTL_REASON_POLICY_MISSING, 0);
    expect(&by_the_book, (struct chain){POLICY " " DEMANDS, NULL, OTHER}, MTL_REASON_POLICY_MISSING, 0);
    expect(&by_the_book, (struct chain){DEMANDS, NULL, POLICY}, MTL_REASON_POLICY_MISSING, 0);
    expect(&by_the_book, (struct chain){POLICY " " DEMANDS, OTHER, OTHER}, MTL_REASON_POLICY_MISSING, 1);
    expect(&by_the_book, (struct chain){POLICY, NULL, DEMANDS}, MTL_REASON_POLICY_MISSING, 0);
    expect(&by_the_book, (struct chain){POLICY, NULL, DEMANDS " " POLICY}, MTL_REASON_NONE, 0);
    /* after two more certificates */
    expect(&by_the_book, (struct chain){"raw-constraints=3003800102", "", ""}, MTL_REASON_POLICY_MISSING, 0);
    expect(&by_the_book, (struct chain){"raw-constraints=3003800103", "", ""}, MTL_REASON_NONE, 0);
    expect(&demanding, (struct chain){POLICY, NULL, POLICY}, MTL_REASON_NONE, 0);
    expect(&demanding, (struct chain){"", NULL, POLICY}, MTL_REASON_POLICY_MISSING, 1);
}

static void
any_policy_stands_for_all_unless_it_is_inhibited(void **state)
{
    const struct mtl_policy_rules no_any = {.allows_no_any = true}, lax = {.uncritical_inhibits_not = true};
    const struct chain uncritical = {POLICY " " DEMANDS " " NO_ANY " noncritical=inhibit", NULL, ANY};

    (void)state;
    expect(&by_the_book, (struct chain){POLICY " " DEMANDS, NULL, ANY}, MTL_REASON_NONE, 0);
    expect(&by_the_book, (struct chain){ANY " " DEMANDS, NULL, OTHER}, MTL_REASON_NONE, 0);
    expect(&by_the_book, (struct chain){POLICY " " DEMANDS " " NO_ANY, NULL, ANY}, MTL_REASON_POLICY_MISSING, 0);
    expect(&by_the_book, uncritical, MTL_REASON_POLICY_MISSING, 0);
    expect(&lax, uncritical, MTL_REASON_NONE, 0);
    expect(&no_any, (struct chain){ANY " " DEMANDS, NULL, POLICY}, MTL_REASON_POLICY_MISSING, 0);
    /* 6.1.3 (d) (2): not where a CA issues to itself */
    expect(&by_the_book, (struct chain){POLICY " " DEMANDS " " NO_ANY, "subject=CN=M " ANY, POLICY}, MTL_REASON_NONE,
           0);
}

static void
mapped_policies_go_by_their_new_names(void **state)
{
    const struct mtl_policy_rules unmapped = {.allows_no_map = true}, late = {.demands_once_mapped = true};

    (void)state;
    expect(&by_the_book, (struct chain){POLICY " " DEMANDS " " MAPS, NULL, OTHER}, MTL_REASON_NONE, 0);
    expect(&by_the_book, (struct chain){POLICY " " DEMANDS " " MAPS, NULL, POLICY}, MTL_REASON_POLICY_MISSING, 0);
    expect(&by_the_book, (struct chain){ANY " " DEMANDS " " MAPS, NULL, POLICY}, MTL_REASON_NONE, 0);
    expect(&by_the_book, (struct chain){POLICY " " DEMANDS " " MAPS, ANY, OTHER}, MTL_REASON_NONE, 0);
    /* what anyPolicy stands for can be mapped, unless that is inhibited */
    expect(&by_the_book, (struct chain){POLICY " " DEMANDS, ANY " " MAPS, OTHER}, MTL_REASON_NONE, 0);
    expect(&by_the_book, (struct chain){POLICY " " DEMANDS " " NO_ANY, ANY " " MAPS, OTHER}, MTL_REASON_POLICY_MISSING,
           1);
    expect(&unmapped, (struct chain){POLICY " " DEMANDS " " MAPS, NULL, OTHER}, MTL_REASON_POLICY_MISSING, 0);
    expect(&by_the_book, (struct chain){POLICY " " DEMANDS_UNMAPPED, POLICY " " MAPS, OTHER}, MTL_REASON_POLICY_MISSING,
           0);
    expect(&late, (struct chain){POLICY " " DEMANDS_UNMAPPED, POLICY " " MAPS, OTHER}, MTL_REASON_POLICY_MISSING, 1);
}

/* 6.1.4 (a) */
static void
mapping_to_any_policy_fails_where_the_verifier_looks(void **state)
{
    const struct mtl_policy_rules valid = {.any_mapping = MTL_ANY_MAPPING_FAILS_WHILE_VALID};
    const struct mtl_policy_rules mapped = {.any_mapping = MTL_ANY_MAPPING_FAILS_IF_MAPPED};
    const struct chain plain = {POLICY " " MAPS_TO_ANY, NULL, POLICY}, none = {MAPS_TO_ANY, NULL, ""};
    const struct chain not_in_common = {POLICY, OTHER " " MAPS_TO_ANY, OTHER};
    const struct chain unmapped = {POLICY " raw-constraints=3003810100", POLICY " " MAPS_TO_ANY, POLICY};

    (void)state;
    expect(&by_the_book, plain, MTL_REASON_POLICY_ANY_MAPPED, 1);
    expect(&valid, plain, MTL_REASON_POLICY_ANY_MAPPED, 1);
    expect(&mapped, plain, MTL_REASON_POLICY_ANY_MAPPED, 1);
    expect(&by_the_book, none, MTL_REASON_POLICY_ANY_MAPPED, 1);
    expect(&valid, none, MTL_REASON_NONE, 0);
    expect(&mapped, none, MTL_REASON_NONE, 0);
    expect(&valid, not_in_common, MTL_REASON_NONE, 0);
    expect(&mapped, not_in_common, MTL_REASON_POLICY_ANY_MAPPED, 1);
    expect(&valid, unmapped, MTL_REASON_POLICY_ANY_MAPPED, 1);
    expect(&mapped, unmapped, MTL_REASON_NONE, 0);
    expect(&by_the_book, (struct chain){POLICY, NULL, POLICY " " MAPS_TO_ANY}, MTL_REASON_NONE, 0);
}

static void
a_self_issued_leaf_may_be_free(void **state)
{
    const struct mtl_policy_rules free = {.self_issued_leaf_is_free = true};
    const struct chain chain = {"raw-constraints=3003800101", NULL, "subject=CN=M"};

    (void)state;
    expect(&by_the_book, chain, MTL_REASON_POLICY_MISSING, 0);
    expect(&free, chain, MTL_REASON_NONE, 0);
}

static void
flaws_fail_or_leave_a_doubt(void **state)
{
    const struct mtl_policy_rules strict = {.flaws_fail = true};
    static const char *const flaws[] = {"raw-policies=3000", "raw-policies=300e300506032a0304300506032a0304",
                                        "raw-constraints=3000", "malformed=constraints", "malformed=mappings"};
    static const char *const doubts[] = {DEMANDS " malformed=policies", "raw-constraints=30038001ff",
                                         DEMANDS " raw-inhibit=0201ff"};

    (void)state;
    for (size_t i = 0; i < sizeof(flaws) / sizeof(flaws[0]); i++) {
        expect(&by_the_book, (struct chain){flaws[i], NULL, ""}, MTL_REASON_NONE, 0);
        expect(&strict, (struct chain){flaws[i], NULL, ""}, MTL_REASON_POLICY_FLAWED, 1);
    }
    for (size_t i = 0; i < sizeof(doubts) / sizeof(doubts[0]); i++) {
        expect_doubt(&by_the_book, (struct chain){doubts[i], NULL, ""});
        expect(&strict, (struct chain){doubts[i], NULL, ""}, MTL_REASON_POLICY_FLAWED, 1);
    }
    /* a number above 2^31 - 1 */
    expect_doubt(&by_the_book, (struct chain){"raw-constraints=300780050080000000", NULL, ""});
    expect(&strict, (struct chain){"raw-constraints=300780050080000000", NULL, ""}, MTL_REASON_NONE, 0);
}

static void
qualifiers_may_not_be_critical(void **state)
{
    const struct mtl_policy_rules strict = {.qualified_critical_fail = true};
    /* a CPS pointer to "a"; of 1.2.3.4 and of anyPolicy */
    const char *own = "raw-policies=3018301606032a0304300f300d06082b06010505070201160161",
               *any = "raw-policies=3019301706"
                      "04551d2000300f300d06082b06010505070201160161";
    const struct chain critical = {POLICY, NULL, NULL};
    char leaf[160];

    (void)state;
    for (int is_any = 0; is_any < 2; is_any++) {
        struct chain chain = critical;
        snprintf(leaf, sizeof(leaf), "%s critical=policies", is_any ? any : own);
        chain.leaf = leaf;
        expect(&by_the_book, chain, MTL_REASON_NONE, 0);
        expect(&strict, chain, is_any ? MTL_REASON_NONE : MTL_REASON_POLICY_QUALIFIED, 0);
        chain.mid = "";
        expect(&strict, chain, MTL_REASON_NONE, 0); /* none is valid any more */
        snprintf(leaf, sizeof(leaf), "%s", is_any ? any : own);
        expect(&strict, (struct chain){POLICY, NULL, leaf}, MTL_REASON_NONE, 0);
    }
}

/* That many policies 1.2.n, or mappings of such, from the first on. */
static char *
many(struct mtl_arena *arena, size_t count, bool mappings)
{
    struct mtl_text text = {.arena = arena};
    size_t each = mappings ? 14 : 9, size = count * each; /* with their headers */

    mtl_text_printf(&text, "%s=3083%06zx", mappings ? "raw-mappings" : "raw-policies", size);
    for (size_t i = 0; i < count; i++) {
        unsigned high = 0x81 + (unsigned)(i >> 14), middle = 0x80 | (i >> 7 & 0x7f), low = i & 0x7f;
        if (mappings)
            mtl_text_printf(&text,
                            "300c0605"
                            "2a%02x%02x%02x00"
                            "06032a0305",
                            high, middle, low);
        else
            mtl_text_printf(&text,
                            "30070605"
                            "2a%02x%02x%02x00",
                            high, middle, low);
    }
    return text.text;
}

static void
ten_thousand_are_judged_and_more_are_undetermined(void **state)
{
    struct mtl_arena *arena = mtl_arena_new();

    (void)state;
    char *words = mtl_arena_printf(arena, "%s %s " DEMANDS, many(arena, MTL_MAX_POLICIES, false),
                                   many(arena, MTL_MAX_POLICIES, true));
    expect(&by_the_book, (struct chain){words, ANY, OTHER}, MTL_REASON_NONE, 0);
    expect(&by_the_book, (struct chain){words, ANY, POLICY}, MTL_REASON_POLICY_MISSING, 0);
    words = mtl_arena_printf(arena, "%s " DEMANDS, many(arena, MTL_MAX_POLICIES + 1, false));
    expect_doubt(&by_the_book, (struct chain){words, NULL, POLICY});
    words = mtl_arena_printf(arena, POLICY " %s", many(arena, MTL_MAX_POLICIES + 1, true));
    expect_doubt(&by_the_book, (struct chain){words, NULL, POLICY});
    mtl_arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_policy_that_is_demanded_must_be_valid_in_every_certificate),
        cmocka_unit_test(any_policy_stands_for_all_unless_it_is_inhibited),
        cmocka_unit_test(mapped_policies_go_by_their_new_names),
        cmocka_unit_test(mapping_to_any_policy_fails_where_the_verifier_looks),
        cmocka_unit_test(a_self_issued_leaf_may_be_free),
        cmocka_unit_test(flaws_fail_or_leave_a_doubt),
        cmocka_unit_test(qualifiers_may_not_be_critical),
        cmocka_unit_test(ten_thousand_are_judged_and_more_are_undetermined),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
