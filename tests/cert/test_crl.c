/* CRLs against libcrypto: fields, look-up, scope, signatures. SPDX-License-Identifier: Apache-2.0 */
#include "cert/cert.h"
#include "support/der.h"
#include "support/mint.h"
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

#define NOW 1798761600 /* 2027-01-01 */

/* ---- a random CRL ----------------------------------------------------------------------------------------------- */

struct writer {
    struct mtl_arena *arena;
    struct der out;
    struct test_random *random;
    const struct minted *root;
};

static bool
chance(struct writer *writer, unsigned percent)
{
    return random_chance(writer->random, percent);
}

static void
put_attribute(struct der *out, const char *oid, const char *text)
{
    size_t pair = der_open(out, DER_SEQUENCE);

    der_oid(out, DER_OID, oid);
    der_text(out, DER_UTF8_STRING, text);
    der_close(out, pair);
}

/* CN=R, then up to two more RDNs. */
static void
put_name(struct writer *writer)
{
    static const char *const words[] = {"R", "r ", "Q"};
    size_t name = der_open(&writer->out, DER_SEQUENCE), set = der_open(&writer->out, DER_SET);

    put_attribute(&writer->out, "2.5.4.3", RANDOM_PICK(writer->random, words));
    der_close(&writer->out, set);
    for (size_t count = random_below(writer->random, 3); count > 0; count--) {
        set = der_open(&writer->out, DER_SET);
        put_attribute(&writer->out, "2.5.4.11", "x");
        der_close(&writer->out, set);
    }
    der_close(&writer->out, name);
}

static void
put_general_names(struct writer *writer, unsigned tag, unsigned percent_of_directories)
{
    static const char *const uris[] = {"http://a/crl", "http://b/crl", "http://a/CRL"};
    size_t list = der_open(&writer->out, tag);

    for (size_t count = 1 + random_below(writer->random, 2); count > 0; count--) {
        if (chance(writer, percent_of_directories)) {
            size_t directory = der_open(&writer->out, DER_CONSTRUCTED + 4);
            put_name(writer);
            der_close(&writer->out, directory);
        } else {
            der_text(&writer->out, DER_CONTEXT + (chance(writer, 80) ? 6 : 2), RANDOM_PICK(writer->random, uris));
        }
    }
    der_close(&writer->out, list);
}

static void
put_point_name(struct writer *writer)
{
    size_t outer = der_open(&writer->out, DER_CONSTRUCTED);

    if (chance(writer, 30)) {
        size_t relative = der_open(&writer->out, DER_CONSTRUCTED + 1);
        for (size_t count = random_below(writer->random, 3); count > 0; count--)
            put_attribute(&writer->out, "2.5.4.11", chance(writer, 70) ? "x" : "y");
        der_close(&writer->out, relative);
    } else {
        put_general_names(writer, DER_CONSTRUCTED, 40);
    }
    der_close(&writer->out, outer);
}

static void
put_extension(struct writer *writer, const char *oid, bool critical, struct mtl_slice value)
{
    size_t extension = der_open(&writer->out, DER_SEQUENCE);

    der_oid(&writer->out, DER_OID, oid);
    if (critical)
        der_true(&writer->out);
    der_value(&writer->out, DER_OCTET_STRING, value);
    der_close(&writer->out, extension);
}

/* What put() writes, on its own. */
static struct mtl_slice
value_of(struct writer *writer, void (*put)(struct writer *))
{
    struct der kept = writer->out;

    writer->out = der_new(writer->arena);
    put(writer);
    struct mtl_slice value = der_slice(&writer->out);
    writer->out = kept;
    return value;
}

static void
put_flag(struct writer *writer, unsigned tag, unsigned percent)
{
    if (chance(writer, percent))
        der_value(&writer->out, tag, mtl_slice_of("\xff", 1));
}

static void
put_issuing_point(struct writer *writer)
{
    size_t point = der_open(&writer->out, DER_SEQUENCE);

    if (chance(writer, 70))
        put_point_name(writer);
    put_flag(writer, DER_CONTEXT + 1, 15);
    put_flag(writer, DER_CONTEXT + 2, 15);
    if (chance(writer, 4))
        der_named_bits(&writer->out, DER_CONTEXT + 3, 0x1fe);
    put_flag(writer, DER_CONTEXT + 4, 4);
    put_flag(writer, DER_CONTEXT + 5, 4);
    if (chance(writer, 2))
        der_null(&writer->out); /* does not belong there */
    der_close(&writer->out, point);
}

