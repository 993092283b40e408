/* mtlslint explain CODE: the page of a rule. SPDX-License-Identifier: Apache-2.0 */
#include "cli/options.h"
#include "cli/output.h"
#include "mtlslint.h"

static const char usage[] =
    "usage: mtlslint explain CODE\n"
    "\n"
    "Explains a rule of mtlslint check: why what it finds breaks handshakes, and how to mend it.\n"
    "\n"
    "  CODE                  as in a finding, MTL104, or the rule's name, missing-intermediate\n"
    "  -o, --output FILE     write there instead of to standard output\n"
    "  --color WHEN          auto, always or never\n";

static enum mtl_exit
explain(const struct mtl_common_options *common, const char *rule)
{
    struct mtl_report_options report = {0};
    struct mtl_output output;
    struct mtl_session *session;
    bool reported;

    if (!mtl_output_open(&output, common, &report))
        return MTL_EXIT_CANNOT;
    session = mtl_session_new();
    reported = mtl_report_rule(session, rule, &report, mtl_output_write, &output);
    if (!reported && !output.is_broken)
        mtl_cannot("explain: %s", mtl_session_error(session));
    mtl_session_free(session);
    return mtl_output_close(&output, reported, reported ? MTL_EXIT_CLEAN : MTL_EXIT_CANNOT);
}

static enum mtl_exit
run(int argc, char **argv)
{
    struct mtl_common_options common = {0};
    int operands;

    if (!mtl_options_parse(NULL, 0, &common, argc, argv, &operands))
        return MTL_EXIT_CANNOT;
    if (operands != 1)
        return mtl_cannot("explain: give one rule, such as MTL104; mtlslint rules lists them");
    return explain(&common, argv[1]);
}

const struct mtl_command command_explain = {
    .name = "explain",
    .summary = "explain a rule of check",
    .usage = usage,
    .run = run,
};
