/*
 * The search that takes one issuer per certificate and never comes back: the trust store is asked before the presented
 * chain at every certificate, and once it gave an issuer the presented chain is not looked at again.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "path/judgement.h"

struct search {
    struct judgement *judgement;
    struct working_path *path;
    size_t longest;      /* certificates a path may have before an anchor above it would be too far */
    bool presented_open; /* issuers are still looked for among the presented certificates */
    bool trusted;        /* an anchor was reached */
    bool rejected;       /* auxiliary settings reject a certificate; the failure is recorded */
    bool exhausted;
};

static const struct mtl_loaded_cert *
head(const struct search *search)
{
    return search->path->certs[search->path->count - 1];
}

/* Is the newest certificate, which came from the trust store, an end of the path? */
static void
weigh_trust(struct search *search)
{
    size_t depth = search->path->count - 1;
    const struct mtl_loaded_cert *cert = head(search);
    int says = mtl_aux_trust_says(search->judgement, cert);

    if (says < 0) {
        search->rejected = true;
        mtl_path_fail(search->judgement, search->path,
                      &(struct mtl_failure){.reason = MTL_REASON_REJECTED, .depth = depth});
        return;
    }
    search->trusted =
        says > 0 || !search->judgement->policy->anchor_must_be_self_signed || mtl_cert_is_self_signed(cert->cert);
}

/* One step up through the trust store. True when the path grew (or its self-signed head became a trusted one). */
static bool
extend_from_store(struct search *search)
{
    struct working_path *path = search->path;
    const struct mtl_loaded_cert *issuer;

    if (path->count > search->longest)
        return false;
    issuer = mtl_issuer_in_store(search->judgement, head(search)->cert);
    if (issuer == NULL)
        return false;
    if (!mtl_cert_is_self_signed(head(search)->cert)) {
        mtl_path_push(search->judgement, path, issuer);
    } else {
        /* A root that only looks like a trusted one is not that one. */
        if (!mtl_cert_same(head(search)->cert, issuer->cert))
            return false;
        path->certs[path->count - 1] = issuer;
        if (path->presented_count == path->count)
            path->presented_count--;
    }
    search->presented_open = false;
    weigh_trust(search);
    return true;
}

static bool
extend_from_presented(struct search *search)
{
    const struct mtl_loaded_cert *issuer;

    if (mtl_cert_is_self_signed(head(search)->cert) || search->path->count > search->longest)
        return false;
    issuer = mtl_issuer_in_presented(search->judgement, search->path);
    if (issuer == NULL)
        return false;
    mtl_path_push(search->judgement, search->path, issuer);
    search->path->presented_count++;
    return true;
}

static void
build(struct search *search)
{
    search->presented_open = true;
    for (;;) {
        if (!mtl_budget_take(&search->judgement->left.extensions)) {
            search->exhausted = true;
            return;
        }
        if (extend_from_store(search)) {
            if (search->trusted || search->rejected || mtl_cert_is_self_signed(head(search)->cert))
                return;
            continue;
        }
        if (!search->presented_open || !extend_from_presented(search))
            return;
    }
}

/* A leaf that is itself in the trust store ends the path where any anchor will do. */
static void
weigh_pinned_leaf(struct search *search)
{
    const struct judgement *judgement = search->judgement;
    struct working_path *path = search->path;
    const struct mtl_cert *leaf = path->certs[0]->cert;
    const struct mtl_loaded_cert *anchor;
    size_t cursor = 0;

    if (judgement->policy->anchor_must_be_self_signed || path->count != path->presented_count)
        return;
    while ((anchor = mtl_pool_next(judgement->question->store->anchors, mtl_cert_bytes(leaf, leaf->subject),
                                   leaf->subject_hash, &cursor)) != NULL) {
        if (!mtl_cert_same(anchor->cert, leaf))
            continue;
        search->trusted = mtl_aux_trust_says(judgement, anchor) >= 0;
        path->certs[0] = anchor;
        path->presented_count = 0;
        return;
    }
}

/* Where malformed certificates never issue, one that is self-signed did not issue itself either. */
static bool
ends_in_itself(const struct search *search)
{
    const struct mtl_cert *cert = head(search)->cert;

    return mtl_cert_is_self_signed(cert) &&
           !(search->judgement->policy->malformed_never_issue && mtl_cert_has_malformed_extension(cert));
}

static void
fail_to_build(struct search *search)
{
    struct working_path *path = search->path;
    size_t last = path->count - 1;
    enum mtl_reason reason = MTL_REASON_NO_ISSUER;

    if (search->rejected)
        return;
    if (path->count > search->longest)
        reason = MTL_REASON_DEPTH;
    else if (ends_in_itself(search))
        reason = last == 0 ? MTL_REASON_SELF_SIGNED_LEAF : MTL_REASON_SELF_SIGNED_IN_CHAIN;
    else if (path->presented_count < path->count)
        reason = MTL_REASON_NO_ISSUER_OF_ANCHOR;
    mtl_path_fail(search->judgement, path, &(struct mtl_failure){.reason = reason, .depth = last});
}

static void
reverse_failures(struct working_path *path)
{
    for (size_t i = 0, j = path->failure_count; i + 1 < j; i++) {
        struct mtl_failure first = path->failures[i];

        path->failures[i] = path->failures[--j];
        path->failures[j] = first;
    }
}

void
mtl_path_search_first_issuer(struct judgement *judgement, struct working_path *path)
{
    int depth = judgement->question->depth >= 0 ? judgement->question->depth : judgement->policy->default_depth;
    struct search search = {.judgement = judgement, .path = path, .longest = (size_t)depth + 1};

    mtl_path_run_phases(judgement, path, true);
    build(&search);
    if (!search.trusted && !search.rejected && path->count <= search.longest)
        weigh_pinned_leaf(&search);
    if (search.trusted) {
        path->anchored = true;
        mtl_path_run_phases(judgement, path, false);
    } else {
        fail_to_build(&search);
        if (judgement->policy->last_failure_decides)
            mtl_path_run_phases(judgement, path, false);
    }
    if (judgement->policy->last_failure_decides)
        reverse_failures(path);
    if (search.exhausted) {
        judgement->verdict->extensions_exhausted = true;
        judgement->verdict->undetermined = "the chain was still growing when the search budget ran out";
    }
    judgement->verdict->decisive = mtl_path_keep(judgement, path);
    judgement->verdict->accepted = path->failure_count == 0;
}
