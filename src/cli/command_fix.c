/* mtlslint fix BUNDLE -o NEW: a corrected bundle in a new file. SPDX-License-Identifier: Apache-2.0 */
#include "cli/new_file.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/project.h"
#include "mtlslint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: mtlslint fix BUNDLE -o NEW [OPTIONS]\n"
    "\n"
    "Writes a corrected bundle to a new file: the leaf first, then each certificate after the one it issued; without\n"
    "roots, repetitions and certificates that do not belong to it; missing intermediates are taken from the files\n"
    "given. BUNDLE is PEM, DER or PKCS#7 and is not changed; NEW is PEM without comments. Certificates are copied\n"
    "octet for octet, private keys never.\n"
    "NEW is written only if it is proven: read back, it has no finding of level error, none about the chain that\n"
    "BUNDLE has not, no stack accepts BUNDLE alone, and with --trust the stack that judges accepts it. If BUNDLE "
    "holds\n"
    "the right certificates in the right order, NEW holds the same.\n"
    "Never is anything added to what is trusted: a trust store is refused, and a bundle that only more trust would\n"
    "make acceptable is not made right.\n"
    "\n"
    "  -o, --output NEW      the file to write; it must not exist. -: standard output, and the report to standard\n"
    "                        error\n"
    "  --overwrite           replace NEW if it exists; never a file that is read\n"
    "  --also PATH           file or directory from which missing intermediates may come; may be given again\n"
    "  --key FILE            its private key: it has to fit a leaf of BUNDLE, and of several leaves the one it fits "
    "is\n"
    "                        meant\n"
    "  --trust FILE|DIR      what the peers trust: of several ways to the top, the one that ends there is taken\n"
    "  --role client|server  whose bundle it is; told from the leaf's extendedKeyUsage unless given\n"
    "  --name HOST           the host or address that clients ask for\n"
    "  --stack ID            the TLS stack that judges; openssl-3.0 unless given. The others are asked, too\n"
    "  --depth N, --horizon DURATION, --strict, --public\n"
    "                        as of mtlslint check\n"
    "  --at TIME             judge at this time: 2026-12-31, 2026-12-31T10:00Z, +30d; now unless given\n"
    "  --config FILE         the project file, instead of the one found from BUNDLE upwards; or MTLSLINT_CONFIG. Its\n"
    "                        handshakes that present BUNDLE tell the key, and the trust, name and stack of peers, "
    "where\n"
    "                        they agree and no option says otherwise; what it says of files and findings counts, too\n"
    "  --isolated            no project file\n"
    "  -f, --format FORMAT   of the report: text (default) or json (docs/JSON-FIX.md)\n"
    "  --color WHEN          auto, always or never\n"
    "\n"
    "Exit status: 0 NEW is written and proven, 1 the bundle could not be made right, and nothing is written; 2 the "
    "job\n"
    "could not be done: no leaf, several leaves, a trust store, a file that cannot be read or written.\n";

struct arguments {
    struct mtl_common_options common;
    struct mtl_fix_request request;
    struct mtl_option_list also;
    struct mtl_project_options project;
    const char *at, *horizon, *depth;
    bool overwrite;
};

static bool
is_standard_output(const struct arguments *arguments)
{
    return strcmp(arguments->common.output, "-") == 0;
}

static bool
parse_options(int argc, char **argv, struct arguments *arguments, int *operands)
{
    static const char *const roles[] = {"client", "server", NULL};
    struct mtl_fix_request *request = &arguments->request;
    const struct mtl_option options[] = {
        {.name = "overwrite", .flag = &arguments->overwrite},
        {.name = "also", .offers = "file", .list = &arguments->also},
        {.name = "key", .offers = "file", .text = &request->key},
        {.name = "trust", .offers = "file", .text = &request->trust},
        {.name = "role", .text = &request->role, .choices = roles},
        {.name = "name", .text = &request->name},
        {.name = "stack", .offers = "stack", .text = &request->stack},
        {.name = "depth", .text = &arguments->depth},
        {.name = "at", .text = &arguments->at},
        {.name = "horizon", .text = &arguments->horizon},
        {.name = "strict", .flag = &request->strict},
        {.name = "public", .flag = &request->as_public},
        {.name = "config", .offers = "file", .text = &arguments->project.config},
        {.name = "isolated", .flag = &arguments->project.isolated},
    };

    return mtl_options_parse(options, sizeof(options) / sizeof(options[0]), &arguments->common, argc, argv, operands);
}

static bool
parse(int argc, char **argv, struct arguments *arguments)
{
    struct mtl_fix_request *request = &arguments->request;
    int operands;

    if (!parse_options(argc, argv, arguments, &operands))
        return false;
    if (operands != 1) {
        mtl_cannot(operands == 0 ? "fix: name the bundle to correct; see: mtlslint fix --help"
                                 : "fix: one bundle at a time; other files are named with --also");
        return false;
    }
    if (arguments->common.output == NULL) {
        mtl_cannot("fix: name the new file: -o NEW; or -o - for standard output");
        return false;
    }
    request->bundle = argv[1];
    request->also = arguments->also.items;
    request->also_count = arguments->also.count;
    request->output = is_standard_output(arguments) ? NULL : arguments->common.output;
    request->has_depth = arguments->depth != NULL;
    return mtl_option_number("depth", arguments->depth, 0, 1000, &request->depth) &&
           mtl_option_horizon(mtl_option_or_variable(arguments->horizon, "MTLSLINT_HORIZON"), &request->horizon) &&
           mtl_option_time("at", arguments->at, &request->now);
}

