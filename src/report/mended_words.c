/*
 * What is said of a corrected bundle, whatever the format.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/mended.h"
#include "report/report.h"

#include <string.h>

const char *
mtl_change_text(enum mtl_change_kind kind)
{
    static const char *const words[] = {
        [MTL_CHANGE_KEPT] = "kept",
        [MTL_CHANGE_MOVED] = "moved",
        [MTL_CHANGE_ADDED] = "added",
        [MTL_CHANGE_REMOVED] = "removed",
    };

    return words[kind];
}

const char *
mtl_removal_slug(enum mtl_removal removal)
{
    static const char *const words[] = {
        [MTL_REMOVED_ROOT] = "root",           [MTL_REMOVED_COPY] = "copy",     [MTL_REMOVED_EXPIRED] = "expired",
        [MTL_REMOVED_UNRELATED] = "unrelated", [MTL_REMOVED_DETOUR] = "detour",
    };

    return words[removal];
}

const char *
mtl_removal_text(struct mtl_arena *arena, const struct mtl_change *change)
{
    const char *instead = change->instead == NULL ? "" : mtl_place_text(arena, &change->instead->source);

    switch (change->removal) {
    case MTL_REMOVED_ROOT:
        return "a root is not sent: who trusts it has it";
    case MTL_REMOVED_COPY:
        return mtl_arena_printf(arena, "the same as %s", instead);
    case MTL_REMOVED_EXPIRED:
        return mtl_arena_printf(arena, "it has expired; %s has its name and key", instead);
    case MTL_REMOVED_UNRELATED:
        return "it issued nothing in this chain";
    case MTL_REMOVED_DETOUR:
        break;
    }
    return "the chain to what is trusted does without it";
}

const char *
mtl_mend_failure_slug(enum mtl_mend_failure failure)
{
    static const char *const words[] = {
        [MTL_MEND_DONE] = NULL,
        [MTL_MEND_MISSING_ISSUER] = "missing-issuer",
        [MTL_MEND_WIDER_TRUST] = "wider-trust",
        [MTL_MEND_REJECTED] = "rejected",
        [MTL_MEND_ERRORS] = "errors-remain",
        [MTL_MEND_NOT_BETTER] = "not-better",
    };

    return words[failure];
}

const char *
mtl_mend_failure_text(struct mtl_arena *arena, const struct mtl_mended *mended)
{
    const char *trust = mended->trust == NULL ? "" : mtl_text_safe(arena, mtl_slice_text(mended->trust), 0);

    switch (mended->failure) {
    case MTL_MEND_MISSING_ISSUER:
        return mtl_arena_printf(arena, "the issuer of %s is in none of the files",
                                mtl_subject_label(arena, mended->top->cert));
    case MTL_MEND_WIDER_TRUST:
        return mtl_arena_printf(arena, "%s does not trust %s, and a bundle cannot change that", trust,
                                mtl_subject_label(arena, mended->untrusted->cert));
    case MTL_MEND_REJECTED:
        return mtl_arena_printf(arena, "peers that trust %s still do not accept it", trust);
    case MTL_MEND_ERRORS:
        return "errors remain that no choice and order of certificates mends";
    case MTL_MEND_NOT_BETTER:
        return "what these files allow is no better than what there is";
    case MTL_MEND_DONE:
        break;
    }
    return "";
}

/* ---- what is not copied --------------------------------------------------------------------------------------- */

struct list {
    struct mtl_left_out *items;
    size_t count;
};

static void
add(struct list *list, const struct mtl_source *source, const char *kind, const char *what)
{
    list->items[list->count++] = (struct mtl_left_out){.source = *source, .kind = kind, .what = what};
}

const struct mtl_left_out *
mtl_mended_left_out(struct mtl_arena *arena, const struct mtl_mended *mended, size_t *count)
{
    const struct mtl_material *original = mended->original;
    struct list list = {.items = mtl_arena_array(arena,
                                                 original->key_count + original->crl_count + original->remark_count +
                                                     original->cert_count + original->note_count,
                                                 sizeof(*list.items))};

    for (size_t i = 0; i < original->key_count; i++)
        add(&list, &original->keys[i].source, "private-key", "the private key: the result holds certificates only");
    for (size_t i = 0; i < original->crl_count; i++)
        add(&list, &original->crls[i].source, "crl", "the CRL: it is not sent");
    for (size_t i = 0; i < original->remark_count; i++)
        add(&list, &original->remarks[i].source, "comment", "the comment that hides findings");
    for (size_t i = 0; i < original->cert_count; i++)
        if (original->certs[i].aux.present)
            add(&list, &original->certs[i].source, "trust-settings",
                "the trust settings of OpenSSL in a TRUSTED CERTIFICATE");
    for (size_t i = 0; i < original->note_count; i++)
        if (original->notes[i].kind == MTL_NOTE_UNDECODABLE || original->notes[i].kind == MTL_NOTE_NOT_DER ||
            original->notes[i].kind == MTL_NOTE_UNSUPPORTED || original->notes[i].kind == MTL_NOTE_TRUNCATED)
            add(&list, &original->notes[i].source, "unreadable",
                mtl_text_safe(arena, mtl_slice_text(original->notes[i].message), 0));
    *count = list.count;
    return list.items;
}
