/*
 * Which stacks a defect is about, asked of their profiles, and how grave that makes it.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/lint.h"

enum mtl_reach
mtl_hits_reach(const struct mtl_lint *lint, const struct mtl_hits *hits)
{
    if (hits->count == 0)
        return MTL_REACH_NONE;
    for (size_t i = 0; i < hits->count; i++)
        if (hits->stacks[i] == lint->stack)
            return MTL_REACH_MOST;
    return hits->count * 2 > hits->asked ? MTL_REACH_MOST : MTL_REACH_SOME;
}

struct mtl_hits
mtl_rule_stacks_that(const struct mtl_lint *lint, bool (*would)(const struct mtl_stack *stack))
{
    const struct mtl_stack **stacks = mtl_arena_array(lint->arena, mtl_stack_count(), sizeof(*stacks)), *stack;
    struct mtl_hits hits = {.stacks = stacks, .asked = mtl_stack_surveyed_count()};
    size_t cursor = 0;

    while ((stack = mtl_stack_next_surveyed(&cursor)) != NULL)
        if (would(stack))
            stacks[hits.count++] = stack;
    return hits;
}

struct mtl_hits
mtl_rule_stacks_that_refuse(const struct mtl_lint *lint, const struct mtl_cert *cert, enum mtl_reason reason)
{
    const struct mtl_stack **stacks = mtl_arena_array(lint->arena, mtl_stack_count(), sizeof(*stacks)), *stack;
    struct mtl_hits hits = {.stacks = stacks, .asked = mtl_stack_surveyed_count()};
    size_t cursor = 0;

    while ((stack = mtl_stack_next_surveyed(&cursor)) != NULL)
        if (mtl_reading_refusal(&stack->reading, cert, false) == reason)
            stacks[hits.count++] = stack;
    return hits;
}

struct mtl_hits
mtl_rule_stacks_with(const struct mtl_lint *lint, enum mtl_step step)
{
    const struct mtl_stack **stacks = mtl_arena_array(lint->arena, mtl_stack_count(), sizeof(*stacks)), *stack;
    struct mtl_hits hits = {.stacks = stacks, .asked = mtl_stack_surveyed_count()};
    size_t cursor = 0;

    while ((stack = mtl_stack_next_surveyed(&cursor)) != NULL)
        if (mtl_policy_runs(&stack->policy, step))
            stacks[hits.count++] = stack;
    return hits;
}

bool
mtl_rule_names_host(const struct mtl_cert *cert, const char *host)
{
    return mtl_cert_names_host(cert, host, &mtl_policy_rfc5280.names);
}

struct mtl_hits
mtl_rule_clients_that_miss(const struct mtl_lint *lint, const struct mtl_cert *cert, const char *host)
{
    const struct mtl_stack **stacks = mtl_arena_array(lint->arena, mtl_stack_count(), sizeof(*stacks)), *stack;
    struct mtl_hits hits = {.stacks = stacks};
    size_t cursor = 0;

    while ((stack = mtl_stack_next_surveyed(&cursor)) != NULL) {
        if (!mtl_stack_plays(stack, MTL_CLIENT) || !mtl_policy_runs(&stack->policy, MTL_STEP_IDENTITY))
            continue;
        hits.asked++;
        if (!mtl_cert_names_host(cert, host, &stack->policy.names))
            stacks[hits.count++] = stack;
    }
    return hits;
}

enum mtl_reach
mtl_rule_depth_bound(const struct mtl_lint *lint, size_t intermediates)
{
    const struct mtl_stack **stacks = mtl_arena_array(lint->arena, mtl_stack_count(), sizeof(*stacks)), *stack;
    struct mtl_hits hits = {.stacks = stacks, .asked = mtl_stack_surveyed_count()};
    size_t cursor = 0;

    while ((stack = mtl_stack_next_surveyed(&cursor)) != NULL) {
        const struct mtl_policy *policy = &stack->policy;
        int limit = policy->depth_is_judged ? policy->judged_depth : policy->default_depth;

        /* Some count the anchor, too. */
        if ((int)intermediates + 1 >= limit)
            stacks[hits.count++] = stack;
    }
    return mtl_hits_reach(lint, &hits);
}
