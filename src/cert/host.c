/* Does a certificate name a host? As X509_check_host() and X509_check_ip() decide. SPDX-License-Identifier: Apache-2.0
 */
#include "cert/cert.h"
#include "cert/name.h"
#include "cert/wildcards.h"

#include <string.h>

/* ---- names of a certificate ------------------------------------------------------------------------------------- */

/* Of length 0 as OpenSSL keeps it. */
static bool
is_empty(const struct mtl_der_item *value)
{
    return value->tag == MTL_DER_BIT_STRING ? value->content.size < 2
                                            : value->content.size == 0 && value->tag != MTL_DER_SEQUENCE;
}

/* 1: matches, 0: does not, -1: is no text, and OpenSSL looks no further. */
static int
common_name_matches(const struct mtl_der_item *value, struct mtl_slice host, const struct mtl_name_policy *policy)
{
    size_t size;
    int result = -1;

    if (is_empty(value))
        return 0;
    struct mtl_arena *arena = mtl_arena_new();
    uint8_t *text = mtl_arena_alloc(arena, 2 * value->content.size);
    if (mtl_string_to_utf8(value, text, &size))
        result = mtl_name_matches(mtl_slice_of(text, size), host, policy);
    mtl_arena_free(arena);
    return result;
}

static bool
subject_names_host(const struct mtl_cert *cert, struct mtl_slice host, const struct mtl_name_policy *policy)
{
    int result = 0;
    struct mtl_attributes walk;
    struct mtl_attribute attribute;

    mtl_attributes_start(&walk, mtl_cert_bytes(cert, cert->subject));
    while (mtl_attributes_next(&walk, &attribute)) {
        if (!mtl_slice_equal(attribute.type, mtl_oid_common_name))
            continue;
        result = common_name_matches(&attribute.value, host, policy);
        if ((result != 0 && !policy->only_last_common_name) || policy->only_first_common_name)
            break;
    }
    return result > 0;
}

static bool
has_one_common_name(const struct mtl_cert *cert)
{
    struct mtl_attributes walk;
    struct mtl_attribute attribute;
    size_t count = 0;

    mtl_attributes_start(&walk, mtl_cert_bytes(cert, cert->subject));
    while (mtl_attributes_next(&walk, &attribute))
        count += mtl_slice_equal(attribute.type, mtl_oid_common_name);
    return count == 1;
}

static bool
serves(const struct mtl_cert *cert)
{
    return !mtl_cert_has(cert, MTL_EXT_EXTENDED_KEY_USAGE) ||
           (cert->extended_key_usage & (MTL_EKU_SERVER_AUTH | MTL_EKU_ANY)) != 0;
}

/* RFC 4291 2.5.5.2: ::ffff:192.0.2.10 is 192.0.2.10. */
static struct mtl_slice
unmapped(struct mtl_slice address)
{
    static const uint8_t prefix[12] = {[10] = 0xff, [11] = 0xff};
    bool is_mapped = address.size == 16 && memcmp(address.data, prefix, sizeof prefix) == 0;

    return is_mapped ? mtl_slice_of(address.data + sizeof prefix, 4) : address;
}

static bool
names_address(const struct mtl_cert *cert, struct mtl_slice address, bool mapped_too)
{
    struct mtl_general_names names = mtl_cert_alt_names(cert);
    struct mtl_general_name name;

    while (mtl_general_names_next(&names, &name)) {
        if (name.type == MTL_GN_IP && (mtl_slice_equal(name.value, address) ||
                                       (mapped_too && mtl_slice_equal(unmapped(name.value), unmapped(address)))))
            return true;
    }
    return false;
}

