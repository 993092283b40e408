/*
 * Revocation by CRL (RFC 5280 6.3.3, full CRLs only): which CRL is used for a certificate, and what it says.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "path/judgement.h"

#define REMOVE_FROM_CRL 8 /* CRLReason, RFC 5280 5.3.1 */

/* How well a CRL suits a certificate; more is better, and all three together are needed to trust it. */
enum {
    SUITS_TIME = 1 << 6,
    SUITS_SCOPE = 1 << 7,
    SUITS_NO_CRITICAL = 1 << 8,
    SUITS_ISSUER = 1 << 4, /* it is signed by the certificate's own issuer */
    SUITS_PATH = 1 << 3,   /* its signer stands in the path */
};

struct candidate_crl {
    const struct mtl_loaded_crl *loaded;
    const struct mtl_cert *issuer;
    unsigned score;
    uint16_t reasons; /* for which it speaks of the certificate; 0 if it is out of its scope */
};

/* One certificate under check, and the revocation reasons for which a CRL has spoken so far. */
struct check {
    struct judgement *judgement;
    struct working_path *path;
    size_t depth;
    uint16_t reasons;
};

/* The certificate whose key signs the CRL: the next one up, or a higher one of the CRL's name. NULL: none in the path.
 */
static const struct mtl_cert *
find_crl_issuer(const struct working_path *path, size_t depth, const struct mtl_crl *crl, bool *is_own_issuer)
{
    size_t next = depth + 1 < path->count ? depth + 1 : depth;
    struct mtl_slice name = mtl_crl_bytes(crl, crl->issuer);

    *is_own_issuer = mtl_cert_matches_authority(path->certs[next]->cert, crl->authority) == MTL_ISSUER_OK;
    if (*is_own_issuer)
        return path->certs[next]->cert;
    for (size_t i = next + 1; i < path->count; i++) {
        const struct mtl_cert *cert = path->certs[i]->cert;
        if (mtl_name_equal(mtl_cert_bytes(cert, cert->subject), name) &&
            mtl_cert_matches_authority(cert, crl->authority) == MTL_ISSUER_OK)
            return cert;
    }
    return NULL;
}

static bool
is_current(const struct judgement *judgement, const struct mtl_crl *crl)
{
    mtl_time now = judgement->question->now;

    if (judgement->policy->crls_need_next_update && !crl->has_next_update)
        return false;
    return now >= crl->this_update &&
           !(crl->has_next_update && mtl_cert_has_expired(judgement->policy, crl->next_update, now));
}

static bool
is_not_understood(const struct mtl_policy *policy, const struct mtl_crl *crl)
{
    return (crl->has_unknown_critical && !(policy->knows_crl_numbers && crl->has_critical_number)) ||
           (crl->is_delta && policy->knows_no_delta_crls);
}

/*
 * Delta and indirect CRLs, and those split by reason, are not used; neither are those with a broken scope, or that add
 * no reason to those already spoken for.
 */
static struct candidate_crl
rate(const struct check *check, const struct mtl_loaded_crl *loaded)
{
    const struct mtl_cert *cert = check->path->certs[check->depth]->cert;
    const struct mtl_crl *crl = loaded->crl;
    struct candidate_crl candidate = {.loaded = loaded};
    bool is_own_issuer;

    if (crl->malformed_idp ||
        (crl->is_delta && !check->judgement->policy->knows_no_delta_crls &&
         !check->judgement->policy->takes_delta_crls) ||
        crl->idp_indirect || crl->idp_has_reasons)
        return candidate;
    if (crl->issuer_hash != cert->issuer_hash ||
        !mtl_name_equal(mtl_crl_bytes(crl, crl->issuer), mtl_cert_bytes(cert, cert->issuer)))
        return candidate;
    candidate.issuer = find_crl_issuer(check->path, check->depth, crl, &is_own_issuer);
    if (candidate.issuer == NULL)
        return candidate;
    if (mtl_crl_covers(crl, cert, true)) {
        candidate.reasons = mtl_crl_covered_reasons(crl, cert, true);
        if ((candidate.reasons & ~check->reasons) == 0)
            return candidate;
        candidate.score |= SUITS_SCOPE;
    }
    candidate.score |= SUITS_PATH | (is_own_issuer ? SUITS_ISSUER : 0U);
    candidate.score |= is_not_understood(check->judgement->policy, crl) ? 0U : SUITS_NO_CRITICAL;
    candidate.score |= is_current(check->judgement, crl) ? SUITS_TIME : 0U;
    return candidate;
}

