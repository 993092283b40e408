/* Names against libcrypto: what decodes, what is equal, how directories hash it. SPDX-License-Identifier: Apache-2.0 */
#include "cert/cert.h"
#include "cert/name.h"
#include "support/der.h"
#include "support/random.h"

#include <openssl/err.h>
#include <openssl/x509.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* ---- random names --------------------------------------------------------------------------------------------- */

/* Each row is one word to OpenSSL. */
static const char *const words[][4] = {
    {"Acme", "acme", " ACME", "aCMe  "},
    {"Acme Corp", "acme\tcorp", "ACME \r\n CORP", " acme  corp "},
    {"x", "X", " x", "X\x0b"},
    {"", " ", "\n", "  "},
    {"a b c", "A B  C",
     "a\x0c"
     "B c",
     "\ta b c\t"},
};
static const uint8_t string_types[] = {0x0c, 0x13, 0x16, 0x14, 0x1e, 0x1c, 0x12};
static const uint8_t odd_types[] = {0x03, 0x30, 0x1a, 0x04, 0x02, 0x07, 0x15, 0x1b, 0x0a, 0x17, 0x08, 0x1d};
static const char *const types[] = {"\x55\x04\x03", "\x55\x04\x0a", "\x55\x04\x06",
                                    "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x01", "\x09\x92\x26\x89\x93\xf2\x2c\x64\x01\x19"};

/* text as characters of width octets. */
static void
put_wide_text(struct der *out, uint8_t tag, const char *text, size_t width)
{
    size_t mark = der_open(out, tag);

    for (; *text != '\0'; text++) {
        der_raw(out, mtl_slice_of("\0\0\0", width - 1));
        der_raw(out, mtl_slice_of(text, 1));
    }
    der_close(out, mark);
}

/* Every content that a string type can hold or cannot hold. */
static void
put_noise(struct der *out, struct test_random *random, uint8_t tag)
{
    static const char *const pieces[] = {
        "\xc3\xa4", "\xe4",     "\xf0\x9f\x98\x80", "\x00", "\xed\xa0\x80", "\xd8\x00", "\x00\x41", "A",
        " ",        "\xc0\x80", "\x00\x01\x00\x41", "\xff"};
    static const size_t sizes[] = {2, 1, 4, 1, 3, 2, 2, 1, 1, 2, 4, 1};
    size_t mark = der_open(out, tag), count = random_below(random, 4);

    for (size_t i = 0; i < count; i++) {
        size_t pick = random_below(random, sizeof(sizes) / sizeof(*sizes));
        der_raw(out, mtl_slice_of(pieces[pick], sizes[pick]));
    }
    der_close(out, mark);
}

/* shape decides what the name says, style how it is written. */
struct writer {
    struct der *out;
    struct test_random shape, style;
    bool noisy;
};

static void
put_value(struct writer *writer)
{
    const char *const *word = RANDOM_PICK(&writer->shape, words);
    const char *text = word[random_below(&writer->style, 4)];
    uint8_t tag = RANDOM_PICK(&writer->style, string_types);

    if (writer->noisy && random_chance(&writer->shape, 10))
        tag = RANDOM_PICK(&writer->shape, odd_types);
    if (writer->noisy && random_chance(&writer->shape, 20))
        put_noise(writer->out, &writer->style, tag);
    else
        put_wide_text(writer->out, tag, text, tag == DER_BMP_STRING ? 2 : tag == DER_UNIVERSAL_STRING ? 4 : 1);
}

static void
put_rdn(struct writer *writer)
{
    size_t rdn = der_open(writer->out, DER_SET);
    size_t count = random_chance(&writer->shape, 5) ? 0 : 1 + random_below(&writer->shape, 2);

    for (size_t i = 0; i < count; i++) {
        size_t attribute = der_open(writer->out, DER_SEQUENCE);
        der_text(writer->out, DER_OID, RANDOM_PICK(&writer->shape, types));
        put_value(writer);
        der_close(writer->out, attribute);
    }
    der_close(writer->out, rdn);
}

