/* The judge's own promises: order of failures, candidates, budgets, backtracking. SPDX-License-Identifier: Apache-2.0
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "path/path.h"
#include "stack/stack.h"
#include "support/mint.h"

#define NOW 1764547200 /* 2025-12-01 */

struct bench {
    struct mtl_arena *arena;
    struct mtl_crypto *crypto;
    struct key_pool *keys;
    struct mint mint;
};

static struct bench
bench_new(const char *const *recipe)
{
    struct bench bench = {.arena = mtl_arena_new()};

    bench.crypto = mtl_crypto_new(bench.arena);
    bench.keys = key_pool_new();
    bench.mint = mint_new(bench.arena, bench.keys);
    for (; *recipe != NULL; recipe++) {
        if (!mint_line(&bench.mint, *recipe))
            fail_msg("%s: %s", *recipe, bench.mint.error);
    }
    return bench;
}

static void
bench_free(struct bench *bench)
{
    mtl_crypto_free(bench->crypto);
    key_pool_free(bench->keys);
    mtl_arena_free(bench->arena);
}

/* The certificates named in a list separated by blanks, in order. */
static struct mtl_chain
pick(struct bench *bench, const char *names)
{
    struct mtl_loaded_cert *certs = mtl_arena_array(bench->arena, 32, sizeof(*certs));
    char *word, *rest = mtl_arena_strdup(bench->arena, names);
    struct mtl_chain chain = {.certs = certs};

    while ((word = strtok_r(rest, " ", &rest)) != NULL) {
        const struct minted *minted = mint_find(&bench->mint, word);
        assert_non_null(minted);
        assert_true(mtl_cert_parse(bench->arena, minted->der, &certs[chain.count].cert, NULL));
        certs[chain.count++].source.path = word;
    }
    return chain;
}

static struct mtl_question
ask(struct bench *bench, const struct mtl_policy *policy, const char *presented, const char *trusted)
{
    struct mtl_chain anchors = pick(bench, trusted);

    return (struct mtl_question){
        .policy = policy,
        .presented = pick(bench, presented),
        .store = mtl_store_of(bench->arena, anchors.certs, anchors.count, NULL, 0),
        .subject = MTL_CLIENT,
        .depth = -1,
        .now = NOW,
        .budget = mtl_default_budget,
        .crypto = bench->crypto,
    };
}

static const struct mtl_policy *
openssl(void)
{
    return &mtl_stack_find("openssl-3.0")->policy;
}

static void
first_failure_in_the_policys_order_decides_and_the_others_are_kept(void **state)
{
    static const char *const recipe[] = {
        "root self-signed subject=CN=R ca",
        "leaf issuer=root subject=CN=L eku=serverAuth not-before=2001-01-01 not-after=2002-01-01",
        NULL,
    };
    struct bench bench = bench_new(recipe);
    struct mtl_question question = ask(&bench, openssl(), "leaf", "root");
    const struct mtl_verdict *verdict = mtl_path_judge(bench.arena, &question);
    const struct mtl_path *path = &verdict->paths[verdict->decisive];

    (void)state;
    assert_false(verdict->accepted);
    assert_int_equal(verdict->failure.reason, MTL_REASON_PURPOSE);
    assert_int_equal(path->failure_count, 2);
    assert_int_equal(path->failures[1].reason, MTL_REASON_EXPIRED);

    question.policy = &mtl_policy_rfc5280; /* RFC 5280 6.1.3 looks at the dates first */
    verdict = mtl_path_judge(bench.arena, &question);
    assert_int_equal(verdict->failure.reason, MTL_REASON_EXPIRED);
    bench_free(&bench);
}

