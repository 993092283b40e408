/*
 * The prediction against what RFC 8446, RFC 5246 and libssl 3.0.22 do: outcome, side, alert, moment, messages.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/two_sides.h"

static void
expect_rejection(const struct mtl_transcript *transcript, enum mtl_role by, enum mtl_reason reason, uint8_t alert,
                 enum mtl_moment moment, const char *at_message)
{
    assert_int_equal(transcript->outcome, MTL_HANDSHAKE_REJECTED);
    assert_int_equal(transcript->rejected_by, by);
    assert_string_equal(mtl_reason_slug(transcript->reason), mtl_reason_slug(reason));
    assert_int_equal(transcript->alert, alert);
    assert_int_equal(transcript->surface, alert == 0 ? MTL_SURFACE_NONE : MTL_SURFACE_ALERT);
    assert_int_equal(transcript->moment, moment);
    if (at_message == NULL)
        assert_null(transcript->at_message);
    else
        assert_string_equal(transcript->at_message, at_message);
}

/* ---- what works ----------------------------------------------------------------------------------------------- */

static void
working_pair_is_established_with_the_messages_of_the_rfcs(void **state)
{
    struct two_sides *sides = *state;
    const struct mtl_transcript *tls12 = two_sides_predict(sides, MTL_TLS12);
    const struct mtl_transcript *tls13 = two_sides_predict(sides, MTL_TLS13);

    assert_int_equal(tls12->outcome, MTL_ESTABLISHED);
    assert_int_equal(tls13->outcome, MTL_ESTABLISHED);
    assert_int_equal(tls12->client_sends, 1);
    assert_null(tls13->at_message);
    /* RFC 5246 7.3, with the ticket of RFC 5077 3.3 */
    assert_string_equal(two_sides_ladder(sides, tls12),
                        "C: ClientHello S: ServerHello Certificate ServerKeyExchange CertificateRequest "
                        "ServerHelloDone C: Certificate ClientKeyExchange CertificateVerify ChangeCipherSpec Finished "
                        "S: NewSessionTicket ChangeCipherSpec Finished");
    /* RFC 8446 2 */
    assert_string_equal(two_sides_ladder(sides, tls13),
                        "C: ClientHello S: ServerHello EncryptedExtensions CertificateRequest Certificate "
                        "CertificateVerify Finished C: Certificate CertificateVerify Finished S: NewSessionTicket");
}

static void
server_that_verifies_nobody_asks_for_no_certificate_and_gets_none(void **state)
{
    struct two_sides *sides = *state;
    const struct mtl_transcript *transcript;

    sides->question.sides[MTL_SERVER].verify = MTL_VERIFY_NONE;
    two_sides_trust(sides, MTL_SERVER, "sroot");
    transcript = two_sides_predict(sides, MTL_TLS13);
    assert_int_equal(transcript->outcome, MTL_ESTABLISHED);
    assert_int_equal(transcript->client_sends, 0);
    assert_null(strstr(two_sides_ladder(sides, transcript), "CertificateRequest"));
    assert_string_equal(transcript->client_sends_reason, "payments does not ask for one");
}

static void
client_that_verifies_nothing_accepts_anything(void **state)
{
    struct two_sides *sides = *state;

    sides->question.sides[MTL_CLIENT].verify = MTL_VERIFY_NONE;
    sides->question.server_name = "another.example";
    two_sides_trust(sides, MTL_CLIENT, "croot");
    assert_int_equal(two_sides_predict(sides, MTL_TLS12)->outcome, MTL_ESTABLISHED);
}

static void
optional_verification_takes_no_certificate_but_not_a_bad_one(void **state)
{
    struct two_sides *sides = *state;
    const struct mtl_material *presents = sides->question.sides[MTL_CLIENT].presents;

    sides->question.sides[MTL_SERVER].verify = MTL_VERIFY_OPTIONAL;
    sides->question.sides[MTL_CLIENT].presents = NULL;
    assert_int_equal(two_sides_predict(sides, MTL_TLS13)->outcome, MTL_ESTABLISHED);
    assert_int_equal(two_sides_predict(sides, MTL_TLS13)->client_sends, 0);

    sides->question.sides[MTL_CLIENT].presents = presents;
    two_sides_trust(sides, MTL_SERVER, "sroot");
    expect_rejection(two_sides_predict(sides, MTL_TLS13), MTL_SERVER, MTL_REASON_NO_ISSUER, 48,
                     MTL_MOMENT_AFTER_HANDSHAKE, "client Certificate");
}

