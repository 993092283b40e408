/* Name constraints against NAME_CONSTRAINTS_check(). SPDX-License-Identifier: Apache-2.0 */
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

static const struct mtl_constraint_policy policy = {.common_name_as_dns = true, .directory_names = true};

/* ---- random names, few enough to meet --------------------------------------------------------------------------- */

static const char *const hosts[] = {
    "a.example.com", "example.com",    "EXAMPLE.com", ".example.com",          "", "b.a.example.com",
    "com",           "notexample.com", "example.org", "xn--bcher-kva.example", "."};
static const char *const mails[] = {"a@example.com",
                                    "A@example.com",
                                    "a@EXAMPLE.com",
                                    "b@a.example.com",
                                    "@example.com",
                                    "example.com",
                                    ".example.com",
                                    "",
                                    "a@b@example.com",
                                    "a.example.com",
                                    "a@",
                                    "\"a@b\"@example.com"};
static const char *const uris[] = {"http://a.example.com/",
                                   "https://example.com:443/x",
                                   "ldap://EXAMPLE.com",
                                   "http:///x",
                                   "urn:x",
                                   "example.com",
                                   ".example.com",
                                   "",
                                   "http://u@example.com/",
                                   "http://example.com/a:b",
                                   ":",
                                   "a:/",
                                   "a://",
                                   "a://."};
static const char *const mailboxes[] = {
    "\303\244@b\303\274cher.example", "a@example.com",          "\xc3\xa4", "\xc3\xa4@EXAMPLE.com",
    "\xc3\xa4@x..example.com",        "\xc3\xa4@x.example.com", "\xc3\xa4@"};
static const char *const a_labels[] = {"xn--bcher-kva.example",
                                       "example.com",
                                       ".example.com",
                                       "xn--",
                                       "xn--a-.com",
                                       "xn--99999999.com",
                                       "xn--\xc3\xa4.com",
                                       "XN--bcher-kva.example",
                                       ".xn--bcher-kva.example",
                                       "xn---a",
                                       "",
                                       "x@example.com"};

static void
put_attribute(struct der *out, const char *oid, uint8_t tag, const char *text)
{
    size_t set = der_open(out, DER_SET), pair = der_open(out, DER_SEQUENCE);

    der_oid(out, DER_OID, oid);
    der_text(out, tag, text);
    der_close(out, pair);
    der_close(out, set);
}

static void
put_name(struct der *out, struct test_random *random, bool is_subject)
{
    static const char *const words[] = {"Acme", "ACME ", "Other", "X"};
    static const char *const common_names[] = {"a.example.com",    "example.com", "single", "a_b.example.com",
                                               "-a.example.com",   "a..b",        "a.-b.c", "Jane Doe",
                                               "evil.example.org", "a."};
    size_t name = der_open(out, DER_SEQUENCE);

    for (size_t count = random_below(random, 3); count > 0; count--)
        put_attribute(out, "2.5.4.10", random_chance(random, 50) ? DER_UTF8_STRING : DER_T61_STRING,
                      RANDOM_PICK(random, words));
    if (is_subject && random_chance(random, 30))
        put_attribute(out, "1.2.840.113549.1.9.1", random_chance(random, 90) ? DER_IA5_STRING : DER_UTF8_STRING,
                      RANDOM_PICK(random, mails));
    while (is_subject && random_chance(random, 40))
        put_attribute(out, "2.5.4.3", random_chance(random, 50) ? DER_UTF8_STRING : DER_PRINTABLE_STRING,
                      RANDOM_PICK(random, common_names));
    der_close(out, name);
}

static void
put_other_name(struct der *out, struct test_random *random)
{
    bool is_mailbox = random_chance(random, 60);
    size_t name = der_open(out, DER_CONSTRUCTED);

    der_oid(out, DER_OID, is_mailbox ? "1.3.6.1.5.5.7.8.9" : random_chance(random, 50) ? "1.2.3.4" : "1.2.3.5");
    size_t value = der_open(out, DER_CONSTRUCTED);
    der_text(out, random_chance(random, 90) ? DER_UTF8_STRING : DER_IA5_STRING, RANDOM_PICK(random, mailboxes));
    der_close(out, value);
    der_close(out, name);
}