static void
same_name_with_another_key_is_refused_for_its_key_id(void **state)
{
    static const char *const recipe[] = {
        "old self-signed subject=CN=R ca",
        "new self-signed subject=CN=R ca",
        "leaf issuer=new subject=CN=L",
        NULL,
    };
    struct bench bench = bench_new(recipe);
    struct mtl_question question = ask(&bench, openssl(), "leaf", "old");
    const struct mtl_verdict *verdict = mtl_path_judge(bench.arena, &question);

    (void)state;
    assert_int_equal(verdict->failure.reason, MTL_REASON_NO_ISSUER);
    assert_int_equal(verdict->candidate_count, 1);
    assert_int_equal(verdict->candidates[0].refusal, MTL_REFUSED_KEY_ID);
    assert_int_equal(verdict->candidates[0].signature, MTL_SIGNATURE_BAD);
    assert_true(verdict->candidates[0].trusted);
    bench_free(&bench);
}

static void
anchors_of_other_names_are_shown_when_nothing_bears_the_name(void **state)
{
    static const char *const recipe[] = {
        "root self-signed subject=CN=R ca",
        "other self-signed subject=CN=Other ca",
        "leaf issuer=root subject=CN=L",
        NULL,
    };
    struct bench bench = bench_new(recipe);
    struct mtl_question question = ask(&bench, openssl(), "leaf", "other");
    const struct mtl_verdict *verdict = mtl_path_judge(bench.arena, &question);

    (void)state;
    assert_int_equal(verdict->candidate_count, 1);
    assert_int_equal(verdict->candidates[0].refusal, MTL_REFUSED_NAME);
    bench_free(&bench);
}

/* a and b certify each other: the search must end, and say that the chain is too long. */
static const char *const cross_loop[] = {
    "a self-signed subject=CN=A ca",
    "b self-signed subject=CN=B ca",
    "a-by-b issuer=b key-of=a subject=CN=A ca",
    "b-by-a issuer=a key-of=b subject=CN=B ca",
    "leaf issuer=a subject=CN=L",
    NULL,
};

static void
anchors_that_certify_each_other_end_at_the_depth_limit(void **state)
{
    struct bench bench = bench_new(cross_loop);
    struct mtl_question question = ask(&bench, openssl(), "leaf", "a-by-b b-by-a");
    const struct mtl_verdict *verdict = mtl_path_judge(bench.arena, &question);

    (void)state;
    assert_int_equal(verdict->failure.reason, MTL_REASON_DEPTH);
    assert_int_equal(verdict->failure.depth, 101);

    question.policy = &mtl_policy_rfc5280; /* any certificate of the store is an anchor: no loop */
    assert_true(mtl_path_judge(bench.arena, &question)->accepted);
    bench_free(&bench);
}

static void
presented_loop_is_cut_by_a_search_that_backtracks(void **state)
{
    struct bench bench = bench_new(cross_loop);
    struct mtl_question question = ask(&bench, &mtl_policy_rfc5280, "leaf a-by-b b-by-a a-by-b", "b");
    const struct mtl_verdict *verdict = mtl_path_judge(bench.arena, &question);

    (void)state;
    assert_true(verdict->accepted);
    question = ask(&bench, &mtl_policy_rfc5280, "leaf a-by-b b-by-a a-by-b", "leaf");
    question.presented.certs++;
    question.presented.count--;
    verdict = mtl_path_judge(bench.arena, &question);
    assert_false(verdict->accepted);
    assert_false(verdict->extensions_exhausted);
    bench_free(&bench);
}

static const char *const wrong_twin_first[] = {
    "root self-signed subject=CN=R ca",
    "wrong issuer=root subject=CN=M ca ski=none",
    "right issuer=root subject=CN=M ca ski=none",
    "leaf issuer=right subject=CN=L aki=none",
    NULL,
};

static void
wrong_issuer_of_the_same_name_stops_one_search_and_not_the_other(void **state)
{
    struct bench bench = bench_new(wrong_twin_first);
    struct mtl_question question = ask(&bench, openssl(), "leaf wrong right", "root");
    const struct mtl_verdict *verdict = mtl_path_judge(bench.arena, &question);

    (void)state;
    assert_int_equal(verdict->failure.reason, MTL_REASON_SIGNATURE);
    question.policy = &mtl_policy_rfc5280;
    verdict = mtl_path_judge(bench.arena, &question);
    assert_true(verdict->accepted);
    assert_int_equal(verdict->path_count, 2);
    assert_int_equal(verdict->decisive, 1);
    bench_free(&bench);
}

