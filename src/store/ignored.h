/*
 * What git does not track on purpose: the .gitignore files from a repository's root down to a directory.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_STORE_IGNORED_H
#define MTL_STORE_IGNORED_H

#include "base/base.h"

#define MTL_MAX_IGNORE_SIZE (256U << 10) /* bytes of a .gitignore file; of a larger one nothing is read */
#define MTL_MAX_IGNORE_LINES 4096U       /* patterns that hold at one place; more are not looked at */

/* The patterns that hold in one directory: its own and those of all above it. */
struct mtl_ignored;

/*
 * For the directory where a walk begins. Looks upwards to the directory that holds .git; without one only the
 * directory's own .gitignore counts. NULL when the directory cannot be found.
 */
const struct mtl_ignored *mtl_ignored_at(struct mtl_arena *arena, const char *directory);
/* Is the directory in a repository of git, whose checkout decides on the modes of files? */
bool mtl_is_in_repository(struct mtl_arena *arena, const char *directory);
/* For a directory of that name in the one before. */
const struct mtl_ignored *mtl_ignored_below(struct mtl_arena *arena, const struct mtl_ignored *above, const char *name);
/*
 * Is what has this name in the directory left out? By gitignore(5): the last pattern that matches decides, "!" takes
 * back. ignored may be NULL.
 */
bool mtl_is_ignored(const struct mtl_ignored *ignored, const char *name, bool is_directory);

#endif
