/*
 * Finds fixes: asks each family, judges what it proposes, keeps what helps.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/fix.h"

#include <string.h>

const struct mtl_side *
mtl_fixer_owner(const struct mtl_fixer *fixer)
{
    return &fixer->question->sides[fixer->failed->certificate_owner];
}

const struct mtl_side *
mtl_fixer_verifier(const struct mtl_fixer *fixer)
{
    return &fixer->question->sides[mtl_other_role(fixer->failed->certificate_owner)];
}

bool
mtl_fixer_is_valid_now(const struct mtl_fixer *fixer, const struct mtl_cert *cert)
{
    return cert->not_before <= fixer->question->now && fixer->question->now < cert->not_after;
}

bool
mtl_material_holds(const struct mtl_material *material, const struct mtl_cert *cert)
{
    for (size_t i = 0; material != NULL && i < material->cert_count; i++)
        if (mtl_cert_same(material->certs[i].cert, cert))
            return true;
    return false;
}

const struct mtl_material *
mtl_fixer_material(struct mtl_fixer *fixer, const struct mtl_material *base, const struct mtl_loaded_cert *certs,
                   size_t count)
{
    struct mtl_material *material = mtl_arena_alloc(fixer->arena, sizeof *material);

    if (base != NULL)
        *material = *base;
    material->certs = certs;
    material->cert_count = count;
    material->notes = NULL; /* a rewritten file holds no broken blocks */
    material->note_count = 0;
    material->refusal = NULL;
    return material;
}

const struct mtl_material *
mtl_fixer_extended(struct mtl_fixer *fixer, const struct mtl_material *base, const struct mtl_loaded_cert *certs,
                   size_t count)
{
    size_t own = base == NULL ? 0 : base->cert_count;
    struct mtl_loaded_cert *all = mtl_arena_array(fixer->arena, own + count, sizeof *all);

    for (size_t i = 0; i < own; i++)
        all[i] = base->certs[i];
    for (size_t i = 0; i < count; i++)
        all[own + i] = certs[i];
    return mtl_fixer_material(fixer, base, all, own + count);
}

/* "TLS 1.2 is established", or what stands in the way next. */
static const char *
outcome_of(struct mtl_arena *arena, const struct mtl_transcript *after)
{
    const char *tls = mtl_tls_text(after->tls);

    if (after->outcome == MTL_ESTABLISHED)
        return mtl_arena_printf(arena, "TLS %s is established", tls);
    if (after->outcome == MTL_UNDETERMINED)
        return mtl_arena_printf(arena, "TLS %s gets further, but %s", tls, after->why_undetermined);
    return mtl_arena_printf(arena, "TLS %s still fails: %s", tls, after->headline);
}

static const char *
result_of(struct mtl_arena *arena, struct mtl_transcript *const after[MTL_TLS_COUNT], enum mtl_tls asked)
{
    enum mtl_tls other = asked == MTL_TLS12 ? MTL_TLS13 : MTL_TLS12;

    if (after[asked]->outcome == after[other]->outcome) {
        if (after[asked]->outcome == MTL_ESTABLISHED)
            return "with it, TLS 1.2 and TLS 1.3 are established";
        if (after[asked]->outcome == MTL_HANDSHAKE_REJECTED && after[asked]->reason == after[other]->reason)
            return mtl_arena_printf(arena, "with it, the next obstacle is: %s", after[asked]->headline);
        if (after[asked]->outcome == MTL_UNDETERMINED)
            return mtl_arena_printf(arena, "with it, nothing is rejected, but %s", after[asked]->why_undetermined);
    }
    return mtl_arena_printf(arena, "with it, %s; %s", outcome_of(arena, after[asked]), outcome_of(arena, after[other]));
}

bool
mtl_fixer_offer(struct mtl_fixer *fixer, const struct mtl_handshake_question *altered, struct mtl_fix fix)
{
    struct mtl_handshake_question *question = mtl_arena_alloc(fixer->arena, sizeof *question);
    struct mtl_transcript *after[MTL_TLS_COUNT];
    enum mtl_stage stage[MTL_TLS_COUNT];
    enum mtl_tls asked = fixer->failed->tls;

    if (fixer->fix_count == MTL_MAX_FIXES || fixer->trials == MTL_MAX_FIX_TRIALS)
        return false;
    fixer->trials++;
    *question = *altered;
    question->memory = mtl_memory_new(fixer->arena); /* other files or settings */
    for (size_t tls = 0; tls < MTL_TLS_COUNT; tls++)
        after[tls] = mtl_handshake_walk(fixer->arena, question, (enum mtl_tls)tls, &stage[tls]);
    if (stage[asked] <= fixer->stage)
        return false;
    fix.verified = true;
    fix.result = result_of(fixer->arena, after, asked);
    if (fix.commands == NULL)
        fix.commands = mtl_commands(fixer->arena, NULL, NULL, NULL);
    fixer->fixes[fixer->fix_count++] = fix;
    return true;
}

static void
gather(struct mtl_fixer *fixer)
{
    const struct mtl_handshake_question *question = fixer->question;
    const struct mtl_material **files = mtl_arena_array(fixer->arena, 4 + question->also_count, sizeof *files);
    struct mtl_loaded_cert *certs;
    size_t count = 0, total = 0;

    for (size_t i = 0; i < question->also_count; i++)
        files[count++] = question->also[i];
    for (size_t role = 0; role < 2; role++) {
        if (question->sides[role].presents != NULL)
            files[count++] = question->sides[role].presents;
        if (question->sides[role].trusts != NULL)
            files[count++] = question->sides[role].trusts;
    }
    for (size_t i = 0; i < count; i++)
        total += files[i]->cert_count;
    certs = mtl_arena_array(fixer->arena, total, sizeof *certs);
    total = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < files[i]->cert_count; j++)
            certs[total++] = files[i]->certs[j];
    fixer->files = files;
    fixer->file_count = count;
    fixer->everything = mtl_pool_new(fixer->arena, certs, total, true);
}

void
mtl_handshake_find_fixes(struct mtl_arena *arena, const struct mtl_handshake_question *question,
                         struct mtl_transcript *transcript, enum mtl_stage stage)
{
    static void (*const families[])(struct mtl_fixer *) = {
        mtl_fix_naming, mtl_fix_order,   mtl_fix_key,  mtl_fix_directory, mtl_fix_issuers,
        mtl_fix_size,   mtl_fix_renewed, mtl_fix_leaf, mtl_fix_settings,  mtl_fix_crl,
    };
    struct mtl_fixer fixer = {.arena = arena,
                              .question = transcript->by_default ? mtl_question_by_default(arena, question) : question,
                              .declared = question,
                              .failed = transcript,
                              .stage = stage};
    struct mtl_fix *fixes;

    gather(&fixer);
    /* What fails is perhaps not what this client would get, and so nothing that this handshake could prove. */
    for (size_t i = 0; i < sizeof families / sizeof *families && !(transcript->by_default && transcript->local); i++)
        families[i](&fixer);
    fixes = mtl_arena_array(arena, fixer.fix_count, sizeof *fixes);
    if (fixer.fix_count > 0)
        memcpy(fixes, fixer.fixes, fixer.fix_count * sizeof *fixes);
    transcript->fixes = fixes;
    transcript->fix_count = fixer.fix_count;
    transcript->advice = mtl_handshake_advice(arena, transcript);
}
