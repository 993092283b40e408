/*
 * Fixes: what is offered has been judged and helps; what does not help is not offered.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/two_sides.h"

#define BOTH_ESTABLISHED "with it, TLS 1.2 and TLS 1.3 are established"

/* The first fix, which must have been verified and lead to established handshakes. */
static const struct mtl_fix *
first_fix(struct two_sides *sides)
{
    const struct mtl_transcript *transcript = two_sides_predict(sides, MTL_TLS13);

    assert_int_equal(transcript->outcome, MTL_HANDSHAKE_REJECTED);
    assert_true(transcript->fix_count > 0);
    assert_true(transcript->fixes[0].verified);
    assert_string_equal(transcript->fixes[0].result, BOTH_ESTABLISHED);
    return &transcript->fixes[0];
}

static void
expect_no_fix(struct two_sides *sides)
{
    const struct mtl_transcript *transcript = two_sides_predict(sides, MTL_TLS13);

    assert_int_equal(transcript->outcome, MTL_HANDSHAKE_REJECTED);
    assert_int_equal(transcript->fix_count, 0);
}

/* ---- issuers -------------------------------------------------------------------------------------------------- */

static void
missing_intermediate_in_another_file_is_appended(void **state)
{
    struct two_sides *sides = *state;
    const struct mtl_fix *fix;

    two_sides_present(sides, MTL_CLIENT, "client");
    expect_no_fix(sides);
    two_sides_also(sides, "cas/clients-ca.pem", "cca");
    fix = first_fix(sides);
    assert_string_equal(fix->summary, "let orders send Clients CA too, by presenting orders-complete.pem");
    assert_string_equal(fix->commands[0], "cat orders.pem cas/clients-ca.pem > orders-complete.pem");
    assert_null(fix->commands[1]);
    assert_false(fix->widens_trust);
}

static void
intermediate_among_others_is_cut_out_by_its_lines(void **state)
{
    struct two_sides *sides = *state;
    const struct mtl_material *also;
    const char *expected;

    two_sides_present(sides, MTL_CLIENT, "client");
    two_sides_also(sides, "it's all.pem", "sca cca sroot");
    also = sides->question.also[0];
    expected =
        mtl_arena_printf(sides->arena, "{ cat orders.pem; sed -n '%u,%up' 'it'\\''s all.pem'; } > orders-complete.pem",
                         also->certs[1].source.line, also->certs[1].source.end_line);
    assert_string_equal(first_fix(sides)->commands[0], expected);
}

static void
namesake_of_the_missing_issuer_is_not_taken_for_it(void **state)
{
    struct two_sides *sides = *state;

    two_sides_mint(sides, "mimic issuer=croot subject=\"CN=Clients CA\" ca ku=keyCertSign");
    two_sides_present(sides, MTL_CLIENT, "client");
    two_sides_also(sides, "mimic.pem", "mimic");
    expect_no_fix(sides);
}

static void
trusting_the_new_root_besides_the_old_one_says_that_it_widens_trust(void **state)
{
    struct two_sides *sides = *state;
    const struct mtl_transcript *transcript;
    const struct mtl_fix *fix;

    two_sides_mint(sides, "oldroot self-signed subject=\"CN=Clients Root\" ca ku=keyCertSign");
    two_sides_trust(sides, MTL_SERVER, "oldroot");
    two_sides_also(sides, "clients-2026.pem", "croot");
    fix = first_fix(sides);
    assert_string_equal(fix->commands[0], "cat clients-ca.pem clients-2026.pem > clients-ca-and-clients-2026.pem");
    assert_true(fix->widens_trust);
    transcript = two_sides_predict(sides, MTL_TLS13);
    assert_int_equal(transcript->fix_count, 2);
    assert_string_equal(transcript->fixes[1].summary,
                        "let payments trust clients-2026.pem instead of clients-ca.pem, once no peer needs that any "
                        "more");
    assert_string_equal(transcript->headline,
                        "payments will reject orders' client certificate: payments trusts a CA of the same name, but "
                        "with another key");
}

static void
directory_without_hashed_names_is_to_be_hashed(void **state)
{
    struct two_sides *sides = *state;
    struct mtl_material directory = *sides->question.sides[MTL_SERVER].trusts;

    directory.is_directory = true;
    directory.path = "cas";
    sides->question.sides[MTL_SERVER].trusts = &directory;
    assert_string_equal(first_fix(sides)->commands[0], "openssl rehash cas");
    assert_string_equal(two_sides_predict(sides, MTL_TLS13)->headline,
                        "payments will reject orders' client certificate: payments finds no CA in cas: its files are "
                        "not named after their hashes");
}

static void
root_above_a_trusted_intermediate_is_added(void **state)
{
    struct two_sides *sides = *state;

    two_sides_trust(sides, MTL_CLIENT, "sca");
    two_sides_also(sides, "servers-root.pem", "sroot");
    assert_string_equal(first_fix(sides)->commands[0],
                        "cat servers-ca.pem servers-root.pem > servers-ca-and-servers-root.pem");
}

