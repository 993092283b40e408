/*
 * One certificate, one CRL, one name, one key: parsed, compared and checked cryptographically. No trust, no files.
 *
 * The reader is ours, zero-copy and strict: DER only (X.690 10, 11), never BER. What it refuses is "undecodable"; a
 * known extension that does not decode is noted in `malformed`, and the certificate stays usable: stacks differ.
 */
#ifndef MTL_CERT_CERT_H
#define MTL_CERT_CERT_H

#include "base/base.h"
#include "cert/constraint_policy.h"
#include "cert/host.h"

/* ---- limits --------------------------------------------------------------------------------------------------- */

#define MTL_MAX_CERT_SIZE (1024U * 1024U) /* bytes of DER of one certificate */
#define MTL_MAX_CRL_SIZE (64U * 1024U * 1024U)

/* ---- algorithms ----------------------------------------------------------------------------------------------- */

enum mtl_key_type {
    MTL_KEY_UNKNOWN, /* an algorithm we do not know, or parameters that do not decode */
    MTL_KEY_RSA,
    MTL_KEY_RSA_PSS,
    MTL_KEY_EC,
    MTL_KEY_ED25519,
    MTL_KEY_ED448,
    MTL_KEY_DSA,
    MTL_KEY_X25519, /* cannot sign, but occurs */
    MTL_KEY_X448,
};

enum mtl_curve {
    MTL_CURVE_NONE,
    MTL_CURVE_P224,
    MTL_CURVE_P256,
    MTL_CURVE_P384,
    MTL_CURVE_P521,
    MTL_CURVE_SECP256K1,
    MTL_CURVE_BRAINPOOL_P256R1,
    MTL_CURVE_BRAINPOOL_P384R1,
    MTL_CURVE_BRAINPOOL_P512R1,
    MTL_CURVE_P192,
    MTL_CURVE_OTHER,    /* named, but not one of these */
    MTL_CURVE_EXPLICIT, /* parameters spelled out (RFC 5480 2.1.1 forbids it) */
};

enum mtl_digest {
    MTL_DIGEST_NONE, /* unknown, or the algorithm has none of its own (EdDSA) */
    MTL_DIGEST_MD2,
    MTL_DIGEST_MD4,
    MTL_DIGEST_MD5,
    MTL_DIGEST_SHA1,
    MTL_DIGEST_SHA224,
    MTL_DIGEST_SHA256,
    MTL_DIGEST_SHA384,
    MTL_DIGEST_SHA512,
    MTL_DIGEST_SHA512_256,
    MTL_DIGEST_SHA3_224,
    MTL_DIGEST_SHA3_256,
    MTL_DIGEST_SHA3_384,
    MTL_DIGEST_SHA3_512,
};

/* A signature algorithm: the kind of key that made it, and the digest it used. key == UNKNOWN: not known to us. */
struct mtl_signature_algorithm {
    enum mtl_key_type key;
    enum mtl_digest digest;
};

/* The subject's public key as written, before any cryptography. */
struct mtl_key_info {
    enum mtl_key_type type;
    enum mtl_curve curve;   /* EC only */
    uint32_t bits;          /* RSA, DSA: of the modulus; EC: of the curve's order; EdDSA: 256 or 456; 0 unknown */
    uint32_t exponent;      /* RSA public exponent when it fits, otherwise 0 */
    uint32_t subgroup_bits; /* DSA: of q */
};

/* ---- extensions ----------------------------------------------------------------------------------------------- */

