/*
 * What documents leave open of a stack that nobody recorded: they speak of plain certificates in a plain chain.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/scene.h"

#include <string.h>

#define BIT(number) (1U << (number))

enum {
    RARE_EXTENSIONS = BIT(MTL_EXT_NAME_CONSTRAINTS) | BIT(MTL_EXT_POLICY_MAPPINGS) | BIT(MTL_EXT_POLICY_CONSTRAINTS) |
                      BIT(MTL_EXT_INHIBIT_ANY_POLICY) | BIT(MTL_EXT_NETSCAPE_CERT_TYPE) | BIT(MTL_EXT_PROXY_CERT_INFO) |
                      BIT(MTL_EXT_IP_ADDR_BLOCKS) | BIT(MTL_EXT_AUTONOMOUS_SYS),
    OFTEN_CRITICAL = BIT(MTL_EXT_BASIC_CONSTRAINTS) | BIT(MTL_EXT_KEY_USAGE) | BIT(MTL_EXT_EXTENDED_KEY_USAGE) |
                     BIT(MTL_EXT_SUBJECT_ALT_NAME),
    COMMON_CURVES = BIT(MTL_CURVE_P256) | BIT(MTL_CURVE_P384) | BIT(MTL_CURVE_P521),
    COMMON_DIGESTS = BIT(MTL_DIGEST_SHA256) | BIT(MTL_DIGEST_SHA384) | BIT(MTL_DIGEST_SHA512),
    LEAST_RSA_BITS = 2048,
    MOST_RSA_BITS = 4096,
};

static bool
has_common_key(const struct mtl_cert *cert)
{
    const struct mtl_key_info *key = &cert->key;

    if (key->type == MTL_KEY_RSA && (key->bits < LEAST_RSA_BITS || key->bits > MOST_RSA_BITS))
        return false;
    if (key->type == MTL_KEY_EC && (COMMON_CURVES >> key->curve & 1) == 0)
        return false;
    return (key->type == MTL_KEY_RSA || key->type == MTL_KEY_EC) && mtl_cert_key_is_usable(cert);
}

/* Nobody checks the signature of a root. */
static bool
has_common_signature(const struct mtl_cert *cert)
{
    const struct mtl_signature_algorithm *algorithm = &cert->signature_algorithm;

    return cert->self_issued || ((algorithm->key == MTL_KEY_RSA || algorithm->key == MTL_KEY_EC) &&
                                 (COMMON_DIGESTS >> algorithm->digest & 1) != 0);
}

static bool
is_well_written(const struct mtl_cert *cert)
{
    return (cert->malformed | cert->duplicate | cert->not_der) == 0 && !cert->other_duplicate && !cert->odd_critical &&
           !mtl_cert_algorithms_differ(cert);
}

const char *
mtl_assumed_doubt_of_cert(struct mtl_arena *arena, const struct mtl_stack *stack, const struct mtl_cert *cert)
{
    const char *what = NULL;

    if (cert->version != 3)
        what = "that is not of version 3";
    else if (!has_common_key(cert))
        what = "with a key other than RSA of 2048 to 4096 bits or on P-256, P-384 or P-521";
    else if (!has_common_signature(cert))
        what = "that is signed otherwise than by RSA or ECDSA with SHA-2";
    else if (!is_well_written(cert))
        what = "that is not encoded as RFC 5280 asks";
    else if ((cert->present & RARE_EXTENSIONS) != 0)
        what = "with name constraints, policy constraints or an extension that is as rare";
    else if ((cert->critical & ~(uint32_t)OFTEN_CRITICAL) != 0)
        what = "in which an extension is critical that seldom is";
    return what == NULL
               ? NULL
               : mtl_arena_printf(arena, "no document says what %s does with a certificate %s", stack->title, what);
}

static bool
is_in_path(const struct mtl_path *path, const struct mtl_cert *cert)
{
    for (size_t i = 0; i < path->count; i++)
        if (mtl_cert_same(path->certs[i]->cert, cert))
            return true;
    return false;
}

