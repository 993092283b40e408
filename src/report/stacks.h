/*
 * What is known of TLS stacks, from their tables. Internal to src/report and src/api.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_REPORT_STACKS_H
#define MTL_REPORT_STACKS_H

#include "report/report.h"
#include "stack/stack.h"

/* All stacks: a line each; as Markdown docs/stacks/README.md, with all alerts; or JSON. */
bool mtl_report_stacks_text(struct mtl_arena *arena, const struct mtl_report_options *options, mtl_write *write,
                            void *context);
bool mtl_report_stacks_json(struct mtl_arena *arena, mtl_write *write, void *context);
/* The page of one stack, as text or Markdown. */
bool mtl_report_stack_text(struct mtl_arena *arena, const struct mtl_stack *stack,
                           const struct mtl_report_options *options, mtl_write *write, void *context);

/* "client and server", "1.2 and 1.3" */
const char *mtl_roles_text(const struct mtl_stack *stack);
const char *mtl_versions_text(const struct mtl_stack *stack);
/* The alias by which it is found, if it is the newest of it; otherwise NULL. */
const char *mtl_stack_alias(struct mtl_arena *arena, const struct mtl_stack *stack);
/* What a peer notices of a chain's rejection with these alerts: "48", "close", "HTTP 400"; "40, 116" by version. */
const char *mtl_shown_in_both(struct mtl_arena *arena, const struct mtl_stack *stack, enum mtl_role role,
                              const uint8_t alerts[MTL_TLS_COUNT]);

#endif
