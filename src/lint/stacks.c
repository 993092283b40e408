/*
 * Which stacks a defect of a bundle is about: it is shown to all of them.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/survey.h"
#include "lint/lint.h"

#include <string.h>

/* Chains that one bundle is compared with. */
#define MAX_ALTERNATIVES 8U
/* Certificates in a bundle that is shown to all stacks. */
#define MAX_SHOWN 256U

/* ---- what peers are supposed to trust ------------------------------------------------------------------------- */

static void
add_once(struct mtl_climb *climb, const struct mtl_loaded_cert *cert)
{
    for (size_t i = 0; i < climb->count; i++)
        if (mtl_cert_same(climb->certs[i].cert, cert->cert))
            return;
    if (climb->count < MTL_MAX_CLIMBED)
        climb->certs[climb->count++] = *cert;
}

void
mtl_subject_climb(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_climb *climb)
{
    climb->count = 0;
    add_once(climb, mtl_subject_leaf(subject));
    for (size_t next = 0; next < climb->count; next++) {
        struct mtl_bearers bearers = mtl_rule_bearers_of_issuer(lint->everything, climb->certs[next].cert);
        const struct mtl_loaded_cert *issuer;

        while ((issuer = mtl_rule_next_issuer(lint, &bearers, climb->certs[next].cert)) != NULL)
            add_once(climb, issuer);
    }
}

/* The roots above the leaf that stand in any file, the bundle's own among them; NULL: none is known. */
static const struct mtl_material *
roots_above(const struct mtl_lint *lint, const struct mtl_subject *subject)
{
    struct mtl_climb climb;
    struct mtl_material *roots = mtl_arena_alloc(lint->arena, sizeof(*roots));
    struct mtl_loaded_cert *certs;

    mtl_subject_climb(lint, subject, &climb);
    certs = mtl_arena_array(lint->arena, climb.count, sizeof(*certs));
    *roots = (struct mtl_material){.path = "", .certs = certs};
    for (size_t i = 0; i < climb.count; i++)
        if (mtl_cert_is_self_signed(climb.certs[i].cert) && mtl_rule_is_authority(climb.certs[i].cert))
            certs[roots->cert_count++] = climb.certs[i];
    return roots->cert_count > 0 ? roots : NULL;
}

const struct mtl_material *
mtl_subject_trusts(const struct mtl_lint *lint, const struct mtl_subject *subject)
{
    return subject->trust != NULL ? subject->trust : roots_above(lint, subject);
}

static struct mtl_survey_question
question_about(const struct mtl_lint *lint, const struct mtl_subject *subject)
{
    return (struct mtl_survey_question){
        .chain = {subject->material->certs, subject->material->cert_count},
        .owner = subject->role,
        .trusts = mtl_subject_trusts(lint, subject),
        .now = lint->now,
        .crypto = lint->crypto,
    };
}

/* Once per subject; NULL: nothing to trust is known. */
static const struct mtl_survey *
survey(const struct mtl_lint *lint, const struct mtl_subject *subject)
{
    struct mtl_survey *made = subject->survey;
    struct mtl_survey_question question;

    if (made == NULL || made->receptions != NULL)
        return made;
    if (subject->material->cert_count > MAX_SHOWN)
        return NULL;
    question = question_about(lint, subject);
    if (question.trusts == NULL)
        return NULL;
    made->receptions = mtl_handshake_survey(lint->arena, &question, &made->count);
    return made;
}

const struct mtl_reception *
mtl_survey_receptions(const struct mtl_lint *lint, const struct mtl_subject *subject, size_t *count)
{
    const struct mtl_survey *made = survey(lint, subject);

    *count = made == NULL ? 0 : made->count;
    return made == NULL ? NULL : made->receptions;
}

struct mtl_survey *
mtl_survey_new(struct mtl_arena *arena)
{
    return mtl_arena_alloc(arena, sizeof(struct mtl_survey));
}

