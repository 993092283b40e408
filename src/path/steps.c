/* Steps on one certificate at a time: extensions, CA flag, purpose, strength. SPDX-License-Identifier: Apache-2.0 */
#include "path/judgement.h"

#define BIT(extension) (1U << (extension))

static void
fail(struct judgement *judgement, struct working_path *path, enum mtl_reason reason, enum mtl_step step, size_t depth)
{
    mtl_path_fail(judgement, path, &(struct mtl_failure){.reason = reason, .step = step, .depth = depth});
}

static bool
has_usable(const struct mtl_cert *cert, enum mtl_extension extension)
{
    return (cert->present & ~cert->malformed & BIT(extension)) != 0;
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
is_supported_key(const struct mtl_policy *policy, const struct mtl_key_info *key)
{
    return !lacks(policy->verifying_keys, key->type) &&
           (key->type != MTL_KEY_EC || !lacks(policy->verifying_curves, key->curve));
}

static bool
is_supported_size(const struct mtl_policy *policy, const struct mtl_key_info *key)
{
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

/* ---- extensions ------------------------------------------------------------------------------------------------- */

/* RFC 5280 4.2.1.6, 4.2.1.10: all of a critical extension's names must be understood, or at least one of them. */
static bool
holds_unknown_names(const struct mtl_policy *policy, const struct mtl_cert *cert)
{
    uint32_t types = policy->constraints.known_types;

    if (types == 0)
        return false;
    if ((cert->critical & BIT(MTL_EXT_NAME_CONSTRAINTS)) != 0 && (mtl_cert_constrained_types(cert) & ~types) != 0)
        return true;
    return (cert->critical & BIT(MTL_EXT_SUBJECT_ALT_NAME)) != 0 && (mtl_cert_alt_name_types(cert) & types) == 0;
}

/* RFC 5280 4.2: a critical extension that is not recognised rejects the certificate. */
void
mtl_step_critical_extensions(struct judgement *judgement, struct working_path *path, size_t depth)
{
    const struct mtl_cert *cert = path->certs[depth]->cert;

    if (cert->other_critical || (cert->critical & ~judgement->policy->understood_extensions) != 0 ||
        holds_unknown_names(judgement->policy, cert))
        fail(judgement, path, MTL_REASON_CRITICAL_EXTENSION, MTL_STEP_CRITICAL_EXTENSIONS, depth);
}

void
mtl_step_decodable_extensions(struct judgement *judgement, struct working_path *path, size_t depth)
{
    if (mtl_path_finds_malformed(judgement->policy, path->certs[depth]->cert))
        fail(judgement, path, MTL_REASON_MALFORMED, MTL_STEP_DECODABLE_EXTENSIONS, depth);
}

void
mtl_step_proxy(struct judgement *judgement, struct working_path *path, size_t depth)
{
    if (has_usable(path->certs[depth]->cert, MTL_EXT_PROXY_CERT_INFO))
        fail(judgement, path, MTL_REASON_PROXY, MTL_STEP_PROXY, depth);
}

enum ca_kind {
    NOT_A_CA,
    IS_CA,         /* basicConstraints say so */
    CA_BY_V1_ROOT, /* version 1 and self-signed: cannot say */
    CA_BY_KEY_USAGE,
    CA_BY_NETSCAPE,
};

#define NETSCAPE_ANY_CA (MTL_NS_SSL_CA | MTL_NS_SMIME_CA | MTL_NS_OBJECT_SIGNING_CA)

static enum ca_kind
classify_ca(const struct mtl_cert *cert)
{
    bool has_key_usage = has_usable(cert, MTL_EXT_KEY_USAGE);

    if (has_key_usage && (cert->key_usage & MTL_KU_KEY_CERT_SIGN) == 0)
        return NOT_A_CA;
    if (has_usable(cert, MTL_EXT_BASIC_CONSTRAINTS))
        return cert->is_ca ? IS_CA : NOT_A_CA;
    if (cert->version == 1 && mtl_cert_is_self_signed(cert))
        return CA_BY_V1_ROOT;
    if (has_key_usage)
        return CA_BY_KEY_USAGE;
    if (has_usable(cert, MTL_EXT_NETSCAPE_CERT_TYPE) && (cert->netscape_cert_type & NETSCAPE_ANY_CA) != 0)
        return CA_BY_NETSCAPE;
    return NOT_A_CA;
}

static bool
basic_constraints_tell(const struct mtl_cert *cert, bool is_anchor)
{
    if (mtl_cert_has(cert, MTL_EXT_BASIC_CONSTRAINTS))
        return has_usable(cert, MTL_EXT_BASIC_CONSTRAINTS) && cert->is_ca;
    return is_anchor && (cert->version == 1 || cert->self_issued);
}

/* RFC 5280 6.1.4 (k). An anchor may show in older ways that it is a CA, where the policy lets it. */
void
mtl_step_is_ca(struct judgement *judgement, struct working_path *path, size_t depth)
{
    const struct mtl_cert *cert = path->certs[depth]->cert;
    bool is_anchor = depth + 1 == path->count;
    enum ca_kind kind;

    if (depth == 0)
        return;
    if (judgement->policy->only_basic_constraints_tell) {
        if (!basic_constraints_tell(cert, is_anchor && path->anchored))
            fail(judgement, path, MTL_REASON_NOT_A_CA, MTL_STEP_IS_CA, depth);
        return;
    }
    if (judgement->policy->old_versions_may_issue && cert->version != 3 &&
        !mtl_cert_has(cert, MTL_EXT_BASIC_CONSTRAINTS))
        return;
    if (judgement->policy->ca_flag_is_enough && cert->is_ca)
        return;
    kind = mtl_path_cannot_issue(judgement->policy, cert) ? NOT_A_CA : classify_ca(cert);
    if (kind == IS_CA || (kind != NOT_A_CA && is_anchor && judgement->policy->ca_by_key_usage_alone))
        return;
    fail(judgement, path, MTL_REASON_NOT_A_CA, MTL_STEP_IS_CA, depth);
}

/* A CA that proves its own identity; RFC 5280 lets it. */
void
mtl_step_no_ca_as_leaf(struct judgement *judgement, struct working_path *path, size_t depth)
{
    if (depth == 0 && path->certs[0]->cert->is_ca)
        fail(judgement, path, MTL_REASON_CA_AS_LEAF, MTL_STEP_NO_CA_AS_LEAF, 0);
}

/* Only version 3 has basicConstraints (RFC 5280 6.1.4 (k)). */
void
mtl_step_version(struct judgement *judgement, struct working_path *path, size_t depth)
{
    const struct mtl_cert *cert = path->certs[depth]->cert;
    bool is_anchor = path->anchored && depth + 1 == path->count;

    if (depth > 0 && !is_anchor && cert->version != 3 && !mtl_cert_has(cert, MTL_EXT_BASIC_CONSTRAINTS))
        fail(judgement, path, MTL_REASON_OLD_VERSION, MTL_STEP_VERSION, depth);
}

/* RFC 5480 2.1.1: only named curves. A certificate that stands alone is taken as it is. */
void
mtl_step_explicit_curve(struct judgement *judgement, struct working_path *path, size_t depth)
{
    if (path->count > 1 && path->certs[depth]->cert->key.curve == MTL_CURVE_EXPLICIT)
        fail(judgement, path, MTL_REASON_EXPLICIT_CURVE, MTL_STEP_EXPLICIT_CURVE, depth);
}

/* OpenSSL, and so `malformed`, does not take a keyUsage without any bit. */
static bool
has_empty_key_usage(const struct mtl_cert *cert)
{
    return mtl_cert_has(cert, MTL_EXT_KEY_USAGE) && cert->key_usage == 0 &&
           (cert->duplicate & BIT(MTL_EXT_KEY_USAGE)) == 0;
}

/* RFC 5280 4.2.1.3 and 4.2.1.12, for the role of the leaf. */
static bool
serves_role(const struct judgement *judgement, const struct mtl_cert *cert, bool is_issuer)
{
    const struct mtl_policy *policy = judgement->policy;
    enum mtl_role role = judgement->question->subject;
    bool asks = cert->extended_key_usage != 0 || !policy->empty_usages_ask_for_nothing;

    if (has_usable(cert, MTL_EXT_EXTENDED_KEY_USAGE) && asks && (cert->extended_key_usage & policy->eku[role]) == 0 &&
        (!is_issuer || policy->nested_eku))
        return false;
    if (is_issuer && policy->purpose_needs_ca && classify_ca(cert) == NOT_A_CA)
        return false;
    if (is_issuer)
        return classify_ca(cert) != CA_BY_NETSCAPE || (cert->netscape_cert_type & MTL_NS_SSL_CA) != 0;
    if (policy->key_usage[role] != 0 &&
        (has_usable(cert, MTL_EXT_KEY_USAGE) || (policy->empty_key_usage_decodes && has_empty_key_usage(cert))) &&
        (cert->key_usage & policy->key_usage[role]) == 0)
        return false;
    return policy->netscape_cert_type[role] == 0 || !has_usable(cert, MTL_EXT_NETSCAPE_CERT_TYPE) ||
           (cert->netscape_cert_type & policy->netscape_cert_type[role]) != 0;
}

static void
check_eku(struct judgement *judgement, struct working_path *path, enum mtl_step step, size_t depth, uint16_t needed)
{
    const struct mtl_cert *cert = path->certs[depth]->cert;

    if (mtl_cert_has(cert, MTL_EXT_EXTENDED_KEY_USAGE) && (cert->extended_key_usage & needed) == 0)
        fail(judgement, path, MTL_REASON_PURPOSE, step, depth);
}

void
mtl_step_leaf_eku(struct judgement *judgement, struct working_path *path, size_t depth)
{
    if (depth == 0)
        check_eku(judgement, path, MTL_STEP_LEAF_EKU, depth, judgement->policy->eku[judgement->question->subject]);
}

void
mtl_step_issuer_eku(struct judgement *judgement, struct working_path *path, size_t depth)
{
    if (depth + (path->anchored ? 2 : 1) < path->count)
        check_eku(judgement, path, MTL_STEP_ISSUER_EKU, depth + 1,
                  judgement->policy->issuer_eku[judgement->question->subject]);
}

void
mtl_step_purpose(struct judgement *judgement, struct working_path *path, size_t depth)
{
    const struct mtl_loaded_cert *cert = path->certs[depth];
    int says = depth >= path->presented_count ? mtl_aux_trust_says(judgement, cert) : 0;

    if (says > 0)
        return;
    /* Where malformed certificates cannot issue, one that got here is taken as fit for anything. */
    if (says == 0 && mtl_path_cannot_issue(judgement->policy, cert->cert))
        return;
    if (says < 0 || !serves_role(judgement, cert->cert, depth > 0))
        fail(judgement, path, MTL_REASON_PURPOSE, MTL_STEP_PURPOSE, depth);
}

/* RFC 5280 4.2.1.9: intermediates between this CA and the leaf. */
void
mtl_step_path_length(struct judgement *judgement, struct working_path *path, size_t depth)
{
    const struct mtl_cert *cert = path->certs[depth]->cert;
    int32_t below = 0;

    if (depth < 2 || !has_usable(cert, MTL_EXT_BASIC_CONSTRAINTS) || cert->path_length < 0)
        return;
    for (size_t i = 1; i < depth; i++) {
        if (!judgement->policy->self_issued_are_exempt_from_path_length || !path->certs[i]->cert->self_issued)
            below++;
    }
    if (below > cert->path_length)
        fail(judgement, path, MTL_REASON_PATH_LENGTH, MTL_STEP_PATH_LENGTH, depth);
}

void
mtl_step_depth_below(struct judgement *judgement, struct working_path *path, size_t depth)
{
    for (size_t above = depth + 2; above < path->count; above++) {
        const struct mtl_cert *cert = path->certs[above]->cert;

        if (!has_usable(cert, MTL_EXT_BASIC_CONSTRAINTS) || !cert->is_ca || cert->path_length < 0 ||
            above - 1 - depth <= (size_t)cert->path_length)
            continue;
        fail(judgement, path, MTL_REASON_PATH_LENGTH, MTL_STEP_DEPTH_BELOW, above);
        return;
    }
}

/* RFC 6125: does the leaf name the server? */
void
mtl_step_identity(struct judgement *judgement, struct working_path *path, size_t depth)
{
    const char *host = judgement->question->host;
    uint8_t address[16];
    size_t size;

    if (depth != 0 || host == NULL || mtl_cert_names_host(path->certs[0]->cert, host, &judgement->policy->names))
        return;
    if (judgement->policy->names_must_decode &&
        (path->certs[0]->cert->malformed & BIT(MTL_EXT_SUBJECT_ALT_NAME)) != 0) {
        fail(judgement, path, MTL_REASON_MALFORMED, MTL_STEP_IDENTITY, 0);
        return;
    }
    fail(judgement, path,
         mtl_host_is_address(host, address, &size) ? MTL_REASON_ADDRESS_MISMATCH : MTL_REASON_NAME_MISMATCH,
         MTL_STEP_IDENTITY, 0);
}
