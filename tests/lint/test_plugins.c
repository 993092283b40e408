/*
 * Every rule is complete: a code of its own, a name that is its file's, texts, and cases on both sides.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <glob.h>

#include "lint/lint.h"

/* "missing_intermediate" of the rule missing-intermediate. */
static void
file_name(const struct mtl_rule *rule, char name[static 128])
{
    snprintf(name, 128, "%s", rule->name);
    for (char *at = name; *at != '\0'; at++)
        *at = *at == '-' ? '_' : *at;
}

static size_t
files_matching(const char *pattern)
{
    glob_t found;
    size_t count;

    if (glob(pattern, 0, NULL, &found) != 0)
        return 0;
    count = found.gl_pathc;
    globfree(&found);
    return count;
}

static size_t
cases_of(const struct mtl_rule *rule, const char *kind)
{
    char name[128];
    char pattern[512];

    file_name(rule, name);
    snprintf(pattern, sizeof(pattern), "%s/fixtures/rules/%s/%s-*.case", MTL_SOURCE_DIR, name, kind);
    return files_matching(pattern);
}

static void
the_table_holds_every_file_in_rules(void **state)
{
    (void)state;
    assert_int_equal(files_matching(MTL_SOURCE_DIR "/rules/*.c"), mtl_rule_table_count);
    assert_null(mtl_rule_table[mtl_rule_table_count]);
}

static void
codes_and_names_are_unique(void **state)
{
    (void)state;
    for (size_t i = 0; i < mtl_rule_table_count; i++) {
        assert_ptr_equal(mtl_rule_find(mtl_rule_table[i]->code), mtl_rule_table[i]);
        assert_ptr_equal(mtl_rule_find(mtl_rule_table[i]->name), mtl_rule_table[i]);
    }
}

static void
codes_are_MTL_and_three_digits(void **state)
{
    (void)state;
    for (size_t i = 0; i < mtl_rule_table_count; i++) {
        const char *code = mtl_rule_table[i]->code;

        assert_int_equal(strlen(code), 6);
        assert_memory_equal(code, "MTL", 3);
        assert_true(isdigit((unsigned char)code[3]) && isdigit((unsigned char)code[4]) &&
                    isdigit((unsigned char)code[5]));
    }
}

static void
names_are_those_of_the_files(void **state)
{
    (void)state;
    for (size_t i = 0; i < mtl_rule_table_count; i++) {
        char name[128];
        char path[512];

        file_name(mtl_rule_table[i], name);
        assert_null(strchr(mtl_rule_table[i]->name, '_'));
        snprintf(path, sizeof(path), "%s/rules/%s.c", MTL_SOURCE_DIR, name);
        assert_int_equal(files_matching(path), 1);
    }
}

/* A sentence, or several: begins with a capital or a name in lower case, ends with a full stop. */
static void
assert_sentences(const char *text, size_t least)
{
    assert_non_null(text);
    assert_in_range(strlen(text), least, 1000);
    assert_int_equal(text[strlen(text) - 1], '.');
}

static void
texts_are_there(void **state)
{
    (void)state;
    for (size_t i = 0; i < mtl_rule_table_count; i++) {
        const struct mtl_rule *rule = mtl_rule_table[i];

        assert_in_range(strlen(rule->title), 8, 60);
        assert_true(rule->title[strlen(rule->title) - 1] != '.');
        assert_sentences(rule->rationale, 80);
        assert_sentences(rule->fix, 20);
        assert_in_range(strlen(rule->references), 5, 200);
        assert_in_range(rule->scopes, 1, 127);
        assert_in_range(rule->severity, MTL_INFO, MTL_ERROR);
        assert_true(rule->check != NULL);
    }
}

/* Example lines are there, name the command, and only the wrong one the rule. */
static void
pages_are_whole(void **state)
{
    (void)state;
    assert_int_equal(mtl_rule_page_count, mtl_rule_table_count);
    for (size_t i = 0; i < mtl_rule_table_count; i++) {
        const struct mtl_rule_page *page = mtl_rule_page(mtl_rule_table[i]);

        assert_string_equal(page->name, mtl_rule_table[i]->name);
        assert_in_range(strlen(page->since), 5, 10);
        assert_non_null(strstr(page->fires, "$ mtlslint check"));
        assert_non_null(strstr(page->quiet, "$ mtlslint check"));
        if (strstr(page->fires, mtl_rule_table[i]->code) == NULL ||
            strstr(page->quiet, mtl_rule_table[i]->code) != NULL)
            fail_msg("%s: the examples on its page are of another rule", mtl_rule_table[i]->name);
    }
}

static void
every_rule_fires_on_a_case_and_is_quiet_on_another(void **state)
{
    (void)state;
    for (size_t i = 0; i < mtl_rule_table_count; i++) {
        if (cases_of(mtl_rule_table[i], "fires") == 0 || cases_of(mtl_rule_table[i], "quiet") == 0)
            fail_msg("%s lacks a fires-*.case or a quiet-*.case", mtl_rule_table[i]->name);
    }
}

static void
every_folder_of_fixtures_belongs_to_a_rule(void **state)
{
    glob_t folders;

    (void)state;
    assert_int_equal(glob(MTL_SOURCE_DIR "/fixtures/rules/*", 0, NULL, &folders), 0);
    for (size_t i = 0; i < folders.gl_pathc; i++) {
        char name[128];

        snprintf(name, sizeof(name), "%s", strrchr(folders.gl_pathv[i], '/') + 1);
        for (char *at = name; *at != '\0'; at++)
            *at = *at == '_' ? '-' : *at;
        if (mtl_rule_find(name) == NULL)
            fail_msg("no rule has the name %s", name);
    }
    globfree(&folders);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_holds_every_file_in_rules),
        cmocka_unit_test(codes_and_names_are_unique),
        cmocka_unit_test(codes_are_MTL_and_three_digits),
        cmocka_unit_test(names_are_those_of_the_files),
        cmocka_unit_test(texts_are_there),
        cmocka_unit_test(pages_are_whole),
        cmocka_unit_test(every_rule_fires_on_a_case_and_is_quiet_on_another),
        cmocka_unit_test(every_folder_of_fixtures_belongs_to_a_rule),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
