/* Reports of earlier runs, read back. Internal to the library. SPDX-License-Identifier: Apache-2.0 */
#ifndef MTL_REPORT_BASELINE_H
#define MTL_REPORT_BASELINE_H

#include "lint/lint.h"

/* The findings in a JSON document of mtlslint check. path is for messages; fails when it is none. */
bool mtl_baseline_parse(struct mtl_arena *arena, const char *path, struct mtl_slice bytes, struct mtl_known **known,
                        size_t *count, struct mtl_error *error);
/* The same from a file. */
bool mtl_baseline_read(struct mtl_arena *arena, const char *path, struct mtl_known **known, size_t *count,
                       struct mtl_error *error);

#endif