/* ---- the two versions ----------------------------------------------------------------------------------------- */

static void
tls13_client_learns_of_its_rejection_only_after_the_handshake(void **state)
{
    struct two_sides *sides = *state;
    const struct mtl_transcript *tls12, *tls13;

    two_sides_trust(sides, MTL_SERVER, "sroot");
    tls12 = two_sides_predict(sides, MTL_TLS12);
    tls13 = two_sides_predict(sides, MTL_TLS13);
    expect_rejection(tls12, MTL_SERVER, MTL_REASON_NO_ISSUER, 48, MTL_MOMENT_HANDSHAKE, "client Certificate");
    expect_rejection(tls13, MTL_SERVER, MTL_REASON_NO_ISSUER, 48, MTL_MOMENT_AFTER_HANDSHAKE, "client Certificate");
    assert_string_equal(two_sides_ladder(sides, tls12),
                        "C: ClientHello S: ServerHello Certificate ServerKeyExchange CertificateRequest "
                        "ServerHelloDone C: Certificate ClientKeyExchange CertificateVerify ChangeCipherSpec Finished "
                        "S: Alert");
    assert_string_equal(two_sides_ladder(sides, tls13),
                        "C: ClientHello S: ServerHello EncryptedExtensions CertificateRequest Certificate "
                        "CertificateVerify Finished C: Certificate CertificateVerify Finished S: Alert");
    assert_int_equal(tls13->native->native_code, 20);
    assert_int_equal(tls13->native_depth, 1);
    assert_int_equal(tls13->certificate_index, 1);
    assert_int_equal(tls13->certificate->source.ordinal, 2);
}

static void
missing_client_certificate_is_alert_40_in_tls12_and_116_in_tls13(void **state)
{
    struct two_sides *sides = *state;

    sides->question.sides[MTL_CLIENT].presents = NULL;
    expect_rejection(two_sides_predict(sides, MTL_TLS12), MTL_SERVER, MTL_REASON_NO_CERTIFICATE, 40,
                     MTL_MOMENT_HANDSHAKE, "client Certificate");
    expect_rejection(two_sides_predict(sides, MTL_TLS13), MTL_SERVER, MTL_REASON_NO_CERTIFICATE, 116,
                     MTL_MOMENT_AFTER_HANDSHAKE, "client Certificate");
    /* RFC 8446 4.4.2: an empty Certificate is sent, and no CertificateVerify */
    assert_string_equal(two_sides_ladder(sides, two_sides_predict(sides, MTL_TLS13)),
                        "C: ClientHello S: ServerHello EncryptedExtensions CertificateRequest Certificate "
                        "CertificateVerify Finished C: Certificate Finished S: Alert");
}

static void
client_judges_the_server_before_it_sends_its_own_certificate(void **state)
{
    struct two_sides *sides = *state;
    const struct mtl_transcript *transcript;

    two_sides_trust(sides, MTL_CLIENT, "croot");
    two_sides_trust(sides, MTL_SERVER, "sroot");
    for (int tls = MTL_TLS12; tls <= MTL_TLS13; tls++) {
        transcript = two_sides_predict(sides, (enum mtl_tls)tls);
        expect_rejection(transcript, MTL_CLIENT, MTL_REASON_NO_ISSUER, 48, MTL_MOMENT_HANDSHAKE, "server Certificate");
        assert_int_equal(transcript->client_sends, 0);
        assert_null(transcript->verdict[MTL_SERVER]);
    }
}

static void
wrong_name_is_bad_certificate_by_the_client(void **state)
{
    struct two_sides *sides = *state;

    sides->question.server_name = "10.0.0.1";
    expect_rejection(two_sides_predict(sides, MTL_TLS13), MTL_CLIENT, MTL_REASON_ADDRESS_MISMATCH, 42,
                     MTL_MOMENT_HANDSHAKE, "server Certificate");
    sides->question.server_name = "another.example";
    expect_rejection(two_sides_predict(sides, MTL_TLS12), MTL_CLIENT, MTL_REASON_NAME_MISMATCH, 42,
                     MTL_MOMENT_HANDSHAKE, "server Certificate");
}

/* ---- what is not known ---------------------------------------------------------------------------------------- */

