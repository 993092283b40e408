/*
 * x509-limbo, linted with --strict: each chain that is wrong gets an error that names what fixtures/LIMBO says is wrong
 * with it, and each chain that is right gets none. Where that does not hold, fixtures/LIMBO-DIFFERENCES says why. The
 * chains of real servers among them, and the roots of the distribution, are linted as by default, too.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "lint/lint.h"
#include "support/recipe.h"

#define TODAY "2026-11-23T00:00:00Z"               /* where a case names no time */
#define ROOTS "/usr/share/ca-certificates/mozilla" /* without what an administrator added */

struct bench {
    struct mtl_arena *arena;
    json_t *corpus;          /* NULL: there is none */
    const char *causes;      /* "CASE CODE [WORDS]", each an error that would do; the message has the words */
    const char *differences; /* "CASE: reason" */
    char scratch[64];        /* the working directory */
};

static const char *
text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static const char *
read_table(struct bench *bench, const char *name)
{
    size_t size;
    const char *text =
        file_text(bench->arena, mtl_arena_printf(bench->arena, MTL_SOURCE_DIR "/fixtures/%s", name), &size);

    assert_non_null(text);
    return text;
}

/* MTL_CORPORA names another folder. */
static struct bench
bench_new(void)
{
    const char *folder = getenv("MTL_CORPORA");
    struct bench bench = {.arena = mtl_arena_new(), .scratch = "/tmp/mtlslint-limbo-XXXXXX"};
    char *path = mtl_arena_printf(bench.arena, "%s/limbo.json", folder ? folder : MTL_SOURCE_DIR "/../shared/corpora");

    bench.corpus = json_load_file(path, 0, NULL);
    if (bench.corpus == NULL)
        printf("skipped: there is no %s\n", path);
    bench.causes = read_table(&bench, "LIMBO");
    bench.differences = read_table(&bench, "LIMBO-DIFFERENCES");
    assert_non_null(mkdtemp(bench.scratch));
    assert_int_equal(chdir(bench.scratch), 0);
    return bench;
}

static void
bench_free(struct bench *bench)
{
    assert_int_equal(chdir(MTL_SOURCE_DIR), 0);
    assert_int_equal(system(mtl_arena_printf(bench->arena, "rm -rf %s", bench->scratch)), 0);
    json_decref(bench->corpus);
    mtl_arena_free(bench->arena);
}

/* Skips the test if there was no corpus. */
static void
finish(struct bench *bench, size_t wrong)
{
    bool is_skipped = bench->corpus == NULL;

    bench_free(bench);
    if (is_skipped)
        skip();
    assert_int_equal(wrong, 0);
}

/* first may be NULL. A file without anything is not there. */
static void
write_file(const char *path, const char *first, const json_t *others)
{
    FILE *file;

    remove(path);
    if (first == NULL && json_array_size(others) == 0)
        return;
    file = fopen(path, "w");
    assert_non_null(file);
    if (first != NULL)
        fprintf(file, "%s\n", first);
    for (size_t i = 0; i < json_array_size(others); i++)
        fprintf(file, "%s\n", json_string_value(json_array_get(others, i)));
    fclose(file);
}

static const struct mtl_lint_result *
lint(struct mtl_arena *arena, struct mtl_lint_request request, const char *at)
{
    const struct mtl_lint_result *result;
    struct mtl_error error;

    request.crypto = mtl_crypto_new(arena);
    request.stack = mtl_stack_find("openssl-3.0");
    request.horizon = INT64_C(30) * 24 * 3600;
    assert_true(mtl_time_parse(at, 0, &request.now, &error));
    if (!mtl_lint_run(arena, &request, &result, &error))
        fail_msg("%s: %s", error.path, error.message);
    mtl_crypto_free(request.crypto);
    return result;
}

/* The suite holds what it calls webpki to the rules for public authorities. A fraction of a second is cut off;
 * addresses of mail are nothing that a TLS peer asks for. */
static const struct mtl_lint_result *
lint_case(struct mtl_arena *arena, const json_t *item, bool strict)
{
    static const char *const paths[] = {"bundle.pem", "trust.pem", "crls.pem"};
    const json_t *crls = json_object_get(item, "crls");
    const char *at = text_of(item, "validation_time");
    enum mtl_role role = strcmp(text_of(item, "validation_kind"), "CLIENT") == 0 ? MTL_CLIENT : MTL_SERVER;
    const struct mtl_declared_file declared[] = {
        {.path = "bundle.pem", .in_role = {[MTL_CLIENT] = role == MTL_CLIENT, [MTL_SERVER] = role == MTL_SERVER}},
        {.path = "trust.pem", .is_store = true},
    };
    struct mtl_lint_request request = {
        .declared = declared,
        .declared_count = 2,
        .paths = paths,
        .path_count = json_array_size(crls) > 0 ? 3 : 2,
        .trust = "trust.pem",
        .name = text_of(json_object_get(item, "expected_peer_name"), "value"),
        .role_known = true,
        .role = role,
        .strict = strict,
        .has_depth = !json_is_null(json_object_get(item, "max_chain_depth")),
        .depth = (int)json_integer_value(json_object_get(item, "max_chain_depth")),
        .as_public = strict && strncmp(text_of(item, "id"), "webpki::", 8) == 0,
    };

    write_file("bundle.pem", text_of(item, "peer_certificate"), json_object_get(item, "untrusted_intermediates"));
    write_file("trust.pem", NULL, json_object_get(item, "trusted_certs"));
    write_file("crls.pem", NULL, crls);
    return lint(arena, request, at == NULL ? TODAY : mtl_arena_printf(arena, "%.19sZ", at));
}

