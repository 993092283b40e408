/*
 * What JSON reports share. Internal to src/report: the only folder that knows jansson.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_REPORT_JSON_H
#define MTL_REPORT_JSON_H

#include "base/base.h"
#include "handshake/handshake.h"
#include "mtlslint.h"

#include <jansson.h>

/* A string, or null for NULL. What is not valid UTF-8 is escaped as mtl_text_safe() does it. */
json_t *mtl_json_text(struct mtl_arena *arena, const char *text);
/* The same, with everything escaped that mtl_text_safe() escapes. */
json_t *mtl_json_path(struct mtl_arena *arena, const char *path);
/* A prediction as docs/JSON.md has it. */
json_t *mtl_json_prediction(struct mtl_arena *arena, const struct mtl_transcript *transcript);
struct mtl_finding;
/* A finding as docs/JSON-CHECK.md has it. */
json_t *mtl_json_finding(struct mtl_arena *arena, const struct mtl_finding *finding);
/* Writes and frees the document: indented by two, keys in the order they were set, a newline at the end. */
bool mtl_json_write(json_t *document, mtl_write *write, void *context);
/* The same on one line. */
bool mtl_json_write_line(json_t *document, mtl_write *write, void *context);

#endif
