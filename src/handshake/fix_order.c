/*
 * Fixes for a bundle whose first certificate is not the side's own: put it first, its issuers after it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/fix.h"

/*
 * The certificate that is meant as the side's own: the key's, or the only one that is no CA. 0: it is in place. A CA's
 * certificate never takes the place of one that is no CA: that would hand the CA's key to a program.
 */
static size_t
find_leaf(const struct mtl_side *side)
{
    const struct mtl_material *presents = side->presents;
    bool has_key = side->key != NULL && side->key->key_count > 0 && !side->key->keys[0].key->encrypted;
    size_t leaf = 0, leaves = 0;

    for (size_t i = 0; i < presents->cert_count; i++) {
        if (presents->certs[i].cert->is_ca && !presents->certs[0].cert->is_ca)
            continue;
        if (has_key && mtl_private_key_matches(side->key->keys[0].key, presents->certs[i].cert))
            return i;
        if (presents->certs[i].cert->is_ca)
            continue;
        leaf = i;
        leaves++;
    }
    return !has_key && leaves == 1 ? leaf : 0;
}

/* The leaf, then each time the issuer of the last one, then the rest as it was. */
static struct mtl_loaded_cert *
reorder(struct mtl_fixer *fixer, const struct mtl_material *presents, size_t leaf)
{
    size_t count = presents->cert_count, placed = 0, next = leaf;
    struct mtl_loaded_cert *ordered = mtl_arena_array(fixer->arena, count, sizeof *ordered);
    bool *taken = mtl_arena_array(fixer->arena, count, sizeof *taken);

    while (next < count) {
        const struct mtl_cert *last = presents->certs[next].cert;

        taken[next] = true;
        ordered[placed++] = presents->certs[next];
        for (next = 0; next < count; next++)
            if (!taken[next] && mtl_cert_may_issue(presents->certs[next].cert, last) == MTL_ISSUER_OK)
                break;
    }
    for (size_t i = 0; i < count; i++)
        if (!taken[i])
            ordered[placed++] = presents->certs[i];
    return ordered;
}

#define MAX_REORDERED 64U /* certificates; a bundle larger than that is no bundle */

void
mtl_fix_order(struct mtl_fixer *fixer)
{
    const struct mtl_side *owner = mtl_fixer_owner(fixer);
    struct mtl_handshake_question altered = *fixer->question;
    const struct mtl_loaded_cert *ordered;
    const char *out;
    size_t leaf;

    if (owner->presents == NULL || owner->presents->cert_count < 2 || owner->presents->cert_count > MAX_REORDERED)
        return;
    leaf = find_leaf(owner);
    if (leaf == 0)
        return;
    ordered = reorder(fixer, owner->presents, leaf);
    altered.sides[owner->role].presents =
        mtl_fixer_material(fixer, owner->presents, ordered, owner->presents->cert_count);
    out = mtl_path_beside(fixer->arena, owner->presents->path, "ordered");
    mtl_fixer_offer(
        fixer, &altered,
        (struct mtl_fix){
            .summary =
                mtl_arena_printf(fixer->arena, "put %s's own certificate (%s:%u) first: what comes first is presented",
                                 owner->label, ordered[0].source.path, ordered[0].source.line),
            .commands = mtl_commands(fixer->arena, mtl_join_command(fixer, ordered, owner->presents->cert_count, out),
                                     NULL, NULL),
        });
}
