/*
 * What a program finds wrong with its own files when it loads them, before any message.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/scene.h"

#include <string.h>

static bool
is_set(uint32_t mask, unsigned bit)
{
    return (mask >> bit & 1) != 0;
}

/* A directory is read file by file, so a broken one in it harms nobody. */
static const struct mtl_note *
broken_block(const struct mtl_material *material)
{
    return material == NULL || material->is_directory ? NULL : material->refusal;
}

/* A key that does not decode has no strength. */
static enum mtl_reason
weakness(const struct mtl_cert *cert, bool is_leaf, int security_bits)
{
    if (mtl_key_security_bits(&cert->key) < security_bits || (security_bits > 0 && !mtl_cert_key_is_usable(cert)))
        return is_leaf ? MTL_REASON_LEAF_KEY_WEAK : MTL_REASON_ISSUER_KEY_WEAK;
    /* nobody needs the signature of a self-signed certificate */
    if (!mtl_cert_is_self_signed(cert) && mtl_signature_security_bits(cert) < security_bits)
        return MTL_REASON_WEAK_DIGEST;
    return MTL_REASON_NONE;
}

#define MAX_CHAIN_LOOKED_AT 512U /* certificates; decoding their keys is slow, and no peer takes as many */

enum mtl_reason
mtl_own_weakness(const struct mtl_side *side, struct mtl_chain chain, const struct mtl_loaded_cert **blamed)
{
    for (size_t i = 0; i < chain.count && i < MAX_CHAIN_LOOKED_AT; i++) {
        enum mtl_reason reason = weakness(chain.certs[i].cert, i == 0, side->stack->policy.security_bits);

        if (reason == MTL_REASON_NONE)
            continue;
        *blamed = &chain.certs[i];
        return reason;
    }
    return MTL_REASON_NONE;
}

bool
mtl_side_key_is_another(const struct mtl_side *side)
{
    if (side->key == NULL || side->key->key_count == 0 || side->key->keys[0].key->encrypted)
        return false;
    return !mtl_private_key_matches(side->key->keys[0].key, side->presents->certs[0].cert);
}

bool
mtl_side_key_is_alike(const struct mtl_side *side)
{
    const struct mtl_key_info *key = &side->key->keys[0].key->key, *leaf = &side->presents->certs[0].cert->key;

    return key->type == leaf->type && (key->type != MTL_KEY_EC || key->curve == leaf->curve);
}

static enum mtl_reason
refuse_certificates(const struct mtl_side *side, const struct mtl_loaded_cert **blamed)
{
    const struct mtl_loaded_cert *leaf = &side->presents->certs[0];
    struct mtl_chain chain = {.certs = leaf, .count = side->presents->cert_count};

    if (side->stack->refuses_own_weak_certificate) {
        enum mtl_reason reason = mtl_own_weakness(side, chain, blamed);

        if (reason != MTL_REASON_NONE)
            return reason;
    }
    *blamed = leaf;
    if (mtl_stack_refuses_to_read(side->stack, leaf->cert) != MTL_REASON_NONE)
        return mtl_stack_refuses_to_read(side->stack, leaf->cert);
    if (side->stack->refuses_own_malformed_leaf && mtl_cert_has_malformed_extension(leaf->cert))
        return MTL_REASON_MALFORMED;
    if (!is_set(side->stack->loadable_keys, leaf->cert->key.type))
        return MTL_REASON_NO_SHARED_ALGORITHM;
    if (!mtl_cert_key_is_usable(leaf->cert))
        return MTL_REASON_UNDECODABLE;
    return !side->stack->signs_with_any_key && mtl_side_key_is_another(side) ? MTL_REASON_KEY_MISMATCH
                                                                             : MTL_REASON_NONE;
}

static bool
has_empty_trust(struct mtl_arena *arena, const struct mtl_side *side)
{
    return side->stack->refuses_empty_trust && side->trusts != NULL && !side->trusts->is_directory &&
           mtl_side_trusted(arena, side)->cert_count == 0;
}

/* It looks for names to send in its requests, and takes them from plain blocks only. */
static bool
has_only_trusted_blocks(const struct mtl_side *side)
{
    size_t count = 0;

    if (!side->stack->refuses_only_trusted_blocks || side->role == MTL_CLIENT || side->trusts == NULL)
        return false;
    for (size_t i = 0; i < side->trusts->cert_count; i++)
        count += strcmp(side->trusts->certs[i].source.label, "TRUSTED CERTIFICATE") == 0;
    return count > 0 && count == side->trusts->cert_count;
}

static bool
lacks_certificate(const struct mtl_side *side)
{
    return side->stack->refuses_absent_certificate && side->role == MTL_SERVER &&
           (side->presents == NULL || side->presents->cert_count == 0);
}

/* In the order in which a program loads: certificates and key, then trust and CRLs. */
enum mtl_reason
mtl_own_refusal(struct mtl_arena *arena, const struct mtl_side *side, const struct mtl_loaded_cert **blamed,
                const struct mtl_note **broken)
{
    bool refuses = side->stack->refuses_own_undecodable_files;

    *blamed = NULL;
    *broken = refuses ? broken_block(side->presents) : NULL;
    if (*broken != NULL)
        return MTL_REASON_UNDECODABLE;
    if (side->presents != NULL && side->presents->cert_count > 0) {
        enum mtl_reason reason = refuse_certificates(side, blamed);

        if (reason != MTL_REASON_NONE)
            return reason;
    }
    *blamed = NULL;
    if (lacks_certificate(side))
        return MTL_REASON_NO_CERTIFICATE;
    if (has_empty_trust(arena, side) || has_only_trusted_blocks(side))
        return MTL_REASON_EMPTY_TRUST;
    if (refuses)
        *broken = broken_block(side->trusts) != NULL ? broken_block(side->trusts) : broken_block(side->crls);
    return *broken != NULL ? MTL_REASON_UNDECODABLE : MTL_REASON_NONE;
}
