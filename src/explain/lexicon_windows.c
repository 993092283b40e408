/*
 * Words of Windows: Schannel's events and return codes, IIS, .NET. Told from Microsoft's documents, not recorded.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "explain/lexicon.h"

#define UNTRUSTED REASON(NO_ISSUER), REASON(SELF_SIGNED_LEAF), REASON(SELF_SIGNED_IN_CHAIN)
#define DATES REASON(EXPIRED), REASON(NOT_YET_VALID)

static const char or_alert_48[] = "Schannel returns it for a root it does not trust, and for a received unknown_ca.";
static const char or_alert_45[] = "Schannel returns it for dates, and for a received certificate_expired.";
static const char or_alert_46[] =
    "Schannel returns it for a received bad_certificate, unsupported_certificate or certificate_unknown, too: then "
    "the peer rejects this side's certificate.";
static const char many_alerts[] =
    "Schannel returns it for a received handshake_failure, illegal_parameter or decode_error, too.";
static const char own_key[] = "This side has no usable private key for its certificate, or no right to read it.";
static const char key_store[] = "that the key was imported with the certificate, and the account's right to read it";
static const char root_store[] = "the server machine's Trusted Root store: it must hold the client's root, and no "
                                 "certificate that is not self-signed";
static const char sent_alert[] = "Schannel event 36888: this side ended the handshake with the alert of that number.";

/* One meaning, said in several ways. */
#define SAY(words, says, by, ...)                                                                                      \
    {                                                                                                                  \
        .phrase = (words), .saying = SAYS(says), .speakers = (by), __VA_ARGS__                                         \
    }
#define EVENT(number, says, by, ...)                                                                                   \
    SAY("event " number, says, by, __VA_ARGS__), SAY("event id " number, says, by, __VA_ARGS__),                       \
        SAY("event id: " number, says, by, __VA_ARGS__)
#define CODE(name, hex, says, by, ...) SAY(name, says, by, __VA_ARGS__), SAY(hex, says, by, __VA_ARGS__)
#define SENT(alert, ...)                                                                                               \
    SAY("was generated and sent to the remote endpoint. this may result in termination of the connection. the tls "    \
        "protocol defined fatal alert code is " alert,                                                                 \
        REJECTS, BOTH, .what = sent_alert, __VA_ARGS__),                                                               \
        SAY("the following fatal alert was generated: " alert, REJECTS, BOTH, .what = sent_alert, __VA_ARGS__)
#define IIS(status, ...)                                                                                               \
    SAY("http error " status, REJECTS, SERVER, __VA_ARGS__), SAY("http " status, REJECTS, SERVER, __VA_ARGS__),        \
        SAY("status " status, REJECTS, SERVER, __VA_ARGS__), SAY(status " - ", REJECTS, SERVER, __VA_ARGS__)

