/*
 * Reports about lint results and rules. Like report/report.h: they format and escape, and decide nothing.
 *
 * A format of `mtlslint check` is one file, reporter_<format>.c, found by its name.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_REPORT_CHECK_H
#define MTL_REPORT_CHECK_H

#include "lint/lint.h"
#include "mtlslint.h"
#include "report/report.h"

struct mtl_reporter {
    const char *name;  /* "sarif": the file's */
    const char *alias; /* another word for it; NULL: none */
    /* False when write refused to go on. */
    bool (*report)(struct mtl_arena *arena, const struct mtl_lint_result *result,
                   const struct mtl_report_options *options, mtl_write *write, void *context);
};

extern const struct mtl_reporter *const mtl_reporter_table[]; /* NULL-terminated, in order of name */
extern const size_t mtl_reporter_table_count;

/* By name or alias; NULL if there is none. */
const struct mtl_reporter *mtl_reporter_find(const char *name);

/* ---- what reporters share ------------------------------------------------------------------------------------- */

/* "12 known findings hidden by baseline" */
const char *mtl_hidden_text(struct mtl_arena *arena, const struct mtl_lint_result *result);
/* How many findings of that severity. */
size_t mtl_severity_count(const struct mtl_lint_result *result, enum mtl_severity severity);
/* At or above what the user lets fail? */
bool mtl_finding_fails(const struct mtl_finding *finding, enum mtl_fail_on fail_on);
/* The path from the result's root, safe to print. */
const char *mtl_finding_path(struct mtl_arena *arena, const struct mtl_lint_result *result,
                             const struct mtl_source *source);
/* "MTL104 missing-intermediate" */
const char *mtl_rule_title(struct mtl_arena *arena, const struct mtl_rule *rule);
/* All below the headline as lines of plain text: place, evidence, other places, why, fix, commands. Safe to print. */
const char *mtl_finding_details(struct mtl_arena *arena, const struct mtl_finding *finding);
/* The lines to paste: mtlslint fix where it comes to the same as shell commands, otherwise those. NULL-terminated. */
const char *const *mtl_finding_commands(struct mtl_arena *arena, const struct mtl_finding *finding);
/* "orders.pem:12 (certificate 1 of 2)", safe to print. */
const char *mtl_finding_place(struct mtl_arena *arena, const struct mtl_place *place);

/* ---- rules ---------------------------------------------------------------------------------------------------- */

/* What a rule looks at: "bundles, trust stores". */
const char *mtl_scope_text(struct mtl_arena *arena, unsigned scopes);
/* The list of rules, in order of code: a line each, or for markdown a page each. */
bool mtl_report_rules_text(struct mtl_arena *arena, const struct mtl_report_options *options, mtl_write *write,
                           void *context);
bool mtl_report_rules_markdown(struct mtl_arena *arena, const struct mtl_report_options *options, mtl_write *write,
                               void *context);
bool mtl_report_rules_json(struct mtl_arena *arena, mtl_write *write, void *context);
/* The page of one rule. */
bool mtl_report_rule_text(struct mtl_arena *arena, const struct mtl_rule *rule,
                          const struct mtl_report_options *options, mtl_write *write, void *context);

#endif
