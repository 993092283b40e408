/*
 * The search that tries every issuer until a whole path holds: depth first, trust store before presented chain, loops
 * cut where a name and key come back (RFC 4158 2.4.2). SPDX-License-Identifier: Apache-2.0
 */
#include "path/judgement.h"

struct search {
    struct judgement *judgement;
    size_t longest; /* certificates a path may have below its anchor */
    bool best_is_anchored;
    size_t best_failures;
    uint16_t best_specificity;
    bool has_best;
};

static uint16_t
specificity_of(const struct search *search, const struct working_path *path)
{
    const uint16_t *specificity = search->judgement->policy->specificity;

    /* a name is only looked at when a path holds: the search is over */
    if (specificity == NULL || path->failure_count == 0 || path->failures[0].step == MTL_STEP_IDENTITY)
        return UINT16_MAX;
    return specificity[path->failures[0].reason];
}

/* A verifier that judges while it builds reports what it met last, unless a path was whole. */
static bool
is_better(const struct search *search, const struct working_path *path)
{
    if (search->judgement->policy->specificity != NULL)
        return !search->has_best || path->failure_count == 0 || specificity_of(search, path) > search->best_specificity;
    if (!search->has_best || path->anchored != search->best_is_anchored)
        return !search->has_best || path->anchored;
    if (search->judgement->policy->judges_while_building)
        return !path->anchored;
    return path->failure_count < search->best_failures;
}

static void
prefer(struct search *search, const struct working_path *path, size_t index)
{

    if (index == SIZE_MAX || !is_better(search, path))
        return;
    search->judgement->verdict->decisive = index;
    search->best_is_anchored = path->anchored;
    search->best_failures = path->failure_count;
    search->best_specificity = specificity_of(search, path);
    search->has_best = true;
}

/* A path that ends in an anchor goes through all steps. True when it holds: the search is over. */
static bool
judge_path(struct search *search, struct working_path *path)
{
    struct judgement *judgement = search->judgement;

    mtl_path_forget_failures(path);
    path->anchored = true;
    if (!judgement->policy->judges_while_building)
        mtl_path_run_phases(judgement, path, true);
    mtl_path_run_phases(judgement, path, false);
    judgement->verdict->accepted = path->failure_count == 0;
    if (judgement->verdict->accepted)
        judgement->left.paths++;
    prefer(search, path, mtl_path_keep(judgement, path));
    path->anchored = false;
    return judgement->verdict->accepted;
}

static void
record_dead_end(struct search *search, struct working_path *path, enum mtl_reason reason)
{
    mtl_path_forget_failures(path);
    mtl_path_fail(search->judgement, path, &(struct mtl_failure){.reason = reason, .depth = path->count - 1});
    prefer(search, path, mtl_path_keep(search->judgement, path));
}

static bool
differ_in_alt_names(const struct mtl_cert *a, const struct mtl_cert *b)
{
    enum mtl_extension names = MTL_EXT_SUBJECT_ALT_NAME;

    if (!mtl_cert_has(a, names) || !mtl_cert_has(b, names))
        return mtl_cert_has(a, names) != mtl_cert_has(b, names);
    return !mtl_slice_equal(mtl_cert_bytes(a, a->extension[names]), mtl_cert_bytes(b, b->extension[names]));
}

/* The same name with the same key would only lead round in a circle. */
static bool
leads_in_a_circle(const struct mtl_policy *policy, const struct working_path *path, const struct mtl_cert *issuer)
{
    for (size_t i = 0; i < path->count; i++) {
        const struct mtl_cert *cert = path->certs[i]->cert;
        if (cert->subject_hash == issuer->subject_hash &&
            mtl_slice_equal(mtl_cert_bytes(cert, cert->spki), mtl_cert_bytes(issuer, issuer->spki)) &&
            !(policy->circles_have_same_alt_names && differ_in_alt_names(cert, issuer)))
            return true;
    }
    return false;
}

