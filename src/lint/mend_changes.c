/*
 * What became of each certificate of a bundle that was corrected.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/mend.h"

/* Index of the bundle's first copy of a certificate; cert_count: it is not in it. */
static size_t
find_in(const struct mtl_material *bundle, const struct mtl_cert *cert)
{
    size_t index = 0;

    while (index < bundle->cert_count && !mtl_cert_same(bundle->certs[index].cert, cert))
        index++;
    return index;
}

static const struct mtl_loaded_cert *
planned_twin(const struct mtl_lint *lint, const struct mtl_plan *plan, const struct mtl_cert *cert)
{
    for (size_t i = 0; i < plan->count; i++) {
        if (mtl_rule_is_valid_twin(lint, plan->certs[i]->cert, cert))
            return plan->certs[i];
    }
    return NULL;
}

static struct mtl_change
remove_cert(const struct mtl_lint *lint, const struct mtl_subject *original, const struct mtl_plan *plan, size_t index)
{
    const struct mtl_loaded_cert *cert = &original->material->certs[index];
    struct mtl_change change = {.kind = MTL_CHANGE_REMOVED, .cert = cert, .removal = MTL_REMOVED_UNRELATED};
    size_t first = find_in(original->material, cert->cert);

    if (first < index) {
        change.removal = MTL_REMOVED_COPY;
        change.instead = &original->material->certs[first];
        return change;
    }
    if (!original->reachable[index])
        return change;
    change.removal = mtl_cert_is_self_signed(cert->cert) ? MTL_REMOVED_ROOT : MTL_REMOVED_DETOUR;
    if (change.removal == MTL_REMOVED_ROOT || !mtl_rule_has_expired(lint, cert->cert))
        return change;
    change.instead = planned_twin(lint, plan, cert->cert);
    if (change.instead != NULL)
        change.removal = MTL_REMOVED_EXPIRED;
    return change;
}

/* Kept in place: as many others of the original come before it as did. */
static void
tell_moved(struct mtl_change *changes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t before = 0, after = 0;

        if (changes[i].kind == MTL_CHANGE_ADDED)
            continue;
        for (size_t j = 0; j < count; j++) {
            bool is_own = changes[j].kind != MTL_CHANGE_ADDED;

            before += is_own && changes[j].cert < changes[i].cert;
            after += is_own && j < i;
        }
        changes[i].kind = before == after ? MTL_CHANGE_KEPT : MTL_CHANGE_MOVED;
    }
}

void
mtl_mended_compare(const struct mtl_lint *lint, const struct mtl_subject *original, const struct mtl_plan *plan,
                   struct mtl_mended *mended)
{
    const struct mtl_material *bundle = original->material;
    struct mtl_change *changes = mtl_arena_array(lint->arena, bundle->cert_count + plan->count, sizeof(*changes));
    bool *is_kept = mtl_arena_array(lint->arena, bundle->cert_count, sizeof(*is_kept));
    size_t count = 0;

    for (; count < plan->count; count++) {
        size_t index = find_in(bundle, plan->certs[count]->cert);
        bool is_own = index < bundle->cert_count;

        changes[count] = (struct mtl_change){.kind = is_own ? MTL_CHANGE_KEPT : MTL_CHANGE_ADDED,
                                             .cert = is_own ? &bundle->certs[index] : plan->certs[count],
                                             .position = count + 1};
        if (is_own)
            is_kept[index] = true;
    }
    tell_moved(changes, count);
    for (size_t i = 0; i < bundle->cert_count; i++) {
        if (!is_kept[i])
            changes[count++] = remove_cert(lint, original, plan, i);
    }
    mended->changes = changes;
    mended->change_count = count;
}