static void
put_address(struct der *out, struct test_random *random, bool is_base)
{
    static const size_t sizes[] = {4, 16, 4, 4, 16, 4, 5, 0};
    uint8_t octets[32] = {10, 0, 0, 1};
    size_t size = RANDOM_PICK(random, sizes);

    octets[random_below(random, 4)] ^= (uint8_t)random_below(random, 3);
    if (is_base) {
        memset(octets + size, 0xff, random_below(random, size + 1));
        size = random_chance(random, 95) ? 2 * size : size;
    }
    der_value(out, DER_CONTEXT + 7, mtl_slice_of(octets, size));
}

static void
put_directory(struct der *out, struct test_random *random)
{
    size_t name = der_open(out, DER_CONSTRUCTED + 4);

    put_name(out, random, false);
    der_close(out, name);
}

/* A GeneralName, as a name or as the base of a subtree. */
static void
put_general_name(struct der *out, struct test_random *random, bool is_base)
{
    switch (random_below(random, 9)) {
    case 0:
        put_other_name(out, random);
        break;
    case 1:
    case 2:
        if (is_base && random_chance(random, 40))
            der_text(out, DER_CONTEXT + 1, RANDOM_PICK(random, a_labels));
        else if (random_chance(random, 5))
            der_value(out, DER_CONTEXT + 1, mtl_slice_of("a\0@example.com", 14));
        else
            der_text(out, DER_CONTEXT + 1, RANDOM_PICK(random, mails));
        break;
    case 3:
    case 4:
        der_text(out, DER_CONTEXT + 2, RANDOM_PICK(random, hosts));
        break;
    case 5:
        put_directory(out, random);
        break;
    case 6:
        der_text(out, DER_CONTEXT + 6,
                 is_base && random_chance(random, 60) ? RANDOM_PICK(random, hosts) : RANDOM_PICK(random, uris));
        break;
    case 7:
        put_address(out, random, is_base);
        break;
    default:
        der_oid(out, DER_CONTEXT + 8, random_chance(random, 50) ? "1.2.3" : "1.2.4");
        break;
    }
}

static void
put_subtrees(struct der *out, struct test_random *random, unsigned tag, size_t count)
{
    size_t list = der_open(out, tag);

    for (; count > 0; count--) {
        size_t subtree = der_open(out, DER_SEQUENCE);
        put_general_name(out, random, true);
        if (random_chance(random, 4))
            der_integer(out, DER_CONTEXT, (int64_t)random_below(random, 3));
        if (random_chance(random, 2))
            der_integer(out, DER_CONTEXT + 1, (int64_t)random_below(random, 2));
        der_close(out, subtree);
    }
    der_close(out, list);
}

static struct twice
random_issuer(struct mtl_arena *arena, struct key_pool *keys, struct test_random *random)
{
    struct der out = der_new(arena);
    size_t constraints = der_open(&out, DER_SEQUENCE);

    if (random_chance(random, 60))
        put_subtrees(&out, random, DER_CONSTRUCTED, 1 + random_below(random, 4));
    if (random_chance(random, 60))
        put_subtrees(&out, random, DER_CONSTRUCTED + 1, 1 + random_below(random, 3));
    der_close(&out, constraints);
    return twice_mint(
        arena, keys,
        mtl_arena_printf(arena, "self-signed ca key=ec:P-256#0%s", twice_hex_word(arena, "raw-nc=", der_slice(&out))));
}

static struct twice
random_subject(struct mtl_arena *arena, struct key_pool *keys, struct test_random *random)
{
    struct der name = der_new(arena), list = der_new(arena);
    const char *san = "";

    put_name(&name, random, true);
    if (random_chance(random, 80)) {
        size_t names = der_open(&list, DER_SEQUENCE);
        for (size_t count = 1 + random_below(random, 2); count > 0; count--)
            put_general_name(&list, random, false);
        der_close(&list, names);
        san = twice_hex_word(arena, "raw-san=", der_slice(&list));
    }
    return twice_mint(arena, keys,
                      mtl_arena_printf(arena, "self-signed key=ec:P-256#0%s%s",
                                       twice_hex_word(arena, "subject=hex:", der_slice(&name)), san));
}

