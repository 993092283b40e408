/* Choosing a stack by what the user wrote. SPDX-License-Identifier: Apache-2.0 */
#include "api/session.h"

#include <string.h>

#define DEFAULT_STACK "openssl-3.0"

/* The ids, and the aliases that are ids cut short before the first dash. */
static const char *const *
known_words(struct mtl_session *session, size_t *count)
{
    size_t stacks = mtl_stack_count();
    const char **words = mtl_arena_array(session->arena, 2 * stacks, sizeof(*words));

    for (size_t i = 0; i < stacks; i++) {
        const char *id = mtl_stack_at(i)->id;
        words[i] = id;
        words[stacks + i] = mtl_arena_printf(session->arena, "%.*s", (int)strcspn(id, "-"), id);
    }
    *count = 2 * stacks;
    return words;
}

static const char *
list_stacks(struct mtl_session *session)
{
    struct mtl_text text = {.arena = session->arena};

    for (size_t i = 0; i < mtl_stack_count(); i++)
        mtl_text_printf(&text, "%s%s", i == 0 ? "Known: " : ", ", mtl_stack_at(i)->id);
    return text.text;
}

bool
mtl_session_stack(struct mtl_session *session, const char *id, const struct mtl_stack **stack)
{
    const char *const *words, *nearest;
    size_t count;

    *stack = mtl_stack_find(id != NULL ? id : DEFAULT_STACK);
    if (*stack != NULL)
        return true;
    words = known_words(session, &count);
    nearest = mtl_text_nearest(id, words, count);
    if (nearest == NULL)
        return mtl_error_set(&session->error, NULL, 0, list_stacks(session), "unknown stack '%.60s'", id);
    return mtl_error_set(&session->error, NULL, 0, NULL, "unknown stack '%.60s'; did you mean '%s'?", id,
                         mtl_stack_find(nearest)->id);
}
