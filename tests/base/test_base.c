/* Tests of src/base: arena, text, time. SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/base.h"

static void
arena_memory_is_zeroed_aligned_and_apart(void **state)
{
    struct mtl_arena *arena = mtl_arena_new();

    (void)state;
    for (size_t size = 0; size < 40000; size += 37) {
        unsigned char *bytes = mtl_arena_alloc(arena, size);
        assert_int_equal((uintptr_t)bytes % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(bytes[i], 0);
        memset(bytes, 0xff, size);
    }
    mtl_arena_free(arena);
}

static void
growing_array_keeps_its_items(void **state)
{
    struct mtl_arena *arena = mtl_arena_new();
    int *items = NULL;
    size_t capacity = 0;

    (void)state;
    for (size_t i = 0; i < 1000; i++) {
        items = mtl_arena_grow(arena, items, i, &capacity, sizeof(*items));
        items[i] = (int)i;
    }
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(items[i], i);
    mtl_arena_free(arena);
}

static void
unsafe_text_is_escaped(void **state)
{
    static const struct {
        const char *in, *out;
    } cases[] = {
        {"plain", "plain"},
        {"a\nb\x1b[31m", "a\\x0Ab\\x1B[31m"},
        {"caf\xc3\xa9", "caf\xc3\xa9"},
        {"\xe2\x80\xaeoops", "\\u{202E}oops"},
        {"\xc0\xaf", "\\xC0\\xAF"},          /* overlong */
        {"\xed\xa0\x80", "\\xED\\xA0\\x80"}, /* surrogate */
        {"\xff\xfe", "\\xFF\\xFE"},
        {"tail\xe2\x80", "tail\\xE2\\x80"},
        {"\xc2\x85", "\\u{0085}"},
        {"##vso[task.complete]", "#\\x23vso[task.complete]"},
        {"# #", "# #"},
    };
    struct mtl_arena *arena = mtl_arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_string_equal(mtl_text_safe(arena, mtl_slice_text(cases[i].in), 0), cases[i].out);
    assert_string_equal(mtl_text_safe(arena, mtl_slice_text("abcdef"), 3), "abc...");
    assert_string_equal(mtl_text_safe(arena, mtl_slice_of("a\0b", 3), 0), "a\\x00b");
    mtl_arena_free(arena);
}

static void
time_agrees_with_gmtime(void **state)
{
    char text[MTL_TIME_TEXT_SIZE], judged[64];

    (void)state;
    for (mtl_time t = -62167219200; t < 253402300800; t += 8640000 * 7 + 12347) {
        struct tm tm;
        time_t judge = (time_t)t;
        mtl_time back;
        assert_non_null(gmtime_r(&judge, &tm));
        snprintf(judged, sizeof(judged), "%04d-%02d-%02dT%02d:%02d:%02dZ", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
                 tm.tm_hour, tm.tm_min, tm.tm_sec);
        assert_string_equal(mtl_time_text(t, text), judged);
        assert_true(
            mtl_time_from_civil(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec, &back));
        assert_int_equal(back, t);
    }
}