static void
exhausted_budget_makes_the_verdict_undetermined(void **state)
{
    struct bench bench = bench_new(wrong_twin_first);
    struct mtl_question question = ask(&bench, openssl(), "leaf right", "root");
    const struct mtl_verdict *verdict;

    (void)state;
    assert_true(mtl_path_judge(bench.arena, &question)->accepted);
    question.budget.extensions = 1;
    verdict = mtl_path_judge(bench.arena, &question);
    assert_true(verdict->extensions_exhausted);
    assert_non_null(verdict->undetermined);
    question.budget = mtl_default_budget;
    question.budget.signatures = 1;
    verdict = mtl_path_judge(bench.arena, &question);
    assert_true(verdict->signatures_exhausted);
    assert_non_null(verdict->undetermined);
    bench_free(&bench);
}

/* ---- traits --------------------------------------------------------------------------------------------------- */

#define BIT(number) (1U << (number))
#define PHASES(list) .phases = (list), .phase_count = sizeof(list) / sizeof((list)[0])

/* NONE: the path holds. */
static void
expect(const struct mtl_policy *policy, const char *const *recipe, const char *presented, enum mtl_reason reason)
{
    struct bench bench = bench_new(recipe);
    struct mtl_question question = ask(&bench, policy, presented, "root");

    assert_int_equal(mtl_path_judge(bench.arena, &question)->failure.reason, reason);
    assert_int_equal(mtl_path_judge(bench.arena, &question)->accepted, reason == MTL_REASON_NONE);
    bench_free(&bench);
}

/* RFC 5280 7.1 folds types of strings and case; many verifiers compare octets. */
static void
names_of_other_string_types_are_the_same_unless_compared_as_bytes(void **state)
{
    static const char *const recipe[] = {"root self-signed subject=CN=R ca",
                                         "leaf issuer=root issuer-name=CN=printable:R subject=CN=L", NULL};
    struct mtl_policy policy = mtl_policy_rfc5280;

    (void)state;
    expect(&policy, recipe, "leaf", MTL_REASON_NONE);
    policy.names_are_compared_as_bytes = true;
    expect(&policy, recipe, "leaf", MTL_REASON_NO_ISSUER);
}

static void
issuers_that_fail_are_passed_over_or_end_their_path(void **state)
{
    static const char *const recipe[] = {"root self-signed subject=CN=R ca not-before=2001-01-01 not-after=2002-01-01",
                                         "leaf issuer=root subject=CN=L", NULL};
    static const enum mtl_step dates[] = {MTL_STEP_NOT_AFTER, MTL_STEP_END};
    static const struct mtl_phase candidate[] = {
        {.direction = MTL_LEAF_TO_ROOT, .scope = MTL_SCOPE_CANDIDATE, .steps = dates}};
    static const struct mtl_phase extension[] = {
        {.direction = MTL_LEAF_TO_ROOT, .scope = MTL_SCOPE_EXTENSION, .steps = dates}};
    struct mtl_policy policy = {
        .search = MTL_SEARCH_BACKTRACK, .judges_while_building = true, .default_depth = 9, PHASES(candidate)};

    (void)state;
    expect(&policy, recipe, "leaf", MTL_REASON_NO_ISSUER);
    policy.phases = extension;
    expect(&policy, recipe, "leaf", MTL_REASON_EXPIRED);
}