static void
put_directory_names(struct writer *writer)
{
    put_general_names(writer, DER_SEQUENCE, 90);
}

static void
put_entry_extensions(struct writer *writer)
{
    size_t list = der_open(&writer->out, DER_SEQUENCE);

    while (chance(writer, 60)) {
        uint8_t reason[] = {DER_ENUMERATED, 1, (uint8_t)random_below(writer->random, 11)};
        if (chance(writer, 60))
            put_extension(writer, "2.5.29.21", false, mtl_slice_of(reason, chance(writer, 97) ? 3 : 2));
        else if (chance(writer, 80))
            put_extension(writer, "2.5.29.29", chance(writer, 90), value_of(writer, put_directory_names));
        else
            put_extension(writer, "1.2.3", chance(writer, 20), mtl_slice_of("", 0));
    }
    der_close(&writer->out, list);
}

static void
put_entries(struct writer *writer)
{
    size_t list = der_open(&writer->out, DER_SEQUENCE);

    for (size_t count = random_below(writer->random, 8); count > 0; count--) {
        size_t entry = der_open(&writer->out, DER_SEQUENCE);
        der_integer(&writer->out, DER_INTEGER, (int64_t)random_below(writer->random, 6) - 1);
        der_time(&writer->out, NOW - 86400);
        if (chance(writer, 30))
            put_entry_extensions(writer);
        der_close(&writer->out, entry);
    }
    der_close(&writer->out, list);
}

static void
put_crl_extensions(struct writer *writer)
{
    size_t outer = der_open(&writer->out, DER_CONSTRUCTED), list = der_open(&writer->out, DER_SEQUENCE);

    if (chance(writer, 60))
        put_extension(writer, "2.5.29.28", true, value_of(writer, put_issuing_point));
    if (chance(writer, 3))
        put_extension(writer, "2.5.29.28", true, value_of(writer, put_issuing_point));
    if (chance(writer, 50))
        put_extension(writer, "2.5.29.20", chance(writer, 5), mtl_slice_of("\2\1\5", chance(writer, 90) ? 3 : 2));
    if (chance(writer, 5))
        put_extension(writer, "2.5.29.27", true, mtl_slice_of("\2\1\4", chance(writer, 70) ? 3 : 2));
    if (chance(writer, 5))
        put_extension(writer, "1.2.3", chance(writer, 50), mtl_slice_of("", 0));
    der_close(&writer->out, list);
    der_close(&writer->out, outer);
}

static void
put_algorithm(struct writer *writer)
{
    size_t algorithm = der_open(&writer->out, DER_SEQUENCE);

    der_oid(&writer->out, DER_OID, "1.2.840.10045.4.3.2");
    der_close(&writer->out, algorithm);
}

static void
put_tbs(struct writer *writer)
{
    size_t tbs = der_open(&writer->out, DER_SEQUENCE);

    if (chance(writer, 95))
        der_integer(&writer->out, DER_INTEGER, 1);
    put_algorithm(writer);
    if (chance(writer, 95))
        der_raw(&writer->out, writer->root->subject);
    else
        put_name(writer);
    der_time(&writer->out, NOW - 172800);
    if (chance(writer, 90))
        der_time(&writer->out, (mtl_time)NOW + (mtl_time)30 * 365 * 86400);
    if (chance(writer, 90))
        put_entries(writer);
    if (chance(writer, 80))
        put_crl_extensions(writer);
    der_close(&writer->out, tbs);
}

static struct mtl_slice
random_crl(struct writer *writer)
{
    struct mtl_slice tbs = value_of(writer, put_tbs);
    struct mtl_slice signature = test_key_sign(writer->arena, writer->root->key, "sha256", false, tbs);

    writer->out = der_new(writer->arena);
    size_t whole = der_open(&writer->out, DER_SEQUENCE);
    der_raw(&writer->out, tbs);
    put_algorithm(writer);
    der_bit_string(&writer->out, signature);
    der_close(&writer->out, whole);
    return der_slice(&writer->out);
}

/* ---- a certificate it may be about ------------------------------------------------------------------------------ */

