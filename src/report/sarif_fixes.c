/*
 * Edits of a bundle as SARIF has them (3.55 fix, 3.57 replacement).
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/sarif.h"

/* Up to the beginning of the next line; without columns, up to the end of the last one (3.30.4). */
static json_t *
deleted_region(const struct mtl_replacement *edit)
{
    json_t *region = json_object();

    json_object_set_new(region, "startLine", json_integer(edit->first));
    if (!edit->is_end)
        json_object_set_new(region, "startColumn", json_integer(1));
    json_object_set_new(region, "endLine", json_integer(edit->is_end ? edit->last : edit->last + 1));
    if (!edit->is_end)
        json_object_set_new(region, "endColumn", json_integer(1));
    return region;
}

static json_t *
replacement_object(struct mtl_arena *arena, const struct mtl_replacement *edit)
{
    json_t *object = json_object();
    json_t *content = json_object();

    json_object_set_new(object, "deletedRegion", deleted_region(edit));
    if (edit->text == NULL) {
        json_decref(content);
        return object;
    }
    json_object_set_new(content, "text",
                        json_string(mtl_arena_printf(arena, "%s%s", edit->text, edit->is_end ? "" : "\n")));
    json_object_set_new(object, "insertedContent", content);
    return object;
}

json_t *
mtl_sarif_fixes(struct mtl_arena *arena, const struct mtl_lint_result *result, const struct mtl_finding *finding)
{
    const struct mtl_repair *repair = finding->repair;
    json_t *fixes = json_array(), *fix = json_object();
    json_t *changes = json_array(), *change = json_object();
    json_t *replacements = json_array();

    for (size_t i = 0; i < repair->edit_count; i++)
        json_array_append_new(replacements, replacement_object(arena, &repair->edits[i]));
    json_object_set_new(change, "artifactLocation", mtl_sarif_artifact(arena, repair->path, result->root));
    json_object_set_new(change, "replacements", replacements);
    json_array_append_new(changes, change);
    json_object_set_new(fix, "description",
                        mtl_sarif_message(arena, "The corrected bundle: the leaf first, then its issuers."));
    json_object_set_new(fix, "artifactChanges", changes);
    json_array_append_new(fixes, fix);
    return fixes;
}
