/* IP addresses as text, read as OpenSSL reads them (a2i_IPADDRESS()). SPDX-License-Identifier: Apache-2.0 */
#include "cert/cert.h"

#include <stdio.h>
#include <string.h>

static bool
is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Four decimal numbers. sscanf() on purpose: what it lets in beyond that (blanks, signs) OpenSSL lets in as well. */
static bool
read_ipv4(const char *text, uint8_t address[static 4])
{
    int octets[4], end;

    /* NOLINTNEXTLINE(cert-err34-c): see above */
    if (sscanf(text, "%d.%d.%d.%d%n", &octets[0], &octets[1], &octets[2], &octets[3], &end) != 4)
        return false;
    for (size_t i = 0; i < 4; i++) {
        if (octets[i] < 0 || octets[i] > 255)
            return false;
        address[i] = (uint8_t)octets[i];
    }
    return text[end] == '\0' || is_space(text[end]);
}

/* An IPv6 address while its colons are counted off. */
struct ipv6 {
    uint8_t octets[16];
    size_t size;
    size_t gap;   /* where "::" stands, in octets */
    size_t empty; /* elements without digits: "::" in the middle makes one, at an end two, alone three */
};

static bool
read_group(const char *text, size_t size, uint8_t group[static 2])
{
    static const char digits[] = "0123456789abcdef";
    unsigned value = 0;

    for (size_t i = 0; i < size; i++) {
        char c = text[i] >= 'A' && text[i] <= 'F' ? (char)(text[i] | 0x20) : text[i];
        const char *digit = memchr(digits, c, 16);
        if (digit == NULL)
            return false;
        value = value << 4 | (unsigned)(digit - digits);
    }
    group[0] = (uint8_t)(value >> 8);
    group[1] = (uint8_t)value;
    return true;
}

/* What stands between two colons; the last element may be an IPv4 address (RFC 4291 2.2). */
static bool
read_element(struct ipv6 *ipv6, const char *text, size_t size)
{
    if (ipv6->size == 16)
        return false;
    if (size == 0) {
        bool first = ipv6->empty++ == 0;
        if (first)
            ipv6->gap = ipv6->size;
        return first || ipv6->gap == ipv6->size;
    }
    bool is_ipv4 = size > 4;
    if (is_ipv4 ? ipv6->size > 12 || text[size] != '\0' || !read_ipv4(text, ipv6->octets + ipv6->size)
                : !read_group(text, size, ipv6->octets + ipv6->size))
        return false;
    ipv6->size += is_ipv4 ? 4 : 2;
    return true;
}

static bool
is_gap_well_placed(const struct ipv6 *ipv6)
{
    bool at_edge = ipv6->gap == 0 || ipv6->gap == ipv6->size;

    switch (ipv6->empty) {
    case 0:
        return ipv6->size == 16;
    case 1:
        return ipv6->size < 16 && !at_edge;
    case 2:
        return ipv6->size < 16 && at_edge;
    case 3:
        return ipv6->size == 0;
    default:
        return false;
    }
}

static bool
read_ipv6(const char *text, uint8_t address[static 16])
{
    struct ipv6 ipv6 = {0};

    for (const char *at = text, *colon; at != NULL; at = colon == NULL ? NULL : colon + 1) {
        colon = strchr(at, ':');
        if (!read_element(&ipv6, at, colon == NULL ? strlen(at) : (size_t)(colon - at)))
            return false;
    }
    if (!is_gap_well_placed(&ipv6))
        return false;
    size_t tail = ipv6.empty == 0 ? 0 : ipv6.size - ipv6.gap;
    memset(address, 0, 16);
    memcpy(address, ipv6.octets, ipv6.size - tail);
    memcpy(address + 16 - tail, ipv6.octets + ipv6.size - tail, tail);
    return true;
}

bool
mtl_host_is_address(const char *host, uint8_t address[static 16], size_t *size)
{
    bool is_ipv6 = strchr(host, ':') != NULL;

    *size = is_ipv6 ? 16 : 4;
    return is_ipv6 ? read_ipv6(host, address) : read_ipv4(host, address);
}

bool
mtl_host_has_leading_zero(const char *host)
{
    for (const char *c = host; *c != '\0'; c++)
        if (*c == '0' && (c == host || c[-1] == '.') && c[1] >= '0' && c[1] <= '9')
            return strchr(host, ':') == NULL;
    return false;
}
