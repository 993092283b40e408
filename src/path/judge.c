/* The judge: question in, verdict out; paths kept, phases run in the policy's order. SPDX-License-Identifier:
 * Apache-2.0 */
#include "path/judgement.h"

#include <string.h>

#define BIT(extension) (1U << (extension))

const struct mtl_budget mtl_default_budget = {
    .signatures = 2000, .extensions = 200000, .paths = 64, .policies = 1000000};

bool
mtl_budget_take(uint32_t *budget)
{
    if (*budget == 0)
        return false;
    (*budget)--;
    return true;
}

void
mtl_path_push(struct judgement *judgement, struct working_path *path, const struct mtl_loaded_cert *cert)
{
    path->certs = mtl_arena_grow(judgement->arena, path->certs, path->count, &path->capacity, sizeof(const void *));
    path->certs[path->count++] = cert;
}

void
mtl_path_fail(struct judgement *judgement, struct working_path *path, const struct mtl_failure *failure)
{
    path->failures = mtl_arena_grow(judgement->arena, path->failures, path->failure_count, &path->failure_capacity,
                                    sizeof(*path->failures));
    path->failures[path->failure_count++] = *failure;
}

int
mtl_path_limit(const struct judgement *judgement)
{
    if (judgement->question->depth >= 0)
        return judgement->question->depth;
    return judgement->policy->depth_is_judged ? judgement->policy->judged_depth : judgement->policy->default_depth;
}

static mtl_step_function *const step_functions[MTL_STEP_COUNT] = {
    [MTL_STEP_LEAF_KEY_STRENGTH] = mtl_step_leaf_key_strength,
    [MTL_STEP_CRITICAL_EXTENSIONS] = mtl_step_critical_extensions,
    [MTL_STEP_PROXY] = mtl_step_proxy,
    [MTL_STEP_IS_CA] = mtl_step_is_ca,
    [MTL_STEP_VERSION] = mtl_step_version,
    [MTL_STEP_EXPLICIT_CURVE] = mtl_step_explicit_curve,
    [MTL_STEP_PURPOSE] = mtl_step_purpose,
    [MTL_STEP_PATH_LENGTH] = mtl_step_path_length,
    [MTL_STEP_ISSUER_KEY_STRENGTH] = mtl_step_issuer_key_strength,
    [MTL_STEP_DIGEST_STRENGTH] = mtl_step_digest_strength,
    [MTL_STEP_IDENTITY] = mtl_step_identity,
    [MTL_STEP_REVOCATION] = mtl_step_revocation,
    [MTL_STEP_KEY_CERT_SIGN] = mtl_step_key_cert_sign,
    [MTL_STEP_SIGNATURE] = mtl_step_signature,
    [MTL_STEP_NOT_BEFORE] = mtl_step_not_before,
    [MTL_STEP_NOT_AFTER] = mtl_step_not_after,
    [MTL_STEP_NAME_CONSTRAINTS] = mtl_step_name_constraints,
    [MTL_STEP_OWN_CONSTRAINTS] = mtl_step_own_constraints,
    [MTL_STEP_PROXY_NAME] = mtl_step_proxy_name,
    [MTL_STEP_DEPTH] = mtl_step_depth,
    [MTL_STEP_DECODABLE_EXTENSIONS] = mtl_step_decodable_extensions,
    [MTL_STEP_DATES_IN_ORDER] = mtl_step_dates_in_order,
    [MTL_STEP_NO_CA_AS_LEAF] = mtl_step_no_ca_as_leaf,
    [MTL_STEP_LEAF_KEY_SUPPORTED] = mtl_step_leaf_key_supported,
    [MTL_STEP_ISSUER_KEY_SUPPORTED] = mtl_step_issuer_key_supported,
    [MTL_STEP_HAS_ISSUER] = mtl_step_has_issuer,
    [MTL_STEP_DEPTH_BELOW] = mtl_step_depth_below,
    [MTL_STEP_OWN_DIGEST] = mtl_step_own_digest,
    [MTL_STEP_LEAF_EKU] = mtl_step_leaf_eku,
    [MTL_STEP_ISSUER_EKU] = mtl_step_issuer_eku,
    [MTL_STEP_OWN_CERT_SIGN] = mtl_step_own_cert_sign,
    [MTL_STEP_ANCHOR] = mtl_step_anchor,
    [MTL_STEP_KEY_USAGE_BITS] = mtl_step_key_usage_bits,
    [MTL_STEP_STRICT] = mtl_step_strict,
    [MTL_STEP_ONE_ALGORITHM] = mtl_step_one_algorithm,
    [MTL_STEP_DENIES_CA] = mtl_step_denies_ca,
    [MTL_STEP_CA_TYPE] = mtl_step_ca_type,
    [MTL_STEP_UNTRUSTED_CERT_SIGN] = mtl_step_untrusted_cert_sign,
    [MTL_STEP_CONSTRAINTS_BELOW] = mtl_step_constraints_below,
    [MTL_STEP_LEAF_KEY_USAGE] = mtl_step_leaf_key_usage,
    [MTL_STEP_LEAF_TYPE] = mtl_step_leaf_type,
    [MTL_STEP_KEY_DECODES] = mtl_step_key_decodes,
    [MTL_STEP_ANCHOR_KEY] = mtl_step_anchor_key,
    [MTL_STEP_CONSTRAINTS_ABOVE] = mtl_step_constraints_above,
    [MTL_STEP_CONSTRAINTS_DECODE] = mtl_step_constraints_decode,
    [MTL_STEP_NAMED] = mtl_step_named,
    [MTL_STEP_NAMED_USAGES] = mtl_step_named_usages,
    [MTL_STEP_DEMANDED_EKU] = mtl_step_demanded_eku,
    [MTL_STEP_POLICIES] = mtl_step_policies,
};