/* ---- hits of a bundle ----------------------------------------------------------------------------------------- */

static bool
is_rejection(const struct mtl_reception *reception)
{
    return reception->outcome == MTL_HANDSHAKE_REJECTED;
}

/* reasons: NULL: any. */
static bool
is_for(const struct mtl_reception *reception, const struct mtl_loaded_cert *cert, const enum mtl_reason *reasons)
{
    if (!is_rejection(reception))
        return false;
    if (cert != NULL && (reception->certificate == NULL || !mtl_cert_same(reception->certificate->cert, cert->cert)))
        return false;
    if (reasons == NULL)
        return true;
    for (; *reasons != MTL_REASON_NONE; reasons++)
        if (*reasons == reception->reason)
            return true;
    return false;
}

static enum mtl_reach
reach_for(const struct mtl_lint *lint, const struct mtl_subject *subject, const struct mtl_loaded_cert *cert,
          const enum mtl_reason *reasons, struct mtl_hits *hits)
{
    const struct mtl_survey *made = survey(lint, subject);
    const struct mtl_stack **stacks;
    size_t accepting = 0;

    *hits = (struct mtl_hits){.count = 0};
    if (made == NULL)
        return MTL_REACH_UNKNOWN;
    stacks = mtl_arena_array(lint->arena, made->count, sizeof(*stacks));
    *hits = (struct mtl_hits){.stacks = stacks, .asked = made->count};
    for (size_t i = 0; i < made->count; i++) {
        accepting += !is_rejection(&made->receptions[i]);
        if (is_for(&made->receptions[i], cert, reasons))
            stacks[hits->count++] = made->receptions[i].stack;
    }
    if (reasons == NULL || hits->count > 0 || accepting > 0)
        return mtl_hits_reach(lint, hits);
    *hits = (struct mtl_hits){.count = 0};
    return MTL_REACH_UNKNOWN;
}

enum mtl_reach
mtl_rule_reach(const struct mtl_lint *lint, const struct mtl_subject *subject, const struct mtl_loaded_cert *cert,
               struct mtl_hits *hits)
{
    return reach_for(lint, subject, cert, NULL, hits);
}

enum mtl_reach
mtl_rule_reach_for(const struct mtl_lint *lint, const struct mtl_subject *subject, const struct mtl_loaded_cert *cert,
                   const enum mtl_reason *reasons, struct mtl_hits *hits)
{
    return reach_for(lint, subject, cert, reasons, hits);
}

enum mtl_reach
mtl_rule_reach_instead(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_chain better,
                       struct mtl_hits *hits)
{
    const struct mtl_survey *made = survey(lint, subject);
    struct mtl_survey_question question;
    const struct mtl_reception *receptions;
    const struct mtl_stack **stacks;

    *hits = (struct mtl_hits){.count = 0};
    if (made == NULL || better.count == 0 || subject->survey->alternatives++ >= MAX_ALTERNATIVES)
        return MTL_REACH_UNKNOWN;
    question = question_about(lint, subject);
    question.chain = better;
    stacks = mtl_arena_array(lint->arena, made->count, sizeof(*stacks));
    *hits = (struct mtl_hits){.stacks = stacks, .asked = made->count};
    receptions = mtl_handshake_survey(lint->arena, &question, &hits->asked);
    for (size_t i = 0; i < made->count; i++)
        if (is_rejection(&made->receptions[i]) && receptions[i].outcome == MTL_ESTABLISHED)
            stacks[hits->count++] = made->receptions[i].stack;
    return mtl_hits_reach(lint, hits);
}

/* Some do not tell it from a missing issuer. */
static bool
is_too_deep(const struct mtl_reception *reception, size_t intermediates)
{
    const struct mtl_policy *policy = &reception->stack->policy;

    if (!is_rejection(reception))
        return false;
    if (reception->reason == MTL_REASON_NO_ISSUER)
        return policy->default_depth > 0 && (int)intermediates > policy->default_depth;
    return reception->reason == MTL_REASON_DEPTH;
}

