/* mtlslint check PATH...: what is wrong with these files. SPDX-License-Identifier: Apache-2.0 */
#include "base/base.h"
#include "cli/options.h"
#include "cli/reports.h"
#include "mtlslint.h"

#include <stdio.h>

static const char usage[] =
    "usage: mtlslint check [OPTIONS] PATH...\n"
    "       mtlslint PATH...\n"
    "\n"
    "Reads files and directories, tells bundles, trust stores, keys and CRLs apart by what they hold, and reports\n"
    "what will make a TLS handshake fail, with file, line, reason and a fix.\n"
    "\n"
    "  --role client|server  whose bundles these are; some rules need it, others get more exact\n"
    "  --trust FILE|DIR      judge each bundle against this trust store, and check the store too\n"
    "  --stack ID            the TLS stack that judges; openssl-3.0 unless given\n"
    "  --at TIME             judge at this time: 2026-12-31, 2026-12-31T10:00Z, +30d; now unless given\n"
    "  --horizon DURATION    what ends sooner counts as expiring: 30d unless given; 12h, 8w, 1y\n"
    "  -f, --format FORMAT   full (default), concise, json, jsonl, sarif, github, gitlab, junit, checkstyle; the "
    "default\n"
    "                        can be set in the environment as MTLSLINT_FORMAT (docs/OUTPUT.md)\n"
    "  -o, --output FILE     write there instead of to standard output. Several reports: -f full -f sarif -o FILE;\n"
    "                        an -o belongs to the -f before it\n"
    "  --color WHEN          auto, always or never\n"
    "\n"
    "Exit status: 0 no errors (warnings and notes may have been printed), 1 at least one error, 2 a path could not be\n"
    "read or no certificate was found. mtlslint rules lists what is looked for; mtlslint explain CODE tells more.\n";

struct arguments {
    struct mtl_common_options common;
    struct mtl_check_request request;
    struct mtl_reports reports;
    const char *at, *horizon;
};

/* "30d" is the distance of "+30d" from nothing. */
static bool
parse_horizon(const char *text, int64_t *horizon)
{
    char offset[32];
    struct mtl_error error;

    if (text == NULL)
        return true;
    if (snprintf(offset, sizeof(offset), "+%s", text) < (int)sizeof(offset) &&
        mtl_time_parse(offset, 0, horizon, &error) && *horizon > 0)
        return true;
    mtl_cannot("--horizon: '%s' is not a duration; give one such as 30d, 12h or 8w", text);
    return false;
}

static bool
parse(int argc, char **argv, struct arguments *arguments)
{
    static const char *const roles[] = {"client", "server", NULL};
    struct mtl_check_request *request = &arguments->request;
    const struct mtl_option options[] = {
        {.name = "role", .text = &request->role, .choices = roles},
        {.name = "trust", .text = &request->trust},
        {.name = "stack", .text = &request->stack},
        {.name = "at", .text = &arguments->at},
        {.name = "horizon", .text = &arguments->horizon},
        {.name = "format", .letter = 'f', .take = mtl_reports_take_format, .context = &arguments->reports},
        {.name = "output", .letter = 'o', .take = mtl_reports_take_output, .context = &arguments->reports},
    };
    int operands;

    if (!mtl_options_parse(options, sizeof(options) / sizeof(options[0]), &arguments->common, argc, argv, &operands))
        return false;
    if (operands == 0) {
        mtl_cannot("check: give at least one file or directory; see: mtlslint check --help");
        return false;
    }
    request->paths = (const char *const *)&argv[1];
    request->path_count = (size_t)operands;
    return mtl_reports_settle(&arguments->reports) && mtl_option_time("at", arguments->at, &request->now) &&
           parse_horizon(arguments->horizon, &request->horizon);
}

static enum mtl_exit
check(struct mtl_session *session, const struct arguments *arguments)
{
    const struct mtl_report_options wanted = {0};
    const struct mtl_check *result;
    enum mtl_exit status;

    if (!mtl_check(session, &arguments->request, &result))
        return mtl_cannot("%s", mtl_session_error(session));
    status = mtl_check_fails(result, wanted.fail_on) ? MTL_EXIT_FINDINGS : MTL_EXIT_CLEAN;
    return mtl_reports_write(&arguments->reports, session, result, &wanted, arguments->common.color, status);
}

static enum mtl_exit
run(int argc, char **argv)
{
    struct arguments arguments = {0};
    struct mtl_session *session;
    enum mtl_exit status;

    if (!parse(argc, argv, &arguments))
        return MTL_EXIT_CANNOT;
    session = mtl_session_new();
    status = check(session, &arguments);
    mtl_session_free(session);
    return status;
}

const struct mtl_command command_check = {
    .name = "check",
    .summary = "find what is wrong with certificates, bundles and trust stores",
    .usage = usage,
    .run = run,
};