static bool
is_listed_as_differing(const struct bench *bench, const char *id)
{
    const char *line = mtl_arena_printf(bench->arena, "\n%s: ", id);

    return strstr(bench->differences, line) != NULL;
}

/* Is it a cause that the table lists for the case? */
static bool
names_cause(struct bench *bench, const char *id, const struct mtl_finding *finding)
{
    size_t size = strlen(id);

    for (const char *line = bench->causes; *line != '\0'; line += strcspn(line, "\n"), line += *line == '\n') {
        const char *code = line + size + 1;
        const char *words = mtl_arena_printf(bench->arena, "%.*s", (int)strcspn(line, "\n"), line);

        if (strncmp(line, id, size) != 0 || line[size] != ' ' || strncmp(code, finding->rule->code, 6) != 0)
            continue;
        words += size + 1 + 6;
        if (strstr(finding->message, words + strspn(words, " ")) != NULL)
            return true;
    }
    return false;
}

/* NULL: the case holds. Otherwise what is amiss. */
static const char *
find_fault(struct bench *bench, const json_t *item, const struct mtl_lint_result *result)
{
    const char *id = text_of(item, "id"), *error = NULL;
    bool must_fail = strcmp(text_of(item, "expected_result"), "FAILURE") == 0;

    for (size_t i = 0; i < result->finding_count; i++) {
        const struct mtl_finding *finding = result->findings[i];

        if (finding->severity != MTL_ERROR)
            continue;
        if (must_fail && names_cause(bench, id, finding))
            return NULL;
        if (error == NULL)
            error = mtl_arena_printf(bench->arena, "%s %s", finding->rule->code, finding->message);
    }
    if (must_fail)
        return error == NULL ? "no error" : mtl_arena_printf(bench->arena, "another cause: %s", error);
    return error;
}

static void
each_case_of_limbo_is_judged_by_its_cause(void **state)
{
    struct bench bench = bench_new();
    const json_t *items = json_object_get(bench.corpus, "testcases");
    unsigned holding = 0, differing = 0, wrong = 0;

    (void)state;
    for (size_t i = 0; i < json_array_size(items); i++) {
        const json_t *item = json_array_get(items, i);
        struct mtl_arena *arena = mtl_arena_new();
        const char *amiss = find_fault(&bench, item, lint_case(arena, item, true));
        bool is_listed = is_listed_as_differing(&bench, text_of(item, "id"));

        if (amiss != NULL && !is_listed)
            printf("%s: %s\n", text_of(item, "id"), amiss);
        else if (amiss == NULL && is_listed)
            printf("%s holds: take it out of fixtures/LIMBO-DIFFERENCES\n", text_of(item, "id"));
        *(amiss == NULL ? &holding : &differing) += 1;
        wrong += (amiss != NULL) != is_listed;
        mtl_arena_free(arena);
    }
    printf("x509-limbo: %u of %zu hold, %u differ\n", holding, json_array_size(items), differing);
    finish(&bench, wrong);
}

/* What docs/QUIET.md does not tell of, or an error. */
static unsigned
count_noise(struct mtl_arena *arena, const char *what, const struct mtl_lint_result *result)
{
    size_t size;
    const char *argued = file_text(arena, MTL_SOURCE_DIR "/docs/QUIET.md", &size);
    unsigned noise = 0;

    assert_non_null(argued);
    for (size_t i = 0; i < result->finding_count; i++) {
        const struct mtl_finding *finding = result->findings[i];

        if (finding->severity != MTL_ERROR && strstr(argued, finding->rule->code) != NULL)
            continue;
        printf("%s: %s %s %s\n", what, mtl_severity_text(finding->severity), finding->rule->code, finding->message);
        noise++;
    }
    return noise;
}

static void
real_chains_are_quiet(void **state)
{
    struct bench bench = bench_new();
    const json_t *items = json_object_get(bench.corpus, "testcases");
    size_t findings = 0;
    unsigned chains = 0;

    (void)state;
    for (size_t i = 0; i < json_array_size(items); i++) {
        const json_t *item = json_array_get(items, i);
        const struct mtl_lint_result *result;

        if (strncmp(text_of(item, "id"), "online::", 8) != 0)
            continue;
        result = lint_case(bench.arena, item, false);
        findings += result->finding_count + count_noise(bench.arena, text_of(item, "id"), result);
        chains++;
    }
    printf("%u chains of real servers: %zu findings\n", chains, findings);
    assert_true(bench.corpus == NULL || chains > 0);
    finish(&bench, findings);
}

/* One file, as Debian makes it of them. */
static void
roots_of_the_distribution_are_quiet(void **state)
{
    static const char *const paths[] = {"roots.pem"};
    struct bench bench = bench_new();
    bool is_there = system("cat " ROOTS "/*.crt >roots.pem 2>&1") == 0;
    unsigned noise = 0;

    (void)state;
    for (int strict = 0; is_there && strict <= 1; strict++) {
        struct mtl_lint_request request = {.paths = paths, .path_count = 1, .strict = strict == 1};

        noise += count_noise(bench.arena, "ca-certificates", lint(bench.arena, request, TODAY));
    }
    bench_free(&bench);
    if (!is_there)
        skip();
    assert_int_equal(noise, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_case_of_limbo_is_judged_by_its_cause),
        cmocka_unit_test(real_chains_are_quiet),
        cmocka_unit_test(roots_of_the_distribution_are_quiet),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
