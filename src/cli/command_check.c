/* mtlslint check PATH...: what is wrong with these files. SPDX-License-Identifier: Apache-2.0 */
#include "base/base.h"
#include "cli/options.h"
#include "cli/project.h"
#include "cli/reports.h"
#include "mtlslint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_JOBS 1024UL

static const char usage[] =
    "usage: mtlslint check [OPTIONS] [PATH...]\n"
    "       mtlslint [PATH...]\n"
    "\n"
    "Reads files and directories, tells bundles, trust stores, keys and CRLs apart by what they hold, and reports\n"
    "what will make a TLS handshake fail, with file, line, reason and a fix. Without PATH: the current directory.\n"
    "In directories, hidden ones, node_modules and what .gitignore names are left out. A certificate that lies in one\n"
    "alone in its file, without its key, is looked at with the intermediates that lie there likewise.\n"
    "Judges every handshake that the project file names: .mtlslint.yaml, from PATH upwards to the directory that\n"
    "holds .git (docs/PROJECT-FILE.md). Options count more than the environment, and that more than the project file.\n"
    "\n"
    "  --role client|server  whose bundles these are; some rules need it, others get more exact\n"
    "  --name HOST           the host or address that clients ask for; servers' certificates are held to it\n"
    "  --trust FILE|DIR      judge each bundle against this trust store, and check the store too\n"
    "  --depth N             intermediates that peers allow (ssl_verify_depth, SSLVerifyDepth); longer chains are "
    "errors\n"
    "  --stack ID            the TLS stack that judges; openssl-3.0 unless given\n"
    "  --at TIME             judge at this time: 2026-12-31, 2026-12-31T10:00Z, +30d; now unless given\n"
    "  --horizon DURATION    what ends sooner counts as expiring: 30d unless given; 12h, 8w, 1y; or MTLSLINT_HORIZON\n"
    "  --config FILE         the project file, instead of the one found; or MTLSLINT_CONFIG\n"
    "  --isolated            no project file\n"
    "  --store-password-file FILE\n"
    "                        passwords of PKCS#12 files, one on a line; none and \"changeit\" are tried in any case\n"
    "  --public              hold every authority to what binds only those that browsers trust\n"
    "  --strict              what RFC 5280 forbids is an error, even if every stack puts up with it\n"
    "  --jobs N              threads; as many as there are processors unless given\n"
    "\n"
    "Which findings count. RULES are codes, the beginning of codes (MTL1) or names, with commas between; these "
    "options\n"
    "may be repeated:\n"
    "  --select RULES        only these rules\n"
    "  --ignore RULES        not these, selected or not\n"
    "  --severity RULE=LEVEL error, warning or info instead of the usual level\n"
    "  --baseline FILE       leave out the findings in this JSON report, unless they became graver\n"
    "  --write-baseline FILE write all findings there for --baseline, report nothing, end with 0\n"
    "  --fail-on LEVEL       error (default), warning, info or never: the least that makes the exit status 1\n"
    "  --exit-zero           0 instead of 1, for jobs that upload a report\n"
    "  --allow-empty         files without any certificate are no error\n"
    "\n"
    "  -f, --format FORMAT   full (default), concise, json, jsonl, sarif, github, gitlab, junit, checkstyle; the "
    "default\n"
    "                        can be set in the environment as MTLSLINT_FORMAT (docs/OUTPUT.md)\n"
    "  -o, --output FILE     write there instead of to standard output. Several reports: -f full -f sarif -o FILE;\n"
    "                        an -o belongs to the -f before it\n"
    "  -q, --quiet           print nothing if nothing is found\n"
    "  --color WHEN          auto, always or never\n"
    "\n"
    "Exit status: 0 no errors (warnings and notes may have been printed), 1 at least one error, 2 a path could not be\n"
    "read or no certificate was found. mtlslint rules lists what is looked for; mtlslint explain CODE tells more.\n";

struct arguments {
    struct mtl_common_options common;
    struct mtl_check_request request;
    struct mtl_reports reports;
    const char *at, *horizon, *jobs, *depth, *fail_on, *write_baseline, *store_password_file;
    struct mtl_option_list select, ignore, severity;
    struct mtl_project_options project;
    bool quiet, exit_zero;
    char root[4096];
};

