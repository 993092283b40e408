/*
 * Which certificates a bundle should hold: its leaf and the issuers above it, told from the relations between the
 * certificates of all files.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/lint.h"

#include <string.h>

/* Certificates in a bundle worth correcting; each finding tries anew. */
#define MAX_PLANNED 256U

size_t
mtl_subject_leaf_count(const struct mtl_subject *subject)
{
    const struct mtl_material *bundle = subject->material;
    size_t count = 0;

    for (size_t i = 0; i < bundle->cert_count; i++) {
        const struct mtl_cert *cert = bundle->certs[i].cert;
        struct mtl_bearers bearers = mtl_rule_bearers_of_subject(subject->pool, cert);
        const struct mtl_loaded_cert *first = mtl_rule_next_bearer(&bearers);

        while (first != NULL && !mtl_cert_same(first->cert, cert))
            first = mtl_rule_next_bearer(&bearers);
        count += !mtl_rule_is_authority(cert) && first != NULL && mtl_subject_index(subject, first) == i;
    }
    return count;
}

static bool
has_one_leaf(const struct mtl_subject *subject)
{
    return subject->key_is_named || mtl_subject_leaf_count(subject) == 1;
}

static bool
holds(const struct mtl_plan *plan, const struct mtl_cert *cert)
{
    for (size_t i = 0; i < plan->count; i++) {
        if (mtl_cert_same(plan->certs[i]->cert, cert))
            return true;
    }
    return false;
}

/* False: there is no room. */
static bool
add(struct mtl_plan *plan, const struct mtl_loaded_cert *issuer)
{
    /* A root is not sent: peers that trust it have it. */
    if (mtl_cert_is_self_signed(issuer->cert) || holds(plan, issuer->cert))
        return true;
    if (plan->count == MTL_MAX_PLAN)
        return false;
    plan->certs[plan->count++] = issuer;
    return true;
}

static bool
is_superseded(const struct mtl_lint *lint, const struct mtl_cert *cert)
{
    return mtl_rule_has_expired(lint, cert) && mtl_rule_successor(lint, lint->everything, cert) != NULL;
}

static bool
add_issuers(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_plan *plan,
            const struct mtl_cert *cert)
{
    struct mtl_bearers bearers = mtl_rule_bearers_of_issuer(subject->pool, cert);
    const struct mtl_loaded_cert *issuer;
    bool found = false;

    while ((issuer = mtl_rule_next_issuer(lint, &bearers, cert)) != NULL) {
        if (is_superseded(lint, issuer->cert))
            continue;
        if (!add(plan, issuer))
            return false;
        found = true;
    }
    issuer = found ? NULL : mtl_rule_intermediate_above(lint, cert);
    return issuer == NULL || add(plan, issuer);
}

bool
mtl_plan_chain(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_plan *plan)
{
    *plan = (struct mtl_plan){.count = 0};
    if (subject->material->cert_count > MAX_PLANNED || !has_one_leaf(subject))
        return false;
    plan->certs[plan->count++] = mtl_subject_leaf(subject);
    for (size_t i = 0; i < plan->count; i++) {
        plan->adds |= strcmp(plan->certs[i]->source.path, subject->material->path) != 0;
        if (!add_issuers(lint, subject, plan, plan->certs[i]->cert))
            return false;
    }
    return true;
}

bool
mtl_plan_path(const struct mtl_lint *lint, const struct mtl_subject *subject, const struct mtl_material *trust,
              struct mtl_plan *plan)
{
    struct mtl_climb *climb = mtl_arena_alloc(lint->arena, sizeof(*climb));
    struct mtl_question question = {
        .policy = &mtl_policy_rfc5280,
        .store = mtl_store_new(lint->arena, &trust, 1),
        .subject = subject->role,
        .depth = -1,
        .now = lint->now,
        .budget = mtl_default_budget,
        .crypto = lint->crypto,
    };
    const struct mtl_verdict *verdict;
    const struct mtl_path *path;

    *plan = (struct mtl_plan){.count = 0};
    if (subject->material->cert_count > MAX_PLANNED || !has_one_leaf(subject))
        return false;
    mtl_subject_climb(lint, subject, climb);
    question.presented = (struct mtl_chain){climb->certs, climb->count};
    verdict = mtl_path_judge(lint->arena, &question);
    if (!verdict->accepted)
        return false;
    path = &verdict->paths[verdict->decisive];
    plan->certs[plan->count++] = mtl_subject_leaf(subject);
    for (size_t i = 1; i < path->count; i++) {
        if (!add(plan, path->certs[i]))
            return false;
    }
    return true;
}

bool
mtl_plan_is_kept(const struct mtl_plan *plan, const struct mtl_material *material)
{
    if (material->cert_count != plan->count)
        return false;
    for (size_t i = 0; i < plan->count; i++) {
        if (!mtl_cert_same(plan->certs[i]->cert, material->certs[i].cert))
            return false;
    }
    return true;
}

const struct mtl_loaded_cert *
mtl_plan_top(const struct mtl_lint *lint, const struct mtl_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        const struct mtl_cert *cert = plan->certs[i]->cert;

        if (!mtl_cert_is_self_signed(cert) && mtl_rule_issuer(lint, lint->everything, cert) == NULL)
            return plan->certs[i];
    }
    return NULL;
}

static bool
holds_authority(const struct mtl_material *bundle)
{
    for (size_t i = 0; i < bundle->cert_count; i++) {
        if (mtl_rule_is_authority(bundle->certs[i].cert))
            return true;
    }
    return false;
}

const struct mtl_loaded_cert *
mtl_plan_gap(const struct mtl_lint *lint, const struct mtl_subject *subject, const struct mtl_plan *plan)
{
    const struct mtl_loaded_cert *top = mtl_plan_top(lint, plan);
    struct mtl_bearers bearers;

    if (top == NULL || mtl_key_id_is_public_root(mtl_cert_bytes(top->cert, top->cert->authority_key_id)))
        return NULL;
    bearers = mtl_rule_bearers_of_issuer(subject->pool, top->cert);
    if (!top->cert->self_issued && mtl_rule_next_bearer(&bearers) != NULL)
        return top;
    if (!mtl_cert_same(top->cert, mtl_subject_leaf(subject)->cert))
        return NULL;
    return holds_authority(subject->material) || mtl_cert_has(top->cert, MTL_EXT_AUTHORITY_INFO_ACCESS) ? top : NULL;
}
