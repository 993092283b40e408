/* Host names and addresses against X509_check_host() and X509_check_ip(). SPDX-License-Identifier: Apache-2.0 */
#include "cert/cert.h"
#include "support/der.h"
#include "support/random.h"
#include "support/twice.h"

#include <openssl/err.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const struct mtl_name_policy partial = {.common_name = MTL_CN_IF_NO_DNS_SAN, .wildcards = MTL_WILDCARD_PARTIAL};

/* ---- random names ----------------------------------------------------------------------------------------------- */

static const char *const labels[] = {
    "a",  "B", "www",   "xn--bcher-kva", "XN--a", "f*",       "*f", "*",  "f*f", "a-b",  "-a",
    "a-", "",  "fxyzf", "foo",           "a_b",   "\xc3\xa4", "**", "*-", "x*",  "xn--*"};
static const char *const ends[] = {"example.com", "EXAMPLE.com", "example.com.", "com", "co.uk",
                                   "example",     "x-.com",      "a..b",         ".com"};

static const char *
random_name(struct mtl_arena *arena, struct test_random *random)
{
    struct mtl_text name = {.arena = arena};
    size_t count = random_below(random, 3);

    mtl_text_add(&name, random_chance(random, 5) ? "." : "");
    for (size_t i = 0; i < count; i++)
        mtl_text_printf(&name, "%s.", RANDOM_PICK(random, labels));
    mtl_text_add(&name, RANDOM_PICK(random, ends));
    return name.text;
}

/* A name made so that it may match the pattern: stars replaced, case changed, a label more or less. */
static char *
random_host(struct mtl_arena *arena, struct test_random *random, const char *pattern)
{
    static const char *const fillings[] = {"", "x", "xyz", "*", "a.b", "a_b", "xn--x", "-", "F"};
    struct mtl_text host = {.arena = arena};

    mtl_text_add(&host, random_chance(random, 10) ? "." : random_chance(random, 10) ? "a." : "");
    for (; *pattern != '\0'; pattern++) {
        char c = *pattern;
        if (c == '*')
            mtl_text_add(&host, RANDOM_PICK(random, fillings));
        else
            mtl_text_printf(&host, "%c", random_chance(random, 10) && c >= 'a' && c <= 'z' ? c - 32 : c);
    }
    if (random_chance(random, 10) && host.size > 1)
        host.text[random_below(random, host.size)] = "a.-*x"[random_below(random, 5)];
    return host.text;
}

static void
put_common_name(struct der *out, struct test_random *random, const char *text)
{
    static const uint8_t tags[] = {DER_UTF8_STRING, DER_PRINTABLE_STRING, DER_IA5_STRING, DER_T61_STRING,
                                   DER_BMP_STRING,  DER_SEQUENCE,         DER_BIT_STRING};
    uint8_t tag = random_chance(random, 60) ? DER_PRINTABLE_STRING : RANDOM_PICK(random, tags);
    size_t set = der_open(out, DER_SET), pair = der_open(out, DER_SEQUENCE);

    der_oid(out, DER_OID, random_chance(random, 90) ? "2.5.4.3" : "2.5.4.10");
    size_t value = der_open(out, tag);
    if (tag == DER_BIT_STRING)
        der_raw(out, mtl_slice_of("", 1));
    for (const char *at = text; *at != '\0' && tag != DER_SEQUENCE; at++) {
        if (tag == DER_BMP_STRING)
            der_raw(out, mtl_slice_of("", 1));
        der_raw(out, mtl_slice_of(at, 1));
    }
    if (random_chance(random, 3) && tag != DER_SEQUENCE && tag != DER_BMP_STRING)
        der_raw(out, mtl_slice_of("\0.evil", 6));
    der_close(out, value);
    der_close(out, pair);
    der_close(out, set);
}

static struct mtl_slice
random_subject(struct mtl_arena *arena, struct test_random *random, const char *const *names)
{
    struct der out = der_new(arena);
    size_t name = der_open(&out, DER_SEQUENCE), count = random_below(random, 3);

    for (size_t i = 0; i < count; i++)
        put_common_name(&out, random, names[i]);
    der_close(&out, name);
    return der_slice(&out);
}

