/*
 * Certificate policies: what the four extensions about them say (RFC 5280 4.2.1.4, 4.2.1.5, 4.2.1.11, 4.2.1.14).
 *
 * Read from the DER each time, since few ask: nothing is kept with a certificate. Policies are named by the content
 * octets of their object identifiers, slices of the certificate. Who wants to know whether an extension decodes asks
 * cert->malformed; of one that does not, nothing or the beginning is read. SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_CERT_POLICIES_H
#define MTL_CERT_POLICIES_H

#include "cert/cert.h"

/* What is left to read of certificatePolicies or of policyMappings. */
struct mtl_policy_walk {
    struct mtl_slice rest;
};

/* One policy under which a certificate was issued (4.2.1.4). */
struct mtl_issued_policy {
    struct mtl_slice id;
    bool is_qualified; /* it has qualifiers, even if none is in their list */
};
struct mtl_policy_walk mtl_cert_policies(const struct mtl_cert *cert);
/* The next one; false at the end and from what does not decode on. */
bool mtl_cert_policies_next(struct mtl_policy_walk *walk, struct mtl_issued_policy *policy);

/* A policy of the issuer's domain, and what it is called in the subject's (4.2.1.5). */
struct mtl_policy_mapping {
    struct mtl_slice issuer, subject;
};
struct mtl_policy_walk mtl_cert_policy_mappings(const struct mtl_cert *cert);
bool mtl_cert_policy_mappings_next(struct mtl_policy_walk *walk, struct mtl_policy_mapping *mapping);

/* 2.5.29.32.0 */
bool mtl_policy_is_any(struct mtl_slice id);

/*
 * After how many certificates more something counts (4.2.1.11, 4.2.1.14): -1 absent, or it does not decode; a number
 * above INT32_MAX becomes INT32_MAX.
 */
struct mtl_policy_limits {
    int32_t require_explicit, inhibit_mapping, inhibit_any;
    bool is_negative; /* one of them is, which RFC 5280 forbids; it is given as absent */
    bool is_large;    /* one of them is above INT32_MAX */
    bool is_empty;    /* there are policyConstraints that constrain nothing, likewise forbidden */
};
struct mtl_policy_limits mtl_cert_policy_limits(const struct mtl_cert *cert);

#endif
