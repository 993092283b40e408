/*
 * The JSON schema of the project file, written from the table of keys that its reader reads by.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_REPORT_SCHEMA_H
#define MTL_REPORT_SCHEMA_H

#include "base/base.h"
#include "mtlslint.h"

/*
 * Draft 7. What it accepts the reader accepts, and the other way round; but for what a schema cannot see: syntax, keys
 * given twice, anchors, aliases, tags, several documents, and limits of size. False when write refused to go on.
 */
bool mtl_report_schema_json(mtl_write *write, void *context);

/* The manual page of the project file, for man(7), from the same table. False when write refused to go on. */
bool mtl_report_manual(struct mtl_arena *arena, const char *version, mtl_write *write, void *context);

#endif