/* GeneralNames of the types that count and those that do not. */
static struct mtl_slice
random_alt_names(struct mtl_arena *arena, struct test_random *random, const char *const *names)
{
    struct der out = der_new(arena);
    size_t list = der_open(&out, DER_SEQUENCE), count = random_below(random, 4);

    for (size_t i = 0; i < count; i++) {
        size_t item = 0;
        switch (random_below(random, 5)) {
        case 0:
            der_value(&out, DER_CONTEXT + 7,
                      mtl_slice_of("\x7f\0\0\x01\0\0\0\0\0\0\0\0\0\0\0\1", random_chance(random, 50) ? 4 : 16));
            break;
        case 1:
            der_text(&out, DER_CONTEXT + (random_chance(random, 50) ? 1 : 6), names[i]);
            break;
        default:
            item = der_open(&out, DER_CONTEXT + 2);
            der_raw(&out, mtl_slice_text(names[i]));
            if (random_chance(random, 3))
                der_raw(&out, mtl_slice_of("\0.evil", 6));
            der_close(&out, item);
            break;
        }
    }
    der_close(&out, list);
    return der_slice(&out);
}

static struct twice
random_cert(struct mtl_arena *arena, struct key_pool *keys, struct test_random *random, const char *const *names)
{
    struct mtl_text words = {.arena = arena};

    mtl_text_add(&words, "self-signed key=ec:P-256#0");
    mtl_text_add(&words, twice_hex_word(arena, "subject=hex:", random_subject(arena, random, names)));
    if (random_chance(random, 60))
        mtl_text_add(&words, twice_hex_word(arena, "raw-san=", random_alt_names(arena, random, names)));
    if (random_chance(random, 3))
        mtl_text_add(&words, " dns=twice.example.com duplicate=san");
    return twice_mint(arena, keys, words.text);
}

/* ---- tests ------------------------------------------------------------------------------------------------------ */

/* What libssl would find with the host set by SSL_set1_host(). */
static bool
judge_names_host(X509 *cert, const char *host, unsigned flags)
{
    X509_VERIFY_PARAM *param = X509_VERIFY_PARAM_new();
    bool is_address = X509_VERIFY_PARAM_set1_ip_asc(param, host) == 1;
    bool named =
        is_address ? X509_check_ip_asc(cert, host, flags) > 0 : X509_check_host(cert, host, 0, flags, NULL) > 0;

    X509_VERIFY_PARAM_free(param);
    ERR_clear_error();
    return named;
}

static size_t
compare(const struct twice *cert, const char *host)
{
    struct mtl_name_policy whole = partial;
    bool expected = judge_names_host(cert->judge, host, 0);

    whole.wildcards = MTL_WILDCARD_WHOLE_LABEL;
    if (mtl_cert_names_host(cert->ours, host, &partial) != expected)
        fail_msg("host \"%s\": libcrypto says %d", host, expected);
    assert_int_equal(mtl_cert_names_host(cert->ours, host, &whole),
                     judge_names_host(cert->judge, host, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS));
    whole.common_name = MTL_CN_NEVER;
    assert_int_equal(mtl_cert_names_host(cert->ours, host, &whole),
                     judge_names_host(cert->judge, host,
                                      X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT));
    return expected;
}

static void
random_names_match_as_in_libcrypto(void **state)
{
    struct key_pool *keys = key_pool_new();
    struct test_random random = {11};
    size_t certs = 3000, matches = 0, comparisons = 0;
    (void)state;

    for (size_t i = 0; i < certs; i++) {
        struct mtl_arena *arena = mtl_arena_new();
        const char *names[4];
        for (size_t j = 0; j < 4; j++)
            names[j] = random_name(arena, &random);
        struct twice cert = random_cert(arena, keys, &random, names);
        if (cert.ours != NULL && cert.judge != NULL) {
            for (size_t j = 0; j < 12; j++, comparisons++)
                matches += compare(&cert, random_host(arena, &random, names[j % 4]));
            matches +=
                compare(&cert, "127.0.0.1") + compare(&cert, "7f00:1::1") + compare(&cert, "") + compare(&cert, ".");
        }
        twice_free(&cert);
        mtl_arena_free(arena);
    }
    key_pool_free(keys);
    print_message("%zu comparisons, %zu matches\n", comparisons, matches);
    assert_true(matches > comparisons / 20 && matches < comparisons / 2);
}

