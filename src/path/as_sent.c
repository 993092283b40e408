/*
 * The search that takes a chain as it was sent: in order, up to where the trust store takes over. What is not in order,
 * or leads elsewhere, is searched as in backtrack.c. SPDX-License-Identifier: Apache-2.0
 */
#include "path/judgement.h"

static const char not_fixed[] =
    "several trusted certificates bear the issuer's name, and which of them is tried first is not fixed";

static bool
is_same_name(const struct judgement *judgement, struct mtl_slice a, struct mtl_slice b)
{
    return mtl_name_equal(a, b) && (!judgement->policy->odd_strings_in_names_count || mtl_name_is_alike(a, b));
}

static const struct mtl_loaded_cert *
next_named(const struct judgement *judgement, struct mtl_slice name, uint64_t hash, size_t *cursor)
{
    const struct mtl_loaded_cert *anchor;

    do
        anchor = mtl_pool_next(judgement->question->store->anchors, name, hash, cursor);
    while (anchor != NULL && !is_same_name(judgement, name, mtl_cert_bytes(anchor->cert, anchor->cert->subject)));
    return anchor;
}

/* Itself, or one of its name and key: a renewed certificate. */
static bool
is_trusted(const struct judgement *judgement, const struct mtl_cert *cert)
{
    const struct mtl_loaded_cert *anchor;
    size_t cursor = 0;

    while ((anchor = next_named(judgement, mtl_cert_bytes(cert, cert->subject), cert->subject_hash, &cursor)) != NULL) {
        if (mtl_slice_equal(mtl_cert_bytes(anchor->cert, anchor->cert->spki), mtl_cert_bytes(cert, cert->spki)))
            return true;
    }
    return false;
}

/* How many of the certificates sent lead, in that order, to the trust store; 0: they do not. */
static size_t
count_in_order(const struct judgement *judgement)
{
    const struct mtl_chain *sent = &judgement->question->presented;
    const struct mtl_cert *last = sent->certs[0].cert;
    size_t cursor = 0;

    for (size_t i = 1; i < sent->count; i++) {
        const struct mtl_cert *next = sent->certs[i].cert;
        if (!is_same_name(judgement, mtl_cert_bytes(last, last->issuer), mtl_cert_bytes(next, next->subject)))
            return 0;
        if (is_trusted(judgement, next))
            return i;
        last = next;
    }
    if (next_named(judgement, mtl_cert_bytes(last, last->issuer), last->issuer_hash, &cursor) == NULL)
        return 0;
    return sent->count;
}

/* RFC 5280 4.2.1.1. Below version 3 a serial number is not compared. */
static bool
fits_key_id(const struct mtl_cert *anchor, const struct mtl_cert *subject)
{
    struct mtl_authority_key_id wanted = {.key_id = mtl_cert_bytes(subject, subject->authority_key_id)};

    if (anchor->version == 3)
        wanted.serial = mtl_cert_bytes(subject, subject->authority_serial);
    return mtl_cert_matches_authority(anchor, wanted) == MTL_ISSUER_OK;
}

/* What became of the path with the anchors tried so far. */
enum outcome { NONE_TRIED, FAILED, TRIPPED, HELD };
struct tally {
    enum outcome best;
    bool differ;
    enum mtl_reason reason;
};

/*
 * Anchors are tried until the path holds, or the verifier trips over it; of two outcomes that end this it is chance
 * which one is met first, and so it is between two failures.
 */
static void
count_outcome(struct judgement *judgement, struct working_path *path, struct tally *tally, bool held)
{
    enum mtl_reason reason = path->failure_count > 0 ? path->failures[0].reason : MTL_REASON_NONE;
    enum outcome outcome = held ? HELD : reason == MTL_REASON_CONSTRAINT_EMPTY_DOMAIN ? TRIPPED : FAILED;
    enum outcome before = tally->best;
    size_t index;

    if (outcome == before || (outcome != FAILED && before > FAILED))
        tally->differ = tally->differ || reason != tally->reason;
    if (outcome <= before)
        return;
    tally->differ = outcome == HELD && before == TRIPPED;
    tally->best = outcome;
    tally->reason = reason;
    judgement->verdict->accepted = reason == MTL_REASON_NONE;
    index = mtl_path_keep(judgement, path);
    if (index != SIZE_MAX)
        judgement->verdict->decisive = index;
}

/* Judges the path with every anchor that bears its last issuer's name. False: there is none. */
static bool
judge_with_anchors(struct judgement *judgement, struct working_path *path, bool by_key_id)
{
    const struct mtl_cert *last = path->certs[path->count - 1]->cert;
    const struct mtl_loaded_cert *anchor;
    struct tally tally = {0};
    size_t cursor = 0;

    while ((anchor = next_named(judgement, mtl_cert_bytes(last, last->issuer), last->issuer_hash, &cursor)) != NULL) {
        if (by_key_id && !fits_key_id(anchor->cert, last))
            continue;
        mtl_path_push(judgement, path, anchor);
        mtl_path_forget_failures(path);
        path->anchored = true;
        mtl_path_run_phases(judgement, path, false);
        bool held = path->failure_count == 0;
        if (held)
            mtl_path_run_found(judgement, path);
        count_outcome(judgement, path, &tally, held);
        path->count--;
    }
    if (tally.differ)
        judgement->verdict->undetermined = not_fixed;
    return tally.best != NONE_TRIED;
}

/* Nothing is asked of a leaf that is trusted itself but what is asked of every path found. */
static void
judge_pinned(struct judgement *judgement, struct working_path *path, const struct mtl_loaded_cert *pinned)
{
    path->certs[0] = pinned;
    path->presented_count = 0;
    path->anchored = true;
    mtl_path_run_found(judgement, path);
    judgement->verdict->decisive = mtl_path_keep(judgement, path);
    judgement->verdict->accepted = path->failure_count == 0;
}

/* Searches; the path that held is judged once more, for what comes after the search and depends on the anchor. */
static void
search(struct judgement *judgement, struct working_path *path)
{
    struct mtl_verdict *verdict = judgement->verdict;

    mtl_path_search_backtrack(judgement, path);
    if (!verdict->accepted) {
        verdict->search_failed = true;
        return;
    }
    const struct mtl_path *found = &verdict->paths[verdict->decisive];
    path->count = 0;
    for (size_t i = 0; i + 1 < found->count; i++)
        mtl_path_push(judgement, path, found->certs[i]);
    path->presented_count = found->presented_count;
    verdict->path_count = verdict->decisive;
    judgement->left.paths++;
    judge_with_anchors(judgement, path, false);
    verdict->searched = true;
}

void
mtl_path_search_as_sent(struct judgement *judgement, struct working_path *path)
{
    const struct mtl_loaded_cert *pinned = mtl_trusted_twin(judgement, path->certs[0]->cert);
    size_t count = count_in_order(judgement);

    if (pinned != NULL) {
        judge_pinned(judgement, path, pinned);
        return;
    }
    if (count == 0) {
        search(judgement, path);
        return;
    }
    for (size_t i = 1; i < count; i++)
        mtl_path_push(judgement, path, &judgement->question->presented.certs[i]);
    path->presented_count = count;
    if (judge_with_anchors(judgement, path, true))
        return;
    mtl_path_fail(judgement, path, &(struct mtl_failure){.reason = MTL_REASON_NO_ISSUER, .depth = path->count - 1});
    judgement->verdict->decisive = mtl_path_keep(judgement, path);
}
