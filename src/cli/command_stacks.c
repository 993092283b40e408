/* mtlslint stacks [ID]: which TLS stacks are known, and what is known of them. SPDX-License-Identifier: Apache-2.0 */
#include "cli/options.h"
#include "cli/output.h"
#include "mtlslint.h"

static const char usage[] =
    "usage: mtlslint stacks [ID] [--markdown] [-f text|json] [-o FILE]\n"
    "\n"
    "Lists the TLS stacks whose handshakes can be predicted: their ids for --client-stack and --server-stack, the\n"
    "shorter word by which the newest is found, roles, versions, and where the facts come from. With ID, all that is\n"
    "known of one: what it checks and what it does not, its rules, its alerts, its log lines.\n"
    "\n"
    "  --markdown            as in docs/stacks: without ID the list and the alerts of all stacks\n"
    "  -f, --format FORMAT   text (default) or json; of the list only\n"
    "  -o, --output FILE     write there instead of to standard output\n"
    "  --color WHEN          auto, always or never\n";

static enum mtl_exit
report(const struct mtl_common_options *common, const char *id, bool markdown)
{
    struct mtl_report_options options = {0};
    struct mtl_output output;
    struct mtl_session *session;
    bool reported;

    if (!mtl_output_open(&output, common, &options))
        return MTL_EXIT_CANNOT;
    options.format = markdown ? "markdown" : common->format;
    session = mtl_session_new();
    reported = id == NULL ? mtl_report_stacks(session, &options, mtl_output_write, &output)
                          : mtl_report_stack(session, id, &options, mtl_output_write, &output);
    if (!reported && !output.is_broken)
        mtl_cannot("stacks: %s", mtl_session_error(session));
    mtl_session_free(session);
    return mtl_output_close(&output, reported, reported ? MTL_EXIT_CLEAN : MTL_EXIT_CANNOT);
}

static enum mtl_exit
run(int argc, char **argv)
{
    struct mtl_common_options common = {0};
    bool markdown = false;
    const struct mtl_option options[] = {{.name = "markdown", .flag = &markdown}};
    int operands;

    if (!mtl_options_parse(options, sizeof(options) / sizeof(options[0]), &common, argc, argv, &operands))
        return MTL_EXIT_CANNOT;
    if (operands > 1)
        return mtl_cannot("stacks: '%s' is one word too many; give one id", argv[2]);
    return report(&common, operands == 1 ? argv[1] : NULL, markdown);
}

const struct mtl_command command_stacks = {
    .name = "stacks",
    .summary = "list the TLS stacks, or tell what is known of one",
    .usage = usage,
    .offers = "stack",
    .run = run,
};