/* The extensions a certificate verifier looks at; anything else is "other". Bit (1 << x) in the masks below. */
enum mtl_extension {
    MTL_EXT_BASIC_CONSTRAINTS,
    MTL_EXT_KEY_USAGE,
    MTL_EXT_EXTENDED_KEY_USAGE,
    MTL_EXT_SUBJECT_ALT_NAME,
    MTL_EXT_ISSUER_ALT_NAME,
    MTL_EXT_SUBJECT_KEY_ID,
    MTL_EXT_AUTHORITY_KEY_ID,
    MTL_EXT_NAME_CONSTRAINTS,
    MTL_EXT_CERTIFICATE_POLICIES,
    MTL_EXT_POLICY_MAPPINGS,
    MTL_EXT_POLICY_CONSTRAINTS,
    MTL_EXT_INHIBIT_ANY_POLICY,
    MTL_EXT_CRL_DISTRIBUTION_POINTS,
    MTL_EXT_FRESHEST_CRL,
    MTL_EXT_AUTHORITY_INFO_ACCESS,
    MTL_EXT_NETSCAPE_CERT_TYPE,
    MTL_EXT_PROXY_CERT_INFO,
    MTL_EXT_IP_ADDR_BLOCKS, /* RFC 3779 */
    MTL_EXT_AUTONOMOUS_SYS, /* RFC 3779 */
    MTL_EXT_OCSP_NO_CHECK,
    MTL_EXT_TLS_FEATURE,
    MTL_EXT_SCT_LIST,
    MTL_EXT_COUNT
};
extern const char *const mtl_extension_names[MTL_EXT_COUNT]; /* "basicConstraints" */

/* keyUsage bits, named as in RFC 5280 4.2.1.3. */
enum {
    MTL_KU_DIGITAL_SIGNATURE = 1 << 0,
    MTL_KU_NON_REPUDIATION = 1 << 1,
    MTL_KU_KEY_ENCIPHERMENT = 1 << 2,
    MTL_KU_DATA_ENCIPHERMENT = 1 << 3,
    MTL_KU_KEY_AGREEMENT = 1 << 4,
    MTL_KU_KEY_CERT_SIGN = 1 << 5,
    MTL_KU_CRL_SIGN = 1 << 6,
    MTL_KU_ENCIPHER_ONLY = 1 << 7,
    MTL_KU_DECIPHER_ONLY = 1 << 8,
};

/* extKeyUsage purposes that matter for TLS; others set MTL_EKU_OTHER. */
enum {
    MTL_EKU_SERVER_AUTH = 1 << 0,
    MTL_EKU_CLIENT_AUTH = 1 << 1,
    MTL_EKU_CODE_SIGNING = 1 << 2,
    MTL_EKU_EMAIL_PROTECTION = 1 << 3,
    MTL_EKU_TIME_STAMPING = 1 << 4,
    MTL_EKU_OCSP_SIGNING = 1 << 5,
    MTL_EKU_ANY = 1 << 6,
    MTL_EKU_MS_SGC = 1 << 7, /* 1.3.6.1.4.1.311.10.3.3 */
    MTL_EKU_NS_SGC = 1 << 8, /* 2.16.840.1.113730.4.1 */
    MTL_EKU_OTHER = 1 << 9,
};

/* nsCertType bits. */
enum {
    MTL_NS_SSL_CLIENT = 1 << 0,
    MTL_NS_SSL_SERVER = 1 << 1,
    MTL_NS_SMIME = 1 << 2,
    MTL_NS_OBJECT_SIGNING = 1 << 3,
    MTL_NS_SSL_CA = 1 << 5,
    MTL_NS_SMIME_CA = 1 << 6,
    MTL_NS_OBJECT_SIGNING_CA = 1 << 7,
};

/* ---- the certificate ------------------------------------------------------------------------------------------ */

/*
 * One parsed certificate. Ranges point into der; use mtl_cert_bytes(). The bytes of der are not copied: they must
 * outlive the certificate. Plain const data: nothing changes after mtl_cert_parse() but what key_answer points to.
 * Threads may share it.
 */