/* RFC 5280 6.1.4 (k): only version 3 can say that it is a CA. */
static void
old_versions_issue_where_nobody_asks(void **state)
{
    static const char *const recipe[] = {"root self-signed subject=CN=R ca", "mid issuer=root subject=CN=M version=1",
                                         "leaf issuer=mid subject=CN=L aki=none", NULL};
    static const enum mtl_step ca[] = {MTL_STEP_IS_CA, MTL_STEP_END};
    static const enum mtl_step version[] = {MTL_STEP_IS_CA, MTL_STEP_VERSION, MTL_STEP_END};
    static const struct mtl_phase flags[] = {{.direction = MTL_LEAF_TO_ROOT, .steps = ca}};
    static const struct mtl_phase versions[] = {{.direction = MTL_LEAF_TO_ROOT, .steps = version}};
    struct mtl_policy policy = {.search = MTL_SEARCH_BACKTRACK, .default_depth = 9, PHASES(flags)};

    (void)state;
    expect(&policy, recipe, "leaf mid", MTL_REASON_NOT_A_CA);
    policy.old_versions_may_issue = true;
    expect(&policy, recipe, "leaf mid", MTL_REASON_NONE);
    policy.phases = versions;
    expect(&policy, recipe, "leaf mid", MTL_REASON_OLD_VERSION);
}

static void
signatures_of_unwanted_digests_and_keys_are_weak(void **state)
{
    static const char *const recipe[] = {"root self-signed subject=CN=R ca", "leaf issuer=root digest=sha1", NULL};
    static const enum mtl_step strength[] = {MTL_STEP_DIGEST_STRENGTH, MTL_STEP_END};
    static const struct mtl_phase phases[] = {{.direction = MTL_LEAF_TO_ROOT, .steps = strength}};
    struct mtl_policy policy = {.search = MTL_SEARCH_BACKTRACK, .default_depth = 9, PHASES(phases)};

    (void)state;
    expect(&policy, recipe, "leaf", MTL_REASON_NONE);
    policy.signature_digests = BIT(MTL_DIGEST_SHA256);
    expect(&policy, recipe, "leaf", MTL_REASON_WEAK_DIGEST);
    policy.signature_digests = 0;
    policy.signature_keys = BIT(MTL_KEY_RSA);
    expect(&policy, recipe, "leaf", MTL_REASON_WEAK_DIGEST);
    policy.signature_keys = BIT(MTL_KEY_EC);
    expect(&policy, recipe, "leaf", MTL_REASON_NONE);
}

static void
usages_that_name_nothing_may_count_as_absent(void **state)
{
    static const char *const recipe[] = {"root self-signed subject=CN=R ca raw-ku=030100",
                                         "leaf issuer=root raw-eku=3000", NULL};
    static const enum mtl_step usages[] = {MTL_STEP_KEY_CERT_SIGN, MTL_STEP_PURPOSE, MTL_STEP_END};
    static const struct mtl_phase phases[] = {{.direction = MTL_LEAF_ONLY, .steps = usages}};
    struct mtl_policy policy = {.search = MTL_SEARCH_BACKTRACK,
                                .default_depth = 9,
                                .eku = {MTL_EKU_CLIENT_AUTH, MTL_EKU_SERVER_AUTH},
                                PHASES(phases)};

    (void)state;
    expect(&policy, recipe, "leaf", MTL_REASON_NO_CERT_SIGN);
    policy.empty_usages_ask_for_nothing = true;
    expect(&policy, recipe, "leaf", MTL_REASON_NONE);
}

/* RFC 5280 6.1.3 (b) holds every certificate to all constraints above it; some hold only the leaf to each. */
static void
own_constraints_bind_the_leaf_and_not_what_lies_between(void **state)
{
    static const char *const between[] = {"root self-signed subject=CN=R ca permit=dns:example",
                                          "mid issuer=root subject=CN=M ca dns=a.other",
                                          "leaf issuer=mid subject=CN=L dns=b.example", NULL};
    static const char *const leaf[] = {"root self-signed subject=CN=R ca permit=dns:example",
                                       "mid issuer=root subject=CN=M ca", "leaf issuer=mid subject=CN=L dns=a.other",
                                       NULL};
    static const enum mtl_step all[] = {MTL_STEP_NAME_CONSTRAINTS, MTL_STEP_END};
    static const enum mtl_step own[] = {MTL_STEP_OWN_CONSTRAINTS, MTL_STEP_END};
    static const struct mtl_phase of_all[] = {{.direction = MTL_LEAF_TO_ROOT, .steps = all}};
    static const struct mtl_phase of_own[] = {{.direction = MTL_LEAF_TO_ROOT, .steps = own}};
    struct mtl_policy policy = {.search = MTL_SEARCH_BACKTRACK, .default_depth = 9, PHASES(of_all)};

    (void)state;
    expect(&policy, between, "leaf mid", MTL_REASON_CONSTRAINT_PERMITTED);
    expect(&policy, leaf, "leaf mid", MTL_REASON_CONSTRAINT_PERMITTED);
    policy.phases = of_own;
    expect(&policy, between, "leaf mid", MTL_REASON_NONE);
    expect(&policy, leaf, "leaf mid", MTL_REASON_CONSTRAINT_PERMITTED);
}

