/* The sieve before the search for words: it may keep too many, never too few. SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "explain/sieve.h"
#include "support/random.h"

#define WORDS 300
#define LINES 2000

/* Few letters, so that words have much in common. */
static char *
draw(struct mtl_arena *arena, struct test_random *random, size_t least, size_t most)
{
    size_t size = least + random_below(random, most - least + 1);
    char *text = mtl_arena_alloc(arena, size + 1);

    for (size_t i = 0; i < size; i++)
        text[i] = "ab "[random_below(random, 3)];
    return text;
}

static void
no_word_that_stands_in_a_line_is_held_back(void **state)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct test_random random = {7};
    const char *words[WORDS];
    size_t standing = 0, kept = 0;
    (void)state;

    for (size_t i = 0; i < WORDS; i++)
        words[i] = draw(arena, &random, 4, 14);
    const struct mtl_sieve *sieve = mtl_sieve_new(arena, words, WORDS);
    for (size_t i = 0; i < LINES; i++) {
        const char *line = draw(arena, &random, 0, 60);
        struct mtl_sifted sifted = mtl_sieve_line(arena, sieve, line);
        bool is_kept[WORDS] = {false};
        size_t index;

        for (size_t last = 0; mtl_sifted_next(&sifted, &index); last = index, kept++) {
            assert_true(index >= last && !is_kept[index]);
            is_kept[index] = true;
        }
        for (size_t word = 0; word < WORDS; word++) {
            bool stands = strstr(line, words[word]) != NULL;

            assert_true(is_kept[word] || !stands);
            standing += stands;
        }
    }
    assert_true(standing > LINES);
    assert_true(kept < (size_t)WORDS * LINES / 2);
    mtl_arena_free(arena);
}

static void
a_line_without_any_of_the_words_keeps_the_short_ones(void **state)
{
    static const char *const words[] = {"certificate verify failed", "expired", "unknown ca, revoked"};
    struct mtl_arena *arena = mtl_arena_new();
    struct mtl_sifted sifted =
        mtl_sieve_line(arena, mtl_sieve_new(arena, words, 3), "GET /health HTTP/1.1 200, in four milliseconds");
    size_t index;
    (void)state;

    assert_true(mtl_sifted_next(&sifted, &index));
    assert_int_equal(index, 1);
    assert_false(mtl_sifted_next(&sifted, &index));
    mtl_arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_word_that_stands_in_a_line_is_held_back),
        cmocka_unit_test(a_line_without_any_of_the_words_keeps_the_short_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
