/*
 * TLS stacks as data. One file per stack or product; the tables are found by CMake and hold no functions.
 */
#ifndef MTL_STACK_STACK_H
#define MTL_STACK_STACK_H

#include "base/base.h"
#include "path/path.h"

enum mtl_tls { MTL_TLS12, MTL_TLS13, MTL_TLS_COUNT };
const char *mtl_tls_text(enum mtl_tls tls); /* "1.2" */

/* TLS alerts by their RFC 8446 6 number; 0 (close_notify) is never a rejection here. */
struct mtl_alert {
    uint8_t code;
    const char *name; /* "unknown_ca" */
};
const char *mtl_alert_name(uint8_t code); /* RFC 8446 names, and RFC 5246 ones for retired codes; "unassigned" */

/* How a rejection shows to the other side. */
enum mtl_surface {
    MTL_SURFACE_NONE,
    MTL_SURFACE_ALERT,
    MTL_SURFACE_RESET,
    MTL_SURFACE_CLOSE,
    MTL_SURFACE_HTTP,
    MTL_SURFACE_GARBLED,  /* an alert that the other side cannot decrypt */
    MTL_SURFACE_PROTOCOL, /* an error in the words of the program's own protocol */
};

/* Where a fact comes from. */
enum mtl_evidence { MTL_EVIDENCE_RECORDED, MTL_EVIDENCE_SOURCE, MTL_EVIDENCE_ASSUMED };

/* What a stack calls a reason, and what it tells its peer. */
struct mtl_stack_reason {
    enum mtl_reason reason;
    int native_code;         /* 0: the stack has no code for it */
    const char *native_name; /* "X509_V_ERR_CERT_HAS_EXPIRED"; NULL if none */
    const char *native_text; /* "certificate has expired" */
    /* Alert per role of the rejecting side and TLS version: [role][tls]. */
    uint8_t alert[2][MTL_TLS_COUNT];
};

/*
 * What a side logs. Placeholders are replaced: {code} {name} {text} {depth} by those of the reason, {texts} by
 * those of all failures in the order of the row's reasons, each behind a space; {alert} by the
 * stack's phrase for an alert, {number} by the stack's number for it (8 hexadecimal digits), {number_decimal} by the
 * same in decimal, {alert_code} by its code; {text_} is {text} with _ for each space, {list} is {texts} with commas.
 */
struct mtl_stack_words {
    const char *rejects_server[4]; /* the rejecting client; NULL-terminated */
    const char *rejects_client[4]; /* the rejecting server */
    const char *rejects_issuer[4]; /* likewise, if it blames a CA of the client's chain; none: as above */
    const char *no_certificate[4]; /* the server that required a certificate and got none */
    const char *no_certificate_in[MTL_TLS_COUNT]; /* likewise, where the version matters */
    const char *alert_line;                       /* the side that receives an alert */
    const char *alert_not_certificate; /* a TLS 1.2 server that receives one for the client's Certificate; NULL: same */
    const char *refused_hello;         /* the client whose ClientHello is answered with alert 40; NULL: as any alert */
    const char *established;           /* NULL: says nothing */
    const char *too_large;             /* the side that refuses the size of a Certificate message */
    const char *too_many;              /* the side that refuses the number of certificates in it */
    const char *wrong_curve;           /* the server that refuses the curve of a CertificateVerify */
    const char *no_leaf_key;           /* the client of leaf_key_alert */
    const char *unreadable[2];      /* [role of the rejecting side]: it cannot decode a certificate that it received */
    const char *trips;              /* the side whose verification ends in an error of its own; NULL: as any other */
    const char *unreadable_late;    /* likewise, when it judges late; NULL: same */
    const char *cannot_sign;        /* the side that gives up at its own proof, see unsignable_alert, scheme_curves */
    const char *some_unreadable;    /* instead of why, of an own file that holds certificates that it can read, too */
    const char *not_for_signing[4]; /* the client that refuses a leaf without digitalSignature */
    const char *client_alert_line;  /* of a client, if it differs from the server's; NULL: it does not */
    const char *server_alert_line_in[MTL_TLS_COUNT]; /* of a server, where the version matters */
    const char *client_too_large;                    /* likewise */
    const char *alert_line_afterwards;               /* of a client in TLS 1.3 that was done; NULL: same */
    const char *of_any_end; /* that of these lines which every connection leaves that ends early; NULL: none does */
};
struct mtl_stack_alert_words {
    uint8_t code;
    const char *phrase; /* the stack's phrase for a received alert, "tlsv1 alert unknown ca" */
    uint32_t number;    /* the stack's whole error number for it, 0x0A000418; 0 if none */
};
/* What a side logs about its own files or keys. */
struct mtl_stack_own_words {
    enum mtl_reason reason;
    bool at_start;                   /* when the files are loaded; otherwise during the handshake */
    const char *line[MTL_TLS_COUNT]; /* at_start: the first counts for both */
};