/* ---- where the result may not go ------------------------------------------------------------------------------ */

static bool
refuse(const char *path, const char *why)
{
    mtl_cannot("fix: %s: %s", path, why);
    return false;
}

/* Its directory is what the peers trust: any file in it would be trusted, too. */
static bool
is_in_directory(const char *path, const char *directory)
{
    const char *slash = strrchr(path, '/');
    size_t size = slash == NULL ? 0 : (size_t)(slash - path) + 1;
    char *parent = malloc(size + 2);
    bool is_in;

    if (parent == NULL)
        abort();
    memcpy(parent, path, size);
    memcpy(parent + size, ".", 2);
    is_in = mtl_file_is(parent, directory);
    free(parent);
    return is_in;
}

static bool
may_write(const struct arguments *arguments)
{
    const struct mtl_fix_request *request = &arguments->request;
    const char *path = request->output;

    if (path == NULL)
        return true;
    if (mtl_file_is(path, request->bundle))
        return refuse(path, "is the bundle itself; give another file, and replace the bundle when you have seen it");
    for (size_t i = 0; i < request->also_count; i++)
        if (mtl_file_is(path, request->also[i]))
            return refuse(path, "is read with --also; give another file");
    if (request->key != NULL && mtl_file_is(path, request->key))
        return refuse(path, "is the private key; give another file");
    if (request->trust != NULL && (mtl_file_is(path, request->trust) || is_in_directory(path, request->trust)))
        return refuse(path, "is trusted, or would be; give another file");
    if (mtl_file_exists(path) && !arguments->overwrite)
        return refuse(path, "exists; give another file, or --overwrite");
    return true;
}

/* ---- results -------------------------------------------------------------------------------------------------- */

static bool
write_bundle(const struct arguments *arguments, const char *pem, size_t size)
{
    if (pem == NULL)
        return true;
    if (arguments->request.output != NULL)
        return mtl_file_write(arguments->request.output, pem, size, arguments->overwrite);
    if (fwrite(pem, 1, size, stdout) == size && fflush(stdout) == 0)
        return true;
    mtl_cannot("standard output: cannot be written");
    return false;
}

static enum mtl_exit
report_fixed(struct mtl_session *session, const struct arguments *arguments, const struct mtl_fixed *fixed,
             enum mtl_exit status)
{
    struct mtl_common_options common = arguments->common;
    struct mtl_report_options options;
    struct mtl_output output;
    bool reported;

    common.output = NULL;
    if (is_standard_output(arguments) && strcmp(common.color, "auto") == 0)
        common.color = "never";
    if (!mtl_output_open(&output, &common, &options))
        return MTL_EXIT_CANNOT;
    if (is_standard_output(arguments))
        output.stream = stderr;
    reported = mtl_report_fixed(session, fixed, &options, mtl_output_write, &output);
    return mtl_output_close(&output, reported, status);
}

static bool
ask_project(struct mtl_session *session, struct arguments *arguments)
{
    struct mtl_fix_request *request = &arguments->request;

    if (!mtl_project_open(session, &arguments->project, request->bundle, &request->project))
        return false;
    if (request->project == NULL || mtl_project_bundle(session, request->project, request))
        return true;
    mtl_cannot("%s", mtl_session_error(session));
    return false;
}

static enum mtl_exit
fix(struct mtl_session *session, struct arguments *arguments)
{
    const struct mtl_fixed *fixed;
    const char *pem;
    size_t size;

    if (!ask_project(session, arguments) || !may_write(arguments))
        return MTL_EXIT_CANNOT;
    if (!mtl_fix_bundle(session, &arguments->request, &fixed))
        return mtl_cannot("%s", mtl_session_error(session));
    pem = mtl_fixed_pem(fixed, &size);
    if (!write_bundle(arguments, pem, size))
        return MTL_EXIT_CANNOT;
    return report_fixed(session, arguments, fixed, pem != NULL ? MTL_EXIT_CLEAN : MTL_EXIT_FINDINGS);
}

static enum mtl_exit
run(int argc, char **argv)
{
    struct arguments arguments = {0};
    enum mtl_exit status = MTL_EXIT_CANNOT;

    arguments.also.items = calloc((size_t)argc, sizeof(*arguments.also.items));
    if (arguments.also.items == NULL)
        return mtl_cannot("fix: out of memory");
    if (parse(argc, argv, &arguments)) {
        struct mtl_session *session = mtl_session_new();

        status = fix(session, &arguments);
        mtl_session_free(session);
    }
    free(arguments.also.items);
    return status;
}

const struct mtl_command command_fix = {
    .name = "fix",
    .summary = "write a corrected bundle to a new file, and prove it",
    .usage = usage,
    .offers = "file",
    .run = run,
};
