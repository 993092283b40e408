/* Steps between a certificate and its issuers: signatures, keyCertSign, name constraints. SPDX-License-Identifier:
 * Apache-2.0 */
#include "path/judgement.h"

void
mtl_step_has_issuer(struct judgement *judgement, struct working_path *path, size_t depth)
{
    if (depth + 1 == path->count && !path->anchored)
        mtl_path_fail(
            judgement, path,
            &(struct mtl_failure){.reason = MTL_REASON_NO_ISSUER, .step = MTL_STEP_HAS_ISSUER, .depth = depth});
}

/* RFC 5280 6.1.4 (n); the issuer is blamed. */
void
mtl_step_key_cert_sign(struct judgement *judgement, struct working_path *path, size_t depth)
{
    const struct mtl_cert *issuer;

    if (depth + 1 >= path->count)
        return;
    issuer = path->certs[depth + 1]->cert;
    if (!mtl_cert_has(issuer, MTL_EXT_KEY_USAGE) || (issuer->key_usage & MTL_KU_KEY_CERT_SIGN) != 0)
        return;
    if (issuer->key_usage == 0 && judgement->policy->empty_usages_ask_for_nothing)
        return;
    mtl_path_fail(
        judgement, path,
        &(struct mtl_failure){.reason = MTL_REASON_NO_CERT_SIGN, .step = MTL_STEP_KEY_CERT_SIGN, .depth = depth + 1});
}

static void
miss_issuer(struct judgement *judgement, struct working_path *path)
{
    const struct mtl_cert *leaf = path->certs[0]->cert;

    if (path->anchored || path->count > 1 || judgement->policy->search == MTL_SEARCH_SORTED ||
        judgement->policy->search == MTL_SEARCH_BEST_ISSUER || mtl_cert_may_issue(leaf, leaf) == MTL_ISSUER_OK)
        return;
    mtl_path_fail(judgement, path,
                  &(struct mtl_failure){.reason = MTL_REASON_LEAF_UNVERIFIED, .step = MTL_STEP_SIGNATURE});
}

static bool
lacks(uint32_t mask, unsigned bit)
{
    return mask != 0 && (mask & 1U << bit) == 0;
}

/* A key that the verifier does not know is to it as one that does not decode. */
static enum mtl_signature_outcome
check(struct judgement *judgement, const struct mtl_cert *cert, const struct mtl_cert *issuer)
{
    if (lacks(judgement->policy->verifying_keys, issuer->key.type) ||
        (issuer->key.type == MTL_KEY_EC && !judgement->policy->other_curves_are_weak &&
         lacks(judgement->policy->verifying_curves, issuer->key.curve)))
        return MTL_SIGNATURE_KEY_UNUSABLE;
    return mtl_crypto_verify(judgement->question->crypto, cert, issuer);
}

static bool
knows_curve(const struct mtl_policy *policy, const struct mtl_key_info *key)
{
    return policy->signature_curves == 0 || key->type != MTL_KEY_EC ||
           (policy->signature_curves >> key->curve & 1) != 0;
}

/* A key that does not decode is another matter. */
static bool
is_misfit(const struct mtl_policy *policy, const struct mtl_cert *cert, const struct mtl_cert *issuer)
{
    enum mtl_key_type made_by = cert->signature_algorithm.key, key = issuer->key.type;

    return policy->tells_misfit_keys_apart && made_by != MTL_KEY_UNKNOWN && made_by != key &&
           !(key == MTL_KEY_RSA && made_by == MTL_KEY_RSA_PSS) && mtl_cert_key_is_usable(issuer);
}

