/*
 * Why a path fails, as finely as any stack tells it apart. mtl_reason_slug() folds reasons into the public list of
 * docs/JSON.md. SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_PATH_REASON_H
#define MTL_PATH_REASON_H

#include <stdbool.h>

enum mtl_reason {
    MTL_REASON_NONE,
    /* building */
    MTL_REASON_NO_ISSUER,            /* no certificate for the issuer anywhere: slug no-issuer */
    MTL_REASON_NO_ISSUER_OF_ANCHOR,  /* an intermediate in the trust store, but no root above it */
    MTL_REASON_LEAF_UNVERIFIED,      /* as NO_ISSUER, found again where a lone leaf's signature would be checked */
    MTL_REASON_SELF_SIGNED_LEAF,     /* the leaf is self-signed and not trusted */
    MTL_REASON_SELF_SIGNED_IN_CHAIN, /* ends in a self-signed certificate that is not trusted */
    MTL_REASON_DEPTH,                /* longer than the verify depth */
    MTL_REASON_REJECTED,             /* auxiliary trust settings reject it */
    /* certificates */
    MTL_REASON_MALFORMED,
    MTL_REASON_MALFORMED_WHEN_USED, /* see decoded_of_leaf */
    MTL_REASON_EMPTY_SUBJECT,
    MTL_REASON_DUPLICATE_EXTENSION,
    MTL_REASON_ALGORITHMS_DIFFER, /* inside and outside of what is signed (RFC 5280 4.1.1.2) */
    MTL_REASON_UNKNOWN_CURVE,
    MTL_REASON_CRITICAL_EXTENSION,
    MTL_REASON_PROXY,
    MTL_REASON_PROXY_NAME, /* a proxy certificate whose name is not its issuer's and one commonName (RFC 3820 3.4) */
    MTL_REASON_NOT_A_CA,
    MTL_REASON_CA_AS_LEAF,
    MTL_REASON_OLD_VERSION, /* an intermediate that is no version 3 certificate, so nothing says that it is a CA */
    MTL_REASON_EXPLICIT_CURVE,
    MTL_REASON_PURPOSE,               /* EKU, keyUsage or nsCertType does not fit the role */
    MTL_REASON_EMPTY_KEY_USAGE,       /* keyUsage without any bit */
    MTL_REASON_KEY_USAGE,             /* keyUsage alone, see tells_purposes_apart */
    MTL_REASON_NO_KEY_USAGE,          /* see named_eku */
    MTL_REASON_NO_EXTENDED_KEY_USAGE, /* likewise: none that names the role */
    MTL_REASON_NO_COMMON_NAME,        /* see MTL_STEP_NAMED */
    MTL_REASON_NETSCAPE_TYPE,         /* nsCertType alone, likewise */
    MTL_REASON_ANCHOR_NOT_A_CA,       /* the trusted certificate that ends the path is a version 3 one that is no CA */
    MTL_REASON_ANCHOR_NO_CERT_SIGN,   /* its keyUsage lacks keyCertSign */
    MTL_REASON_PATH_LENGTH,
    /* MTL_STEP_STRICT */
    MTL_REASON_PATH_LENGTH_OF_NO_CA,
    MTL_REASON_PATH_LENGTH_NO_CERT_SIGN,
    MTL_REASON_CA_FLAG_NOT_CRITICAL,
    MTL_REASON_CA_NO_KEY_USAGE,
    MTL_REASON_CERT_SIGN_OF_NO_CA,
    MTL_REASON_EMPTY_ISSUER,
    MTL_REASON_NO_SUBJECT,
    MTL_REASON_NO_ALT_NAMES,
    MTL_REASON_AUTHORITY_KEY_ID_CRITICAL,
    MTL_REASON_SUBJECT_KEY_ID_CRITICAL,
    MTL_REASON_NO_AUTHORITY_KEY_ID,
    MTL_REASON_NO_SUBJECT_KEY_ID,
    MTL_REASON_OLD_WITH_EXTENSIONS,
    /* strength, names */
    MTL_REASON_LEAF_KEY_WEAK,
    MTL_REASON_ISSUER_KEY_WEAK,
    MTL_REASON_WEAK_DIGEST,
    MTL_REASON_LEAF_KEY_UNSUPPORTED,   /* of a kind that the verifier checks no signatures with */
    MTL_REASON_ISSUER_KEY_UNSUPPORTED, /* likewise */
    MTL_REASON_NAME_MISMATCH,
    MTL_REASON_ADDRESS_MISMATCH,
    MTL_REASON_ODD_HOST,             /* see only_host_characters */
    MTL_REASON_COMMON_NAME_MISMATCH, /* see tells_common_name_apart */
    /* revocation */
    MTL_REASON_CRL_MISSING,
    MTL_REASON_CRL_EXPIRED,
    MTL_REASON_CRL_ENDLESS, /* has no nextUpdate, see crls_need_next_update */
    MTL_REASON_CRL_NOT_YET_VALID,
    MTL_REASON_CRL_SIGNATURE,
    MTL_REASON_CRL_KEY_UNSUPPORTED, /* see tells_crl_keys_apart */
    MTL_REASON_CRL_SCOPE,
    MTL_REASON_CRL_ISSUER_KEY_USAGE,
    MTL_REASON_CRL_ISSUER_MISSING, /* the CRL's issuer cannot be found or its key does not decode */
    MTL_REASON_CRL_CRITICAL_EXTENSION,
    MTL_REASON_CRL_MALFORMED, /* an extension of it, or of one of its entries, does not decode */
    MTL_REASON_REVOKED,
    /* signatures and dates */
    MTL_REASON_NO_CERT_SIGN, /* the issuer's keyUsage lacks keyCertSign */
    MTL_REASON_ISSUER_KEY,   /* the issuer's public key does not decode */
    MTL_REASON_SIGNATURE,
    MTL_REASON_MISFIT_KEY, /* see tells_misfit_keys_apart */
    MTL_REASON_NOT_YET_VALID,
    MTL_REASON_EXPIRED,
    MTL_REASON_DATES_REVERSED, /* notAfter comes before notBefore */
    /* names */
    MTL_REASON_CONSTRAINT_PERMITTED,
    MTL_REASON_CONSTRAINT_EXCLUDED,
    MTL_REASON_CONSTRAINT_MINMAX,
    MTL_REASON_CONSTRAINT_TYPE,
    MTL_REASON_CONSTRAINT_SYNTAX,
    MTL_REASON_CONSTRAINT_NAME_SYNTAX,
    MTL_REASON_CONSTRAINT_TOO_MANY,
    MTL_REASON_CONSTRAINT_NO_ALT_NAME,    /* a host's name stands in the common name only, where none is compared */
    MTL_REASON_CONSTRAINT_EMPTY_DOMAIN,   /* see trips_over_empty_domains */
    MTL_REASON_CONSTRAINT_READ_OTHERWISE, /* stacks read this name or constraint differently */
    /* certificate policies, see policies.h */
    MTL_REASON_POLICY_MISSING,    /* one is demanded, and none is valid throughout the path */
    MTL_REASON_POLICY_ANY_MAPPED, /* anyPolicy is mapped, or mapped to */
    MTL_REASON_POLICY_QUALIFIED,  /* see qualified_critical_fail */
    MTL_REASON_POLICY_FLAWED,     /* see flaws_fail */
    /* outside the path: decided by the handshake layer */
    MTL_REASON_NO_CERTIFICATE,
    MTL_REASON_KEY_MISMATCH,
    MTL_REASON_PROOF, /* signed the handshake with another key than the certificate's */
    MTL_REASON_UNDECODABLE,
    MTL_REASON_NO_SHARED_ALGORITHM,
    MTL_REASON_OWN_CHAIN_WEAK,
    MTL_REASON_OWN_CHAIN_DISORDER,
    MTL_REASON_TOO_LARGE,
    MTL_REASON_TOO_MANY,           /* more certificates than the verifier looks at */
    MTL_REASON_EMPTY_TRUST,        /* nothing in the trust store can be read */
    MTL_REASON_NOTHING_TRUSTED,    /* nothing in it is trusted, and verification does not begin */
    MTL_REASON_NAME_TRUSTED_TWICE, /* two certificates in a file of CAs have the same subject */
    MTL_REASON_CRL_IN_TRUST,       /* a file of CAs holds a CRL */
    MTL_REASON_COUNT
};
const char *mtl_reason_slug(enum mtl_reason reason);     /* "no-issuer"; "" for NONE */
bool mtl_reason_is_name(enum mtl_reason reason);         /* the leaf bears another name or address */
const char *mtl_reason_sentence(enum mtl_reason reason); /* "no trusted issuer was found" */

#endif
