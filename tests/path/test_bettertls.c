/*
 * BetterTLS (Netflix) path building and name constraints, judged by the policy of a verifier that tries every path.
 * Skipped, saying so, where the corpus is absent. SPDX-License-Identifier: Apache-2.0
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>
#include <openssl/evp.h>

#include "path/path.h"

#define CORPUS MTL_SOURCE_DIR "/../shared/corpora/bettertls.json"

struct totals {
    size_t right, wrong, undetermined;
};

static struct mtl_slice
decode_base64(struct mtl_arena *arena, const char *text)
{
    size_t size = strlen(text);
    uint8_t *bytes = mtl_arena_alloc(arena, size + 4);
    int decoded = EVP_DecodeBlock(bytes, (const unsigned char *)text, (int)size);

    assert_true(decoded > 0);
    for (size_t i = size; i > 0 && text[i - 1] == '='; i--)
        decoded--;
    return mtl_slice_of(bytes, (size_t)decoded);
}

static struct mtl_loaded_cert
load(struct mtl_arena *arena, const char *base64)
{
    struct mtl_loaded_cert loaded = {.source = {.path = "bettertls"}};
    struct mtl_error error;

    if (!mtl_cert_parse(arena, decode_base64(arena, base64), &loaded.cert, &error))
        fail_msg("a certificate of the corpus does not parse: %s", error.message);
    return loaded;
}

static const struct mtl_verdict *
judge_case(struct mtl_arena *arena, struct mtl_crypto *crypto, const struct mtl_loaded_cert *root, const json_t *item)
{
    static struct mtl_policy policy;
    const json_t *certificates = json_object_get(item, "certificates");
    size_t count = json_array_size(certificates);
    struct mtl_loaded_cert *chain = mtl_arena_array(arena, count, sizeof(*chain));
    struct mtl_question question = {.policy = &policy,
                                    .presented = {.certs = chain, .count = count},
                                    .store = mtl_store_of(arena, root, 1, NULL, 0),
                                    .subject = MTL_SERVER,
                                    .host = json_string_value(json_object_get(item, "hostname")),
                                    .depth = -1,
                                    .budget = mtl_default_budget,
                                    .crypto = crypto};

    policy = mtl_policy_rfc5280;
    policy.security_bits = 112; /* INVALID_REASON_DEPRECATED_CRYPTO */
    assert_true(mtl_time_from_civil(2026, 12, 1, 0, 0, 0, &question.now));
    for (size_t i = 0; i < count; i++)
        chain[i] = load(arena, json_string_value(json_array_get(certificates, i)));
    return mtl_path_judge(arena, &question);
}

static void
judge_suite(const json_t *corpus, const char *name, size_t expected_cases)
{
    const json_t *suite = json_object_get(json_object_get(corpus, "suites"), name), *item;
    struct totals totals = {0};
    size_t index;

    json_array_foreach(json_object_get(suite, "cases"), index, item)
    {
        struct mtl_arena *arena = mtl_arena_new();
        struct mtl_crypto *crypto = mtl_crypto_new(arena);
        struct mtl_loaded_cert root = load(arena, json_string_value(json_object_get(corpus, "trust_root")));
        const struct mtl_verdict *verdict = judge_case(arena, crypto, &root, item);
        bool expected = strcmp(json_string_value(json_object_get(item, "expected")), "ACCEPT") == 0;

        totals.undetermined += verdict->undetermined != NULL;
        if (verdict->accepted == expected)
            totals.right++;
        else if (totals.wrong++ < 10)
            print_message("  %s %lld: expected %s, got %s (%s at depth %zu)\n", name,
                          (long long)json_integer_value(json_object_get(item, "id")), expected ? "ACCEPT" : "REJECT",
                          verdict->accepted ? "ACCEPT" : "REJECT", mtl_reason_slug(verdict->failure.reason),
                          verdict->failure.depth);
        mtl_crypto_free(crypto);
        mtl_arena_free(arena);
    }
    print_message("BetterTLS %s: %zu right, %zu wrong, %zu undetermined\n", name, totals.right, totals.wrong,
                  totals.undetermined);
    assert_int_equal(totals.wrong, 0);
    assert_int_equal(totals.undetermined, 0);
    assert_int_equal(totals.right, expected_cases);
}

static json_t *
load_corpus(void)
{
    json_t *corpus = json_load_file(CORPUS, 0, NULL);

    if (corpus == NULL)
        print_message("skipped: the BetterTLS corpus is not here\n");
    return corpus;
}

static void
every_path_building_case_is_judged_as_bettertls_expects(void **state)
{
    json_t *corpus = load_corpus();

    (void)state;
    if (corpus == NULL)
        skip();
    judge_suite(corpus, "pathbuilding", 81);
    json_decref(corpus);
}

static void
every_name_constraint_case_is_judged_as_bettertls_expects(void **state)
{
    json_t *corpus = load_corpus();

    (void)state;
    if (corpus == NULL)
        skip();
    judge_suite(corpus, "nameconstraints", 964);
    json_decref(corpus);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_path_building_case_is_judged_as_bettertls_expects),
        cmocka_unit_test(every_name_constraint_case_is_judged_as_bettertls_expects),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
