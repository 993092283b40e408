/*
 * Single values of the project file, checked. Internal to src/project.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_PROJECT_VALUES_H
#define MTL_PROJECT_VALUES_H

#include "project/tree.h"

struct mtl_reader {
    struct mtl_arena *arena;
    const char *path;
    const char *folder;
    struct mtl_error *error;
};

/* Each returns false after an error that names the key. */
bool mtl_value_text(struct mtl_reader *reader, const char *key, const struct mtl_node *node,
                    struct mtl_project_text *out);
bool mtl_value_path(struct mtl_reader *reader, const char *key, const struct mtl_node *node,
                    struct mtl_project_text *out);
bool mtl_value_choice(struct mtl_reader *reader, const struct mtl_key *key, const struct mtl_node *node,
                      struct mtl_project_text *out);
bool mtl_value_hash(struct mtl_reader *reader, const char *key, const struct mtl_node *node,
                    struct mtl_project_text *out);
bool mtl_value_version(struct mtl_reader *reader, const char *key, const struct mtl_node *node,
                       struct mtl_project_text *out);
bool mtl_value_date(struct mtl_reader *reader, const char *key, const struct mtl_node *node,
                    struct mtl_project_number *out);
bool mtl_value_duration(struct mtl_reader *reader, const char *key, const struct mtl_node *node,
                        struct mtl_project_number *out);
bool mtl_value_number(struct mtl_reader *reader, const char *key, const struct mtl_node *node,
                      struct mtl_project_number *out);

#endif