/* ---- the judge -------------------------------------------------------------------------------------------------- */

static bool
has_dns_name(X509 *cert)
{
    GENERAL_NAMES *names = X509_get_ext_d2i(cert, NID_subject_alt_name, NULL, NULL);
    bool found = false;

    for (int i = 0; i < sk_GENERAL_NAME_num(names); i++)
        found = found || sk_GENERAL_NAME_value(names, i)->type == GEN_DNS;
    GENERAL_NAMES_free(names);
    return found;
}

/* As check_name_constraints() of x509_vfy.c puts the two together for a leaf. */
static int
judge_constraints(X509 *issuer, X509 *cert)
{
    NAME_CONSTRAINTS *constraints = X509_get_ext_d2i(issuer, NID_name_constraints, NULL, NULL);

    assert_non_null(constraints);
    (void)X509_get_extension_flags(cert); /* reads the names */
    int code = NAME_CONSTRAINTS_check(cert, constraints);
    if (code == X509_V_OK && !has_dns_name(cert))
        code = NAME_CONSTRAINTS_check_CN(cert, constraints);
    NAME_CONSTRAINTS_free(constraints);
    ERR_clear_error();
    return code == X509_V_ERR_OUT_OF_MEM ? X509_V_ERR_UNSPECIFIED : code;
}

static int
code_of(enum mtl_constraint_outcome outcome)
{
    static const int codes[] = {
        [MTL_CONSTRAINT_OK] = X509_V_OK,
        [MTL_CONSTRAINT_PERMITTED] = X509_V_ERR_PERMITTED_VIOLATION,
        [MTL_CONSTRAINT_EXCLUDED] = X509_V_ERR_EXCLUDED_VIOLATION,
        [MTL_CONSTRAINT_MINMAX] = X509_V_ERR_SUBTREE_MINMAX,
        [MTL_CONSTRAINT_TYPE] = X509_V_ERR_UNSUPPORTED_CONSTRAINT_TYPE,
        [MTL_CONSTRAINT_SYNTAX] = X509_V_ERR_UNSUPPORTED_CONSTRAINT_SYNTAX,
        [MTL_CONSTRAINT_NAME_SYNTAX] = X509_V_ERR_UNSUPPORTED_NAME_SYNTAX,
        [MTL_CONSTRAINT_TOO_MANY] = X509_V_ERR_UNSPECIFIED,
    };

    return codes[outcome];
}

static int
compare(const struct twice *issuer, const struct twice *cert)
{
    struct mtl_general_name name = {0};
    enum mtl_constraint_outcome outcome = mtl_cert_check_constraints(issuer->ours, cert->ours, true, &policy, &name);
    int expected = judge_constraints(issuer->judge, cert->judge);

    assert_int_equal(code_of(outcome), expected);
    if (outcome != MTL_CONSTRAINT_OK && outcome != MTL_CONSTRAINT_TOO_MANY)
        assert_true(name.value.data >= cert->der.data && name.value.data < cert->der.data + cert->der.size);
    return expected;
}

/* ---- tests ------------------------------------------------------------------------------------------------------ */

