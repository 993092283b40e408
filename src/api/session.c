/* The session: what everything else hangs on. SPDX-License-Identifier: Apache-2.0 */
#include "api/session.h"

#include <stdio.h>
#include <string.h>

const char *
mtl_version(void)
{
    return MTL_VERSION;
}

struct mtl_session *
mtl_session_new(void)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct mtl_session *session = mtl_arena_alloc(arena, sizeof *session);

    session->arena = arena;
    session->crypto = mtl_crypto_new(arena);
    return session;
}

void
mtl_session_free(struct mtl_session *session)
{
    if (session == NULL)
        return;

    mtl_passwords_wipe(session->passwords);
    mtl_crypto_free(session->crypto);
    mtl_arena_free(session->arena);
}

bool
mtl_session_read_passwords(struct mtl_session *session, const char *file)
{
    mtl_passwords_wipe(session->passwords);
    session->passwords = NULL;
    return mtl_passwords_read(session->arena, file, &session->passwords, &session->error) || mtl_session_fail(session);
}

const char *
mtl_session_error(const struct mtl_session *session)
{
    return session->error_text;
}

/* Text that may stem from a file or a directory entry. */
static const char *
safe(struct mtl_session *session, const char *text)
{
    return mtl_text_safe(session->arena, mtl_slice_text(text), 0);
}

bool
mtl_session_is_host(struct mtl_session *session, const char *host)
{
    return host == NULL || host[0] != '\0' ||
           mtl_error_set(&session->error, NULL, 0, "Leave it out to compare no names", "an empty text is no host");
}

bool
mtl_session_fail(struct mtl_session *session)
{
    const struct mtl_error *error = &session->error;
    struct mtl_text text = {.arena = session->arena};

    if (error->path[0] != '\0')
        mtl_text_printf(&text, "%s:", safe(session, error->path));
    if (error->path[0] != '\0' && error->line > 0)
        mtl_text_printf(&text, "%u:", error->line);
    mtl_text_printf(&text, "%s%s", text.size > 0 ? " " : "", safe(session, error->message));
    if (error->hint[0] != '\0')
        mtl_text_printf(&text, ". %s", safe(session, error->hint));
    snprintf(session->error_text, sizeof session->error_text, "%s", text.text);
    return false;
}

#define MAX_LISTED 12U

/* "Known: client, server" */
static const char *
list_known(struct mtl_session *session, const char *const *known, size_t count)
{
    struct mtl_text text = {.arena = session->arena};

    if (count == 0 || count > MAX_LISTED)
        return NULL;
    for (size_t i = 0; i < count; i++)
        mtl_text_printf(&text, "%s%s", i == 0 ? "Known: " : ", ", known[i]);
    return text.text;
}

bool
mtl_session_refuse(struct mtl_session *session, const char *what, const char *word, const char *const *known,
                   size_t count)
{
    const char *nearest = mtl_text_nearest(word, known, count);

    if (nearest == NULL)
        mtl_error_set(&session->error, NULL, 0, list_known(session, known, count), "unknown %s '%s'", what, word);
    else
        mtl_error_set(&session->error, NULL, 0, NULL, "unknown %s '%s'; did you mean '%s'?", what, word, nearest);
    return mtl_session_fail(session);
}

bool
mtl_session_role(struct mtl_session *session, const char *word, enum mtl_role *role, bool *known)
{
    static const char *const roles[] = {"client", "server"};

    *known = word != NULL;
    if (word == NULL)
        return true;
    *role = strcmp(word, "client") == 0 ? MTL_CLIENT : MTL_SERVER;
    if (strcmp(word, "client") == 0 || strcmp(word, "server") == 0)
        return true;
    return mtl_session_refuse(session, "role", word, roles, 2);
}