/* Says why an issuer that does not decode was passed over, if that is the most specific failure so far. */
static bool
decodes(struct search *search, struct working_path *path, const struct mtl_loaded_cert *issuer)
{
    const struct mtl_question *question = search->judgement->question;
    enum mtl_reason reason =
        question->reading == NULL ? MTL_REASON_NONE : mtl_reading_refusal(question->reading, issuer->cert, false);

    if (reason == MTL_REASON_NONE)
        return true;
    mtl_path_push(search->judgement, path, issuer);
    mtl_path_forget_failures(path);
    mtl_path_fail(search->judgement, path, &(struct mtl_failure){.reason = reason, .depth = path->count - 1});
    if (is_better(search, path))
        prefer(search, path, mtl_path_keep(search->judgement, path));
    path->count--;
    return false;
}

/* The n-th certificate to consider: the trust store's of that name in load order, then the presented ones. */
struct issuers {
    size_t cursor;
    size_t presented;
    bool in_store;
};

static const struct mtl_loaded_cert *
next_issuer(struct search *search, struct working_path *path, struct issuers *issuers)
{
    const struct mtl_question *question = search->judgement->question;
    const struct mtl_cert *subject = path->certs[path->count - 1]->cert;

    while (issuers->in_store) {
        const struct mtl_loaded_cert *issuer = mtl_pool_next(
            question->store->anchors, mtl_cert_bytes(subject, subject->issuer), subject->issuer_hash, &issuers->cursor);
        if (issuer == NULL)
            issuers->in_store = false;
        else if (mtl_issuer_refusal(question->policy, issuer->cert, subject) == MTL_REFUSED_NOT)
            return issuer;
    }
    while (issuers->presented < question->presented.count) {
        const struct mtl_loaded_cert *issuer = &question->presented.certs[issuers->presented++];
        if (issuer != &question->presented.certs[0] && !decodes(search, path, issuer))
            continue;
        if (issuer->cert->subject_hash == subject->issuer_hash &&
            mtl_issuer_refusal(question->policy, issuer->cert, subject) == MTL_REFUSED_NOT)
            return issuer;
    }
    return NULL;
}

static bool
ends_path(const struct search *search, const struct mtl_loaded_cert *anchor)
{
    int says = mtl_aux_trust_says(search->judgement, anchor);

    if (says != 0)
        return says > 0;
    return !mtl_path_needs_self_signed_anchor(search->judgement) || mtl_cert_is_self_signed(anchor->cert);
}

/* See search_wants_valid_anchors. */
static bool
is_stale(const struct search *search, const struct working_path *path, const struct mtl_loaded_cert *anchor)
{
    const struct judgement *judgement = search->judgement;
    mtl_time now = judgement->question->now;

    return judgement->policy->search_wants_valid_anchors && path->count > 1 &&
           (now < anchor->cert->not_before || now > anchor->cert->not_after);
}

/* What becomes of the issuer that the path has just got. */
enum fate { PASSED_OVER, ENDS_PATH, TAKEN };

static enum fate
weigh_issuer(struct search *search, struct working_path *path, bool is_anchor)
{
    struct judgement *judgement = search->judgement;
    bool is_candidate;

    if (!judgement->policy->judges_while_building || (is_anchor && judgement->policy->anchors_are_keys))
        return TAKEN;
    mtl_path_forget_failures(path);
    path->anchored = is_anchor;
    mtl_path_judge_issuer(judgement, path, MTL_SCOPE_CANDIDATE);
    is_candidate = path->failure_count == 0;
    if (is_candidate)
        mtl_path_judge_issuer(judgement, path, MTL_SCOPE_EXTENSION);
    path->anchored = false;
    if (!is_candidate)
        return PASSED_OVER;
    if (path->failure_count == 0)
        return TAKEN;
    prefer(search, path, mtl_path_keep(judgement, path));
    return ENDS_PATH;
}