static void
side_without_trust_is_not_judged_and_the_outcome_says_so(void **state)
{
    struct two_sides *sides = *state;
    const struct mtl_transcript *transcript;

    sides->question.sides[MTL_SERVER].trusts = NULL;
    transcript = two_sides_predict(sides, MTL_TLS13);
    assert_int_equal(transcript->outcome, MTL_UNDETERMINED);
    assert_string_equal(transcript->why_undetermined,
                        "what payments trusts was not given, so its judgement of orders is left out");
    assert_true(transcript->verdict[MTL_CLIENT]->accepted);
}

static void
rejection_behind_an_unjudged_side_rests_on_a_stated_assumption(void **state)
{
    struct two_sides *sides = *state;
    const struct mtl_transcript *transcript;

    sides->question.sides[MTL_CLIENT].trusts = NULL;
    two_sides_trust(sides, MTL_SERVER, "sroot");
    transcript = two_sides_predict(sides, MTL_TLS12);
    expect_rejection(transcript, MTL_SERVER, MTL_REASON_NO_ISSUER, 48, MTL_MOMENT_HANDSHAKE, "client Certificate");
    assert_string_equal(transcript->assumptions[0], "orders accepts payments: what orders trusts was not given");
}

static void
reason_the_stack_has_no_row_for_is_undetermined(void **state)
{
    struct two_sides *sides = *state;
    struct mtl_stack stack = *sides->question.sides[MTL_SERVER].stack;

    stack.reason_count = 0;
    sides->question.sides[MTL_SERVER].stack = &stack;
    two_sides_trust(sides, MTL_SERVER, "sroot");
    assert_int_equal(two_sides_predict(sides, MTL_TLS13)->outcome, MTL_UNDETERMINED);
}

/* ---- what a side sends ---------------------------------------------------------------------------------------- */

/* statem_lib.c ssl_add_cert_chain() */
static void
lone_leaf_is_completed_up_to_the_root_from_the_sides_own_trust(void **state)
{
    struct two_sides *sides = *state;
    const struct mtl_transcript *transcript;

    two_sides_present(sides, MTL_SERVER, "server");
    transcript = two_sides_predict(sides, MTL_TLS13);
    assert_int_equal(transcript->sent[MTL_SERVER].count, 1);
    expect_rejection(transcript, MTL_CLIENT, MTL_REASON_NO_ISSUER, 48, MTL_MOMENT_HANDSHAKE, "server Certificate");

    two_sides_trust(sides, MTL_SERVER, "croot sca sroot");
    transcript = two_sides_predict(sides, MTL_TLS13);
    assert_int_equal(transcript->outcome, MTL_ESTABLISHED);
    assert_int_equal(transcript->sent[MTL_SERVER].count, 3);
}

static void
chain_of_two_is_sent_as_it_is(void **state)
{
    struct two_sides *sides = *state;

    two_sides_trust(sides, MTL_SERVER, "croot sca sroot");
    assert_int_equal(two_sides_predict(sides, MTL_TLS13)->sent[MTL_SERVER].count, 2);
}

/* ssl_rsa.c use_certificate_chain_file(): only the first certificate may be a TRUSTED CERTIFICATE. */
static void
trusted_block_behind_the_leaf_is_not_sent(void **state)
{
    struct two_sides *sides = *state;

    two_sides_present(sides, MTL_SERVER, "server+trust=serverAuth sca");
    assert_int_equal(two_sides_predict(sides, MTL_TLS13)->sent[MTL_SERVER].count, 2);
    two_sides_present(sides, MTL_SERVER, "server sca+trust=serverAuth");
    assert_int_equal(two_sides_predict(sides, MTL_TLS13)->sent[MTL_SERVER].count, 1);
    assert_int_equal(two_sides_predict(sides, MTL_TLS13)->outcome, MTL_HANDSHAKE_REJECTED);
}

static void
certificate_in_der_is_taken_to_be_converted(void **state)
{
    struct two_sides *sides = *state;
    struct mtl_slice der = mint_find(&sides->mint, "server")->der;
    const struct mtl_transcript *transcript;

    two_sides_trust(sides, MTL_SERVER, "croot sca sroot");
    sides->question.sides[MTL_SERVER].presents = mtl_material_parse(sides->arena, "payments.der", der);
    transcript = two_sides_predict(sides, MTL_TLS13);
    assert_int_equal(transcript->outcome, MTL_ESTABLISHED);
    for (size_t i = 0; transcript->assumptions[i] != NULL; i++)
        if (strstr(transcript->assumptions[i], "payments.der converted to PEM") != NULL)
            return;
    fail();
}

