/*
 * Candidate paths, validation steps, verdicts. Defines what a verifier can be (mtl_policy); knows no verifier.
 *
 * A policy is data: how issuers are found, in which order steps run and in which direction, and what each step asks.
 * Which failure wins, and so which alert is sent, falls out of that order.
 */
#ifndef MTL_PATH_PATH_H
#define MTL_PATH_PATH_H

#include "base/base.h"
#include "cert/cert.h"
#include "cert/oddities.h"
#include "path/policies.h"
#include "path/reason.h"
#include "store/store.h"

enum mtl_role { MTL_CLIENT, MTL_SERVER };

/* ---- the policy ----------------------------------------------------------------------------------------------- */

/* One check. Each has one implementation in src/path. */
enum mtl_step {
    MTL_STEP_END, /* terminates a list */
    MTL_STEP_LEAF_KEY_STRENGTH,
    MTL_STEP_CRITICAL_EXTENSIONS,
    MTL_STEP_PROXY,
    MTL_STEP_IS_CA,
    MTL_STEP_VERSION,
    MTL_STEP_EXPLICIT_CURVE,
    MTL_STEP_PURPOSE,
    MTL_STEP_PATH_LENGTH,
    MTL_STEP_ISSUER_KEY_STRENGTH,
    MTL_STEP_DIGEST_STRENGTH,
    MTL_STEP_IDENTITY,
    MTL_STEP_REVOCATION,
    MTL_STEP_KEY_CERT_SIGN,
    MTL_STEP_SIGNATURE,
    MTL_STEP_NOT_BEFORE,
    MTL_STEP_NOT_AFTER,
    MTL_STEP_NAME_CONSTRAINTS,
    MTL_STEP_OWN_CONSTRAINTS, /* those of one issuer, against the leaf's names and its own */
    MTL_STEP_PROXY_NAME,
    MTL_STEP_DEPTH,
    MTL_STEP_DECODABLE_EXTENSIONS,
    MTL_STEP_NO_CA_AS_LEAF,
    MTL_STEP_LEAF_KEY_SUPPORTED,
    MTL_STEP_ISSUER_KEY_SUPPORTED,
    MTL_STEP_HAS_ISSUER,    /* fails for the last certificate of a path without an anchor */
    MTL_STEP_DEPTH_BELOW,   /* as PATH_LENGTH, but found at the first certificate that a CA above it does not allow */
    MTL_STEP_OWN_DIGEST,    /* as DIGEST_STRENGTH, also where no issuer was found; not of self-signed ones */
    MTL_STEP_LEAF_EKU,      /* the leaf's extKeyUsage, if it has one, must decode and hold one of eku */
    MTL_STEP_ISSUER_EKU,    /* likewise that of the issuer and issuer_eku, unless it is the anchor; it is blamed */
    MTL_STEP_OWN_CERT_SIGN, /* as KEY_CERT_SIGN, when the issuer itself is looked at */
    MTL_STEP_ANCHOR,
    MTL_STEP_KEY_USAGE_BITS,
    MTL_STEP_STRICT,              /* what RFC 5280 asks of issuers, see steps_strict.c */
    MTL_STEP_ONE_ALGORITHM,       /* inside and outside of what is signed */
    MTL_STEP_DENIES_CA,           /* basicConstraints that do not decode or say that it is no CA, of an anchor too */
    MTL_STEP_CA_TYPE,             /* an issuer that is no anchor: extKeyUsage and nsCertType together, see LEAF_TYPE */
    MTL_STEP_UNTRUSTED_CERT_SIGN, /* as OWN_CERT_SIGN, of issuers that are no anchors */
    MTL_STEP_CONSTRAINTS_BELOW,   /* those of one issuer, against the names of all below it; common names: a server's */
    MTL_STEP_LEAF_KEY_USAGE,      /* see key_usage and server_key_usage */
    MTL_STEP_LEAF_TYPE,           /* extKeyUsage and nsCertType together must name the role, unless both are absent */
    MTL_STEP_DATES_IN_ORDER,      /* and not before 1970, which does not decode */
    MTL_STEP_CONSTRAINTS_ABOVE, /* those of the certificate's own issuer, against its names alone; self-issued ones too
                                 */
    MTL_STEP_KEY_DECODES, /* the certificate's own key is one that the verifier knows; not asked of one that is alone */
    MTL_STEP_ANCHOR_KEY,  /* as DIGEST_STRENGTH, of a signature by an anchor's key, if that is one not supported */
    MTL_STEP_CONSTRAINTS_DECODE, /* an issuer's name constraints can all be compared */
    MTL_STEP_NAMED,        /* its subject is not empty, and that of a leaf has a common name, see longest_common_name */
    MTL_STEP_NAMED_USAGES, /* of the leaf, see named_eku */
    MTL_STEP_DEMANDED_EKU, /* below who demands a policy, an anchor too, each certificate needs an extKeyUsage */
    MTL_STEP_POLICIES,     /* certificate policies, see policies.h; fails for the certificate that is to blame */
    MTL_STEP_COUNT,
    /* no checks, but they say what the rest of the list is about */
    MTL_STEP_UNLESS_FAILED, /* left out once anything has failed */
    MTL_STEP_OF_ISSUER,     /* runs on the certificate's issuer, if that is in the path */
    MTL_STEP_OF_LEAF,       /* runs on the certificate again, if it is the leaf */
    MTL_STEP_OF_SUBJECT,    /* runs on the certificate again */
    MTL_STEP_OF_CAS,        /* left out for the leaf */
};
const char *mtl_step_name(enum mtl_step step); /* "extended key usage and key usage" */

