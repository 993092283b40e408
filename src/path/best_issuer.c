/*
 * The search over one pool of everything at hand: presented, trusted, and the verifier's own. Every certificate gets
 * the best issuer of all, whoever brought it, and the path ends at the first issuer that is trusted.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "path/judgement.h"

/* A candidate, and what makes it better than another. Earlier fields outweigh later ones. */
struct candidate {
    const struct mtl_loaded_cert *cert;
    bool is_named; /* by key identifier, or by issuer and serial number */
    bool is_fit;   /* for issuing in TLS */
    bool is_valid; /* now */
    bool is_trusted;
};

struct choice {
    const struct judgement *judgement;
    const struct mtl_cert *subject;
    struct candidate best;
};

static bool
is_root(const struct mtl_policy *policy, const struct mtl_cert *cert)
{
    return mtl_path_is_self_signed(policy, cert);
}

/* RFC 5280 4.2.1.1; both parts count, unlike a part that is missing on one side. */
static bool
is_named(const struct mtl_cert *issuer, const struct mtl_cert *subject)
{
    struct mtl_authority_key_id authority = mtl_cert_authority(subject);

    if (authority.issuer.size != 0)
        return mtl_slice_equal(authority.issuer, mtl_cert_bytes(issuer, issuer->issuer)) &&
               mtl_slice_equal(authority.serial, mtl_cert_bytes(issuer, issuer->serial));
    return authority.key_id.size != 0 && issuer->subject_key_id.size != 0;
}

/* 1: a was made later and lasts longer; of two that differ in one way only, the later one unless it is over. */
static bool
is_newer(const struct mtl_cert *a, const struct mtl_cert *b, mtl_time now)
{
    bool begins_later = a->not_before > b->not_before, ends_later = a->not_after > b->not_after;

    if (begins_later == ends_later)
        return begins_later;
    return begins_later ? a->not_after >= now : b->not_after < now;
}

/* Is the new one better? Of equals the one that comes later is taken. */
static bool
is_better(const struct choice *choice, const struct candidate *new)
{
    const struct candidate *best = &choice->best;

    if (best->cert == NULL || new->is_named != best->is_named)
        return best->cert == NULL || new->is_named;
    if (new->is_fit != best->is_fit)
        return new->is_fit;
    if (new->is_valid != best->is_valid)
        return new->is_valid;
    if (new->is_trusted != best->is_trusted)
        return new->is_trusted;
    return !is_newer(best->cert->cert, new->cert->cert, choice->judgement->question->now);
}

static void
consider(struct choice *choice, const struct mtl_loaded_cert *loaded, bool is_trusted)
{
    const struct mtl_policy *policy = choice->judgement->policy;
    const struct mtl_cert *cert = loaded->cert;
    bool may_issue = is_trusted || mtl_path_type_of(policy, cert, MTL_NS_ANY_CA);

    if (mtl_issuer_refusal(policy, cert, choice->subject) != MTL_REFUSED_NOT || !may_issue)
        return;
    struct candidate candidate = {
        .cert = loaded,
        .is_named = is_named(cert, choice->subject),
        .is_fit =
            mtl_path_may_sign(cert) && (is_trusted || cert->is_ca || mtl_path_type_of(policy, cert, MTL_NS_SSL_CA)),
        .is_valid = mtl_cert_is_valid_at(policy, cert, choice->judgement->question->now),
        .is_trusted = is_trusted,
    };
    if (is_better(choice, &candidate))
        choice->best = candidate;
}

static void
consider_all(struct choice *choice, struct mtl_chain chain)
{
    for (size_t i = 0; i < chain.count; i++)
        if (chain.certs[i].cert->subject_hash == choice->subject->issuer_hash &&
            mtl_trusted_twin(choice->judgement, chain.certs[i].cert) == NULL)
            consider(choice, &chain.certs[i], false);
}

