/* The reports of mtlslint check: pairs of format and file, in the order given. */
#ifndef MTL_CLI_REPORTS_H
#define MTL_CLI_REPORTS_H

#include "cli/options.h"
#include "mtlslint.h"

#define MTL_MAX_REPORTS 16

struct mtl_report_target {
    const char *format; /* NULL: the default */
    const char *output; /* NULL: standard output */
};
struct mtl_reports {
    struct mtl_report_target items[MTL_MAX_REPORTS];
    size_t count;
};

/* For -f and -o, as mtl_option.take; context is the reports. An -o belongs to the -f before it. */
bool mtl_reports_take_format(void *context, const char *value);
bool mtl_reports_take_output(void *context, const char *value);
/*
 * Once all options are read: without any, one report goes to standard output, in the format of the environment's
 * MTLSLINT_FORMAT or in full. False after a message when a format is unknown or two reports go to one place.
 */
bool mtl_reports_settle(struct mtl_reports *reports);
/* Does one of them go to standard output in that format? */
bool mtl_reports_print(const struct mtl_reports *reports, const char *format);
/* Writes them all. Returns status, or MTL_EXIT_CANNOT after a message when one could not be written. */
enum mtl_exit mtl_reports_write(const struct mtl_reports *reports, struct mtl_session *session,
                                const struct mtl_check *check, const struct mtl_report_options *wanted,
                                const char *color, enum mtl_exit status);

#endif