enum mtl_reach
mtl_rule_reach_for_depth(const struct mtl_lint *lint, const struct mtl_subject *subject, size_t intermediates,
                         struct mtl_hits *hits)
{
    const struct mtl_survey *made = survey(lint, subject);
    const struct mtl_stack **stacks;

    *hits = (struct mtl_hits){.count = 0};
    if (made == NULL)
        return MTL_REACH_UNKNOWN;
    stacks = mtl_arena_array(lint->arena, made->count, sizeof(*stacks));
    *hits = (struct mtl_hits){.stacks = stacks, .asked = made->count};
    for (size_t i = 0; i < made->count; i++)
        if (is_too_deep(&made->receptions[i], intermediates))
            stacks[hits->count++] = made->receptions[i].stack;
    return mtl_hits_reach(lint, hits);
}

enum mtl_reach
mtl_rule_reach_without(const struct mtl_lint *lint, const struct mtl_subject *subject,
                       const struct mtl_loaded_cert *cert, struct mtl_hits *hits)
{
    const struct mtl_material *bundle = subject->material;
    struct mtl_loaded_cert *rest;
    struct mtl_chain better = {.count = 0};

    *hits = (struct mtl_hits){.count = 0};
    if (survey(lint, subject) == NULL || subject->survey->alternatives >= MAX_ALTERNATIVES)
        return MTL_REACH_UNKNOWN;
    rest = mtl_arena_array(lint->arena, bundle->cert_count, sizeof(*rest));
    better.certs = rest;
    for (size_t i = 0; i < bundle->cert_count; i++)
        if (i != mtl_subject_index(subject, cert))
            rest[better.count++] = bundle->certs[i];
    return mtl_rule_reach_instead(lint, subject, better, hits);
}

enum mtl_reach
mtl_rule_reach_in_order(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_hits *hits)
{
    const struct mtl_material *bundle = subject->material;
    struct mtl_loaded_cert *certs;
    struct mtl_chain chain = {.count = bundle->cert_count};

    *hits = (struct mtl_hits){.count = 0};
    if (survey(lint, subject) == NULL)
        return MTL_REACH_UNKNOWN;
    certs = mtl_arena_array(lint->arena, bundle->cert_count, sizeof(*certs));
    memcpy(certs, bundle->certs, bundle->cert_count * sizeof(*certs));
    certs[0] = bundle->certs[subject->leaf];
    certs[subject->leaf] = bundle->certs[0];
    chain.certs = certs;
    return mtl_rule_reach_instead(lint, subject, mtl_chain_sort(lint->arena, &mtl_policy_rfc5280, chain), hits);
}

/* ---- public authorities --------------------------------------------------------------------------------------- */

/* A few have no identifier of their own; what they issued bears the usual one. */
static bool
is_public_root(const struct mtl_cert *cert)
{
    uint8_t key_id[20];

    if (cert->subject_key_id.size > 0 || !cert->self_issued)
        return mtl_key_id_is_public_root(mtl_cert_bytes(cert, cert->subject_key_id));
    mtl_cert_usual_key_id(cert, key_id);
    return mtl_key_id_is_public_root((struct mtl_slice){key_id, sizeof(key_id)});
}

bool
mtl_rule_is_public(const struct mtl_lint *lint, const struct mtl_cert *cert)
{
    if (lint->as_public)
        return true;
    for (size_t length = 0; cert != NULL && length < MTL_MAX_CLIMBED; length++) {
        const struct mtl_loaded_cert *issuer;

        if (mtl_key_id_is_public_root(mtl_cert_bytes(cert, cert->authority_key_id)) ||
            (cert->is_ca && is_public_root(cert)))
            return true;
        issuer = cert->self_issued ? NULL : mtl_rule_issuer(lint, lint->everything, cert);
        cert = issuer != NULL ? issuer->cert : NULL;
    }
    return false;
}