static void
wildcards_of_every_form_match_as_in_libcrypto(void **state)
{
    static const char *const forms[] = {"*.example.com",   "f*.example.com",  "*f.example.com",    "f*f.example.com",
                                        "*.com",           "a.*.example.com", "*.*.example.com",   "*",
                                        "**.example.com",  "*example.com",    "xn--*.example.com", "*.xn--a.com",
                                        "f-*.example.com", "*-f.example.com", "*.example.com.",    "*.a_b.com",
                                        "*.-a.com",        "*.a-.com",        "f*.a.b.c"};
    static const char *const hosts[] = {"foo.example.com",  "f.example.com",     "example.com",
                                        "a.b.example.com",  "fxf.example.com",   "xn--foo.example.com",
                                        "f*.example.com",   "*.example.com",     ".example.com",
                                        "f_o.example.com",  "a.foo.example.com", "FOO.EXAMPLE.COM",
                                        "foo.example.com.", "f.a.b.c",           "foo.com",
                                        "foo.xn--a.com",    "foo.a_b.com",       "*",
                                        "f-x.example.com",  "xf.example.com"};
    struct mtl_arena *arena = mtl_arena_new();
    struct key_pool *keys = key_pool_new();
    size_t matches = 0;
    (void)state;

    for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
        struct twice cert =
            twice_mint(arena, keys, mtl_arena_printf(arena, "self-signed key=ec:P-256#0 dns=%s", forms[i]));
        for (size_t j = 0; j < sizeof(hosts) / sizeof(*hosts); j++)
            matches += compare(&cert, hosts[j]);
        twice_free(&cert);
    }
    assert_true(matches > 20);
    key_pool_free(keys);
    mtl_arena_free(arena);
}

static void
compare_address(const char *text)
{
    ASN1_OCTET_STRING *judge = a2i_IPADDRESS(text);
    uint8_t address[16];
    size_t size;
    bool ours = mtl_host_is_address(text, address, &size);

    ERR_clear_error();
    if (ours != (judge != NULL))
        fail_msg("\"%s\": libcrypto says %d", text, judge != NULL);
    if (judge != NULL) {
        assert_int_equal(size, ASN1_STRING_length(judge));
        assert_memory_equal(address, ASN1_STRING_get0_data(judge), size);
    }
    ASN1_OCTET_STRING_free(judge);
}

static void
addresses_are_read_as_in_libcrypto(void **state)
{
    static const char *const texts[] = {"127.0.0.1",
                                        "1.2.3",
                                        "1.2.3.4.5",
                                        " 1.2.3.4",
                                        "1.2.3.4 x",
                                        "1.2.3.4x",
                                        "+1.2.3.4",
                                        "256.1.1.1",
                                        "01.02.03.04",
                                        "1. 2.3.4",
                                        "-1.2.3.4",
                                        "::",
                                        ":",
                                        ":::",
                                        "::1",
                                        "1::",
                                        "1::2",
                                        "1:2:3:4:5:6:7:8",
                                        "1:2:3:4:5:6:7:8:9",
                                        "1:2:3:4:5:6:7::",
                                        "::2:3:4:5:6:7:8",
                                        "1::2::3",
                                        "::1.2.3.4",
                                        "1:2:3:4:5:6:1.2.3.4",
                                        "::1.2.3.4:5",
                                        "12345::",
                                        "::g",
                                        "fe80::1%eth0",
                                        ":1",
                                        "1:",
                                        "",
                                        ".",
                                        "::FfFf:1.2.3.4",
                                        "::1 ",
                                        "1:2:3:4:5:6:7:1.2.3.4"};
    static const char *const pieces[] = {":", "::", "1", "ab", "ffff", "12345", "1.2.3.4", ".", "0", " ", "g", "256"};
    struct test_random random = {12};
    (void)state;

    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
        compare_address(texts[i]);
    for (size_t i = 0; i < 2000; i++) {
        struct mtl_arena *arena = mtl_arena_new();
        for (size_t j = 0; j < 100; j++) {
            struct mtl_text text = {.arena = arena};
            mtl_text_add(&text, "");
            for (size_t count = random_below(&random, 17); count > 0; count--)
                mtl_text_add(&text, random_chance(&random, 45) ? ":" : RANDOM_PICK(&random, pieces));
            compare_address(text.text);
        }
        mtl_arena_free(arena);
    }
}

static void
common_name_counts_by_policy(void **state)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct key_pool *keys = key_pool_new();
    struct mtl_name_policy no_san = {.common_name = MTL_CN_IF_NO_SAN}, never = {.common_name = MTL_CN_NEVER};
    (void)state;

    struct twice bare = twice_mint(arena, keys, "self-signed key=ec:P-256#0 subject=CN=a.example.com");
    struct twice mail = twice_mint(arena, keys, "self-signed key=ec:P-256#0 subject=CN=a.example.com email=x@y.z");
    assert_true(mtl_cert_names_host(bare.ours, "a.example.com", &no_san));
    assert_false(mtl_cert_names_host(mail.ours, "a.example.com", &no_san));
    assert_true(mtl_cert_names_host(mail.ours, "a.example.com", &partial));
    assert_false(mtl_cert_names_host(bare.ours, "a.example.com", &never));
    twice_free(&bare);
    twice_free(&mail);
    key_pool_free(keys);
    mtl_arena_free(arena);
}

