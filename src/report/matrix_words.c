/*
 * Many stacks in one sentence.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/matrix.h"

#include <string.h>

#define MAX_CAUSES 2U

/* ---- the cause of one rejection ------------------------------------------------------------------------------- */

static const char *const role_names[] = {[MTL_CLIENT] = "client", [MTL_SERVER] = "server"};

/* "server certificate", "root in the trust store" */
static const char *
place(struct mtl_arena *arena, const struct mtl_transcript *transcript)
{
    const char *kind = mtl_cert_is_self_signed(transcript->certificate->cert) ? "root" : "CA";

    if (transcript->certificate_index == 0)
        return mtl_arena_printf(arena, "%s certificate", role_names[transcript->certificate_owner]);
    if (transcript->certificate_index > 0)
        return mtl_arena_printf(arena, "%s sent by the %s", kind, role_names[transcript->certificate_owner]);
    return mtl_arena_printf(arena, "%s in the trust store", kind);
}

const char *
mtl_cause_text(struct mtl_arena *arena, const struct mtl_transcript *transcript)
{
    const char *sentence = mtl_transcript_sentence(transcript);

    if (transcript->local)
        return mtl_arena_printf(arena, "the %s does not start: %s", role_names[transcript->rejected_by], sentence);
    if (transcript->certificate == NULL)
        return sentence;
    if (transcript->reason == MTL_REASON_EXPIRED)
        return mtl_arena_printf(arena, "expired %s", place(arena, transcript));
    if (transcript->reason == MTL_REASON_REVOKED)
        return mtl_arena_printf(arena, "revoked %s", place(arena, transcript));
    return mtl_arena_printf(arena, "%s: %s", place(arena, transcript), sentence);
}

const char *
mtl_blamed_text(struct mtl_arena *arena, const struct mtl_transcript *transcript)
{
    if (transcript->certificate == NULL)
        return NULL;
    return mtl_arena_printf(arena, "%s (%s)", mtl_subject_label(arena, transcript->certificate->cert),
                            mtl_place_text(arena, &transcript->certificate->source));
}

/* ---- the headline --------------------------------------------------------------------------------------------- */

struct tally {
    size_t pairs[MTL_UNDETERMINED + 1]; /* by enum mtl_outcome */
    const char *causes[MAX_CAUSES];
    size_t of_cause[MAX_CAUSES];
    size_t cause_count, other_causes;
    bool varied_rejects; /* whenever a pair is rejected, the one side that varies does it */
};

static const struct mtl_transcript *
newest_rejection(const struct mtl_matrix_group *group)
{
    for (int tls = MTL_TLS_COUNT - 1; tls >= 0; tls--)
        if (group->versions[tls] != NULL && group->versions[tls]->outcome == MTL_HANDSHAKE_REJECTED)
            return group->versions[tls];
    return NULL;
}

static void
count_cause(struct tally *tally, const char *cause, size_t pairs)
{
    for (size_t i = 0; i < tally->cause_count; i++) {
        if (strcmp(tally->causes[i], cause) == 0) {
            tally->of_cause[i] += pairs;
            return;
        }
    }
    if (tally->cause_count == MAX_CAUSES) {
        tally->other_causes++;
        return;
    }
    tally->causes[tally->cause_count] = cause;
    tally->of_cause[tally->cause_count++] = pairs;
}

static struct tally
take_tally(struct mtl_arena *arena, const struct mtl_matrix *matrix)
{
    enum mtl_role varied = matrix->varied[MTL_CLIENT] ? MTL_CLIENT : MTL_SERVER;
    struct tally tally = {.varied_rejects = !matrix->varied[MTL_CLIENT] || !matrix->varied[MTL_SERVER]};

    for (size_t i = 0; i < matrix->group_count; i++) {
        const struct mtl_matrix_group *group = &matrix->groups[i];
        const struct mtl_transcript *rejection = newest_rejection(group);

        tally.pairs[group->outcome] += group->pair_count;
        if (rejection == NULL)
            continue;
        tally.varied_rejects = tally.varied_rejects && rejection->rejected_by == varied && !rejection->local;
        count_cause(&tally, mtl_cause_text(arena, rejection), group->pair_count);
    }
    return tally;
}

static void
add_causes(struct mtl_text *text, const struct tally *tally)
{
    bool counted = tally->cause_count > 1;

    for (size_t i = 0; i < tally->cause_count; i++) {
        mtl_text_printf(text, "%s%s", i == 0 ? ": " : ", ", tally->causes[i]);
        if (counted)
            mtl_text_printf(text, " (%zu)", tally->of_cause[i]);
    }
    if (tally->other_causes > 0)
        mtl_text_printf(text, " and %zu other reason%s", tally->other_causes, tally->other_causes == 1 ? "" : "s");
}

/* "3 client stacks" */
static const char *
counted(struct mtl_arena *arena, const struct mtl_matrix *matrix, size_t count)
{
    const char *what = matrix->varied[MTL_CLIENT] && matrix->varied[MTL_SERVER] ? "pair" : "stack";
    const char *role = matrix->varied[MTL_CLIENT] ? "client " : "server ";

    return mtl_arena_printf(arena, "%zu %s%s%s", count, strcmp(what, "pair") == 0 ? "" : role, what,
                            count == 1                  ? ""
                            : strcmp(what, "pair") == 0 ? "s of stacks"
                                                        : "s");
}

const char *
mtl_matrix_headline(struct mtl_arena *arena, const struct mtl_matrix *matrix)
{
    struct tally tally = take_tally(arena, matrix);
    size_t works = tally.pairs[MTL_ESTABLISHED], fails = tally.pairs[MTL_HANDSHAKE_REJECTED];
    size_t unknown = tally.pairs[MTL_UNDETERMINED], all = works + fails + unknown;
    const char *verb = tally.varied_rejects ? "rejected by" : "fails with";
    struct mtl_text text = {.arena = arena};

    if (works > 0)
        mtl_text_printf(&text, "works with %s%s", works == all && all > 1 ? "all " : "", counted(arena, matrix, works));
    if (fails > 0 && works > 0)
        mtl_text_printf(&text, ", %s %zu", verb, fails);
    else if (fails > 0)
        mtl_text_printf(&text, "%s %s%s", verb, fails == all && all > 1 ? "all " : "", counted(arena, matrix, fails));
    add_causes(&text, &tally);
    if (unknown > 0)
        mtl_text_printf(&text, "%scannot be told for %s", text.size > 0 ? "; " : "",
                        text.size > 0 ? mtl_arena_printf(arena, "%zu", unknown) : counted(arena, matrix, unknown));
    return mtl_text_safe(arena, mtl_slice_text(text.text), 0);
}