static void
put_random_name(struct der *out, uint64_t shape, uint64_t style, bool noisy)
{
    struct writer writer = {.out = out, .shape = {shape}, .style = {style}, .noisy = noisy};
    size_t name = der_open(out, DER_SEQUENCE), count = random_below(&writer.shape, 3);

    for (size_t i = 0; i < count; i++)
        put_rdn(&writer);
    der_close(out, name);
}

static X509_NAME *
judge_decodes(struct mtl_slice der)
{
    const unsigned char *at = der.data;
    X509_NAME *name = d2i_X509_NAME(NULL, &at, (long)der.size);

    ERR_clear_error();
    return name;
}

static bool
we_decode(struct mtl_slice der)
{
    struct mtl_der_notes notes = {0};
    struct mtl_der reader = mtl_der_reader(der, &notes);
    struct mtl_slice name;
    uint64_t hash;

    if (!mtl_name_read(&reader, &name, &hash))
        return false;
    assert_int_equal(name.size, der.size);
    assert_true(hash == mtl_name_hash(der));
    return true;
}

/* ---- tests ---------------------------------------------------------------------------------------------------- */

static void
same_names_decode_as_in_libcrypto(void **state)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct der out = der_new(arena);
    size_t good = 0, count = 40000;
    (void)state;

    for (size_t i = 0; i < count; i++) {
        out.size = 0;
        put_random_name(&out, i, ~i, true);
        X509_NAME *judge = judge_decodes(der_slice(&out));
        assert_int_equal(we_decode(der_slice(&out)), judge != NULL);
        assert_true(judge == NULL || (X509_NAME_entry_count(judge) == 0) == mtl_name_is_empty(der_slice(&out)));
        good += judge != NULL;
        X509_NAME_free(judge);
    }
    print_message("%zu names, %zu decode\n", count, good);
    assert_true(good > count / 10 && good < count);
    mtl_arena_free(arena);
}

static void
pairs_are_equal_as_in_libcrypto(bool noisy, uint64_t seed)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct der first = der_new(arena), second = der_new(arena);
    size_t equal = 0, count = 60000;

    for (size_t i = 0; i < count; i++) {
        first.size = 0;
        second.size = 0;
        put_random_name(&first, seed + i, 2 * i, noisy);
        put_random_name(&second, seed + i + (i % 4 == 0), 2 * i + 1, noisy);
        struct mtl_slice a = der_slice(&first), b = der_slice(&second);
        X509_NAME *x = judge_decodes(a), *y = judge_decodes(b);
        if (x != NULL && y != NULL) {
            bool same = X509_NAME_cmp(x, y) == 0;
            assert_int_equal(mtl_name_equal(a, b), same);
            assert_int_equal(mtl_name_hash(a) == mtl_name_hash(b), same);
            equal += same && X509_NAME_entry_count(x) > 0;
        }
        X509_NAME_free(x);
        X509_NAME_free(y);
    }
    print_message("%zu pairs, %zu equal\n", count, equal);
    assert_true(equal > count / 20 && equal < count / 2);
    mtl_arena_free(arena);
}

static void
plain_names_are_equal_as_in_libcrypto(void **state)
{
    (void)state;
    pairs_are_equal_as_in_libcrypto(false, 2);
}

static void
noisy_names_are_equal_as_in_libcrypto(void **state)
{
    (void)state;
    pairs_are_equal_as_in_libcrypto(true, 3);
}

static void
directory_hash_is_that_of_libcrypto(void **state)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct der out = der_new(arena);
    uint32_t hash;
    (void)state;

    for (size_t i = 0; i < 20000; i++) {
        out.size = 0;
        put_random_name(&out, i, ~i, i % 2 == 0);
        X509_NAME *judge = judge_decodes(der_slice(&out));
        assert_int_equal(mtl_name_openssl_hash(der_slice(&out), &hash), judge != NULL);
        if (judge != NULL)
            assert_int_equal(hash, X509_NAME_hash_ex(judge, NULL, NULL, NULL));
        X509_NAME_free(judge);
    }
    mtl_arena_free(arena);
}