enum mtl_direction {
    MTL_LEAF_ONLY,
    MTL_LEAF_TO_ROOT,
    MTL_ROOT_TO_LEAF,
    MTL_ISSUED_TO_LEAF, /* likewise, without the anchor */
    MTL_LEAF_TO_ISSUED, /* leaf to root, without the anchor or an untrusted root behind others */
};

/*
 * On what a phase runs. For a verifier that judges while it builds (see mtl_policy), two kinds run on a candidate
 * issuer and the certificate below it.
 */
enum mtl_phase_scope {
    MTL_SCOPE_PATH,      /* the whole path */
    MTL_SCOPE_CANDIDATE, /* an issuer that fails is passed over, as if it were not there */
    MTL_SCOPE_EXTENSION, /* an issuer that fails ends this path */
    MTL_SCOPE_FOUND,     /* the whole path once all others held; AS_SENT looks for no other path then */
};

/* Steps that run together on each certificate before the next certificate is looked at. */
struct mtl_phase {
    enum mtl_direction direction;
    bool before_building; /* runs on the leaf before any issuer is looked for */
    bool presented_only;  /* leaves out what came from the trust store */
    enum mtl_phase_scope scope;
    const enum mtl_step *steps; /* ends with MTL_STEP_END */
};

enum mtl_search {
    MTL_SEARCH_FIRST_ISSUER, /* takes one issuer per certificate and never comes back */
    MTL_SEARCH_BACKTRACK,    /* tries every issuer until a whole path holds */
    MTL_SEARCH_ONWARDS,      /* takes one CA per certificate, trusted or presented behind it; never comes back */
    MTL_SEARCH_SORTED,       /* takes the presented chain in order, cut where it is trusted, and nothing else */
    /*
     * Judges the chain in the order sent, up to where a trusted certificate takes over, and reports what fails there.
     * Only a chain that is not in order, or does not lead to the trust store, is searched as with BACKTRACK; which
     * anchor is tried first is then not fixed.
     */
    MTL_SEARCH_AS_SENT,
    /*
     * As FIRST_ISSUER, but presented and trusted certificates are one pool, in which the best issuer is taken: one that
     * is named by its key id, may issue in TLS, is valid now, is trusted, is the newest; the first trusted one ends the
     * path.
     */
    MTL_SEARCH_BEST_ISSUER,
    MTL_SEARCH_DOWNWARDS, /* verifies each presented certificate, from the last to the first; all of them must hold */
};
enum mtl_revocation_scope { MTL_REVOCATION_LEAF, MTL_REVOCATION_CHAIN };

/* What a decoder does with an oddity: it refuses the certificate in these words; or that is in doubt. One is set. */
struct mtl_reading_oddity {
    enum mtl_oddity oddity;
    unsigned value;    /* see mtl_cert_is_odd() */
    const char *text;  /* "x509: negative serial number" */
    const char *doubt; /* what makes it uncertain: "its version has no extensions, but it carries some" */
};

