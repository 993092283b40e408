/* From the project file to requests and to what the linter judges. Internal to src/api, and for the tests of rules. */
#ifndef MTL_API_PROJECT_H
#define MTL_API_PROJECT_H

#include "mtlslint.h"
#include "project/project.h"

/* Fills in what request leaves out. False with session->error set: a stack that does not exist. */
bool mtl_project_fill(struct mtl_session *session, const struct mtl_project *project,
                      const struct mtl_project_handshake *handshake, struct mtl_handshake_request *request);

#endif
