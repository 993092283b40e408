/*
 * Fixes for revocation lists that are missing or out of date: one that lies among the files given.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/fix.h"

static bool
is_about_crls(enum mtl_reason reason)
{
    return reason == MTL_REASON_CRL_MISSING || reason == MTL_REASON_CRL_EXPIRED ||
           reason == MTL_REASON_CRL_NOT_YET_VALID || reason == MTL_REASON_CRL_SIGNATURE;
}

static const struct mtl_material *
with_crl(struct mtl_fixer *fixer, const struct mtl_material *base, const struct mtl_loaded_crl *crl)
{
    struct mtl_material *material = mtl_arena_alloc(fixer->arena, sizeof *material);
    struct mtl_loaded_crl *crls = mtl_arena_array(fixer->arena, base->crl_count + 1, sizeof *crls);

    *material = *base;
    for (size_t i = 0; i < base->crl_count; i++)
        crls[i] = base->crls[i];
    crls[base->crl_count] = *crl;
    material->crls = crls;
    material->crl_count = base->crl_count + 1;
    return material;
}

static void
offer_crl(struct mtl_fixer *fixer, const struct mtl_loaded_crl *crl)
{
    const struct mtl_side *verifier = mtl_fixer_verifier(fixer);
    struct mtl_handshake_question altered = *fixer->question;

    if (verifier->crls == NULL)
        return;
    altered.sides[verifier->role].crls = with_crl(fixer, verifier->crls, crl);
    mtl_fixer_offer(fixer, &altered,
                    (struct mtl_fix){.summary = mtl_arena_printf(fixer->arena, "give %s the revocation list %s:%u too",
                                                                 verifier->label, crl->source.path, crl->source.line)});
}

void
mtl_fix_crl(struct mtl_fixer *fixer)
{
    if (!is_about_crls(fixer->failed->reason))
        return;
    for (size_t i = 0; i < fixer->question->also_count; i++)
        for (size_t j = 0; j < fixer->question->also[i]->crl_count && fixer->trials < MTL_MAX_FIX_TRIALS; j++)
            offer_crl(fixer, &fixer->question->also[i]->crls[j]);
}