static void
random_constraints_decide_as_in_libcrypto(void **state)
{
    struct key_pool *keys = key_pool_new();
    struct test_random random = {13};
    size_t counts[128] = {0}, pairs = 0;
    (void)state;

    for (size_t round = 0; round < 120; round++) {
        struct mtl_arena *arena = mtl_arena_new();
        struct twice issuers[30], certs[30];
        for (size_t i = 0; i < 30; i++) {
            issuers[i] = random_issuer(arena, keys, &random);
            certs[i] = random_subject(arena, keys, &random);
            assert_true(issuers[i].judge == NULL || issuers[i].ours != NULL);
        }
        for (size_t i = 0; i < 900; i++) {
            struct twice *issuer = &issuers[i / 30], *cert = &certs[i % 30];
            if (issuer->ours == NULL || cert->ours == NULL)
                continue;
            counts[compare(issuer, cert)]++;
            pairs++;
        }
        for (size_t i = 0; i < 30; i++) {
            twice_free(&issuers[i]);
            twice_free(&certs[i]);
        }
        mtl_arena_free(arena);
    }
    key_pool_free(keys);
    print_message(
        "%zu pairs: %zu ok, %zu permitted, %zu excluded, %zu range, %zu type, %zu name syntax, %zu unspecified\n",
        pairs, counts[X509_V_OK], counts[X509_V_ERR_PERMITTED_VIOLATION], counts[X509_V_ERR_EXCLUDED_VIOLATION],
        counts[X509_V_ERR_SUBTREE_MINMAX], counts[X509_V_ERR_UNSUPPORTED_CONSTRAINT_TYPE],
        counts[X509_V_ERR_UNSUPPORTED_NAME_SYNTAX], counts[X509_V_ERR_UNSPECIFIED]);
    assert_true(pairs > 50000 && counts[X509_V_OK] > 1000 && counts[X509_V_ERR_PERMITTED_VIOLATION] > 1000);
    assert_true(counts[X509_V_ERR_EXCLUDED_VIOLATION] > 1000 && counts[X509_V_ERR_SUBTREE_MINMAX] > 100);
    assert_true(counts[X509_V_ERR_UNSUPPORTED_CONSTRAINT_TYPE] > 100 && counts[X509_V_ERR_UNSPECIFIED] > 100);
    assert_true(counts[X509_V_ERR_UNSUPPORTED_NAME_SYNTAX] > 1000);
}

static const char *
many_names(struct mtl_arena *arena, const char *word, unsigned tag, size_t count, bool are_subtrees)
{
    struct der out = der_new(arena);
    size_t outer = der_open(&out, DER_SEQUENCE), list = are_subtrees ? der_open(&out, tag) : 0;

    for (size_t i = 0; i < count; i++) {
        size_t subtree = are_subtrees ? der_open(&out, DER_SEQUENCE) : 0;
        der_text(&out, DER_CONTEXT + 2, "a.b");
        if (are_subtrees)
            der_close(&out, subtree);
    }
    if (are_subtrees)
        der_close(&out, list);
    der_close(&out, outer);
    return twice_hex_word(arena, word, der_slice(&out));
}

static void
comparisons_are_limited_as_in_libcrypto(void **state)
{
    static const size_t sizes[][2] = {{1024, 1023}, {1024, 1024}, {1025, 1023}, {1025, 1024}, {1, 4096}};
    struct mtl_arena *arena = mtl_arena_new();
    struct key_pool *keys = key_pool_new();
    size_t refused = 0;
    (void)state;

    for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
        struct twice issuer =
            twice_mint(arena, keys,
                       mtl_arena_printf(arena, "self-signed ca key=ec:P-256#0%s",
                                        many_names(arena, "raw-nc=", DER_CONSTRUCTED, sizes[i][0], true)));
        struct twice cert = twice_mint(arena, keys,
                                       mtl_arena_printf(arena, "self-signed key=ec:P-256#0 subject=CN=x%s",
                                                        many_names(arena, "raw-san=", 0, sizes[i][1], false)));
        refused += compare(&issuer, &cert) == X509_V_ERR_UNSPECIFIED;
        twice_free(&issuer);
        twice_free(&cert);
    }
    assert_int_equal(refused, 3);
    key_pool_free(keys);
    mtl_arena_free(arena);
}

static void
directory_names_can_be_a_type_that_is_not_understood(void **state)
{
    struct mtl_constraint_policy without = policy;
    struct mtl_arena *arena = mtl_arena_new();
    struct key_pool *keys = key_pool_new();
    struct twice issuer = twice_mint(arena, keys, "self-signed ca key=ec:P-256#0 permit=dir:O=x");
    struct twice cert = twice_mint(arena, keys, "self-signed key=ec:P-256#0 subject=O=x,CN=y");
    (void)state;

    without.directory_names = false;
    assert_int_equal(mtl_cert_check_constraints(issuer.ours, cert.ours, true, &policy, NULL), MTL_CONSTRAINT_OK);
    assert_int_equal(mtl_cert_check_constraints(issuer.ours, cert.ours, true, &without, NULL), MTL_CONSTRAINT_TYPE);
    twice_free(&issuer);
    twice_free(&cert);
    key_pool_free(keys);
    mtl_arena_free(arena);
}

