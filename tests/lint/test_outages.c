/*
 * Runs fixtures/outages: each of the 32 stories of real outages either has cases, of which exactly the findings that
 * they expect are reported, or a line in MISSING that says why not; a story listed there must not be found.
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
#include "support/recipe.h"

#define STORIES 32U
#define FOLDER MTL_SOURCE_DIR "/fixtures/outages/"

struct story {
    unsigned number;
    const char *why_missing; /* NULL: it is found */
};

static bool
is_reported(struct mtl_arena *arena, const struct mtl_lint_result *result, const char *expected)
{
    for (size_t i = 0; i < result->finding_count; i++) {
        if (strcmp(lint_case_line(arena, result->findings[i]), expected) == 0)
            return true;
    }
    return false;
}

/* Every case tells whose story it is, in its first line. */
static void
check_story(struct mtl_arena *arena, const char *path, unsigned number)
{
    size_t size;
    const char *text = file_text(arena, path, &size);
    unsigned told = 0;

    assert_non_null(text);
    if (sscanf(text, "# Story %u", &told) != 1 || told != number)
        fail_msg("%s: does not begin with \"# Story %u\"", path, number);
}

static bool
is_expected(const struct lint_case *expected, const char *line)
{
    for (size_t i = 0; i < expected->expected_count; i++) {
        if (strcmp(expected->expected[i], line) == 0)
            return true;
    }
    return false;
}

/* "not reported: ..." or "not expected: ..." of the first finding that is not as the case has it; NULL: all are. */
static const char *
difference(struct mtl_arena *arena, struct mtl_crypto *crypto, const char *path)
{
    struct lint_case expected = lint_case_read(arena, path);
    const char *scratch = lint_case_enter(arena, &expected, path);
    const struct mtl_lint_result *result =
        lint_case_run(arena, crypto, &expected, expected.check, expected.check_count);
    const char *differs = NULL;

    assert_true(expected.expected_count > 0);
    for (size_t i = 0; i < expected.expected_count && differs == NULL; i++) {
        if (!is_reported(arena, result, expected.expected[i]))
            differs = mtl_arena_printf(arena, "not reported: %s", expected.expected[i]);
    }
    for (size_t i = 0; i < result->finding_count && differs == NULL; i++) {
        const char *line = lint_case_line(arena, result->findings[i]);

        if (!is_expected(&expected, line))
            differs = mtl_arena_printf(arena, "not expected: %s", line);
    }
    lint_case_leave(arena, scratch);
    return differs;
}

/* Fails for a story that is promised and not found in all of its cases; says whether it is. */
static bool
is_found(struct mtl_arena *arena, const struct story *story, const glob_t *cases)
{
    struct mtl_crypto *crypto = mtl_crypto_new(arena);
    bool found = true;

    for (size_t i = 0; i < cases->gl_pathc; i++) {
        const char *differs;

        check_story(arena, cases->gl_pathv[i], story->number);
        differs = difference(arena, crypto, cases->gl_pathv[i]);
        if (differs != NULL && story->why_missing == NULL)
            fail_msg("%s: %s", cases->gl_pathv[i], differs);
        found &= differs == NULL;
    }
    mtl_crypto_free(crypto);
    return found;
}

static void
story_is_found_or_listed_as_missing(void **state)
{
    const struct story *story = *state;
    struct mtl_arena *arena = mtl_arena_new();
    glob_t cases = {0};
    int status = glob(mtl_arena_printf(arena, FOLDER "%02u-*/*.case", story->number), 0, NULL, &cases);

    assert_true(status == 0 || status == GLOB_NOMATCH);
    if (status == GLOB_NOMATCH && story->why_missing == NULL)
        fail_msg("story %u has no case and no line in " FOLDER "MISSING", story->number);
    if (status == 0 && is_found(arena, story, &cases) && story->why_missing != NULL)
        fail_msg("story %u is listed in " FOLDER "MISSING and found: remove the line", story->number);
    globfree(&cases);
    mtl_arena_free(arena);
}

/* A case in a folder whose name does not begin with the number of a story would never be run. */
static void
every_folder_belongs_to_a_story(void **state)
{
    glob_t cases;

    (void)state;
    assert_int_equal(glob(FOLDER "*/*.case", 0, NULL, &cases), 0);
    for (size_t i = 0; i < cases.gl_pathc; i++) {
        const char *folder = cases.gl_pathv[i] + strlen(FOLDER);
        unsigned number = 0;
        char dash = '\0';

        if (sscanf(folder, "%2u%c", &number, &dash) != 2 || dash != '-' || number < 1 || number > STORIES)
            fail_msg("%s: of no story", cases.gl_pathv[i]);
    }
    globfree(&cases);
}

/* The lines of MISSING. Ends the program when one makes no sense: no story could be judged then. */
static unsigned
read_missing(struct mtl_arena *arena, struct story *stories)
{
    size_t size;
    char *text = file_text(arena, FOLDER "MISSING", &size);
    unsigned count = 0;
    char *rest;

    for (char *line = text == NULL ? NULL : strtok_r(text, "\n", &rest); line != NULL;
         line = strtok_r(NULL, "\n", &rest)) {
        char *why;
        unsigned long number = strtoul(line, &why, 10);

        if (line[0] == '#')
            continue;
        if (number < 1 || number > STORIES || why[0] != ' ' || why[1] == '\0' ||
            stories[number - 1].why_missing != NULL) {
            fprintf(stderr, FOLDER "MISSING: not \"number why\", or a number twice: %s\n", line);
            exit(1);
        }
        stories[number - 1].why_missing = why + 1;
        count++;
    }
    return count;
}

int
main(void)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct story stories[STORIES] = {0};
    struct CMUnitTest tests[STORIES + 1] = {[STORIES] = cmocka_unit_test(every_folder_belongs_to_a_story)};
    unsigned missing = read_missing(arena, stories);
    int failed;

    for (unsigned i = 0; i < STORIES; i++) {
        stories[i].number = i + 1;
        tests[i] = (struct CMUnitTest){.name = mtl_arena_printf(arena, "story %u", i + 1),
                                       .test_func = story_is_found_or_listed_as_missing,
                                       .initial_state = &stories[i]};
    }
    failed = _cmocka_run_group_tests("outages", tests, STORIES + 1, NULL, NULL);
    if (failed == 0)
        printf("%u of %u stories are found, %u are listed as missing\n", STORIES - missing, STORIES, missing);
    mtl_arena_free(arena);
    return failed;
}
