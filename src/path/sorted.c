/*
 * The search that puts the presented certificates in order, cuts them where one is trusted, and tries nothing else.
 * Issuers within the chain are not chosen: the first one that fits follows, and if the path fails, it fails.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "path/judgement.h"

#include <string.h>

#define MOST_SORTED 16U /* certificates; a longer chain is taken in its own order */

struct search {
    struct judgement *judgement;
    const struct mtl_policy *policy;
    const struct mtl_loaded_cert **list;
    size_t count;
};

static bool
issued(const struct search *search, const struct mtl_loaded_cert *subject, const struct mtl_loaded_cert *issuer)
{
    return mtl_issuer_refusal(search->policy, issuer->cert, subject->cert) == MTL_REFUSED_NOT;
}

static bool
issued_itself(const struct search *search, const struct mtl_loaded_cert *cert)
{
    return issued(search, cert, cert);
}

/* ---- order ------------------------------------------------------------------------------------------------------ */

static void
move_to(struct search *search, size_t from, size_t to)
{
    const struct mtl_loaded_cert *cert = search->list[from];

    memmove(&search->list[to + 1], &search->list[to], (from - to) * sizeof(search->list[0]));
    search->list[to] = cert;
}

/* Moves the issuers of the certificate at `start` behind it, one above the other; returns the place behind them. */
static size_t
sort_from(struct search *search, size_t start)
{
    size_t end = start + 1;

    while (end < search->count && !issued_itself(search, search->list[end - 1])) {
        size_t next = start + 1;

        while (next < search->count && !issued(search, search->list[end - 1], search->list[next]))
            next++;
        if (next < end || next == search->count)
            break;
        move_to(search, next, end++);
    }
    return end;
}

struct mtl_chain
mtl_chain_sort(struct mtl_arena *arena, const struct mtl_policy *policy, struct mtl_chain chain)
{
    struct search search = {.policy = policy, .count = chain.count};
    struct mtl_loaded_cert *sorted;
    size_t count;

    if (chain.count > MOST_SORTED || chain.count == 0)
        return chain;
    search.list = mtl_arena_array(arena, chain.count, sizeof(const void *));
    for (size_t i = 0; i < chain.count; i++)
        search.list[i] = &chain.certs[i];
    count = sort_from(&search, 0);
    sorted = mtl_arena_array(arena, count, sizeof(*sorted));
    for (size_t i = 0; i < count; i++)
        sorted[i] = *search.list[i];
    return (struct mtl_chain){.certs = sorted, .count = count};
}

static void
drop_repeated(struct search *search, size_t start)
{
    size_t kept = start;

    for (size_t i = start; i < search->count; i++) {
        bool repeated = false;
        for (size_t j = 0; j < start && !repeated; j++)
            repeated = mtl_cert_same(search->list[i]->cert, search->list[j]->cert);
        if (!repeated)
            search->list[kept++] = search->list[i];
    }
    search->count = kept;
}

/* Whoever was issued by a trusted certificate ends the chain. */
static void
sort(struct search *search)
{
    size_t at = 0;

    while (at < search->count) {
        at = sort_from(search, at);
        if (mtl_issuer_in_store(search->judgement, search->list[at - 1]->cert) != NULL)
            search->count = at;
        drop_repeated(search, at);
    }
}

static void
drop_last_root(struct search *search)
{
    if (search->count > 1 && issued_itself(search, search->list[search->count - 1]))
        search->count--;
}

/* ---- trust ------------------------------------------------------------------------------------------------------ */

/* Next trusted certificate of exactly that name. */
static const struct mtl_loaded_cert *
next_trusted(const struct search *search, struct mtl_slice name, uint64_t hash, size_t *cursor)
{
    const struct mtl_loaded_cert *anchor;

    while ((anchor = mtl_pool_next(search->judgement->question->store->anchors, name, hash, cursor)) != NULL)
        if (mtl_slice_equal(mtl_cert_bytes(anchor->cert, anchor->cert->subject), name))
            break;
    return anchor;
}

/* The leaf itself, but for a CA only its name and key. */
static bool
is_the_same(const struct mtl_cert *presented, const struct mtl_cert *anchor, bool is_leaf)
{
    if (is_leaf)
        return mtl_cert_same(presented, anchor);
    return mtl_slice_equal(mtl_cert_bytes(presented, presented->subject), mtl_cert_bytes(anchor, anchor->subject)) &&
           mtl_slice_equal(mtl_cert_bytes(presented, presented->spki), mtl_cert_bytes(anchor, anchor->spki));
}

/* The first presented certificate that is trusted under that name; count if there is none. */
static size_t
find_trusted(const struct search *search, struct mtl_slice name, uint64_t hash, const struct mtl_loaded_cert **anchor)
{
    for (size_t i = 0; i < search->count; i++) {
        size_t cursor = 0;

        while ((*anchor = next_trusted(search, name, hash, &cursor)) != NULL)
            if (is_the_same(search->list[i]->cert, (*anchor)->cert, i == 0))
                return i;
    }
    return search->count;
}