struct mtl_cert {
    struct mtl_slice der;
    struct mtl_range tbs;                      /* the TBSCertificate with its header: what is signed */
    struct mtl_range serial;                   /* content octets of the INTEGER */
    struct mtl_range issuer;                   /* the Name with its header */
    struct mtl_range subject;                  /* the Name with its header */
    struct mtl_range spki;                     /* the SubjectPublicKeyInfo with its header */
    struct mtl_range public_key;               /* the BIT STRING's octets (without the unused-bits octet) */
    struct mtl_range key_parameters;           /* AlgorithmIdentifier.parameters with header; absent if none */
    struct mtl_range tbs_signature_alg;        /* the AlgorithmIdentifier inside, with its header */
    struct mtl_range outer_signature_alg;      /* the AlgorithmIdentifier outside, with its header */
    struct mtl_range signature;                /* the BIT STRING's octets (without the unused-bits octet) */
    struct mtl_range extensions;               /* the SEQUENCE OF Extension with its header; absent if none */
    struct mtl_range extension[MTL_EXT_COUNT]; /* content of extnValue's OCTET STRING; absent if the extension is */

    mtl_time not_before, not_after;
    uint32_t present;          /* bit per enum mtl_extension */
    uint32_t critical;         /* of those present */
    uint32_t malformed;        /* of those present: the value does not decode, or the extension occurs twice */
    uint32_t duplicate;        /* of those present: occurs more than once */
    uint32_t not_der;          /* of those not malformed: OpenSSL reads the value, yet it is not DER */
    uint16_t other_extensions; /* how many extensions are not in enum mtl_extension */
    bool other_duplicate;      /* one of the first few of those occurs more than once */
    bool other_critical;       /* one of those is critical */
    bool odd_critical;         /* a critical flag is TRUE but not FF: OpenSSL reads it, other stacks refuse it */

    uint8_t version;             /* 1, 2, 3 or other; 0: below 1; 255: 255 or above */
    bool is_ca;                  /* basicConstraints.cA */
    bool is_proxy;               /* proxyCertInfo decodes, whether or not the rest goes with it */
    int32_t path_length;         /* basicConstraints.pathLenConstraint; -1 absent; huge values saturate at INT32_MAX */
    uint16_t key_usage;          /* MTL_KU_*; 0 if absent */
    uint16_t extended_key_usage; /* MTL_EKU_*; 0 if absent */
    uint8_t netscape_cert_type;  /* MTL_NS_*; 0 if absent */

    struct mtl_key_info key;
    struct mtl_signature_algorithm signature_algorithm; /* from the outer AlgorithmIdentifier */

    struct mtl_range subject_key_id;   /* keyIdentifier octets; absent if none */
    struct mtl_range authority_key_id; /* keyIdentifier octets; absent if none */
    struct mtl_range authority_issuer; /* first directoryName of authorityCertIssuer: a Name; absent if none */
    struct mtl_range authority_serial; /* authorityCertSerialNumber content octets; absent if none */

    uint64_t subject_hash, issuer_hash; /* of the canonical names, see mtl_name_hash() */
    bool self_issued;                   /* subject and issuer are the same name by mtl_name_equal(canonical) */
    _Atomic unsigned char *key_answer;  /* of mtl_cert_key_is_usable(), which keeps it there; NULL: it is not kept */
};

/*
 * Parses one certificate that fills der exactly. The result lives in arena and refers to der. On failure returns
 * false; error's message says what is wrong and at which byte ("at byte 123: ...").
 * RFC 5280 4.1; DER per X.690. Unknown versions above 3, negative or huge serials, odd times are accepted where
 * OpenSSL accepts them; times outside the two forms of RFC 5280 4.1.2.5 are refused.
 */
bool mtl_cert_parse(struct mtl_arena *arena, struct mtl_slice der, const struct mtl_cert **cert,
                    struct mtl_error *error);

/*
 * Does libcrypto decode what mtl_cert_parse() refused? Then it is BER, or has times in other forms: lenient readers
 * take it, and strict ones do not.
 */
bool mtl_cert_is_read_leniently(struct mtl_slice der);

