/* What a session owns. Internal to src/api: the world sees it through include/mtlslint.h. */
#ifndef MTL_API_SESSION_H
#define MTL_API_SESSION_H

#include "base/base.h"
#include "cert/cert.h"
#include "mtlslint.h"
#include "stack/stack.h"

#define MTL_SESSION_ERROR_SIZE 2048

struct mtl_session {
    struct mtl_arena *arena;
    struct mtl_crypto *crypto;
    struct mtl_error error;                  /* hand this to whatever may fail */
    char error_text[MTL_SESSION_ERROR_SIZE]; /* what mtl_session_error() returns */
};

/* Turns session->error into the text of mtl_session_error(). Returns false, for `return mtl_session_fail()`. */
bool mtl_session_fail(struct mtl_session *session);
/* The stack of that id or alias; NULL: the default. False with session->error set when there is none. */
bool mtl_session_stack(struct mtl_session *session, const char *id, const struct mtl_stack **stack);
/* The same for a side of that role: false as well when the stack cannot be used in it. */
bool mtl_session_stack_for(struct mtl_session *session, const char *id, enum mtl_role role,
                           const struct mtl_stack **stack);

#endif
