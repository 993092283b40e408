/* A stack that is told from documents: it predicts what these say, and says of the rest that they do not.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/two_sides.h"

/* schannel is the one that there is. */
static int
set_up(void **state)
{
    struct two_sides *sides;

    if (two_sides_set_up(state) != 0)
        return -1;
    sides = *state;
    for (int role = MTL_CLIENT; role <= MTL_SERVER; role++) {
        sides->question.sides[role].stack = mtl_stack_find("schannel");
        assert_non_null(sides->question.sides[role].stack);
        assert_int_equal(sides->question.sides[role].stack->evidence, MTL_EVIDENCE_ASSUMED);
    }
    return 0;
}

static void
expect_alert(struct two_sides *sides, enum mtl_role by, uint8_t alert)
{
    for (int tls = 0; tls < MTL_TLS_COUNT; tls++) {
        const struct mtl_transcript *transcript = two_sides_predict(sides, (enum mtl_tls)tls);

        if (transcript->outcome != MTL_HANDSHAKE_REJECTED)
            fail_msg("alert %u: %s", (unsigned)alert,
                     transcript->why_undetermined == NULL ? transcript->headline : transcript->why_undetermined);
        assert_int_equal(transcript->rejected_by, by);
        assert_int_equal(transcript->alert, alert);
        assert_int_equal(transcript->moment, MTL_MOMENT_AFTER_HANDSHAKE);
        assert_int_equal(transcript->evidence, MTL_EVIDENCE_ASSUMED);
    }
}

static void
expect_undetermined(struct two_sides *sides, const char *words)
{
    const struct mtl_transcript *transcript = two_sides_predict(sides, MTL_TLS13);

    if (transcript->outcome != MTL_UNDETERMINED || strstr(transcript->why_undetermined, words) == NULL)
        fail_msg("%s: %s", words,
                 transcript->why_undetermined == NULL ? transcript->headline : transcript->why_undetermined);
    assert_non_null(strstr(transcript->why_undetermined, "no document says"));
}

static void
plain_pair_works(void **state)
{
    assert_int_equal(two_sides_predict(*state, MTL_TLS12)->outcome, MTL_ESTABLISHED);
    assert_int_equal(two_sides_predict(*state, MTL_TLS13)->outcome, MTL_ESTABLISHED);
}

static void
documented_faults_have_their_alerts(void **state)
{
    struct two_sides *sides = *state;

    two_sides_trust(sides, MTL_SERVER, "sroot");
    expect_alert(sides, MTL_SERVER, 48);
    two_sides_trust(sides, MTL_SERVER, "croot");
    two_sides_present(sides, MTL_CLIENT, "client");
    expect_alert(sides, MTL_SERVER, 48);
    two_sides_mint(sides, "late issuer=cca subject=CN=orders not-before=2020-01-01 not-after=2021-01-01");
    two_sides_present(sides, MTL_CLIENT, "late cca");
    expect_alert(sides, MTL_SERVER, 45);
    two_sides_present(sides, MTL_CLIENT, "client cca");
    sides->question.server_name = "billing.example";
    expect_alert(sides, MTL_CLIENT, 42);
    sides->question.server_name = "payments.example";
    sides->question.sides[MTL_CLIENT].presents = sides->question.sides[MTL_CLIENT].key = NULL;
    expect_alert(sides, MTL_SERVER, 46);
}

/* NotSignatureValid, UntrustedRoot, NotTimeValid: the first of them makes the alert. */
static void
first_of_several_faults_decides(void **state)
{
    struct two_sides *sides = *state;

    two_sides_mint(sides, "late issuer=cca subject=CN=orders not-before=2020-01-01 not-after=2021-01-01");
    two_sides_present(sides, MTL_CLIENT, "late cca");
    two_sides_trust(sides, MTL_SERVER, "sroot");
    expect_alert(sides, MTL_SERVER, 48);
}

static void
rest_is_left_open(void **state)
{
    struct two_sides *sides = *state;

    two_sides_mint(sides, "odd issuer=cca subject=CN=orders key=ed25519");
    two_sides_present(sides, MTL_CLIENT, "odd cca");
    expect_undetermined(sides, "with a key other than");
    two_sides_mint(sides, "narrow issuer=croot subject=\"CN=Clients CA 2\" ca ku=keyCertSign permit=dns:example");
    two_sides_mint(sides, "below issuer=narrow subject=CN=orders");
    two_sides_present(sides, MTL_CLIENT, "below narrow");
    expect_undetermined(sides, "with name constraints");
    two_sides_present(sides, MTL_CLIENT, "client cca");
    sides->question.server_name = "192.0.2.1";
    expect_undetermined(sides, "address");
}

static void
one_of_several_issuers_is_not_guessed(void **state)
{
    struct two_sides *sides = *state;

    two_sides_mint(sides, "late issuer=cca subject=CN=orders not-before=2020-01-01 not-after=2021-01-01");
    two_sides_mint(sides, "twin issuer=croot subject=\"CN=Clients CA\" ca ku=keyCertSign");
    sides->question.sides[MTL_CLIENT].stack = mtl_stack_find("openssl-3.0"); /* sends its file as it is */
    two_sides_present(sides, MTL_CLIENT, "late cca twin");
    expect_undetermined(sides, "several bear the name");
}

static void
stack_is_not_among_all(void **state)
{
    const struct mtl_stack *stack;
    size_t cursor = 0, count = 0;

    (void)state;
    for (; (stack = mtl_stack_next_surveyed(&cursor)) != NULL; count++)
        assert_int_not_equal(stack->evidence, MTL_EVIDENCE_ASSUMED);
    assert_int_equal(count, mtl_stack_surveyed_count());
    assert_true(count < mtl_stack_count());
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(plain_pair_works, set_up, two_sides_tear_down),
        cmocka_unit_test_setup_teardown(documented_faults_have_their_alerts, set_up, two_sides_tear_down),
        cmocka_unit_test_setup_teardown(first_of_several_faults_decides, set_up, two_sides_tear_down),
        cmocka_unit_test_setup_teardown(rest_is_left_open, set_up, two_sides_tear_down),
        cmocka_unit_test_setup_teardown(one_of_several_issuers_is_not_guessed, set_up, two_sides_tear_down),
        cmocka_unit_test(stack_is_not_among_all),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