static const char *const step_names[MTL_STEP_COUNT] = {
    [MTL_STEP_END] = "building the chain",
    [MTL_STEP_LEAF_KEY_STRENGTH] = "strength of the leaf's key",
    [MTL_STEP_CRITICAL_EXTENSIONS] = "critical extensions",
    [MTL_STEP_PROXY] = "proxy certificates",
    [MTL_STEP_IS_CA] = "CA flag of issuers",
    [MTL_STEP_VERSION] = "version of issuers",
    [MTL_STEP_EXPLICIT_CURVE] = "named curves",
    [MTL_STEP_PURPOSE] = "key usage and extended key usage",
    [MTL_STEP_PATH_LENGTH] = "path length",
    [MTL_STEP_ISSUER_KEY_STRENGTH] = "strength of issuers' keys",
    [MTL_STEP_DIGEST_STRENGTH] = "strength of signatures",
    [MTL_STEP_IDENTITY] = "server name",
    [MTL_STEP_REVOCATION] = "revocation",
    [MTL_STEP_KEY_CERT_SIGN] = "keyCertSign of issuers",
    [MTL_STEP_SIGNATURE] = "signatures",
    [MTL_STEP_NOT_BEFORE] = "notBefore",
    [MTL_STEP_NOT_AFTER] = "notAfter",
    [MTL_STEP_NAME_CONSTRAINTS] = "name constraints",
    [MTL_STEP_OWN_CONSTRAINTS] = "name constraints",
    [MTL_STEP_PROXY_NAME] = "names of proxy certificates",
    [MTL_STEP_DEPTH] = "depth",
    [MTL_STEP_DECODABLE_EXTENSIONS] = "decoding of extensions",
    [MTL_STEP_DATES_IN_ORDER] = "order of dates",
    [MTL_STEP_NO_CA_AS_LEAF] = "CA flag of the leaf",
    [MTL_STEP_LEAF_KEY_SUPPORTED] = "kind of the leaf's key",
    [MTL_STEP_ISSUER_KEY_SUPPORTED] = "kind of issuers' keys",
    [MTL_STEP_HAS_ISSUER] = "building the chain",
    [MTL_STEP_DEPTH_BELOW] = "path length",
    [MTL_STEP_OWN_DIGEST] = "strength of signatures",
    [MTL_STEP_LEAF_EKU] = "extended key usage",
    [MTL_STEP_ISSUER_EKU] = "extended key usage of issuers",
    [MTL_STEP_OWN_CERT_SIGN] = "keyCertSign of issuers",
    [MTL_STEP_KEY_USAGE_BITS] = "key usage without bits",
    [MTL_STEP_STRICT] = "what RFC 5280 asks of issuers",
    [MTL_STEP_ONE_ALGORITHM] = "one signature algorithm",
    [MTL_STEP_DENIES_CA] = "CA flag of issuers",
    [MTL_STEP_CA_TYPE] = "CA flag, nsCertType and extended key usage of untrusted issuers",
    [MTL_STEP_UNTRUSTED_CERT_SIGN] = "keyCertSign of untrusted issuers",
    [MTL_STEP_CONSTRAINTS_BELOW] = "name constraints",
    [MTL_STEP_LEAF_KEY_USAGE] = "key usage",
    [MTL_STEP_LEAF_TYPE] = "nsCertType and extended key usage",
    [MTL_STEP_KEY_DECODES] = "decoding of keys",
    [MTL_STEP_ANCHOR_KEY] = "strength of the trusted key",
    [MTL_STEP_CONSTRAINTS_ABOVE] = "name constraints",
    [MTL_STEP_CONSTRAINTS_DECODE] = "decoding of name constraints",
    [MTL_STEP_NAMED] = "subject, and the leaf's common name",
    [MTL_STEP_NAMED_USAGES] = "presence of the leaf's key usage and extended key usage",
    [MTL_STEP_DEMANDED_EKU] = "extended key usage where a policy is demanded",
    [MTL_STEP_POLICIES] = "certificate policies",
    [MTL_STEP_ANCHOR] = "CA flag and keyCertSign of the trusted certificate",
};