/* RFC 5280 4.2.1.10: a minimum other than 0 must be processed or rejected; the subject is a directoryName. */
static void
constraints_may_ignore_ranges_and_subjects(void **state)
{
    static const char *const range[] = {"root self-signed subject=CN=R ca permit=dns:example@min=1",
                                        "leaf issuer=root subject=CN=L dns=a.example", NULL};
    static const char *const directory[] = {"root self-signed subject=CN=R ca permit=dir:O=X",
                                            "leaf issuer=root subject=CN=L dns=a.example", NULL};
    static const enum mtl_step steps[] = {MTL_STEP_NAME_CONSTRAINTS, MTL_STEP_END};
    static const struct mtl_phase phases[] = {{.direction = MTL_LEAF_TO_ROOT, .steps = steps}};
    struct mtl_policy policy = {
        .search = MTL_SEARCH_BACKTRACK, .default_depth = 9, .constraints = {.directory_names = true}, PHASES(phases)};

    (void)state;
    expect(&policy, range, "leaf", MTL_REASON_CONSTRAINT_MINMAX);
    expect(&policy, directory, "leaf", MTL_REASON_CONSTRAINT_PERMITTED);
    policy.constraints = (struct mtl_constraint_policy){.by_domain = true};
    expect(&policy, range, "leaf", MTL_REASON_NONE);
    expect(&policy, directory, "leaf", MTL_REASON_NONE);
}

/* With by_domain hosts, mailboxes and URIs are within a base that is theirs or above, and what does not parse fails. */
static void
constraints_may_be_compared_by_domain(void **state)
{
    static const struct {
        const char *root, *leaf;
        enum mtl_reason reason;
    } cases[] = {
        {"permit=email:acme.example", "email=a@b.acme.example", MTL_REASON_NONE},
        {"permit=email:acme.example", "email=a@else.example", MTL_REASON_CONSTRAINT_PERMITTED},
        {"permit=email:A@acme.example", "email=A@ACME.example", MTL_REASON_NONE},
        {"permit=email:A@acme.example", "email=a@acme.example", MTL_REASON_CONSTRAINT_PERMITTED},
        {"exclude=email:", "email=a@acme.example", MTL_REASON_CONSTRAINT_EXCLUDED},
        {"exclude=dns:other.example", "email=@acme.example", MTL_REASON_CONSTRAINT_NAME_SYNTAX},
        {"exclude=dns:other.example", "dns=.example", MTL_REASON_CONSTRAINT_NAME_SYNTAX},
        {"exclude=dns:other.example", "dns=*.example", MTL_REASON_NONE},
        {"permit=uri:acme.example", "uri=spiffe://u@a.acme.example:80/x", MTL_REASON_NONE},
        {"permit=uri:acme.example", "uri=urn:x", MTL_REASON_CONSTRAINT_NAME_SYNTAX},
        {"permit=uri:acme.example", "uri=http://[::1]/", MTL_REASON_CONSTRAINT_NAME_SYNTAX},
        {"permit=dns:example", "uri=urn:x", MTL_REASON_NONE},
    };
    static const enum mtl_step steps[] = {MTL_STEP_NAME_CONSTRAINTS, MTL_STEP_END};
    static const struct mtl_phase phases[] = {{.direction = MTL_LEAF_TO_ROOT, .steps = steps}};
    struct mtl_policy policy = {
        .search = MTL_SEARCH_BACKTRACK, .default_depth = 9, .constraints = {.by_domain = true}, PHASES(phases)};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct mtl_arena *arena = mtl_arena_new();
        const char *recipe[] = {mtl_arena_printf(arena, "root self-signed subject=CN=R ca %s", cases[i].root),
                                mtl_arena_printf(arena, "leaf issuer=root subject=CN=L %s", cases[i].leaf), NULL};

        expect(&policy, recipe, "leaf", cases[i].reason);
        mtl_arena_free(arena);
    }
    policy.constraints.uris_need_host = policy.constraints.wildcards_meet_exclusions = true;
    expect(&policy,
           (const char *const[]){"root self-signed subject=CN=R ca permit=dns:example",
                                 "leaf issuer=root subject=CN=L uri=urn:x", NULL},
           "leaf", MTL_REASON_CONSTRAINT_NAME_SYNTAX);
    expect(&policy,
           (const char *const[]){"root self-signed subject=CN=R ca exclude=dns:other.example",
                                 "leaf issuer=root subject=CN=L dns=*.example", NULL},
           "leaf", MTL_REASON_CONSTRAINT_EXCLUDED);
}

