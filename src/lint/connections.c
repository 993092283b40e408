/*
 * Declared handshakes: predicted, sorted by how they end, and handed to the rules.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/lint.h"

#include <string.h>

/* Endings of one connection that are told apart, and rejections for which a fix is looked for. */
#define MAX_ENDINGS 32U
#define MAX_FIXED 4U

struct sorter {
    struct mtl_arena *arena;
    const struct mtl_matrix *matrix; /* NULL: one pair */
    struct mtl_ending *endings;
    size_t count;
};

/* ---- what ends alike ------------------------------------------------------------------------------------------- */

static bool
fails_by_itself(const struct mtl_transcript *transcript)
{
    if (transcript->local || transcript->sent[MTL_SERVER].count == 0)
        return true;
    return transcript->certificate_owner == transcript->rejected_by && transcript->certificate != NULL;
}

static enum mtl_ending_kind
kind_of(const struct mtl_transcript *transcript)
{
    if (transcript->outcome == MTL_ESTABLISHED)
        return MTL_ENDS_CONNECTED;
    if (transcript->outcome == MTL_UNDETERMINED)
        return MTL_ENDS_UNKNOWN;
    if (fails_by_itself(transcript))
        return MTL_ENDS_UNUSABLE;
    if (transcript->reason == MTL_REASON_NO_CERTIFICATE)
        return MTL_ENDS_UNSENT;
    return transcript->rejected_by == MTL_SERVER ? MTL_ENDS_CLIENT_REFUSED : MTL_ENDS_SERVER_REFUSED;
}

static bool
blame_the_same(const struct mtl_loaded_cert *a, const struct mtl_loaded_cert *b)
{
    return a == b || (a != NULL && b != NULL && mtl_cert_same(a->cert, b->cert));
}

static bool
belongs(const struct mtl_ending *ending, const struct mtl_transcript *transcript)
{
    const struct mtl_transcript *other = ending->newest;

    if (ending->kind != kind_of(transcript))
        return false;
    if (ending->kind == MTL_ENDS_CONNECTED)
        return other->client_sends == transcript->client_sends;
    if (ending->kind == MTL_ENDS_UNKNOWN)
        return strcmp(other->why_undetermined, transcript->why_undetermined) == 0;
    return other->rejected_by == transcript->rejected_by && other->reason == transcript->reason &&
           blame_the_same(other->certificate, transcript->certificate);
}

/* ---- sorting --------------------------------------------------------------------------------------------------- */

static struct mtl_ending *
ending_for(struct sorter *sorter, const struct mtl_handshake_question *question,
           const struct mtl_transcript *transcript)
{
    struct mtl_ending *ending = sorter->endings;

    while (ending < sorter->endings + sorter->count && !belongs(ending, transcript))
        ending++;
    if (ending < sorter->endings + sorter->count)
        return ending;
    if (sorter->count == MAX_ENDINGS)
        return NULL;
    sorter->count++;
    *ending = (struct mtl_ending){.kind = kind_of(transcript), .question = question};
    for (size_t role = 0; sorter->matrix != NULL && role < 2; role++)
        ending->stacks[role] = mtl_arena_array(sorter->arena, sorter->matrix->counts[role], sizeof(bool));
    return ending;
}

/* These differ from stack to stack, however alike the ends. */
static void
mark_manner(struct mtl_ending *ending, const struct mtl_transcript *transcript)
{
    bool by_server = ending->kind == MTL_ENDS_CLIENT_REFUSED || ending->kind == MTL_ENDS_UNSENT;

    if (ending->kind <= MTL_ENDS_UNKNOWN || transcript->local)
        return;
    if (ending->silent == NULL && transcript->surface != MTL_SURFACE_ALERT)
        ending->silent = transcript;
    if (ending->late == NULL && by_server &&
        (transcript->moment == MTL_MOMENT_AFTER_HANDSHAKE || transcript->moment == MTL_MOMENT_REQUEST))
        ending->late = transcript;
}

static void
mark_stacks(const struct sorter *sorter, struct mtl_ending *ending, const struct mtl_matrix_group *group)
{
    for (size_t i = 0; i < group->block_count; i++) {
        for (size_t role = 0; role < 2; role++) {
            for (size_t k = 0, at = 0; k < group->blocks[i].counts[role]; at++) {
                if (sorter->matrix->stacks[role][at] != group->blocks[i].stacks[role][k])
                    continue;
                ending->stacks[role][at] = true;
                k++;
            }
        }
    }
}

/* The versions of one pair of stacks, or of those that behave like it. group is NULL for the only pair. */
static void
sort_pair(struct sorter *sorter, const struct mtl_handshake_question *question,
          const struct mtl_transcript *const versions[MTL_TLS_COUNT], const struct mtl_matrix_group *group)
{
    const struct mtl_ending *counted = NULL;

    for (size_t tls = 0; tls < MTL_TLS_COUNT; tls++) {
        struct mtl_ending *ending = versions[tls] == NULL ? NULL : ending_for(sorter, question, versions[tls]);

        if (ending == NULL)
            continue;
        if (ending->question == question)
            ending->versions[tls] = ending->newest = versions[tls];
        mark_manner(ending, versions[tls]);
        if (ending == counted)
            continue;
        counted = ending;
        ending->pairs += group == NULL ? 1 : group->pair_count;
        if (group != NULL)
            mark_stacks(sorter, ending, group);
    }
}

