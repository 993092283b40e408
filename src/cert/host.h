/*
 * Which names of a certificate stand for a host, and how they are compared with the one that is expected (RFC 6125).
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_CERT_HOST_H
#define MTL_CERT_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct mtl_cert;

/* How a verifier matches a server's name. */
enum mtl_common_name_fallback {
    MTL_CN_NEVER,
    MTL_CN_IF_NO_DNS_SAN,   /* OpenSSL: the CN counts when there is no dNSName (RFC 6125 6.4.4) */
    MTL_CN_IF_NO_HOST_SAN,  /* no dNSName, iPAddress or URI; it must be the only CN, and of a server by extKeyUsage */
    MTL_CN_IF_NO_SAN,       /* only if the subjectAltName extension is absent */
    MTL_CN_IF_NONE_OF_KIND, /* no name of the kind that is expected: dNSName or iPAddress */
    MTL_CN_IF_NO_DNS_OR_ADDRESS, /* neither dNSName nor iPAddress; an address may stand there, too */
    MTL_CN_IF_NO_DNS_URI_OR_ADDRESS,
    MTL_CN_ALWAYS, /* as good as a dNSName */
};
enum mtl_wildcards {
    MTL_WILDCARD_WHOLE_LABEL, /* "*.example.com" only */
    MTL_WILDCARD_LEADING,     /* likewise, and "*f.example.com" */
    MTL_WILDCARD_SHORT,       /* likewise, and "*.example" */
    MTL_WILDCARD_PARTIAL,     /* OpenSSL: also "f*.example.com" and "*f.example.com" */
    MTL_WILDCARD_TRAILING,  /* "*.example.com" and "f*.example.com"; the star stands for any characters of its label */
    MTL_WILDCARD_FREE,      /* stars anywhere in the leftmost label, for any characters; not in the last label */
    MTL_WILDCARD_ANY_LABEL, /* likewise in every label */
    MTL_WILDCARD_INSIDE, /* one star anywhere in the first of three labels at least, unless it holds "xn--"; a name with
                            others than visible characters of ASCII, or with an empty label, matches nothing */
    MTL_WILDCARD_FIRST_LABEL, /* "*.example.com" and "*.example", likewise: */
    MTL_WILDCARD_ANY_LETTERS, /* "*.example.com" only; the star stands for a label of whatever characters */
    MTL_WILDCARD_OF_HOSTS, /* the whole first label, where expected name and pattern have but labels of letters, digits,
                              "_" and "-", which begins none; two others match if they are equal */
    MTL_WILDCARD_ONE_STAR, /* one star anywhere in the first of at least two labels; it may stand for nothing */
};
struct mtl_name_policy {
    enum mtl_common_name_fallback common_name;
    enum mtl_wildcards wildcards;
    bool final_dot_is_ignored;    /* of the expected name */
    bool names_may_end_in_dot;    /* of the certificate: their final dot is ignored */
    bool only_last_common_name;   /* otherwise any of them will do */
    bool only_first_common_name;  /* likewise */
    bool only_host_characters;    /* a name with others than letters, digits and "-" in its labels matches nothing, nor
                                     is one with labels that no host has asked for */
    bool unsound_names_spoil_all; /* an alternative name that is none of its kind, see mtl_cert_has_unsound_name(),
                                     keeps subjectAltName from decoding: as if it were absent; also where names are
                                     constrained */
    bool tells_common_name_apart; /* that it does not match, either, where it counts, is a reason of its own */
    bool addresses_may_be_texts;  /* an address is looked for in dNSName, too */
    bool uris_are_names;          /* a URI is compared as a dNSName is */
    bool addresses_may_be_common; /* an address is looked for in every common name, too, whatever else there is */
    bool addresses_are_texts;     /* an address is looked for as a name is; iPAddress does not count */
    bool addresses_count_too;     /* but with this one it does */
    bool mapped_addresses_match;  /* ::ffff:192.0.2.10 is 192.0.2.10 */
    bool strict_addresses;        /* 192.0.2.010 is no address, but a name */
    bool no_ipv6_addresses;       /* an IPv6 address is never found */
};
/* Does it name this DNS name or address? With PARTIAL, IF_NO_DNS_SAN as v3_utl.c do_x509_check() of OpenSSL 3.0. */
bool mtl_cert_names_host(const struct mtl_cert *cert, const char *host, const struct mtl_name_policy *policy);
/* Is it an address to a verifier with these rules? */
bool mtl_host_counts_as_address(const char *host, const struct mtl_name_policy *policy);
/* Would a common name do, if it were this host's? */
bool mtl_cert_common_name_counts(const struct mtl_cert *cert, const char *host, const struct mtl_name_policy *policy);
/* Does the host hold but letters, digits, "-" and dots? */
bool mtl_host_is_plain(const char *host);
/* Has each of its labels 1 to 63 octets and no hyphen at either end (RFC 1123 2.1)? One final dot does not count. */
bool mtl_host_has_labels(const char *host);
/* True when host is an IPv4 or IPv6 literal; address gets 4 or 16 octets, *size says which. */
bool mtl_host_is_address(const char *host, uint8_t address[static 16], size_t *size);
/* Of an IPv4 literal: has one of its numbers a zero in front, as in "192.0.2.010"? Some take that for octal or a name.
 */
bool mtl_host_has_leading_zero(const char *host);

#endif