/* RFC 5280 6.1.3 (a) (1). The anchor's own signature is not looked at. */
void
mtl_step_signature(struct judgement *judgement, struct working_path *path, size_t depth)
{
    struct mtl_failure failure = {.step = MTL_STEP_SIGNATURE, .depth = depth};

    if (depth + 1 >= path->count) {
        miss_issuer(judgement, path);
        return;
    }
    if (!mtl_budget_take(&judgement->left.signatures)) {
        judgement->verdict->signatures_exhausted = true;
        judgement->verdict->undetermined = "more signatures had to be checked than the budget allows";
        return;
    }
    if (!knows_curve(judgement->policy, &path->certs[depth + 1]->cert->key)) {
        failure.reason = MTL_REASON_SIGNATURE;
        mtl_path_fail(judgement, path, &failure);
        return;
    }
    if (is_misfit(judgement->policy, path->certs[depth]->cert, path->certs[depth + 1]->cert)) {
        failure.reason = MTL_REASON_MISFIT_KEY;
        mtl_path_fail(judgement, path, &failure);
        return;
    }
    switch (check(judgement, path->certs[depth]->cert, path->certs[depth + 1]->cert)) {
    case MTL_SIGNATURE_GOOD:
        return;
    case MTL_SIGNATURE_BAD:
    case MTL_SIGNATURE_UNSUPPORTED:
        failure.reason = MTL_REASON_SIGNATURE;
        break;
    case MTL_SIGNATURE_KEY_UNUSABLE:
        failure.reason = MTL_REASON_ISSUER_KEY;
        failure.depth = depth + 1;
        break;
    }
    mtl_path_fail(judgement, path, &failure);
}

static enum mtl_reason
reason_of(enum mtl_constraint_outcome outcome)
{
    static const enum mtl_reason reasons[] = {
        [MTL_CONSTRAINT_OK] = MTL_REASON_NONE,
        [MTL_CONSTRAINT_PERMITTED] = MTL_REASON_CONSTRAINT_PERMITTED,
        [MTL_CONSTRAINT_EXCLUDED] = MTL_REASON_CONSTRAINT_EXCLUDED,
        [MTL_CONSTRAINT_MINMAX] = MTL_REASON_CONSTRAINT_MINMAX,
        [MTL_CONSTRAINT_TYPE] = MTL_REASON_CONSTRAINT_TYPE,
        [MTL_CONSTRAINT_SYNTAX] = MTL_REASON_CONSTRAINT_SYNTAX,
        [MTL_CONSTRAINT_NAME_SYNTAX] = MTL_REASON_CONSTRAINT_NAME_SYNTAX,
        [MTL_CONSTRAINT_TOO_MANY] = MTL_REASON_CONSTRAINT_TOO_MANY,
        [MTL_CONSTRAINT_EMPTY_DOMAIN] = MTL_REASON_CONSTRAINT_EMPTY_DOMAIN,
        [MTL_CONSTRAINT_READ_OTHERWISE] = MTL_REASON_CONSTRAINT_READ_OTHERWISE,
    };
    return reasons[outcome];
}

/* Where common names are not compared, one that looks like a host's must not slip through beside the constraints. */
static void
want_alt_name(struct judgement *judgement, struct working_path *path)
{
    const struct mtl_cert *leaf = path->certs[0]->cert;

    if (mtl_cert_has(leaf, MTL_EXT_SUBJECT_ALT_NAME) || !mtl_cert_common_name_is_hostlike(leaf))
        return;
    for (size_t i = 1; i < path->count; i++) {
        if (!mtl_cert_has(path->certs[i]->cert, MTL_EXT_NAME_CONSTRAINTS))
            continue;
        mtl_path_fail(
            judgement, path,
            &(struct mtl_failure){.reason = MTL_REASON_CONSTRAINT_NO_ALT_NAME, .step = MTL_STEP_NAME_CONSTRAINTS});
        return;
    }
}

/* RFC 5280 6.1.3 (b), (c): every CA above, the anchor included, constrains; self-issued CAs are exempt, the leaf never.
 */
void
mtl_step_name_constraints(struct judgement *judgement, struct working_path *path, size_t depth)
{
    const struct mtl_cert *cert = path->certs[depth]->cert;

    if (depth > 0 && cert->self_issued && !judgement->policy->self_issued_are_constrained)
        return;
    for (size_t above = path->count - 1; above > depth; above--) {
        const struct mtl_cert *issuer = path->certs[above]->cert;
        struct mtl_failure failure = {.step = MTL_STEP_NAME_CONSTRAINTS, .depth = depth};

        if (!mtl_cert_has(issuer, MTL_EXT_NAME_CONSTRAINTS))
            continue;
        if (judgement->policy->malformed_is_absent && (issuer->malformed & 1U << MTL_EXT_NAME_CONSTRAINTS) != 0)
            continue;
        if (judgement->policy->anchors_do_not_constrain && path->anchored && above + 1 == path->count)
            continue;
        failure.reason = reason_of(
            mtl_cert_check_constraints(issuer, cert, depth == 0, &judgement->policy->constraints, &failure.name));
        if (failure.reason != MTL_REASON_NONE)
            mtl_path_fail(judgement, path, &failure);
    }
    if (depth == 0 && judgement->policy->constraints.needs_alt_name)
        want_alt_name(judgement, path);
}

