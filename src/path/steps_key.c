/* Steps on keys and on the algorithms of signatures: strength, kinds, curves. SPDX-License-Identifier: Apache-2.0 */
#include "path/judgement.h"

#define BIT(number) (1U << (number))

static void
fail(struct judgement *judgement, struct working_path *path, enum mtl_reason reason, enum mtl_step step, size_t depth)
{
    mtl_path_fail(judgement, path, &(struct mtl_failure){.reason = reason, .step = step, .depth = depth});
}

static bool
key_is_strong(const struct judgement *judgement, const struct mtl_cert *cert)
{
    if (judgement->policy->security_bits == 0)
        return true;
    if (judgement->policy->known_curves != 0 && cert->key.type == MTL_KEY_EC &&
        (judgement->policy->known_curves & BIT(cert->key.curve)) == 0)
        return false;
    return mtl_key_security_bits(&cert->key) >= judgement->policy->security_bits && mtl_cert_key_is_usable(cert);
}

void
mtl_step_leaf_key_strength(struct judgement *judgement, struct working_path *path, size_t depth)
{
    if (!key_is_strong(judgement, path->certs[depth]->cert))
        fail(judgement, path, MTL_REASON_LEAF_KEY_WEAK, MTL_STEP_LEAF_KEY_STRENGTH, depth);
}

void
mtl_step_issuer_key_strength(struct judgement *judgement, struct working_path *path, size_t depth)
{
    if (depth > 0 && !key_is_strong(judgement, path->certs[depth]->cert))
        fail(judgement, path, MTL_REASON_ISSUER_KEY_WEAK, MTL_STEP_ISSUER_KEY_STRENGTH, depth);
}

/* An empty mask asks for nothing. */
static bool
lacks(uint32_t mask, unsigned bit)
{
    return mask != 0 && (mask & BIT(bit)) == 0;
}

/* The anchor's own signature proves nothing, so its strength does not matter. */
void
mtl_step_digest_strength(struct judgement *judgement, struct working_path *path, size_t depth)
{
    const struct mtl_policy *policy = judgement->policy;
    const struct mtl_cert *cert = path->certs[depth]->cert;

    if (depth + 1 >= path->count)
        return;
    bool is_ecdsa = policy->ecdsa_digests != 0 && cert->signature_algorithm.key == MTL_KEY_EC;
    if (lacks(is_ecdsa ? policy->ecdsa_digests : policy->signature_digests, cert->signature_algorithm.digest) ||
        lacks(policy->signature_keys, cert->signature_algorithm.key) ||
        (policy->security_bits != 0 && mtl_signature_security_bits(cert) < policy->security_bits))
        fail(judgement, path, MTL_REASON_WEAK_DIGEST, MTL_STEP_DIGEST_STRENGTH, depth);
}

void
mtl_step_own_digest(struct judgement *judgement, struct working_path *path, size_t depth)
{
    const struct mtl_cert *cert = path->certs[depth]->cert;

    if (lacks(judgement->policy->signature_digests, cert->signature_algorithm.digest) &&
        mtl_issuer_refusal(judgement->policy, cert, cert) != MTL_REFUSED_NOT)
        fail(judgement, path, MTL_REASON_WEAK_DIGEST, MTL_STEP_OWN_DIGEST, depth);
}

/* ---- kinds of keys ---------------------------------------------------------------------------------------------- */

static bool
knows_curve(const struct mtl_policy *policy, const struct mtl_key_info *key)
{
    return key->type != MTL_KEY_EC || !lacks(policy->verifying_curves, key->curve);
}

static bool
is_supported_key(const struct mtl_policy *policy, const struct mtl_key_info *key)
{
    return !lacks(policy->verifying_keys, key->type) && (policy->other_curves_are_weak || knows_curve(policy, key));
}

static bool
is_supported_size(const struct mtl_policy *policy, const struct mtl_key_info *key)
{
    if (!knows_curve(policy, key))
        return false;
    return key->type != MTL_KEY_RSA ||
           (key->bits >= policy->rsa_bits[0] && (policy->rsa_bits[1] == 0 || key->bits <= policy->rsa_bits[1]));
}

/* Of the leaf's own proof, which is looked at when all else holds. */
void
mtl_step_leaf_key_supported(struct judgement *judgement, struct working_path *path, size_t depth)
{
    const struct mtl_key_info *key = &path->certs[depth]->cert->key;

    if (!is_supported_key(judgement->policy, key))
        fail(judgement, path, MTL_REASON_LEAF_KEY_UNSUPPORTED, MTL_STEP_LEAF_KEY_SUPPORTED, depth);
    else if (!is_supported_size(judgement->policy, key))
        fail(judgement, path, MTL_REASON_LEAF_KEY_WEAK, MTL_STEP_LEAF_KEY_SUPPORTED, depth);
}

/* A signature of the certificate's kind, and the key of its issuer; the issuer is blamed. */
void
mtl_step_issuer_key_supported(struct judgement *judgement, struct working_path *path, size_t depth)
{
    if (depth + 1 >= path->count)
        return;
    const struct mtl_key_info *key = &path->certs[depth + 1]->cert->key;
    enum mtl_key_type made_by = path->certs[depth]->cert->signature_algorithm.key;
    bool fits = key->type == made_by || (key->type == MTL_KEY_RSA && made_by == MTL_KEY_RSA_PSS);

    if (!fits || !is_supported_key(judgement->policy, key))
        fail(judgement, path, MTL_REASON_ISSUER_KEY_UNSUPPORTED, MTL_STEP_ISSUER_KEY_SUPPORTED, depth + 1);
    else if (!is_supported_size(judgement->policy, key))
        fail(judgement, path, MTL_REASON_ISSUER_KEY_WEAK, MTL_STEP_ISSUER_KEY_SUPPORTED, depth + 1);
}

void
mtl_step_anchor_key(struct judgement *judgement, struct working_path *path, size_t depth)
{
    if (!path->anchored || depth + 2 != path->count)
        return;
    const struct mtl_key_info *key = &path->certs[depth + 1]->cert->key;
    if (!is_supported_key(judgement->policy, key) || !is_supported_size(judgement->policy, key))
        fail(judgement, path, MTL_REASON_WEAK_DIGEST, MTL_STEP_ANCHOR_KEY, depth);
}

/* ---- decoding --------------------------------------------------------------------------------------------------- */

/* RFC 5480 2.1.1: only named curves. A certificate that stands alone is taken as it is. */
void
mtl_step_explicit_curve(struct judgement *judgement, struct working_path *path, size_t depth)
{
    if (path->count > 1 && path->certs[depth]->cert->key.curve == MTL_CURVE_EXPLICIT)
        fail(judgement, path, MTL_REASON_EXPLICIT_CURVE, MTL_STEP_EXPLICIT_CURVE, depth);
}

void
mtl_step_key_decodes(struct judgement *judgement, struct working_path *path, size_t depth)
{
    const struct mtl_cert *cert = path->certs[depth]->cert;

    if (path->count > 1 && (!is_supported_key(judgement->policy, &cert->key) || !mtl_cert_key_is_usable(cert)))
        fail(judgement, path, MTL_REASON_ISSUER_KEY, MTL_STEP_KEY_DECODES, depth);
}