static void
put_points(struct writer *writer)
{
    size_t list = der_open(&writer->out, DER_SEQUENCE);

    for (size_t count = 1 + random_below(writer->random, 2); count > 0; count--) {
        size_t point = der_open(&writer->out, DER_SEQUENCE);
        bool has_name = chance(writer, 90);
        if (has_name)
            put_point_name(writer);
        if (chance(writer, 10))
            der_named_bits(&writer->out, DER_CONTEXT + 1,
                           chance(writer, 30) ? 0x1fe : (unsigned)random_below(writer->random, 0x1ff));
        if (!has_name || chance(writer, 20))
            put_general_names(writer, DER_CONSTRUCTED + 2, 80);
        der_close(&writer->out, point);
    }
    der_close(&writer->out, list);
}

static struct twice
random_leaf(struct writer *writer, struct mint *mint)
{
    const char *points =
        chance(writer, 70) ? twice_hex_word(writer->arena, "raw-crldp=", value_of(writer, put_points)) : "";
    const char *line =
        mtl_arena_printf(writer->arena, "leaf issuer=root key=ec:P-256#1 serial=%02x%s%s",
                         (unsigned)random_below(writer->random, 5), chance(writer, 25) ? " ca" : "", points);

    if (!mint_line(mint, line))
        fail_msg("%s: %s", line, mint->error);
    return twice_read(writer->arena, mint_find(mint, "leaf")->der);
}

/* ---- the judge -------------------------------------------------------------------------------------------------- */

static X509_CRL *
judge_parse(struct mtl_slice der)
{
    const unsigned char *at = der.data;
    X509_CRL *crl = d2i_X509_CRL(NULL, &at, (long)der.size);

    ERR_clear_error();
    return crl;
}

/* The error at the leaf when its CRL is checked. */
static int
judge_verify(X509 *leaf, X509 *root, X509_CRL *crl)
{
    X509_STORE *store = X509_STORE_new();
    X509_STORE_CTX *context = X509_STORE_CTX_new();

    X509_STORE_add_cert(store, root);
    X509_STORE_add_crl(store, crl);
    X509_STORE_CTX_init(context, store, leaf, NULL);
    X509_VERIFY_PARAM *param = X509_STORE_CTX_get0_param(context);
    X509_VERIFY_PARAM_set_time(param, NOW);
    X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_CRL_CHECK);
    (void)X509_verify_cert(context);
    int code = X509_STORE_CTX_get_error(context);
    X509_STORE_CTX_free(context);
    X509_STORE_free(store);
    ERR_clear_error();
    return code;
}

/* The same from our answers, put together as x509_vfy.c does for one CRL. */
static int
our_code(const struct mtl_crl *crl, const struct twice *leaf)
{
    uint16_t reasons = mtl_crl_covered_reasons(crl, leaf->ours, true);
    struct mtl_slice issuer = mtl_cert_bytes(leaf->ours, leaf->ours->issuer);

    if (crl->malformed_idp || crl->idp_indirect || crl->idp_has_reasons || crl->is_delta)
        return X509_V_ERR_UNABLE_TO_GET_CRL;
    if (!mtl_name_equal(mtl_crl_bytes(crl, crl->issuer), issuer))
        return X509_V_ERR_UNABLE_TO_GET_CRL;
    if (!mtl_crl_covers(crl, leaf->ours, true))
        return X509_V_ERR_DIFFERENT_CRL_SCOPE;
    if (reasons == 0)
        return X509_V_ERR_UNABLE_TO_GET_CRL;
    if (crl->has_unknown_critical)
        return X509_V_ERR_UNHANDLED_CRITICAL_CRL_EXTENSION;
    if (mtl_crl_revokes(crl, leaf->ours, NULL))
        return X509_V_ERR_CERT_REVOKED;
    return X509_V_OK;
}

/* Some reasons only: OpenSSL looks for another CRL for the others, and ours is the only one. */
static int
after_missing_reasons(int code, uint16_t reasons)
{
    return code == X509_V_OK && reasons != MTL_CRL_ALL_REASONS ? X509_V_ERR_UNABLE_TO_GET_CRL : code;
}

static void
compare_time(mtl_time ours, const ASN1_TIME *judge)
{
    assert_int_equal(ASN1_TIME_cmp_time_t(judge, (time_t)ours), 0);
}