static void
root_and_intermediate_missing_together_are_one_fix(void **state)
{
    struct two_sides *sides = *state;
    const struct mtl_fix *fix;

    two_sides_present(sides, MTL_CLIENT, "client");
    two_sides_trust(sides, MTL_SERVER, "sroot");
    two_sides_also(sides, "all.pem", "cca croot");
    fix = first_fix(sides);
    assert_non_null(fix->commands[0]);
    assert_non_null(fix->commands[1]);
    assert_true(fix->widens_trust);
}

static void
renewed_intermediate_replaces_the_expired_one(void **state)
{
    struct two_sides *sides = *state;
    const struct mtl_fix *fix;

    two_sides_mint(sides, "oldca issuer=croot subject=\"CN=Clients CA\" ca ku=keyCertSign key-of=cca "
                          "not-after=2026-06-01");
    two_sides_present(sides, MTL_CLIENT, "client oldca");
    two_sides_also(sides, "renewed.pem", "cca");
    fix = first_fix(sides);
    assert_non_null(strstr(fix->summary, "the renewed certificate of Clients CA"));
    assert_false(fix->widens_trust);
}

static void
right_root_is_put_before_its_namesake(void **state)
{
    struct two_sides *sides = *state;
    const struct mtl_fix *fix;

    two_sides_mint(sides, "root self-signed subject=\"CN=Twin\" ca ski=none aki=none");
    two_sides_mint(sides, "twin self-signed subject=\"CN=Twin\" ca ski=none aki=none");
    two_sides_mint(sides, "leaf issuer=root subject=CN=orders aki=none");
    two_sides_present(sides, MTL_CLIENT, "leaf");
    two_sides_trust(sides, MTL_SERVER, "twin root");
    assert_int_equal(two_sides_predict(sides, MTL_TLS13)->reason, MTL_REASON_SIGNATURE);
    fix = first_fix(sides);
    assert_non_null(strstr(fix->commands[0], "> clients-ca-ordered.pem"));
    assert_false(fix->widens_trust);
}

static void
namesake_of_the_intermediate_is_left_out(void **state)
{
    struct two_sides *sides = *state;

    two_sides_mint(sides, "cca2 issuer=croot subject=\"CN=Twin CA\" ca ski=none");
    two_sides_mint(sides, "twin issuer=croot subject=\"CN=Twin CA\" ca ski=none");
    two_sides_mint(sides, "leaf issuer=cca2 subject=CN=orders aki=none");
    two_sides_present(sides, MTL_CLIENT, "leaf twin cca2");
    assert_int_equal(two_sides_predict(sides, MTL_TLS13)->reason, MTL_REASON_SIGNATURE);
    assert_string_equal(first_fix(sides)->summary, "let orders send orders, Twin CA and nothing else");
}

/* ---- leaves, keys, order -------------------------------------------------------------------------------------- */

static void
leaf_that_is_not_first_is_put_first(void **state)
{
    struct two_sides *sides = *state;
    const struct mtl_fix *fix;

    two_sides_present(sides, MTL_SERVER, "sca server");
    sides->question.sides[MTL_SERVER].key = two_sides_file(sides, "payments.key", "key:server");
    fix = first_fix(sides);
    assert_non_null(strstr(fix->commands[0], "> payments-ordered.pem"));
    sides->question.sides[MTL_SERVER].key = NULL;
    fix = first_fix(sides);
    assert_non_null(strstr(fix->commands[0], "> payments-ordered.pem"));
}

static void
right_key_among_other_files_is_named(void **state)
{
    struct two_sides *sides = *state;

    sides->question.sides[MTL_CLIENT].key = two_sides_file(sides, "old.key", "key:cca");
    expect_no_fix(sides);
    two_sides_also(sides, "new.key", "key:client");
    assert_string_equal(first_fix(sides)->summary, "let orders use the key new.key");
}

static void
reissued_leaf_is_found_and_its_key_with_it(void **state)
{
    struct two_sides *sides = *state;

    two_sides_mint(sides, "wrong issuer=cca subject=CN=orders eku=serverAuth");
    two_sides_present(sides, MTL_CLIENT, "wrong cca");
    two_sides_also(sides, "reissued.pem", "client cca");
    expect_no_fix(sides); /* nobody has its key */
    two_sides_also(sides, "reissued.key", "key:client");
    assert_string_equal(first_fix(sides)->summary, "let orders present reissued.pem with the key reissued.key");
}

static void
client_without_certificate_is_given_one_that_lies_there(void **state)
{
    struct two_sides *sides = *state;

    sides->question.sides[MTL_CLIENT].presents = NULL;
    two_sides_also(sides, "orders.pem", "client cca key:client");
    assert_string_equal(first_fix(sides)->summary, "let orders present orders.pem with the key orders.pem");
}

static void
server_without_certificate_is_given_one_that_lies_there(void **state)
{
    struct two_sides *sides = *state;

    sides->question.sides[MTL_SERVER].presents = NULL;
    two_sides_also(sides, "payments.pem", "server sca key:server");
    assert_string_equal(first_fix(sides)->summary, "let payments present payments.pem with the key payments.pem");
}

