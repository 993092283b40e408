/*
 * Name constraints: how a verifier reads and compares them.
 */
#ifndef MTL_CERT_CONSTRAINT_POLICY_H
#define MTL_CERT_CONSTRAINT_POLICY_H

#include <stdbool.h>
#include <stdint.h>

struct mtl_cert;
struct mtl_general_name;

/* Name constraints of an issuer against one certificate below it (RFC 5280 4.2.1.10). */
enum mtl_constraint_outcome {
    MTL_CONSTRAINT_OK,
    MTL_CONSTRAINT_PERMITTED,      /* not within any permitted subtree of its type */
    MTL_CONSTRAINT_EXCLUDED,       /* within an excluded subtree */
    MTL_CONSTRAINT_MINMAX,         /* minimum or maximum is present */
    MTL_CONSTRAINT_TYPE,           /* a type we cannot compare meets a name of that type */
    MTL_CONSTRAINT_SYNTAX,         /* the constraint itself is malformed */
    MTL_CONSTRAINT_NAME_SYNTAX,    /* the certificate's name is malformed */
    MTL_CONSTRAINT_TOO_MANY,       /* names times constraints above the limit (OpenSSL: 2^20) */
    MTL_CONSTRAINT_EMPTY_DOMAIN,   /* see trips_over_empty_domains */
    MTL_CONSTRAINT_READ_OTHERWISE, /* name or constraint is odd, see only_plain_names */
};
struct mtl_constraint_policy {
    bool common_name_as_dns;   /* OpenSSL NAME_CONSTRAINTS_check_CN on the leaf without dNSName */
    bool directory_names;      /* whether directoryName constraints are understood; if not, they are not compared */
    bool ranges_are_ignored;   /* minimum and maximum */
    uint32_t equal_only_types; /* bit per type: within a subtree is only what equals it, the rest is TYPE */
    bool any_range_fails;      /* also of subtrees that speak of no name of the certificate */
    bool common_name_of_cas;   /* common_name_as_dns for CAs too, and for names of one label */
    bool alt_names_hide_subject_email; /* the subject's counts only without subjectAltName (RFC 5280 4.2.1.10) */
    bool unsound_names_spoil_all;      /* see struct mtl_name_policy */
    /* Bit per general name type that is compared; a critical extension that needs others is not understood. 0: all. */
    uint32_t known_types;
    /*
     * Names meet subtrees in the order written, the subject last. Only domains and addresses are compared; directory
     * names and URIs are outside of what is permitted and within what is excluded, others are TYPE. A written range is
     * SYNTAX, an odd mask NAME_SYNTAX, an empty label READ_OTHERWISE. The rest of this struct does not count then.
     */
    bool in_turn;
    bool families_are_apart;       /* an IPv4 address is not compared with IPv6 subtrees, and the other way round */
    bool masks_are_prefixes;       /* a mask with a gap is malformed */
    bool trips_over_empty_domains; /* an empty dNSName subtree that meets a dNSName ends the verification */
    /*
     * Bit per general name type that can be compared; then subtrees of other types permit anything, exclude everybody
     * (those of URIs: who has one), and fail everybody if they are registered ids, X.400 or EDI names; those of other
     * names are passed over. 0: all.
     */
    uint32_t compared_types;
    bool empty_directory_ends_list; /* subtrees behind a directoryName without RDNs, and it itself, are not read */
    /* Bit per general name type that cannot be compared: a constraint on one that meets such a name is TYPE. */
    uint32_t uncompared_types;
    bool any_text_is_mailbox;  /* without "@", it is a domain; a base "@example.com" is a mailbox without a user */
    bool empty_bases_hold_all; /* also of mailboxes */
    bool one_common_name;      /* with common_name_as_dns: whatever it looks like; two are PERMITTED */
    bool only_plain_names;     /* what not every verifier compares alike (dots at the end, excluded wildcards) is not */
    bool common_names_are_strict; /* CAs' too; several labels must be ASCII without blanks, "*." may begin them */
    bool dns_by_ending; /* any name that ends in the base is within it, labels or not; an empty base matches nothing */
    bool alt_names_are_dns; /* addresses and URIs are compared with DNS subtrees, and with no others */
    uint32_t ignored_types; /* bit per general name type: no subtree speaks of such names */
    /*
     * Only alternative names are constrained, and hosts, mailboxes and URIs alike, as dNSNames are: by their domains.
     * Below any constraint one that does not parse is NAME_SYNTAX; a URI without a domain where URIs are constrained,
     * or with uris_need_host. Ranges are ignored. The rest of this struct, but for known_types, does not count then.
     */
    bool by_domain;
    bool uris_need_host;            /* see there */
    bool wildcards_meet_exclusions; /* likewise: "*.example.com" is excluded where any host of it is */
    bool needs_alt_name; /* below any constraint a leaf without subjectAltName names no host in its common name */
};
/* Has it a common name of letters, digits, "-", "_", ":" and dots, a leading "*." included? One label will do. */
bool mtl_cert_common_name_is_hostlike(const struct mtl_cert *cert);
/* Is there an iPAddress subtree that is not an address and its mask, 8 or 32 octets? */
bool mtl_cert_constrains_odd_addresses(const struct mtl_cert *issuer);
/* The types of names: bit per enum mtl_general_name_type. */
uint32_t mtl_cert_constrained_types(const struct mtl_cert *issuer);
uint32_t mtl_cert_alt_name_types(const struct mtl_cert *cert);
/*
 * Exactly NAME_CONSTRAINTS_check() of OpenSSL 3.0 (v3_ncons.c), then, if is_leaf and the policy says so,
 * NAME_CONSTRAINTS_check_CN(). name, if given, receives the offending name (may stay absent).
 */
enum mtl_constraint_outcome mtl_cert_check_constraints(const struct mtl_cert *issuer, const struct mtl_cert *cert,
                                                       bool is_leaf, const struct mtl_constraint_policy *policy,
                                                       struct mtl_general_name *name);

#endif
