/* All stacks at once: what is shared between them must change no prediction, and every pair stands in one group.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "handshake/matrix.h"
#include "handshake/scene.h"
#include "support/handshake_case.h"
#include "support/two_sides.h"

enum { BOTH = 1 << MTL_TLS12 | 1 << MTL_TLS13 };
static const bool one_varied[2][2] = {{true, false}, {false, true}};
static const bool both_varied[2] = {true, true};

/* ---- sharing -------------------------------------------------------------------------------------------------- */

static bool
is_same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static bool
agree(const struct mtl_transcript *a, const struct mtl_transcript *b)
{
    return a->outcome == b->outcome && a->rejected_by == b->rejected_by && a->local == b->local &&
           a->surface == b->surface && a->alert == b->alert && a->http_status == b->http_status &&
           a->moment == b->moment && is_same(a->at_message, b->at_message) &&
           is_same(mtl_reason_slug(a->reason), mtl_reason_slug(b->reason)) && a->client_sends == b->client_sends &&
           (a->certificate == NULL) == (b->certificate == NULL) &&
           (a->certificate == NULL || a->certificate->cert == b->certificate->cert);
}

/* Some are made for the occasion. */
static bool
is_same_error(const struct mtl_stack_reason *a, const struct mtl_stack_reason *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return a->native_code == b->native_code && is_same(a->native_name, b->native_name) &&
           is_same(a->native_text, b->native_text);
}

/* One cell against a prediction that shares nothing. */
static void
expect_cell(const struct mtl_matrix *matrix, const struct mtl_matrix_cell *cell, const char *name)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct mtl_handshake_question alone = *matrix->question;
    const struct mtl_transcript *grouped = matrix->groups[cell->group].versions[cell->tls], *predicted;
    enum mtl_stage stage;

    alone.memory = NULL;
    for (size_t role = 0; role < 2; role++)
        alone.sides[role].stack = cell->stacks[role];
    predicted = mtl_handshake_walk(arena, &alone, cell->tls, &stage);
    if (!agree(predicted, grouped) || !is_same_error(predicted->native, cell->native) ||
        predicted->native_depth != cell->native_depth)
        fail_msg("%s, %s with %s, TLS %s: alone \"%s\", among all \"%s\"", name, cell->stacks[MTL_CLIENT]->id,
                 cell->stacks[MTL_SERVER]->id, mtl_tls_text(cell->tls), predicted->headline, grouped->headline);
    mtl_arena_free(arena);
}

static void
expect_cells(const char *path, const bool varied[2])
{
    struct mtl_arena *arena = mtl_arena_new();
    struct mtl_crypto *crypto = mtl_crypto_new(arena);
    struct mtl_handshake_question question;
    struct handshake_case scenario;
    struct mtl_error error;
    const struct mtl_matrix *matrix;

    if (!handshake_case_load(arena, path, &scenario, &error) ||
        !handshake_case_question(arena, &scenario, crypto, &question, &error))
        fail_msg("%s: %s", path, error.message);
    matrix = mtl_handshake_compare(arena, &question, varied, BOTH);
    assert_true(matrix->cell_count >= mtl_stack_surveyed_count());
    for (size_t i = 0; i < matrix->cell_count; i++)
        expect_cell(matrix, &matrix->cells[i], path);
    mtl_crypto_free(crypto);
    mtl_arena_free(arena);
}

static void
stacks_behave_together_as_they_do_alone(void **state)
{
    enum { STEP = 7 }; /* of the cases; every stack, and each side's faults */
    struct mtl_arena *arena = mtl_arena_new();
    size_t count;
    const char *const *paths = handshake_case_list(arena, &count);

    (void)state;
    assert_true(count > 100);
    for (size_t i = 0; i < count; i += STEP)
        expect_cells(paths[i], one_varied[i % 2]);
    expect_cells(paths[count / 2], both_varied);
    mtl_arena_free(arena);
}

/* ---- groups --------------------------------------------------------------------------------------------------- */

