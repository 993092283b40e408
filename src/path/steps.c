/* Steps on one certificate at a time: extensions, CA flag, purpose. SPDX-License-Identifier: Apache-2.0 */
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
mtl_step_proxy(struct judgement *judgement, struct working_path *path, size_t depth)
{
    if (path->certs[depth]->cert->is_proxy)
        fail(judgement, path, MTL_REASON_PROXY, MTL_STEP_PROXY, depth);
}

/* RFC 3820 3.4 */
void
mtl_step_proxy_name(struct judgement *judgement, struct working_path *path, size_t depth)
{
    const struct mtl_cert *cert = path->certs[depth]->cert;

    if (!cert->is_proxy || (depth > 0 && cert->self_issued))
        return;
    if (!mtl_name_is_one_longer(mtl_cert_bytes(cert, cert->subject), mtl_cert_bytes(cert, cert->issuer)))
        fail(judgement, path, MTL_REASON_PROXY_NAME, MTL_STEP_PROXY_NAME, depth);
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
basic_constraints_tell(const struct mtl_policy *policy, const struct mtl_cert *cert, bool is_anchor)
{
    bool is_large = policy->negative_path_lengths_are_large && mtl_cert_is_odd(cert, MTL_ODD_PATH_LENGTH_SIGN, 0) &&
                    (cert->duplicate & BIT(MTL_EXT_BASIC_CONSTRAINTS)) == 0;

    if (mtl_cert_is_odd(cert, MTL_ODD_MORE_BEHIND, MTL_EXT_BASIC_CONSTRAINTS))
        return false;
    if (policy->path_length_bits != 0 && mtl_cert_is_odd(cert, MTL_ODD_PATH_LENGTH_SIZE, policy->path_length_bits))
        return false;
    if (mtl_cert_has(cert, MTL_EXT_BASIC_CONSTRAINTS))
        return (has_usable(cert, MTL_EXT_BASIC_CONSTRAINTS) || is_large) && cert->is_ca;
    return is_anchor && (cert->version == 1 || cert->self_issued);
}

/* RFC 5280 6.1.4 (k). An anchor may show in older ways that it is a CA, where the policy lets it. */
void
mtl_step_is_ca(struct judgement *judgement, struct working_path *path, size_t depth)
{
    const struct mtl_policy *policy = judgement->policy;
    const struct mtl_cert *cert = path->certs[depth]->cert;
    bool is_anchor = depth + 1 == path->count;
    enum ca_kind kind;

    if (depth == 0 && !policy->only_clear_cas)
        return;
    if (policy->only_basic_constraints_tell) {
        if (!basic_constraints_tell(policy, cert, is_anchor && path->anchored))
            fail(judgement, path, MTL_REASON_NOT_A_CA, MTL_STEP_IS_CA, depth);
        return;
    }
    if (policy->old_versions_may_issue && cert->version != 3 && !mtl_cert_has(cert, MTL_EXT_BASIC_CONSTRAINTS))
        return;
    if (policy->ca_flag_is_enough && cert->is_ca)
        return;
    if (policy->old_self_issued_below_anchors_issue && cert->version < 3 && cert->self_issued && path->anchored &&
        depth + 2 == path->count)
        return;
    kind = mtl_path_cannot_issue(policy, cert) ? NOT_A_CA : classify_ca(cert);
    if (kind == IS_CA || (kind == CA_BY_V1_ROOT && policy->version_1_roots_issue) ||
        (kind == NOT_A_CA ? depth == 0 : is_anchor && policy->ca_by_key_usage_alone && !policy->only_clear_cas))
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

static bool
may_sign(const struct mtl_cert *cert)
{
    return !(has_usable(cert, MTL_EXT_KEY_USAGE) || mtl_cert_key_usage_is_empty(cert)) ||
           (cert->key_usage & MTL_KU_KEY_CERT_SIGN) != 0;
}

/* RFC 5280 6.1.4 (n) */
void
mtl_step_own_cert_sign(struct judgement *judgement, struct working_path *path, size_t depth)
{
    if (depth > 0 && !may_sign(path->certs[depth]->cert))
        fail(judgement, path, MTL_REASON_NO_CERT_SIGN, MTL_STEP_OWN_CERT_SIGN, depth);
}

/* RFC 5280 4.2.1.3: at least one bit is set, and the last two mean nothing by themselves. */
void
mtl_step_key_usage_bits(struct judgement *judgement, struct working_path *path, size_t depth)
{
    const struct mtl_cert *cert = path->certs[depth]->cert;

    if (mtl_cert_key_usage_is_empty(cert) || (has_usable(cert, MTL_EXT_KEY_USAGE) &&
                                              (cert->key_usage & ~(MTL_KU_ENCIPHER_ONLY | MTL_KU_DECIPHER_ONLY)) == 0))
        fail(judgement, path, MTL_REASON_EMPTY_KEY_USAGE, MTL_STEP_KEY_USAGE_BITS, depth);
}

/* Below version 3 an anchor cannot say what it is. */
void
mtl_step_anchor(struct judgement *judgement, struct working_path *path, size_t depth)
{
    const struct mtl_cert *cert = path->certs[depth]->cert;

    if (depth == 0 || depth + 1 < path->count || cert->version < 3)
        return;
    if (!has_usable(cert, MTL_EXT_BASIC_CONSTRAINTS) || !cert->is_ca)
        fail(judgement, path, MTL_REASON_ANCHOR_NOT_A_CA, MTL_STEP_ANCHOR, depth);
    else if (!may_sign(cert))
        fail(judgement, path, MTL_REASON_ANCHOR_NO_CERT_SIGN, MTL_STEP_ANCHOR, depth);
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

/* The limit of a verifier that builds without it. */
void
mtl_step_depth(struct judgement *judgement, struct working_path *path, size_t depth)
{
    if (depth > (size_t)mtl_path_limit(judgement) + 1)
        fail(judgement, path, MTL_REASON_DEPTH, MTL_STEP_DEPTH, depth);
}

/* OpenSSL, and so `malformed`, does not take a keyUsage without any bit. */
static bool
has_empty_key_usage(const struct mtl_cert *cert)
{
    return mtl_cert_key_usage_is_empty(cert) && (cert->duplicate & BIT(MTL_EXT_KEY_USAGE)) == 0;
}

/* Does not decode, though it has to? */
static bool
lacks_value(const struct judgement *judgement, const struct mtl_cert *cert, enum mtl_extension extension)
{
    uint32_t malformed = cert->malformed;

    if (judgement->policy->names.unsound_names_spoil_all && mtl_cert_has_unsound_name(cert, MTL_EXT_SUBJECT_ALT_NAME))
        malformed |= BIT(MTL_EXT_SUBJECT_ALT_NAME);
    return (judgement->policy->decoded_of_leaf & malformed & BIT(extension)) != 0;
}

static bool
has_purpose(const struct judgement *judgement, const struct mtl_cert *cert)
{
    bool asks = cert->extended_key_usage != 0 || !judgement->policy->empty_usages_ask_for_nothing;

    return !has_usable(cert, MTL_EXT_EXTENDED_KEY_USAGE) || !asks ||
           (cert->extended_key_usage & judgement->policy->eku[judgement->question->subject]) != 0;
}

static bool
has_key_usage(const struct judgement *judgement, const struct mtl_cert *cert)
{
    uint16_t wanted = judgement->policy->key_usage[judgement->question->subject];

    bool decodes = has_usable(cert, MTL_EXT_KEY_USAGE) ||
                   (judgement->policy->empty_key_usage_decodes && has_empty_key_usage(cert));

    return wanted == 0 || !decodes || (cert->key_usage & wanted) != 0;
}

static bool
has_netscape_type(const struct judgement *judgement, const struct mtl_cert *cert)
{
    uint8_t wanted = judgement->policy->netscape_cert_type[judgement->question->subject];

    return wanted == 0 || !has_usable(cert, MTL_EXT_NETSCAPE_CERT_TYPE) || (cert->netscape_cert_type & wanted) != 0;
}

/* RFC 5280 4.2.1.3 and 4.2.1.12, for the role of the leaf. */
static bool
serves_role(const struct judgement *judgement, const struct mtl_cert *cert, bool is_issuer)
{
    const struct mtl_policy *policy = judgement->policy;

    if ((!is_issuer || policy->nested_eku) && !has_purpose(judgement, cert))
        return false;
    if (!is_issuer && lacks_value(judgement, cert, MTL_EXT_EXTENDED_KEY_USAGE))
        return false;
    if (!is_issuer)
        return has_key_usage(judgement, cert) && has_netscape_type(judgement, cert);
    if (policy->purpose_needs_ca && classify_ca(cert) == NOT_A_CA)
        return false;
    return classify_ca(cert) != CA_BY_NETSCAPE || (cert->netscape_cert_type & MTL_NS_SSL_CA) != 0;
}

static enum mtl_reason
purpose_reason(const struct judgement *judgement, const struct mtl_cert *cert, size_t depth)
{
    if (!judgement->policy->tells_purposes_apart || depth > 0)
        return MTL_REASON_PURPOSE;
    if (!has_key_usage(judgement, cert))
        return MTL_REASON_KEY_USAGE;
    if (lacks_value(judgement, cert, MTL_EXT_EXTENDED_KEY_USAGE))
        return MTL_REASON_MALFORMED_WHEN_USED;
    return has_purpose(judgement, cert) ? MTL_REASON_NETSCAPE_TYPE : MTL_REASON_PURPOSE;
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
    bool heeds_settings = depth >= path->presented_count && !judgement->policy->aux_trust_is_all;
    int says = heeds_settings ? mtl_aux_trust_says(judgement, cert) : 0;

    if (says > 0)
        return;
    /* Where malformed certificates cannot issue, one that got here is taken as fit for anything. */
    if (says == 0 && mtl_path_cannot_issue(judgement->policy, cert->cert))
        return;
    if (says < 0 || !serves_role(judgement, cert->cert, depth > 0))
        fail(judgement, path, purpose_reason(judgement, cert->cert, depth), MTL_STEP_PURPOSE, depth);
}

/* RFC 5280 4.2.1.9: does the CA at that depth allow all the issuers from below it down to the one at lowest? */
static bool
allows_issuers(const struct judgement *judgement, const struct working_path *path, size_t depth, size_t lowest)
{
    const struct mtl_cert *cert = path->certs[depth]->cert;
    bool is_bare = (judgement->policy->anchors_do_not_constrain && path->anchored && depth + 1 == path->count) ||
                   (judgement->policy->self_issued_set_no_path_length && cert->self_issued);
    int32_t below = 0;

    if (is_bare || !has_usable(cert, MTL_EXT_BASIC_CONSTRAINTS) || cert->path_length < 0)
        return true;
    for (size_t i = lowest; i < depth; i++) {
        if (!judgement->policy->self_issued_are_exempt_from_path_length || !path->certs[i]->cert->self_issued)
            below++;
    }
    return below <= cert->path_length;
}

void
mtl_step_path_length(struct judgement *judgement, struct working_path *path, size_t depth)
{
    bool blames_below = judgement->policy->path_length_blames_below, holds = true;

    if (depth == 0)
        return;
    for (size_t above = depth + 1; blames_below && above < path->count; above++)
        holds = holds && allows_issuers(judgement, path, above, depth);
    if (!blames_below)
        holds = allows_issuers(judgement, path, depth, 1);
    if (!holds)
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

static enum mtl_reason
name_reason(const struct judgement *judgement, const struct mtl_cert *leaf)
{
    const struct mtl_name_policy *policy = &judgement->policy->names;
    uint8_t address[16];
    size_t size;

    if (policy->only_host_characters && !mtl_host_is_address(judgement->question->host, address, &size) &&
        !(mtl_host_is_plain(judgement->question->host) && mtl_host_has_labels(judgement->question->host)))
        return MTL_REASON_ODD_HOST;
    if (lacks_value(judgement, leaf, MTL_EXT_SUBJECT_ALT_NAME))
        return MTL_REASON_MALFORMED_WHEN_USED;
    if (judgement->policy->names_must_decode && (leaf->malformed & BIT(MTL_EXT_SUBJECT_ALT_NAME)) != 0)
        return MTL_REASON_MALFORMED;
    if (policy->tells_common_name_apart && mtl_cert_common_name_counts(leaf, judgement->question->host, policy))
        return MTL_REASON_COMMON_NAME_MISMATCH;
    return mtl_host_counts_as_address(judgement->question->host, policy) ? MTL_REASON_ADDRESS_MISMATCH
                                                                         : MTL_REASON_NAME_MISMATCH;
}

/* RFC 6125: does the leaf name the server? */
void
mtl_step_identity(struct judgement *judgement, struct working_path *path, size_t depth)
{
    const struct mtl_cert *leaf = path->certs[0]->cert;
    const char *host = judgement->question->host;

    if (depth != 0 || host == NULL)
        return;
    if (lacks_value(judgement, leaf, MTL_EXT_SUBJECT_ALT_NAME) ||
        !mtl_cert_names_host(leaf, host, &judgement->policy->names))
        fail(judgement, path, name_reason(judgement, leaf), MTL_STEP_IDENTITY, 0);
}