/* As rustls-webpki 0.103 decides: subject_name/mod.rs, dns_name.rs, ip_address.rs. */
static void
names_can_be_constrained_by_other_rules(void **state)
{
    static const struct mtl_constraint_policy webpki = {.in_turn = true};
    static const struct {
        const char *constraints, *names;
        enum mtl_constraint_outcome openssl, other;
    } cases[] = {
        {"exclude=dns:host.example.com", "dns=*.example.com", MTL_CONSTRAINT_OK, MTL_CONSTRAINT_EXCLUDED},
        {"exclude=dns:a.host.example.com", "dns=*.example.com", MTL_CONSTRAINT_OK, MTL_CONSTRAINT_OK},
        {"exclude=dns:host.example.org", "dns=*.example.com", MTL_CONSTRAINT_OK, MTL_CONSTRAINT_OK},
        {"permit=dns:host.example.com", "dns=*.example.com", MTL_CONSTRAINT_PERMITTED, MTL_CONSTRAINT_PERMITTED},
        {"permit=dir:O=x", "subject=O=x,CN=y dns=a", MTL_CONSTRAINT_OK, MTL_CONSTRAINT_PERMITTED},
        {"exclude=dir:O=z", "subject=O=x,CN=y dns=a", MTL_CONSTRAINT_OK, MTL_CONSTRAINT_EXCLUDED},
        /* the minimum of 0 is the default, which DER does not write */
        {"permit=dns:a@min=0", "dns=a", MTL_CONSTRAINT_OK, MTL_CONSTRAINT_SYNTAX},
        {"permit=email:b@min=0", "dns=a", MTL_CONSTRAINT_OK, MTL_CONSTRAINT_SYNTAX},
        /* what is wrong first is said first */
        {"permit=dns:b permit=email:b@min=0", "dns=a", MTL_CONSTRAINT_PERMITTED, MTL_CONSTRAINT_SYNTAX},
        {"permit=dns:b exclude=email:b@min=0", "dns=a", MTL_CONSTRAINT_PERMITTED, MTL_CONSTRAINT_PERMITTED},
        {"permit=ip:10.0.0.0/8", "san=iphex:0102", MTL_CONSTRAINT_NAME_SYNTAX, MTL_CONSTRAINT_SYNTAX},
        {"exclude=email:example.org", "subject=CN=y email=a@example.com", MTL_CONSTRAINT_OK, MTL_CONSTRAINT_TYPE},
        {"exclude=email:example.org", "subject=CN=y dns=a", MTL_CONSTRAINT_OK, MTL_CONSTRAINT_OK},
        {"permit=ip:10.0.0.0/8", "ip=10.1.0.1", MTL_CONSTRAINT_OK, MTL_CONSTRAINT_OK},
        /* 10.0.0.0 with the mask 255.0.255.0 */
        {"raw-nc=300ea00c300a87080a000000ff00ff00", "ip=10.1.0.1", MTL_CONSTRAINT_OK, MTL_CONSTRAINT_NAME_SYNTAX},
    };
    struct mtl_arena *arena = mtl_arena_new();
    struct key_pool *keys = key_pool_new();
    (void)state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct twice issuer =
            twice_mint(arena, keys, mtl_arena_printf(arena, "self-signed ca key=ec:P-256#0 %s", cases[i].constraints));
        struct twice cert =
            twice_mint(arena, keys, mtl_arena_printf(arena, "self-signed key=ec:P-256#0 %s", cases[i].names));

        assert_int_equal(mtl_cert_check_constraints(issuer.ours, cert.ours, true, &policy, NULL), cases[i].openssl);
        assert_int_equal(mtl_cert_check_constraints(issuer.ours, cert.ours, true, &webpki, NULL), cases[i].other);
        twice_free(&issuer);
        twice_free(&cert);
    }
    key_pool_free(keys);
    mtl_arena_free(arena);
}