static void
consider(const struct check *check, const struct mtl_loaded_crl *crls, size_t count, struct candidate_crl *best)
{
    for (size_t i = 0; i < count; i++) {
        struct candidate_crl candidate = rate(check, &crls[i]);
        if (candidate.score == 0 || candidate.score < best->score)
            continue;
        /* Of two that suit equally, the newer one. */
        if (candidate.score == best->score && candidate.loaded->crl->this_update <= best->loaded->crl->this_update)
            continue;
        *best = candidate;
    }
}

static enum mtl_reason
check_crl_signature(struct judgement *judgement, const struct candidate_crl *candidate)
{
    if (!mtl_budget_take(&judgement->left.signatures)) {
        judgement->verdict->signatures_exhausted = true;
        judgement->verdict->undetermined = "more signatures had to be checked than the budget allows";
        return MTL_REASON_NONE;
    }
    switch (mtl_crypto_verify_crl(judgement->question->crypto, candidate->loaded->crl, candidate->issuer)) {
    case MTL_SIGNATURE_GOOD:
        return MTL_REASON_NONE;
    case MTL_SIGNATURE_KEY_UNUSABLE:
        return MTL_REASON_CRL_ISSUER_MISSING;
    case MTL_SIGNATURE_BAD:
    case MTL_SIGNATURE_UNSUPPORTED:
        break;
    }
    if (judgement->policy->tells_crl_keys_apart &&
        candidate->loaded->crl->signature_algorithm.key != candidate->issuer->key.type)
        return MTL_REASON_CRL_KEY_UNSUPPORTED;
    return MTL_REASON_CRL_SIGNATURE;
}

static enum mtl_reason
check_usage(const struct candidate_crl *candidate)
{
    if (mtl_cert_has(candidate->issuer, MTL_EXT_KEY_USAGE) && (candidate->issuer->key_usage & MTL_KU_CRL_SIGN) == 0)
        return MTL_REASON_CRL_ISSUER_KEY_USAGE;
    return MTL_REASON_NONE;
}

static enum mtl_reason
check_time(const struct judgement *judgement, const struct candidate_crl *candidate)
{
    if (judgement->question->now < candidate->loaded->crl->this_update)
        return MTL_REASON_CRL_NOT_YET_VALID;
    if ((candidate->score & SUITS_TIME) != 0)
        return MTL_REASON_NONE;
    return candidate->loaded->crl->has_next_update ? MTL_REASON_CRL_EXPIRED : MTL_REASON_CRL_ENDLESS;
}

static enum mtl_reason
check_if(bool failed, enum mtl_reason reason)
{
    return failed ? reason : MTL_REASON_NONE;
}

/* But a CRL of some issuer there must be. */
static bool
may_be_missing(const struct judgement *judgement)
{
    return judgement->policy->crls_may_be_missing && judgement->question->crl_count > 0;
}

/* Notes a failure. Does the verifier go on? */
static bool
passes(const struct check *check, enum mtl_reason reason, const struct mtl_loaded_crl *crl)
{
    struct mtl_failure failure = {.reason = reason, .step = MTL_STEP_REVOCATION, .depth = check->depth, .crl = crl};

    if (reason == MTL_REASON_NONE || (reason == MTL_REASON_CRL_MISSING && may_be_missing(check->judgement)))
        return true;
    mtl_path_fail(check->judgement, check->path, &failure);
    return check->judgement->policy->last_failure_decides;
}

static bool
is_revoked(const struct mtl_policy *policy, const struct mtl_crl *crl, const struct mtl_cert *cert)
{
    struct mtl_revocation entry = {.reason = -1};

    return mtl_crl_revokes(crl, cert, &entry) || (policy->removed_are_revoked && entry.reason == REMOVE_FROM_CRL);
}

static bool
check_crl(const struct check *check, const struct candidate_crl *best)
{
    const struct mtl_policy *policy = check->judgement->policy;
    const struct mtl_loaded_crl *used = best->loaded;
    const struct mtl_cert *cert = check->path->certs[check->depth]->cert;

    return passes(check, check_usage(best), used) &&
           passes(check, check_if((best->score & SUITS_SCOPE) == 0, MTL_REASON_CRL_SCOPE), used) &&
           passes(check, check_time(check->judgement, best), used) &&
           passes(check, check_crl_signature(check->judgement, best), used) &&
           passes(check, check_if(is_not_understood(policy, used->crl), MTL_REASON_CRL_CRITICAL_EXTENSION), used) &&
           passes(check, check_if(is_revoked(policy, used->crl, cert), MTL_REASON_REVOKED), used);
}