/* A matrix looks for fixes in one of its groups only. */
static void
find_fixes(struct sorter *sorter)
{
    size_t fixed = 0;

    for (size_t i = 0; i < sorter->count; i++) {
        struct mtl_ending *ending = &sorter->endings[i];

        if (ending->kind <= MTL_ENDS_UNKNOWN || ending->newest->fix_count > 0 || ending->newest->advice != NULL ||
            fixed++ == MAX_FIXED)
            continue;
        ending->newest = mtl_handshake_predict(sorter->arena, ending->question, ending->newest->tls);
        ending->versions[ending->newest->tls] = ending->newest;
    }
}

static bool
pairs_differ(const struct mtl_matrix *matrix)
{
    bool works = false, fails = false;

    for (size_t i = 0; matrix != NULL && i < matrix->group_count; i++) {
        works |= matrix->groups[i].outcome == MTL_ESTABLISHED;
        fails |= matrix->groups[i].outcome == MTL_HANDSHAKE_REJECTED;
    }
    return works && fails;
}

/* Of one pair of stacks, what both have; of several, some may have nothing in common: a matrix tells. */
static uint32_t
shared_versions(const struct mtl_connection *connection)
{
    uint32_t shared = connection->versions[MTL_CLIENT] & connection->versions[MTL_SERVER];

    for (int tls = 0; tls < MTL_TLS_COUNT; tls++)
        for (size_t role = 0; role < 2; role++)
            if (!connection->varied[role] &&
                !mtl_stack_speaks(connection->question->sides[role].stack, (enum mtl_tls)tls))
                shared &= ~(1U << tls);
    return shared;
}

static struct mtl_endings
predict(const struct mtl_lint *lint, const struct mtl_connection *connection,
        const struct mtl_handshake_question *question)
{
    bool varies = connection->varied[MTL_CLIENT] || connection->varied[MTL_SERVER];
    struct sorter sorter = {.arena = lint->arena};
    const struct mtl_transcript *versions[MTL_TLS_COUNT] = {NULL};
    uint32_t asked = shared_versions(connection);

    sorter.endings = mtl_arena_array(lint->arena, MAX_ENDINGS, sizeof(*sorter.endings));
    if (asked == 0)
        return (struct mtl_endings){.versions = 0};
    if (varies)
        sorter.matrix = mtl_handshake_compare(lint->arena, question, connection->varied, asked);
    for (size_t i = 0; varies && i < sorter.matrix->group_count; i++)
        sort_pair(&sorter, sorter.matrix->groups[i].question, sorter.matrix->groups[i].versions,
                  &sorter.matrix->groups[i]);
    for (size_t tls = 0; !varies && tls < MTL_TLS_COUNT; tls++)
        if ((asked >> tls & 1) != 0)
            versions[tls] = mtl_handshake_predict(lint->arena, question, (enum mtl_tls)tls);
    if (!varies)
        sort_pair(&sorter, question, versions, NULL);
    find_fixes(&sorter);
    return (struct mtl_endings){
        .versions = asked,
        .items = sorter.endings,
        .count = sorter.count,
        .matrix = sorter.matrix,
        .pairs = varies ? sorter.matrix->counts[MTL_CLIENT] * sorter.matrix->counts[MTL_SERVER] : 1,
        .differ = pairs_differ(sorter.matrix),
    };
}

/* ---- running --------------------------------------------------------------------------------------------------- */

/* Fixes may draw on every file that was read. */
static const struct mtl_material *const *
all_materials(const struct mtl_lint *lint)
{
    const struct mtl_material **all = mtl_arena_array(lint->arena, lint->file_count, sizeof(*all));

    for (size_t i = 0; i < lint->file_count; i++)
        all[i] = lint->files[i].material;
    return all;
}

void
mtl_connections_lint(const struct mtl_lint *lint, const struct mtl_connection *connections, size_t count,
                     struct mtl_report *report)
{
    const struct mtl_material *const *also = count == 0 ? NULL : all_materials(lint);

    for (size_t i = 0; i < count; i++) {
        struct mtl_handshake_question *question = mtl_arena_alloc(lint->arena, sizeof(*question));
        struct mtl_endings endings;
        struct mtl_subject subject = {.scope = MTL_SCOPE_HANDSHAKE, .connection = &connections[i]};

        *question = *connections[i].question;
        question->also = also;
        question->also_count = lint->file_count;
        endings = predict(lint, &connections[i], question);
        subject.endings = &endings;
        mtl_report_run(report, &subject, NULL);
    }
}