/* Only known of a path that failed. */
static bool
has_other_issuers(const struct mtl_verdict *verdict, const struct mtl_path *path)
{
    for (size_t i = 0; i < verdict->candidate_count; i++)
        if (verdict->candidates[i].refusal != MTL_REFUSED_NAME && !is_in_path(path, verdict->candidates[i].cert->cert))
            return true;
    return false;
}

static const char *
doubt_certs(const struct mtl_path *path, uint16_t purpose)
{
    uint16_t any = MTL_EKU_ANY | MTL_EKU_MS_SGC | MTL_EKU_NS_SGC, purposes = path->certs[0]->cert->extended_key_usage;

    if ((purposes & purpose) == 0 && (purposes & any) != 0)
        return "a leaf that is for any purpose, but does not name this one";
    for (size_t i = 1; i < path->count; i++) {
        const struct mtl_cert *cert = path->certs[i]->cert;

        if (!mtl_cert_has(cert, MTL_EXT_BASIC_CONSTRAINTS))
            return "an issuer without basicConstraints";
        if (cert->self_issued && i + 1 < path->count)
            return "an intermediate that bears its issuer's name";
        if (mtl_cert_has(cert, MTL_EXT_EXTENDED_KEY_USAGE) && (cert->extended_key_usage & purpose) == 0)
            return "an issuer whose extKeyUsage does not name the purpose";
    }
    return NULL;
}

static const char *
doubt_failures(const struct mtl_stack *stack, const struct mtl_path *path)
{
    for (size_t i = 0; i < path->failure_count; i++)
        if (mtl_stack_reason(stack, path->failures[i].reason) == NULL)
            return mtl_reason_sentence(path->failures[i].reason);
    return NULL;
}

static bool
has_failed(const struct mtl_path *path, bool by_name)
{
    for (size_t i = 0; i < path->failure_count; i++)
        if (mtl_reason_is_name(path->failures[i].reason) == by_name)
            return true;
    return false;
}

/* Without a dNSName the common name may count; with a wildcard, what it stands for. */
static bool
is_plainly_another(const struct mtl_cert *leaf)
{
    struct mtl_general_names names = mtl_cert_alt_names(leaf);
    struct mtl_general_name name;
    bool has_host = false;

    while (mtl_general_names_next(&names, &name)) {
        if (name.type != MTL_GN_DNS)
            continue;
        if (memchr(name.value.data, '*', name.value.size) != NULL)
            return false;
        has_host = true;
    }
    return has_host;
}

static const char *
doubt_name(const struct mtl_path *path, const char *host)
{
    uint8_t address[16];
    size_t size;

    if (host != NULL && mtl_host_is_address(host, address, &size))
        return "how it compares an address with a certificate";
    if (!has_failed(path, true))
        return NULL;
    if (has_failed(path, false))
        return "how it answers if the chain fails and the name, too";
    return is_plainly_another(path->certs[0]->cert) ? NULL : "how it compares common names and wildcards";
}

const char *
mtl_assumed_doubt_of_verdict(const struct mtl_scene *scene, enum mtl_role verifier)
{
    const struct mtl_stack *stack = mtl_scene_side(scene, verifier)->stack;
    const struct mtl_verdict *verdict = scene->out->verdict[verifier];
    const struct mtl_path *path = &verdict->paths[verdict->decisive];
    const struct mtl_cert *last = path->certs[path->count - 1]->cert;
    uint16_t purpose = stack->policy.eku[mtl_other_role(verifier)];
    const char *cert = doubt_certs(path, purpose), *failure = doubt_failures(stack, path), *what = NULL;

    if (cert != NULL)
        what = mtl_arena_printf(scene->arena, "what it does with %s", cert);
    else if (failure != NULL)
        what = mtl_arena_printf(scene->arena, "what it does with this failure: %s", failure);
    else if (has_other_issuers(verdict, path))
        what = "which issuer it takes if several bear the name";
    else if (!path->anchored && !last->self_issued && mtl_cert_has(last, MTL_EXT_AUTHORITY_INFO_ACCESS))
        what = "what it gets when it fetches a missing issuer (authorityInfoAccess)";
    else if (verifier == MTL_CLIENT)
        what = doubt_name(path, scene->question->server_name);
    return what == NULL ? NULL : mtl_arena_printf(scene->arena, "no document says of %s %s", stack->title, what);
}
