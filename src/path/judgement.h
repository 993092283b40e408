/*
 * Inside the judge: one verification under way. SPDX-License-Identifier: Apache-2.0
 *
 * A builder makes paths; each whole path is put through the policy's steps; the first failure in the policy's order
 * decides. Steps only add failures: they never stop each other, so that the report can say what would come next.
 */
#ifndef MTL_PATH_JUDGEMENT_H
#define MTL_PATH_JUDGEMENT_H

#include "path/path.h"

struct judgement {
    struct mtl_arena *arena;
    const struct mtl_question *question;
    const struct mtl_policy *policy;
    struct mtl_budget left;
    struct mtl_verdict *verdict;
    size_t path_capacity;
};

/* A path while it grows. Also what steps look at. */
struct working_path {
    const struct mtl_loaded_cert **certs;
    size_t count, capacity;
    size_t presented_count;
    bool anchored;
    struct mtl_failure *failures;
    size_t failure_count, failure_capacity;
};

/* Takes one from a budget; false when nothing is left. */
bool mtl_budget_take(uint32_t *budget);

/* judge.c */
void mtl_path_push(struct judgement *judgement, struct working_path *path, const struct mtl_loaded_cert *cert);
void mtl_path_fail(struct judgement *judgement, struct working_path *path, const struct mtl_failure *failure);
/* Runs the phases on a path; before_building selects which. The other: those for a path that held, MTL_SCOPE_FOUND. */
void mtl_path_run_phases(struct judgement *judgement, struct working_path *path, bool before_building);
void mtl_path_run_found(struct judgement *judgement, struct working_path *path);
/* The first of these, on the certificate at that depth alone. */
void mtl_path_run_at(struct judgement *judgement, struct working_path *path, size_t depth);
void mtl_path_forget_failures(struct working_path *path);
/* The most specific failure comes first, see mtl_policy; others stay in order. */
void mtl_path_promote(const struct working_path *path, const uint16_t *specificity);
/* Runs the phases of that scope on the path's last certificate and the one below it. */
void mtl_path_judge_issuer(struct judgement *judgement, struct working_path *path, enum mtl_phase_scope scope);
/* Keeps a copy of the path in the verdict, as far as the budget of paths allows; returns its index or SIZE_MAX. */
size_t mtl_path_keep(struct judgement *judgement, const struct working_path *path);

/* first_issuer.c, backtrack.c, as_sent.c: build, judge and keep paths; set verdict->decisive and accepted. */
void mtl_path_search_first_issuer(struct judgement *judgement, struct working_path *path);
void mtl_path_search_backtrack(struct judgement *judgement, struct working_path *path);
void mtl_path_search_as_sent(struct judgement *judgement, struct working_path *path);

/* onwards.c: likewise */
void mtl_path_search_onwards(struct judgement *judgement, struct working_path *path);
/* best_issuer.c: likewise */
void mtl_path_search_best_issuer(struct judgement *judgement, struct working_path *path);

/* sorted.c: likewise */
void mtl_path_search_sorted(struct judgement *judgement);

/* downwards.c: likewise */
void mtl_path_search_downwards(struct judgement *judgement);

/* issuers.c */
enum mtl_refusal mtl_issuer_refusal(const struct mtl_policy *policy, const struct mtl_cert *issuer,
                                    const struct mtl_cert *subject);
/* Does the policy hold the certificate for self-signed? No signature is checked. */
bool mtl_path_is_self_signed(const struct mtl_policy *policy, const struct mtl_cert *cert);
/* Has it an extension that the policy wants to decode, but that does not? */
bool mtl_path_finds_malformed(const struct mtl_policy *policy, const struct mtl_cert *cert);
/* Does such a certificate neither issue nor have an issuer? */
bool mtl_path_cannot_issue(const struct mtl_policy *policy, const struct mtl_cert *cert);
/* The best issuer in the trust store: the first one valid now, else the one that expires last. NULL: none. */
const struct mtl_loaded_cert *mtl_issuer_in_store(const struct judgement *judgement, const struct mtl_cert *subject);
/* Likewise among the presented certificates that are not in the path yet. */
const struct mtl_loaded_cert *mtl_issuer_in_presented(const struct judgement *judgement,
                                                      const struct working_path *path);