/*
 * Uses the best CRL there is for the reasons still open; a distribution point may limit a CRL to some, and then others
 * have to speak for the rest.
 */
static void
check_best_crls(struct check *check)
{
    const struct mtl_question *question = check->judgement->question;

    while (check->reasons != MTL_CRL_ALL_REASONS) {
        struct candidate_crl best = {0};

        consider(check, question->store->crls, question->store->crl_count, &best);
        consider(check, question->crls, question->crl_count, &best);
        if (best.loaded != NULL && !check_crl(check, &best))
            return;
        if (best.reasons == 0) {
            passes(check, MTL_REASON_CRL_MISSING, NULL);
            return;
        }
        check->reasons |= best.reasons;
    }
}

/* ---- the first CRL in scope ------------------------------------------------------------------------------------- */

static bool
is_in_scope(const struct mtl_crl *crl, const struct mtl_cert *cert)
{
    if (!mtl_slice_equal(mtl_crl_bytes(crl, crl->issuer), mtl_cert_bytes(cert, cert->issuer)))
        return false;
    if (!crl->idp_present)
        return true;
    if (cert->is_ca ? crl->idp_only_user : crl->idp_only_ca)
        return false;
    return !mtl_cert_has(cert, MTL_EXT_CRL_DISTRIBUTION_POINTS) || mtl_crl_covers(crl, cert, true);
}

/* Listed is revoked, also where an entry says that the certificate was taken off the list. */
static bool
is_listed(const struct mtl_crl *crl, const struct mtl_cert *cert)
{
    enum { NOT_LISTED = -2 };
    struct mtl_revocation found = {.reason = NOT_LISTED};

    return mtl_crl_revokes(crl, cert, &found) || found.reason != NOT_LISTED;
}

/* A trusted issuer is not asked for its keyUsage. */
static bool
may_sign_crls(const struct check *check, const struct mtl_cert *issuer)
{
    bool is_anchor = check->path->anchored && check->depth + 2 == check->path->count;

    return (is_anchor && check->judgement->policy->anchors_are_keys) || !mtl_cert_has(issuer, MTL_EXT_KEY_USAGE) ||
           (issuer->key_usage & MTL_KU_CRL_SIGN) != 0;
}

static enum mtl_reason
check_first_crl(const struct check *check, const struct mtl_loaded_crl **used)
{
    const struct mtl_question *question = check->judgement->question;
    const struct mtl_cert *cert = check->path->certs[check->depth]->cert;
    struct candidate_crl first = {0};

    for (size_t i = 0; i < question->crl_count && first.loaded == NULL; i++) {
        if (is_in_scope(question->crls[i].crl, cert))
            first.loaded = &question->crls[i];
    }
    *used = first.loaded;
    if (first.loaded == NULL)
        return MTL_REASON_CRL_MISSING;
    first.issuer = check->path->certs[check->depth + 1]->cert;
    enum mtl_reason reason = check_crl_signature(check->judgement, &first);
    if (reason != MTL_REASON_NONE)
        return reason;
    if (!may_sign_crls(check, first.issuer))
        return MTL_REASON_CRL_ISSUER_KEY_USAGE;
    return is_listed(first.loaded->crl, cert) ? MTL_REASON_REVOKED : MTL_REASON_NONE;
}

/* ---- every CRL ------------------------------------------------------------------------------------------------- */

static enum mtl_reason
check_own_crl(struct judgement *judgement, const struct mtl_loaded_crl *loaded, const struct mtl_cert *issuer)
{
    const struct candidate_crl crl = {.loaded = loaded, .issuer = issuer};

    if (mtl_cert_has(issuer, MTL_EXT_KEY_USAGE) && (issuer->key_usage & MTL_KU_CRL_SIGN) == 0)
        return MTL_REASON_CRL_ISSUER_KEY_USAGE;
    if (judgement->policy->signature_digests != 0 &&
        (judgement->policy->signature_digests & 1U << loaded->crl->signature_algorithm.digest) == 0)
        judgement->verdict->undetermined = "a CRL is signed with a digest that is too weak";
    return check_crl_signature(judgement, &crl) == MTL_REASON_NONE ? MTL_REASON_NONE : MTL_REASON_CRL_SIGNATURE;
}

