/* From the project file to requests and to what the linter judges. Internal to src/api, and for the tests of rules. */
#ifndef MTL_API_PROJECT_H
#define MTL_API_PROJECT_H

#include "lint/lint.h"
#include "mtlslint.h"
#include "project/project.h"

/* The TLS versions that a side of it speaks, a bit per enum mtl_tls: its own list, or that of the handshake. */
uint32_t mtl_project_versions(const struct mtl_project_handshake *handshake, const struct mtl_project_side *side);
/* Reads the passwords of the key stores that it names, unless some were read already. False with session->error set. */
bool mtl_project_read_passwords(struct mtl_session *session, const struct mtl_project *project);
/* Fills in what request leaves out. False with session->error set: a stack that does not exist. */
bool mtl_project_fill(struct mtl_session *session, const struct mtl_project *project,
                      const struct mtl_project_handshake *handshake, struct mtl_handshake_request *request);

/*
 * Adds the rules of request->project to the selection: its lists unless the request has one of the kind, and its
 * severities, which those of the request override. False after mtl_session_fail(): a rule that does not exist.
 */
bool mtl_project_select(struct mtl_session *session, const struct mtl_check_request *request,
                        struct mtl_selection *selection);
/* Its entries of ignores, as the linter takes them. False with session->error set: a rule that does not exist. */
bool mtl_project_ignores(struct mtl_session *session, const struct mtl_project *project,
                         const struct mtl_suppression **ignores, size_t *count);
/* Adds its horizon, unless there is one, what it says of files and which findings it ignores. Likewise. */
bool mtl_project_describe(struct mtl_session *session, const struct mtl_project *project,
                          struct mtl_lint_request *lint);
/* The same, and its handshakes. False with session->error set. */
bool mtl_project_apply(struct mtl_session *session, const struct mtl_project *project, struct mtl_lint_request *lint);
/*
 * Loads the files of every handshake. False with session->error set, which names the line of the project file: a file
 * that cannot be read, a stack that does not exist.
 */
bool mtl_project_connections(struct mtl_session *session, const struct mtl_project *project, mtl_time now,
                             const struct mtl_connection **connections, size_t *count);
#endif
