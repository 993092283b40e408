/* Where a report goes. SPDX-License-Identifier: Apache-2.0 */
#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NARROWEST 40
#define WIDEST 400

/* ---- the terminal --------------------------------------------------------------------------------------------- */

static bool
is_set(const char *variable)
{
    const char *value = getenv(variable);

    return value != NULL && value[0] != '\0';
}

static bool
is_zero(const char *variable)
{
    const char *value = getenv(variable);

    return value != NULL && strcmp(value, "0") == 0;
}

/* no-color.org, bixense.com/clicolors */
static bool
wants_color(const struct mtl_common_options *common)
{
    const char *terminal = getenv("TERM");

    if (strcmp(common->color, "auto") != 0)
        return strcmp(common->color, "always") == 0;
    if (is_set("NO_COLOR") || common->output != NULL)
        return false;
    if (is_set("CLICOLOR_FORCE") && !is_zero("CLICOLOR_FORCE"))
        return true;
    return isatty(STDOUT_FILENO) && terminal != NULL && strcmp(terminal, "dumb") != 0;
}

static int
width(void)
{
    const char *columns = getenv("COLUMNS");
    long value = columns != NULL ? strtol(columns, NULL, 10) : 0;

    return value >= NARROWEST && value <= WIDEST ? (int)value : 0;
}

static bool
is_utf8(void)
{
    return setlocale(LC_CTYPE, "") != NULL && strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/* ---- files ---------------------------------------------------------------------------------------------------- */

static char *
temporary_name(const char *path)
{
    size_t size = strlen(path) + 32;
    char *name = malloc(size);

    if (name != NULL)
        snprintf(name, size, "%s.%ld.tmp", path, (long)getpid());
    return name;
}

/* A new file beside the old one; what is no regular file (/dev/stdout, a FIFO) is written in place. */
static bool
open_file(struct mtl_output *output)
{
    struct stat status;
    bool in_place = stat(output->path, &status) == 0 && !S_ISREG(status.st_mode);
    int descriptor = -1;

    if (in_place) {
        descriptor = open(output->path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    } else if ((output->temporary = temporary_name(output->path)) != NULL) {
        descriptor = open(output->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    }
    if (descriptor >= 0)
        output->stream = fdopen(descriptor, "w");
    if (output->stream != NULL)
        return true;
    mtl_cannot("%s: cannot be written: %s", output->path, strerror(errno));
    free(output->temporary);
    output->temporary = NULL;
    return false;
}

bool
mtl_output_open(struct mtl_output *output, const struct mtl_common_options *common, struct mtl_report_options *report)
{
    *output = (struct mtl_output){.path = common->output};
    *report = (struct mtl_report_options){
        .format = common->format, .color = wants_color(common), .unicode = is_utf8(), .width = width()};
    if (output->path != NULL && strcmp(output->path, "-") != 0)
        return open_file(output);
    output->path = NULL;
    output->stream = stdout;
    return true;
}

bool
mtl_output_write(void *context, const char *bytes, size_t size)
{
    struct mtl_output *output = context;

    if (fwrite(bytes, 1, size, output->stream) != size)
        output->is_broken = true;
    return !output->is_broken;
}

/* Flushes and closes; 0 or the error. */
static int
finish_stream(struct mtl_output *output)
{
    errno = 0;
    bool failed = fflush(output->stream) != 0 || output->is_broken;
    int reason = errno;

    if (output->path != NULL && fclose(output->stream) != 0 && !failed) {
        failed = true;
        reason = errno;
    }
    return failed ? (reason != 0 ? reason : EIO) : 0;
}

enum mtl_exit
mtl_output_close(struct mtl_output *output, bool keep, enum mtl_exit status)
{
    int failure = finish_stream(output);

    if (output->temporary != NULL) {
        if (failure == 0 && keep && rename(output->temporary, output->path) != 0)
            failure = errno;
        if (failure != 0 || !keep)
            unlink(output->temporary);
        free(output->temporary);
        output->temporary = NULL;
    }
    if (failure == 0)
        return status;
    if (failure != EPIPE)
        mtl_cannot("%s: cannot be written: %s", output->path != NULL ? output->path : "standard output",
                   strerror(failure));
    return MTL_EXIT_CANNOT;
}