const struct mtl_entry mtl_lexicon_windows[] = {
    /* the System log, source Schannel */
    SAY("certificate received from the remote server has not validated correctly", REJECTS, CLIENT, .what = NULL),
    EVENT("36876", REJECTS, CLIENT, .what = NULL),
    SAY("certificate received from the remote client application has not validated correctly", REJECTS, SERVER,
        .what = NULL),
    EVENT("36877", REJECTS, SERVER, .what = NULL),
    SAY("is not suitable for direct mapping to a client system account", REJECTS, SERVER, .reasons = {UNTRUSTED},
        .what = "The client's certificate cannot be mapped to an account; its issuer must be in the NTAuth store."),
    SAY("was not successfully mapped to a client system account", PERHAPS, SERVER,
        .what = "The client's certificate is of no account; the application may take it all the same."),
    SAY("certificate received from the remote server has either expired or is not yet valid", REJECTS, CLIENT,
        .reasons = {DATES}),
    EVENT("36881", REJECTS, CLIENT, .reasons = {DATES}),
    SAY("certificate received from the remote server was issued by an untrusted certificate authority", REJECTS, CLIENT,
        .reasons = {UNTRUSTED}),
    EVENT("36882", REJECTS, CLIENT, .reasons = {UNTRUSTED}),
    SAY("certificate received from the remote server has been revoked", REJECTS, CLIENT, .reasons = {REASON(REVOKED)}),
    EVENT("36883", REJECTS, CLIENT, .reasons = {REASON(REVOKED)}),
    SAY("certificate received from the remote server does not contain the expected name", REJECTS, CLIENT,
        .reasons = {REASON(NAME_MISMATCH), REASON(ADDRESS_MISMATCH)}),
    EVENT("36884", REJECTS, CLIENT, .reasons = {REASON(NAME_MISMATCH), REASON(ADDRESS_MISMATCH)}),
    EVENT("36887", IS_REJECTED, BOTH, .what = "The peer sent a fatal alert: its number stands in the event's text."),
    SAY("a fatal alert was generated and sent to the remote endpoint", PERHAPS, BOTH, .what = sent_alert),
    SAY("the following fatal alert was generated", PERHAPS, BOTH, .what = sent_alert),
    EVENT("36888", PERHAPS, BOTH, .what = sent_alert),
    SENT("42", .reasons = {REASON(NONE)}),
    SENT("43", .reasons = {REASON(NONE)}),
    SENT("44", .reasons = {REASON(REVOKED)}),
    SENT("45", .reasons = {DATES}),
    SENT("46", .reasons = {REASON(NONE)}),
    SENT("48", .reasons = {UNTRUSTED}),
    SENT("116", .reasons = {REASON(NO_CERTIFICATE)}),
    EVENT("36880", CONNECTED, BOTH, .what = NULL),
    SAY("handshake completed successfully. the negotiated cryptographic parameters", CONNECTED, BOTH, .what = NULL),
    SAY("requested tls client authentication, but no suitable client certificate could be found", OWN_FAULT, CLIENT,
        .reasons = {REASON(NO_CERTIFICATE)},
        .what = "The server asked for a certificate; this client sends none and goes on.",
        .look = "the client's own store: a certificate with a private key, for client authentication, whose issuer "
                "the server names if it names any"),
    EVENT("36875", OWN_FAULT, CLIENT, .reasons = {REASON(NO_CERTIFICATE)}),
    SAY("credential's certificate does not have a private key information property", OWN_FAULT, BOTH, .what = own_key,
        .look = key_store),
    EVENT("36869", OWN_FAULT, BOTH, .what = own_key, .look = key_store),
    SAY("credential private key. the error code returned from the cryptographic module", OWN_FAULT, BOTH,
        .what = own_key, .look = key_store),
    EVENT("36870", OWN_FAULT, BOTH, .what = own_key, .look = key_store),
    SAY("a fatal error occurred while creating a tls", OWN_FAULT, BOTH,
        .what = "Schannel could not set itself up: protocols or ciphers that are switched off, or a key.",
        .look = "the protocols that the registry allows, and the right to read the key"),
    SAY("specified certificate's chain is incomplete", OWN_FAULT, BOTH, .reasons = {REASON(NO_ISSUER)},
        .what = "Schannel event 36889: an intermediate is missing on this machine, so that it is not sent.",
        .look = "the machine's Intermediate Certification Authorities store"),
    SAY("so many certificate authorities that the list has grown too long", PERHAPS, SERVER,
        .what = "Schannel event 36885: the names of trusted CAs were cut, so that clients may withhold certificates.",
        .look = "the server machine's Trusted Root store, or SendTrustedIssuerList set to 0"),
    SAY("none of the cipher suites supported by the client application are supported by the server", ELSEWHERE, SERVER,
        .what = "Schannel event 36874: no common cipher suite or version.", .look = "protocols and ciphers of both"),
    /* return codes: an event's "error code", curl, SQL Server, an inner exception */
    CODE("sec_e_untrusted_root", "0x80090325", REJECTS, BOTH, .reasons = {UNTRUSTED}, .what = or_alert_48),
    SAY("certificate chain was issued by an authority that is not trusted", REJECTS, BOTH, .reasons = {UNTRUSTED},
        .what = or_alert_48),
    SAY("-2146893019", REJECTS, BOTH, .reasons = {UNTRUSTED}, .what = or_alert_48),
    CODE("sec_e_cert_expired", "0x80090328", REJECTS, BOTH, .reasons = {DATES}, .what = or_alert_45),
    SAY("the received certificate has expired", REJECTS, BOTH, .reasons = {DATES}, .what = or_alert_45),
    CODE("sec_e_cert_unknown", "0x80090327", REJECTS, BOTH, .what = or_alert_46),
    SAY("an unknown error occurred while processing the certificate", REJECTS, BOTH, .what = or_alert_46),
    CODE("sec_e_wrong_principal", "0x80090322", REJECTS, CLIENT,
         .reasons = {REASON(NAME_MISMATCH), REASON(ADDRESS_MISMATCH)}),
    SAY("the target principal name is incorrect", REJECTS, CLIENT,
        .reasons = {REASON(NAME_MISMATCH), REASON(ADDRESS_MISMATCH)}),
    CODE("sec_e_cert_wrong_usage", "0x80090349", REJECTS, BOTH, .reasons = {REASON(PURPOSE)}),
    CODE("sec_e_issuing_ca_untrusted", "0x80090352", REJECTS, BOTH, .reasons = {UNTRUSTED}),
    CODE("sec_e_logon_denied", "0x8009030c", PERHAPS, BOTH,
         .what = "Schannel returns it for a received access_denied, too."),
    CODE("sec_e_illegal_message", "0x80090326", PERHAPS, BOTH, .what = many_alerts),
    SAY("the message received was unexpected or badly formatted", PERHAPS, BOTH, .what = many_alerts),
    CODE("sec_e_decrypt_failure", "0x80090330", PERHAPS, BOTH,
         .what = "Schannel returns it for a received decrypt_error, too."),
    CODE("sec_e_internal_error", "0x80090304", PERHAPS, BOTH,
         .what = "Schannel returns it for a received internal_error, too."),
    CODE("sec_e_algorithm_mismatch", "0x80090331", PERHAPS, BOTH,
         .what = "No common algorithm, or a received insufficient_security.", .look = "protocols and ciphers of both"),
    SAY("cannot communicate, because they do not possess a common algorithm", PERHAPS, BOTH,
        .what = "No common algorithm, or a received insufficient_security.", .look = "protocols and ciphers of both"),
    CODE("sec_e_unsupported_function", "0x80090302", ELSEWHERE, BOTH,
         .what = "Most often no common version of TLS; Schannel returns it for a received protocol_version, too.",
         .look = "the TLS versions that both sides allow"),
    CODE("sec_e_no_credentials", "0x8009030e", OWN_FAULT, BOTH, .what = own_key, .look = key_store),
    CODE("sec_i_incomplete_credentials", "0x00090320", OWN_FAULT, CLIENT, .reasons = {REASON(NO_CERTIFICATE)},
         .what = "The server asked for a certificate, and none was given to this client."),
    CODE("cert_e_expired", "0x800b0101", REJECTS, BOTH, .reasons = {DATES}),
    CODE("cert_e_validityperiodnesting", "0x800b0102", REJECTS, BOTH, .reasons = {DATES}),
    CODE("cert_e_critical", "0x800b0105", REJECTS, BOTH, .reasons = {REASON(CRITICAL_EXTENSION)}),
    CODE("cert_e_untrustedroot", "0x800b0109", REJECTS, BOTH, .reasons = {UNTRUSTED}),
    SAY("terminated in a root certificate which is not trusted by the trust provider", REJECTS, BOTH,
        .reasons = {UNTRUSTED}),
    CODE("cert_e_chaining", "0x800b010a", REJECTS, BOTH, .reasons = {REASON(NO_ISSUER)}),
    SAY("a certificate chain could not be built to a trusted root authority", REJECTS, BOTH,
        .reasons = {REASON(NO_ISSUER)}),
    CODE("cert_e_revoked", "0x800b010c", REJECTS, BOTH, .reasons = {REASON(REVOKED)}),
    CODE("cert_e_cn_no_match", "0x800b010f", REJECTS, CLIENT,
         .reasons = {REASON(NAME_MISMATCH), REASON(ADDRESS_MISMATCH)}),
    CODE("cert_e_wrong_usage", "0x800b0110", REJECTS, BOTH, .reasons = {REASON(PURPOSE)}),
    CODE("trust_e_cert_signature", "0x80096004", REJECTS, BOTH, .reasons = {REASON(SIGNATURE)}),
    CODE("trust_e_basic_constraints", "0x80096019", REJECTS, BOTH, .reasons = {REASON(NOT_A_CA), REASON(PATH_LENGTH)}),
    CODE("crypt_e_revoked", "0x80092010", REJECTS, BOTH, .reasons = {REASON(REVOKED)},
         .what = "Schannel returns it for a received certificate_revoked, too."),
    CODE("crypt_e_no_revocation_check", "0x80092012", REJECTS, BOTH, .reasons = {REASON(CRL_MISSING)}),
    CODE("crypt_e_revocation_offline", "0x80092013", REJECTS, BOTH,
         .reasons = {REASON(CRL_MISSING), REASON(CRL_EXPIRED)},
         .look = "that the CRL or OCSP address of the certificate can be reached from this machine"),
    /* IIS */
    IIS("403.7", .reasons = {REASON(NO_CERTIFICATE)}, .what = "IIS requires a client certificate, and none came."),
    IIS("403.12", .what = "IIS maps client certificates to accounts, and this one is of none."),
    IIS("403.13", .reasons = {REASON(REVOKED), REASON(CRL_MISSING), REASON(CRL_EXPIRED)},
        .what = "IIS: the client's certificate is revoked, or whether it is could not be found out.",
        .look = "that the server reaches the CRL's address"),
    IIS("403.16", .reasons = {UNTRUSTED, REASON(PURPOSE), REASON(SIGNATURE)},
        .what = "IIS does not trust the client's certificate, or it is invalid.", .look = root_store),
    IIS("403.17", .reasons = {DATES}, .what = "IIS: the client's certificate has expired or is not yet valid."),
    /* .NET, in releases and on systems that were not recorded */
    SAY("the remote certificate is invalid according to the validation procedure", REJECTS, BOTH,
        .what = "The application looks at SslPolicyErrors: the name, the chain, or no certificate at all."),
    SAY("rejected by the provided remotecertificatevalidationcallback", REJECTS, BOTH,
        .what = "The application's own callback said no."),
    SAY("could not establish trust relationship for the ssl/tls secure channel", REJECTS, CLIENT, .what = NULL),
    SAY("could not create ssl/tls secure channel", PERHAPS, CLIENT,
        .what = "No common version or cipher, or a client certificate whose private key cannot be used.",
        .look = key_store),
    SAY("a call to sspi failed, see inner exception", PERHAPS, BOTH, .what = "The inner exception says why."),
    {.phrase = NULL},
};
