/*
 * mtlslint handshake: two sides in, the predicted handshake out.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cli/command.h"
#include "cli/options.h"
#include "cli/output.h"
#include "mtlslint.h"

#include <stdlib.h>

static const char usage[] =
    "usage: mtlslint handshake [OPTIONS]\n"
    "\n"
    "Predicts a TLS handshake between two sides from their files: does it work, and if not, who rejects which\n"
    "certificate, at which message, with which alert, what each side logs, what to change.\n"
    "\n"
    "  --client-cert FILE      what the client presents: its certificate first, then intermediates\n"
    "  --client-key FILE       its private key; only compared with the certificate\n"
    "  --client-trust PATH     CA file or directory it checks the server against\n"
    "  --server-cert FILE, --server-key FILE, --server-trust PATH   the same for the server\n"
    "  --server-name HOST      DNS name or IP address the client expects in the server's certificate\n"
    "  --server-verify WHAT    of the client's certificate: required (default), optional, none\n"
    "  --client-verify WHAT    of the server's certificate: required (default), none\n"
    "  --client-depth N, --server-depth N   intermediates the side allows\n"
    "  --client-crl FILE, --server-crl FILE   revocation lists; given, the side checks the whole chain\n"
    "  --client-stack ID, --server-stack ID   TLS stack of the side: openssl-3.0 (default), see mtlslint stacks;\n"
    "                          nginx means the newest nginx; all: every stack, those that behave alike in one group\n"
    "  --tls VERSION           1.2 or 1.3; without it, both\n"
    "  --at TIME               judge at 2027-01-01, 2027-01-01T12:00Z, +30d, -2h; without it, now\n"
    "  --also PATH             file or directory a fix may draw on; may be given again\n"
    "  -f, --format FORMAT     text (default) or json\n"
    "  -o, --output FILE       write there; the file appears when it is complete\n"
    "  --color WHEN            auto (default), always, never\n"
    "\n"
    "A side without a certificate presents nothing. A side whose trust is not given is not judged.\n"
    "\n"
    "Exit status: 0 every predicted handshake is established, 1 at least one is rejected, 2 none is rejected but\n"
    "something could not be told, or the job could not be done.\n";

struct arguments {
    struct mtl_handshake_request request;
    struct mtl_common_options common;
    struct mtl_option_list also;
    const char *client_depth, *server_depth, *at;
};

static bool
parse_depth(const char *name, const char *text, struct mtl_side_files *side)
{
    side->has_depth = text != NULL;
    return mtl_option_number(name, text, 0, 1000, &side->depth);
}

static bool
parse(int argc, char **argv, struct arguments *arguments)
{
    static const char *const server_verify[] = {"required", "optional", "none", NULL};
    static const char *const client_verify[] = {"required", "none", NULL};
    static const char *const versions[] = {"1.2", "1.3", NULL};
    struct mtl_handshake_request *request = &arguments->request;
    struct mtl_side_files *client = &request->client, *server = &request->server;
    const struct mtl_option options[] = {
        {.name = "client-cert", .text = &client->cert},
        {.name = "client-key", .text = &client->key},
        {.name = "client-trust", .text = &client->trust},
        {.name = "client-crl", .text = &client->crl},
        {.name = "client-stack", .text = &client->stack},
        {.name = "client-verify", .text = &client->verify, .choices = client_verify},
        {.name = "client-depth", .text = &arguments->client_depth},
        {.name = "server-cert", .text = &server->cert},
        {.name = "server-key", .text = &server->key},
        {.name = "server-trust", .text = &server->trust},
        {.name = "server-crl", .text = &server->crl},
        {.name = "server-stack", .text = &server->stack},
        {.name = "server-verify", .text = &server->verify, .choices = server_verify},
        {.name = "server-depth", .text = &arguments->server_depth},
        {.name = "server-name", .text = &request->server_name},
        {.name = "tls", .text = &request->tls, .choices = versions},
        {.name = "at", .text = &arguments->at},
        {.name = "also", .list = &arguments->also},
    };
    int operands;

    if (!mtl_options_parse(options, sizeof(options) / sizeof(options[0]), &arguments->common, argc, argv, &operands))
        return false;
    if (operands > 0) {
        mtl_cannot("handshake: '%s' stands alone; every file is given with an option, see: mtlslint handshake --help",
                   argv[1]);
        return false;
    }
    if (client->cert == NULL && server->cert == NULL) {
        mtl_cannot("handshake: neither side has a certificate; give --server-cert FILE, and --client-cert FILE");
        return false;
    }
    request->also = arguments->also.items;
    request->also_count = arguments->also.count;
    return parse_depth("client-depth", arguments->client_depth, client) &&
           parse_depth("server-depth", arguments->server_depth, server) &&
           mtl_option_time("at", arguments->at, &request->now);
}

static enum mtl_exit
status_of(const struct mtl_handshake *handshake)
{
    switch (mtl_handshake_summarize(handshake)) {
    case MTL_ALL_ESTABLISHED:
        return MTL_EXIT_CLEAN;
    case MTL_SOME_REJECTED:
        return MTL_EXIT_FINDINGS;
    case MTL_SOME_UNDETERMINED:
        break;
    }
    return MTL_EXIT_CANNOT;
}

static enum mtl_exit
predict(struct mtl_session *session, const struct arguments *arguments)
{
    const struct mtl_handshake *handshake;
    struct mtl_report_options report = {0};
    struct mtl_output output;
    bool reported;

    if (!mtl_handshake(session, &arguments->request, &handshake))
        return mtl_cannot("%s", mtl_session_error(session));
    if (!mtl_output_open(&output, &arguments->common, &report))
        return MTL_EXIT_CANNOT;
    reported = mtl_report_handshake(session, handshake, &report, mtl_output_write, &output);
    return mtl_output_close(&output, reported, status_of(handshake));
}

static enum mtl_exit
run(int argc, char **argv)
{
    struct arguments arguments = {0};
    enum mtl_exit status = MTL_EXIT_CANNOT;

    arguments.also.items = calloc((size_t)argc, sizeof(*arguments.also.items));
    if (arguments.also.items == NULL)
        return mtl_cannot("out of memory");
    if (parse(argc, argv, &arguments)) {
        struct mtl_session *session = mtl_session_new();

        status = predict(session, &arguments);
        mtl_session_free(session);
    }
    free(arguments.also.items);
    return status;
}

const struct mtl_command command_handshake = {
    .name = "handshake",
    .summary = "predict the TLS handshake between two sides",
    .usage = usage,
    .run = run,
};
