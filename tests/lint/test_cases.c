/*
 * Runs every fixtures/rules/<rule>/{fires,quiet}-*.case: the findings are exactly those expected, and commands that are
 * offered, run by a real shell in a copy of the folder, mend what they were offered for.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <glob.h>

#include "support/lint_case.h"

static unsigned commands_run;

struct bench {
    struct mtl_arena *arena;
    struct mtl_crypto *crypto;
    struct lint_case lint_case;
    const char *scratch;
};

static bool
is_finding_line(const char *line)
{
    return strncmp(line, "error ", 6) == 0 || strncmp(line, "warning ", 8) == 0 || strncmp(line, "info ", 5) == 0;
}

static void
compare_commands(const struct lint_case *expected, size_t *at, const struct mtl_finding *finding)
{
    size_t count = 0;

    for (; *at < expected->expected_count && !is_finding_line(expected->expected[*at]); ++*at, count++) {
        assert_non_null(finding->commands);
        assert_non_null(finding->commands[count]);
        assert_string_equal(finding->commands[count], expected->expected[*at]);
    }
    if (count > 0)
        assert_null(finding->commands[count]);
}

static void
compare(const struct bench *bench, const struct mtl_lint_result *result)
{
    const struct lint_case *expected = &bench->lint_case;
    size_t at = 0;

    for (size_t i = 0; i < result->finding_count; i++) {
        const char *line = lint_case_line(bench->arena, result->findings[i]);

        if (at == expected->expected_count)
            fail_msg("not expected: %s: %s", line, result->findings[i]->message);
        assert_string_equal(line, expected->expected[at++]);
        compare_commands(expected, &at, result->findings[i]);
    }
    if (at < expected->expected_count)
        fail_msg("missing: %s", expected->expected[at]);
}

/* The file the last command writes. */
static const char *
output_of(const struct mtl_finding *finding)
{
    const char *output = NULL;

    for (size_t i = 0; finding->commands[i] != NULL; i++)
        output = strrchr(finding->commands[i], ' ');
    assert_non_null(output);
    return output + 1;
}

static void
run_commands(const struct bench *bench, const struct mtl_finding *finding)
{
    struct mtl_text script = {.arena = bench->arena};
    const char *paths[CASE_MAX + 1] = {output_of(finding)};
    const struct mtl_lint_result *result;
    size_t count = 1;

    mtl_text_add(&script, "set -e\n");
    for (size_t i = 0; finding->commands[i] != NULL; i++)
        mtl_text_printf(&script, "%s\n", finding->commands[i]);
    assert_int_equal(system(script.text), 0);
    for (size_t i = 0; i < bench->lint_case.check_count; i++) {
        if (strcmp(bench->lint_case.check[i], finding->places[0].source.path) != 0)
            paths[count++] = bench->lint_case.check[i];
    }
    result = lint_case_run(bench->arena, bench->crypto, &bench->lint_case, paths, count);
    for (size_t i = 0; i < result->finding_count; i++) {
        /* What a certificate's own bytes show, no other bundle mends. */
        if (result->findings[i]->rule->scopes == MTL_SCOPE_CERT)
            continue;
        if (strcmp(result->findings[i]->places[0].source.path, paths[0]) == 0)
            fail_msg("after the commands: %s", lint_case_line(bench->arena, result->findings[i]));
    }
    assert_int_equal(remove(paths[0]), 0);
    commands_run++;
}

/* "fires-..." must find the rule its folder is named after; "quiet-..." must not. */
static void
check_promise(const char *path, const struct mtl_lint_result *result)
{
    const char *file = strrchr(path, '/') + 1;
    bool fires = strncmp(file, "fires-", 6) == 0;
    bool found = false;

    for (size_t i = 0; i < result->finding_count; i++) {
        char name[128];

        snprintf(name, sizeof(name), "/%s/", result->findings[i]->rule->name);
        for (char *at = name; *at != '\0'; at++)
            *at = *at == '-' ? '_' : *at;
        found |= strstr(path, name) != NULL;
    }
    assert_true(fires || strncmp(file, "quiet-", 6) == 0);
    assert_int_equal(found, fires);
}

static void
findings_are_as_expected(void **state)
{
    const char *path = *state;
    struct bench bench = {.arena = mtl_arena_new()};
    const struct mtl_lint_result *result;

    bench.crypto = mtl_crypto_new(bench.arena);
    bench.lint_case = lint_case_read(bench.arena, path);
    bench.scratch = lint_case_enter(bench.arena, &bench.lint_case, path);
    result =
        lint_case_run(bench.arena, bench.crypto, &bench.lint_case, bench.lint_case.check, bench.lint_case.check_count);
    compare(&bench, result);
    check_promise(path, result);
    for (size_t i = 0; i < result->finding_count; i++) {
        if (result->findings[i]->commands != NULL)
            run_commands(&bench, result->findings[i]);
    }
    lint_case_leave(bench.arena, bench.scratch);
    mtl_crypto_free(bench.crypto);
    mtl_arena_free(bench.arena);
}

int
main(void)
{
    glob_t cases;
    struct CMUnitTest *tests;
    int failed;

    if (glob(MTL_SOURCE_DIR "/fixtures/rules/*/*.case", 0, NULL, &cases) != 0)
        return 1;
    tests = calloc(cases.gl_pathc, sizeof(*tests));
    for (size_t i = 0; i < cases.gl_pathc; i++)
        tests[i] = (struct CMUnitTest){
            .name = cases.gl_pathv[i], .test_func = findings_are_as_expected, .initial_state = cases.gl_pathv[i]};
    failed = _cmocka_run_group_tests("lint cases", tests, cases.gl_pathc, NULL, NULL);
    printf("%zu cases, commands of %u findings run\n", cases.gl_pathc, commands_run);
    free(tests);
    globfree(&cases);
    return failed;
}
