/* What a session owns. Internal to src/api: the world sees it through include/mtlslint.h. */
#ifndef MTL_API_SESSION_H
#define MTL_API_SESSION_H

#include "base/base.h"
#include "cert/cert.h"
#include "handshake/handshake.h"
#include "mtlslint.h"
#include "stack/stack.h"

#define MTL_SESSION_ERROR_SIZE 2048

struct mtl_session {
    struct mtl_arena *arena;
    struct mtl_crypto *crypto;
    struct mtl_error error;                  /* hand this to whatever may fail */
    const struct mtl_passwords *passwords;   /* of key stores; NULL: those that everybody knows */
    struct mtl_known_files *known;           /* read before, while many handshakes are loaded; NULL: read anew */
    char error_text[MTL_SESSION_ERROR_SIZE]; /* what mtl_session_error() returns */
};

/* Turns session->error into the text of mtl_session_error(). Returns false, for `return mtl_session_fail()`. */
bool mtl_session_fail(struct mtl_session *session);
/* Fails with "unknown role 'clinet'; did you mean 'client'?", or with the list of what is known if it is short. */
bool mtl_session_refuse(struct mtl_session *session, const char *what, const char *word, const char *const *known,
                        size_t count);
/* "client" or "server"; NULL: not known. */
bool mtl_session_role(struct mtl_session *session, const char *word, enum mtl_role *role, bool *known);
/* The stack of that id or alias; NULL: the default. False with session->error set when there is none. */
bool mtl_session_stack(struct mtl_session *session, const char *id, const struct mtl_stack **stack);
/* The same for a side of that role: false as well when the stack cannot be used in it. */
bool mtl_session_stack_for(struct mtl_session *session, const char *id, enum mtl_role role,
                           const struct mtl_stack **stack);
/*
 * Several for a side of that role: "all", or ids and aliases with commas between them. Each once, in order of id; NULL
 * with a count of 0 for "all".
 */
bool mtl_session_stacks_for(struct mtl_session *session, const char *ids, enum mtl_role role,
                            const struct mtl_stack *const **stacks, size_t *count);
/* Could it be a host to compare names with, or NULL for none? False with session->error set. */
bool mtl_session_is_host(struct mtl_session *session, const char *host);
/* Does that text name several stacks? */
bool mtl_session_names_many_stacks(const char *ids);

/* handshake.c: loads the files and chooses the stacks. False with session->error set. */
bool mtl_session_question(struct mtl_session *session, const struct mtl_handshake_request *request,
                          struct mtl_handshake_question *question);
/* handshake.c: the TLS versions asked for as a mask; 0: there is no such version. */
uint32_t mtl_request_versions(const struct mtl_handshake_request *request);
struct mtl_known_files *mtl_known_files_new(struct mtl_session *session);
/* project.c: a file that was loaded before, or NULL; and what to do with one that was not. */
const struct mtl_material *mtl_known_file(const struct mtl_session *session, const char *path,
                                          enum mtl_expectation expectation);
void mtl_known_file_add(struct mtl_session *session, const char *path, enum mtl_expectation expectation,
                        const struct mtl_material *material);

#endif
