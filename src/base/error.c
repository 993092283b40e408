/* Errors: where, what, and what to do. SPDX-License-Identifier: Apache-2.0 */
#include "base/base.h"

#include <stdio.h>

bool
mtl_error_set(struct mtl_error *error, const char *path, unsigned line, const char *hint, const char *format, ...)
{
    va_list arguments;

    if (error == NULL)
        return false;
    *error = (struct mtl_error){.line = line};
    snprintf(error->path, sizeof(error->path), "%s", path != NULL ? path : "");
    snprintf(error->hint, sizeof(error->hint), "%s", hint != NULL ? hint : "");
    va_start(arguments, format);
    vsnprintf(error->message, sizeof(error->message), format, arguments);
    va_end(arguments);
    return false;
}
