/* Finding issuers, and saying why a candidate was not taken. SPDX-License-Identifier: Apache-2.0 */
#include "path/judgement.h"

/* Candidates with another name are only worth showing while they are few. */
#define MAX_OTHER_NAMES 8U
#define MAX_CANDIDATES 64U

bool
mtl_path_finds_malformed(const struct mtl_policy *policy, const struct mtl_cert *cert)
{
    uint32_t decoded = policy->decodable_extensions == 0 ? UINT32_MAX : policy->decodable_extensions;
    uint32_t malformed = cert->malformed;

    if (policy->path_length_needs_ca && !cert->is_ca && cert->path_length >= 0)
        return true;
    if (policy->empty_key_usage_decodes && mtl_cert_key_usage_is_empty(cert))
        malformed &= ~(1U << MTL_EXT_KEY_USAGE) | cert->duplicate;
    return (malformed & decoded) != 0;
}

bool
mtl_path_cannot_issue(const struct mtl_policy *policy, const struct mtl_cert *cert)
{
    if (!policy->malformed_never_issue)
        return false;
    return policy->decodable_extensions == 0 ? mtl_cert_has_malformed_extension(cert)
                                             : mtl_path_finds_malformed(policy, cert);
}

static bool
may_not_sign(const struct mtl_cert *issuer)
{
    return mtl_cert_has(issuer, MTL_EXT_KEY_USAGE) && (issuer->key_usage & MTL_KU_KEY_CERT_SIGN) == 0;
}

bool
mtl_path_is_self_signed(const struct mtl_policy *policy, const struct mtl_cert *cert)
{
    if (policy->issuers_need_cert_sign && may_not_sign(cert))
        return false;
    if (policy->any_key_may_issue)
        return mtl_issuer_refusal(policy, cert, cert) == MTL_REFUSED_NOT;
    return mtl_cert_is_self_signed(cert);
}

static enum mtl_refusal
own_refusal(const struct mtl_policy *policy, const struct mtl_cert *issuer, const struct mtl_cert *subject)
{
    if (mtl_path_cannot_issue(policy, issuer) || mtl_path_cannot_issue(policy, subject))
        return MTL_REFUSED_MALFORMED;
    return policy->issuers_need_cert_sign && may_not_sign(issuer) ? MTL_REFUSED_KEY_USAGE : MTL_REFUSED_NOT;
}

enum mtl_refusal
mtl_issuer_refusal(const struct mtl_policy *policy, const struct mtl_cert *issuer, const struct mtl_cert *subject)
{
    enum mtl_issuer_match match;

    if (policy->names_are_compared_as_text &&
        !mtl_name_says_the_same(mtl_cert_bytes(issuer, issuer->subject), mtl_cert_bytes(subject, subject->issuer)))
        return MTL_REFUSED_NAME;
    if (policy->names_are_compared_as_bytes && !policy->names_are_compared_as_text &&
        !mtl_slice_equal(mtl_cert_bytes(issuer, issuer->subject), mtl_cert_bytes(subject, subject->issuer)))
        return MTL_REFUSED_NAME;
    if (policy->spaces_in_names_count && issuer->subject.size != subject->issuer.size)
        return MTL_REFUSED_NAME;
    if (policy->odd_strings_in_names_count &&
        !mtl_name_is_alike(mtl_cert_bytes(issuer, issuer->subject), mtl_cert_bytes(subject, subject->issuer)))
        return MTL_REFUSED_NAME;
    if (policy->issuers_need_only_the_name)
        return policy->names_are_compared_as_bytes || mtl_cert_may_issue(issuer, subject) != MTL_ISSUER_NAME
                   ? MTL_REFUSED_NOT
                   : MTL_REFUSED_NAME;
    match = mtl_cert_may_issue(issuer, subject);
    /* perhaps not to this verifier, or it does not mind */
    if (match == MTL_ISSUER_MALFORMED && (policy->decodable_extensions != 0 || !policy->malformed_never_issue))
        match = mtl_cert_matches_authority(issuer, mtl_cert_authority(subject));
    switch (match) {
    case MTL_ISSUER_NAME:
        return MTL_REFUSED_NAME;
    case MTL_ISSUER_MALFORMED:
        return policy->malformed_never_issue ? MTL_REFUSED_MALFORMED : MTL_REFUSED_NOT;
    case MTL_ISSUER_KEY_ID:
        if (policy->empty_key_ids_bind_nobody && subject->authority_key_id.size == 0)
            return MTL_REFUSED_NOT;
        return policy->key_ids_are_binding ? MTL_REFUSED_KEY_ID : MTL_REFUSED_NOT;
    case MTL_ISSUER_SERIAL:
        return policy->key_ids_are_binding && !policy->only_key_ids_bind ? MTL_REFUSED_SERIAL : MTL_REFUSED_NOT;
    case MTL_ISSUER_KEY_TYPE:
        if (policy->any_key_may_issue)
            break;
        return policy->only_key_ids_bind ? MTL_REFUSED_NOT : MTL_REFUSED_KEY_TYPE;
    case MTL_ISSUER_OK:
        break;
    }
    return own_refusal(policy, issuer, subject);
}