/* What a decoder refuses in any certificate, whoever presents it. */
struct mtl_reading {
    uint32_t malformed_extensions;     /* bit per enum mtl_extension that must decode */
    bool empty_key_usage_decodes;      /* where it is among them */
    bool negative_path_length_decodes; /* likewise, basicConstraints with one */
    bool critical_only;                /* only where it is critical */
    uint32_t sequence_extensions;      /* likewise, whose value must be one whole SEQUENCE, whatever is in it */
    bool refuses_odd_constraints;      /* addresses without a mask in name constraints */
    bool refuses_duplicate_extensions;
    uint32_t unique_extensions;        /* bit per enum mtl_extension that must not occur twice, of all others none */
    bool refuses_differing_algorithms; /* of signature, inside and outside */
    uint32_t curves;                   /* bit per enum mtl_curve that it knows; 0: all */
    bool leaves_keys_of_anchors;       /* whatever an anchor's key is, it does not keep the anchor from being read */
    uint32_t leaf_curves;              /* likewise, but of the first certificate only */
    /* bit per enum mtl_extension that may be critical in a certificate that is no anchor; 0: whatever is critical */
    uint32_t critical_extensions;
    bool critical_in_anchors;                /* that holds for anchors too */
    uint32_t keys;                           /* bit per enum mtl_key_type that it knows; 0: all */
    uint32_t signature_keys;                 /* likewise, of those that made the certificate's signature */
    uint32_t signature_digests;              /* bit per enum mtl_digest of that signature; 0: all */
    bool needs_version_3;                    /* an anchor may also have version 1 */
    bool empty_subject_needs_critical_names; /* RFC 5280 4.1.2.6 */
    bool refuses_empty_issuer;
    bool refuses_odd_flags;       /* critical flags that are TRUE but not FF */
    bool old_have_no_extensions;  /* in a certificate of version 1 or 2 they are passed over */
    bool decodes_issuers_in_turn; /* behind the first certificate only what is tried as issuer is decoded */
    const struct mtl_reading_oddity *oddities; /* the first that a certificate has counts: doubts come last */
    size_t oddity_count;
};
/* NULL: the certificate has none of the decoder's oddities. */
const struct mtl_reading_oddity *mtl_reading_find_oddity(const struct mtl_reading *reading,
                                                         const struct mtl_cert *cert);
/* Does it pass over this one's extensions? */
bool mtl_reading_passes_over_extensions(const struct mtl_reading *reading, const struct mtl_cert *cert);
enum mtl_reason mtl_reading_refusal(const struct mtl_reading *reading, const struct mtl_cert *cert, bool is_anchor);

/* Of a verifier without a limit: paths are followed that far, and what comes of longer ones is not known. */
enum { MTL_NO_DEPTH_LIMIT = 200 };

/*
 * A verifier's behaviour as numbers, enums and an ordered list of steps. Named for behaviour, never for a stack. Each
 * field here and in the structs within has a sentence in src/report/traits.c, which a test asks for.
 */
