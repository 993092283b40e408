/* PEM: the blocks libcrypto reads are read, the others are named. SPDX-License-Identifier: Apache-2.0 */
#include "support/pem_judge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define B "-----BEGIN CERTIFICATE-----\n"
#define E "-----END CERTIFICATE-----\n"
#define FULL "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2\n"
#define DATA FULL "MDEyMzQ1Njc4OQ==\n"
#define BLOCK B DATA E
#define LONG FULL FULL FULL FULL FULL FULL
#define DEK "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF\n\n"

#define ROW(literal)                                                                                                   \
    {                                                                                                                  \
        literal, sizeof(literal) - 1                                                                                   \
    }

/* Input of every kind of dirt. What it means is libcrypto's to say. */
static const struct {
    const char *bytes;
    size_t size;
} dirty[] = {
    ROW(BLOCK),
    ROW(BLOCK "Some text: between\n" BLOCK),
    ROW("-----BEGIN CERTIFICATE-----\r\n" FULL "\r\n-----END CERTIFICATE-----\r\n"),
    ROW("\xef\xbb\xbf" BLOCK "\xef\xbb\xbf" BLOCK),
    ROW("text\n\xef\xbb\xbf" BLOCK BLOCK),
    ROW("-----BEGIN CERTIFICATE-----  \t\n" DATA "-----END CERTIFICATE----- \x01\n"),
    ROW("-----BEGIN CERTIFICATE-----\xc2\xa0\n" DATA E),
    ROW("  " BLOCK),
    ROW("-----BEGIN CERTIFICATE----- here\n" DATA E BLOCK),
    ROW(B DATA "-----END CERTIFICATE----------BEGIN CERTIFICATE-----\n" DATA E),
    ROW(B DATA "-----END CERTIFICATE-----" B DATA E),
    ROW(B DATA BLOCK),
    ROW(B FULL BLOCK),
    ROW(B "QUJD\nQUI" BLOCK),
    ROW(B DATA "-----END X509 CRL-----\n"),
    ROW(B DATA "-----END CERTIFICATE\n" E),
    ROW(B DATA),
    ROW(B),
    ROW("-----BEGIN CERTIFICATE-----"),
    ROW(B E),
    ROW(B "\n" E),
    ROW(B "\n" DATA E),
    ROW(B DATA "\n" E),
    ROW(B FULL "\n" FULL E),
    ROW(B FULL "\n\n" FULL E),
    ROW(B "   " FULL "\t" FULL E),
    ROW(B "\v" FULL E),
    ROW(B "QUJ#\n" E),
    ROW(B "QUJDRA=\n" E),
    ROW(B "QUJDRA===\n" E),
    ROW(B "QUI=QUJD\n" E),
    ROW(B "QUI=\n=\n" E),
    ROW(B "QUJDR\n" E),
    ROW(B "QUJD-QUJD\n" E),
    ROW(B "-\n" E),
    ROW(B LONG E),
    ROW("-----BEGIN RSA PRIVATE KEY-----\n" DEK DATA "-----END RSA PRIVATE KEY-----\n"),
    ROW("-----BEGIN RSA PRIVATE KEY-----\n" DEK FULL "QUJD\nQUJD\n-----END RSA PRIVATE KEY-----\n"),
    ROW("-----BEGIN RSA PRIVATE KEY-----\n" DEK "A" FULL "-----END RSA PRIVATE KEY-----\n"),
    ROW("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n" DATA "-----END RSA PRIVATE KEY-----\n"),
    ROW("-----BEGIN A: B-----\nQUJD\n-----END A: B-----\n"),
    ROW("-----BEGIN -----\nQUJD\n-----END -----\n"),
    ROW(BLOCK "\0\n" BLOCK),
    ROW(BLOCK "x\0\n" BLOCK),
    ROW(B "QUJD\0rest is lost\nQUJD\n" E),
    ROW(B FULL "\0" FULL E),
    ROW("-----BEGIN CERTIFICATE-----\r"
        "QUJD\r"
        "-----END CERTIFICATE-----\r"),
    ROW("nothing of the kind\n"),
};

static void
libcrypto_finds_the_same_blocks_in_dirty_files(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof dirty / sizeof dirty[0]; i++) {
        const char *disagreement = pem_judge(mtl_slice_of(dirty[i].bytes, dirty[i].size));
        if (disagreement != NULL)
            fail_msg("row %zu: %s\n%s", i, disagreement, dirty[i].bytes);
    }
}