static void
put_attribute(struct der *out, const char *type, uint8_t tag, struct mtl_slice value)
{
    size_t rdn = der_open(out, DER_SET), attribute = der_open(out, DER_SEQUENCE);

    der_text(out, DER_OID, type);
    der_value(out, tag, value);
    der_close(out, attribute);
    der_close(out, rdn);
}

/* The buffer on the stack holds 1 KiB: lengths around it, and those at which a DER length grows. */
static void
long_names_are_compared_whole(void **state)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct der out = der_new(arena);
    static char text[3000];
    static const size_t lengths[] = {100, 125, 126, 127, 128, 129,  250,  255, 256,
                                     480, 500, 511, 512, 513, 1023, 1024, 2500};
    (void)state;

    memset(text, 0xe4, sizeof(text)); /* grows in UTF-8 */
    for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++) {
        uint32_t hash;
        out.size = 0;
        size_t name = der_open(&out, DER_SEQUENCE);
        put_attribute(&out, types[0], DER_T61_STRING, mtl_slice_of(text, lengths[i]));
        put_attribute(&out, types[1], DER_T61_STRING, mtl_slice_of(text, lengths[i]));
        der_close(&out, name);
        X509_NAME *judge = judge_decodes(der_slice(&out));
        assert_int_equal(mtl_name_openssl_hash(der_slice(&out), &hash), judge != NULL);
        if (judge != NULL)
            assert_int_equal(hash, X509_NAME_hash_ex(judge, NULL, NULL, NULL));
        X509_NAME_free(judge);
    }
    mtl_arena_free(arena);
}

static void
text_is_escaped_and_safe(void **state)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct der out = der_new(arena);
    (void)state;

    size_t name = der_open(&out, DER_SEQUENCE);
    put_attribute(&out, types[0], 0x0c, mtl_slice_text("or,d\"e+rs\n\x1b[2J"));
    put_attribute(&out, types[1], 0x14, mtl_slice_text("#\xe4 "));
    put_attribute(&out, "\x2a\x03\x04", 0x13, mtl_slice_text("x"));
    der_close(&out, name);
    assert_string_equal(mtl_name_text(arena, der_slice(&out)),
                        "CN=or\\,d\\\"e\\+rs\\x0A\\x1B[2J, O=\\#\xc3\xa4\\ , 1.2.3.4=x");
    assert_string_equal(mtl_name_label(arena, der_slice(&out)), "or,d\"e+rs\\x0A\\x1B[2J");
    mtl_arena_free(arena);
}

static void
label_falls_back_to_the_last_attribute(void **state)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct der out = der_new(arena);
    (void)state;

    size_t name = der_open(&out, DER_SEQUENCE);
    put_attribute(&out, types[2], 0x13, mtl_slice_text("DE"));
    put_attribute(&out, types[1], 0x0c, mtl_slice_text("Acme"));
    der_close(&out, name);
    assert_string_equal(mtl_name_label(arena, der_slice(&out)), "Acme");
    assert_string_equal(mtl_name_text(arena, der_slice(&out)), "C=DE, O=Acme");
    assert_string_equal(mtl_name_label(arena, mtl_slice_of("\x30\x00", 2)), "(empty name)");
    assert_string_equal(mtl_name_text(arena, mtl_slice_of("\x30\x00", 2)), "");
    mtl_arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_names_decode_as_in_libcrypto),
        cmocka_unit_test(plain_names_are_equal_as_in_libcrypto),
        cmocka_unit_test(noisy_names_are_equal_as_in_libcrypto),
        cmocka_unit_test(directory_hash_is_that_of_libcrypto),
        cmocka_unit_test(long_names_are_compared_whole),
        cmocka_unit_test(text_is_escaped_and_safe),
        cmocka_unit_test(label_falls_back_to_the_last_attribute),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
