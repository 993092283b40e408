/*
 * mtlslint handshake: two sides in, the predicted handshake out.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cli/handshake_options.h"
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

static enum mtl_exit
run(int argc, char **argv)
{
    struct mtl_handshake_arguments arguments = {0};
    enum mtl_exit status = MTL_EXIT_CANNOT;
    int operands;

    if (mtl_handshake_options_parse(argc, argv, &arguments, &operands)) {
        if (operands > 0) {
            status = mtl_cannot("handshake: '%s' stands alone; every file is given with an option, see: mtlslint "
                                "handshake --help",
                                argv[1]);
        } else if (!mtl_handshake_is_asked_for(&arguments)) {
            status = mtl_cannot("handshake: neither side has a certificate; give --server-cert FILE, and "
                                "--client-cert FILE");
        } else {
            struct mtl_session *session = mtl_session_new();

            status = predict(session, &arguments);
            mtl_session_free(session);
        }
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