static void
a_uri_may_be_a_name(void **state)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct key_pool *keys = key_pool_new();
    struct mtl_name_policy uris = {
        .common_name = MTL_CN_IF_NO_DNS_URI_OR_ADDRESS, .wildcards = MTL_WILDCARD_FIRST_LABEL, .uris_are_names = true};
    (void)state;

    struct twice named =
        twice_mint(arena, keys, "self-signed key=ec:P-256#0 subject=CN=a.example.com uri=b.example.com");
    assert_true(mtl_cert_names_host(named.ours, "b.example.com", &uris));
    assert_false(mtl_cert_names_host(named.ours, "a.example.com", &uris));
    assert_true(mtl_cert_names_host(named.ours, "a.example.com", &partial));
    assert_false(mtl_cert_names_host(named.ours, "b.example.com", &partial));
    struct twice mail = twice_mint(arena, keys, "self-signed key=ec:P-256#0 subject=CN=a.example.com email=x@y.z");
    assert_true(mtl_cert_names_host(mail.ours, "a.example.com", &uris));
    twice_free(&mail);
    twice_free(&named);
    key_pool_free(keys);
    mtl_arena_free(arena);
}

struct star_case {
    const char *pattern, *host;
    bool plainly, with_dots; /* with final dots ignored */
};

static void
compare_stars(const struct star_case *cases, size_t count, struct mtl_name_policy policy)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct key_pool *keys = key_pool_new();

    for (size_t i = 0; i < count; i++) {
        const struct star_case *c = &cases[i];
        struct twice cert = twice_mint(
            arena, keys, mtl_arena_printf(arena, "self-signed key=ec:P-256#0 subject=CN=x dns=%s", c->pattern));

        policy.final_dot_is_ignored = policy.names_may_end_in_dot = false;
        if (mtl_cert_names_host(cert.ours, c->host, &policy) != c->plainly)
            fail_msg("\"%s\" for \"%s\"", c->pattern, c->host);
        policy.final_dot_is_ignored = policy.names_may_end_in_dot = true;
        if (mtl_cert_names_host(cert.ours, c->host, &policy) != c->with_dots)
            fail_msg("\"%s\" for \"%s\", without final dots", c->pattern, c->host);
        twice_free(&cert);
    }
    key_pool_free(keys);
    mtl_arena_free(arena);
}

/* As in curl, hostcheck.c hostmatch(). */
static void
star_stands_for_any_label(void **state)
{
    static const struct star_case cases[] = {
        {"*.example.com", "a_b.example.com", true, true},   {"*.example.com", "xn--a.example.com", true, true},
        {"*.ex_ample.com", "a.ex_ample.com", true, true},   {"*.example.com", "a.b.example.com", false, false},
        {"*.example.com", "example.com", false, false},     {"*.com", "example.com", false, false},
        {"a*.example.com", "ab.example.com", false, false}, {"*.example.com", "*.example.com", true, true},
        {"a.example.com.", "a.example.com", false, true},   {"*.example.com.", "a.example.com", false, true},
        {"a.example.com..", "a.example.com", false, false}, {"*.com.", "example.com", false, false},
    };
    (void)state;
    compare_stars(cases, sizeof(cases) / sizeof(cases[0]),
                  (struct mtl_name_policy){.common_name = MTL_CN_NEVER, .wildcards = MTL_WILDCARD_ANY_LETTERS});
}