/* The same certificate to a reader who passes over extensions, as one of version 1 or 2 may have none (RFC
 * 5280 4.1.2.9). */
struct mtl_cert mtl_cert_without_extensions(const struct mtl_cert *cert);

struct mtl_slice mtl_cert_bytes(const struct mtl_cert *cert, struct mtl_range range);
bool mtl_cert_has(const struct mtl_cert *cert, enum mtl_extension extension);
/* A keyUsage without any bit, which also counts as malformed (RFC 5280 4.2.1.3). */
bool mtl_cert_key_usage_is_empty(const struct mtl_cert *cert);
/* Is the extension's value one SEQUENCE and nothing behind it? What is in that SEQUENCE is not looked at. */
bool mtl_cert_extension_is_sequence(const struct mtl_cert *cert, enum mtl_extension extension);
/* The signature algorithm is stated twice; inside and outside of what is signed (RFC 5280 4.1.1.2). */
bool mtl_cert_algorithms_differ(const struct mtl_cert *cert);
bool mtl_cert_same(const struct mtl_cert *a, const struct mtl_cert *b); /* byte for byte */
void mtl_sha256(struct mtl_slice bytes, uint8_t digest[static 32]);
void mtl_cert_sha256(const struct mtl_cert *cert, uint8_t digest[static 32]); /* of the whole DER */
/* The key identifier that RFC 5280 4.2.1.2 (1) gives its key, whatever the certificate says. */
void mtl_cert_usual_key_id(const struct mtl_cert *cert, uint8_t key_id[static 20]);
/* A key id of that size as it is, any other by its SHA-1. */
enum { MTL_SHORT_KEY_ID = 20 };
void mtl_key_id_shorten(struct mtl_slice key_id, uint8_t id[static MTL_SHORT_KEY_ID]);
/* So the subjectKeyIdentifier; without it the SHA-1 of the public key, on a curve of the whole SubjectPublicKeyInfo. */
void mtl_cert_short_key_id(const struct mtl_cert *cert, uint8_t id[static MTL_SHORT_KEY_ID]);

/* ---- how it is written: read anew from der, not kept ------------------------------------------------------------ */

/* Of notBefore [0] and notAfter [1]: as UTCTime, with two digits of the year? Otherwise as GeneralizedTime. */
void mtl_cert_validity_is_short(const struct mtl_cert *cert, bool is_short[static 2]);
/* What everybody reads although DER forbids it (X.690 11). */
enum mtl_surplus {
    MTL_SURPLUS_VERSION = 1 << 0,  /* version 1, which is the default, is spelled out */
    MTL_SURPLUS_CRITICAL = 1 << 1, /* critical FALSE */
    MTL_SURPLUS_CA = 1 << 2,       /* cA FALSE */
    MTL_SURPLUS_BITS = 1 << 3,     /* keyUsage ends in bits that are zero */
    MTL_SURPLUS_ORDER = 1 << 4,    /* the members of a SET in a name are not sorted */
};
unsigned mtl_cert_surplus(const struct mtl_cert *cert); /* enum mtl_surplus, joined with | */

/* ---- names (Name, RFC 5280 4.1.2.4) --------------------------------------------------------------------------- */

/*
 * Canonical comparison as OpenSSL's X509_NAME_cmp does it: string types converted to UTF-8, ASCII lower case, inner
 * white space collapsed, outer trimmed (RFC 5280 7.1). Both arguments are Names with their headers.
 */
bool mtl_name_equal(struct mtl_slice a, struct mtl_slice b);
/*
 * Of two equal names: are they the same octets wherever a value is neither PrintableString nor UTF8String, or its type
 * has no keyword of RFC 2253 2.3? Who compares names as RFC 2253 prints them sees the encoding of such values.
 */
bool mtl_name_is_alike(struct mtl_slice a, struct mtl_slice b);
/* The same attributes in the same order, their values the same characters, whether in PrintableString, UTF8String or
 * TeletexString: as RFC 4514 prints them, without folding case or spaces. Others must be the same octets. */