static void
pooled_certificates_give_the_best_issuer(void **state)
{
    static const char *const recipe[] = {"root self-signed subject=CN=R ca", "mid issuer=root subject=CN=M ca",
                                         "leaf issuer=mid subject=CN=L", NULL};
    struct bench bench = bench_new(recipe);
    const struct mtl_policy policy = {.search = MTL_SEARCH_BEST_ISSUER, .default_depth = 9};
    struct mtl_question question = ask(&bench, &policy, "leaf", "root");

    (void)state;
    assert_int_equal(mtl_path_judge(bench.arena, &question)->failure.reason, MTL_REASON_NO_ISSUER);
    question.at_hand = pick(&bench, "mid");
    assert_true(mtl_path_judge(bench.arena, &question)->accepted);
    assert_int_equal(mtl_chain_climb(bench.arena, &question).count, 3);
    bench_free(&bench);
}

static void
certificates_may_be_valid_early(void **state)
{
    static const char *const recipe[] = {"root self-signed subject=CN=R ca",
                                         "leaf issuer=root subject=CN=L not-before=2100-01-01 not-after=2101-01-01",
                                         NULL};
    static const enum mtl_step dates[] = {MTL_STEP_NOT_BEFORE, MTL_STEP_END};
    static const struct mtl_phase leaf[] = {{.direction = MTL_LEAF_ONLY, .steps = dates}};
    struct mtl_policy policy = {.search = MTL_SEARCH_BEST_ISSUER, .default_depth = 9, PHASES(leaf)};

    (void)state;
    expect(&policy, recipe, "leaf", MTL_REASON_NOT_YET_VALID);
    policy.early_seconds = UINT32_MAX;
    expect(&policy, recipe, "leaf", MTL_REASON_NONE);
}

static void
every_reason_has_a_slug_and_a_sentence(void **state)
{
    (void)state;
    for (int reason = MTL_REASON_NONE + 1; reason < MTL_REASON_COUNT; reason++) {
        assert_true(strlen(mtl_reason_slug((enum mtl_reason)reason)) > 0);
        assert_true(strlen(mtl_reason_sentence((enum mtl_reason)reason)) > 0);
    }
    for (int step = 0; step < MTL_STEP_COUNT; step++)
        assert_true(strlen(mtl_step_name((enum mtl_step)step)) > 0);
}

static void
of_issuers_that_all_have_expired_the_last_one_to_expire_or_the_last_one_is_taken(void **state)
{
    static const char *const recipe[] = {"late self-signed subject=CN=R ca not-before=2001-01-01 not-after=2003-01-01",
                                         "early key-of=late self-signed subject=CN=R ca not-before=2001-01-01 "
                                         "not-after=2002-01-01",
                                         "leaf issuer=late subject=CN=L", NULL};
    struct bench bench = bench_new(recipe);
    struct mtl_policy policy = {.search = MTL_SEARCH_FIRST_ISSUER, .default_depth = 9};
    struct mtl_question question = ask(&bench, &policy, "leaf", "late early");

    (void)state;
    assert_string_equal(mtl_path_judge(bench.arena, &question)->paths[0].certs[1]->source.path, "late");
    policy.last_stale_issuer = true;
    assert_string_equal(mtl_path_judge(bench.arena, &question)->paths[0].certs[1]->source.path, "early");
    bench_free(&bench);
}