/* A completed chain is held to the security level when it is sent: internal_error, after what came before it. */
static void
weak_root_in_own_trust_breaks_the_sending_of_a_lone_leaf(void **state)
{
    struct two_sides *sides = *state;
    const struct mtl_transcript *transcript;

    two_sides_mint(sides, "weakroot self-signed subject=\"CN=Weak Root\" ca key=rsa:1024");
    two_sides_mint(sides, "leaf issuer=weakroot subject=CN=payments dns=payments.example");
    two_sides_present(sides, MTL_SERVER, "leaf");
    two_sides_trust(sides, MTL_SERVER, "croot weakroot");
    transcript = two_sides_predict(sides, MTL_TLS12);
    expect_rejection(transcript, MTL_SERVER, MTL_REASON_OWN_CHAIN_WEAK, 80, MTL_MOMENT_HANDSHAKE, "server Certificate");
    assert_string_equal(two_sides_ladder(sides, transcript), "C: ClientHello S: ServerHello Alert");
    assert_string_equal(transcript->server_sees[0], "error:0A00018D:SSL routines::ca key too small");
    assert_string_equal(transcript->client_sees[0], "error:0A000438:SSL routines::tlsv1 alert internal error");
}

static void
client_that_heeds_ca_names_withholds_a_certificate_of_another_ca(void **state)
{
    struct two_sides *sides = *state;
    struct mtl_stack stack = *sides->question.sides[MTL_CLIENT].stack;
    const struct mtl_transcript *transcript;

    stack.heeds_ca_names = true;
    sides->question.sides[MTL_CLIENT].stack = &stack;
    assert_int_equal(two_sides_predict(sides, MTL_TLS13)->client_sends, 1);
    two_sides_trust(sides, MTL_SERVER, "sroot");
    transcript = two_sides_predict(sides, MTL_TLS13);
    assert_int_equal(transcript->client_sends, 0);
    expect_rejection(transcript, MTL_SERVER, MTL_REASON_NO_CERTIFICATE, 116, MTL_MOMENT_AFTER_HANDSHAKE,
                     "client Certificate");
}

static void
server_that_always_asks_judges_what_it_gets(void **state)
{
    struct two_sides *sides = *state;
    struct mtl_stack stack = *sides->question.sides[MTL_SERVER].stack;

    sides->question.sides[MTL_SERVER].stack = &stack;
    sides->question.sides[MTL_SERVER].verify = MTL_VERIFY_NONE;
    two_sides_trust(sides, MTL_SERVER, "sroot");
    assert_int_equal(two_sides_predict(sides, MTL_TLS12)->outcome, MTL_ESTABLISHED);
    stack.always_asks = true;
    expect_rejection(two_sides_predict(sides, MTL_TLS12), MTL_SERVER, MTL_REASON_NO_ISSUER, 48, MTL_MOMENT_HANDSHAKE,
                     "client Certificate");
    two_sides_present(sides, MTL_CLIENT, "");
    assert_int_equal(two_sides_predict(sides, MTL_TLS12)->outcome, MTL_ESTABLISHED);
}

/* libssl: SSL_MAX_CERT_LIST_DEFAULT, checked before anything is judged, even by a side that verifies nothing. */
static void
chain_above_100_kib_is_illegal_parameter(void **state)
{
    struct two_sides *sides = *state;
    struct mtl_text items = {.arena = sides->arena};
    const struct mtl_transcript *transcript;
    size_t size = 0;

    mtl_text_add(&items, "server sca");
    for (size_t i = 0; i < 300; i++)
        mtl_text_add(&items, " sroot");
    two_sides_present(sides, MTL_SERVER, items.text);
    for (size_t i = 0; i < 302; i++)
        size += sides->question.sides[MTL_SERVER].presents->certs[i].cert->der.size;
    assert_true(size > 100 * 1024);
    sides->question.sides[MTL_CLIENT].verify = MTL_VERIFY_NONE;
    transcript = two_sides_predict(sides, MTL_TLS12);
    expect_rejection(transcript, MTL_CLIENT, MTL_REASON_TOO_LARGE, 47, MTL_MOMENT_HANDSHAKE, "server Certificate");
    assert_string_equal(transcript->client_sees[0], "error:0A000098:SSL routines::excessive message size");
    sides->question.sides[MTL_SERVER].presents = sides->question.sides[MTL_CLIENT].presents;
    assert_int_equal(two_sides_predict(sides, MTL_TLS12)->outcome, MTL_ESTABLISHED);
}

