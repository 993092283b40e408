/*
 * mtlslint handshake: two sides in, the predicted handshake out.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "base/base.h"
#include "cli/handshake_options.h"
#include "cli/output.h"
#include "mtlslint.h"

#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: mtlslint handshake [OPTIONS]\n"
    "       mtlslint handshake NAME [OPTIONS]\n"
    "\n"
    "Predicts a TLS handshake between two sides from their files: does it work, and if not, who rejects which\n"
    "certificate, at which message, with which alert, what each side logs, what to change. NAME is one of the\n"
    "handshakes in the project file, .mtlslint.yaml; options given as well count more than what stands there. With\n"
    "neither certificates nor NAME, lists the names.\n"
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
    "                          nginx means the newest nginx; go,nginx means each of them; all: every recorded\n"
    "                          one. Those that behave alike are one group\n"
    "  --tls VERSION           1.2 or 1.3; without it, both\n"
    "  --at TIME               judge at 2027-01-01, 2027-01-01T12:00Z, +30d, -2h; without it, now\n"
    "  --also PATH             file or directory a fix may draw on; may be given again\n"
    "  --store-password-file FILE   passwords of PKCS#12 files, one on a line; none and \"changeit\" are tried anyway\n"
    "  --config FILE           the project file, instead of the one found from here upwards, up to the directory that\n"
    "                          holds .git; MTLSLINT_CONFIG does the same\n"
    "  --isolated              no project file\n"
    "  -f, --format FORMAT     text (default) or json\n"
    "  -o, --output FILE       write there; the file appears when it is complete\n"
    "  --color WHEN            auto (default), always, never\n"
    "\n"
    "A side without a certificate presents nothing. A side whose trust is not given is not judged.\n"
    "\n"
    "Exit status: 0 every predicted handshake is established, 1 at least one is rejected, 2 none is rejected but\n"
    "something could not be told, or the job could not be done.\n";

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
predict(struct mtl_session *session, const struct mtl_handshake_arguments *arguments)
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

/* ---- handshakes of the project file --------------------------------------------------------------------------- */

static enum mtl_exit
list_names(const struct mtl_project *project, const struct mtl_common_options *common)
{
    struct mtl_report_options report = {0};
    struct mtl_arena *arena = mtl_arena_new();
    struct mtl_output output;
    const char *name;
    bool written = true;

    if (!mtl_output_open(&output, common, &report)) {
        mtl_arena_free(arena);
        return MTL_EXIT_CANNOT;
    }
    for (size_t i = 0; written && (name = mtl_project_handshake_name(project, i)) != NULL; i++) {
        name = mtl_arena_printf(arena, "%s\n", mtl_text_safe(arena, mtl_slice_text(name), 0));
        written = mtl_output_write(&output, name, strlen(name));
    }
    mtl_arena_free(arena);
    return mtl_output_close(&output, written, MTL_EXIT_CLEAN);
}

/* name NULL: list them. */
static enum mtl_exit
use_project(struct mtl_session *session, struct mtl_handshake_arguments *arguments, const char *name)
{
    const struct mtl_project *project;

    if (!mtl_project_open(session, &arguments->project, ".", &project))
        return MTL_EXIT_CANNOT;
    if (project == NULL && name == NULL)
        return mtl_cannot("handshake: neither side has a certificate; give --server-cert FILE, and --client-cert FILE, "
                          "or name the handshakes in .mtlslint.yaml");
    if (project == NULL)
        return mtl_cannot("handshake: there is no .mtlslint.yaml that could name '%s'; files are given with options, "
                          "see: mtlslint handshake --help",
                          name);
    if (name == NULL)
        return list_names(project, &arguments->common);
    if (!mtl_project_request(session, project, name, &arguments->request))
        return mtl_cannot("%s", mtl_session_error(session));
    return predict(session, arguments);
}

static enum mtl_exit
choose(struct mtl_session *session, struct mtl_handshake_arguments *arguments, int operands, char **argv)
{
    if (operands > 1)
        return mtl_cannot("handshake: '%s' is one word too many; put a name with blanks in quotes", argv[2]);
    if (operands == 1 || !mtl_handshake_is_asked_for(arguments))
        return use_project(session, arguments, operands == 1 ? argv[1] : NULL);
    return predict(session, arguments);
}

static enum mtl_exit
run(int argc, char **argv)
{
    struct mtl_handshake_arguments arguments = {.takes_project = true};
    struct mtl_session *session = mtl_session_new();
    enum mtl_exit status = MTL_EXIT_CANNOT;
    int operands;

    if (mtl_handshake_options_parse(argc, argv, &arguments, &operands) &&
        mtl_passwords_open(session, arguments.store_password_file))
        status = choose(session, &arguments, operands, argv);
    mtl_session_free(session);
    free(arguments.also.items);
    return status;
}

const struct mtl_command command_handshake = {
    .name = "handshake",
    .summary = "predict the TLS handshake between two sides",
    .usage = usage,
    .offers = "handshake",
    .run = run,
};
