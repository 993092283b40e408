/*
 * Revocation by every CRL that holds (RFC 5280 6.3.3): each speaks for some reasons, together they must for all. Who
 * may not sign CRLs as an issuer is looked for again as their signer. SPDX-License-Identifier: Apache-2.0
 */
#include "path/judgement.h"

enum status { UNKNOWN, CLEAR, REVOKED };

struct approval {
    struct judgement *judgement;
    const struct working_path *path;
    bool *waiting; /* by depth: its status waits for that of others, and so cannot decide it */
    enum mtl_reason reason;
    const struct mtl_loaded_crl *crl; /* that the reason is about */
};

/* A certificate, and who is to have signed CRLs about it. */
struct subject {
    const struct mtl_cert *cert, *issuer;
    bool issuer_may_sign;
};

/* What the CRLs approved so far say. */
struct tally {
    uint16_t reasons;
    size_t approved, revoking;
    bool breaks; /* no chain can be built to the key of one, and then none counts, unless they were enough before */
};

static bool
has_usable_key_usage(const struct mtl_cert *cert)
{
    return (cert->present & ~cert->malformed & 1U << MTL_EXT_KEY_USAGE) != 0;
}

/* Without a keyUsage nothing says so. */
static bool
may_sign_crls(const struct mtl_cert *cert)
{
    return has_usable_key_usage(cert) && (cert->key_usage & MTL_KU_CRL_SIGN) != 0;
}

static bool
is_anchor(const struct working_path *path, size_t depth)
{
    return path->anchored && depth + 1 == path->count;
}

static const struct mtl_cert *
cert_at(const struct approval *approval, size_t depth)
{
    return approval->path->certs[depth]->cert;
}

static bool
is_named(const struct approval *approval, struct mtl_slice a, struct mtl_slice b)
{
    return mtl_name_equal(a, b) &&
           (!approval->judgement->policy->odd_strings_in_names_count || mtl_name_is_alike(a, b));
}

/* ---- one CRL ---------------------------------------------------------------------------------------------------- */

static bool
fits_key_id(const struct mtl_cert *signer, const struct mtl_crl *crl)
{
    struct mtl_slice wanted = crl->authority.key_id, found = mtl_cert_bytes(signer, signer->subject_key_id);

    return wanted.size == 0 || found.size == 0 || mtl_slice_equal(wanted, found);
}

/* The signer of a CRL may speak of itself, as a CA does that bears its issuer's name. */
static bool
speaks_of_itself(const struct approval *approval, const struct mtl_cert *cert, const struct mtl_crl *crl)
{
    if (!is_named(approval, mtl_cert_bytes(cert, cert->subject), mtl_crl_bytes(crl, crl->issuer)) ||
        !fits_key_id(cert, crl) || (has_usable_key_usage(cert) && (cert->key_usage & MTL_KU_CRL_SIGN) == 0))
        return false;
    if (crl->authority.key_id.size != 0 && mtl_cert_has(cert, MTL_EXT_AUTHORITY_KEY_ID))
        return true;
    return mtl_crypto_verify_crl(approval->judgement->question->crypto, crl, cert) == MTL_SIGNATURE_GOOD;
}

/* Does it bear the key identifier and the name that a CRL gives for its signer? */
static bool
is_told_signer(const struct approval *approval, const struct mtl_cert *cert, const struct mtl_crl *crl)
{
    return cert->subject_hash == crl->issuer_hash &&
           mtl_slice_equal(mtl_cert_bytes(cert, cert->subject_key_id), crl->authority.key_id) &&
           is_named(approval, mtl_cert_bytes(cert, cert->subject), mtl_crl_bytes(crl, crl->issuer)) &&
           (!has_usable_key_usage(cert) || may_sign_crls(cert));
}

/* A CA of the issuer's name, but with another key. Those higher in the path were found to be in order before. */
static const struct mtl_cert *
find_other_key(const struct approval *approval, const struct subject *subject, const struct mtl_crl *crl,
               struct tally *tally)
{
    const struct mtl_question *question = approval->judgement->question;
    const struct mtl_loaded_cert *anchor;
    size_t cursor = 0;
    bool is_elsewhere = false;

    for (size_t i = approval->path->count - 1; i > 0 && cert_at(approval, i) != subject->cert; i--)
        if (is_told_signer(approval, cert_at(approval, i), crl))
            return cert_at(approval, i);
    for (size_t i = 0; i < question->presented.count; i++)
        is_elsewhere = is_elsewhere || is_told_signer(approval, question->presented.certs[i].cert, crl);
    while ((anchor = mtl_pool_next(question->store->anchors, mtl_crl_bytes(crl, crl->issuer), crl->issuer_hash,
                                   &cursor)) != NULL)
        is_elsewhere = is_elsewhere || is_told_signer(approval, anchor->cert, crl);
    if (is_elsewhere)
        approval->judgement->verdict->undetermined =
            "a CRL of the issuer's name is signed with the key of a CA that is not in the chain";
    tally->breaks = true;
    return NULL;
}

