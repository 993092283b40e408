/*
 * What a program finds wrong with its own files when it loads them, before any message.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/scene.h"

#include <stdlib.h>
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
weakness(const struct mtl_stack *stack, const struct mtl_cert *cert, bool is_leaf)
{
    int security_bits = stack->own_security_bits != 0 ? stack->own_security_bits : stack->policy.security_bits;

    if (mtl_key_security_bits(&cert->key) < security_bits || (security_bits > 0 && !mtl_cert_key_is_usable(cert)))
        return is_leaf ? MTL_REASON_LEAF_KEY_WEAK : MTL_REASON_ISSUER_KEY_WEAK;
    /* nobody needs the signature of a self-signed certificate */
    if (!stack->own_digests_are_free && !mtl_cert_is_self_signed(cert) &&
        mtl_signature_security_bits(cert) < security_bits)
        return MTL_REASON_WEAK_DIGEST;
    if (!is_leaf && stack->malformed_issuers_late && mtl_cert_has_malformed_extension(cert))
        return MTL_REASON_MALFORMED;
    return MTL_REASON_NONE;
}

#define MAX_CHAIN_LOOKED_AT 512U /* certificates; decoding their keys is slow, and no peer takes as many */

enum mtl_reason
mtl_own_weakness(const struct mtl_side *side, struct mtl_chain chain, const struct mtl_loaded_cert **blamed)
{
    for (size_t i = 0; i < chain.count && i < MAX_CHAIN_LOOKED_AT; i++) {
        enum mtl_reason reason = weakness(side->stack, chain.certs[i].cert, i == 0);

        if (reason == MTL_REASON_NONE)
            continue;
        *blamed = chain.certs + i;
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
mtl_side_key_is_alike(const struct mtl_side *side, enum mtl_tls tls)
{
    const struct mtl_key_info *key = &side->key->keys[0].key->key, *leaf = &side->presents->certs[0].cert->key;

    return key->type == leaf->type && (key->type != MTL_KEY_EC || tls == MTL_TLS12 || key->curve == leaf->curve);
}

static bool
is_loadable(const struct mtl_stack *stack, const struct mtl_key_info *key)
{
    if (key->type == MTL_KEY_EC && stack->loadable_curves != 0 && !is_set(stack->loadable_curves, key->curve))
        return false;
    return is_set(stack->loadable_keys, key->type) &&
           !(key->type == MTL_KEY_RSA && key->bits < stack->loadable_rsa_bits);
}

/* As a key store takes a chain: in order, each certificate once. */
static bool
is_in_order(struct mtl_chain chain)
{
    for (size_t i = 1; i < chain.count; i++) {
        const struct mtl_cert *cert = chain.certs[i - 1].cert, *issuer = chain.certs[i].cert;

        if (cert->issuer_hash != issuer->subject_hash ||
            !mtl_name_equal(mtl_cert_bytes(cert, cert->issuer), mtl_cert_bytes(issuer, issuer->subject)))
            return false;
        if (mtl_cert_same(cert, issuer))
            return false;
    }
    return true;
}

static bool
has_trusted_block(const struct mtl_material *material)
{
    for (size_t i = 0; material != NULL && i < material->cert_count; i++)
        if (strcmp(material->certs[i].source.label, "TRUSTED CERTIFICATE") == 0)
            return true;
    return false;
}

/* Where certificates go into a database, with what is known of their keys. */
static bool
is_storable(const struct mtl_stack *stack, const struct mtl_key_info *key)
{
    return stack->storable_keys == 0 || (is_set(stack->storable_keys, key->type) && key->curve != MTL_CURVE_EXPLICIT);
}

static enum mtl_reason
refuse_unstorable(const struct mtl_side *side, const struct mtl_material *material,
                  const struct mtl_loaded_cert **blamed)
{
    for (size_t i = 0; material != NULL && i < material->cert_count; i++) {
        *blamed = &material->certs[i];
        if (!is_storable(side->stack, &(*blamed)->cert->key))
            return MTL_REASON_NO_SHARED_ALGORITHM;
    }
    return MTL_REASON_NONE;
}

static bool
lacks_server_usage(const struct mtl_side *side, const struct mtl_cert *leaf)
{
    uint16_t wanted = side->stack->server_key_usage;

    return side->role == MTL_SERVER && wanted != 0 &&
           (mtl_cert_key_usage_is_empty(leaf) ||
            ((leaf->present & ~leaf->malformed & 1U << MTL_EXT_KEY_USAGE) != 0 && (leaf->key_usage & wanted) == 0));
}

static bool
is_for_agreement_only(const struct mtl_cert *leaf)
{
    uint16_t signing = MTL_KU_DIGITAL_SIGNATURE | MTL_KU_NON_REPUDIATION | MTL_KU_KEY_CERT_SIGN | MTL_KU_CRL_SIGN;

    return leaf->key.type == MTL_KEY_EC && (leaf->key_usage & MTL_KU_KEY_AGREEMENT) != 0 &&
           (leaf->key_usage & signing) == 0;
}

static bool
has_undecodable_usage(const struct mtl_cert *leaf)
{
    return leaf->key.type == MTL_KEY_EC && (leaf->malformed & ~leaf->duplicate & 1U << MTL_EXT_KEY_USAGE) != 0 &&
           !mtl_cert_key_usage_is_empty(leaf);
}

static enum mtl_reason
own_leaf_refusal(const struct mtl_stack *stack, const struct mtl_cert *leaf)
{
    enum mtl_reason reason = mtl_stack_refuses_leaf(stack, leaf);
    bool is_about_key = reason == MTL_REASON_EXPLICIT_CURVE || reason == MTL_REASON_UNKNOWN_CURVE ||
                        reason == MTL_REASON_LEAF_KEY_UNSUPPORTED;

    return stack->own_leaf_is_a_key && !is_about_key ? MTL_REASON_NONE : reason;
}

static enum mtl_reason
refuse_certificates(const struct mtl_side *side, const struct mtl_loaded_cert **blamed)
{
    const struct mtl_loaded_cert *leaf = &side->presents->certs[0];
    struct mtl_chain chain = {.certs = leaf, .count = side->presents->cert_count};

    bool starts = side->role == MTL_CLIENT && side->stack->client_withholds_unfit_leaf;

    if (side->role == MTL_SERVER && side->stack->weak_leaf_alert != 0)
        starts = true;
    if (side->stack->refuses_own_weak_certificate && !starts) {
        struct mtl_chain loaded = {.certs = leaf, .count = side->stack->weak_issuers_late ? 1 : chain.count};
        enum mtl_reason reason = mtl_own_weakness(side, loaded, blamed);

        if (reason != MTL_REASON_NONE)
            return reason;
    }
    if (side->stack->most_own_certificates != 0 && chain.count > side->stack->most_own_certificates)
        return MTL_REASON_TOO_MANY;
    *blamed = leaf;
    if (own_leaf_refusal(side->stack, leaf->cert) != MTL_REASON_NONE)
        return own_leaf_refusal(side->stack, leaf->cert);
    for (size_t i = 1; side->stack->reads_own_chain && i < chain.count; i++) {
        *blamed = chain.certs + i;
        if (mtl_reading_refusal(&side->stack->reading, chain.certs[i].cert, false) != MTL_REASON_NONE)
            return mtl_reading_refusal(&side->stack->reading, chain.certs[i].cert, false);
    }
    *blamed = leaf;
    if (side->stack->refuses_own_malformed_leaf && !starts && mtl_cert_has_malformed_extension(leaf->cert))
        return MTL_REASON_MALFORMED;
    if (!is_loadable(side->stack, &leaf->cert->key) ||
        (side->stack->own_keys_must_sign && (is_for_agreement_only(leaf->cert) || has_undecodable_usage(leaf->cert))))
        return MTL_REASON_NO_SHARED_ALGORITHM;
    if (side->role == MTL_SERVER && leaf->cert->key.type == MTL_KEY_EC && side->stack->server_curves != 0 &&
        !is_set(side->stack->server_curves, leaf->cert->key.curve))
        return MTL_REASON_UNKNOWN_CURVE;
    if (!side->stack->signs_with_any_key && !mtl_cert_key_is_usable(leaf->cert))
        return MTL_REASON_UNDECODABLE;
    if (is_set(side->stack->own_need_digital_signature, leaf->cert->key.type) &&
        mtl_leaf_is_not_for_signing(leaf->cert))
        return MTL_REASON_PURPOSE;
    if (lacks_server_usage(side, leaf->cert))
        return MTL_REASON_PURPOSE;
    if (side->stack->refuses_own_disorder && !is_in_order(chain))
        return MTL_REASON_OWN_CHAIN_DISORDER;
    return !side->stack->signs_with_any_key && mtl_side_key_is_another(side) ? MTL_REASON_KEY_MISMATCH
                                                                             : MTL_REASON_NONE;
}

static bool
holds_refused_crl(const struct mtl_side *side)
{
    return side->stack->refuses_crls_in_trust && side->trusts != NULL && !side->trusts->is_directory &&
           side->trusts->crl_count > 0;
}

static bool
stands_behind_crl(const struct mtl_side *side, const struct mtl_loaded_cert *cert)
{
    return holds_refused_crl(side) && side->trusts->crls[0].source.line < cert->source.line;
}

static enum mtl_reason
refuse_trust(const struct mtl_side *side, const struct mtl_loaded_cert **blamed)
{
    for (size_t i = 0; side->trusts != NULL && !side->trusts->is_directory && i < side->trusts->cert_count; i++) {
        *blamed = &side->trusts->certs[i];
        if (stands_behind_crl(side, *blamed))
            break;
        enum mtl_reason reason = mtl_reading_refusal(&side->stack->reading, (*blamed)->cert, true);

        if (reason != MTL_REASON_NONE)
            return reason;
    }
    *blamed = NULL;
    return holds_refused_crl(side) ? MTL_REASON_CRL_IN_TRUST : MTL_REASON_NONE;
}

static bool
has_unknown_critical(const struct mtl_side *side, const struct mtl_crl *crl)
{
    return crl->has_unknown_critical && !(side->stack->policy.knows_crl_numbers && crl->has_critical_number);
}

/* RFC 5280 5.2.4, 5.2.5: CRLs that speak of some certificates or some reasons, and those without an end. */
static enum mtl_reason
refuse_crls(const struct mtl_side *side)
{
    const struct mtl_material *crls = side->crls;

    for (size_t i = 0; crls != NULL && i < crls->crl_count; i++) {
        const struct mtl_crl *crl = crls->crls[i].crl;

        if (has_unknown_critical(side, crl))
            return MTL_REASON_CRL_CRITICAL_EXTENSION;
        if (crl->extensions.size == 0 || (crl->malformed && !crl->only_number_repeated) || crl->malformed_entry ||
            crl->is_delta || crl->idp_indirect || crl->idp_has_reasons || crl->idp_only_attribute ||
            !crl->has_next_update || (crl->idp_present && crl->idp_name.size == 0))
            return MTL_REASON_CRL_SCOPE;
    }
    return MTL_REASON_NONE;
}

/* RFC 5280 5.2: only the number of a CRL and its issuer's key id are not critical; of entries nothing is known. */
static bool
has_critical_crl(const struct mtl_side *side)
{
    for (size_t i = 0; i < mtl_side_crl_count(side); i++) {
        const struct mtl_crl *crl = side->crls->crls[i].crl;

        if (has_unknown_critical(side, crl) || crl->is_delta || crl->idp_present)
            return true;
    }
    return false;
}

/* A delta CRL without a number decodes, though RFC 5280 5.2.3 does not let it be. */
static bool
has_malformed_crl(const struct mtl_material *crls)
{
    for (size_t i = 0; crls != NULL && i < crls->crl_count; i++)
        if (crls->crls[i].crl->malformed && !crls->crls[i].crl->is_delta)
            return true;
    return false;
}

static enum mtl_reason
why_trust_is_empty(const struct mtl_side *side, const struct mtl_loaded_cert **blamed)
{
    enum mtl_reason reason = MTL_REASON_NONE;

    if (side->stack->tells_why_trust_is_empty && side->trusts->cert_count > 0)
        reason = mtl_reading_refusal(&side->stack->reading, side->trusts->certs[0].cert, true);
    if (reason != MTL_REASON_NONE)
        *blamed = &side->trusts->certs[0];
    return reason == MTL_REASON_NONE ? MTL_REASON_EMPTY_TRUST : reason;
}

static bool
has_empty_trust(const struct mtl_side *side, const struct mtl_material *trusted)
{
    return side->stack->refuses_empty_trust && side->trusts != NULL && !side->trusts->is_directory &&
           trusted->cert_count == 0;
}

/* It looks for names to send in its requests, takes them from plain blocks only, and stops at a broken one. */
static bool
has_only_trusted_blocks(const struct mtl_side *side)
{
    const struct mtl_stack *stack = side->stack;
    const struct mtl_note *broken;
    size_t count = 0;

    if (!(side->role == MTL_CLIENT ? stack->client_refuses_only_trusted_blocks : stack->refuses_only_trusted_blocks) ||
        side->trusts == NULL)
        return false;
    broken = broken_block(side->trusts);
    for (size_t i = 0; i < side->trusts->cert_count; i++) {
        const struct mtl_source *source = &side->trusts->certs[i].source;
        count +=
            strcmp(source->label, "TRUSTED CERTIFICATE") == 0 || (broken != NULL && source->line > broken->source.line);
    }
    return count > 0 && count == side->trusts->cert_count;
}

static int
compare_subjects(const void *left, const void *right)
{
    const struct mtl_cert *a = (*(const struct mtl_loaded_cert *const *)left)->cert;
    const struct mtl_cert *b = (*(const struct mtl_loaded_cert *const *)right)->cert;

    return (a->subject_hash > b->subject_hash) - (a->subject_hash < b->subject_hash);
}

/* Names whose hashes are the same are taken for the same. NULL: there are none. */
static const struct mtl_loaded_cert *
find_name_again(const struct mtl_material *trusts)
{
    struct mtl_arena *arena = mtl_arena_new();
    const struct mtl_loaded_cert *found = NULL, **sorted;

    sorted = mtl_arena_array(arena, trusts->cert_count, sizeof(*sorted));
    for (size_t i = 0; i < trusts->cert_count; i++)
        sorted[i] = &trusts->certs[i];
    qsort(sorted, trusts->cert_count, sizeof(*sorted), compare_subjects);
    for (size_t i = 1; found == NULL && i < trusts->cert_count; i++)
        if (compare_subjects(&sorted[i - 1], &sorted[i]) == 0)
            found = sorted[i];
    mtl_arena_free(arena);
    return found;
}

/* libcrypto puts what stands in a file into entries of at most one certificate and one CRL: is there one of a CRL? */
static bool
has_lone_crl(const struct mtl_material *trusts)
{
    bool has_cert = false, has_crl = false;
    size_t next = 0;

    for (size_t i = 0; i < trusts->crl_count; i++) {
        for (; next < trusts->cert_count && trusts->certs[next].source.line < trusts->crls[i].source.line; next++) {
            has_crl = has_crl && !has_cert;
            has_cert = true;
        }
        if (has_crl && !has_cert)
            return true;
        has_cert = has_cert && !has_crl;
        has_crl = true;
    }
    return has_crl && !has_cert && next == trusts->cert_count;
}

static enum mtl_reason
refuse_ca_names(const struct mtl_side *side, const struct mtl_loaded_cert **blamed)
{
    const struct mtl_material *trusts = side->trusts;

    if (!side->stack->server_needs_distinct_names || side->role != MTL_SERVER || trusts == NULL || trusts->is_directory)
        return MTL_REASON_NONE;
    if (has_lone_crl(trusts))
        return MTL_REASON_CRL_IN_TRUST;
    *blamed = find_name_again(trusts);
    return *blamed == NULL ? MTL_REASON_NONE : MTL_REASON_NAME_TRUSTED_TWICE;
}

static bool
forgives_broken_trust(const struct mtl_stack *stack)
{
    return stack->broken_block_ends_trust || stack->broken_block_empties_trust || stack->forgives_broken_trust;
}

static bool
lacks_certificate(const struct mtl_side *side)
{
    return side->stack->refuses_absent_certificate && side->role == MTL_SERVER &&
           (side->presents == NULL || side->presents->cert_count == 0);
}

/* In the order in which a program loads: certificates and key, then trust and CRLs. */
enum mtl_reason
mtl_own_refusal(const struct mtl_side *side, const struct mtl_material *trusted, const struct mtl_loaded_cert **blamed,
                const struct mtl_note **broken)
{
    bool refuses = side->stack->refuses_own_undecodable_files;

    *blamed = NULL;
    *broken = refuses && !side->stack->sends_blocks_undecoded ? broken_block(side->presents) : NULL;
    if (*broken != NULL ||
        (side->stack->refuses_trusted_blocks && (has_trusted_block(side->presents) || has_trusted_block(side->trusts))))
        return MTL_REASON_UNDECODABLE;
    if (side->presents != NULL && side->presents->cert_count > 0) {
        enum mtl_reason reason = refuse_certificates(side, blamed);

        if (reason != MTL_REASON_NONE)
            return reason;
    }
    if (refuse_unstorable(side, side->presents, blamed) != MTL_REASON_NONE ||
        refuse_unstorable(side, side->trusts, blamed) != MTL_REASON_NONE)
        return MTL_REASON_NO_SHARED_ALGORITHM;
    if (side->stack->refuses_unreadable_trust && refuse_trust(side, blamed) != MTL_REASON_NONE)
        return refuse_trust(side, blamed);
    *blamed = NULL;
    if (holds_refused_crl(side) && !side->stack->goes_on_without)
        return MTL_REASON_CRL_IN_TRUST;
    if (side->stack->refuses_unusable_crls && refuse_crls(side) != MTL_REASON_NONE)
        return refuse_crls(side);
    if (side->stack->refuses_malformed_crls && has_malformed_crl(side->crls))
        return MTL_REASON_CRL_MALFORMED;
    if (side->stack->refuses_critical_crls && has_critical_crl(side))
        return MTL_REASON_CRL_CRITICAL_EXTENSION;
    if (side->stack->depth_is_most_certificates && side->depth == 0)
        return MTL_REASON_DEPTH;
    if (lacks_certificate(side))
        return MTL_REASON_NO_CERTIFICATE;
    if (has_empty_trust(side, trusted))
        return why_trust_is_empty(side, blamed);
    if (has_only_trusted_blocks(side))
        return MTL_REASON_EMPTY_TRUST;
    if (!refuses || (side->verify == MTL_VERIFY_NONE && side->stack->loads_trust_only_to_verify))
        return MTL_REASON_NONE;
    *broken = forgives_broken_trust(side->stack) ? NULL : broken_block(side->trusts);
    if (*broken == NULL)
        *broken = side->stack->forgives_broken_crls ? NULL : broken_block(side->crls);
    if (*broken != NULL)
        return MTL_REASON_UNDECODABLE;
    return refuse_ca_names(side, blamed);
}

static struct mtl_side
as_loaded(const struct mtl_side *side)
{
    static const struct mtl_material nothing;
    const struct mtl_material *presents = side->presents;
    const struct mtl_loaded_cert *blamed;
    struct mtl_side loaded = *side;

    if (side->role == MTL_SERVER && side->stack->always_asks && side->verify == MTL_VERIFY_NONE)
        loaded.verify = MTL_VERIFY_OPTIONAL;
    if (!side->stack->goes_on_without)
        return loaded;
    if (broken_block(presents) != NULL ||
        (presents != NULL && presents->cert_count > 0 && refuse_certificates(side, &blamed) != MTL_REASON_NONE))
        loaded.presents = loaded.key = &nothing;
    if (broken_block(side->trusts) != NULL || refuse_trust(side, &blamed) != MTL_REASON_NONE)
        loaded.trusts = &nothing;
    return loaded;
}

const struct mtl_handshake_question *
mtl_question_as_loaded(struct mtl_arena *arena, const struct mtl_handshake_question *question)
{
    const struct mtl_stack *client = question->sides[MTL_CLIENT].stack, *server = question->sides[MTL_SERVER].stack;
    struct mtl_handshake_question *loaded;

    if (!client->goes_on_without && !server->goes_on_without && !server->always_asks)
        return question;
    loaded = mtl_arena_alloc(arena, sizeof(*loaded));
    *loaded = *question;
    for (int role = MTL_CLIENT; role <= MTL_SERVER; role++)
        loaded->sides[role] = as_loaded(&question->sides[role]);
    return loaded;
}