/* May the common name stand in for the alternative names? */
static bool
may_stand_in(const struct mtl_cert *cert, const struct mtl_name_policy *policy, bool is_address)
{
    bool is_spoilt = policy->unsound_names_spoil_all && mtl_cert_has_unsound_name(cert, MTL_EXT_SUBJECT_ALT_NAME);
    uint32_t types = is_spoilt ? 0 : mtl_cert_alt_name_types(cert);

    switch (policy->common_name) {
    case MTL_CN_NEVER:
        return false;
    case MTL_CN_IF_NO_DNS_SAN:
        return (types & 1U << MTL_GN_DNS) == 0;
    case MTL_CN_IF_NONE_OF_KIND:
        return (types & 1U << (is_address ? MTL_GN_IP : MTL_GN_DNS)) == 0;
    case MTL_CN_IF_NO_HOST_SAN:
        return (types & (1U << MTL_GN_DNS | 1U << MTL_GN_IP | 1U << MTL_GN_URI)) == 0 && serves(cert) &&
               has_one_common_name(cert);
    case MTL_CN_IF_NO_DNS_OR_ADDRESS:
        return (types & (1U << MTL_GN_DNS | 1U << MTL_GN_IP)) == 0;
    case MTL_CN_IF_NO_DNS_URI_OR_ADDRESS:
        return (types & (1U << MTL_GN_DNS | 1U << MTL_GN_IP | 1U << MTL_GN_URI)) == 0;
    case MTL_CN_ALWAYS:
        return true;
    case MTL_CN_IF_NO_SAN:
        break;
    }
    return (types & 1U << MTL_GN_DNS) == 0 && !mtl_cert_has(cert, MTL_EXT_SUBJECT_ALT_NAME);
}

static bool
is_address(const char *host, uint8_t address[static 16], size_t *size, const struct mtl_name_policy *policy)
{
    return mtl_host_is_address(host, address, size) && !(policy->strict_addresses && mtl_host_has_leading_zero(host));
}

bool
mtl_host_counts_as_address(const char *host, const struct mtl_name_policy *policy)
{
    uint8_t address[16];
    size_t size;

    return is_address(host, address, &size, policy);
}

bool
mtl_cert_common_name_counts(const struct mtl_cert *cert, const char *host, const struct mtl_name_policy *policy)
{
    uint8_t address[16];
    size_t size;

    bool is_literal = !policy->addresses_are_texts && is_address(host, address, &size, policy);

    if (is_literal && policy->addresses_may_be_common)
        return true;
    if (is_literal && policy->common_name != MTL_CN_IF_NO_DNS_OR_ADDRESS &&
        policy->common_name != MTL_CN_IF_NONE_OF_KIND)
        return false;
    return may_stand_in(cert, policy, is_literal);
}

bool
mtl_host_is_plain(const char *host)
{
    return strchr(host, '*') == NULL && mtl_has_host_characters(mtl_slice_text(host));
}

bool
mtl_host_has_labels(const char *host)
{
    struct mtl_slice rest = mtl_slice_text(host);

    do {
        size_t size = mtl_label_size(rest);
        bool is_last = size == rest.size;

        if (size == 0 || size > 63 || rest.data[0] == '-' || rest.data[size - 1] == '-')
            return false;
        size += is_last ? 0 : 1;
        rest = mtl_slice_of(rest.data + size, rest.size - size);
    } while (rest.size > 0);
    return true;
}

bool
mtl_cert_names_host(const struct mtl_cert *cert, const char *host, const struct mtl_name_policy *policy)
{
    bool is_spoilt = policy->unsound_names_spoil_all && mtl_cert_has_unsound_name(cert, MTL_EXT_SUBJECT_ALT_NAME);
    const struct mtl_general_names none = {.started = true};
    struct mtl_general_names names = is_spoilt ? none : mtl_cert_alt_names(cert);
    struct mtl_slice wanted = mtl_slice_text(host);
    struct mtl_general_name name;
    uint8_t address[16];
    size_t size;
    bool is_literal = is_address(host, address, &size, policy);
    bool wants_address = !policy->addresses_are_texts && is_literal;

    if (is_literal && size == sizeof address && policy->no_ipv6_addresses)
        return false;
    if (!wants_address && policy->only_host_characters && !(mtl_host_is_plain(host) && mtl_host_has_labels(host)))
        return false;
    if ((wants_address || (is_literal && policy->addresses_count_too)) && !is_spoilt &&
        names_address(cert, mtl_slice_of(address, size), policy->mapped_addresses_match))
        return true;
    if (policy->final_dot_is_ignored && wanted.size > 1 && host[wanted.size - 1] == '.')
        wanted.size--;
    while (mtl_general_names_next(&names, &name)) {
        bool is_text = name.type == MTL_GN_DNS || (name.type == MTL_GN_URI && policy->uris_are_names);

        if (is_text && (!wants_address || policy->addresses_may_be_texts) &&
            mtl_name_matches(name.value, wanted, policy))
            return true;
    }
    return mtl_cert_common_name_counts(cert, host, policy) && subject_names_host(cert, wanted, policy);
}