static const char *const fail_on_words[] = {"error", "warning", "info", "never", NULL};

static enum mtl_fail_on
fail_on(const struct arguments *arguments)
{
    size_t index = 0;

    while (arguments->fail_on != NULL && strcmp(fail_on_words[index], arguments->fail_on) != 0)
        index++;
    return (enum mtl_fail_on)index;
}

static bool
parse_jobs(const char *text, unsigned *jobs)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    char *end;
    unsigned long number;

    *jobs = processors > 0 ? (unsigned)processors : 1;
    if (text == NULL)
        return true;
    number = strtoul(text, &end, 10);
    if (text[0] >= '0' && text[0] <= '9' && *end == '\0' && number > 0 && number <= MAX_JOBS) {
        *jobs = (unsigned)number;
        return true;
    }
    mtl_cannot("--jobs: '%s' is not a number of threads; give one from 1 to %lu", text, MAX_JOBS);
    return false;
}

/* A list has room for every argument; all lists are in one block, which the first one owns. */
static bool
make_lists(struct arguments *arguments, int argc)
{
    const char **items = calloc(3 * (size_t)argc, sizeof(*items));

    if (items == NULL) {
        mtl_cannot("check: out of memory");
        return false;
    }
    arguments->select.items = items;
    arguments->ignore.items = items + argc;
    arguments->severity.items = items + 2 * argc;
    return true;
}

static bool
parse_options(int argc, char **argv, struct arguments *arguments, int *operands)
{
    static const char *const roles[] = {"client", "server", NULL};
    struct mtl_check_request *request = &arguments->request;
    const struct mtl_option options[] = {
        {.name = "role", .text = &request->role, .choices = roles},
        {.name = "name", .text = &request->name},
        {.name = "trust", .offers = "file", .text = &request->trust},
        {.name = "depth", .text = &arguments->depth},
        {.name = "stack", .offers = "stack", .text = &request->stack},
        {.name = "at", .text = &arguments->at},
        {.name = "horizon", .text = &arguments->horizon},
        {.name = "config", .offers = "file", .text = &arguments->project.config},
        {.name = "isolated", .flag = &arguments->project.isolated},
        {.name = "store-password-file", .offers = "file", .text = &arguments->store_password_file},
        {.name = "public", .flag = &request->as_public},
        {.name = "strict", .flag = &request->strict},
        {.name = "jobs", .text = &arguments->jobs},
        {.name = "select", .offers = "rule", .list = &arguments->select},
        {.name = "ignore", .offers = "rule", .list = &arguments->ignore},
        {.name = "severity", .offers = "rule", .list = &arguments->severity},
        {.name = "baseline", .offers = "file", .text = &request->baseline},
        {.name = "write-baseline", .offers = "file", .text = &arguments->write_baseline},
        {.name = "fail-on", .text = &arguments->fail_on, .choices = fail_on_words},
        {.name = "exit-zero", .flag = &arguments->exit_zero},
        {.name = "allow-empty", .flag = &request->allow_empty},
        {.name = "quiet", .letter = 'q', .flag = &arguments->quiet},
        {.name = "format",
         .letter = 'f',
         .offers = "format",
         .take = mtl_reports_take_format,
         .context = &arguments->reports},
        {.name = "output",
         .letter = 'o',
         .offers = "file",
         .take = mtl_reports_take_output,
         .context = &arguments->reports},
    };

    return mtl_options_parse(options, sizeof(options) / sizeof(options[0]), &arguments->common, argc, argv, operands);
}

static bool
parse_numbers(struct arguments *arguments)
{
    arguments->request.has_depth = arguments->depth != NULL;
    arguments->request.is_dated = arguments->at != NULL;
    arguments->request.is_isolated = arguments->project.isolated;
    return mtl_option_number("depth", arguments->depth, 0, 1000, &arguments->request.depth) &&
           mtl_option_time("at", arguments->at, &arguments->request.now) &&
           mtl_option_horizon(mtl_option_or_variable(arguments->horizon, "MTLSLINT_HORIZON"),
                              &arguments->request.horizon) &&
           parse_jobs(arguments->jobs, &arguments->request.jobs);
}

