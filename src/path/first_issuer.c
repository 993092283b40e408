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

static bool
head_is_self_signed(const struct search *search)
{
    return mtl_path_is_self_signed(search->judgement->policy, head(search)->cert);
}

/* Settings that do not speak of this purpose may mean that being self-signed is not enough. */
static bool
is_silent(const struct mtl_policy *policy, const struct mtl_loaded_cert *cert)
{
    return policy->aux_trust_is_all && cert->aux.present && (cert->aux.has_trust || cert->aux.reject != 0);
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
    search->trusted = says > 0 || !mtl_path_needs_self_signed_anchor(search->judgement) ||
                      (head_is_self_signed(search) && !is_silent(search->judgement->policy, cert));
}

/* Does one of the certificates that came from the trust store make the path trusted, or spoil it? */
static void
weigh_whole_path(struct search *search)
{
    const struct mtl_policy *policy = search->judgement->policy;
    struct working_path *path = search->path;

    for (size_t i = path->presented_count; i < path->count && !search->trusted && !search->rejected; i++) {
        const struct mtl_loaded_cert *cert = path->certs[i];
        int says = mtl_aux_trust_says(search->judgement, cert);

        if (says < 0) {
            search->rejected = true;
            mtl_path_fail(search->judgement, path, &(struct mtl_failure){.reason = MTL_REASON_REJECTED, .depth = i});
        }
        search->trusted =
            says > 0 || (says == 0 && !is_silent(policy, cert) && mtl_path_is_self_signed(policy, cert->cert));
    }
    if (!search->rejected && !mtl_path_needs_self_signed_anchor(search->judgement) &&
        path->presented_count < path->count)
        search->trusted = true;
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
    if (!head_is_self_signed(search)) {
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
    if (!search->judgement->policy->climbs_whole_store)
        weigh_trust(search);
    return true;
}

static bool
extend_from_presented(struct search *search)
{
    const struct mtl_loaded_cert *issuer;

    if (head_is_self_signed(search) || search->path->count > search->longest)
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
            if (search->trusted || search->rejected || head_is_self_signed(search))
                break;
            continue;
        }
        if (!search->presented_open || !extend_from_presented(search))
            break;
    }
    if (search->judgement->policy->climbs_whole_store)
        weigh_whole_path(search);
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

    if (mtl_path_needs_self_signed_anchor(judgement) || path->count != path->presented_count)
        return;
    while ((anchor = mtl_pool_next(judgement->question->store->anchors, mtl_cert_bytes(leaf, leaf->subject),
                                   leaf->subject_hash, &cursor)) != NULL) {
        if (!mtl_cert_same(anchor->cert, leaf))
            continue;
        search->trusted = mtl_aux_trust_says(judgement, anchor) >= 0;
        if (judgement->policy->climbs_whole_store && path->count > 1 && head_is_self_signed(search))
            path->count--; /* an untrusted root was only set aside */
        path->certs[0] = anchor;
        path->presented_count = 0;
        return;
    }
}

/* Where malformed certificates never issue, one that is self-signed did not issue itself either. */
static bool
ends_in_itself(const struct search *search)
{
    return head_is_self_signed(search) && !mtl_path_cannot_issue(search->judgement->policy, head(search)->cert);
}

static enum mtl_reason
why_unanchored(const struct search *search)
{
    if (search->path->presented_count < search->path->count)
        return MTL_REASON_NO_ISSUER_OF_ANCHOR;
    if (!ends_in_itself(search))
        return MTL_REASON_NO_ISSUER;
    return search->path->count == 1 ? MTL_REASON_SELF_SIGNED_LEAF : MTL_REASON_SELF_SIGNED_IN_CHAIN;
}

/* Who goes on after a failure finds a path that is too long to end nowhere, too. */
static void
fail_to_build(struct search *search)
{
    struct working_path *path = search->path;
    size_t last = path->count - 1;
    bool too_long = path->count > search->longest && !search->judgement->policy->depth_is_no_reason;

    if (search->rejected)
        return;
    if (too_long)
        mtl_path_fail(search->judgement, path, &(struct mtl_failure){.reason = MTL_REASON_DEPTH, .depth = last});
    if (!too_long || search->judgement->policy->last_failure_decides)
        mtl_path_fail(search->judgement, path, &(struct mtl_failure){.reason = why_unanchored(search), .depth = last});
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
    int depth = judgement->policy->depth_is_judged ? judgement->policy->default_depth : mtl_path_limit(judgement);
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
    if (judgement->policy->specificity != NULL)
        mtl_path_promote(path, judgement->policy->specificity);
    if (search.exhausted) {
        judgement->verdict->extensions_exhausted = true;
        judgement->verdict->undetermined = "the chain was still growing when the search budget ran out";
    }
    judgement->verdict->decisive = mtl_path_keep(judgement, path);
    judgement->verdict->accepted = path->failure_count == 0;
}
