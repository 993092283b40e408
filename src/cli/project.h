/* The project file of subcommands: --config FILE, --isolated, MTLSLINT_CONFIG, or the one that is found. */
#ifndef MTL_CLI_PROJECT_H
#define MTL_CLI_PROJECT_H

#include "mtlslint.h"

struct mtl_project_options {
    const char *config; /* --config */
    bool isolated;      /* --isolated: no project file and nothing of it from the environment */
};

/*
 * Reads the file of --config, or of MTLSLINT_CONFIG, or the one found from path upwards. *project is NULL where there
 * is none. False after a message.
 */
bool mtl_project_open(struct mtl_session *session, const struct mtl_project_options *options, const char *path,
                      const struct mtl_project **project);
/* The file of --store-password-file, or NULL; what needs it is read later. False after a message. */
bool mtl_passwords_open(struct mtl_session *session, const char *file);
/* The value of MTLSLINT_<NAME> where the option was not given and the variable is not empty. */
const char *mtl_option_or_variable(const char *option, const char *variable);

#endif