const char *
mtl_step_name(enum mtl_step step)
{
    return step_names[step];
}

static void
run_steps(struct judgement *judgement, struct working_path *path, const struct mtl_phase *phase, size_t depth)
{
    size_t at = depth;

    for (const enum mtl_step *step = phase->steps; *step != MTL_STEP_END; step++) {
        if ((*step == MTL_STEP_UNLESS_FAILED && path->failure_count > 0) || (*step == MTL_STEP_OF_LEAF && depth > 0) ||
            (*step == MTL_STEP_OF_CAS && depth == 0))
            return;
        if (*step == MTL_STEP_OF_ISSUER)
            at = depth + 1;
        else if (*step == MTL_STEP_OF_LEAF || *step == MTL_STEP_OF_SUBJECT)
            at = depth;
        else if (*step < MTL_STEP_COUNT && at < path->count)
            step_functions[*step](judgement, path, at);
    }
}

/* A trust anchor of which only name and key count. */
static bool
is_bare_key(const struct judgement *judgement, const struct working_path *path, size_t depth)
{
    return judgement->policy->anchors_are_keys && path->anchored && depth + 1 == path->count;
}

/* Is the last certificate an issuer only, whose own issuer is not looked for? */
static bool
ends_in_issuer(const struct judgement *judgement, const struct working_path *path)
{
    return path->anchored ||
           (path->count > 1 && mtl_path_is_self_signed(judgement->policy, path->certs[path->count - 1]->cert));
}

static void
run_phase(struct judgement *judgement, struct working_path *path, const struct mtl_phase *phase)
{
    bool downwards = phase->direction == MTL_ROOT_TO_LEAF || phase->direction == MTL_ISSUED_TO_LEAF;
    size_t count = phase->presented_only ? path->presented_count : path->count;

    if (phase->direction == MTL_ISSUED_TO_LEAF && path->anchored)
        count--;
    if (phase->direction == MTL_LEAF_TO_ISSUED && ends_in_issuer(judgement, path))
        count--;
    if (phase->direction == MTL_LEAF_ONLY && count > 1)
        count = 1;
    for (size_t n = 0; n < count; n++) {
        size_t depth = downwards ? count - 1 - n : n;

        if (!is_bare_key(judgement, path, depth))
            run_steps(judgement, path, phase, depth);
    }
}

void
mtl_path_run_phases(struct judgement *judgement, struct working_path *path, bool before_building)
{
    for (size_t i = 0; i < judgement->policy->phase_count; i++) {
        const struct mtl_phase *phase = &judgement->policy->phases[i];

        if (phase->before_building == before_building && phase->scope == MTL_SCOPE_PATH)
            run_phase(judgement, path, phase);
    }
}

void
mtl_path_run_found(struct judgement *judgement, struct working_path *path)
{
    for (size_t i = 0; i < judgement->policy->phase_count; i++) {
        if (judgement->policy->phases[i].scope == MTL_SCOPE_FOUND)
            run_phase(judgement, path, &judgement->policy->phases[i]);
    }
}

void
mtl_path_run_at(struct judgement *judgement, struct working_path *path, size_t depth)
{
    for (size_t i = 0; i < judgement->policy->phase_count; i++)
        if (judgement->policy->phases[i].scope == MTL_SCOPE_PATH)
            run_steps(judgement, path, &judgement->policy->phases[i], depth);
}

void
mtl_path_forget_failures(struct working_path *path)
{
    path->failures = NULL;
    path->failure_count = path->failure_capacity = 0;
}

void
mtl_path_promote(const struct working_path *path, const uint16_t *specificity)
{
    size_t best = 0;

    for (size_t i = 1; i < path->failure_count; i++)
        if (specificity[path->failures[i].reason] > specificity[path->failures[best].reason])
            best = i;
    for (; best > 0; best--) {
        const struct mtl_failure first = path->failures[best];
        path->failures[best] = path->failures[best - 1];
        path->failures[best - 1] = first;
    }
}

