/* mtlslint rules: what mtlslint check looks for. SPDX-License-Identifier: Apache-2.0 */
#include "cli/options.h"
#include "cli/output.h"
#include "mtlslint.h"

static const char usage[] = "usage: mtlslint rules [--markdown] [-o FILE]\n"
                            "\n"
                            "Lists the rules of mtlslint check: code, usual severity, name, title.\n"
                            "\n"
                            "  --markdown            their whole pages, as in docs/RULES.md\n"
                            "  -o, --output FILE     write there instead of to standard output\n"
                            "  --color WHEN          auto, always or never\n";

static enum mtl_exit
list(const struct mtl_common_options *common, bool markdown)
{
    struct mtl_report_options report = {0};
    struct mtl_output output;
    struct mtl_session *session;
    bool reported;

    if (!mtl_output_open(&output, common, &report))
        return MTL_EXIT_CANNOT;
    report.format = markdown ? "markdown" : common->format;
    session = mtl_session_new();
    reported = mtl_report_rules(session, &report, mtl_output_write, &output);
    if (!reported && !output.is_broken)
        mtl_cannot("rules: %s", mtl_session_error(session));
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
    if (operands > 0)
        return mtl_cannot("rules: '%s' is one word too many; see: mtlslint explain %s", argv[1], argv[1]);
    return list(&common, markdown);
}

const struct mtl_command command_rules = {
    .name = "rules",
    .summary = "list the rules of check",
    .usage = usage,
    .run = run,
};
