/* Findings that the project file accepts. SPDX-License-Identifier: Apache-2.0 */
#include "api/project.h"
#include "api/session.h"

#include <string.h>

#define DAY (INT64_C(24) * 3600)

static const char *
date_text(struct mtl_arena *arena, mtl_time day)
{
    char text[MTL_TIME_TEXT_SIZE];

    return mtl_arena_printf(arena, "%.10s", mtl_time_text(day, text));
}

static bool
convert(struct mtl_session *session, const struct mtl_project *project, const struct mtl_project_ignore *entry,
        struct mtl_suppression *out)
{
    struct mtl_arena *arena = session->arena;
    const struct mtl_rule *rule = mtl_rule_find(entry->rule.text);
    struct mtl_error what;

    if (rule == NULL) {
        (void)mtl_rule_refuse(arena, entry->rule.text, &what);
        return mtl_error_set(&session->error, project->path, entry->rule.line, what.hint, "%s", what.message);
    }
    *out = (struct mtl_suppression){
        .source = {.path = project->path, .line = entry->name.line, .end_line = entry->name.line, .label = ""},
        .rules = {rule},
        .rule_count = 1,
        .has_end = entry->until.line != 0,
        .end = entry->until.value + DAY,
        .until = entry->until.line != 0 ? date_text(arena, entry->until.value) : NULL,
        .reason = mtl_text_safe(arena, mtl_slice_text(entry->reason.text), 0),
        .is_declared = true,
        .folder = project->folder,
        .pattern = entry->path.text,
        .sha256 = entry->sha256.text == NULL ? NULL : entry->sha256.text + strlen("sha256:"),
    };
    return true;
}

bool
mtl_project_ignores(struct mtl_session *session, const struct mtl_project *project,
                    const struct mtl_suppression **ignores, size_t *count)
{
    struct mtl_suppression *out = mtl_arena_array(session->arena, project->ignore_count, sizeof(*out));

    for (size_t i = 0; i < project->ignore_count; i++)
        if (!convert(session, project, &project->ignores[i], &out[i]))
            return false;
    *ignores = out;
    *count = project->ignore_count;
    return true;
}
