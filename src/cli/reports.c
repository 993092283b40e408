/* The reports of mtlslint check. SPDX-License-Identifier: Apache-2.0 */
#include "cli/reports.h"

#include "base/base.h"
#include "cli/output.h"

#include <stdlib.h>
#include <string.h>

#define MAX_FORMATS 32

bool
mtl_reports_take_format(void *context, const char *value)
{
    struct mtl_reports *reports = context;

    if (reports->count == MTL_MAX_REPORTS) {
        mtl_cannot("check: more than %d reports", MTL_MAX_REPORTS);
        return false;
    }
    reports->items[reports->count++].format = value;
    return true;
}

bool
mtl_reports_take_output(void *context, const char *value)
{
    struct mtl_reports *reports = context;

    if (reports->count == 0)
        reports->count = 1;
    if (reports->items[reports->count - 1].output != NULL) {
        mtl_cannot("check: two files for one report, '%s' and '%s'; give each a format: -f FORMAT -o FILE",
                   reports->items[reports->count - 1].output, value);
        return false;
    }
    reports->items[reports->count - 1].output = value;
    return true;
}

/* ---- what was given ------------------------------------------------------------------------------------------- */

/* where: what the name stems from, for the message. */
static bool
check_format(const char *format, const char *where)
{
    const char *names[MAX_FORMATS] = {"text"};
    size_t count = 1;
    const char *nearest;

    for (; count < MAX_FORMATS && mtl_check_format(count - 1) != NULL; count++)
        names[count] = mtl_check_format(count - 1);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], format) == 0)
            return true;
    }
    nearest = mtl_text_nearest(format, names, count);
    if (nearest != NULL)
        mtl_cannot("check: %s: unknown format '%s'; did you mean '%s'?", where, format, nearest);
    else
        mtl_cannot("check: %s: unknown format '%s'; see: mtlslint check --help", where, format);
    return false;
}

static bool
is_standard_output(const char *output)
{
    return output == NULL || strcmp(output, "-") == 0;
}

bool
mtl_reports_print(const struct mtl_reports *reports, const char *format)
{
    for (size_t i = 0; i < reports->count; i++) {
        if (is_standard_output(reports->items[i].output) && strcmp(reports->items[i].format, format) == 0)
            return true;
    }
    return false;
}

static bool
check_places(const struct mtl_reports *reports)
{
    for (size_t i = 0; i < reports->count; i++) {
        for (size_t j = 0; j < i; j++) {
            const char *here = reports->items[i].output;
            const char *there = reports->items[j].output;

            if (is_standard_output(here) && is_standard_output(there)) {
                mtl_cannot("check: only one report can go to standard output; give the others a file: -f %s -o FILE",
                           reports->items[i].format);
                return false;
            }
            if (!is_standard_output(here) && !is_standard_output(there) && strcmp(here, there) == 0) {
                mtl_cannot("check: two reports for one file, '%s'", here);
                return false;
            }
        }
    }
    return true;
}

bool
mtl_reports_settle(struct mtl_reports *reports)
{
    const char *preset = getenv("MTLSLINT_FORMAT");

    if (preset == NULL || preset[0] == '\0')
        preset = "full";
    else if (!check_format(preset, "MTLSLINT_FORMAT"))
        return false;
    if (reports->count == 0)
        reports->count = 1;
    for (size_t i = 0; i < reports->count; i++) {
        if (reports->items[i].format == NULL)
            reports->items[i].format = preset;
        if (!check_format(reports->items[i].format, "--format"))
            return false;
        if (strcmp(reports->items[i].format, "text") == 0)
            reports->items[i].format = "full";
    }
    return check_places(reports);
}

/* ---- writing -------------------------------------------------------------------------------------------------- */

enum mtl_exit
mtl_reports_write(const struct mtl_reports *reports, struct mtl_session *session, const struct mtl_check *check,
                  const struct mtl_report_options *wanted, const char *color, enum mtl_exit status)
{
    for (size_t i = 0; i < reports->count; i++) {
        const struct mtl_common_options common = {
            .format = reports->items[i].format, .output = reports->items[i].output, .color = color};
        struct mtl_report_options options;
        struct mtl_output output;
        bool reported;

        if (!mtl_output_open(&output, &common, &options)) {
            status = MTL_EXIT_CANNOT;
            continue;
        }
        options.quiet = wanted->quiet;
        options.fail_on = wanted->fail_on;
        reported = mtl_report_check(session, check, &options, mtl_output_write, &output);
        status = mtl_output_close(&output, reported, status);
    }
    return status;
}
