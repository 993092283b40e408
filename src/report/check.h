/*
 * Reports about lint results and rules. Like report/report.h: they format and escape, and decide nothing.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_REPORT_CHECK_H
#define MTL_REPORT_CHECK_H

#include "lint/lint.h"
#include "mtlslint.h"

/* False when write refused to go on. */
bool mtl_report_check_text(struct mtl_arena *arena, const struct mtl_lint_result *result,
                           const struct mtl_report_options *options, mtl_write *write, void *context);
bool mtl_report_check_json(struct mtl_arena *arena, const struct mtl_lint_result *result, mtl_write *write,
                           void *context);

/* The list of rules, in order of code: a line each, or for markdown a page each. */
bool mtl_report_rules_text(struct mtl_arena *arena, const struct mtl_report_options *options, mtl_write *write,
                           void *context);
bool mtl_report_rules_markdown(struct mtl_arena *arena, const struct mtl_report_options *options, mtl_write *write,
                               void *context);
/* The page of one rule. */
bool mtl_report_rule_text(struct mtl_arena *arena, const struct mtl_rule *rule,
                          const struct mtl_report_options *options, mtl_write *write, void *context);

#endif
