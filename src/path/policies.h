/*
 * How a verifier processes certificate policies (RFC 5280 6.1, as RFC 9618 mends it), by MTL_STEP_POLICIES. Any policy
 * is acceptable to the user (6.1.1 (c)). Zero is RFC 5280. SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_PATH_POLICIES_H
#define MTL_PATH_POLICIES_H

#include <stdbool.h>

/* Where it is a failure that policyMappings map anyPolicy, or something to it (6.1.4 (a)). */
enum mtl_any_mapping {
    MTL_ANY_MAPPING_FAILS,
    MTL_ANY_MAPPING_FAILS_WHILE_VALID, /* only where a policy is still valid */
    MTL_ANY_MAPPING_FAILS_IF_MAPPED,   /* only where mapping is allowed and all certificates above have policies */
};

/* More than this of one certificate's policies, mappings, or policies valid at once is not judged. */
enum { MTL_MAX_POLICIES = 10000 };

struct mtl_policy_rules {
    bool demands_policy; /* of every path: initial-explicit-policy */
    bool allows_no_map;  /* initial-policy-mapping-inhibit */
    bool allows_no_any;  /* initial-any-policy-inhibit */
    /*
     * What RFC 5280 forbids fails: certificatePolicies without any or with one twice, policyMappings without any,
     * policyConstraints that constrain nothing; also a negative number, and what does not decode. Otherwise the first
     * say what they say, and what comes of the others is not known.
     */
    bool flaws_fail;
    bool demands_once_mapped; /* whether a policy is left is asked after those of an issuer were mapped, too */
    bool
        self_issued_leaf_is_free; /* a self-issued leaf does not count for requireExplicitPolicy; 6.1.5 (a) counts it */
    bool uncritical_inhibits_not; /* inhibitAnyPolicy is not heeded unless it is critical */
    bool qualified_critical_fail; /* qualifiers in critical certificatePolicies fail, but for those of anyPolicy */
    bool blames_leaf;             /* whichever certificate fails */
    enum mtl_any_mapping any_mapping;
};

#endif