/* ---- programs that do not start ------------------------------------------------------------------------------- */

static void
key_of_another_certificate_keeps_the_program_from_starting(void **state)
{
    struct two_sides *sides = *state;
    const struct mtl_transcript *transcript;

    sides->question.sides[MTL_SERVER].key = two_sides_file(sides, "payments.key", "key:client");
    transcript = two_sides_predict(sides, MTL_TLS13);
    expect_rejection(transcript, MTL_SERVER, MTL_REASON_KEY_MISMATCH, 0, MTL_MOMENT_NONE, NULL);
    assert_true(transcript->local);
    assert_int_equal(transcript->event_count, 0);
    assert_string_equal(transcript->headline,
                        "payments will not start: the private key does not belong to its certificate");
    sides->question.sides[MTL_SERVER].key = two_sides_file(sides, "payments.key", "key:server");
    assert_int_equal(two_sides_predict(sides, MTL_TLS13)->outcome, MTL_ESTABLISHED);
}

static void
leaf_below_the_security_level_keeps_its_own_program_from_starting(void **state)
{
    static const struct {
        const char *line;
        enum mtl_reason reason;
    } cases[] = {
        {"weak1 issuer=cca subject=CN=orders key=rsa:1024", MTL_REASON_LEAF_KEY_WEAK},
        {"weak2 issuer=cca subject=CN=orders digest=sha1", MTL_REASON_WEAK_DIGEST},
        {"weak3 issuer=cca subject=CN=orders malformed=eku", MTL_REASON_MALFORMED},
        {"weak4 issuer=cca subject=CN=orders key=x25519", MTL_REASON_NO_SHARED_ALGORITHM},
        {"weak5 issuer=cca subject=CN=orders spki=3013300d06092a864886f70d0101010500030200ff",
         MTL_REASON_LEAF_KEY_WEAK}, /* an RSA key that is none */
    };
    struct two_sides *sides = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        two_sides_mint(sides, cases[i].line);
        two_sides_present(sides, MTL_CLIENT, mtl_arena_printf(sides->arena, "weak%zu cca", i + 1));
        expect_rejection(two_sides_predict(sides, MTL_TLS13), MTL_CLIENT, cases[i].reason, 0, MTL_MOMENT_NONE, NULL);
    }
}

static void
broken_block_in_a_trust_file_keeps_its_program_from_starting(void **state)
{
    struct two_sides *sides = *state;
    struct mtl_slice good = mint_pem(&sides->mint, "sroot");
    const char *text =
        mtl_arena_printf(sides->arena, "%.*s-----BEGIN CERTIFICATE-----\nMIIB!\n-----END CERTIFICATE-----\n",
                         (int)good.size, (const char *)good.data);
    const struct mtl_transcript *transcript;

    sides->question.sides[MTL_CLIENT].trusts = mtl_material_parse(sides->arena, "ca.pem", mtl_slice_text(text));
    transcript = two_sides_predict(sides, MTL_TLS12);
    expect_rejection(transcript, MTL_CLIENT, MTL_REASON_UNDECODABLE, 0, MTL_MOMENT_NONE, NULL);
    assert_string_equal(transcript->broken_block->source.path, "ca.pem");
    assert_true(transcript->broken_block->source.line > 1);
}

/* ---- keys that cannot sign ------------------------------------------------------------------------------------ */

static void
server_without_a_usable_certificate_is_alert_40_in_tls12_and_70_in_tls13(void **state)
{
    struct two_sides *sides = *state;

    two_sides_mint(sides, "odd issuer=sca subject=CN=payments dns=payments.example key=ec:secp256k1");
    two_sides_present(sides, MTL_SERVER, "odd sca");
    expect_rejection(two_sides_predict(sides, MTL_TLS12), MTL_SERVER, MTL_REASON_NO_SHARED_ALGORITHM, 40,
                     MTL_MOMENT_HANDSHAKE, "ClientHello");
    expect_rejection(two_sides_predict(sides, MTL_TLS13), MTL_SERVER, MTL_REASON_NO_SHARED_ALGORITHM, 70,
                     MTL_MOMENT_HANDSHAKE, "ClientHello");
    sides->question.sides[MTL_SERVER].presents = NULL;
    expect_rejection(two_sides_predict(sides, MTL_TLS12), MTL_SERVER, MTL_REASON_NO_CERTIFICATE, 40,
                     MTL_MOMENT_HANDSHAKE, "ClientHello");
    expect_rejection(two_sides_predict(sides, MTL_TLS13), MTL_SERVER, MTL_REASON_NO_CERTIFICATE, 70,
                     MTL_MOMENT_HANDSHAKE, "ClientHello");
}