static bool extend(struct search *search, struct working_path *path);

/* Goes on from an issuer. *found: it was one. True when a path held. */
static bool
try_issuer(struct search *search, struct working_path *path, bool is_anchor, bool *found)
{
    enum fate fate = weigh_issuer(search, path, is_anchor);

    *found = *found || fate != PASSED_OVER;
    if (fate != TAKEN)
        return false;
    return is_anchor ? judge_path(search, path) : extend(search, path);
}

/* Tries every issuer of the path's head. True when a path held. Recursion is bounded by the longest path allowed. */
static bool
extend(struct search *search, struct working_path *path)
{
    const struct mtl_loaded_cert *subject = path->certs[path->count - 1];
    struct issuers issuers = {.in_store = true};
    const struct mtl_loaded_cert *issuer;
    bool found = false;

    while ((issuer = next_issuer(search, path, &issuers)) != NULL) {
        bool is_anchor = issuers.in_store && ends_path(search, issuer);

        if (is_anchor && is_stale(search, path, issuer))
            continue;
        if (!(is_anchor && search->judgement->policy->anchors_are_keys) &&
            leads_in_a_circle(search->judgement->policy, path, issuer->cert))
            continue;
        if (!mtl_budget_take(&search->judgement->left.extensions)) {
            search->judgement->verdict->extensions_exhausted = true;
            return false;
        }
        if (!is_anchor && path->count > search->longest - 1) {
            found = true;
            record_dead_end(search, path, MTL_REASON_DEPTH);
            continue;
        }
        mtl_path_push(search->judgement, path, issuer);
        path->presented_count += issuers.in_store ? 0 : 1;
        bool holds = try_issuer(search, path, is_anchor, &found);
        path->presented_count -= issuers.in_store ? 0 : 1;
        path->count--;
        if (holds)
            return true;
    }
    if (!found)
        record_dead_end(search, path,
                        !mtl_cert_is_self_signed(subject->cert) ? MTL_REASON_NO_ISSUER
                        : path->count == 1                      ? MTL_REASON_SELF_SIGNED_LEAF
                                                                : MTL_REASON_SELF_SIGNED_IN_CHAIN);
    return false;
}

/* A leaf that fails alone is not put into any path. */
static bool
leaf_fails(struct search *search, struct working_path *path)
{
    if (!search->judgement->policy->judges_while_building)
        return false;
    mtl_path_run_phases(search->judgement, path, true);
    if (path->failure_count == 0)
        return false;
    prefer(search, path, mtl_path_keep(search->judgement, path));
    return true;
}

void
mtl_path_search_backtrack(struct judgement *judgement, struct working_path *path)
{
    int depth = mtl_path_limit(judgement);
    struct search search = {.judgement = judgement, .longest = (size_t)depth + 1};
    const struct mtl_loaded_cert *pinned =
        judgement->policy->anchors_are_keys ? NULL : mtl_trusted_twin(judgement, path->certs[0]->cert);

    if (leaf_fails(&search, path))
        return;
    if (pinned != NULL && ends_path(&search, pinned)) {
        const struct mtl_loaded_cert *presented = path->certs[0];
        path->certs[0] = pinned;
        path->presented_count = 0;
        if (judge_path(&search, path) || judgement->policy->judges_while_building)
            return;
        path->certs[0] = presented;
        path->presented_count = 1;
    }
    extend(&search, path);
    if (!judgement->verdict->accepted && judgement->verdict->extensions_exhausted)
        judgement->verdict->undetermined = "there were more paths to try than the search budget allows";
    if (!judgement->verdict->accepted && judgement->policy->specificity != NULL && judgement->verdict->paths_exhausted)
        judgement->verdict->undetermined = "there were more paths that failed than are compared";
    if (judgement->verdict->path_count == 0) {
        judgement->left.paths++;
        record_dead_end(&search, path, MTL_REASON_NO_ISSUER);
    }
}
