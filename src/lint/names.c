/*
 * The names in a certificate: which hosts it speaks of.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cert/constraints.h"
#include "lint/lint.h"

#include <string.h>

/* RFC 1035 2.3.4, with room for a scheme and a port that somebody left around the name. */
#define MAX_HOST 300U

bool
mtl_rule_next_dns_name(struct mtl_general_names *names, struct mtl_slice *name)
{
    struct mtl_general_name next;

    while (mtl_general_names_next(names, &next)) {
        *name = next.value;
        if (next.type == MTL_GN_DNS)
            return true;
    }
    return false;
}

const char *
mtl_rule_host(const struct mtl_lint *lint, struct mtl_slice name)
{
    if (name.size == 0 || name.size > MAX_HOST || memchr(name.data, '\0', name.size) != NULL)
        return NULL;
    return mtl_arena_printf(lint->arena, "%.*s", (int)name.size, (const char *)name.data);
}

const char *
mtl_rule_first_host(const struct mtl_lint *lint, const struct mtl_cert *cert, bool (*is_bad)(const char *host),
                    struct mtl_slice *name)
{
    struct mtl_general_names names = mtl_cert_alt_names(cert);

    while (mtl_rule_next_dns_name(&names, name)) {
        const char *host = mtl_rule_host(lint, *name);

        if (host != NULL && is_bad(host))
            return host;
    }
    return NULL;
}

bool
mtl_rule_is_readable_domain(const struct mtl_lint *lint, struct mtl_slice name)
{
    struct mtl_slice unicode;

    return mtl_domain_to_unicode(lint->arena, name, &unicode);
}

bool
mtl_rule_is_leaf_with_ca_flag(const struct mtl_cert *cert)
{
    const uint32_t hosts = 1U << MTL_GN_DNS | 1U << MTL_GN_IP;
    const uint16_t tls = MTL_EKU_SERVER_AUTH | MTL_EKU_CLIENT_AUTH;

    if (!cert->is_ca || (mtl_cert_alt_name_types(cert) & hosts) == 0)
        return false;
    return !mtl_cert_has(cert, MTL_EXT_KEY_USAGE) || (cert->extended_key_usage & tls) != 0;
}