/* The same certificate in the trust store; NULL: none. */
const struct mtl_loaded_cert *mtl_trusted_twin(const struct judgement *judgement, const struct mtl_cert *cert);
bool mtl_path_contains(const struct working_path *path, const struct mtl_cert *cert);
/* Fills verdict->candidates for the decisive path. */
void mtl_issuers_explain(struct judgement *judgement);
/* What auxiliary trust settings say about the question's role: 1 trusted, -1 rejected, 0 nothing. */
int mtl_aux_trust_says(const struct judgement *judgement, const struct mtl_loaded_cert *cert);

/* issuers.c: must a path end in a self-signed certificate? */
bool mtl_path_needs_self_signed_anchor(const struct judgement *judgement);

/* dates.c */
bool mtl_cert_is_valid_at(const struct mtl_policy *policy, const struct mtl_cert *cert, mtl_time now);
bool mtl_cert_has_expired(const struct mtl_policy *policy, mtl_time not_after, mtl_time now);

/* judge.c: intermediates allowed, as the user says, or the policy. */
int mtl_path_limit(const struct judgement *judgement);

/* Types besides the bits of nsCertType, for who takes extKeyUsage for another spelling of it. */
enum {
    MTL_NS_OCSP = 1 << 8,
    MTL_NS_ANY_CA = MTL_NS_SSL_CA | MTL_NS_SMIME_CA | MTL_NS_OBJECT_SIGNING_CA,
};
/* steps_type.c: do extKeyUsage and nsCertType together, or what goes without them, give one of these types? */
bool mtl_path_type_of(const struct mtl_policy *policy, const struct mtl_cert *cert, unsigned wanted);
/* approval.c: adds what all CRLs together say of the certificate at that depth, see crls_are_approved */
void mtl_path_approve(struct judgement *judgement, struct working_path *path, size_t depth);

/* steps_type.c: does its keyUsage, if any, allow it to sign certificates? */
bool mtl_path_may_sign(const struct mtl_cert *cert);

/* policies.c: what certificate policies make of a path that ends in its anchor. */
struct mtl_policies_finding {
    enum mtl_reason reason; /* NONE: nothing fails */
    size_t depth;           /* where it does */
    const char *doubt;      /* why that is not known; NULL: it is */
};
struct mtl_policies_finding mtl_path_judge_policies(struct judgement *judgement,
                                                    const struct mtl_loaded_cert *const *certs, size_t count);

/* steps: each looks at the certificate at a depth and adds what it finds */
typedef void mtl_step_function(struct judgement *judgement, struct working_path *path, size_t depth);
mtl_step_function mtl_step_leaf_key_strength, mtl_step_issuer_key_strength, mtl_step_digest_strength,
    mtl_step_critical_extensions, mtl_step_decodable_extensions, mtl_step_proxy, mtl_step_is_ca, mtl_step_version,
    mtl_step_explicit_curve, mtl_step_key_decodes, mtl_step_purpose, mtl_step_path_length, mtl_step_identity,
    mtl_step_revocation, mtl_step_own_cert_sign, mtl_step_anchor, mtl_step_key_usage_bits, mtl_step_has_issuer,
    mtl_step_depth_below, mtl_step_own_digest, mtl_step_leaf_eku, mtl_step_issuer_eku, mtl_step_no_ca_as_leaf,
    mtl_step_leaf_key_supported, mtl_step_issuer_key_supported, mtl_step_key_cert_sign, mtl_step_signature,
    mtl_step_not_before, mtl_step_not_after, mtl_step_dates_in_order, mtl_step_name_constraints,
    mtl_step_own_constraints, mtl_step_proxy_name, mtl_step_depth, mtl_step_one_algorithm, mtl_step_denies_ca,
    mtl_step_ca_type, mtl_step_untrusted_cert_sign, mtl_step_constraints_below, mtl_step_leaf_key_usage,
    mtl_step_leaf_type, mtl_step_strict, mtl_step_anchor_key, mtl_step_constraints_above, mtl_step_constraints_decode,
    mtl_step_named, mtl_step_named_usages, mtl_step_policies, mtl_step_demanded_eku;

#endif
