/* Which project file counts. SPDX-License-Identifier: Apache-2.0 */
#include "cli/project.h"
#include "cli/options.h"

#include <stdlib.h>

const char *
mtl_option_or_variable(const char *option, const char *variable)
{
    const char *value = option != NULL ? option : getenv(variable);

    return value != NULL && value[0] != '\0' ? value : NULL;
}

bool
mtl_project_open(struct mtl_session *session, const struct mtl_project_options *options, const char *path,
                 const struct mtl_project **project)
{
    const char *file = options->config;

    *project = NULL;
    if (options->isolated && options->config != NULL) {
        mtl_cannot("--config and --isolated exclude each other");
        return false;
    }
    if (options->isolated)
        return true;
    file = mtl_option_or_variable(file, "MTLSLINT_CONFIG");
    if (file == NULL)
        file = mtl_find_project(session, path, getenv("HOME"));
    if (file == NULL || mtl_read_project(session, file, project))
        return true;
    mtl_cannot("%s", mtl_session_error(session));
    return false;
}

bool
mtl_passwords_open(struct mtl_session *session, const char *file)
{
    if (file == NULL || mtl_session_read_passwords(session, file))
        return true;
    mtl_cannot("%s", mtl_session_error(session));
    return false;
}