const struct mtl_loaded_cert *
mtl_trusted_twin(const struct judgement *judgement, const struct mtl_cert *cert)
{
    const struct mtl_loaded_cert *anchor;
    size_t cursor = 0;

    while ((anchor = mtl_pool_next(judgement->question->store->anchors, mtl_cert_bytes(cert, cert->subject),
                                   cert->subject_hash, &cursor)) != NULL) {
        if (mtl_cert_same(anchor->cert, cert))
            return anchor;
    }
    return NULL;
}

bool
mtl_path_contains(const struct working_path *path, const struct mtl_cert *cert)
{
    for (size_t i = 0; i < path->count; i++) {
        if (mtl_cert_same(path->certs[i]->cert, cert))
            return true;
    }
    return false;
}

/* The first candidate that is valid now wins at once; before that, one that is not. Or simply the first. */
static bool
prefer(const struct judgement *judgement, const struct mtl_loaded_cert *candidate, const struct mtl_loaded_cert **best)
{
    if (judgement->policy->issuers_in_order ||
        mtl_cert_is_valid_at(judgement->policy, candidate->cert, judgement->question->now)) {
        *best = candidate;
        return true;
    }
    if (*best == NULL || judgement->policy->last_stale_issuer || candidate->cert->not_after > (*best)->cert->not_after)
        *best = candidate;
    return false;
}

const struct mtl_loaded_cert *
mtl_issuer_in_store(const struct judgement *judgement, const struct mtl_cert *subject)
{
    const struct mtl_pool *anchors = judgement->question->store->anchors;
    struct mtl_slice name = mtl_cert_bytes(subject, subject->issuer);
    const struct mtl_loaded_cert *candidate, *best = NULL;
    size_t cursor = 0;

    while ((candidate = mtl_pool_next(anchors, name, subject->issuer_hash, &cursor)) != NULL) {
        if (mtl_issuer_refusal(judgement->policy, candidate->cert, subject) != MTL_REFUSED_NOT)
            continue;
        if (judgement->policy->names_are_compared_as_bytes &&
            !mtl_slice_equal(mtl_cert_bytes(candidate->cert, candidate->cert->subject), name))
            continue;
        if (prefer(judgement, candidate, &best))
            break;
    }
    return best;
}

static bool
is_used(const struct working_path *path, const struct mtl_loaded_cert *presented)
{
    for (size_t i = 1; i < path->count; i++) {
        if (path->certs[i] == presented)
            return true;
    }
    return false;
}

const struct mtl_loaded_cert *
mtl_issuer_in_presented(const struct judgement *judgement, const struct working_path *path)
{
    const struct mtl_chain *presented = &judgement->question->presented;
    const struct mtl_cert *subject = path->certs[path->count - 1]->cert;
    bool may_repeat = subject->self_issued && path->count == 1;
    const struct mtl_loaded_cert *best = NULL;

    for (size_t i = 0; i < presented->count; i++) {
        const struct mtl_loaded_cert *candidate = &presented->certs[i];
        if (candidate->cert->subject_hash != subject->issuer_hash || is_used(path, candidate))
            continue;
        if (mtl_issuer_refusal(judgement->policy, candidate->cert, subject) != MTL_REFUSED_NOT)
            continue;
        if (!may_repeat && mtl_path_contains(path, candidate->cert))
            continue;
        if (prefer(judgement, candidate, &best))
            break;
    }
    return best;
}

int
mtl_aux_trust_says(const struct judgement *judgement, const struct mtl_loaded_cert *cert)
{
    uint16_t wanted = judgement->question->subject == MTL_CLIENT ? MTL_EKU_CLIENT_AUTH : MTL_EKU_SERVER_AUTH;

    if (!judgement->policy->honours_aux_trust || !cert->aux.present)
        return 0;
    if (!judgement->policy->aux_trust_is_all)
        wanted |= MTL_EKU_ANY;
    if ((cert->aux.reject & wanted) != 0)
        return -1;
    if (!cert->aux.has_trust)
        return 0;
    if ((cert->aux.trust & wanted) != 0)
        return 1;
    return judgement->policy->aux_trust_is_all ? 0 : -1;
}

