/*
 * --client-cert, --server-trust and the like, declared as data.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cli/handshake_options.h"

#include <stdlib.h>

static bool
parse_depth(const char *name, const char *text, struct mtl_side_files *side)
{
    side->has_depth = text != NULL;
    return mtl_option_number(name, text, 0, 1000, &side->depth);
}

bool
mtl_handshake_options_parse(int argc, char **argv, struct mtl_handshake_arguments *arguments, int *operand_count)
{
    static const char *const server_verify[] = {"required", "optional", "none", NULL};
    static const char *const client_verify[] = {"required", "none", NULL};
    static const char *const versions[] = {"1.2", "1.3", NULL};
    struct mtl_handshake_request *request = &arguments->request;
    struct mtl_side_files *client = &request->client, *server = &request->server;
    const struct mtl_option options[] = {
        {.name = "client-cert", .offers = "file", .text = &client->cert},
        {.name = "client-key", .offers = "file", .text = &client->key},
        {.name = "client-trust", .offers = "file", .text = &client->trust},
        {.name = "client-crl", .offers = "file", .text = &client->crl},
        {.name = "client-stack", .offers = "stack", .text = &client->stack},
        {.name = "client-verify", .text = &client->verify, .choices = client_verify},
        {.name = "client-depth", .text = &arguments->client_depth},
        {.name = "server-cert", .offers = "file", .text = &server->cert},
        {.name = "server-key", .offers = "file", .text = &server->key},
        {.name = "server-trust", .offers = "file", .text = &server->trust},
        {.name = "server-crl", .offers = "file", .text = &server->crl},
        {.name = "server-stack", .offers = "stack", .text = &server->stack},
        {.name = "server-verify", .text = &server->verify, .choices = server_verify},
        {.name = "server-depth", .text = &arguments->server_depth},
        {.name = "server-name", .text = &request->server_name},
        {.name = "tls", .text = &request->tls, .choices = versions},
        {.name = "at", .text = &arguments->at},
        {.name = "also", .offers = "file", .list = &arguments->also},
        {.name = "store-password-file", .offers = "file", .text = &arguments->store_password_file},
        {.name = "config", .offers = "file", .text = &arguments->project.config},
        {.name = "isolated", .flag = &arguments->project.isolated},
    };
    const size_t all = sizeof(options) / sizeof(options[0]), of_project = 2;

    arguments->also.items = calloc((size_t)argc, sizeof(*arguments->also.items));
    if (arguments->also.items == NULL) {
        mtl_cannot("out of memory");
        return false;
    }
    if (!mtl_options_parse(options, arguments->takes_project ? all : all - of_project, &arguments->common, argc, argv,
                           operand_count))
        return false;
    request->also = arguments->also.items;
    request->also_count = arguments->also.count;
    return parse_depth("client-depth", arguments->client_depth, client) &&
           parse_depth("server-depth", arguments->server_depth, server) &&
           mtl_option_time("at", arguments->at, &request->now);
}

bool
mtl_handshake_is_asked_for(const struct mtl_handshake_arguments *arguments)
{
    return arguments->request.client.cert != NULL || arguments->request.server.cert != NULL;
}