static bool
is_in(const struct mtl_matrix_block *block, const struct mtl_matrix_cell *cell)
{
    bool found[2] = {false, false};

    for (size_t role = 0; role < 2; role++)
        for (size_t i = 0; i < block->counts[role]; i++)
            found[role] = found[role] || block->stacks[role][i] == cell->stacks[role];
    return found[MTL_CLIENT] && found[MTL_SERVER];
}

/* How many blocks of all groups hold the cell's pair; *own: of its own group. */
static size_t
count_blocks(const struct mtl_matrix *matrix, const struct mtl_matrix_cell *cell, size_t *own)
{
    size_t all = 0;

    *own = 0;
    for (size_t i = 0; i < matrix->group_count; i++)
        for (size_t j = 0; j < matrix->groups[i].block_count; j++) {
            all += is_in(&matrix->groups[i].blocks[j], cell);
            *own += i == cell->group && is_in(&matrix->groups[i].blocks[j], cell);
        }
    return all;
}

static void
every_pair_stands_in_one_block_of_its_group(void **state)
{
    struct two_sides sides = two_sides_new();
    const struct mtl_matrix *matrix;
    size_t pairs = 0, own;

    (void)state;
    /* the client's intermediate as anchor: some servers take it, others want the root above it */
    two_sides_trust(&sides, MTL_SERVER, "cca");
    matrix = mtl_handshake_compare(sides.arena, &sides.question, both_varied, BOTH);
    assert_true(matrix->group_count > 1);
    assert_int_equal(matrix->groups[0].outcome, MTL_ESTABLISHED);
    for (size_t i = 0; i < matrix->cell_count; i++) {
        assert_int_equal(count_blocks(matrix, &matrix->cells[i], &own), 1);
        assert_int_equal(own, 1);
    }
    for (size_t i = 0; i < matrix->group_count; i++) {
        pairs += matrix->groups[i].pair_count;
        assert_true(i == 0 || matrix->groups[i].outcome >= matrix->groups[i - 1].outcome);
    }
    assert_int_equal(pairs, matrix->counts[MTL_CLIENT] * matrix->counts[MTL_SERVER]);
    two_sides_free(&sides);
}

static void
side_takes_only_stacks_of_its_role_and_pairs_only_their_versions(void **state)
{
    struct two_sides sides = two_sides_new();
    const struct mtl_matrix *matrix = mtl_handshake_compare(sides.arena, &sides.question, both_varied, BOTH);

    (void)state;
    for (size_t role = 0; role < 2; role++) {
        size_t expected = 0;

        for (size_t i = 0; i < mtl_stack_count(); i++)
            expected += mtl_stack_at(i)->evidence != MTL_EVIDENCE_ASSUMED &&
                        mtl_stack_plays(mtl_stack_at(i), (enum mtl_role)role);
        assert_int_equal(matrix->counts[role], expected);
        for (size_t i = 0; i < matrix->cell_count; i++) {
            assert_true(mtl_stack_plays(matrix->cells[i].stacks[role], (enum mtl_role)role));
            assert_true(mtl_stack_speaks(matrix->cells[i].stacks[role], matrix->cells[i].tls));
        }
    }
    two_sides_free(&sides);
}

static void
signatures_are_checked_once_for_all_stacks(void **state)
{
    struct two_sides sides = two_sides_new();
    uint64_t once;
    enum mtl_stage stage;

    (void)state;
    (void)mtl_handshake_walk(sides.arena, &sides.question, MTL_TLS13, &stage);
    once = mtl_crypto_verifications(sides.question.crypto);
    (void)mtl_handshake_compare(sides.arena, &sides.question, both_varied, BOTH);
    assert_true(once > 0);
    /* stacks that check a root's own signature, or look for issuers another way, may ask for a few more */
    assert_true(mtl_crypto_verifications(sides.question.crypto) <= 2 * once);
    two_sides_free(&sides);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stacks_behave_together_as_they_do_alone),
        cmocka_unit_test(every_pair_stands_in_one_block_of_its_group),
        cmocka_unit_test(side_takes_only_stacks_of_its_role_and_pairs_only_their_versions),
        cmocka_unit_test(signatures_are_checked_once_for_all_stacks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
