/*
 * One name against the base of one subtree, per type (RFC 5280 4.2.1.10). Internal to src/cert.
 *
 * MTL_CONSTRAINT_OK: within the subtree. MTL_CONSTRAINT_PERMITTED: outside. Anything else: cannot be said.
 */
#ifndef MTL_CERT_CONSTRAINTS_H
#define MTL_CERT_CONSTRAINTS_H

#include "cert/cert.h"
#include "cert/der.h"

/* constraint_doubts.c: would every verifier compare these two alike? */
bool mtl_constraint_is_plain(const struct mtl_general_name *name, struct mtl_slice base, bool excluding);
enum mtl_constraint_outcome mtl_constraint_dns(struct mtl_slice name, struct mtl_slice base);
/* Likewise by the last characters alone, see dns_by_ending. */
enum mtl_constraint_outcome mtl_constraint_ending(struct mtl_slice name, struct mtl_slice base);
/* Is that its end, whatever the case? */
bool mtl_constraint_ends_with(struct mtl_slice text, struct mtl_slice end);
enum mtl_constraint_outcome mtl_constraint_email(struct mtl_slice name, struct mtl_slice base,
                                                 const struct mtl_constraint_policy *policy);
/* The value of an SmtpUTF8Mailbox (RFC 8398) against an rfc822Name. */
enum mtl_constraint_outcome mtl_constraint_mailbox(const struct mtl_der_item *mailbox, struct mtl_slice base);
enum mtl_constraint_outcome mtl_constraint_uri(struct mtl_slice name, struct mtl_slice base);
enum mtl_constraint_outcome mtl_constraint_ip(struct mtl_slice name, struct mtl_slice base);
/* Is one an IPv4 and the other an IPv6 address, or either none? */
bool mtl_constraint_families_differ(const struct mtl_general_name *name, struct mtl_slice base);
/* Are the ones of an address's mask all in front? */
bool mtl_constraint_mask_is_prefix(struct mtl_slice base);
/* Does "*.example.com" stand for the base "host.example.com"? */
bool mtl_constraint_wildcard_covers(struct mtl_slice name, struct mtl_slice base);

/*
 * A common name as a DNS name, in arena; empty when it does not look like one. Not OK when
 * that cannot be said.
 */
enum mtl_constraint_outcome mtl_constraint_common_name(struct mtl_arena *arena, const struct mtl_der_item *value,
                                                       const struct mtl_constraint_policy *policy,
                                                       struct mtl_slice *dns);

/* A domain name's A-labels as U-labels (RFC 3492, 5890), in arena. False when one does not decode. */
bool mtl_domain_to_unicode(struct mtl_arena *arena, struct mtl_slice domain, struct mtl_slice *unicode);

/* A walk over the bases of all subtrees, permitted and excluded; empty if there are none or they do not decode. */
struct mtl_constraint_bases {
    struct mtl_slice lists[2];
};
struct mtl_constraint_bases mtl_constraint_bases(const struct mtl_cert *issuer);
bool mtl_constraint_bases_next(struct mtl_constraint_bases *bases, struct mtl_general_name *base);

/* constraints_by_domain.c: see by_domain; offending receives the name, or nothing. */
enum mtl_constraint_outcome mtl_constraints_by_domain(struct mtl_slice permitted, struct mtl_slice excluded,
                                                      const struct mtl_constraint_policy *policy,
                                                      const struct mtl_cert *cert, struct mtl_general_name *offending);

/* constraints_in_turn.c: see in_turn. */
enum mtl_constraint_outcome mtl_constraints_in_turn(struct mtl_slice permitted, struct mtl_slice excluded,
                                                    const struct mtl_cert *cert, struct mtl_general_name *offending);

#endif
