/* The policy of OpenSSL 3.0 against X509_verify_cert() on what lies in files: our scenarios, x509-limbo, BetterTLS.
 * SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "support/differential.h"
#include "support/handshake_case.h"
#include "support/quick_memory.h"
#include "support/recipe.h"

#define BETTERTLS_TIME "2026-12-01T00:00:00Z"
#define LIMBO_TIME "2026-11-23T00:00:00Z"

static mtl_time
time_of(const char *text)
{
    mtl_time time;
    struct mtl_error error;
    if (!mtl_time_parse(text, 0, &time, &error))
        fail_msg("%s", error.message);
    return time;
}

/* ---- our scenarios -------------------------------------------------------------------------------------------- */

static struct mtl_slice
read_file(struct mtl_arena *arena, const char *path)
{
    size_t size;
    if (path == NULL)
        return (struct mtl_slice){0};
    const char *text = file_text(arena, path, &size);
    if (text == NULL)
        fail_msg("%s cannot be read", path);
    return mtl_slice_of(text, size);
}

static bool
is_directory(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* What one side shows the other, judged by the other. Directories are left to the real handshakes. */
static void
judge_side(struct differential *tally, const struct handshake_case *scenario, enum mtl_role subject)
{
    const struct handshake_case_side *own = &scenario->sides[subject], *peer = &scenario->sides[1 - subject];
    if (own->cert == NULL || peer->trust == NULL || is_directory(peer->trust))
        return;
    struct judge_case question = {
        .presented = read_file(tally->arena, own->cert),
        .trusted = read_file(tally->arena, peer->trust),
        .crls = read_file(tally->arena, peer->crl),
        .subject = subject,
        .host = subject == MTL_SERVER ? scenario->server_name : NULL,
        .check_revocation = peer->crl != NULL,
        .depth = peer->depth,
        .now = scenario->at,
    };
    const char *role = subject == MTL_CLIENT ? "client" : "server";
    differential_case(tally, mtl_arena_printf(tally->arena, "%s/%s", scenario->name, role), &question, scenario->path);
}

static void
scenarios_are_judged_as_libcrypto_judges_them(void **state)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct differential tally = differential_new(arena, "scenarios");
    size_t count;
    const char *const *paths = handshake_case_list(arena, &count);
    (void)state;

    assert_true(count >= 80);
    for (size_t i = 0; i < count; i++) {
        struct handshake_case scenario;
        struct mtl_error error;
        if (!handshake_case_load(arena, paths[i], &scenario, &error))
            fail_msg("%s:%u: %s", error.path, error.line, error.message);
        judge_side(&tally, &scenario, MTL_CLIENT);
        judge_side(&tally, &scenario, MTL_SERVER);
    }
    bool good = differential_report(&tally);
    mtl_arena_free(arena);
    assert_true(good);
}

/* ---- corpora -------------------------------------------------------------------------------------------------- */

/* Skips the test, saying so, when the corpora are absent. MTL_CORPORA names another folder. */
static json_t *
load_corpus(struct mtl_arena *arena, const char *name)
{
    const char *folder = getenv("MTL_CORPORA");
    char *path = mtl_arena_printf(arena, "%s/%s", folder != NULL ? folder : MTL_SOURCE_DIR "/../shared/corpora", name);
    json_t *corpus = json_load_file(path, 0, NULL);
    if (corpus == NULL)
        printf("skipped: there is no %s\n", path);
    return corpus;
}

static const char *
text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static struct mtl_slice
joined(struct mtl_arena *arena, const char *first, const json_t *others)
{
    struct mtl_text text = {.arena = arena};
    mtl_text_add(&text, first);
    for (size_t i = 0; i < json_array_size(others); i++)
        mtl_text_printf(&text, "%s\n", json_string_value(json_array_get(others, i)));
    return mtl_slice_of(text.text, text.size);
}

static void
judge_in_both_roles(struct differential *tally, const char *name, struct judge_case question)
{
    question.subject = MTL_SERVER;
    differential_case(tally, mtl_arena_printf(tally->arena, "%s/server", name), &question, "");
    question.subject = MTL_CLIENT;
    question.host = NULL;
    differential_case(tally, mtl_arena_printf(tally->arena, "%s/client", name), &question, "");
}

