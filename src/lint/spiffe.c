/*
 * SPIFFE IDs: the form of the URI that names a workload.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/lint.h"

#include <string.h>
#include <strings.h>

/* RFC 3986 3.2.2, narrowed by the SPIFFE ID specification 2.1 and 2.2. */
static bool
consists_of(const char *text, size_t size, const char *others)
{
    for (size_t i = 0; i < size; i++)
        if (!(text[i] >= 'a' && text[i] <= 'z') && !(text[i] >= '0' && text[i] <= '9') &&
            strchr(others, text[i]) == NULL)
            return false;
    return size > 0;
}

/* What is wrong with the path of an ID, from its first slash; NULL: nothing. */
static const char *
path_fault(const char *path)
{
    if (path[0] == '\0' || path[1] == '\0')
        return "it has no path, which only the ID of an authority may lack";
    while (*path == '/') {
        size_t size = strcspn(++path, "/");

        if (!consists_of(path, size, "ABCDEFGHIJKLMNOPQRSTUVWXYZ.-_"))
            return "its path holds an empty segment, or others than letters, digits, dots, hyphens and underscores";
        if ((size == 1 && path[0] == '.') || (size == 2 && path[0] == '.' && path[1] == '.'))
            return "its path holds a segment that is a dot or two";
        path += size;
    }
    return NULL;
}

/* What is wrong with the ID of a workload; NULL: nothing. */
static const char *
fault(const char *id)
{
    const char *domain = id + strlen("spiffe://");
    size_t size = strcspn(domain, "/");

    if (strlen(id) > 2048 || size > 255)
        return "it is too long";
    if (strpbrk(id, "?#") != NULL)
        return "it has a query or a fragment";
    if (memchr(domain, '@', size) != NULL || memchr(domain, ':', size) != NULL)
        return "its trust domain has a user or a port";
    if (!consists_of(domain, size, ".-_"))
        return "its trust domain holds others than lower-case letters, digits, dots, hyphens and underscores";
    return path_fault(domain + size);
}

const char *
mtl_rule_spiffe_fault(const struct mtl_lint *lint, const struct mtl_cert *cert)
{
    struct mtl_general_names names = mtl_cert_alt_names(cert);
    struct mtl_general_name name;
    const char *found = NULL;
    size_t uris = 0;

    while (mtl_general_names_next(&names, &name)) {
        if (name.type != MTL_GN_URI)
            continue;
        uris++;
        if (name.value.size < 9 || strncasecmp((const char *)name.value.data, "spiffe://", 9) != 0)
            continue;
        if (memchr(name.value.data, '\0', name.value.size) != NULL)
            return "it holds a NUL";
        found = mtl_arena_printf(lint->arena, "%.*s", (int)(name.value.size < 4096 ? name.value.size : 4096),
                                 (const char *)name.value.data);
    }
    if (found == NULL)
        return NULL;
    if (uris > 1)
        return "the certificate has more than one URI, and so no SPIFFE ID";
    return strncmp(found, "spiffe://", 9) != 0 ? "its scheme is not in lower case" : fault(found);
}
