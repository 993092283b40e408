/*
 * Which stacks a defect is about: a bundle is shown to all of them, or their policies are asked.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/survey.h"
#include "lint/lint.h"

#include <string.h>

/* Certificates looked at on the way up to the roots. */
#define MAX_CLIMBED 64U

struct mtl_survey {
    const struct mtl_reception *receptions;
    size_t count;
};

/* ---- what peers are supposed to trust ------------------------------------------------------------------------- */

struct climb {
    struct mtl_loaded_cert seen[MAX_CLIMBED];
    size_t count;
};

static void
add_once(struct climb *climb, const struct mtl_loaded_cert *cert)
{
    for (size_t i = 0; i < climb->count; i++)
        if (mtl_cert_same(climb->seen[i].cert, cert->cert))
            return;
    if (climb->count < MAX_CLIMBED)
        climb->seen[climb->count++] = *cert;
}

/* The roots above the leaf that stand in any file, the bundle's own among them; NULL: none is known. */
static const struct mtl_material *
roots_above(const struct mtl_lint *lint, const struct mtl_subject *subject)
{
    struct climb climb = {.count = 0};
    struct mtl_material *roots = mtl_arena_alloc(lint->arena, sizeof(*roots));
    struct mtl_loaded_cert *certs;

    add_once(&climb, mtl_subject_leaf(subject));
    for (size_t next = 0; next < climb.count; next++) {
        struct mtl_bearers bearers = mtl_rule_bearers_of_issuer(lint->everything, climb.seen[next].cert);
        const struct mtl_loaded_cert *issuer;

        while ((issuer = mtl_rule_next_issuer(lint, &bearers, climb.seen[next].cert)) != NULL)
            add_once(&climb, issuer);
    }
    certs = mtl_arena_array(lint->arena, climb.count, sizeof(*certs));
    *roots = (struct mtl_material){.path = "", .certs = certs};
    for (size_t i = 0; i < climb.count; i++)
        if (mtl_cert_is_self_signed(climb.seen[i].cert) && mtl_rule_is_authority(climb.seen[i].cert))
            certs[roots->cert_count++] = climb.seen[i];
    return roots->cert_count > 0 ? roots : NULL;
}

/* Once per subject; NULL: nothing to trust is known. */
static const struct mtl_survey *
survey(const struct mtl_lint *lint, const struct mtl_subject *subject)
{
    struct mtl_survey *made = subject->survey;
    struct mtl_survey_question question = {
        .chain = {subject->material->certs, subject->material->cert_count},
        .owner = subject->role,
        .trusts = subject->trust,
        .now = lint->now,
        .crypto = lint->crypto,
    };

    if (made == NULL || made->receptions != NULL)
        return made;
    if (question.trusts == NULL)
        question.trusts = roots_above(lint, subject);
    if (question.trusts == NULL)
        return NULL;
    made->receptions = mtl_handshake_survey(lint->arena, &question, &made->count);
    return made;
}

struct mtl_survey *
mtl_survey_new(struct mtl_arena *arena)
{
    return mtl_arena_alloc(arena, sizeof(struct mtl_survey));
}

/* ---- hits ----------------------------------------------------------------------------------------------------- */

static bool
is_hit(const struct mtl_reception *reception, const struct mtl_loaded_cert *cert)
{
    if (reception->outcome != MTL_HANDSHAKE_REJECTED)
        return false;
    return cert == NULL || (reception->certificate != NULL && mtl_cert_same(reception->certificate->cert, cert->cert));
}

enum mtl_reach
mtl_rule_reach(const struct mtl_lint *lint, const struct mtl_subject *subject, const struct mtl_loaded_cert *cert,
               struct mtl_hits *hits)
{
    const struct mtl_survey *made = survey(lint, subject);
    const struct mtl_stack **stacks;
    bool declared = false;

    *hits = (struct mtl_hits){.count = 0};
    if (made == NULL)
        return MTL_REACH_UNKNOWN;
    stacks = mtl_arena_array(lint->arena, made->count, sizeof(*stacks));
    *hits = (struct mtl_hits){.stacks = stacks, .asked = made->count};
    for (size_t i = 0; i < made->count; i++) {
        if (!is_hit(&made->receptions[i], cert))
            continue;
        stacks[hits->count++] = made->receptions[i].stack;
        declared |= made->receptions[i].stack == lint->stack;
    }
    if (hits->count == 0)
        return MTL_REACH_NONE;
    return declared || hits->count * 2 > hits->asked ? MTL_REACH_MOST : MTL_REACH_SOME;
}

struct mtl_hits
mtl_rule_stacks_that(const struct mtl_lint *lint, bool (*would)(const struct mtl_stack *stack))
{
    const struct mtl_stack **stacks = mtl_arena_array(lint->arena, mtl_stack_count(), sizeof(*stacks));
    struct mtl_hits hits = {.stacks = stacks, .asked = mtl_stack_count()};

    for (size_t i = 0; i < mtl_stack_count(); i++)
        if (would(mtl_stack_at(i)))
            stacks[hits.count++] = mtl_stack_at(i);
    return hits;
}

/* ---- public authorities --------------------------------------------------------------------------------------- */

bool
mtl_rule_is_public(const struct mtl_lint *lint, const struct mtl_cert *cert)
{
    for (size_t length = 0; cert != NULL && length < MAX_CLIMBED; length++) {
        const struct mtl_loaded_cert *issuer;

        if (mtl_key_id_is_public_root(mtl_cert_bytes(cert, cert->authority_key_id)) ||
            (cert->is_ca && mtl_key_id_is_public_root(mtl_cert_bytes(cert, cert->subject_key_id))))
            return true;
        issuer = cert->self_issued ? NULL : mtl_rule_issuer(lint, lint->everything, cert);
        cert = issuer != NULL ? issuer->cert : NULL;
    }
    return false;
}