static void
keys_of_unknown_kinds_do_not_decode(void **state)
{
    static const char *const recipe[] = {"root self-signed subject=CN=R ca", "leaf issuer=root subject=CN=L", NULL};
    static const enum mtl_step steps[] = {MTL_STEP_KEY_DECODES, MTL_STEP_END};
    static const struct mtl_phase phases[] = {{.direction = MTL_LEAF_TO_ROOT, .steps = steps}};
    struct mtl_policy policy = {.search = MTL_SEARCH_FIRST_ISSUER, .default_depth = 9, PHASES(phases)};

    (void)state;
    expect(&policy, recipe, "leaf", MTL_REASON_NONE);
    policy.verifying_keys = BIT(MTL_KEY_RSA);
    expect(&policy, recipe, "leaf", MTL_REASON_ISSUER_KEY);
    expect(&policy, recipe, "root", MTL_REASON_NONE); /* alone */
}

static void
path_lengths_of_self_issued_cas_may_not_count(void **state)
{
    static const char *const recipe[] = {"root self-signed subject=CN=R ca pathlen=0",
                                         "mid issuer=root subject=CN=M ca", "leaf issuer=mid subject=CN=L", NULL};
    static const enum mtl_step steps[] = {MTL_STEP_PATH_LENGTH, MTL_STEP_END};
    static const struct mtl_phase phases[] = {{.direction = MTL_LEAF_TO_ROOT, .steps = steps}};
    struct mtl_policy policy = {.search = MTL_SEARCH_FIRST_ISSUER, .default_depth = 9, PHASES(phases)};

    (void)state;
    expect(&policy, recipe, "leaf mid", MTL_REASON_PATH_LENGTH);
    policy.self_issued_set_no_path_length = true;
    expect(&policy, recipe, "leaf mid", MTL_REASON_NONE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_failure_in_the_policys_order_decides_and_the_others_are_kept),
        cmocka_unit_test(same_name_with_another_key_is_refused_for_its_key_id),
        cmocka_unit_test(anchors_of_other_names_are_shown_when_nothing_bears_the_name),
        cmocka_unit_test(anchors_that_certify_each_other_end_at_the_depth_limit),
        cmocka_unit_test(presented_loop_is_cut_by_a_search_that_backtracks),
        cmocka_unit_test(wrong_issuer_of_the_same_name_stops_one_search_and_not_the_other),
        cmocka_unit_test(exhausted_budget_makes_the_verdict_undetermined),
        cmocka_unit_test(names_of_other_string_types_are_the_same_unless_compared_as_bytes),
        cmocka_unit_test(issuers_that_fail_are_passed_over_or_end_their_path),
        cmocka_unit_test(old_versions_issue_where_nobody_asks),
        cmocka_unit_test(signatures_of_unwanted_digests_and_keys_are_weak),
        cmocka_unit_test(usages_that_name_nothing_may_count_as_absent),
        cmocka_unit_test(own_constraints_bind_the_leaf_and_not_what_lies_between),
        cmocka_unit_test(constraints_may_ignore_ranges_and_subjects),
        cmocka_unit_test(constraints_may_be_compared_by_domain),
        cmocka_unit_test(pooled_certificates_give_the_best_issuer),
        cmocka_unit_test(certificates_may_be_valid_early),
        cmocka_unit_test(of_issuers_that_all_have_expired_the_last_one_to_expire_or_the_last_one_is_taken),
        cmocka_unit_test(keys_of_unknown_kinds_do_not_decode),
        cmocka_unit_test(path_lengths_of_self_issued_cas_may_not_count),
        cmocka_unit_test(every_reason_has_a_slug_and_a_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