/* Base64 on one line of every length around the 254 bytes that OpenSSL reads at a time. */
static void
lines_of_any_length_are_cut_where_openssl_cuts(void **state)
{
    (void)state;
    for (size_t length = 240; length < 1100; length++) {
        struct mtl_arena *arena = mtl_arena_new();
        struct mtl_text text = {.arena = arena};
        mtl_text_add(&text, B);
        for (size_t i = 0; i < length; i++)
            mtl_text_add(&text, i % 251 == 250 ? " " : "A");
        mtl_text_add(&text, "\n" E);
        const char *disagreement = pem_judge(mtl_slice_of(text.text, text.size));
        if (disagreement != NULL)
            fail_msg("length %zu: %s", length, disagreement);
        mtl_arena_free(arena);
    }
}

/* ---- what is found where OpenSSL gives up, and what is said ---------------------------------------------------------
 */

struct reading {
    struct mtl_arena *arena;
    struct mtl_builder builder;
    struct mtl_pem_block blocks[8];
    size_t count;
};

static void
read_text(struct reading *reading, const char *text)
{
    *reading = (struct reading){.arena = mtl_arena_new()};
    reading->builder = (struct mtl_builder){.arena = reading->arena, .path = "input"};
    struct mtl_pem pem = mtl_pem_open(&reading->builder, mtl_slice_text(text));
    while (reading->count < 8 && mtl_pem_next(&pem, &reading->blocks[reading->count]))
        reading->count++;
}

static void
assert_note(const struct reading *reading, size_t index, enum mtl_note_kind kind, unsigned line, bool fatal)
{
    assert_true(index < reading->builder.note_count);
    const struct mtl_note *note = &reading->builder.notes[index];
    assert_int_equal(note->kind, kind);
    assert_int_equal(note->source.line, line);
    assert_int_equal(note->fatal, fatal);
}

static void
lines_of_begin_and_end_are_exact(void **state)
{
    (void)state;
    struct reading reading;
    read_text(&reading, "text\n\n" BLOCK "more\n" BLOCK);
    assert_int_equal(reading.count, 2);
    assert_int_equal(reading.blocks[0].line, 3);
    assert_int_equal(reading.blocks[0].end_line, 6);
    assert_int_equal(reading.blocks[1].line, 8);
    assert_int_equal(reading.blocks[1].end_line, 11);
    assert_int_equal(reading.builder.note_count, 0);
    mtl_arena_free(reading.arena);
}

static void
long_lines_do_not_disturb_line_numbers(void **state)
{
    (void)state;
    struct reading reading;
    read_text(&reading, B
              "QUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJD"
              "QUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJD"
              "QUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJD\n" E
                  BLOCK);
    assert_int_equal(reading.count, 2);
    assert_int_equal(reading.blocks[0].end_line, 3);
    assert_int_equal(reading.blocks[1].line, 4);
    mtl_arena_free(reading.arena);
}

static void
glued_blocks_are_both_read_and_fatal(void **state)
{
    (void)state;
    struct reading reading;
    read_text(&reading, B DATA "-----END CERTIFICATE----------BEGIN CERTIFICATE-----\n" DATA E BLOCK);
    assert_int_equal(reading.count, 3);
    assert_int_equal(reading.blocks[1].line, 4);
    assert_int_equal(reading.builder.note_count, 1);
    assert_note(&reading, 0, MTL_NOTE_GLUED, 4, true);
    assert_true(mtl_slice_equal(reading.blocks[0].body, reading.blocks[1].body));
    mtl_arena_free(reading.arena);
}

static void
only_the_first_fault_is_fatal(void **state)
{
    (void)state;
    struct reading reading;
    read_text(&reading, B "????\n" E B "!!!!\n" E BLOCK);
    assert_int_equal(reading.count, 1);
    assert_int_equal(reading.builder.note_count, 2);
    assert_note(&reading, 0, MTL_NOTE_UNDECODABLE, 2, true);
    assert_note(&reading, 1, MTL_NOTE_UNDECODABLE, 5, false);
    assert_ptr_equal(reading.builder.refusal->message, reading.builder.notes[0].message);
    mtl_arena_free(reading.arena);
}