bool mtl_name_says_the_same(struct mtl_slice a, struct mtl_slice b);
/* Is it the shorter name and one commonName more, in an RDN of its own (RFC 3820 3.4)? */
bool mtl_name_is_one_longer(struct mtl_slice name, struct mtl_slice shorter);
uint64_t mtl_name_hash(struct mtl_slice name);
/* The 32-bit hash of OpenSSL's hashed directories (c_rehash): SHA-1 of the canonical encoding, first 4 octets LE. */
bool mtl_name_openssl_hash(struct mtl_slice name, uint32_t *hash);
/* No RDNs at all. */
bool mtl_name_is_empty(struct mtl_slice name);
/* "CN=orders, O=Acme" in the order of the encoding, escaped as RFC 4514 asks and safe to print. Arena-owned. */
char *mtl_name_text(struct mtl_arena *arena, struct mtl_slice name);
/* The short human label: the first CN, else the last attribute's value, else "(empty name)". Safe to print. */
char *mtl_name_label(struct mtl_arena *arena, struct mtl_slice name);

/* ---- general names (RFC 5280 4.2.1.6) ------------------------------------------------------------------------- */

/* The CHOICE's tags. */
enum mtl_general_name_type {
    MTL_GN_OTHER_NAME,
    MTL_GN_EMAIL,
    MTL_GN_DNS,
    MTL_GN_X400,
    MTL_GN_DIRECTORY,
    MTL_GN_EDI,
    MTL_GN_URI,
    MTL_GN_IP,
    MTL_GN_REGISTERED_ID,
};

struct mtl_general_name {
    enum mtl_general_name_type type;
    struct mtl_slice value; /* content octets; for DIRECTORY the Name with its header */
};

/* Walks a GeneralNames SEQUENCE. Start with .rest = the extension's value; next() returns false at the end. */
struct mtl_general_names {
    struct mtl_slice rest;
    bool started;
};
struct mtl_general_names mtl_cert_alt_names(const struct mtl_cert *cert); /* empty walk if absent or malformed */
/* Of subjectAltName or issuerAltName: is one of the names none of its kind? An address of another size, with a mask or
 * without; a mailbox without a domain; a URI without scheme, or that RFC 3986 does not allow. */
bool mtl_cert_has_unsound_name(const struct mtl_cert *cert, enum mtl_extension extension);
bool mtl_general_names_next(struct mtl_general_names *names, struct mtl_general_name *name);

/* ---- issuer matching ------------------------------------------------------------------------------------------ */

/* Why a certificate is not taken for the issuer of another (before any signature). In OpenSSL's order. */
enum mtl_issuer_match {
    MTL_ISSUER_OK,
    MTL_ISSUER_NAME,      /* issuer's subject is not the subject's issuer */
    MTL_ISSUER_MALFORMED, /* one of the two has a malformed extension, so its key ids cannot be trusted */
    MTL_ISSUER_KEY_ID,    /* authorityKeyIdentifier differs from subjectKeyIdentifier */
    MTL_ISSUER_SERIAL,    /* authorityCertSerialNumber or authorityCertIssuer differs */
    MTL_ISSUER_KEY_TYPE,  /* the issuer's key cannot have made a signature of that algorithm */
};
/* ossl_x509_likely_issued(). Does not look at keyUsage, dates or the signature. */
enum mtl_issuer_match mtl_cert_may_issue(const struct mtl_cert *issuer, const struct mtl_cert *subject);
/* OpenSSL's EXFLAG_SS: self-issued, own key ids agree, own key fits the signature algorithm. No signature check. */
bool mtl_cert_is_self_signed(const struct mtl_cert *cert);
/* OpenSSL's EXFLAG_INVALID: any extension that it decodes is malformed (see v3_purp.c cache_extensions). */
bool mtl_cert_has_malformed_extension(const struct mtl_cert *cert);
/* authorityKeyIdentifier fields against an issuer: OK, KEY_ID or SERIAL. For CRLs and certificates. */
struct mtl_authority_key_id {
    struct mtl_slice key_id, issuer, serial; /* each may be absent */
};
struct mtl_authority_key_id mtl_cert_authority(const struct mtl_cert *cert);
enum mtl_issuer_match mtl_cert_matches_authority(const struct mtl_cert *issuer, struct mtl_authority_key_id authority);