/* A baseline is one JSON report of everything: what else was asked of reports contradicts it. */
static bool
settle_reports(struct arguments *arguments)
{
    if (arguments->write_baseline == NULL)
        return mtl_reports_settle(&arguments->reports);
    if (arguments->reports.count == 0 && arguments->request.baseline == NULL) {
        arguments->reports.items[arguments->reports.count++] =
            (struct mtl_report_target){.format = "json", .output = arguments->write_baseline};
        return true;
    }
    mtl_cannot("check: --write-baseline writes all findings as JSON; leave out --format, --output and --baseline");
    return false;
}

static bool
parse(int argc, char **argv, struct arguments *arguments)
{
    static const char *const here[] = {"."};
    struct mtl_check_request *request = &arguments->request;
    int operands;

    if (!make_lists(arguments, argc) || !parse_options(argc, argv, arguments, &operands))
        return false;
    request->paths = operands > 0 ? (const char *const *)&argv[1] : here;
    request->path_count = operands > 0 ? (size_t)operands : 1;
    request->select = arguments->select.items;
    request->select_count = arguments->select.count;
    request->ignore = arguments->ignore.items;
    request->ignore_count = arguments->ignore.count;
    request->severity = arguments->severity.items;
    request->severity_count = arguments->severity.count;
    request->root = getcwd(arguments->root, sizeof(arguments->root));
    return settle_reports(arguments) && parse_numbers(arguments);
}

/* A note beside the reports, where they do not say it themselves. */
static void
tell(const struct arguments *arguments, const struct mtl_check *result)
{
    size_t hidden = mtl_check_hidden(result);
    size_t count = 0;

    for (enum mtl_level level = MTL_LEVEL_INFO; level <= MTL_LEVEL_ERROR; level++)
        count += mtl_check_count(result, level);
    if (arguments->write_baseline != NULL)
        fprintf(stderr, "mtlslint: %zu finding%s written as the baseline\n", count, count == 1 ? "" : "s");
    else if (hidden > 0 && !mtl_reports_print(&arguments->reports, "full"))
        fprintf(stderr, "mtlslint: %zu known finding%s hidden by baseline\n", hidden, hidden == 1 ? "" : "s");
}

/* That of the first path that has one. */
static bool
open_project(struct mtl_session *session, struct arguments *arguments)
{
    struct mtl_check_request *request = &arguments->request;

    for (size_t i = 0; i < request->path_count && request->project == NULL; i++) {
        if (!mtl_project_open(session, &arguments->project, request->paths[i], &request->project))
            return false;
    }
    return true;
}

static enum mtl_exit
check(struct mtl_session *session, struct arguments *arguments)
{
    const struct mtl_report_options wanted = {.quiet = arguments->quiet, .fail_on = fail_on(arguments)};
    const struct mtl_check *result;
    enum mtl_exit status = MTL_EXIT_CLEAN;

    if (!mtl_passwords_open(session, arguments->store_password_file) || !open_project(session, arguments))
        return MTL_EXIT_CANNOT;
    if (!mtl_check(session, &arguments->request, &result))
        return mtl_cannot("%s", mtl_session_error(session));
    if (mtl_check_fails(result, wanted.fail_on) && !arguments->exit_zero && arguments->write_baseline == NULL)
        status = MTL_EXIT_FINDINGS;
    status = mtl_reports_write(&arguments->reports, session, result, &wanted, arguments->common.color, status);
    if (!arguments->quiet && status != MTL_EXIT_CANNOT)
        tell(arguments, result);
    return status;
}

static enum mtl_exit
run(int argc, char **argv)
{
    struct arguments arguments = {0};
    enum mtl_exit status = MTL_EXIT_CANNOT;

    if (parse(argc, argv, &arguments)) {
        struct mtl_session *session = mtl_session_new();

        status = check(session, &arguments);
        mtl_session_free(session);
    }
    free(arguments.select.items);
    return status;
}

const struct mtl_command command_check = {
    .name = "check",
    .summary = "find what is wrong with certificates, bundles and trust stores",
    .usage = usage,
    .offers = "file",
    .run = run,
};
