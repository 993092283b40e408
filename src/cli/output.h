/* Where a report goes: standard output, or a file that appears only when it is complete. */
#ifndef MTL_CLI_OUTPUT_H
#define MTL_CLI_OUTPUT_H

#include "cli/options.h"
#include "mtlslint.h"

#include <stdio.h>

struct mtl_output {
    FILE *stream;
    const char *path; /* NULL: standard output */
    char *temporary;  /* renamed to path at the end; NULL: written in place (a device, a FIFO) */
    bool is_broken;
};

/* Opens what the options ask for and settles colour, character set and width. False after a message. */
bool mtl_output_open(struct mtl_output *output, const struct mtl_common_options *common,
                     struct mtl_report_options *report);
/* An mtl_write; context is the output. */
bool mtl_output_write(void *context, const char *bytes, size_t size);
/*
 * Closes; keep says whether the report was made. Returns status if all was written, otherwise MTL_EXIT_CANNOT after a
 * message. A reader that went away early (head) is no error worth a message.
 */
enum mtl_exit mtl_output_close(struct mtl_output *output, bool keep, enum mtl_exit status);

#endif