static void
compare_fields(const struct mtl_crl *crl, X509_CRL *judge)
{
    const STACK_OF(X509_REVOKED) *revoked = X509_CRL_get_REVOKED(judge);
    unsigned char *issuer = NULL;
    int size = i2d_X509_NAME(X509_CRL_get_issuer(judge), &issuer);
    uint32_t count = revoked == NULL ? 0 : (uint32_t)sk_X509_REVOKED_num(revoked);

    assert_true(mtl_slice_equal(mtl_crl_bytes(crl, crl->issuer), mtl_slice_of(issuer, (size_t)size)));
    OPENSSL_free(issuer);
    compare_time(crl->this_update, X509_CRL_get0_lastUpdate(judge));
    assert_int_equal(crl->has_next_update, X509_CRL_get0_nextUpdate(judge) != NULL);
    if (crl->has_next_update)
        compare_time(crl->next_update, X509_CRL_get0_nextUpdate(judge));
    assert_int_equal(crl->revoked_count, count);
}

/* 2 is "listed as removed": not revoked. */
static bool
compare_lookup(const struct mtl_crl *crl, X509_CRL *judge, const struct twice *leaf)
{
    X509_REVOKED *entry = NULL;
    struct mtl_revocation revocation;
    bool revoked = mtl_crl_revokes(crl, leaf->ours, &revocation);

    assert_int_equal(revoked, X509_CRL_get0_by_cert(judge, &entry, leaf->judge) == 1);
    if (revoked)
        compare_time(revocation.date, X509_REVOKED_get0_revocationDate(entry));
    return revoked;
}

/* ---- tests ------------------------------------------------------------------------------------------------------ */

static void
random_crls_decide_as_in_libcrypto(void **state)
{
    struct key_pool *keys = key_pool_new();
    struct test_random random = {15};
    size_t counts[128] = {0}, revoked = 0, rounds = 2500;
    (void)state;

    for (size_t i = 0; i < rounds; i++) {
        struct mtl_arena *arena = mtl_arena_new();
        struct mtl_crypto *crypto = mtl_crypto_new(arena);
        struct mint mint = mint_new(arena, keys);
        assert_true(mint_line(&mint, "root self-signed ca ku=keyCertSign,cRLSign key=ec:P-256#0 subject=CN=R"));
        struct writer writer = {.arena = arena, .random = &random, .root = mint_find(&mint, "root")};
        struct twice root = twice_read(arena, writer.root->der), leaf = random_leaf(&writer, &mint);
        struct mtl_slice der = random_crl(&writer);
        X509_CRL *judge = judge_parse(der);
        const struct mtl_crl *crl;
        struct mtl_error error;

        assert_non_null(judge);
        if (!mtl_crl_parse(arena, der, &crl, &error))
            fail_msg("%s", error.message);
        compare_fields(crl, judge);
        revoked += compare_lookup(crl, judge, &leaf);
        assert_int_equal(mtl_crypto_verify_crl(crypto, crl, root.ours), MTL_SIGNATURE_GOOD);
        if (leaf.ours->malformed == 0) {
            int expected = judge_verify(leaf.judge, root.judge, judge);
            assert_int_equal(after_missing_reasons(our_code(crl, &leaf), mtl_crl_covered_reasons(crl, leaf.ours, true)),
                             expected);
            counts[expected]++;
        }
        X509_CRL_free(judge);
        twice_free(&leaf);
        twice_free(&root);
        mtl_crypto_free(crypto);
        mtl_arena_free(arena);
    }
    key_pool_free(keys);
    print_message("%zu CRLs: %zu revoke, %zu ok, %zu missing, %zu out of scope, %zu critical\n", rounds, revoked,
                  counts[X509_V_OK], counts[X509_V_ERR_UNABLE_TO_GET_CRL], counts[X509_V_ERR_DIFFERENT_CRL_SCOPE],
                  counts[X509_V_ERR_UNHANDLED_CRITICAL_CRL_EXTENSION]);
    assert_true(revoked > 100 && counts[X509_V_OK] > 200 && counts[X509_V_ERR_UNABLE_TO_GET_CRL] > 200);
    assert_true(counts[X509_V_ERR_DIFFERENT_CRL_SCOPE] > 200 &&
                counts[X509_V_ERR_UNHANDLED_CRITICAL_CRL_EXTENSION] > 20);
}