struct mtl_policy {
    /* building */
    enum mtl_search search;
    bool judges_while_building;        /* when it tries every issuer: the leaf alone, then each issuer as it is found */
    bool names_are_compared_as_bytes;  /* of issuers and subjects; otherwise canonically */
    bool names_are_compared_as_text;   /* in the chain: the same characters, in whatever string types; cases count */
    bool spaces_in_names_count;        /* canonically, but for white space */
    bool odd_strings_in_names_count;   /* canonically, but other types of strings as bytes, see mtl_name_is_alike() */
    bool anchor_must_be_self_signed;   /* otherwise any certificate in the trust store ends a path */
    bool crls_may_be_missing;          /* a certificate is not asked about where there is no CRL of its issuer */
    bool takes_delta_crls;             /* a delta CRL as if it were a full one */
    bool crls_need_self_signed_anchor; /* likewise, but only while CRLs are asked for */
    bool key_ids_are_binding;        /* an authorityKeyIdentifier that differs excludes an issuer; else it is ignored */
    bool empty_key_ids_bind_nobody;  /* an authorityKeyIdentifier without an octet is as if absent */
    bool malformed_never_issue;      /* a malformed extension on either side excludes the pair */
    bool only_key_ids_bind;          /* an authority's serial number or the kind of its key excludes nobody */
    bool anchors_do_not_constrain;   /* path length and name constraints of a trusted certificate do not count */
    bool issuers_need_only_the_name; /* neither key ids nor the kind of key exclude one */
    bool issuers_need_cert_sign;     /* a keyUsage without keyCertSign excludes an issuer, also of itself */
    bool any_key_may_issue;          /* an issuer is taken though its key cannot have made the signature */
    bool issuers_in_order;           /* FIRST_ISSUER: the first one that fits is taken, whatever its dates */
    bool last_stale_issuer;          /* FIRST_ISSUER: of issuers none of which is valid now the last one is taken;
                                        otherwise the one that expires last */
    bool honours_aux_trust;          /* TRUSTED CERTIFICATE settings count */
    bool aux_trust_is_all;           /* with such settings, being self-signed or "any" does not make a root trusted; and
                                        they do not stand in for its own extKeyUsage */
    bool climbs_whole_store;         /* FIRST_ISSUER: grows up to a self-signed root, and asks only then for trust */
    bool anchors_are_dated;          /* also one that is trusted by such settings alone */
    int default_depth;               /* intermediates allowed when the user gives no depth, or MTL_NO_DEPTH_LIMIT */
    bool depth_is_judged;            /* by MTL_STEP_DEPTH; building itself always keeps to default_depth */
    int judged_depth;                /* intermediates that the step allows when the user gives no depth */
    bool depth_is_no_reason;         /* a path that is too long fails as one whose next issuer is not found */
    bool last_failure_decides; /* FIRST_ISSUER only: all steps run even without an anchor; the last failure wins */
    /*
     * A trusted certificate is a name, a key and name constraints: no step runs on it, it ends any path, even one that
     * it stands in, and the leaf is never its own anchor.
     */
    bool anchors_are_keys;
    /*
     * BACKTRACK, FIRST_ISSUER, and ONWARDS, which needs it: by enum mtl_reason; of all failures met the first with the
     * highest number decides. NULL: none
     */
    const uint16_t *specificity;
    bool search_wants_valid_anchors;  /* BACKTRACK: an anchor that is not valid now is not found, but for the leaf's
                                         issuer */
    bool circles_have_same_alt_names; /* BACKTRACK: a path comes round only to the same subjectAltName too */
    /* certificates */
    uint32_t early_seconds;         /* so long before notBefore a certificate is valid already */
    bool early_are_not_late;        /* MTL_STEP_NOT_AFTER is not asked of a certificate that is not valid yet */
    bool expires_at_not_after;      /* the second of notAfter is already too late; RFC 5280 4.1.2.5 includes it */
    bool leaf_expires_at_not_after; /* likewise, of the leaf alone */
    uint32_t decoded_of_leaf;       /* bit per enum mtl_extension: the step that reads it fails if it does not decode */
    bool malformed_is_absent;       /* name and policy constraints and mappings that do not decode say nothing */
    uint32_t understood_extensions; /* bit per enum mtl_extension that may be critical */
    bool path_length_needs_ca;      /* basicConstraints with a path length but without CA count as malformed */
    bool empty_key_usage_decodes;   /* a keyUsage without any bit is well-formed, and allows nothing */
    bool only_clear_cas;         /* MTL_STEP_IS_CA fails for who shows in older ways that it is a CA, also for a leaf */
    bool purpose_needs_ca;       /* an issuer that is no CA fails MTL_STEP_PURPOSE too */
    bool old_versions_may_issue; /* below 3 nobody is asked for basicConstraints; MTL_STEP_VERSION may still ask */
    bool ca_flag_is_enough;      /* basicConstraints alone say who is a CA, whatever keyUsage says */
    uint32_t decodable_extensions; /* bit per enum mtl_extension, of MTL_STEP_DECODABLE_EXTENSIONS; 0: all */
    uint32_t der_extensions;       /* likewise those that must be DER */
    uint8_t path_length_bits;      /* likewise, the most of a pathLenConstraint, also where only_basic_constraints_tell
                                      who is a CA; 0: no limit */
    bool negative_path_lengths_are_large; /* there, a negative pathLenConstraint is read as a large one */
    bool ca_by_key_usage_alone;           /* the anchor may lack basicConstraints: v1, keyCertSign or nsCertType do */
    bool old_self_issued_below_anchors_issue; /* of version 1 or 2, issued by an anchor: needs no basicConstraints */
    bool version_1_roots_issue;               /* a self-signed certificate of version 1 needs no basicConstraints */
    bool only_basic_constraints_tell;         /* likewise; an anchor of version 1 or self-signed may lack them */
    bool empty_usages_ask_for_nothing; /* as if absent: an issuer's keyUsage without a bit, an empty extKeyUsage */
    bool self_issued_are_exempt_from_path_length; /* RFC 5280 4.2.1.9 */
    bool self_issued_set_no_path_length; /* the path length of a self-issued issuer, such as a root, does not count */
    bool path_length_blames_below;       /* the issuer that is one too many; otherwise the one whose limit it breaks */
    bool tells_purposes_apart; /* KEY_USAGE and NETSCAPE_TYPE are reasons of their own, in that order around EKU */
    bool nested_eku;           /* extKeyUsage of issuers limits what they may issue for */
    uint16_t eku[2];           /* by role of the leaf: MTL_EKU_* of which one is needed, if the extension is there */
    uint16_t issuer_eku[2];    /* likewise, of MTL_STEP_ISSUER_EKU */
    uint16_t key_usage[2];     /* by role of the leaf: MTL_KU_* of which one is needed, likewise; 0: not looked at */
    const uint16_t *server_key_usage; /* by enum mtl_key_type, of LEAF_KEY_USAGE: instead of key_usage for a server's */
    uint8_t netscape_cert_type[2];    /* likewise; 0: not looked at */
    /* Of NAMED_USAGES, by role of the leaf: its extKeyUsage must have one of these, and it a keyUsage; 0: not asked */
    uint16_t named_eku[2];
    uint16_t longest_common_name; /* of NAMED, octets of UTF-8 of the leaf's last one */
    uint32_t known_curves;        /* bit per enum mtl_curve; keys on others have no strength; 0: all */
    int security_bits;            /* least strength of keys and digests; 0: not looked at */
    uint32_t signature_digests;   /* bit per enum mtl_digest of signatures that are verified; 0: all */
    uint32_t signature_keys;      /* bit per enum mtl_key_type, likewise */
    bool tells_misfit_keys_apart; /* a signature by another kind of key than the issuer's: MTL_REASON_MISFIT_KEY */
    uint32_t signature_curves;    /* bit per enum mtl_curve of issuers' keys; other signatures fail; 0: all */
    uint32_t ecdsa_digests;       /* as signature_digests, of ECDSA; 0: those */
    uint32_t verifying_keys;      /* bit per enum mtl_key_type: keys that signatures are verified with; 0: all */
    uint32_t verifying_curves;    /* bit per enum mtl_curve, likewise */
    bool other_curves_are_weak;   /* keys on others are too weak, otherwise not supported */
    uint32_t rsa_bits[2];         /* least and most bits of RSA keys that signatures are verified with; 0: no limit */
    enum mtl_revocation_scope revocation; /* when CRLs are given */
    bool crls_need_next_update;           /* one without is taken for expired */
    bool first_crl_decides;    /* of those in scope, whatever its dates; otherwise the best one is searched for */
    bool every_crl_counts;     /* of an issuer, and of the same name; without one nothing is asked */
    bool tells_crl_keys_apart; /* a CRL signed with another kind of key than its issuer's is a failure of its own */
    bool crls_are_lists;   /* of the newest CRL of an issuer's name all serials are revoked, whatever else is with it */
    bool crls_are_answers; /* only CRLs of an issuer's name are asked for; they were verified when they were loaded */
    bool knows_crl_numbers;    /* a cRLNumber that is critical is no unknown extension */
    bool knows_no_delta_crls;  /* a deltaCRLIndicator is an unknown critical extension */
    bool crls_are_approved;    /* each that holds counts; issuers are looked for once more as signers: see approval.c */
    uint32_t crl_skew_seconds; /* of crls_are_approved: by how much a CRL may be early or late */
    bool removed_are_revoked;  /* an entry with the reason removeFromCRL revokes */
    struct mtl_name_policy names;
    bool names_must_decode; /* a subjectAltName that does not is malformed; otherwise it names nobody */
    struct mtl_constraint_policy constraints;
    struct mtl_policy_rules policies;
    bool self_issued_are_constrained; /* by name constraints, like other issuers */
    const struct mtl_phase *phases;
    size_t phase_count;
};