/* Addresses with a mask that is a prefix; domains without empty labels. */
void
mtl_step_constraints_decode(struct judgement *judgement, struct working_path *path, size_t depth)
{
    const struct mtl_cert *issuer = path->certs[depth]->cert;
    bool is_malformed = (issuer->malformed & 1U << MTL_EXT_NAME_CONSTRAINTS) != 0;

    if (depth == 0 || !mtl_cert_has(issuer, MTL_EXT_NAME_CONSTRAINTS))
        return;
    if (is_malformed || mtl_cert_constrains_odd_addresses(issuer) ||
        mtl_cert_is_odd(issuer, MTL_ODD_CONSTRAINT_MASK, MTL_GN_IP) ||
        mtl_cert_is_odd(issuer, MTL_ODD_CONSTRAINT_DOTS, MTL_GN_DNS) ||
        mtl_cert_is_odd(issuer, MTL_ODD_CONSTRAINT_DOTS, MTL_GN_EMAIL))
        mtl_path_fail(judgement, path,
                      &(struct mtl_failure){
                          .reason = MTL_REASON_CONSTRAINT_SYNTAX, .step = MTL_STEP_CONSTRAINTS_DECODE, .depth = depth});
}

void
mtl_step_own_constraints(struct judgement *judgement, struct working_path *path, size_t depth)
{
    const struct mtl_cert *issuer = path->certs[depth]->cert;
    const size_t constrained[] = {0, depth};

    for (size_t i = 0; depth > 0 && i < 2; i++) {
        struct mtl_failure failure = {.step = MTL_STEP_OWN_CONSTRAINTS, .depth = constrained[i]};

        failure.reason = reason_of(mtl_cert_check_constraints(issuer, path->certs[constrained[i]]->cert, i == 0,
                                                              &judgement->policy->constraints, &failure.name));
        if (failure.reason != MTL_REASON_NONE)
            mtl_path_fail(judgement, path, &failure);
    }
}

void
mtl_step_constraints_below(struct judgement *judgement, struct working_path *path, size_t depth)
{
    const struct mtl_cert *issuer = path->certs[depth]->cert;

    if (!mtl_cert_has(issuer, MTL_EXT_NAME_CONSTRAINTS))
        return;
    for (size_t below = 0; below < depth; below++) {
        const struct mtl_cert *cert = path->certs[below]->cert;
        struct mtl_failure failure = {.step = MTL_STEP_CONSTRAINTS_BELOW, .depth = below};

        if (below > 0 && cert->self_issued)
            continue;
        failure.reason =
            reason_of(mtl_cert_check_constraints(issuer, cert, below == 0 && judgement->question->subject == MTL_SERVER,
                                                 &judgement->policy->constraints, &failure.name));
        if (failure.reason != MTL_REASON_NONE)
            mtl_path_fail(judgement, path, &failure);
    }
}

void
mtl_step_constraints_above(struct judgement *judgement, struct working_path *path, size_t depth)
{
    struct mtl_failure failure = {.step = MTL_STEP_CONSTRAINTS_ABOVE, .depth = depth};

    if (depth + 1 >= path->count || !mtl_cert_has(path->certs[depth + 1]->cert, MTL_EXT_NAME_CONSTRAINTS))
        return;
    failure.reason = reason_of(mtl_cert_check_constraints(path->certs[depth + 1]->cert, path->certs[depth]->cert,
                                                          depth == 0, &judgement->policy->constraints, &failure.name));
    if (failure.reason != MTL_REASON_NONE)
        mtl_path_fail(judgement, path, &failure);
}
