/*
 * Which stacks can do nothing with a kind of public key, as their profiles have it.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/lint.h"

static bool
lacks(uint32_t mask, unsigned bit)
{
    return mask != 0 && (mask >> bit & 1) == 0;
}

static bool
lacks_curve(uint32_t mask, const struct mtl_key_info *key)
{
    return key->type == MTL_KEY_EC && lacks(mask, key->curve);
}

/* It does not even decode the certificate. */
static bool
refuses_to_read(const struct mtl_stack *stack, const struct mtl_key_info *key)
{
    return lacks(stack->reading.keys, key->type) || lacks_curve(stack->reading.curves, key);
}

/* What it cannot verify a signature with, it cannot have in an issuer. */
static bool
refuses_issuer(const struct mtl_policy *policy, const struct mtl_key_info *key)
{
    bool has_odd_size = key->type == MTL_KEY_RSA && (key->bits < policy->rsa_bits[0] ||
                                                     (policy->rsa_bits[1] != 0 && key->bits > policy->rsa_bits[1]));

    return lacks(policy->verifying_keys, key->type) || lacks(policy->signature_keys, key->type) ||
           lacks_curve(policy->verifying_curves, key) || lacks_curve(policy->signature_curves, key) || has_odd_size;
}

/* What a peer cannot prove to it, it cannot have in a leaf. */
static bool
refuses_leaf(const struct mtl_stack *stack, const struct mtl_key_info *key)
{
    return lacks(stack->accepted_keys, key->type) || lacks_curve(stack->accepted_curves, key) ||
           lacks_curve(stack->reading.leaf_curves, key);
}

struct mtl_hits
mtl_rule_stacks_without_key(const struct mtl_lint *lint, const struct mtl_cert *cert)
{
    const struct mtl_stack **stacks = mtl_arena_array(lint->arena, mtl_stack_count(), sizeof(*stacks)), *stack;
    struct mtl_hits hits = {.stacks = stacks, .asked = mtl_stack_surveyed_count()};
    bool is_issuer = mtl_rule_is_authority(cert);
    size_t cursor = 0;

    while ((stack = mtl_stack_next_surveyed(&cursor)) != NULL) {
        if (refuses_to_read(stack, &cert->key) ||
            (is_issuer ? refuses_issuer(&stack->policy, &cert->key) : refuses_leaf(stack, &cert->key)))
            stacks[hits.count++] = stack;
    }
    return hits;
}

void
mtl_report_key(const struct mtl_lint *lint, struct mtl_report *report, const struct mtl_subject *subject,
               struct mtl_hits hits)
{
    const struct mtl_cert *cert = subject->cert->cert;

    mtl_report_evidence(report, "subject %s", mtl_rule_subject(lint, cert));
    mtl_report_evidence(report, "key     %s", mtl_key_text(lint->arena, &cert->key));
    mtl_report_grade(report, hits);
    if (subject->use == MTL_USE_STORE && mtl_hits_reach(lint, &hits) == MTL_REACH_MOST)
        mtl_report_severity(report, MTL_WARNING);
}