/* Is it one of the steps of its phases? */
bool mtl_policy_runs(const struct mtl_policy *policy, enum mtl_step wanted);

/* RFC 5280 6.1 with a full search over all paths: no stack in particular, the measure that rules are held to. */
extern const struct mtl_policy mtl_policy_rfc5280;

/* ---- the question --------------------------------------------------------------------------------------------- */

/* Upper bounds of one verification; what ran out is said in the verdict. */
struct mtl_budget {
    uint32_t signatures; /* signature checks */
    uint32_t extensions; /* times a path was made longer */
    uint32_t paths;      /* candidate paths kept for the report */
    uint32_t policies;   /* certificate policies compared */
};
extern const struct mtl_budget mtl_default_budget;

struct mtl_question {
    const struct mtl_policy *policy;
    struct mtl_chain presented;        /* [0] is the certificate to verify */
    struct mtl_chain at_hand;          /* BEST_ISSUER: other certificates in the pool, such as the verifier's own */
    const struct mtl_store *store;     /* trust of the verifier */
    const struct mtl_reading *reading; /* how issuers are decoded when they are tried; NULL: all decode */
    enum mtl_role subject;             /* whose certificate it is */
    const char *host;                  /* name the verifier expects; NULL: not checked */
    const struct mtl_loaded_crl *crls; /* given for revocation, besides those of the store */
    size_t crl_count;
    bool check_revocation;
    int depth; /* intermediates allowed; -1: the policy's default */
    mtl_time now;
    struct mtl_budget budget;
    struct mtl_crypto *crypto;
};

