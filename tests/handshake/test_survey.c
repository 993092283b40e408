/* A chain shown to every stack: each does with it what it does in a whole handshake that gets as far as the chain.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "handshake/scene.h"
#include "handshake/survey.h"
#include "support/handshake_case.h"
#include "support/two_sides.h"

/* The recordings hold handshakes to real programs, and this holds the survey to handshakes. */
struct comparison {
    struct mtl_arena *arena;
    struct mtl_handshake_question question;
    enum mtl_role owner;
    const char *name;
    size_t count, rejected; /* receptions compared */
};

/* A survey knows no CRLs and no limits of one side, and has servers that start. */
static bool
is_about_the_chain_alone(const struct mtl_handshake_question *question, enum mtl_role verifier)
{
    const struct mtl_side *side = &question->sides[verifier];

    if (verifier == MTL_SERVER && (side->presents == NULL || side->presents->cert_count == 0))
        return false;
    return side->verify == MTL_VERIFY_REQUIRED && side->trusts != NULL && side->crls == NULL && side->depth < 0;
}

static void
expect_reception(struct comparison *comparison, const struct mtl_reception *reception)
{
    const enum mtl_role verifier = mtl_other_role(comparison->owner);
    const enum mtl_tls tls = mtl_stack_speaks(reception->stack, MTL_TLS13) ? MTL_TLS13 : MTL_TLS12;
    struct mtl_handshake_question question = comparison->question;
    const struct mtl_transcript *whole;
    enum mtl_stage stage;

    question.sides[verifier].stack = reception->stack;
    whole = mtl_handshake_walk(comparison->arena, &question, tls, &stage);
    if (whole->sent[comparison->owner].count == 0 || whole->outcome == MTL_UNDETERMINED ||
        (whole->outcome == MTL_HANDSHAKE_REJECTED && whole->rejected_by != verifier))
        return;
    if (comparison->owner == MTL_CLIENT && whole->client_sends != 1)
        return;
    if (whole->reason == MTL_REASON_NO_SHARED_ALGORITHM || whole->reason == MTL_REASON_PROOF)
        return;
    /* A server may refuse to start with what it presents, or to send it, of which a survey knows nothing. */
    if (whole->certificate_owner == verifier && !reception->is_own)
        return;
    comparison->count++;
    comparison->rejected += whole->outcome == MTL_HANDSHAKE_REJECTED;
    if (reception->outcome != whole->outcome || reception->reason != whole->reason)
        fail_msg("%s, %s to %s: survey: outcome %d, %s; handshake: %d, %s", comparison->name,
                 comparison->owner == MTL_CLIENT ? "client" : "server", reception->stack->id, (int)reception->outcome,
                 mtl_reason_slug(reception->reason), (int)whole->outcome, mtl_reason_slug(whole->reason));
    assert_ptr_equal(reception->certificate == NULL ? NULL : reception->certificate->cert,
                     whole->certificate == NULL ? NULL : whole->certificate->cert);
    assert_int_equal(reception->alert, whole->alert);
}

/* The chain as the owner's own program, of any stack, puts it on the wire. */
static void
compare(struct comparison *comparison)
{
    const enum mtl_role verifier = mtl_other_role(comparison->owner);
    const struct mtl_transcript *first;
    const struct mtl_reception *receptions;
    enum mtl_stage stage;
    size_t count;

    if (!is_about_the_chain_alone(&comparison->question, verifier))
        return;
    first = mtl_handshake_walk(comparison->arena, &comparison->question, MTL_TLS13, &stage);
    if (first->sent[comparison->owner].count == 0)
        return;
    receptions = mtl_handshake_survey(comparison->arena,
                                      &(struct mtl_survey_question){
                                          .chain = first->sent[comparison->owner],
                                          .owner = comparison->owner,
                                          .trusts = comparison->question.sides[verifier].trusts,
                                          .now = comparison->question.now,
                                          .crypto = comparison->question.crypto,
                                      },
                                      &count);
    for (size_t i = 0; i < count; i++)
        expect_reception(comparison, &receptions[i]);
}

/* What the client presents itself is not judged. */
static void
leave_the_client_out(struct mtl_handshake_question *question)
{
    question->sides[MTL_CLIENT].presents = question->sides[MTL_CLIENT].key = NULL;
    question->sides[MTL_SERVER].verify = MTL_VERIFY_NONE;
}

static void
stack_receives_a_chain_as_in_a_whole_handshake(void **state)
{
    struct mtl_arena *list = mtl_arena_new();
    size_t count, compared = 0, rejected = 0;
    const char *const *paths = handshake_case_list(list, &count);

    (void)state;
    for (size_t i = 0; i < 2 * count; i++) {
        struct comparison comparison = {
            .arena = mtl_arena_new(), .owner = (enum mtl_role)(i % 2), .name = paths[i / 2]};
        struct mtl_crypto *crypto = mtl_crypto_new(comparison.arena);
        struct handshake_case scenario;
        struct mtl_error error;

        if (!handshake_case_load(comparison.arena, paths[i / 2], &scenario, &error) ||
            !handshake_case_question(comparison.arena, &scenario, crypto, &comparison.question, &error))
            fail_msg("%s: %s", paths[i / 2], error.message);
        comparison.question.server_name = NULL;
        if (comparison.owner == MTL_SERVER)
            leave_the_client_out(&comparison.question);
        compare(&comparison);
        compared += comparison.count;
        rejected += comparison.rejected;
        mtl_crypto_free(crypto);
        mtl_arena_free(comparison.arena);
    }
    print_message("%zu receptions of %zu scenarios compared, %zu of them rejections\n", compared, count, rejected);
    assert_true(compared > 5000 && rejected > 2000 && compared - rejected > 2000);
    mtl_arena_free(list);
}

static void
survey_asks_every_stack_that_can_be_the_peer(void **state)
{
    struct two_sides sides = two_sides_new();

    (void)state;
    for (size_t role = 0; role < 2; role++) {
        const struct mtl_side *owner = &sides.question.sides[role];
        const enum mtl_role verifier = mtl_other_role((enum mtl_role)role);
        size_t count, expected = 0;
        const struct mtl_reception *receptions =
            mtl_handshake_survey(sides.arena,
                                 &(struct mtl_survey_question){
                                     .chain = {.certs = owner->presents->certs, .count = owner->presents->cert_count},
                                     .owner = (enum mtl_role)role,
                                     .trusts = sides.question.sides[verifier].trusts,
                                     .now = sides.question.now,
                                     .crypto = sides.question.crypto,
                                 },
                                 &count);

        for (size_t i = 0; i < mtl_stack_count(); i++)
            expected += mtl_stack_at(i)->evidence != MTL_EVIDENCE_ASSUMED && mtl_stack_plays(mtl_stack_at(i), verifier);
        assert_int_equal(count, expected);
        for (size_t i = 0; i < count; i++)
            if (receptions[i].outcome != MTL_ESTABLISHED && receptions[i].reason != MTL_REASON_DEPTH)
                fail_msg("a working chain is rejected by %s: %s", receptions[i].stack->id,
                         mtl_reason_slug(receptions[i].reason));
    }
    two_sides_free(&sides);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stack_receives_a_chain_as_in_a_whole_handshake),
        cmocka_unit_test(survey_asks_every_stack_that_can_be_the_peer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
