/* mtlslint rules: what mtlslint check looks for. SPDX-License-Identifier: Apache-2.0 */
#include "cli/options.h"
#include "cli/output.h"
#include "mtlslint.h"

#include <string.h>

static const char usage[] = "usage: mtlslint rules [--format table|json|md] [-o FILE]\n"
                            "\n"
                            "Lists the rules of mtlslint check: code, usual severity, name, title.\n"
                            "\n"
                            "  -f, --format FORMAT   table (default), json, or md: whole pages, as in docs/RULES.md\n"
                            "  --markdown            the same as --format md\n"
                            "  -o, --output FILE     write there instead of to standard output\n"
                            "  --color WHEN          auto, always or never\n";

/* The library's word for a format. */
static const char *
library_format(const char *format, bool markdown)
{
    if (markdown || (format != NULL && strcmp(format, "md") == 0))
        return "markdown";
    return format == NULL || strcmp(format, "table") == 0 ? "text" : format;
}

static enum mtl_exit
list(const struct mtl_common_options *common, const char *format)
{
    struct mtl_report_options report = {0};
    struct mtl_output output;
    struct mtl_session *session;
    bool reported;

    if (!mtl_output_open(&output, common, &report))
        return MTL_EXIT_CANNOT;
    report.format = format;
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
    static const char *const formats[] = {"table", "json", "md", "text", "markdown", NULL};
    const char *format = NULL;
    const struct mtl_option options[] = {
        {.name = "markdown", .flag = &markdown},
        {.name = "format", .letter = 'f', .text = &format, .choices = formats},
    };
    int operands;

    if (!mtl_options_parse(options, sizeof(options) / sizeof(options[0]), &common, argc, argv, &operands))
        return MTL_EXIT_CANNOT;
    if (operands > 0)
        return mtl_cannot("rules: '%s' is one word too many; see: mtlslint explain %s", argv[1], argv[1]);
    return list(&common, library_format(format, markdown));
}

const struct mtl_command command_rules = {
    .name = "rules",
    .summary = "list the rules of check",
    .usage = usage,
    .run = run,
};