/* The first certificate and those presented that follow from it, each the issuer of the one before; of 16 at most. */
struct mtl_chain mtl_chain_sort(struct mtl_arena *arena, const struct mtl_policy *policy, struct mtl_chain chain);

/*
 * BEST_ISSUER: the first certificate presented and the issuers above it up to a root, as far as any are found. The
 * role is that of the owner, who builds its own chain. Its certificates live in arena.
 */
struct mtl_chain mtl_chain_climb(struct mtl_arena *arena, const struct mtl_question *question);
/* Do all steps that run before building hold for the first certificate presented? */
bool mtl_leaf_is_fit(struct mtl_arena *arena, const struct mtl_question *question);

/* ---- the verdict ---------------------------------------------------------------------------------------------- */

/* One failed check. */
struct mtl_failure {
    enum mtl_reason reason;
    enum mtl_step step;               /* MTL_STEP_END when found while building */
    size_t depth;                     /* which certificate of the path is blamed; 0 is the leaf */
    struct mtl_general_name name;     /* the offending name, for constraints; otherwise absent */
    const struct mtl_loaded_crl *crl; /* the CRL, for revocation; otherwise NULL */
};

/* Why a certificate that bears the wanted name was not taken as issuer. */
enum mtl_refusal {
    MTL_REFUSED_NOT, /* it was taken */
    MTL_REFUSED_NAME,
    MTL_REFUSED_MALFORMED,
    MTL_REFUSED_KEY_ID,
    MTL_REFUSED_SERIAL,
    MTL_REFUSED_KEY_TYPE,
    MTL_REFUSED_KEY_USAGE, /* its keyUsage lacks keyCertSign */
    MTL_REFUSED_ALREADY_IN_PATH,
    MTL_REFUSED_OTHER_TAKEN,  /* it would have done, but another one was preferred */
    MTL_REFUSED_NOT_SEARCHED, /* the verifier had stopped looking in that place */
    MTL_REFUSED_MIMIC,        /* same name and key ids as a trusted root, but not that certificate */
};
struct mtl_candidate {
    const struct mtl_loaded_cert *cert;
    size_t subject_depth; /* issuer of the certificate at this depth of the path */
    bool trusted;         /* from the trust store; otherwise from the presented chain */
    enum mtl_refusal refusal;
    /* Would its key verify the signature? Only computed for candidates that bear the name and were refused, or taken.
     */
    enum mtl_signature_outcome signature;
};

/* Leaf to anchor, or as far as it went, with everything that failed on it, in the policy's order. */
struct mtl_path {
    const struct mtl_loaded_cert *const *certs; /* leaf first */
    size_t count;
    size_t presented_count; /* how many, from the leaf, come from the presented chain; the others are trusted */
    bool anchored;
    const struct mtl_failure *failures; /* [0] decides */
    size_t failure_count;
};

struct mtl_verdict {
    bool accepted;
    const struct mtl_path *paths; /* all candidate paths tried, in the order tried */
    size_t path_count;
    size_t decisive;                        /* index of the path that decides */
    struct mtl_failure failure;             /* what decides when not accepted */
    const struct mtl_candidate *candidates; /* issuers considered on the decisive path */
    size_t candidate_count;
    bool signatures_exhausted, extensions_exhausted, paths_exhausted;
    bool searched;            /* AS_SENT: the path was found by searching */
    bool search_failed;       /* AS_SENT: it had to search, and found no path; which failure it met, it does not say */
    const char *undetermined; /* a sentence: why the verdict cannot be trusted; NULL: it can */
};

/*
 * Judges one certificate as the policy's verifier would. Never fails; a rejected chain is data. The verdict lives in
 * arena. Without any certificate presented the caller must not ask.
 */
const struct mtl_verdict *mtl_path_judge(struct mtl_arena *arena, const struct mtl_question *question);

#endif