/* What a rejecting side logs instead of its words if a reason occurred; of one that goes on after a failure, at all. */
struct mtl_stack_leftover_words {
    enum mtl_reason reason; /* MTL_REASON_MALFORMED: of any certificate looked at */
    enum mtl_role role;
    const char *line;
};

/* With which certificates a side can authenticate itself. The masks have a bit per enumerator. */
struct mtl_stack_signing {
    uint32_t keys;                         /* enum mtl_key_type */
    uint32_t curves;                       /* enum mtl_curve, for EC keys */
    uint32_t curves_if_offered;            /* those that a server can also use with a client that offers them */
    uint32_t need_digital_signature;       /* key types whose owner cannot use a leaf whose keyUsage lacks it */
    uint32_t peer_needs_digital_signature; /* key types for which the peer refuses such a leaf after its flight */
};

/*
 * What a side does when the peer's signature over the handshake was made with another key than that of the peer's
 * certificate: ServerKeyExchange of RFC 5246 7.4.3, CertificateVerify of RFC 5246 7.4.8 and RFC 8446 4.4.3.
 * Both tables are by the role of the side that rejects.
 */
struct mtl_stack_proof {
    uint8_t alert[2][MTL_TLS_COUNT];            /* 0: none, and then: */
    enum mtl_surface surface[2][MTL_TLS_COUNT]; /* MTL_SURFACE_NONE: it closes */
    const char *line[2][MTL_TLS_COUNT];         /* NULL: it logs nothing */
    uint8_t misfit_alert[2][MTL_TLS_COUNT];     /* on a key of another kind than the certificate's; 0: not known */
    const char *rsa_line;                       /* instead, of a signature by an RSA key; NULL: same */
};

/*
 * What a program judges by itself, because it told its library to let that pass; and when. Bits of judges_late: a chain
 * takes the name along, absence is that of a client's certificate that is required.
 */
enum mtl_late { MTL_LATE_CHAIN = 1, MTL_LATE_NAME = 2, MTL_LATE_ABSENCE = 4 };
enum mtl_late_moment {
    MTL_LATE_LAST_FLIGHT, /* when the peer's last flight has come; it closes */
    MTL_LATE_CONNECTED,   /* when its own handshake has succeeded; it closes */
    MTL_LATE_REQUEST, /* a server, when a request has come; it answers with http_status, or an error of its protocol; a
                         client as MTL_LATE_CONNECTED */
};

/*
 * Does a client that is told which DNS name to verify send it as server_name (RFC 6066 3)? Measured, see
 * fixtures/server-names/recorded. What is said of an address is no name of a host: servers find no certificate by it.
 */
enum mtl_asks {
    MTL_ASKS_UNKNOWN,
    MTL_ASKS,                /* it does */
    MTL_ASKS_WITH_DOT,       /* a name of more than one label */
    MTL_ASKS_BY_SETTING,     /* not unless the program's configuration says so, see asks_with */
    MTL_ASKS_BY_APPLICATION, /* as the application has it that uses the library, see asks_with */
    MTL_ASKS_NEVER,          /* it has no way to */
};

