/* Parts of a SARIF 2.1.0 log that have a file of their own. Internal to src/report. SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_REPORT_SARIF_H
#define MTL_REPORT_SARIF_H

#include "lint/lint.h"
#include "report/json.h"

/* {"text": words} */
json_t *mtl_sarif_message(struct mtl_arena *arena, const char *words);
const char *mtl_sarif_level(enum mtl_severity severity);
/* reportingDescriptor objects of rules (NULL-terminated), in their order. */
json_t *mtl_sarif_rules(struct mtl_arena *arena, const struct mtl_rule *const *rules);
/* An artifactLocation: a URI reference relative to %SRCROOT%, or to FILESYSTEM for what lies elsewhere. */
json_t *mtl_sarif_artifact(struct mtl_arena *arena, const char *path, const char *root);
/* The fixes of a result (3.27.30): the edits that mend the bundle. */
json_t *mtl_sarif_fixes(struct mtl_arena *arena, const struct mtl_lint_result *result,
                        const struct mtl_finding *finding);
/* originalUriBaseIds: what those two stand for. */
json_t *mtl_sarif_bases(struct mtl_arena *arena);

#endif