static void
judge_limbo(struct differential *tally, const json_t *item)
{
    const json_t *name = json_object_get(item, "expected_peer_name");
    const json_t *depth = json_object_get(item, "max_chain_depth");
    const json_t *crls = json_object_get(item, "crls");
    const char *at = text_of(item, "validation_time");
    const char *leaf = mtl_arena_printf(tally->arena, "%s\n", text_of(item, "peer_certificate"));
    struct judge_case question = {
        .presented = joined(tally->arena, leaf, json_object_get(item, "untrusted_intermediates")),
        .trusted = joined(tally->arena, "", json_object_get(item, "trusted_certs")),
        .crls = joined(tally->arena, "", crls),
        .host = json_is_object(name) ? text_of(name, "value") : NULL,
        .check_revocation = json_array_size(crls) > 0,
        .depth = json_is_integer(depth) ? (int)json_integer_value(depth) : -1,
        .now = time_of(at == NULL ? LIMBO_TIME : mtl_arena_printf(tally->arena, "%.19sZ", at)),
    };
    judge_in_both_roles(tally, mtl_arena_printf(tally->arena, "limbo/%s", text_of(item, "id")), question);
}

static void
limbo_is_judged_as_libcrypto_judges_it(void **state)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct differential tally = differential_new(arena, "x509-limbo");
    json_t *corpus = load_corpus(arena, "limbo.json");
    (void)state;

    const json_t *items = json_object_get(corpus, "testcases");
    for (size_t i = 0; i < json_array_size(items); i++)
        judge_limbo(&tally, json_array_get(items, i));
    bool good = corpus == NULL || (differential_report(&tally) && tally.cases > 0);
    json_decref(corpus);
    mtl_arena_free(arena);
    if (tally.cases == 0 && good)
        skip();
    assert_true(good);
}

/* PEM of base64 without line breaks. */
static void
add_pem(struct mtl_text *text, const char *base64)
{
    mtl_text_add(text, "-----BEGIN CERTIFICATE-----\n");
    for (; *base64 != '\0'; base64 += strnlen(base64, 64))
        mtl_text_printf(text, "%.64s\n", base64);
    mtl_text_add(text, "-----END CERTIFICATE-----\n");
}

static void
judge_suite(struct differential *tally, const char *suite, const json_t *cases, struct mtl_slice trusted)
{
    for (size_t i = 0; i < json_array_size(cases); i++) {
        const json_t *item = json_array_get(cases, i);
        const json_t *certs = json_object_get(item, "certificates");
        const json_t *id = json_object_get(item, "id");
        struct mtl_text presented = {.arena = tally->arena};
        for (size_t j = 0; j < json_array_size(certs); j++)
            add_pem(&presented, json_string_value(json_array_get(certs, j)));
        struct judge_case question = {
            .presented = mtl_slice_of(presented.text, presented.size),
            .trusted = trusted,
            .host = text_of(item, "hostname"),
            .depth = -1,
            .now = time_of(BETTERTLS_TIME),
        };
        const char *name = mtl_arena_printf(tally->arena, "bettertls/%s/%lld", suite, json_integer_value(id));
        judge_in_both_roles(tally, name, question);
    }
}

static void
bettertls_is_judged_as_libcrypto_judges_it(void **state)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct differential tally = differential_new(arena, "BetterTLS");
    json_t *corpus = load_corpus(arena, "bettertls.json");
    struct mtl_text root = {.arena = arena};
    const char *suite;
    json_t *content;
    (void)state;

    if (corpus != NULL)
        add_pem(&root, text_of(corpus, "trust_root"));
    json_object_foreach(json_object_get(corpus, "suites"), suite, content)
        judge_suite(&tally, suite, json_object_get(content, "cases"), mtl_slice_of(root.text, root.size));
    bool good = corpus == NULL || (differential_report(&tally) && tally.cases > 0);
    json_decref(corpus);
    mtl_arena_free(arena);
    if (tally.cases == 0 && good)
        skip();
    assert_true(good);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scenarios_are_judged_as_libcrypto_judges_them),
        cmocka_unit_test(limbo_is_judged_as_libcrypto_judges_it),
        cmocka_unit_test(bettertls_is_judged_as_libcrypto_judges_it),
    };
    quick_memory_use();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