/* Each field has a sentence in src/report/traits_of_endpoints.c, or a place on a stack's page; a test asks for it. */
struct mtl_stack {
    const char *id;       /* "openssl-3.0"; file openssl_3_0.c, symbol stack_openssl_3_0 */
    const char *title;    /* "OpenSSL 3.0 (libssl)" */
    const char *versions; /* versions this row was recorded on or read in */
    enum mtl_evidence evidence;
    uint32_t roles;        /* bit per enum mtl_role that it can be used in; 0: both */
    uint32_t tls_versions; /* bit per enum mtl_tls that it has; 0: both */
    struct mtl_policy policy;
    const struct mtl_stack_reason *reasons;
    size_t reason_count;
    const struct mtl_stack_reason *search_failure; /* all it says once it had to search, see MTL_SEARCH_AS_SENT */
    const struct mtl_stack_reason *search_reasons; /* what it says instead of a path that it had to search for */
    size_t search_reason_count;
    const struct mtl_stack_reason *issuer_dates; /* what it says of an issuer that is out of date; NULL: as of a leaf */
    struct mtl_stack_words words;
    const struct mtl_stack_alert_words *alert_words;
    size_t alert_word_count;
    const struct mtl_stack_own_words *own_words;
    size_t own_word_count;
    const struct mtl_stack_own_words *client_own_words; /* of a client, if they differ from the server's */
    size_t client_own_word_count;                       /* 0: they do not */
    const struct mtl_stack_leftover_words *leftover_words;
    size_t leftover_word_count;
    uint32_t malformed_left_in; /* bit per enum mtl_tls in which those for MALFORMED are logged; 0: all */
    /* behaviour of an endpoint */
    uint8_t judges_late; /* bits of enum mtl_late */
    enum mtl_late_moment late_moment;
    int http_status;           /* see MTL_LATE_REQUEST; 0: it speaks another protocol */
    bool reads_only_first_crl; /* of a file of CRLs */
    bool crls_in_trust_count;  /* a CRL in its file of CAs makes it ask for CRLs, as if it were given as such */
    bool depth_counts_anchor;  /* a depth that is given counts the trust anchor, unless it is 0 */
    bool client_ignores_depth;
    bool ignores_crls_in_trust; /* a CRL in its file of CAs is passed over */
    bool refuses_crls_in_trust; /* the program does not start with one there */
    bool forgives_broken_crls;  /* the program starts with a broken block in its file of CRLs */
    bool needs_leaf_key;    /* its library ends verification at a leaf whose key does not decode, whatever may pass */
    uint8_t leaf_key_alert; /* of a client, to that; 0: not known */
    bool completes_chain_from_own_trust; /* a lone leaf is sent with issuers found in the side's own trust store */
    bool skips_trusted_blocks_in_chains; /* a TRUSTED CERTIFICATE behind the first certificate is not sent */
    bool reads_only_pem;                 /* loads no DER and no PKCS#7 */
    bool reads_key_stores;               /* PKCS#12 and JKS as they are: it trusts trusted entries and keys' own */
    bool fails_without_trust;            /* where its trust store gives it nothing, verification fails for that */
    bool judges_after_proof;             /* once the peer's signature over the handshake has been checked */
    bool old_server_judges_first;        /* but before that as a server in TLS 1.2 */
    bool always_asks; /* a server cannot but ask for a certificate, and judges what it gets: none is optional to it */
    bool optional_needs_certificate;   /* optional verification fails where there is nothing to verify */
    bool optional_accepts_all;         /* optional verification lets every chain pass that decodes */
    bool empty_key_usage_allows_all;   /* a leaf may sign whose keyUsage has no bit, or does not decode */
    bool refuses_own_weak_certificate; /* the program does not start with a leaf below the security level */
    uint8_t weak_leaf_alert; /* by a server that looks at its leaf's strength when a client has come; 0: at the start */
    bool weak_issuers_late;  /* those of its own chain are noticed when it is sent; a client then closes */
    bool malformed_issuers_late; /* likewise malformed ones, in the first handshake of a process only */
    bool own_keys_must_sign;     /* it loads no EC leaf whose keyUsage allows keyAgreement, but no kind of signature, or
                                    does not decode */
    const enum mtl_reason *own_chain_faults; /* nor a chain that fails so by its own rules; MTL_REASON_NONE ends them */
    int own_security_bits;                   /* the level that this is held to; 0: that of its policy */
    bool own_digests_are_free;               /* but whatever digest it is signed with */
    bool needs_usable_certificate[MTL_TLS_COUNT]; /* a client does not start with a leaf that it could not sign with */
    bool sorts_own_chain;             /* it sends the leaf with the issuers that follow from it, and nothing else */
    bool own_needs_eku;               /* a server cannot use a leaf whose extKeyUsage does not fit */
    bool reads_own_chain;             /* it does not start if it cannot decode one of the certificates it sends */
    bool own_leaf_is_a_key;           /* of its own leaf it reads but the key, whatever else there is */
    bool refuses_own_malformed_leaf;  /* nor with one that has a malformed extension */
    bool client_withholds_unfit_leaf; /* but a client starts, and sends no such leaf; it still trips over its chain */
    bool names_no_cas;                /* a server that asks for a certificate does not say whose */
    bool heeds_ca_names;              /* a client withholds its certificate if the server's list excludes it */
    bool links_own_chain;             /* for that it counts issuers of its own bundle only as far as they link up */
    bool builds_own_chain; /* it sends the issuers found among its own and trusted certificates, a client no root */
    bool judges_with_own_chain;  /* its own certificates serve as issuers of its peer's, too */
    bool client_judges_own_leaf; /* it withholds one that its own verifier would refuse before looking for issuers */
    bool ca_names_are_texts;     /* with heeds_ca_names: they are compared as they are printed */
    uint32_t storable_keys;    /* bit per enum mtl_key_type: it starts with no others in its bundle and trust; 0: all */
    uint32_t server_curves;    /* bit per enum mtl_curve: a server starts with no leaf on another; 0: any */
    uint16_t server_key_usage; /* MTL_KU_*: a server starts with no leaf whose keyUsage has none of these; 0: any */
    bool crls_are_not_known;   /* what it makes of CRLs is not known, and so undetermined */
    bool reads_only_hashed_directories; /* of a directory of CAs it finds only files named after their subjects */
    const char *hash_command;           /* names them so, given the directory; NULL: there is none */
    bool refuses_own_disorder;          /* nor with a chain of which one is not issued, by its name, by the next */
    bool sends_blocks_undecoded;        /* of its own chain only the leaf is decoded */
    bool forgives_broken_trust;         /* with the next: a broken block in a trust store is passed over */
    bool refuses_own_undecodable_files; /* the program does not start with a broken block in one of its files */
    uint16_t most_own_certificates;     /* the program does not start with more in its file; 0: no limit */
    bool crls_need_trust;       /* nor with a CRL that is not current, or that no CA in its trust store signed */
    bool takes_early_crls;      /* though one that is not valid yet is current enough for that */
    bool loads_trust_late;      /* a client whose trust store has a broken block closes when the server has answered */
    bool goes_on_without;       /* a client whose certificates it cannot load sends none, such a trust store is empty */
    bool drops_stale_trust;     /* a side that verifies passes over what is not valid now in its trust store */
    bool last_failure_speaks;   /* of a chain, the alert is that of the first failure, the words those of the last */
    struct mtl_reading reading; /* also of its own leaf; in a trust store what it refuses is passed over, unless: */
    bool refuses_unreadable_trust;        /* the program does not start with such a certificate in its trust store */
    bool tells_why_trust_is_empty;        /* with refuses_empty_trust: why it cannot read the first certificate in it */
    bool passes_over_unknown_signatures;  /* in a peer's chain, see reading.signature_keys: nothing is predicted then */
    bool hides_unreadable[MTL_TLS_COUNT]; /* whatever is wrong, it says MTL_REASON_UNDECODABLE */
    bool decodes_issuers_last[MTL_TLS_COUNT];        /* when it judges, and likewise */
    bool decodes_curves_of_leaf_only[MTL_TLS_COUNT]; /* of the peer's certificates, and keys that are broken */
    bool signs_with_any_key;             /* the program does not ask whether its key belongs to its certificate */
    const struct mtl_stack_proof *proof; /* NULL: not known, and so undetermined */
    /*
     * What it does when the keyUsage of the peer's leaf lacks digitalSignature, in the same form; NULL: nothing. In TLS
     * 1.3 that is seen when the leaf is read, in TLS 1.2 where its owner's signature over the handshake is checked.
     */
    const struct mtl_stack_proof *usage;
    bool usage_only_in_tls12;
    uint32_t usage_spares;               /* bit per enum mtl_key_type: it is not asked of a server's leaf in TLS 1.2 */
    uint32_t own_need_digital_signature; /* bit per enum mtl_key_type: such a leaf is refused when loaded without it */
    bool trusts_only_plain_certificates; /* TRUSTED CERTIFICATE blocks are passed over */
    bool refuses_trusted_blocks;         /* the program does not start with a TRUSTED CERTIFICATE block in a file */
    bool loads_trust_only_to_verify;     /* without verification, trust and CRLs might as well not be given */
    bool broken_block_ends_trust;        /* of its file of CAs, it takes what stands before a block that is broken */
    bool broken_block_empties_trust;     /* likewise nothing; the program starts if a plain block stands before it */
    /* a server does not start with a file of CAs in which a subject occurs twice, or a CRL without a certificate to be
     * paired with
     */
    bool server_needs_distinct_names;
    bool refuses_empty_trust;                /* the program does not start if nothing in its trust store can be read */
    bool refuses_absent_certificate;         /* nor does a server without a certificate */
    bool refuses_open_key;                   /* nor with a private key that everybody on the machine may read */
    bool refuses_only_trusted_blocks;        /* nor a server whose file of CAs holds but TRUSTED CERTIFICATE blocks */
    bool client_refuses_only_trusted_blocks; /* nor such a client */
    /*
     * A client that gives up without an alert at a message of the server's flight leaves the rest of it unread, if that
     * came in records of its own, which makes a reset of its close.
     */
    bool leaves_flight_unread;
    bool keeps_alerts; /* none of its alerts is sent: where it has one, it closes */
    bool
        garbles_alerts_to_clients; /* a server in TLS 1.3: it encrypts them with keys that the client has left behind */
    bool server_leaves_flight_unread; /* likewise a server, at the client's Certificate */
    uint32_t accepted_keys;           /* bit per enum mtl_key_type that a peer may prove; 0: all */
    uint32_t accepted_curves;         /* bit per enum mtl_curve, likewise, where a signature scheme names one */
    uint32_t offered_curves; /* bit per enum mtl_curve: all that a client of it offers, and so those of servers' keys in
                                TLS 1.2; 0: not told */
    uint32_t loadable_keys;  /* bit per enum mtl_key_type: others are refused when loaded as own */
    uint32_t loadable_curves;    /* bit per enum mtl_curve, likewise; 0: all */
    uint32_t loadable_rsa_bits;  /* least size, likewise */
    bool refuses_critical_crls;  /* the program does not start with a CRL that has a critical extension */
    bool refuses_malformed_crls; /* the program does not start with a CRL that has a malformed extension */
    bool refuses_unusable_crls;  /* the program does not start with a CRL that speaks of some certificates only */
    const struct mtl_stack_signing *signing[2]; /* [role of the owner], then by enum mtl_tls */
    /* By enum mtl_reason: instead of its alert, where it is a leaf that does not decode. NULL: the reason's alert. */
    const uint8_t *unreadable_leaf_alert[MTL_TLS_COUNT];
    /* [role of the rejecting side], also on what is no certificate at all; 0: that of the reason */
    uint8_t undecodable_alert[2];
    uint8_t no_certificate_alert[MTL_TLS_COUNT];
    uint8_t no_shared_algorithm_alert[MTL_TLS_COUNT]; /* by a server without a usable certificate */
    uint8_t no_own_certificate_alert[MTL_TLS_COUNT];  /* by a server that has none; 0: as if unusable */
    bool closes_without_own_certificate;              /* likewise, it closes where it has no such alert */
    uint8_t wrong_curve_alert[MTL_TLS_COUNT];         /* by a server on CertificateVerify; 0: none */
    bool wrong_curve_closes;                          /* likewise in TLS 1.2, it closes */
    uint32_t
        proof_curves; /* bit per enum mtl_curve: of others it is sent; 0: of those that a client cannot sign with */
    uint8_t unsignable_alert[2][MTL_TLS_COUNT]; /* [role]: of a side that notices at its own proof only that no scheme
                                                   goes with its key's curve; 0: it notices before, or: */
    bool unsignable_closes[2][MTL_TLS_COUNT];   /* likewise, it closes */
    /* By a client that looks at its leaf's keyUsage only when it is to sign; 0: not at all, or before. */
    uint8_t own_usage_alert[MTL_TLS_COUNT];
    uint8_t not_for_signing_alert; /* by a client, see peer_needs_digital_signature; 0: accepted */
    /* Key types for which it takes no signature over the handshake by a leaf whose keyUsage lacks digitalSignature. */
    uint32_t proof_needs_digital_signature;
    uint8_t proof_usage_alert;
    uint8_t own_chain_weak_alert;
    uint32_t largest_certificate_message; /* octets taken from a peer, without the message's header; 0: no limit */
    uint8_t too_large_alert;
    uint32_t largest_own_certificate_message; /* likewise, that it can send; 0: no limit */
    uint16_t most_certificates;               /* that it judges of a peer; 0: no limit */
    bool depth_is_most_certificates;          /* likewise, if a depth is given; it does not start with one of 0 */
    uint8_t too_many_alert;
    uint16_t most_received[2];   /* [role of the receiver]: certificates taken from a peer; 0: no limit */
    uint8_t odd_host_alert;      /* by a server that is asked for a name with characters of no host name; 0: none */
    uint8_t final_dot_alert;     /* by a server that is asked for a name that ends in a dot (RFC 6066 3); 0: none */
    bool strips_final_dot;       /* as a client it asks for the name without it */
    bool names_as_given;         /* as a client it asks for what it is told, be it an address or with a final dot */
    bool client_needs_host;      /* a client does not start for a host with an empty label, "*" or digits at its end */
    bool ignores_offered_curves; /* a server in TLS 1.2 does not ask whether its client offers the curve of its key */
    uint8_t wrong_group_alert;   /* by a client in TLS 1.2 whose server's key is on a curve not offered; 0: not known */
    enum mtl_asks asks;          /* of a client */
    /* The setting or call that makes it send server_name; NULL: none is needed, or there is none. */
    const char *asks_with;
    /*
     * Bit per enum mtl_curve: a server in TLS 1.3 has schemes for keys on them that few clients offer (RFC 8734), so
     * that it misses those when it has chosen the version: alert 40.
     */
    uint32_t scheme_curves;
    uint32_t misnamed_curves; /* bit per enum mtl_curve: in TLS 1.3 it signs on them in the scheme of another curve */
    uint32_t keys_without_scheme;   /* bit per enum mtl_key_type: unsignable_alert is about these, not about curves */
    uint32_t most_ca_names;         /* octets of the names of CAs that a server can send; 0: no limit that is known */
    bool unverified_judges_chain;   /* a client that is told not to verify leaves out the name only */
    bool plain_without_certificate; /* a server without a certificate speaks no TLS */
};