/* All that is wrong is noted; a CRL that is not the issuer's, and one that revokes, is the last that is looked at. */
static void
check_every_crl(const struct check *check)
{
    const struct mtl_cert *cert = check->path->certs[check->depth]->cert;
    const struct mtl_cert *issuer = check->path->certs[check->depth + 1]->cert;
    const struct mtl_question *question = check->judgement->question;
    bool goes_on = true;

    for (size_t i = 0; i < question->crl_count && goes_on; i++) {
        const struct mtl_loaded_crl *loaded = &question->crls[i];
        const struct mtl_crl *crl = loaded->crl;

        if (!mtl_name_equal(mtl_crl_bytes(crl, crl->issuer), mtl_cert_bytes(issuer, issuer->subject)))
            continue;
        goes_on = passes(check, check_own_crl(check->judgement, loaded, issuer), loaded);
        if (!goes_on)
            continue;
        if (!crl->has_next_update || mtl_cert_has_expired(check->judgement->policy, crl->next_update, question->now))
            passes(check, MTL_REASON_CRL_EXPIRED, loaded);
        if (question->now < crl->this_update)
            passes(check, MTL_REASON_CRL_NOT_YET_VALID, loaded);
        if (mtl_crl_lists(crl, mtl_cert_bytes(cert, cert->serial)))
            goes_on = passes(check, MTL_REASON_REVOKED, loaded);
    }
}

/* ---- the newest CRL --------------------------------------------------------------------------------------------- */

static void
take_newer(const struct mtl_cert *cert, const struct mtl_loaded_crl *crls, size_t count,
           const struct mtl_loaded_crl **newest)
{
    for (size_t i = 0; i < count; i++) {
        const struct mtl_crl *crl = crls[i].crl;

        if (mtl_slice_equal(mtl_crl_bytes(crl, crl->issuer), mtl_cert_bytes(cert, cert->issuer)) &&
            (*newest == NULL || crl->this_update >= (*newest)->crl->this_update))
            *newest = &crls[i];
    }
}

static void
look_up(const struct check *check)
{
    const struct mtl_cert *cert = check->path->certs[check->depth]->cert;
    const struct mtl_question *question = check->judgement->question;
    const struct mtl_loaded_crl *newest = NULL;

    take_newer(cert, question->store->crls, question->store->crl_count, &newest);
    take_newer(cert, question->crls, question->crl_count, &newest);
    if (newest != NULL && mtl_crl_lists(newest->crl, mtl_cert_bytes(cert, cert->serial)))
        passes(check, MTL_REASON_REVOKED, newest);
}

/* ---- CRLs that were verified before ----------------------------------------------------------------------------- */

static void
ask_loaded(const struct check *check)
{
    const struct mtl_cert *cert = check->path->certs[check->depth]->cert;
    const struct mtl_question *question = check->judgement->question;

    for (size_t i = 0; i < question->crl_count; i++) {
        const struct mtl_crl *crl = question->crls[i].crl;

        if (!mtl_slice_equal(mtl_crl_bytes(crl, crl->issuer), mtl_cert_bytes(cert, cert->issuer)))
            continue;
        if (mtl_crl_lists(crl, mtl_cert_bytes(cert, cert->serial)))
            passes(check, MTL_REASON_REVOKED, &question->crls[i]);
        return;
    }
    passes(check, MTL_REASON_CRL_MISSING, NULL);
}

/* ----------------------------------------------------------------------------------------------------------------- */

void
mtl_step_revocation(struct judgement *judgement, struct working_path *path, size_t depth)
{
    struct check check = {.judgement = judgement, .path = path, .depth = depth};
    const struct mtl_loaded_crl *used = NULL;

    if (!judgement->question->check_revocation || (depth > 0 && judgement->policy->revocation == MTL_REVOCATION_LEAF))
        return;
    if (judgement->policy->crls_are_approved) {
        mtl_path_approve(judgement, path, depth);
    } else if (judgement->policy->every_crl_counts) {
        if (depth + 1 < path->count)
            check_every_crl(&check);
    } else if (judgement->policy->crls_are_answers) {
        ask_loaded(&check);
    } else if (judgement->policy->crls_are_lists) {
        look_up(&check);
    } else if (!judgement->policy->first_crl_decides) {
        check_best_crls(&check);
    } else if (depth + 1 < path->count) {
        passes(&check, check_first_crl(&check, &used), used);
    }
}
