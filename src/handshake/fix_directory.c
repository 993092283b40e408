/*
 * Fixes for a directory of CAs in which the stack finds nothing: name its files after their hashes.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/fix.h"

void
mtl_fix_directory(struct mtl_fixer *fixer)
{
    const struct mtl_side *verifier = mtl_fixer_verifier(fixer);
    struct mtl_handshake_question altered = *fixer->question;
    struct mtl_material *hashed;

    if (fixer->failed->verdict[verifier->role] == NULL || !mtl_side_misses_hashes(verifier))
        return;
    hashed = mtl_arena_alloc(fixer->arena, sizeof(*hashed));
    *hashed = *verifier->trusts;
    hashed->is_hashed = true;
    altered.sides[verifier->role].trusts = hashed;
    mtl_fixer_offer(fixer, &altered,
                    (struct mtl_fix){
                        .summary = mtl_arena_printf(fixer->arena, "name the files in %s after their hashes",
                                                    verifier->trusts->path),
                        .commands = mtl_commands(fixer->arena, mtl_hash_command(fixer, verifier), NULL, NULL),
                    });
}
