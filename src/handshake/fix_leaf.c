/*
 * Fixes that put another certificate or key in a side's hands, if a fitting one lies among the files given.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/fix.h"

#include <string.h>

/* By encoding: quick enough for thousands, and what is found is judged properly before it is offered. */
static bool
looks_like_key_of(const struct mtl_loaded_key *key, const struct mtl_cert *cert)
{
    return !key->key->encrypted && mtl_slice_equal(key->key->spki, mtl_cert_bytes(cert, cert->spki));
}

/* The key of that certificate among the files that a fix may draw on. */
static const struct mtl_loaded_key *
find_key(const struct mtl_fixer *fixer, const struct mtl_cert *cert)
{
    for (size_t i = 0; i < fixer->question->also_count; i++) {
        const struct mtl_material *file = fixer->question->also[i];

        for (size_t j = 0; j < file->key_count; j++)
            if (looks_like_key_of(&file->keys[j], cert))
                return &file->keys[j];
    }
    return NULL;
}

static const struct mtl_material *
material_of_key(struct mtl_fixer *fixer, const struct mtl_loaded_key *key)
{
    struct mtl_material *material = mtl_arena_alloc(fixer->arena, sizeof *material);

    material->path = key->source.path;
    material->keys = key;
    material->key_count = 1;
    return material;
}

void
mtl_fix_key(struct mtl_fixer *fixer)
{
    const struct mtl_side *owner = mtl_fixer_owner(fixer);
    struct mtl_handshake_question altered = *fixer->question;
    const struct mtl_loaded_key *key;

    if (fixer->failed->reason != MTL_REASON_KEY_MISMATCH && fixer->failed->reason != MTL_REASON_PROOF)
        return;
    key = find_key(fixer, owner->presents->certs[0].cert);
    if (key == NULL)
        return;
    altered.sides[owner->role].key = material_of_key(fixer, key);
    mtl_fixer_offer(fixer, &altered,
                    (struct mtl_fix){.summary = mtl_arena_printf(fixer->arena, "let %s use the key %s", owner->label,
                                                                 key->source.path)});
}

/* The bundle that starts with this certificate: it and what follows it in its file. */
static const struct mtl_material *
bundle_from(struct mtl_fixer *fixer, const struct mtl_material *file, size_t first)
{
    size_t end = first + 1;
    struct mtl_material *bundle;

    while (end < file->cert_count && strcmp(file->certs[end].source.path, file->certs[first].source.path) == 0)
        end++;
    bundle = mtl_arena_alloc(fixer->arena, sizeof *bundle);
    bundle->path = file->certs[first].source.path;
    bundle->certs = &file->certs[first];
    bundle->cert_count = end - first;
    return bundle;
}

/* Does the side have the key for it, or is one at hand? A side without a key given is taken to have the old one. */
static bool
has_key_for(struct mtl_fixer *fixer, const struct mtl_side *owner, const struct mtl_cert *cert,
            const struct mtl_material **key)
{
    const struct mtl_loaded_key *found;

    *key = owner->key;
    if (owner->key != NULL && owner->key->key_count > 0 && looks_like_key_of(&owner->key->keys[0], cert))
        return true;
    if (owner->key == NULL && owner->presents != NULL &&
        mtl_slice_equal(mtl_cert_bytes(cert, cert->spki),
                        mtl_cert_bytes(owner->presents->certs[0].cert, owner->presents->certs[0].cert->spki)))
        return true;
    found = find_key(fixer, cert);
    if (found == NULL)
        return false;
    *key = material_of_key(fixer, found);
    return true;
}

static void
offer_bundle(struct mtl_fixer *fixer, const struct mtl_material *file, size_t first)
{
    const struct mtl_side *owner = mtl_fixer_owner(fixer);
    struct mtl_handshake_question altered = *fixer->question;
    const struct mtl_material *bundle, *key;
    const char *with = "";

    if (!has_key_for(fixer, owner, file->certs[first].cert, &key) ||
        mtl_material_holds(owner->presents, file->certs[first].cert))
        return;
    bundle = bundle_from(fixer, file, first);
    if (key != NULL && key != owner->key)
        with = mtl_arena_printf(fixer->arena, " with the key %s", key->path);
    altered.sides[owner->role].presents = bundle;
    altered.sides[owner->role].key = key;
    mtl_fixer_offer(fixer, &altered,
                    (struct mtl_fix){.summary = mtl_arena_printf(fixer->arena, "let %s present %s%s", owner->label,
                                                                 bundle->path, with)});
}

static bool
is_about_leaf(const struct mtl_transcript *failed)
{
    return failed->certificate_index == 0 || failed->reason == MTL_REASON_NO_CERTIFICATE;
}

/* A rejected leaf may have been reissued already; a missing one may lie there unused. */
void
mtl_fix_leaf(struct mtl_fixer *fixer)
{
    if (!is_about_leaf(fixer->failed))
        return;
    for (size_t i = 0; i < fixer->question->also_count; i++) {
        const struct mtl_material *file = fixer->question->also[i];

        for (size_t j = 0; j < file->cert_count && fixer->trials < MTL_MAX_FIX_TRIALS; j++)
            if (!file->certs[j].cert->is_ca && file->certs[j].source.ordinal == 1)
                offer_bundle(fixer, file, j);
    }
}
