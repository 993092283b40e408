/*
 * .gitignore files are read as git reads them: git check-ignore is the judge, over patterns and paths drawn by seed.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "store/ignored.h"
#include "support/random.h"

enum { ROUNDS = 60, PATTERNS = 12, DIRECTORIES = 3, NAMES = 4 };

static const char *const directories[DIRECTORIES] = {"a", "ab", "certs"};
static const char *const names[NAMES] = {"a", "b.pem", "ab.pem", "old"};
static const char *const parts[] = {"a",   "b.pem", "*.pem", "old", "**",   "*",    "a*",     "[ab].pem",
                                    "?b*", "certs", "[!a]*", "\\a", "a**b", "*b*m", "[a-c]b", "x"};

static void
run(const char *format, const char *path)
{
    char command[1024];

    snprintf(command, sizeof(command), format, path);
    assert_int_equal(system(command), 0);
}

static void
write_patterns(const char *path, struct test_random *random)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    fputs("# a comment\n\n", file);
    for (size_t i = random_below(random, PATTERNS) + 1; i > 0; i--) {
        size_t length = random_below(random, 3) + 1;

        fputs(random_below(random, 5) == 0 ? "!" : "", file);
        fputs(random_below(random, 4) == 0 ? "/" : "", file);
        for (size_t part = 0; part < length; part++)
            fprintf(file, "%s%s", part > 0 ? "/" : "", RANDOM_PICK(random, parts));
        fputs(random_below(random, 4) == 0 ? "/" : "", file);
        fputs(random_below(random, 6) == 0 ? "  \n" : "\n", file);
    }
    assert_int_equal(fclose(file), 0);
}

/* git names what it ignores, directories with what is in them. */
static bool
git_ignores(const char *root, const char *path)
{
    char command[1024];

    snprintf(command, sizeof(command), "cd %s && git check-ignore -q --no-index -- '%s'", root, path);
    return system(command) == 0;
}

static unsigned
compare(struct mtl_arena *arena, const char *root, const struct mtl_ignored *ignored, const char *below)
{
    unsigned left_out = 0;

    for (size_t i = 0; i < NAMES + DIRECTORIES; i++) {
        bool is_directory = i >= NAMES;
        const char *name = is_directory ? directories[i - NAMES] : names[i];
        const char *path = mtl_arena_printf(arena, "%s%s%s", below, below[0] == '\0' ? "" : "/", name);
        bool ours = mtl_is_ignored(ignored, name, is_directory);

        if (!is_directory && i == 0)
            continue; /* "a" is a directory in the tree */
        left_out += ours;
        if (ours != git_ignores(root, path)) {
            run("cat %s/.gitignore", root);
            fail_msg("%s: %s by us", path, ours ? "ignored" : "not ignored");
        }
    }
    return left_out;
}

static void
patterns_mean_what_git_takes_them_for(void **state)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct test_random random = {.state = 20261123};
    char root[] = "/tmp/mtlslint-ignored-XXXXXX";
    unsigned left_out = 0;

    (void)state;
    assert_non_null(mkdtemp(root));
    run("cd %s && git init -q . && mkdir -p a/a a/ab a/certs ab/a ab/ab ab/certs certs/a certs/ab certs/certs", root);
    run("cd %s && for d in . a ab certs; do touch $d/b.pem $d/ab.pem $d/old; done", root);
    for (int round = 0; round < ROUNDS; round++) {
        const struct mtl_ignored *ignored;

        write_patterns(mtl_arena_printf(arena, "%s/.gitignore", root), &random);
        write_patterns(mtl_arena_printf(arena, "%s/certs/.gitignore", root), &random);
        ignored = mtl_ignored_at(arena, root);
        left_out += compare(arena, root, ignored, "");
        for (size_t i = 0; i < DIRECTORIES; i++) {
            if (mtl_is_ignored(ignored, directories[i], true))
                continue; /* nobody looks into it */
            left_out += compare(arena, root, mtl_ignored_below(arena, ignored, directories[i]), directories[i]);
        }
    }
    printf("%u names left out\n", left_out);
    assert_in_range(left_out, ROUNDS, ROUNDS * 28);
    run("rm -rf %s", root);
    mtl_arena_free(arena);
}

/* A walk that begins in the middle of a repository heeds the patterns above it. */
static void
patterns_above_the_start_hold(void **state)
{
    struct mtl_arena *arena = mtl_arena_new();
    char root[] = "/tmp/mtlslint-ignored-XXXXXX";

    (void)state;
    assert_non_null(mkdtemp(root));
    run("cd %s && mkdir -p .git a/b && echo 'a/b/*.pem' >.gitignore && echo '!keep.pem' >a/.gitignore", root);
    const struct mtl_ignored *ignored = mtl_ignored_at(arena, mtl_arena_printf(arena, "%s/a/b", root));
    assert_true(mtl_is_ignored(ignored, "x.pem", false));
    assert_false(mtl_is_ignored(ignored, "keep.pem", false));
    assert_false(mtl_is_ignored(NULL, "x.pem", false));
    run("rm -rf %s", root);
    mtl_arena_free(arena);
}

/* Stars in a row do not make it slow. */
static void
hostile_patterns_end(void **state)
{
    char pattern[2001], path[2001];

    (void)state;
    for (size_t i = 0; i < 2000; i += 2) {
        memcpy(pattern + i, "a*", 2);
        memcpy(path + i, "aa", 2);
    }
    pattern[2000] = path[2000] = '\0';
    path[1999] = 'b';
    pattern[1999] = 'c';
    assert_false(mtl_pattern_matches(pattern, path));
    assert_false(mtl_pattern_matches("[", "["));
    assert_false(mtl_pattern_matches("a\\", "a"));
    assert_true(mtl_pattern_matches("**/a", "a"));
    assert_false(mtl_pattern_matches("a/**", "a"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_mean_what_git_takes_them_for),
        cmocka_unit_test(patterns_above_the_start_hold),
        cmocka_unit_test(hostile_patterns_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
