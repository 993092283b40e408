/* Choosing a stack by what the user wrote, and telling of stacks. SPDX-License-Identifier: Apache-2.0 */
#include "report/stacks.h"
#include "api/session.h"

#include <stdlib.h>
#include <string.h>

#define MAX_LIST 160U /* bytes of a list of stacks, about */

const char *
mtl_stack_id(size_t index)
{
    return index < mtl_stack_count() ? mtl_stack_at(index)->id : NULL;
}

/* The ids and their aliases. */
static const char *const *
known_words(struct mtl_session *session, size_t *count)
{
    size_t stacks = mtl_stack_count();
    const char **words = mtl_arena_array(session->arena, 2 * stacks, sizeof(*words));

    for (size_t i = 0; i < stacks; i++) {
        const char *id = mtl_stack_at(i)->id;
        words[i] = id;
        words[stacks + i] = mtl_arena_printf(session->arena, "%.*s", (int)mtl_stack_alias_size(id), id);
    }
    *count = 2 * stacks;
    return words;
}

/* "Known: go-1.26, openssl-3.0": the first of those that can be used in one of the roles, as an error has room for. */
static const char *
list_stacks(struct mtl_session *session, uint32_t roles)
{
    struct mtl_text text = {.arena = session->arena};

    for (size_t i = 0; i < mtl_stack_count() && text.size < MAX_LIST; i++) {
        const struct mtl_stack *stack = mtl_stack_at(i);

        if (stack->roles == 0 || (stack->roles & roles) != 0)
            mtl_text_printf(&text, "%s%s", text.size == 0 ? "Known: " : ", ", stack->id);
    }
    if (text.size >= MAX_LIST)
        mtl_text_printf(&text, ", and more: mtlslint stacks");
    return text.text;
}

static bool
refuse_unknown(struct mtl_session *session, const char *id)
{
    size_t count;
    const char *const *words = known_words(session, &count);
    const char *nearest = mtl_text_nearest(id, words, count);

    if (nearest == NULL)
        return mtl_error_set(&session->error, NULL, 0, list_stacks(session, UINT32_MAX), "unknown stack '%.60s'", id);
    return mtl_error_set(&session->error, NULL, 0, NULL, "unknown stack '%.60s'; did you mean '%s'?", id,
                         mtl_stack_find(nearest)->id);
}

bool
mtl_session_stack(struct mtl_session *session, const char *id, const struct mtl_stack **stack)
{
    *stack = mtl_stack_find(id != NULL ? id : MTL_DEFAULT_STACK);
    return *stack != NULL || refuse_unknown(session, id);
}

/* Of the same product, such as "nginx-upstream-1.22" for "nginx-1.22": its first word is the same. */
static const struct mtl_stack *
sibling(const struct mtl_stack *stack, enum mtl_role role)
{
    const struct mtl_stack *found = NULL;
    size_t size = strcspn(stack->id, "-");

    for (size_t i = 0; i < mtl_stack_count(); i++) {
        const struct mtl_stack *other = mtl_stack_at(i);

        if (strcspn(other->id, "-") == size && strncmp(other->id, stack->id, size) == 0 && mtl_stack_plays(other, role))
            found = other;
    }
    return found;
}

bool
mtl_session_stack_for(struct mtl_session *session, const char *id, enum mtl_role role, const struct mtl_stack **stack)
{
    const char *played = role == MTL_CLIENT ? "server" : "client", *wanted = role == MTL_CLIENT ? "client" : "server";
    const struct mtl_stack *other;

    *stack = mtl_stack_find_for(id != NULL ? id : MTL_DEFAULT_STACK, role);
    if (*stack == NULL)
        return refuse_unknown(session, id);
    if (mtl_stack_plays(*stack, role))
        return true;
    other = sibling(*stack, role);
    if (other == NULL)
        return mtl_error_set(&session->error, NULL, 0, list_stacks(session, 1U << role), "'%.60s' is a %s, never a %s",
                             id, played, wanted);
    return mtl_error_set(&session->error, NULL, 0, NULL, "'%.60s' is a %s, never a %s; did you mean '%s'?", id, played,
                         wanted, other->id);
}

bool
mtl_session_names_many_stacks(const char *ids)
{
    return ids != NULL && (strcmp(ids, "all") == 0 || strchr(ids, ',') != NULL);
}

static int
by_id(const void *left, const void *right)
{
    const struct mtl_stack *a = *(const struct mtl_stack *const *)left;
    const struct mtl_stack *b = *(const struct mtl_stack *const *)right;

    return strcmp(a->id, b->id);
}

bool
mtl_session_stacks_for(struct mtl_session *session, const char *ids, enum mtl_role role,
                       const struct mtl_stack *const **stacks, size_t *count)
{
    const struct mtl_stack **list = NULL;
    size_t named = 0, capacity = 0;

    *stacks = NULL;
    *count = 0;
    for (const char *id = ids; strcmp(ids, "all") != 0 && id != NULL; id = strchr(id, ',')) {
        id += *id == ',';
        list = mtl_arena_grow(session->arena, list, named, &capacity, sizeof(*list));
        if (!mtl_session_stack_for(session, mtl_arena_printf(session->arena, "%.*s", (int)strcspn(id, ","), id), role,
                                   &list[named++]))
            return false;
    }
    if (named > 0)
        qsort(list, named, sizeof(*list), by_id);
    for (size_t i = 0; i < named; i++) {
        if (*count == 0 || list[*count - 1] != list[i])
            list[(*count)++] = list[i];
    }
    *stacks = list;
    return true;
}

/* ---- reports -------------------------------------------------------------------------------------------------- */

static bool
refuse_format(struct mtl_session *session, const char *format, const char *hint)
{
    mtl_error_set(&session->error, NULL, 0, hint, "unknown format '%.60s'", format);
    return mtl_session_fail(session);
}

static bool
end_report(struct mtl_session *session, bool done)
{
    if (done)
        return true;
    mtl_error_set(&session->error, NULL, 0, NULL, "the report could not be written");
    return mtl_session_fail(session);
}

bool
mtl_report_stacks(struct mtl_session *session, const struct mtl_report_options *options, mtl_write *write,
                  void *context)
{
    const char *format = options->format == NULL ? "text" : options->format;

    if (strcmp(format, "json") == 0)
        return end_report(session, mtl_report_stacks_json(session->arena, write, context));
    if (strcmp(format, "text") != 0 && strcmp(format, "markdown") != 0)
        return refuse_format(session, format, "It is text, json or markdown");
    return end_report(session, mtl_report_stacks_text(session->arena, options, write, context));
}

bool
mtl_report_stack(struct mtl_session *session, const char *id, const struct mtl_report_options *options,
                 mtl_write *write, void *context)
{
    const char *format = options->format == NULL ? "text" : options->format;
    const struct mtl_stack *stack;

    if (strcmp(format, "text") != 0 && strcmp(format, "markdown") != 0)
        return refuse_format(session, format, "The page of one stack is text or markdown");
    if (!mtl_session_stack(session, id, &stack))
        return mtl_session_fail(session);
    return end_report(session, mtl_report_stack_text(session->arena, stack, options, write, context));
}