static void
begin_without_end_at_the_end_of_the_file_is_truncated(void **state)
{
    (void)state;
    struct reading reading;
    read_text(&reading, BLOCK B DATA);
    assert_int_equal(reading.count, 1);
    assert_note(&reading, 0, MTL_NOTE_TRUNCATED, 5, true);
    mtl_arena_free(reading.arena);
}

static void
block_swallowed_for_want_of_an_end_line_is_named(void **state)
{
    (void)state;
    struct reading reading;
    read_text(&reading, B DATA BLOCK);
    assert_int_equal(reading.count, 1);
    assert_int_equal(reading.blocks[0].end_line, 7);
    assert_note(&reading, 0, MTL_NOTE_TRUNCATED, 4, false);
    mtl_arena_free(reading.arena);
}

static void
blank_line_before_end_is_fatal_and_read_all_the_same(void **state)
{
    (void)state;
    struct reading reading;
    read_text(&reading, B DATA "\n" E);
    assert_int_equal(reading.count, 1);
    assert_int_equal(reading.blocks[0].body.size, 48 + 10);
    assert_note(&reading, 0, MTL_NOTE_UNDECODABLE, 5, true);
    mtl_arena_free(reading.arena);
}

static void
indented_begin_is_passed_over_with_a_note(void **state)
{
    (void)state;
    struct reading reading;
    read_text(&reading, "x\n  " BLOCK);
    assert_int_equal(reading.count, 0);
    assert_int_equal(reading.builder.note_count, 1);
    assert_note(&reading, 0, MTL_NOTE_DIRTY, 2, false);
    mtl_arena_free(reading.arena);
}

static void
mixed_line_ends_are_noted_once(void **state)
{
    (void)state;
    struct reading reading;
    read_text(&reading, BLOCK "-----BEGIN CERTIFICATE-----\r\nQUJD\r\n-----END CERTIFICATE-----\r\n" BLOCK);
    assert_int_equal(reading.count, 3);
    assert_int_equal(reading.builder.note_count, 1);
    assert_note(&reading, 0, MTL_NOTE_DIRTY, 5, false);
    mtl_arena_free(reading.arena);
}

static void
hostile_label_is_made_safe(void **state)
{
    (void)state;
    struct reading reading;
    read_text(&reading, "-----BEGIN \x1b[31m-----\n????\n-----END \x1b[31m-----\n");
    assert_int_equal(reading.builder.note_count, 1);
    assert_string_equal(reading.builder.notes[0].source.label, "\\x1B[31m");
    mtl_arena_free(reading.arena);
}

/* Quadratic behaviour would take hours: every BEGIN could reach for the END at the end of the file. */
static void
million_begin_lines_are_read_in_linear_time(void **state)
{
    (void)state;
    size_t count = 1000000, line = sizeof B - 1, size = count * line + sizeof BLOCK - 1;
    char *text = malloc(size + 1);
    for (size_t i = 0; i < count; i++)
        memcpy(text + i * line, B, line);
    memcpy(text + count * line, BLOCK, sizeof BLOCK);
    memcpy(text + size - sizeof E + 1, "-----END X", 10);

    struct reading reading;
    read_text(&reading, text);
    assert_int_equal(reading.count, 1);
    assert_int_equal(reading.blocks[0].line, count + 1);
    assert_true(reading.builder.note_count <= MTL_MAX_NOTES);
    mtl_arena_free(reading.arena);
    free(text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(libcrypto_finds_the_same_blocks_in_dirty_files),
        cmocka_unit_test(lines_of_any_length_are_cut_where_openssl_cuts),
        cmocka_unit_test(lines_of_begin_and_end_are_exact),
        cmocka_unit_test(long_lines_do_not_disturb_line_numbers),
        cmocka_unit_test(glued_blocks_are_both_read_and_fatal),
        cmocka_unit_test(only_the_first_fault_is_fatal),
        cmocka_unit_test(begin_without_end_at_the_end_of_the_file_is_truncated),
        cmocka_unit_test(block_swallowed_for_want_of_an_end_line_is_named),
        cmocka_unit_test(blank_line_before_end_is_fatal_and_read_all_the_same),
        cmocka_unit_test(indented_begin_is_passed_over_with_a_note),
        cmocka_unit_test(mixed_line_ends_are_noted_once),
        cmocka_unit_test(hostile_label_is_made_safe),
        cmocka_unit_test(million_begin_lines_are_read_in_linear_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
