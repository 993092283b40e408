/*
 * The words of the OpenSSL stack against libcrypto and libssl themselves: every code, text and phrase.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include "stack/stack.h"

static const struct mtl_stack *
openssl(void)
{
    const struct mtl_stack *stack = mtl_stack_find("openssl-3.0");

    assert_non_null(stack);
    OPENSSL_init_ssl(OPENSSL_INIT_LOAD_SSL_STRINGS | OPENSSL_INIT_LOAD_CRYPTO_STRINGS, NULL);
    return stack;
}

static void
texts_of_native_errors_are_those_of_libcrypto(void **state)
{
    const struct mtl_stack *stack = openssl();

    (void)state;
    assert_true(stack->reason_count > 30);
    for (size_t i = 0; i < stack->reason_count; i++)
        assert_string_equal(stack->reasons[i].native_text,
                            X509_verify_cert_error_string(stack->reasons[i].native_code));
}

static void
lines_for_received_alerts_are_those_of_libssl(void **state)
{
    const struct mtl_stack *stack = openssl();

    (void)state;
    for (size_t i = 0; i < stack->alert_word_count; i++) {
        const struct mtl_stack_alert_words *words = &stack->alert_words[i];

        assert_int_equal(words->number, ERR_PACK(ERR_LIB_SSL, 0, SSL_AD_REASON_OFFSET + words->code));
        assert_string_equal(words->phrase, ERR_reason_error_string(words->number));
    }
}

static bool
has_alert_words(const struct mtl_stack *stack, uint8_t code)
{
    for (size_t i = 0; i < stack->alert_word_count; i++)
        if (stack->alert_words[i].code == code)
            return true;
    return false;
}

static void
every_alert_the_stack_sends_has_words_on_the_other_side(void **state)
{
    const struct mtl_stack *stack = openssl();

    (void)state;
    for (size_t i = 0; i < stack->reason_count; i++)
        for (size_t role = 0; role < 2; role++)
            for (size_t tls = 0; tls < MTL_TLS_COUNT; tls++)
                assert_true(has_alert_words(stack, stack->reasons[i].alert[role][tls]));
    for (size_t tls = 0; tls < MTL_TLS_COUNT; tls++) {
        assert_true(has_alert_words(stack, stack->no_certificate_alert[tls]));
        assert_true(has_alert_words(stack, stack->no_shared_algorithm_alert[tls]));
    }
    assert_true(has_alert_words(stack, stack->own_chain_weak_alert));
}

/* "error:0A00018F:SSL routines::ee key too small" must be what ERR_error_string_n() makes of the number in it. */
static void
expect_error_line(const char *line)
{
    unsigned long number;
    char text[256], *end;

    if (line == NULL || strncmp(line, "error:", 6) != 0 || strchr(line, '{') != NULL)
        return;
    number = strtoul(line + 6, &end, 16);
    assert_int_equal(*end, ':');
    ERR_error_string_n(number, text, sizeof(text));
    assert_string_equal(line, text);
}

static void
error_lines_are_those_of_the_error_queue(void **state)
{
    const struct mtl_stack *stack = openssl();
    const struct mtl_stack_words *words = &stack->words;

    (void)state;
    for (size_t i = 0; i < stack->own_word_count; i++)
        for (size_t tls = 0; tls < MTL_TLS_COUNT; tls++)
            expect_error_line(stack->own_words[i].line[tls]);
    for (size_t i = 0; i < 4; i++) {
        expect_error_line(words->rejects_server[i]);
        expect_error_line(words->rejects_client[i]);
        expect_error_line(words->no_certificate[i]);
        expect_error_line(words->not_for_signing[i]);
    }
    expect_error_line(words->wrong_curve);
    expect_error_line(words->too_large);
}

static void
alert_names_are_those_of_the_rfc(void **state)
{
    /* RFC 8446 B.2 */
    static const struct {
        uint8_t code;
        const char *name;
    } alerts[] = {
        {40, "handshake_failure"},       {42, "bad_certificate"},
        {43, "unsupported_certificate"}, {44, "certificate_revoked"},
        {45, "certificate_expired"},     {46, "certificate_unknown"},
        {47, "illegal_parameter"},       {48, "unknown_ca"},
        {49, "access_denied"},           {50, "decode_error"},
        {51, "decrypt_error"},           {70, "protocol_version"},
        {80, "internal_error"},          {116, "certificate_required"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(alerts) / sizeof(alerts[0]); i++)
        assert_string_equal(mtl_alert_name(alerts[i].code), alerts[i].name);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_of_native_errors_are_those_of_libcrypto),
        cmocka_unit_test(lines_for_received_alerts_are_those_of_libssl),
        cmocka_unit_test(every_alert_the_stack_sends_has_words_on_the_other_side),
        cmocka_unit_test(error_lines_are_those_of_the_error_queue),
        cmocka_unit_test(alert_names_are_those_of_the_rfc),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
