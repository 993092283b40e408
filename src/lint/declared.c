/*
 * Files whose use the project file tells: what they hold does not decide then.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/lint.h"
#include "store/file.h"

#include <string.h>

struct known {
    const struct mtl_declared_file *file;
    struct mtl_path_id id;
};

static bool
is_same(const struct mtl_path_id *a, const struct mtl_path_id *b)
{
    return a->device == b->device && a->number == b->number;
}

static void
apply(struct mtl_arena *arena, const struct known *known, size_t count, struct mtl_input *input)
{
    struct mtl_path_id id = {0}, folder = {0};
    bool is_store = false;

    if (!mtl_path_identify(input->material->path, &id))
        return;
    mtl_path_identify(mtl_path_folder(arena, input->material->path), &folder);
    for (size_t i = 0; i < count; i++) {
        const struct mtl_declared_file *file = known[i].file;
        bool is_it = is_same(&known[i].id, &id) || (file->is_store && is_same(&known[i].id, &folder));

        is_store |= file->is_store && is_it;
        for (size_t role = 0; role < 2; role++) {
            input->in_role[role] |= file->in_role[role] && is_it;
            input->judges[role] |= file->judges[role] && is_it;
        }
    }
    /* What is both, such as a certificate that trusts itself, is what it looks like. */
    if (input->material->cert_count > 0 && is_store != (input->in_role[MTL_CLIENT] || input->in_role[MTL_SERVER]))
        input->use = is_store ? MTL_USE_STORE : MTL_USE_BUNDLE;
    input->is_declared = is_store || input->in_role[MTL_CLIENT] || input->in_role[MTL_SERVER];
}

void
mtl_declared_apply(struct mtl_arena *arena, const struct mtl_lint_request *request, struct mtl_input *files,
                   size_t count)
{
    struct known *known = mtl_arena_array(arena, request->declared_count, sizeof(*known));
    size_t known_count = 0;

    for (size_t i = 0; i < request->declared_count; i++) {
        known[known_count].file = &request->declared[i];
        known_count += mtl_path_identify(request->declared[i].path, &known[known_count].id);
    }
    for (size_t i = 0; i < count && known_count > 0; i++)
        apply(arena, known, known_count, &files[i]);
}
