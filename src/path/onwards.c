/*
 * The search that takes one CA for each certificate, a trusted one whose key fits or else one that was presented behind
 * it, and never comes back. All that fails on the way is collected; the most specific failure decides.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "path/judgement.h"

struct search {
    struct judgement *judgement;
    struct working_path *path;
    const struct mtl_loaded_cert *fallback; /* the first that fits, but is not valid now */
};

static const struct mtl_cert *
head(const struct search *search)
{
    return search->path->certs[search->path->count - 1]->cert;
}

/* A certificate below version 3 cannot say that it is a CA; a trusted one need not. */
static bool
may_issue(const struct mtl_cert *issuer, bool is_trusted)
{
    if (is_trusted && issuer->version < 3)
        return true;
    return issuer->is_ca &&
           (!mtl_cert_has(issuer, MTL_EXT_KEY_USAGE) || (issuer->key_usage & MTL_KU_KEY_CERT_SIGN) != 0);
}

/* RFC 5280 4.2.1.9, but a self-issued certificate counts for its own issuer. */
static bool
allows_length(const struct search *search, const struct mtl_cert *issuer)
{
    size_t last = search->path->count - 1, below = last;

    for (size_t i = 1; i < last; i++)
        below -= search->path->certs[i]->cert->self_issued;
    return issuer->path_length < 0 || below <= (size_t)issuer->path_length;
}

static bool
verifies(const struct search *search, const struct mtl_cert *issuer)
{
    struct judgement *judgement = search->judgement;

    if (mtl_budget_take(&judgement->left.signatures))
        return mtl_crypto_verify(judgement->question->crypto, head(search), issuer) == MTL_SIGNATURE_GOOD;
    judgement->verdict->signatures_exhausted = true;
    return false;
}

/* Is this the one? If it is only not valid now, it is kept until a better one is found. */
static bool
takes(struct search *search, const struct mtl_loaded_cert *candidate, bool is_trusted)
{
    const struct judgement *judgement = search->judgement;

    if (mtl_issuer_refusal(judgement->policy, candidate->cert, head(search)) != MTL_REFUSED_NOT ||
        !may_issue(candidate->cert, is_trusted) || !allows_length(search, candidate->cert) ||
        (is_trusted && !verifies(search, candidate->cert)))
        return false;
    if (mtl_cert_is_valid_at(judgement->policy, candidate->cert, judgement->question->now))
        return true;
    if (search->fallback == NULL)
        search->fallback = candidate;
    return false;
}

static const struct mtl_loaded_cert *
find_trusted(struct search *search)
{
    const struct mtl_cert *subject = head(search);
    const struct mtl_loaded_cert *candidate;
    size_t cursor = 0;

    search->fallback = NULL;
    while ((candidate = mtl_pool_next(search->judgement->question->store->anchors,
                                      mtl_cert_bytes(subject, subject->issuer), subject->issuer_hash, &cursor)) != NULL)
        if (takes(search, candidate, true))
            return candidate;
    return search->fallback;
}

/* The head's place is the last thing known of the presented chain: nothing before it is looked at again. */
static const struct mtl_loaded_cert *
find_behind(struct search *search, size_t *place)
{
    const struct mtl_chain *presented = &search->judgement->question->presented;

    search->fallback = NULL;
    for (size_t i = *place + 1; i < presented->count; i++) {
        if (!takes(search, &presented->certs[i], false))
            continue;
        *place = i;
        return &presented->certs[i];
    }
    if (search->fallback != NULL)
        *place = (size_t)(search->fallback - presented->certs);
    return search->fallback;
}

/* A self-issued leaf that is trusted itself needs no issuer, though its own digest counts. */
static bool
is_trusted_itself(const struct search *search)
{
    const struct mtl_cert *leaf = head(search);
    const struct mtl_loaded_cert *anchor;
    size_t cursor = 0;

    while (leaf->self_issued &&
           (anchor = mtl_pool_next(search->judgement->question->store->anchors, mtl_cert_bytes(leaf, leaf->subject),
                                   leaf->subject_hash, &cursor)) != NULL)
        if (mtl_cert_same(anchor->cert, leaf))
            return true;
    return false;
}

static bool
is_weakly_signed(const struct search *search)
{
    uint32_t digests = search->judgement->policy->signature_digests;

    return digests != 0 && (digests & 1U << head(search)->signature_algorithm.digest) == 0;
}

static void
build(struct search *search)
{
    const struct mtl_question *question = search->judgement->question;
    int depth = question->depth >= 0 ? question->depth : question->policy->default_depth;
    struct working_path *path = search->path;
    size_t place = 0;

    path->anchored = is_trusted_itself(search);
    if (path->anchored && is_weakly_signed(search))
        mtl_path_fail(search->judgement, path, &(struct mtl_failure){.reason = MTL_REASON_WEAK_DIGEST});
    while (!path->anchored) {
        const struct mtl_loaded_cert *issuer = find_trusted(search);

        path->anchored = issuer != NULL;
        if (issuer == NULL)
            issuer = find_behind(search, &place);
        if (issuer != NULL && !path->anchored && path->count > (size_t)depth) {
            mtl_path_fail(search->judgement, path,
                          &(struct mtl_failure){.reason = MTL_REASON_DEPTH, .depth = path->count - 1});
            return;
        }
        if (issuer == NULL)
            return;
        mtl_path_push(search->judgement, path, issuer);
        path->presented_count += !path->anchored;
    }
}

void
mtl_path_search_onwards(struct judgement *judgement, struct working_path *path)
{
    struct search search = {.judgement = judgement, .path = path};

    build(&search);
    if (judgement->verdict->signatures_exhausted)
        judgement->verdict->undetermined = "more signatures had to be checked than the budget allows";
    mtl_path_run_phases(judgement, path, false);
    mtl_path_promote(path, judgement->policy->specificity);
    judgement->verdict->decisive = mtl_path_keep(judgement, path);
    judgement->verdict->accepted = path->failure_count == 0;
}