/* The first issuer, unless a later one is valid now. */
static const struct mtl_loaded_cert *
find_issuer(const struct search *search, const struct mtl_loaded_cert *subject, struct mtl_slice name, uint64_t hash)
{
    const struct judgement *judgement = search->judgement;
    const struct mtl_loaded_cert *candidate, *best = NULL;
    size_t cursor = 0;

    while ((candidate = next_trusted(search, name, hash, &cursor)) != NULL) {
        if (!issued(search, subject, candidate))
            continue;
        if (best == NULL || mtl_cert_is_valid_at(judgement->policy, candidate->cert, judgement->question->now))
            best = candidate;
    }
    return best;
}

/* ---- judging ---------------------------------------------------------------------------------------------------- */

/* The list up to there, or to where the next certificate is not the issuer. */
static bool
take(const struct search *search, struct working_path *path, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && !issued(search, search->list[i - 1], search->list[i]))
            return false;
        mtl_path_push(search->judgement, path, search->list[i]);
        path->presented_count++;
    }
    return true;
}

/* Of all that was sent up to a trusted certificate, that one is looked up in CRLs too; the steps leave out anchors. */
static void
look_up_trusted(const struct search *search, struct working_path *path, size_t count)
{
    if (!path->anchored || path->failure_count > 0 || count == search->count)
        return;
    const struct mtl_loaded_cert **last = &path->certs[path->count - 1], *anchor = *last;
    *last = search->list[count];
    mtl_step_revocation(search->judgement, path, path->count - 1);
    *last = anchor;
}

/* Judges the chain against the trusted certificates of one name; returns the path's index in the verdict. */
static size_t
judge_under(const struct search *search, struct mtl_slice name, uint64_t hash)
{
    struct judgement *judgement = search->judgement;
    const struct mtl_loaded_cert *anchor;
    struct working_path path = {0};
    size_t count = find_trusted(search, name, hash, &anchor);

    if (!take(search, &path, count))
        anchor = NULL;
    else if (count == search->count)
        anchor = find_issuer(search, search->list[count - 1], name, hash);
    path.anchored = anchor != NULL;
    if (anchor != NULL)
        mtl_path_push(judgement, &path, anchor);
    if (anchor != NULL && count < search->count) {
        mtl_step_not_before(judgement, &path, path.count - 1);
        mtl_step_not_after(judgement, &path, path.count - 1);
    }
    mtl_path_run_phases(judgement, &path, false);
    look_up_trusted(search, &path, count);
    return mtl_path_keep(judgement, &path);
}

static bool
failed_by(const struct mtl_path *path, enum mtl_reason reason)
{
    for (size_t i = 0; i < path->failure_count; i++)
        if (path->failures[i].reason == reason)
            return true;
    return false;
}

/* Is the chain good, whatever the name and CRLs say of it? */
static bool
holds(const struct mtl_path *path)
{
    for (size_t i = 0; i < path->failure_count; i++)
        if (path->failures[i].step != MTL_STEP_IDENTITY && path->failures[i].step != MTL_STEP_REVOCATION)
            return false;
    return true;
}

/* An issuer that is missing, too old or too weak may be made up for by a trusted certificate within the chain. */
static size_t
judge_twice(struct search *search)
{
    const struct mtl_cert *last = search->list[search->count - 1]->cert;
    struct mtl_slice issuer = mtl_cert_bytes(last, last->issuer), subject = mtl_cert_bytes(last, last->subject);
    const struct mtl_verdict *verdict = search->judgement->verdict;

    drop_last_root(search);
    size_t first = judge_under(search, issuer, last->issuer_hash);
    const struct mtl_path *path = &verdict->paths[first];
    if (!failed_by(path, MTL_REASON_NO_ISSUER) && !failed_by(path, MTL_REASON_EXPIRED) &&
        !failed_by(path, MTL_REASON_WEAK_DIGEST))
        return first;
    if (mtl_slice_equal(issuer, subject))
        return first;
    size_t second = judge_under(search, subject, last->subject_hash);
    path = &verdict->paths[first]; /* paths move when one is added */
    return holds(&verdict->paths[second]) || failed_by(path, MTL_REASON_NO_ISSUER) ? second : first;
}

void
mtl_path_search_sorted(struct judgement *judgement)
{
    const struct mtl_chain *presented = &judgement->question->presented;
    struct mtl_verdict *verdict = judgement->verdict;
    struct search search = {
        .judgement = judgement,
        .policy = judgement->policy,
        .list = mtl_arena_array(judgement->arena, presented->count, sizeof(const void *)),
        .count = presented->count,
    };

    for (size_t i = 0; i < presented->count; i++)
        search.list[i] = &presented->certs[i];
    if (search.count <= MOST_SORTED)
        sort(&search);
    drop_last_root(&search);
    judgement->left.paths += 2; /* always kept: there are no others */
    verdict->decisive = judge_twice(&search);
    verdict->accepted = verdict->paths[verdict->decisive].failure_count == 0;
}
