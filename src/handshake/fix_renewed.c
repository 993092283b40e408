/*
 * Fixes for an issuer whose dates are over: the same CA, name and key, in a newer certificate.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/fix.h"

static const struct mtl_loaded_cert *
find_renewed(const struct mtl_fixer *fixer, const struct mtl_cert *old)
{
    const struct mtl_loaded_cert *candidate;
    size_t cursor = 0;

    while ((candidate = mtl_pool_next(fixer->everything, mtl_cert_bytes(old, old->subject), old->subject_hash,
                                      &cursor)) != NULL)
        if (!mtl_cert_same(candidate->cert, old) && mtl_fixer_is_valid_now(fixer, candidate->cert) &&
            mtl_slice_equal(mtl_cert_bytes(candidate->cert, candidate->cert->spki), mtl_cert_bytes(old, old->spki)))
            return candidate;
    return NULL;
}

static const struct mtl_material *
replace(struct mtl_fixer *fixer, const struct mtl_material *base, const struct mtl_cert *old,
        const struct mtl_loaded_cert *renewed)
{
    struct mtl_loaded_cert *certs = mtl_arena_array(fixer->arena, base->cert_count, sizeof *certs);

    for (size_t i = 0; i < base->cert_count; i++)
        certs[i] = mtl_cert_same(base->certs[i].cert, old) ? *renewed : base->certs[i];
    return mtl_fixer_material(fixer, base, certs, base->cert_count);
}

static void
offer_replacing(struct mtl_fixer *fixer, const struct mtl_side *holder, bool in_trust,
                const struct mtl_loaded_cert *renewed)
{
    const struct mtl_material *base = in_trust ? holder->trusts : holder->presents, *renewed_file;
    const struct mtl_loaded_cert *old = fixer->failed->certificate;
    struct mtl_handshake_question altered = *fixer->question;
    const char *command = NULL;

    renewed_file = replace(fixer, base, old->cert, renewed);
    if (in_trust)
        altered.sides[holder->role].trusts = renewed_file;
    else
        altered.sides[holder->role].presents = renewed_file;
    if (!base->is_directory)
        command = mtl_join_command(fixer, renewed_file->certs, renewed_file->cert_count,
                                   mtl_path_beside(fixer->arena, base->path, "renewed"));
    mtl_fixer_offer(
        fixer, &altered,
        (struct mtl_fix){
            .summary = mtl_arena_printf(
                fixer->arena, "let %s %s the renewed certificate of %s (%s:%u; same name, same key) in place of %s:%u",
                holder->label, in_trust ? "trust" : "send",
                mtl_name_label(fixer->arena, mtl_cert_bytes(old->cert, old->cert->subject)), renewed->source.path,
                renewed->source.line, old->source.path, old->source.line),
            .commands = mtl_commands(fixer->arena, command, NULL, NULL),
        });
}

void
mtl_fix_renewed(struct mtl_fixer *fixer)
{
    const struct mtl_loaded_cert *old = fixer->failed->certificate, *renewed;
    const struct mtl_side *owner = mtl_fixer_owner(fixer), *verifier = mtl_fixer_verifier(fixer);

    if (old == NULL || fixer->failed->certificate_index == 0 ||
        (fixer->failed->reason != MTL_REASON_EXPIRED && fixer->failed->reason != MTL_REASON_NOT_YET_VALID))
        return;
    renewed = find_renewed(fixer, old->cert);
    if (renewed == NULL)
        return;
    if (mtl_material_holds(owner->presents, old->cert))
        offer_replacing(fixer, owner, false, renewed);
    if (mtl_material_holds(verifier->trusts, old->cert))
        offer_replacing(fixer, verifier, true, renewed);
}