/* Whose key it is to be made with; NULL: not by anybody who may. */
static const struct mtl_cert *
find_signer(const struct approval *approval, const struct subject *subject, const struct mtl_crl *crl,
            struct tally *tally)
{
    struct mtl_slice theirs = crl->authority.key_id;
    struct mtl_slice ours = mtl_cert_bytes(subject->cert, subject->cert->authority_key_id);
    bool is_same = ours.size != 0 && mtl_slice_equal(ours, theirs);

    if (!is_same && speaks_of_itself(approval, subject->cert, crl))
        return subject->issuer_may_sign ? subject->cert : NULL;
    if (is_same || ours.size == 0 || theirs.size == 0)
        return subject->issuer_may_sign ? subject->issuer : NULL;
    return find_other_key(approval, subject, crl, tally);
}

static enum mtl_reason
judge_dates(const struct judgement *judgement, const struct mtl_crl *crl)
{
    mtl_time now = judgement->question->now, skew = (mtl_time)judgement->policy->crl_skew_seconds;

    if (!crl->has_next_update)
        return MTL_REASON_CRL_ENDLESS;
    if (now + skew < crl->this_update)
        return MTL_REASON_CRL_NOT_YET_VALID;
    return now - skew > crl->next_update ? MTL_REASON_CRL_EXPIRED : MTL_REASON_NONE;
}

static bool
lacks(uint32_t mask, unsigned bit)
{
    return mask != 0 && (mask >> bit & 1) == 0;
}

static enum mtl_reason
judge_signature(struct judgement *judgement, const struct mtl_crl *crl, const struct mtl_cert *signer)
{
    const struct mtl_policy *policy = judgement->policy;

    if (!mtl_budget_take(&judgement->left.signatures)) {
        judgement->verdict->signatures_exhausted = true;
        judgement->verdict->undetermined = "more signatures had to be checked than the budget allows";
        return MTL_REASON_CRL_SIGNATURE;
    }
    if (lacks(policy->signature_digests, crl->signature_algorithm.digest) ||
        (signer->key.type == MTL_KEY_EC && lacks(policy->signature_curves, signer->key.curve)) ||
        (signer->key.type == MTL_KEY_RSA && signer->key.bits < policy->rsa_bits[0]))
        return MTL_REASON_CRL_SIGNATURE;
    return mtl_crypto_verify_crl(judgement->question->crypto, crl, signer) == MTL_SIGNATURE_GOOD
               ? MTL_REASON_NONE
               : MTL_REASON_CRL_SIGNATURE;
}

/* Why a CRL of the issuer's name does not count. Indirect ones do. */
static enum mtl_reason
judge_crl(const struct approval *approval, const struct subject *subject, const struct mtl_crl *crl,
          struct tally *tally)
{
    enum mtl_reason reason = judge_dates(approval->judgement, crl);
    const struct mtl_cert *signer;

    if (reason != MTL_REASON_NONE)
        return reason;
    if (crl->malformed_idp || !mtl_crl_covers(crl, subject->cert, true))
        return MTL_REASON_CRL_SCOPE;
    signer = find_signer(approval, subject, crl, tally);
    if (signer == NULL)
        return tally->breaks ? MTL_REASON_CRL_ISSUER_MISSING : MTL_REASON_CRL_ISSUER_KEY_USAGE;
    reason = judge_signature(approval->judgement, crl, signer);
    if (reason != MTL_REASON_NONE)
        return reason;
    return crl->has_unknown_critical || crl->is_delta ? MTL_REASON_CRL_CRITICAL_EXTENSION : MTL_REASON_NONE;
}

/* Listed is revoked, also where an entry says that the certificate was taken off the list. */
static bool
is_listed(const struct mtl_crl *crl, const struct mtl_cert *cert, mtl_time now)
{
    enum { NOT_LISTED = -2 };
    struct mtl_revocation found = {.reason = NOT_LISTED};

    return (mtl_crl_revokes(crl, cert, &found) || found.reason != NOT_LISTED) && found.date < now;
}

static void
approve(struct approval *approval, const struct subject *subject, const struct mtl_loaded_crl *crls, size_t count,
        struct tally *tally)
{
    mtl_time now = approval->judgement->question->now;