/* What tls.checkServerIdentity() of Node 20 and 24 answers, which ignores final dots. */
static void
star_stands_for_part_of_a_label(void **state)
{
    static const struct star_case cases[] = {
        {"*.example.com", "a_b.example.com", true, true},
        {"*.example.com", "xn--a.example.com", true, true},
        {"a*.example.com", "ab.example.com", true, true},
        {"*b.example.com", "ab.example.com", true, true},
        {"a*c.example.com", "abc.example.com", true, true},
        {"a*c.example.com", "ac.example.com", true, true},
        {"a*a.example.com", "a.example.com", false, false},
        {"a*b*.example.com", "axbx.example.com", false, false},
        {"*.example", "a.example", false, false},
        {"*.a.example", "b.a.example", true, true},
        {"xn--a*.example.com", "xn--ab.example.com", false, false},
        {"*xn--a.example.com", "bxn--a.example.com", false, false},
        {"a.*.example.com", "a.b.example.com", false, false},
        {"a.example.com.", "a.example.com", false, true},
        {"*.example.com.", "a.example.com", false, true},
        {"a.example.com", "a.example.com.", false, true},
        {"a.example.com..", "a.example.com", false, false},
        {"*.example.com", "a.b.example.com", false, false},
        {"a..example.com", "a..example.com", false, false},
        {"A.Example.com", "a.eXAMPLE.com", true, true},
        {"*.xn--a.example", "b.xn--a.example", true, true},
        {"a~b.example.com", "a~b.example.com", true, true},
        {"*.ex_ample.com", "a.ex_ample.com", true, true},
        {".example.com", "a.example.com", false, false},
    };
    (void)state;
    compare_stars(cases, sizeof(cases) / sizeof(cases[0]),
                  (struct mtl_name_policy){.common_name = MTL_CN_NEVER, .wildcards = MTL_WILDCARD_INSIDE});
}

/* As in NSS, certdb.c cert_TestHostName(). */
static void
star_may_end_the_first_label(void **state)
{
    static const struct star_case cases[] = {
        {"*.example.com", "a_b.example.com", true, true},   {"f*.example.com", "foo.example.com", true, true},
        {"f*.example.com", "f.example.com", true, true},    {"f*.example.com", "bar.example.com", false, false},
        {"*f.example.com", "of.example.com", false, false}, {"*.com", "example.com", false, false},
        {"*.example.", "a.example.", false, false},         {"x*.example.com", "xn--a.example.com", false, false},
        {"*.example.com", "xn--a.example.com", true, true}, {"*.*.com", "a.example.com", false, false},
    };
    (void)state;
    compare_stars(cases, sizeof(cases) / sizeof(cases[0]),
                  (struct mtl_name_policy){.common_name = MTL_CN_NEVER, .wildcards = MTL_WILDCARD_TRAILING});
}

/* X509_check_host() takes an address for a name; one of IPv6 stands in brackets in a URL. */
static void
addresses_can_be_names(void **state)
{
    static const char *const recipes[] = {
        "self-signed key=ec:P-256#0 subject=CN=2001:db8::1 ip=2001:db8::1",
        "self-signed key=ec:P-256#0 subject=CN=192.0.2.1 ip=192.0.2.1",
        "self-signed key=ec:P-256#0 subject=CN=x ip=192.0.2.1",
        "self-signed key=ec:P-256#0 subject=CN=x dns=192.0.2.1",
        "self-signed key=ec:P-256#0 subject=CN=x dns=*.0.2.1",
    };
    struct mtl_arena *arena = mtl_arena_new();
    struct key_pool *keys = key_pool_new();
    struct mtl_name_policy policy = partial, both = partial;
    (void)state;

    policy.addresses_are_texts = policy.no_ipv6_addresses = true;
    both.addresses_are_texts = both.addresses_count_too = true;
    for (size_t i = 0; i < sizeof(recipes) / sizeof(recipes[0]); i++) {
        struct twice cert = twice_mint(arena, keys, recipes[i]);

        assert_int_equal(mtl_cert_names_host(cert.ours, "192.0.2.1", &policy),
                         X509_check_host(cert.judge, "192.0.2.1", 0, 0, NULL) == 1);
        assert_int_equal(mtl_cert_names_host(cert.ours, "2001:db8::1", &policy),
                         X509_check_host(cert.judge, "[2001:db8::1]", 0, 0, NULL) == 1);
        assert_int_equal(mtl_cert_names_host(cert.ours, "192.0.2.1", &both),
                         X509_check_host(cert.judge, "192.0.2.1", 0, 0, NULL) == 1 ||
                             X509_check_ip_asc(cert.judge, "192.0.2.1", 0) == 1);
        twice_free(&cert);
    }
    key_pool_free(keys);
    mtl_arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_names_match_as_in_libcrypto),
        cmocka_unit_test(wildcards_of_every_form_match_as_in_libcrypto),
        cmocka_unit_test(addresses_are_read_as_in_libcrypto),
        cmocka_unit_test(common_name_counts_by_policy),
        cmocka_unit_test(a_uri_may_be_a_name),
        cmocka_unit_test(addresses_can_be_names),
        cmocka_unit_test(star_may_end_the_first_label),
        cmocka_unit_test(star_stands_for_any_label),
        cmocka_unit_test(star_stands_for_part_of_a_label),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
