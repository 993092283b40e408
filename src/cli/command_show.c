/* mtlslint show: what is in files. SPDX-License-Identifier: Apache-2.0 */
#include "cli/options.h"
#include "cli/output.h"
#include "cli/project.h"

#include <stdlib.h>
#include <string.h>

/* Everything is read before anything is printed: half an answer would look like a whole one. */
static bool
read_all(struct mtl_session *session, char **paths, int count, const struct mtl_show **shows)
{
    for (int i = 0; i < count; i++) {
        if (!mtl_show(session, paths[i], &shows[i])) {
            mtl_cannot("%s", mtl_session_error(session));
            return false;
        }
    }
    return true;
}

static enum mtl_exit
print_all(struct mtl_session *session, const struct mtl_show *const *shows, int count,
          const struct mtl_common_options *common)
{
    struct mtl_report_options report;
    struct mtl_output output;
    bool done = true;

    if (!mtl_output_open(&output, common, &report))
        return MTL_EXIT_CANNOT;
    for (int i = 0; i < count && done; i++) {
        bool is_next = i > 0 && strcmp(common->format, "text") == 0;
        done = (!is_next || mtl_output_write(&output, "\n", 1)) &&
               mtl_report_show(session, shows[i], &report, mtl_output_write, &output);
    }
    return mtl_output_close(&output, done, MTL_EXIT_CLEAN);
}

static enum mtl_exit
run(int argc, char **argv)
{
    const char *passwords = NULL;
    const struct mtl_option options[] = {{.name = "store-password-file", .offers = "file", .text = &passwords}};
    struct mtl_common_options common;
    int count;

    if (!mtl_options_parse(options, 1, &common, argc, argv, &count))
        return MTL_EXIT_CANNOT;
    if (count == 0)
        return mtl_cannot("show: name a file or directory; see: mtlslint show --help");

    struct mtl_session *session = mtl_session_new();
    const struct mtl_show **shows = calloc((size_t)count, sizeof(const struct mtl_show *));
    enum mtl_exit status = MTL_EXIT_CANNOT;
    if (shows == NULL)
        abort();
    if (mtl_passwords_open(session, passwords) && read_all(session, argv + 1, count, shows))
        status = print_all(session, shows, count, &common);
    free((void *)shows);
    mtl_session_free(session);
    return status;
}

const struct mtl_command command_show = {
    .name = "show",
    .summary = "what is in a file: certificates, keys, CRLs, in order, with lines",
    .usage = "usage: mtlslint show FILE|DIRECTORY... [-f text|json] [-o FILE] [--color auto|always|never]\n"
             "                     [--store-password-file FILE]\n"
             "\n"
             "Prints what was read, in order: subjects, issuers, key ids, dates, names, purposes, keys, fingerprints,\n"
             "and notes on what is odd. PEM, DER, PKCS#7, PKCS#12, JKS and directories are read; of private keys only\n"
             "what is public is shown. With -f json there is one document per FILE.\n"
             "\n"
             "  --store-password-file FILE   passwords of PKCS#12 files, one on a line; none and \"changeit\" are "
             "tried anyway\n"
             "\n"
             "Exit status: 0 all was shown, 2 something could not be read.\n",
    .offers = "file",
    .run = run,
};