    for (size_t i = 0; i < count; i++) {
        const struct mtl_crl *crl = crls[i].crl;

        if (crl->issuer_hash != subject->cert->issuer_hash ||
            !is_named(approval, mtl_crl_bytes(crl, crl->issuer), mtl_cert_bytes(subject->cert, subject->cert->issuer)))
            continue;
        enum mtl_reason reason = judge_crl(approval, subject, crl, tally);
        bool revokes = reason == MTL_REASON_NONE && is_listed(crl, subject->cert, now);
        if (approval->crl == NULL || revokes) {
            approval->reason = revokes ? MTL_REASON_REVOKED : reason;
            approval->crl = &crls[i];
        }
        if (reason != MTL_REASON_NONE)
            continue;
        tally->reasons |= mtl_crl_covered_reasons(crl, subject->cert, true);
        tally->approved++;
        tally->revoking += revokes;
    }
}

/* Once all reasons are spoken for, no other CRL is looked at; which are looked at first is not fixed. */
static enum status
judge_crls(struct approval *approval, const struct subject *subject)
{
    const struct mtl_question *question = approval->judgement->question;
    struct tally tally = {0};

    approve(approval, subject, question->store->crls, question->store->crl_count, &tally);
    approve(approval, subject, question->crls, question->crl_count, &tally);
    if (tally.reasons != MTL_CRL_ALL_REASONS)
        return UNKNOWN;
    if (tally.breaks || (tally.revoking > 0 && tally.revoking < tally.approved))
        approval->judgement->verdict->undetermined =
            "several CRLs of a certificate's issuer differ, and which of them are looked at first is not fixed";
    return tally.revoking > 0 ? REVOKED : CLEAR;
}

/* ---- one certificate -------------------------------------------------------------------------------------------- */

static enum status judge(struct approval *approval, size_t depth);

/* May that CA be the signer of CRLs under a name, if not as the issuer just tried? */
static bool
is_signer(const struct approval *approval, size_t depth, size_t candidate, bool issuer_may_sign)
{
    const struct mtl_cert *cert = cert_at(approval, depth), *signer = cert_at(approval, candidate);

    return !(issuer_may_sign && candidate == depth + 1) && cert->issuer_hash == signer->subject_hash &&
           is_named(approval, mtl_cert_bytes(cert, cert->issuer), mtl_cert_bytes(signer, signer->subject)) &&
           (!has_usable_key_usage(signer) || may_sign_crls(signer));
}

/* Is every certificate from below the anchor down to that depth known not to be revoked? */
static bool
are_clear(struct approval *approval, size_t depth)
{
    const struct working_path *path = approval->path;

    for (size_t i = path->count - 1; i-- > depth;)
        if (judge(approval, i) != CLEAR)
            return false;
    return true;
}

/* Recursion ends: each call marks one certificate more as waiting, and those that wait are not judged. */
static enum status
find_other_signer(struct approval *approval, size_t depth, bool issuer_may_sign)
{
    for (size_t i = approval->path->count - 1; i > depth; i--) {
        struct subject subject = {.cert = cert_at(approval, depth), .issuer = cert_at(approval, i), true};

        if (!is_signer(approval, depth, i, issuer_may_sign))
            continue;
        approval->waiting[depth] = true;
        enum status status = are_clear(approval, i) ? judge_crls(approval, &subject) : UNKNOWN;
        if (status != UNKNOWN)
            return status;
    }
    return UNKNOWN;
}

static enum status
judge(struct approval *approval, size_t depth)
{
    struct judgement *judgement = approval->judgement;
    bool may_sign = is_anchor(approval->path, depth + 1) || may_sign_crls(cert_at(approval, depth + 1));
    struct subject subject = {cert_at(approval, depth), cert_at(approval, depth + 1), may_sign};

    if (approval->waiting[depth])
        return UNKNOWN;
    if (!mtl_budget_take(&judgement->left.extensions)) {
        judgement->verdict->extensions_exhausted = true;
        judgement->verdict->undetermined = "more CRLs had to be looked at than the budget allows";
        return UNKNOWN;
    }
    enum status status = judge_crls(approval, &subject);
    return status == UNKNOWN ? find_other_signer(approval, depth, may_sign) : status;
}

void
mtl_path_approve(struct judgement *judgement, struct working_path *path, size_t depth)
{
    struct approval approval = {.judgement = judgement, .path = path};
    struct mtl_failure failure = {.step = MTL_STEP_REVOCATION, .depth = depth};

    if (depth + 1 >= path->count)
        return;
    approval.waiting = mtl_arena_array(judgement->arena, path->count, sizeof(*approval.waiting));
    enum status status = judge(&approval, depth);
    if (status == CLEAR)
        return;
    failure.reason = status == REVOKED ? MTL_REASON_REVOKED : approval.reason;
    failure.crl = approval.crl;
    if (failure.reason == MTL_REASON_NONE || (status == UNKNOWN && failure.reason == MTL_REASON_REVOKED))
        failure.reason = MTL_REASON_CRL_MISSING;
    mtl_path_fail(judgement, path, &failure);
}
