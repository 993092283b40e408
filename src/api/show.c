/* Looking into files: mtl_show(). SPDX-License-Identifier: Apache-2.0 */
#include "report/show.h"
#include "api/session.h"
#include "store/store.h"

#include <string.h>

struct mtl_show {
    const struct mtl_material *material;
};

/* Nothing usable in a file that was named is a failure; in a directory it is an answer. */
static bool
load(struct mtl_session *session, const char *path, const struct mtl_material **material)
{
    if (!mtl_material_load(session->arena, path, MTL_EXPECT_ANYTHING, material, &session->error))
        return false;

    const struct mtl_material *found = *material;
    if (found->is_directory || found->cert_count + found->key_count + found->crl_count > 0)
        return true;
    if (found->note_count == 0)
        return mtl_error_set(&session->error, path, 0, NULL, "holds no certificate, private key or CRL");
    const struct mtl_note *note = found->refusal != NULL ? found->refusal : &found->notes[0];
    return mtl_error_set(&session->error, path, note->source.line, NULL, "%s", note->message);
}

bool
mtl_show(struct mtl_session *session, const char *path, const struct mtl_show **show)
{
    struct mtl_show *result = mtl_arena_alloc(session->arena, sizeof *result);

    if (!load(session, path, &result->material))
        return mtl_session_fail(session);
    *show = result;
    return true;
}

bool
mtl_report_show(struct mtl_session *session, const struct mtl_show *show, const struct mtl_report_options *options,
                mtl_write *write, void *context)
{
    if (strcmp(options->format, "json") == 0)
        return mtl_show_json(session->arena, show->material, write, context);
    return mtl_show_text(session->arena, show->material, options, write, context);
}