static void
client_with_an_odd_curve_is_refused_in_tls12_and_withholds_in_tls13(void **state)
{
    struct two_sides *sides = *state;
    const struct mtl_transcript *tls13;

    two_sides_mint(sides, "odd issuer=cca subject=CN=orders key=ec:secp256k1");
    two_sides_present(sides, MTL_CLIENT, "odd cca");
    expect_rejection(two_sides_predict(sides, MTL_TLS12), MTL_SERVER, MTL_REASON_NO_SHARED_ALGORITHM, 47,
                     MTL_MOMENT_HANDSHAKE, "client CertificateVerify");
    tls13 = two_sides_predict(sides, MTL_TLS13);
    assert_int_equal(tls13->client_sends, 0);
    expect_rejection(tls13, MTL_SERVER, MTL_REASON_NO_CERTIFICATE, 116, MTL_MOMENT_AFTER_HANDSHAKE,
                     "client Certificate");
}

/* ssl_lib.c ssl_set_masks(); TLS 1.3 leaves it to the client, whose purpose check takes keyAgreement */
static void
ec_server_leaf_without_digital_signature_fails_in_tls12_only(void **state)
{
    struct two_sides *sides = *state;

    two_sides_mint(sides, "agree issuer=sca subject=CN=payments dns=payments.example ku=keyAgreement");
    two_sides_present(sides, MTL_SERVER, "agree sca");
    expect_rejection(two_sides_predict(sides, MTL_TLS12), MTL_SERVER, MTL_REASON_NO_SHARED_ALGORITHM, 40,
                     MTL_MOMENT_HANDSHAKE, "ClientHello");
    assert_int_equal(two_sides_predict(sides, MTL_TLS13)->outcome, MTL_ESTABLISHED);
    two_sides_mint(sides, "edagree issuer=sca subject=CN=payments dns=payments.example ku=keyAgreement key=ed25519");
    two_sides_present(sides, MTL_SERVER, "edagree sca");
    expect_rejection(two_sides_predict(sides, MTL_TLS12), MTL_CLIENT, MTL_REASON_NO_SHARED_ALGORITHM, 40,
                     MTL_MOMENT_HANDSHAKE, "ServerHelloDone");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, two_sides_set_up, two_sides_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(working_pair_is_established_with_the_messages_of_the_rfcs),
        TEST(server_that_verifies_nobody_asks_for_no_certificate_and_gets_none),
        TEST(client_that_verifies_nothing_accepts_anything),
        TEST(optional_verification_takes_no_certificate_but_not_a_bad_one),
        TEST(tls13_client_learns_of_its_rejection_only_after_the_handshake),
        TEST(missing_client_certificate_is_alert_40_in_tls12_and_116_in_tls13),
        TEST(client_judges_the_server_before_it_sends_its_own_certificate),
        TEST(wrong_name_is_bad_certificate_by_the_client),
        TEST(side_without_trust_is_not_judged_and_the_outcome_says_so),
        TEST(rejection_behind_an_unjudged_side_rests_on_a_stated_assumption),
        TEST(reason_the_stack_has_no_row_for_is_undetermined),
        TEST(lone_leaf_is_completed_up_to_the_root_from_the_sides_own_trust),
        TEST(chain_of_two_is_sent_as_it_is),
        TEST(trusted_block_behind_the_leaf_is_not_sent),
        TEST(certificate_in_der_is_taken_to_be_converted),
        TEST(weak_root_in_own_trust_breaks_the_sending_of_a_lone_leaf),
        TEST(client_that_heeds_ca_names_withholds_a_certificate_of_another_ca),
        TEST(server_that_always_asks_judges_what_it_gets),
        TEST(chain_above_100_kib_is_illegal_parameter),
        TEST(key_of_another_certificate_keeps_the_program_from_starting),
        TEST(leaf_below_the_security_level_keeps_its_own_program_from_starting),
        TEST(broken_block_in_a_trust_file_keeps_its_program_from_starting),
        TEST(server_without_a_usable_certificate_is_alert_40_in_tls12_and_70_in_tls13),
        TEST(client_with_an_odd_curve_is_refused_in_tls12_and_withholds_in_tls13),
        TEST(ec_server_leaf_without_digital_signature_fails_in_tls12_only),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
