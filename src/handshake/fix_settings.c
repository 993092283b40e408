/*
 * Fixes without a file: the name connected to, the verify depth, the date.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/fix.h"

#include <string.h>

#define MAX_NAMES_TRIED 3U

/* A name the client could connect to as it is written: no wildcard, nothing unprintable. */
static bool
is_usable_name(struct mtl_slice name)
{
    if (name.size == 0 || name.size > 253)
        return false;
    for (size_t i = 0; i < name.size; i++)
        if (name.data[i] <= 0x20 || name.data[i] >= 0x7f || name.data[i] == '*')
            return false;
    return true;
}

static void
offer_names(struct mtl_fixer *fixer, const struct mtl_cert *leaf)
{
    struct mtl_general_names walk = mtl_cert_alt_names(leaf);
    struct mtl_general_name name;
    size_t tried = 0;

    while (tried < MAX_NAMES_TRIED && mtl_general_names_next(&walk, &name)) {
        struct mtl_handshake_question altered = *fixer->declared;

        if (name.type != MTL_GN_DNS || !is_usable_name(name.value))
            continue;
        tried++;
        altered.server_name =
            mtl_arena_printf(fixer->arena, "%.*s", (int)name.value.size, (const char *)name.value.data);
        mtl_fixer_offer(fixer, &altered,
                        (struct mtl_fix){.kind = MTL_FIX_NAME,
                                         .summary = mtl_arena_printf(
                                             fixer->arena, "let %s connect to %s, a name that the certificate bears",
                                             fixer->failed->client->label, altered.server_name)});
    }
}

#define MAX_DEPTH_TRIED 10

/* Some verifiers do not look beyond their depth, and say then that they know no issuer. */
static bool
is_too_far(const struct mtl_fixer *fixer)
{
    const struct mtl_candidate *namesake =
        mtl_trusted_namesake(fixer->failed->verdict[mtl_fixer_verifier(fixer)->role]);

    return namesake != NULL && namesake->refusal == MTL_REFUSED_NOT_SEARCHED &&
           namesake->signature == MTL_SIGNATURE_GOOD;
}

/* Programs count differently, and their default is not the user's number. */
static const char *
raised(const struct mtl_fixer *fixer, const struct mtl_side *verifier, int depth)
{
    if (verifier->depth >= 0)
        return mtl_arena_printf(fixer->arena, "raise the verify depth of %s from %d to %d", verifier->label,
                                verifier->depth, depth);
    return mtl_arena_printf(fixer->arena, "raise the verify depth of %s so that it allows %d intermediate%s",
                            verifier->label, depth, depth == 1 ? "" : "s");
}

static void
offer_depth(struct mtl_fixer *fixer)
{
    const struct mtl_side *verifier = mtl_fixer_verifier(fixer);
    struct mtl_handshake_question altered = *fixer->question;
    struct mtl_side *side = &altered.sides[verifier->role];
    bool helped = false;

    for (int depth = verifier->depth < 0 ? 1 : verifier->depth + 1; depth <= MAX_DEPTH_TRIED && !helped; depth++) {
        side->depth = depth;
        helped = mtl_fixer_offer(
            fixer, &altered,
            (struct mtl_fix){.kind = MTL_FIX_DEPTH, .summary = raised(fixer, verifier, depth), .widens_trust = true});
    }
}

static void
offer_waiting(struct mtl_fixer *fixer)
{
    struct mtl_handshake_question altered = *fixer->question;
    char text[MTL_TIME_TEXT_SIZE];

    altered.now = fixer->failed->certificate->cert->not_before;
    mtl_fixer_offer(
        fixer, &altered,
        (struct mtl_fix){.kind = MTL_FIX_CLOCK,
                         .summary = mtl_arena_printf(fixer->arena, "wait until %s", mtl_time_text(altered.now, text))});
}

/* Another name brings the certificate that the server has for names. */
static const struct mtl_cert *
leaf_for_names(const struct mtl_fixer *fixer)
{
    return fixer->failed->by_default ? fixer->declared->sides[MTL_SERVER].presents->certs[0].cert
                                     : fixer->failed->certificate->cert;
}

void
mtl_fix_settings(struct mtl_fixer *fixer)
{
    const struct mtl_loaded_cert *blamed = fixer->failed->certificate;

    switch (fixer->failed->reason) {
    case MTL_REASON_NAME_MISMATCH:
    case MTL_REASON_ADDRESS_MISMATCH:
    case MTL_REASON_COMMON_NAME_MISMATCH:
        if (blamed != NULL)
            offer_names(fixer, leaf_for_names(fixer));
        return;
    case MTL_REASON_DEPTH:
        offer_depth(fixer);
        return;
    case MTL_REASON_NO_ISSUER:
    case MTL_REASON_LEAF_UNVERIFIED:
        if (is_too_far(fixer))
            offer_depth(fixer);
        return;
    case MTL_REASON_NOT_YET_VALID:
        if (blamed != NULL)
            offer_waiting(fixer);
        return;
    default:
        return;
    }
}
