/* mtlslint schema: the JSON schema of the project file. SPDX-License-Identifier: Apache-2.0 */
#include "cli/options.h"
#include "cli/output.h"
#include "mtlslint.h"

static const char usage[] =
    "usage: mtlslint schema [-o FILE]\n"
    "\n"
    "Prints the JSON schema of the project file, .mtlslint.yaml, for editors and other programs that check it while\n"
    "it is written. mtlslint reads the file by the same table of keys.\n"
    "\n"
    "  -o, --output FILE     write there instead of to standard output\n";

static enum mtl_exit
run(int argc, char **argv)
{
    struct mtl_common_options common = {0};
    struct mtl_report_options options = {0};
    struct mtl_output output;
    struct mtl_session *session;
    bool reported;
    int operands;

    if (!mtl_options_parse(NULL, 0, &common, argc, argv, &operands))
        return MTL_EXIT_CANNOT;
    if (operands > 0)
        return mtl_cannot("schema: '%s' is one word too many", argv[1]);
    if (!mtl_output_open(&output, &common, &options))
        return MTL_EXIT_CANNOT;
    session = mtl_session_new();
    reported = mtl_report_schema(session, mtl_output_write, &output);
    mtl_session_free(session);
    return mtl_output_close(&output, reported, reported ? MTL_EXIT_CLEAN : MTL_EXIT_CANNOT);
}

const struct mtl_command command_schema = {
    .name = "schema",
    .summary = "print the JSON schema of the project file",
    .usage = usage,
    .run = run,
};