/* NULL if there is no such stack. Accepts ids and aliases ("openssl" is the newest OpenSSL that was recorded). */
const struct mtl_stack *mtl_stack_find(const char *id);
#define MTL_DEFAULT_STACK "openssl-3.0" /* where the user names none */
/* The same; an alias is the newest that can be used in that role, if there is one. An id is taken as it is. */
const struct mtl_stack *mtl_stack_find_for(const char *id, enum mtl_role role);
bool mtl_stack_plays(const struct mtl_stack *stack, enum mtl_role role);
bool mtl_stack_speaks(const struct mtl_stack *stack, enum mtl_tls tls);
/* How many characters of an id are its alias: those before the dash and the digit that begin a version. */
size_t mtl_stack_alias_size(const char *id);
size_t mtl_stack_count(void);
const struct mtl_stack *mtl_stack_at(size_t index); /* in order of id */
/*
 * Those that `all` stands for and that findings count: every one but those told from documents alone, which leave too
 * much open. In order of id; *cursor starts at 0; NULL at the end.
 */
const struct mtl_stack *mtl_stack_next_surveyed(size_t *cursor);
size_t mtl_stack_surveyed_count(void);
/* The row for a reason; NULL if the stack does not know it (then the prediction is undetermined). */
const struct mtl_stack_reason *mtl_stack_reason(const struct mtl_stack *stack, enum mtl_reason reason);

#endif