void
mtl_path_judge_issuer(struct judgement *judgement, struct working_path *path, enum mtl_phase_scope scope)
{
    for (size_t i = 0; i < judgement->policy->phase_count; i++) {
        if (judgement->policy->phases[i].scope != scope)
            continue;
        for (size_t depth = path->count - 2; depth < path->count; depth++) {
            if (!is_bare_key(judgement, path, depth))
                run_steps(judgement, path, &judgement->policy->phases[i], depth);
        }
    }
}

size_t
mtl_path_keep(struct judgement *judgement, const struct working_path *path)
{
    struct mtl_verdict *verdict = judgement->verdict;
    const struct mtl_loaded_cert **certs;
    struct mtl_path *paths;

    if (!mtl_budget_take(&judgement->left.paths)) {
        verdict->paths_exhausted = true;
        return SIZE_MAX;
    }
    certs = mtl_arena_array(judgement->arena, path->count, sizeof(*certs));
    memcpy(certs, path->certs, path->count * sizeof(*certs));
    paths = mtl_arena_grow(judgement->arena, (void *)(uintptr_t)verdict->paths, verdict->path_count,
                           &judgement->path_capacity, sizeof(*paths));
    paths[verdict->path_count] = (struct mtl_path){
        .certs = certs,
        .count = path->count,
        .presented_count = path->presented_count,
        .anchored = path->anchored,
        .failures = path->failures,
        .failure_count = path->failure_count,
    };
    verdict->paths = paths;
    return verdict->path_count++;
}

/* RFC 3779: address blocks and AS numbers must nest, says who knows them; whether they do is not judged here. */
static void
doubt_number_resources(const struct mtl_policy *policy, struct mtl_verdict *verdict)
{
    const struct mtl_path *path = &verdict->paths[verdict->decisive];

    if ((policy->understood_extensions & (BIT(MTL_EXT_IP_ADDR_BLOCKS) | BIT(MTL_EXT_AUTONOMOUS_SYS))) == 0)
        return;
    for (size_t i = 0; i < path->count; i++) {
        if (mtl_cert_has(path->certs[i]->cert, MTL_EXT_IP_ADDR_BLOCKS) ||
            mtl_cert_has(path->certs[i]->cert, MTL_EXT_AUTONOMOUS_SYS))
            verdict->undetermined =
                "a certificate carries IP address blocks or AS numbers (RFC 3779), whose nesting is "
                "not judged";
    }
}

/* Where a policy's extensions leave open what becomes of the path. */
static void
doubt_policies(struct judgement *judgement)
{
    struct mtl_verdict *verdict = judgement->verdict;
    const struct mtl_path *path = &verdict->paths[verdict->decisive];

    if (path->anchored && verdict->undetermined == NULL && mtl_policy_runs(judgement->policy, MTL_STEP_POLICIES))
        verdict->undetermined = mtl_path_judge_policies(judgement, path->certs, path->count).doubt;
}

static void
search_sorted(struct judgement *judgement, struct working_path *path)
{
    (void)path;
    mtl_path_search_sorted(judgement);
}

static void
search_downwards(struct judgement *judgement, struct working_path *path)
{
    (void)path;
    mtl_path_search_downwards(judgement);
}

static void (*const searches[])(struct judgement *, struct working_path *) = {
    [MTL_SEARCH_FIRST_ISSUER] = mtl_path_search_first_issuer,
    [MTL_SEARCH_BACKTRACK] = mtl_path_search_backtrack,
    [MTL_SEARCH_SORTED] = search_sorted,
    [MTL_SEARCH_ONWARDS] = mtl_path_search_onwards,
    [MTL_SEARCH_AS_SENT] = mtl_path_search_as_sent,
    [MTL_SEARCH_BEST_ISSUER] = mtl_path_search_best_issuer,
    [MTL_SEARCH_DOWNWARDS] = search_downwards,
};

const struct mtl_verdict *
mtl_path_judge(struct mtl_arena *arena, const struct mtl_question *question)
{
    struct mtl_verdict *verdict = mtl_arena_alloc(arena, sizeof(*verdict));
    struct judgement judgement = {
        .arena = arena,
        .question = question,
        .policy = question->policy,
        .left = question->budget,
        .verdict = verdict,
    };
    struct working_path path = {.presented_count = 1};

    mtl_path_push(&judgement, &path, &question->presented.certs[0]);
    searches[question->policy->search](&judgement, &path);

    doubt_policies(&judgement);
    if (verdict->accepted) {
        doubt_number_resources(judgement.policy, verdict);
        return verdict;
    }
    const struct mtl_path *decisive = &verdict->paths[verdict->decisive];
    if (decisive->failure_count > 0)
        verdict->failure = decisive->failures[0];
    mtl_issuers_explain(&judgement);
    return verdict;
}
