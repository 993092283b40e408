/* The options that describe two sides of a handshake, for the subcommands that predict one. */
#ifndef MTL_CLI_HANDSHAKE_OPTIONS_H
#define MTL_CLI_HANDSHAKE_OPTIONS_H

#include "cli/options.h"
#include "cli/project.h"
#include "mtlslint.h"

struct mtl_handshake_arguments {
    struct mtl_handshake_request request;
    struct mtl_common_options common;
    struct mtl_option_list also; /* items belong to the caller, who frees them */
    const char *client_depth, *server_depth, *at, *store_password_file;
    bool takes_project; /* set by the caller: --config and --isolated are taken, too */
    struct mtl_project_options project;
};

/* False after a message. The operands are gathered at argv[1] and following. */
bool mtl_handshake_options_parse(int argc, char **argv, struct mtl_handshake_arguments *arguments, int *operand_count);
/* Is there a certificate of one side at least? */
bool mtl_handshake_is_asked_for(const struct mtl_handshake_arguments *arguments);

#endif