/* ---- keys and signatures (libcrypto) -------------------------------------------------------------------------- */

/*
 * Decoded issuer keys and signature results, each made once per session. Not thread-safe: one per thread.
 */
struct mtl_crypto;
struct mtl_crypto *mtl_crypto_new(struct mtl_arena *arena);
void mtl_crypto_free(struct mtl_crypto *crypto); /* frees what libcrypto owns; NULL is fine */

enum mtl_signature_outcome {
    MTL_SIGNATURE_GOOD,
    MTL_SIGNATURE_BAD,          /* does not verify, or the inner and outer algorithms differ (X509_verify) */
    MTL_SIGNATURE_KEY_UNUSABLE, /* the issuer's key does not decode */
    MTL_SIGNATURE_UNSUPPORTED,  /* libcrypto does not know the algorithm; OpenSSL reports it as a bad signature */
};
/* Does issuer's key verify subject's signature? Cached per pair. Counts into mtl_crypto_verifications(). */
enum mtl_signature_outcome mtl_crypto_verify(struct mtl_crypto *crypto, const struct mtl_cert *subject,
                                             const struct mtl_cert *issuer);
uint64_t mtl_crypto_verifications(const struct mtl_crypto *crypto);
/*
 * Would libcrypto decode this certificate's public key (X509_get0_pubkey() != NULL)? RSA, EdDSA: structure and sizes;
 * EC: known curve and a point on it (SEC 1 3.2.2.1).
 */
bool mtl_cert_key_is_usable(const struct mtl_cert *cert);
/* Bits of security as OpenSSL rates a key (EVP_PKEY_get_security_bits) and a signature (X509_get_signature_info). */
int mtl_key_security_bits(const struct mtl_key_info *key);
/* -1 when OpenSSL cannot rate it (unknown algorithm). RSA-PSS parameters are read from the AlgorithmIdentifier. */
int mtl_signature_security_bits(const struct mtl_cert *cert);

const char *mtl_key_text(struct mtl_arena *arena, const struct mtl_key_info *key); /* "RSA 2048", "EC P-256" */
const char *mtl_digest_text(enum mtl_digest digest);                               /* "SHA-256" */

/* A private key, known only by its public half. */
struct mtl_private_key {
    struct mtl_key_info key;
    struct mtl_slice spki; /* SubjectPublicKeyInfo of the public half; absent if encrypted */
    bool encrypted;
    const char *format; /* "PKCS#8", "PKCS#1", "SEC1", "encrypted PKCS#8", ... */
};
/*
 * DER of PKCS#8 PrivateKeyInfo, EncryptedPrivateKeyInfo, RSAPrivateKey, ECPrivateKey or OpenSSL's DSA; never asks for a
 * password. Nothing private is kept; der belongs to the caller, who wipes it with mtl_private_key_wipe().
 */
bool mtl_private_key_parse(struct mtl_arena *arena, struct mtl_slice der, const struct mtl_private_key **key,
                           struct mtl_error *error);
/* Overwrites secret bytes so that no compiler leaves it out. */
void mtl_private_key_wipe(void *bytes, size_t size);
/* Same public key? Compared as libcrypto compares (parameters and key), not by encoding. */
bool mtl_private_key_matches(const struct mtl_private_key *key, const struct mtl_cert *cert);

/* ---- CRLs (RFC 5280 5) ---------------------------------------------------------------------------------------- */

