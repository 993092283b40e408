/* Looking into files: mtl_show(). SPDX-License-Identifier: Apache-2.0 */
#include "report/show.h"
#include "api/session.h"
#include "store/store.h"

#include <string.h>

struct mtl_show {
    const struct mtl_material *material;
};

bool
mtl_show(struct mtl_session *session, const char *path, const struct mtl_show **show)
{
    struct mtl_show *result = mtl_arena_alloc(session->arena, sizeof *result);

    if (!mtl_material_open(session->arena, path, MTL_EXPECT_SOMETHING,
                           &(struct mtl_opening){.passwords = session->passwords}, &result->material, &session->error))
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