/* What still decodes with us decodes in libcrypto, with the same fields and the same verdict on the signature. */
static void
damaged_crls_are_read_alike_or_refused(void **state)
{
    struct key_pool *keys = key_pool_new();
    struct mtl_arena *arena = mtl_arena_new();
    struct test_random random = {16};
    struct mint mint = mint_new(arena, keys);
    size_t accepted = 0, trials = 3000;
    (void)state;

    assert_true(mint_line(&mint, "root self-signed ca key=ec:P-256#0 subject=CN=R"));
    struct writer writer = {.arena = arena, .random = &random, .root = mint_find(&mint, "root")};
    struct twice root = twice_read(arena, writer.root->der);
    struct mtl_crypto *crypto = mtl_crypto_new(arena);
    struct mtl_slice fresh = {0};
    for (size_t i = 0; i < trials; i++) {
        struct mtl_slice der;
        const struct mtl_crl *crl;
        struct mtl_error error;
        fresh = i % 20 == 0 ? random_crl(&writer) : fresh;
        der = mtl_arena_copy(arena, fresh);
        uint8_t *bytes = (uint8_t *)(uintptr_t)der.data;
        size_t at = random_below(&random, der.size);
        bytes[at] ^= (uint8_t)(1U << random_below(&random, 8));
        if (mtl_crl_parse(arena, der, &crl, &error)) {
            X509_CRL *judge = judge_parse(der);
            assert_non_null(judge);
            compare_fields(crl, judge);
            assert_int_equal(mtl_crypto_verify_crl(crypto, crl, root.ours) == MTL_SIGNATURE_GOOD,
                             X509_CRL_verify(judge, X509_get0_pubkey(root.judge)) == 1);
            X509_CRL_free(judge);
            accepted++;
        }
    }
    ERR_clear_error();
    print_message("%zu of %zu damaged CRLs decode\n", accepted, trials);
    assert_true(accepted > trials / 10 && accepted < trials);
    mtl_crypto_free(crypto);
    twice_free(&root);
    mtl_arena_free(arena);
    key_pool_free(keys);
}

static void
many_entries_are_found_without_scanning_all(void **state)
{
    struct key_pool *keys = key_pool_new();
    struct mtl_arena *arena = mtl_arena_new();
    struct mint mint = mint_new(arena, keys);
    struct der out = der_new(arena);
    const struct mtl_crl *crl;
    struct mtl_error error;
    (void)state;

    assert_true(mint_line(&mint, "root self-signed ca key=ec:P-256#0 subject=CN=R"));
    assert_true(mint_line(&mint, "listed issuer=root key=ec:P-256#1 serial=0186a0"));
    assert_true(mint_line(&mint, "free issuer=root key=ec:P-256#1 serial=0186a1"));
    struct writer writer = {.arena = arena, .out = out, .root = mint_find(&mint, "root")};
    size_t whole = der_open(&writer.out, DER_SEQUENCE), tbs = der_open(&writer.out, DER_SEQUENCE);
    put_algorithm(&writer);
    der_raw(&writer.out, writer.root->subject);
    der_time(&writer.out, NOW);
    size_t list = der_open(&writer.out, DER_SEQUENCE);
    for (int64_t serial = 200000; serial > 0; serial -= 2) {
        size_t entry = der_open(&writer.out, DER_SEQUENCE);
        der_integer(&writer.out, DER_INTEGER, serial);
        der_time(&writer.out, NOW);
        der_close(&writer.out, entry);
    }
    der_close(&writer.out, list);
    der_close(&writer.out, tbs);
    put_algorithm(&writer);
    der_bit_string(&writer.out, mtl_slice_of("x", 1));
    der_close(&writer.out, whole);

    assert_true(mtl_crl_parse(arena, der_slice(&writer.out), &crl, &error));
    assert_int_equal(crl->revoked_count, 100000);
    struct twice listed = twice_read(arena, mint_find(&mint, "listed")->der),
                 other = twice_read(arena, mint_find(&mint, "free")->der);
    for (size_t i = 0; i < 100000; i++) {
        assert_true(mtl_crl_revokes(crl, listed.ours, NULL));
        assert_false(mtl_crl_revokes(crl, other.ours, NULL));
    }
    twice_free(&listed);
    twice_free(&other);
    mtl_arena_free(arena);
    key_pool_free(keys);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_crls_decide_as_in_libcrypto),
        cmocka_unit_test(damaged_crls_are_read_alike_or_refused),
        cmocka_unit_test(many_entries_are_found_without_scanning_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