/* As wolfSSL 5.5 decides: asn.c MatchBaseName(), DecodeAltNames(). */
static void
dns_constraints_can_be_endings(void **state)
{
    static const struct mtl_constraint_policy endings = {
        .dns_by_ending = true, .alt_names_are_dns = true, .ignored_types = 1U << MTL_GN_IP};
    static const struct {
        const char *constraints, *names;
        enum mtl_constraint_outcome outcome;
    } cases[] = {{"permit=dns:a.example", "dns=xa.example", MTL_CONSTRAINT_OK},
                 {"permit=dns:a.example", "dns=a.example ip=10.0.0.1", MTL_CONSTRAINT_PERMITTED},
                 {"permit=ip:10.0.0.0/8", "ip=11.0.0.1", MTL_CONSTRAINT_OK}};
    struct mtl_arena *arena = mtl_arena_new();
    struct key_pool *keys = key_pool_new();

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct twice issuer =
            twice_mint(arena, keys, mtl_arena_printf(arena, "self-signed ca %s", cases[i].constraints));
        struct twice cert = twice_mint(arena, keys, mtl_arena_printf(arena, "self-signed %s", cases[i].names));

        assert_int_equal(mtl_cert_check_constraints(issuer.ours, cert.ours, true, &endings, NULL), cases[i].outcome);
        twice_free(&issuer);
        twice_free(&cert);
    }
    key_pool_free(keys);
    mtl_arena_free(arena);
}

/* Of a leaf by both policies, then of a CA. */
static void
common_names_can_be_read_strictly(void **state)
{
    static const struct mtl_constraint_policy strict = {.common_name_as_dns = true, .common_names_are_strict = true};
    static const struct {
        const char *name;
        enum mtl_constraint_outcome openssl, strict, of_ca;
    } cases[] = {
        {"a.example.com", MTL_CONSTRAINT_OK, MTL_CONSTRAINT_OK, MTL_CONSTRAINT_OK},
        {"a.example.org", MTL_CONSTRAINT_PERMITTED, MTL_CONSTRAINT_PERMITTED, MTL_CONSTRAINT_PERMITTED},
        {"*.example.org", MTL_CONSTRAINT_OK, MTL_CONSTRAINT_PERMITTED, MTL_CONSTRAINT_PERMITTED},
        {"b\303\274cher.example", MTL_CONSTRAINT_OK, MTL_CONSTRAINT_NAME_SYNTAX, MTL_CONSTRAINT_NAME_SYNTAX},
        {"b\303\274cher", MTL_CONSTRAINT_OK, MTL_CONSTRAINT_OK, MTL_CONSTRAINT_OK},
        {"single", MTL_CONSTRAINT_OK, MTL_CONSTRAINT_OK, MTL_CONSTRAINT_OK},
        {"a/b.example", MTL_CONSTRAINT_OK, MTL_CONSTRAINT_OK, MTL_CONSTRAINT_OK},
    };
    struct mtl_arena *arena = mtl_arena_new();
    struct key_pool *keys = key_pool_new();
    struct twice issuer = twice_mint(arena, keys, "self-signed ca key=ec:P-256#0 permit=dns:example.com");
    (void)state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct twice cert =
            twice_mint(arena, keys, mtl_arena_printf(arena, "self-signed key=ec:P-256#0 subject=CN=%s", cases[i].name));

        assert_int_equal(mtl_cert_check_constraints(issuer.ours, cert.ours, true, &policy, NULL), cases[i].openssl);
        assert_int_equal(mtl_cert_check_constraints(issuer.ours, cert.ours, true, &strict, NULL), cases[i].strict);
        assert_int_equal(mtl_cert_check_constraints(issuer.ours, cert.ours, false, &policy, NULL), MTL_CONSTRAINT_OK);
        assert_int_equal(mtl_cert_check_constraints(issuer.ours, cert.ours, false, &strict, NULL), cases[i].of_ca);
        twice_free(&cert);
    }
    twice_free(&issuer);
    key_pool_free(keys);
    mtl_arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_constraints_decide_as_in_libcrypto),
        cmocka_unit_test(comparisons_are_limited_as_in_libcrypto),
        cmocka_unit_test(directory_names_can_be_a_type_that_is_not_understood),
        cmocka_unit_test(names_can_be_constrained_by_other_rules),
        cmocka_unit_test(dns_constraints_can_be_endings),
        cmocka_unit_test(common_names_can_be_read_strictly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