/* Trusted ones come last, so that of equals they are taken. */
static const struct mtl_loaded_cert *
choose(const struct judgement *judgement, const struct mtl_cert *subject)
{
    const struct mtl_question *question = judgement->question;
    struct choice choice = {.judgement = judgement, .subject = subject};
    const struct mtl_loaded_cert *anchor;
    size_t cursor = 0;

    consider_all(&choice, question->presented);
    consider_all(&choice, question->at_hand);
    while ((anchor = mtl_pool_next(question->store->anchors, mtl_cert_bytes(subject, subject->issuer),
                                   subject->issuer_hash, &cursor)) != NULL)
        consider(&choice, anchor, true);
    return choice.best.cert;
}

/* Grows the path up to a root or, if asked, to the first trusted issuer. A leaf that is a root is its own issuer. */
static void
climb(struct judgement *judgement, struct working_path *path, bool to_trust)
{
    const struct mtl_question *question = judgement->question;
    int depth = question->depth >= 0 ? question->depth : judgement->policy->default_depth;

    for (int left = depth + 1; left > 0 && mtl_budget_take(&judgement->left.extensions); left--) {
        const struct mtl_loaded_cert *head = path->certs[path->count - 1], *issuer = head;

        if (!is_root(judgement->policy, head->cert))
            issuer = choose(judgement, head->cert);
        if (issuer == NULL || (issuer == head && !to_trust))
            return;
        mtl_path_push(judgement, path, issuer);
        path->anchored = to_trust && mtl_trusted_twin(judgement, issuer->cert) != NULL;
        if (path->anchored || is_root(judgement->policy, issuer->cert))
            return;
    }
}

static void
fail_to_build(struct judgement *judgement, struct working_path *path)
{
    size_t last = path->count - 1;
    enum mtl_reason reason = MTL_REASON_NO_ISSUER;

    if (path->anchored)
        return;
    if (is_root(judgement->policy, path->certs[last]->cert))
        reason = path->certs[last] == path->certs[0] ? MTL_REASON_SELF_SIGNED_LEAF : MTL_REASON_SELF_SIGNED_IN_CHAIN;
    mtl_path_fail(judgement, path, &(struct mtl_failure){.reason = reason, .depth = last});
}

/* The leaf that was its own issuer is one certificate again. */
static void
fold(struct working_path *path)
{
    if (path->count != 2 || !mtl_cert_same(path->certs[0]->cert, path->certs[1]->cert))
        return;
    path->count = 1;
    for (size_t i = 0; i < path->failure_count; i++)
        path->failures[i].depth = 0;
}

void
mtl_path_search_best_issuer(struct judgement *judgement, struct working_path *path)
{
    mtl_path_run_phases(judgement, path, true);
    climb(judgement, path, true);
    mtl_path_run_phases(judgement, path, false);
    fail_to_build(judgement, path);
    fold(path);
    path->presented_count = path->count - (path->anchored ? 1 : 0);
    if (path->failure_count == 0)
        mtl_path_run_found(judgement, path);
    judgement->verdict->decisive = mtl_path_keep(judgement, path);
    judgement->verdict->accepted = path->failure_count == 0;
}

struct mtl_chain
mtl_chain_climb(struct mtl_arena *arena, const struct mtl_question *question)
{
    struct mtl_verdict verdict = {0};
    struct judgement judgement = {.arena = arena,
                                  .question = question,
                                  .policy = question->policy,
                                  .left = question->budget,
                                  .verdict = &verdict};
    struct working_path path = {0};

    mtl_path_push(&judgement, &path, &question->presented.certs[0]);
    climb(&judgement, &path, false);
    struct mtl_loaded_cert *certs = mtl_arena_array(arena, path.count, sizeof(*certs));
    for (size_t i = 0; i < path.count; i++)
        certs[i] = *path.certs[i];
    return (struct mtl_chain){.certs = certs, .count = path.count};
}

bool
mtl_leaf_is_fit(struct mtl_arena *arena, const struct mtl_question *question)
{
    struct mtl_verdict verdict = {0};
    struct judgement judgement = {.arena = arena,
                                  .question = question,
                                  .policy = question->policy,
                                  .left = question->budget,
                                  .verdict = &verdict};
    struct working_path path = {.presented_count = 1};

    mtl_path_push(&judgement, &path, &question->presented.certs[0]);
    mtl_path_run_phases(&judgement, &path, true);
    return path.failure_count == 0;
}