static void
times_people_write_are_understood(void **state)
{
    static const struct {
        const char *in, *out;
    } good[] = {
        {"2026-11-23", "2026-11-23T00:00:00Z"},
        {"2026-11-23T10:55Z", "2026-11-23T10:55:00Z"},
        {"2024-02-29 23:59:59", "2024-02-29T23:59:59Z"},
        {"2026-11-23T10:55:01.5Z", "2026-11-23T10:55:01Z"},
        {"2026-11-23T10:55:01.999999999+02:00", "2026-11-23T08:55:01Z"},
        {"2026-11-23T22:55-01:30", "2026-11-24T00:25:00Z"},
        {"+30d", "1970-01-31T00:00:00Z"},
        {"-1h", "1969-12-31T23:00:00Z"},
        {"+1w", "1970-01-08T00:00:00Z"},
    };
    static const char *const bad[] = {"",
                                      "tomorrow",
                                      "2026-13-01",
                                      "2025-02-29",
                                      "2026-1-1",
                                      "+d",
                                      "+30",
                                      "+30x",
                                      "2026-11-23T",
                                      "2026-11-23T25:00Z",
                                      "+30dd",
                                      "2026-11-23Z1",
                                      "-999999999w",
                                      "2026-11-23T10:55:01.Z",
                                      "2026-11-23T10:55.5Z",
                                      "2026-11-23T10:55+2",
                                      "2026-11-23T10:55+24:00",
                                      "2026-11-23T10:55Z+02:00",
                                      "0000-01-01T00:00+01:00"};
    char text[MTL_TIME_TEXT_SIZE];
    struct mtl_error error;
    mtl_time time;

    (void)state;
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        assert_true(mtl_time_parse(good[i].in, 0, &time, &error));
        assert_string_equal(mtl_time_text(time, text), good[i].out);
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_false(mtl_time_parse(bad[i], 0, &time, &error));
        assert_true(strlen(error.message) > 0 && strlen(error.hint) > 0);
    }
}

static void
nearest_word_is_suggested_only_when_near(void **state)
{
    static const char *const words[] = {"handshake", "check", "show"};

    (void)state;
    assert_string_equal(mtl_text_nearest("handshak", words, 3), "handshake");
    assert_string_equal(mtl_text_nearest("chekc", words, 3), "check");
    assert_null(mtl_text_nearest("completely-else", words, 3));
}

/* A real shell is the judge: it prints the word as it took it. */
static void
shell_words_are_taken_literally(void **state)
{
    static const char *const paths[] = {"certs/a.pem", "my certs/a.pem", "it's.pem", "$HOME/`id`;a&b|c.pem",
                                        "*?[a]~#!"};
    struct mtl_arena *arena = mtl_arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        const char *word = mtl_text_shell_word(arena, paths[i]);
        FILE *shell = popen(mtl_arena_printf(arena, "printf %%s %s", word), "r");
        char taken[128] = "";

        assert_non_null(shell);
        taken[fread(taken, 1, sizeof(taken) - 1, shell)] = '\0';
        assert_int_equal(pclose(shell), 0);
        assert_string_equal(taken, paths[i]);
    }
    assert_string_equal(mtl_text_shell_word(arena, "-rf"), "./-rf");
    assert_null(mtl_text_shell_word(arena, "a\nb.pem"));
    assert_null(mtl_text_shell_word(arena, "a\xe2\x80\xae.pem")); /* right-to-left override */
    assert_null(mtl_text_shell_word(arena, ""));
    mtl_arena_free(arena);
}

/* Odd sizes, small and large, so that chunks of both kinds come and go; what is handed out again is zeroed. */
static void
an_arena_goes_back_to_a_mark(void **state)
{
    struct mtl_arena *arena = mtl_arena_new();
    char *kept = mtl_arena_strdup(arena, "kept");
    size_t used = mtl_arena_used(arena);

    (void)state;
    for (int round = 0; round < 3; round++) {
        struct mtl_arena_mark mark = mtl_arena_mark(arena);

        for (size_t size = 1; size < 100000; size += size / 3 + 7) {
            uint8_t *bytes = mtl_arena_alloc(arena, size);

            for (size_t i = 0; i < size; i++)
                assert_int_equal(bytes[i], 0);
            memset(bytes, 0xa5, size);
        }
        assert_true(mtl_arena_used(arena) > used);
        mtl_arena_rewind(arena, mark);
        assert_int_equal(mtl_arena_used(arena), used);
    }
    assert_string_equal(kept, "kept");
    mtl_arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_arena_goes_back_to_a_mark),      cmocka_unit_test(arena_memory_is_zeroed_aligned_and_apart),
        cmocka_unit_test(growing_array_keeps_its_items),     cmocka_unit_test(unsafe_text_is_escaped),
        cmocka_unit_test(shell_words_are_taken_literally),   cmocka_unit_test(time_agrees_with_gmtime),
        cmocka_unit_test(times_people_write_are_understood), cmocka_unit_test(nearest_word_is_suggested_only_when_near),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