/* ---- the explanation ------------------------------------------------------------------------------------------ */

struct explanation {
    struct judgement *judgement;
    struct mtl_candidate *candidates;
    size_t count, capacity, other_names;
};

static void
add_candidate(struct explanation *explanation, struct mtl_candidate candidate, const struct mtl_cert *subject)
{
    if (explanation->count >= MAX_CANDIDATES)
        return;
    if (candidate.refusal == MTL_REFUSED_NAME && explanation->other_names++ >= MAX_OTHER_NAMES)
        return;
    candidate.signature = MTL_SIGNATURE_UNSUPPORTED;
    if (candidate.refusal != MTL_REFUSED_NAME && candidate.refusal != MTL_REFUSED_KEY_TYPE &&
        mtl_budget_take(&explanation->judgement->left.signatures))
        candidate.signature =
            mtl_crypto_verify(explanation->judgement->question->crypto, subject, candidate.cert->cert);
    explanation->candidates = mtl_arena_grow(explanation->judgement->arena, explanation->candidates, explanation->count,
                                             &explanation->capacity, sizeof(*explanation->candidates));
    explanation->candidates[explanation->count++] = candidate;
}

/* What became of a candidate, given the issuer that was taken (NULL: none). */
static enum mtl_refusal
judge_candidate(const struct judgement *judgement, const struct mtl_path *path, size_t depth,
                const struct mtl_loaded_cert *candidate)
{
    const struct mtl_cert *subject = path->certs[depth]->cert;
    const struct mtl_loaded_cert *taken = depth + 1 < path->count ? path->certs[depth + 1] : NULL;
    enum mtl_refusal refusal = mtl_issuer_refusal(judgement->policy, candidate->cert, subject);

    if (refusal != MTL_REFUSED_NOT)
        return refusal;
    if (taken != NULL)
        return taken == candidate ? MTL_REFUSED_NOT : MTL_REFUSED_OTHER_TAKEN;
    if (mtl_path_is_self_signed(judgement->policy, subject) && !mtl_cert_same(subject, candidate->cert))
        return MTL_REFUSED_MIMIC;
    for (size_t i = 0; i <= depth; i++) {
        if (mtl_cert_same(path->certs[i]->cert, candidate->cert))
            return MTL_REFUSED_ALREADY_IN_PATH;
    }
    return MTL_REFUSED_NOT_SEARCHED;
}

static void
explain_depth(struct explanation *explanation, const struct mtl_path *path, size_t depth, bool with_other_names)
{
    const struct mtl_question *question = explanation->judgement->question;
    const struct mtl_cert *subject = path->certs[depth]->cert;
    size_t anchors = mtl_pool_count(question->store->anchors);

    for (size_t i = 0; i < anchors + question->presented.count; i++) {
        bool trusted = i < anchors;
        const struct mtl_loaded_cert *candidate =
            trusted ? mtl_pool_at(question->store->anchors, i) : &question->presented.certs[i - anchors];
        bool bears_name = candidate->cert->subject_hash == subject->issuer_hash;
        if (!bears_name && !(with_other_names && trusted))
            continue;
        if (!trusted && candidate == path->certs[depth])
            continue;
        enum mtl_refusal refusal = judge_candidate(explanation->judgement, path, depth, candidate);
        add_candidate(
            explanation,
            (struct mtl_candidate){.cert = candidate, .subject_depth = depth, .trusted = trusted, .refusal = refusal},
            subject);
    }
}

void
mtl_issuers_explain(struct judgement *judgement)
{
    struct mtl_verdict *verdict = judgement->verdict;
    struct explanation explanation = {.judgement = judgement};
    const struct mtl_path *path = &verdict->paths[verdict->decisive];

    for (size_t depth = 0; depth < path->count; depth++)
        explain_depth(&explanation, path, depth, !path->anchored && depth + 1 == path->count);
    verdict->candidates = explanation.candidates;
    verdict->candidate_count = explanation.count;
}

bool
mtl_path_needs_self_signed_anchor(const struct judgement *judgement)
{
    return judgement->policy->anchor_must_be_self_signed ||
           (judgement->policy->crls_need_self_signed_anchor && judgement->question->check_revocation);
}