/* One revoked certificate. */
struct mtl_crl_entry {
    struct mtl_slice serial; /* content octets of the INTEGER */
    struct mtl_slice issuer; /* the certificateIssuer in force, GeneralNames (5.3.3); absent: the CRL's issuer */
    mtl_time date;
    int reason; /* CRLReason, -1 absent */
};

struct mtl_crl {
    struct mtl_slice der;
    struct mtl_range tbs, issuer, tbs_signature_alg, outer_signature_alg, signature, revoked, extensions;
    mtl_time this_update, next_update; /* next_update only if has_next_update */
    bool has_next_update;
    bool has_unknown_critical; /* OpenSSL's EXFLAG_CRITICAL: on the CRL or on an entry */
    bool has_critical_number;  /* on the CRL, but for a cRLNumber, there is none of these */
    bool is_delta;             /* has deltaCRLIndicator */
    bool malformed; /* OpenSSL's EXFLAG_INVALID: an extension it looks at does not decode; it is then left aside */
    bool only_number_repeated; /* malformed in nothing but that there are several cRLNumbers */
    bool malformed_idp;        /* OpenSSL's IDP_INVALID: limited to two kinds of certificates at once */
    bool malformed_entry; /* one with an extension that does not decode; OpenSSL ignores extensions from there on */
    bool idp_only_user, idp_only_ca, idp_only_attribute, idp_indirect, idp_has_reasons, idp_present;
    uint16_t idp_reasons;      /* as mtl_crl_covered_reasons() */
    struct mtl_range idp_name; /* the DistributionPointName; absent if none */
    struct mtl_signature_algorithm signature_algorithm;
    struct mtl_authority_key_id authority;
    uint32_t revoked_count;
    const struct mtl_crl_entry *entries; /* revoked_count of them, by serial */
    uint64_t issuer_hash;
};
bool mtl_crl_parse(struct mtl_arena *arena, struct mtl_slice der, const struct mtl_crl **crl, struct mtl_error *error);
struct mtl_slice mtl_crl_bytes(const struct mtl_crl *crl, struct mtl_range range);
/* Is the serial listed (and not as removeFromCRL)? date and reason, if given, tell when and why. */
struct mtl_revocation {
    mtl_time date;
    int reason; /* CRLReason, -1 absent */
};
bool mtl_crl_revokes(const struct mtl_crl *crl, const struct mtl_cert *cert, struct mtl_revocation *revocation);
/* Is there any entry for that serial, whatever it says? */
bool mtl_crl_lists(const struct mtl_crl *crl, struct mtl_slice serial);
enum mtl_signature_outcome mtl_crypto_verify_crl(struct mtl_crypto *crypto, const struct mtl_crl *crl,
                                                 const struct mtl_cert *issuer);
/*
 * OpenSSL's crl_crldp_check() with no extended CRL support: does the CRL's scope cover this certificate?
 * name_matches: the CRL's issuer is the certificate's issuer.
 */
bool mtl_crl_covers(const struct mtl_crl *crl, const struct mtl_cert *cert, bool name_matches);
/*
 * The reasons for which such a CRL speaks of the certificate: bits as in ReasonFlags (bit 1: keyCompromise ...),
 * limited by the distribution point that matches. MTL_CRL_ALL_REASONS unless one of the two says otherwise.
 */
#define MTL_CRL_ALL_REASONS 0x1feU
uint16_t mtl_crl_covered_reasons(const struct mtl_crl *crl, const struct mtl_cert *cert, bool name_matches);

/* ---- strict schema (libtasn1) --------------------------------------------------------------------------------- */

/*
 * The second opinion: does the certificate decode against the ASN.1 module of RFC 5280 with strict DER,
 * and does the value of every known extension against its type? False with a message that names the broken member when
 * not, or when der is above 256 KiB. Slow; not on the hot path.
 */
bool mtl_schema_check(struct mtl_slice der, struct mtl_error *error);

#endif