static void
chain_too_large_to_be_taken_is_cut_to_what_is_needed(void **state)
{
    struct two_sides *sides = *state;
    struct mtl_text items = {.arena = sides->arena};

    mtl_text_add(&items, "client cca");
    for (size_t i = 0; i < 300; i++)
        mtl_text_add(&items, " sroot");
    two_sides_present(sides, MTL_CLIENT, items.text);
    assert_int_equal(two_sides_predict(sides, MTL_TLS13)->reason, MTL_REASON_TOO_LARGE);
    assert_string_equal(first_fix(sides)->commands[0],
                        mtl_arena_printf(sides->arena, "sed -n '1,%up' orders.pem > orders-clean.pem",
                                         sides->question.sides[MTL_CLIENT].presents->certs[1].source.end_line));
}

/* ---- settings ------------------------------------------------------------------------------------------------- */

static void
name_that_the_certificate_bears_is_offered(void **state)
{
    struct two_sides *sides = *state;

    sides->question.server_name = "payments.old.example";
    assert_string_equal(first_fix(sides)->summary,
                        "let orders connect to payments.example, a name that the certificate bears");
}

static void
depth_is_raised_no_further_than_needed(void **state)
{
    struct two_sides *sides = *state;
    const struct mtl_fix *fix;

    sides->question.sides[MTL_SERVER].depth = 0;
    fix = first_fix(sides);
    assert_string_equal(fix->summary, "raise the verify depth of payments from 0 to 1");
    assert_true(fix->widens_trust);
}

static void
certificate_of_tomorrow_is_worth_waiting_for(void **state)
{
    struct two_sides *sides = *state;

    two_sides_mint(sides, "early issuer=cca subject=CN=orders not-before=2026-12-01");
    two_sides_present(sides, MTL_CLIENT, "early cca");
    assert_string_equal(first_fix(sides)->summary, "wait until 2026-12-01T00:00:00Z");
}

static void
missing_crl_is_found_among_other_files(void **state)
{
    struct two_sides *sides = *state;

    two_sides_mint(sides, "crl leafcrl issuer=cca");
    two_sides_mint(sides, "crl rootcrl issuer=croot");
    sides->question.sides[MTL_SERVER].crls = two_sides_file(sides, "crls.pem", "rootcrl");
    expect_no_fix(sides);
    two_sides_also(sides, "new.crl", "leafcrl");
    assert_non_null(strstr(first_fix(sides)->summary, "new.crl:1"));
}

/* ---- one fix is not always enough ----------------------------------------------------------------------------- */

static void
fix_that_only_gets_further_says_what_comes_next(void **state)
{
    struct two_sides *sides = *state;
    const struct mtl_transcript *transcript;

    sides->question.server_name = "payments.old.example";
    two_sides_trust(sides, MTL_SERVER, "sroot");
    transcript = two_sides_predict(sides, MTL_TLS13);
    assert_int_equal(transcript->rejected_by, MTL_CLIENT);
    assert_int_equal(transcript->fix_count, 1);
    assert_string_equal(transcript->fixes[0].result,
                        "with it, the next obstacle is: payments will reject orders' client certificate: payments "
                        "neither trusts nor is sent the issuer of Clients CA");
}

static void
change_that_gets_no_further_is_not_offered(void **state)
{
    struct two_sides *sides = *state;

    /* the intermediate is found, but the leaf is for another purpose: the same judgement rejects it again */
    two_sides_mint(sides, "wrong issuer=cca subject=CN=orders eku=serverAuth");
    two_sides_present(sides, MTL_CLIENT, "wrong");
    two_sides_also(sides, "cca.pem", "cca");
    expect_no_fix(sides);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, two_sides_set_up, two_sides_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(missing_intermediate_in_another_file_is_appended),
        TEST(intermediate_among_others_is_cut_out_by_its_lines),
        TEST(namesake_of_the_missing_issuer_is_not_taken_for_it),
        TEST(trusting_the_new_root_besides_the_old_one_says_that_it_widens_trust),
        TEST(directory_without_hashed_names_is_to_be_hashed),
        TEST(root_above_a_trusted_intermediate_is_added),
        TEST(root_and_intermediate_missing_together_are_one_fix),
        TEST(renewed_intermediate_replaces_the_expired_one),
        TEST(right_root_is_put_before_its_namesake),
        TEST(namesake_of_the_intermediate_is_left_out),
        TEST(leaf_that_is_not_first_is_put_first),
        TEST(right_key_among_other_files_is_named),
        TEST(reissued_leaf_is_found_and_its_key_with_it),
        TEST(client_without_certificate_is_given_one_that_lies_there),
        TEST(server_without_certificate_is_given_one_that_lies_there),
        TEST(chain_too_large_to_be_taken_is_cut_to_what_is_needed),
        TEST(name_that_the_certificate_bears_is_offered),
        TEST(depth_is_raised_no_further_than_needed),
        TEST(certificate_of_tomorrow_is_worth_waiting_for),
        TEST(missing_crl_is_found_among_other_files),
        TEST(fix_that_only_gets_further_says_what_comes_next),
        TEST(change_that_gets_no_further_is_not_offered),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
