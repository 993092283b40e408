/*
 * YAML as a tree of values. Internal to src/project.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_PROJECT_TREE_H
#define MTL_PROJECT_TREE_H

#include "project/project.h"

/* By the core schema of YAML 1.2 (10.3.2): `no` is a text, `1.30` a number, a date a text. */
enum mtl_node_kind { MTL_NODE_NULL, MTL_NODE_BOOL, MTL_NODE_NUMBER, MTL_NODE_TEXT, MTL_NODE_LIST, MTL_NODE_MAP };

struct mtl_node {
    enum mtl_node_kind kind;
    unsigned line;
    const char *text; /* of scalars, NUL-terminated; with a NUL inside if size says so */
    size_t size;
    const struct mtl_node *first; /* of a LIST its items, of a MAP its keys, which are TEXT */
    size_t count;
    const struct mtl_node *next;  /* item or key */
    const struct mtl_node *value; /* of a key */
};

/* *root is NULL for a file without a value. Reads no more than the limits of project.h allow. */
bool mtl_tree_parse(struct mtl_arena *arena, const char *path, struct mtl_slice bytes, const struct mtl_node **root,
                    struct mtl_error *error);
/* "a number", "a list" */
const char *mtl_node_text(const struct mtl_node *node);

#endif
