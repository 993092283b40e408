/* Lines as people meet them, and what they mean: wordings of releases that were not recorded, of the network, of HTTP.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "explain/explain.h"

#define CLIENT (1U << MTL_CLIENT)
#define SERVER (1U << MTL_SERVER)
#define BOTH (CLIENT | SERVER)

struct line {
    const char *text;
    enum mtl_saying saying;
    uint8_t alert;
    enum mtl_reason reason; /* one that the words must be able to stand for; NONE: not looked at */
    uint32_t speakers;      /* 0: not looked at */
};

static void
expect(const struct line *lines, size_t count)
{
    struct mtl_arena *arena = mtl_arena_new();
    const struct mtl_dictionary *dictionary = mtl_dictionary_new(arena);
    unsigned wrong = 0;

    for (size_t i = 0; i < count; i++) {
        const struct line *line = &lines[i];
        struct mtl_explanation explanation = mtl_explain(arena, dictionary, line->text);
        const struct mtl_meaning *first = explanation.meanings;
        if (explanation.count > 0 && first->saying == line->saying && first->alert == line->alert &&
            (line->reason == MTL_REASON_NONE || first->any_reason || first->reasons[line->reason]) &&
            (line->speakers == 0 || first->speakers == line->speakers))
            continue;
        wrong++;
        printf("%s: ", line->text);
        if (explanation.count == 0)
            printf("not recognised\n");
        else
            printf("says %d, alert %u, of %x\n", (int)first->saying, (unsigned)first->alert, first->speakers);
    }
    mtl_arena_free(arena);
    assert_int_equal(wrong, 0);
}
#define EXPECT(lines) expect(lines, sizeof(lines) / sizeof((lines)[0]))

static void
alerts_received_mean_that_the_peer_rejected(void **state)
{
    static const struct line lines[] = {
        {"SSL3_READ_BYTES:tlsv1 alert unknown ca", MTL_SAYS_IS_REJECTED, 48, 0, 0},
        {"SSL alert number 48", MTL_SAYS_IS_REJECTED, 48, 0, 0},
        {"routines:ssl3_read_bytes:sslv3 alert bad certificate", MTL_SAYS_IS_REJECTED, 42, 0, 0},
        {"ssl/tls alert bad certificate", MTL_SAYS_IS_REJECTED, 42, 0, 0},
        {"tlsv1 alert unsupported certificate", MTL_SAYS_IS_REJECTED, 43, 0, 0},
        {"sslv3 alert certificate revoked", MTL_SAYS_IS_REJECTED, 44, 0, 0},
        {"sslv3 alert certificate expired", MTL_SAYS_IS_REJECTED, 45, 0, 0},
        {"javax.net.ssl.SSLHandshakeException: Received fatal alert: certificate_unknown", MTL_SAYS_IS_REJECTED, 46, 0,
         0},
        {"tlsv1 alert decrypt error", MTL_SAYS_IS_REJECTED, 51, 0, 0},
        {"tlsv1 alert internal error:SSL alert number 80", MTL_SAYS_IS_REJECTED, 80, 0, 0},
        {"sslv3 alert handshake failure", MTL_SAYS_IS_REJECTED, 40, 0, 0},
        {"tlsv13 alert certificate required", MTL_SAYS_IS_REJECTED, 116, 0, 0},
        {"tlsv1 alert protocol version:SSL alert number 70", MTL_SAYS_IS_REJECTED, 70, 0, 0},
        {"remote error: tls: unknown certificate authority", MTL_SAYS_IS_REJECTED, 48, 0, 0},
        {"received fatal alert: UnknownCA", MTL_SAYS_IS_REJECTED, 48, 0, 0},
        {"*** Received alert [48]: CA is unknown", MTL_SAYS_IS_REJECTED, 48, 0, 0},
        {"curl: (56) OpenSSL SSL_read: OpenSSL/3.5.1: error:0A00045C:SSL routines::tlsv13 alert certificate required, "
         "errno 0",
         MTL_SAYS_IS_REJECTED, 116, 0, 0},
    };
    (void)state;
    EXPECT(lines);
}

static void
rejections_are_known_by_their_words(void **state)
{
    static const struct line lines[] = {
        {"<center>No required SSL certificate was sent</center>", MTL_SAYS_REJECTS, 0, MTL_REASON_NO_CERTIFICATE,
         SERVER},
        {"<center>The SSL certificate error</center>", MTL_SAYS_REJECTS, 0, MTL_REASON_EXPIRED, SERVER},
        {"2026/11/23 10:00:00 [info] 7#7: *1 client SSL certificate verify error: (10:certificate has expired) while "
         "reading client request headers",
         MTL_SAYS_REJECTS, 0, MTL_REASON_EXPIRED, SERVER},
        {"x509: certificate signed by unknown authority", MTL_SAYS_REJECTS, 0, MTL_REASON_NO_ISSUER, 0},
        {"tls: failed to verify certificate: x509: certificate signed by unknown authority (possibly because of "
         "\"crypto/rsa: verification error\" while trying to verify candidate authority certificate \"Acme\")",
         MTL_SAYS_REJECTS, 0, MTL_REASON_SIGNATURE, 0},
        {"sun.security.validator.ValidatorException: PKIX path building failed: "
         "sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid certification path to "
         "requested target",
         MTL_SAYS_REJECTS, 0, MTL_REASON_NO_ISSUER, 0},
        {"PKIX path building failed", MTL_SAYS_REJECTS, 0, MTL_REASON_NO_ISSUER, 0},
        {"PKIX path validation failed: java.security.cert.CertPathValidatorException: validity check failed",
         MTL_SAYS_REJECTS, 0, MTL_REASON_EXPIRED, 0},
        {"TLS_error:|268435581:SSL routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED:TLS_error_end", MTL_SAYS_REJECTS,
         0, 0, 0},
        {"client sent no required SSL certificate while reading client request headers", MTL_SAYS_REJECTS, 0,
         MTL_REASON_NO_CERTIFICATE, SERVER},
        {"error:0A0000C7:SSL routines:tls_process_client_certificate:peer did not return a certificate",
         MTL_SAYS_REJECTS, 0, MTL_REASON_NO_CERTIFICATE, SERVER},
        {"tls: client didn't provide a certificate", MTL_SAYS_REJECTS, 0, MTL_REASON_NO_CERTIFICATE, SERVER},
        {"javax.net.ssl.SSLHandshakeException: Empty client certificate chain", MTL_SAYS_REJECTS, 0,
         MTL_REASON_NO_CERTIFICATE, SERVER},
        {"error 20 at 0 depth lookup:unable to get local issuer certificate", MTL_SAYS_REJECTS, 0, MTL_REASON_NO_ISSUER,
         0},
        {"error:1416F086:SSL routines:tls_process_server_certificate:certificate verify failed", MTL_SAYS_REJECTS, 0, 0,
         0},
        {"ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self signed "
         "certificate in certificate chain (_ssl.c:1129)",
         MTL_SAYS_REJECTS, 0, MTL_REASON_SELF_SIGNED_IN_CHAIN, 0},
        {"curl: (60) SSL: no alternative certificate subject name matches target host name 'payments.example'",
         MTL_SAYS_REJECTS, 0, MTL_REASON_NAME_MISMATCH, CLIENT},
    };
    (void)state;
    EXPECT(lines);
}

static void
what_is_no_trust_problem_is_said_to_be_none(void **state)
{
    static const struct line lines[] = {
        {"dial tcp 192.0.2.10:443: i/o timeout", MTL_SAYS_ELSEWHERE, 0, 0, 0},
        {"curl: (28) Connection timed out after 5001 milliseconds", MTL_SAYS_ELSEWHERE, 0, 0, 0},
        {"connect() failed (111: Connection refused) while connecting to upstream", MTL_SAYS_ELSEWHERE, 0, 0, 0},
        {"Error: connect ECONNREFUSED 192.0.2.10:443", MTL_SAYS_ELSEWHERE, 0, 0, 0},
        {"dial tcp: lookup payments.example: no such host", MTL_SAYS_ELSEWHERE, 0, 0, 0},
        {"java.net.NoRouteToHostException: No route to host", MTL_SAYS_ELSEWHERE, 0, 0, 0},
        {"error:0A00010B:SSL routines::wrong version number", MTL_SAYS_ELSEWHERE, 0, 0, 0},
        {"tls: first record does not look like a TLS handshake", MTL_SAYS_ELSEWHERE, 0, 0, 0},
        {"tlsv1 unrecognized name:SSL alert number 112", MTL_SAYS_ELSEWHERE, 112, 0, 0},
    };
    (void)state;
    EXPECT(lines);
}

static void
an_end_without_an_alert_may_be_a_rejection(void **state)
{
    static const struct line lines[] = {
        {"read: connection reset by peer", MTL_SAYS_PERHAPS, 0, 0, 0},
        {"error:0A000126:SSL routines::unexpected eof while reading", MTL_SAYS_PERHAPS, 0, 0, 0},
        {"< HTTP/1.1 400 Bad Request", MTL_SAYS_PERHAPS, 0, 0, 0},
        {"< HTTP/1.1 502 Bad Gateway", MTL_SAYS_PERHAPS, 0, 0, 0},
        {"Aborted connection 5 to db: 'unconnected' user: 'unauthenticated' host: '10.0.0.1' (This connection closed "
         "normally without authentication)",
         MTL_SAYS_PERHAPS, 0, 0, 0},
        {"write EPIPE", MTL_SAYS_PERHAPS, 0, 0, 0},
    };
    (void)state;
    EXPECT(lines);
}

/* This and the next are from Microsoft's documents. */
static void
events_of_windows_are_understood(void **state)
{
    static const struct line lines[] = {
        {"Event ID 36887, Schannel: A fatal alert was received from the remote endpoint. The TLS protocol defined "
         "fatal "
         "alert code is 48.",
         MTL_SAYS_IS_REJECTED, 48, 0, 0},
        {"A fatal alert was received from the remote endpoint. The TLS protocol defined fatal alert code is 42.",
         MTL_SAYS_IS_REJECTED, 42, 0, 0},
        {"A fatal alert was received from the remote endpoint. The TLS protocol defined fatal alert code is 116.",
         MTL_SAYS_IS_REJECTED, 116, 0, 0},
        {"The following fatal alert was received: 46.", MTL_SAYS_IS_REJECTED, 46, 0, 0},
        {"A fatal alert was generated and sent to the remote endpoint. This may result in termination of the "
         "connection. The TLS protocol defined fatal alert code is 48.",
         MTL_SAYS_REJECTS, 0, MTL_REASON_NO_ISSUER, 0},
        {"A fatal alert was generated and sent to the remote endpoint. This may result in termination of the "
         "connection. The TLS protocol defined fatal alert code is 70.",
         MTL_SAYS_PERHAPS, 0, 0, 0},
        {"The following fatal alert was generated: 45. The internal error state is 552.", MTL_SAYS_REJECTS, 0,
         MTL_REASON_EXPIRED, 0},
        {"Schannel 36882 The certificate received from the remote server was issued by an untrusted certificate "
         "authority. Because of this, none of the data contained in the certificate can be validated.",
         MTL_SAYS_REJECTS, 0, MTL_REASON_SELF_SIGNED_IN_CHAIN, CLIENT},
        {"The certificate received from the remote server has either expired or is not yet valid.", MTL_SAYS_REJECTS, 0,
         MTL_REASON_NOT_YET_VALID, CLIENT},
        {"The certificate received from the remote server does not contain the expected name. The server name we were "
         "expecting is payments.example.",
         MTL_SAYS_REJECTS, 0, MTL_REASON_NAME_MISMATCH, CLIENT},
        {"The certificate received from the remote client application has not validated correctly. The error code is "
         "0x80090325.",
         MTL_SAYS_REJECTS, 0, MTL_REASON_NO_ISSUER, SERVER},
        {"Source: Schannel, Event ID: 36884", MTL_SAYS_REJECTS, 0, MTL_REASON_NAME_MISMATCH, CLIENT},
        {"A TLS server handshake completed successfully. The negotiated cryptographic parameters are as follows.",
         MTL_SAYS_CONNECTED, 0, 0, 0},
        {"The remote server has requested TLS client authentication, but no suitable client certificate could be "
         "found. An anonymous connection will be attempted.",
         MTL_SAYS_OWN_FAULT, 0, MTL_REASON_NO_CERTIFICATE, CLIENT},
    };
    (void)state;
    EXPECT(lines);
}

static void
codes_of_windows_are_understood(void **state)
{
    static const struct line lines[] = {
        {"curl: (60) schannel: SEC_E_UNTRUSTED_ROOT (0x80090325) - The certificate chain was issued by an authority "
         "that is not trusted.",
         MTL_SAYS_REJECTS, 0, MTL_REASON_NO_ISSUER, 0},
        {"(provider: SSL Provider, error: 0 - The certificate chain was issued by an authority that is not trusted.) "
         "(Microsoft SQL Server, Error: -2146893019)",
         MTL_SAYS_REJECTS, 0, MTL_REASON_NO_ISSUER, 0},
        {"System.ComponentModel.Win32Exception (0x80090327): An unknown error occurred while processing the "
         "certificate",
         MTL_SAYS_REJECTS, 0, 0, BOTH},
        {"SEC_E_WRONG_PRINCIPAL (0x80090322) - The target principal name is incorrect.", MTL_SAYS_REJECTS, 0,
         MTL_REASON_NAME_MISMATCH, CLIENT},
        {"CertVerifyCertificateChainPolicy: CERT_E_UNTRUSTEDROOT", MTL_SAYS_REJECTS, 0, MTL_REASON_NO_ISSUER, 0},
        {"TRUST_E_CERT_SIGNATURE 0x80096004", MTL_SAYS_REJECTS, 0, MTL_REASON_SIGNATURE, 0},
        {"HTTP Error 403.7 - Forbidden", MTL_SAYS_REJECTS, 0, MTL_REASON_NO_CERTIFICATE, SERVER},
        {"HTTP Error 403.13 - Forbidden", MTL_SAYS_REJECTS, 0, MTL_REASON_REVOKED, SERVER},
        {"HTTP Error 403.16 - Forbidden", MTL_SAYS_REJECTS, 0, MTL_REASON_SELF_SIGNED_IN_CHAIN, SERVER},
        {"HTTP Error 403.17 - Forbidden", MTL_SAYS_REJECTS, 0, MTL_REASON_EXPIRED, SERVER},
        {"System.Security.Authentication.AuthenticationException: The remote certificate is invalid according to the "
         "validation procedure.",
         MTL_SAYS_REJECTS, 0, MTL_REASON_EXPIRED, BOTH},
        {"The remote certificate is invalid because of errors in the certificate chain: PartialChain", MTL_SAYS_REJECTS,
         0, MTL_REASON_NO_ISSUER, BOTH},
        {"The remote certificate is invalid according to the validation procedure: RemoteCertificateNotAvailable",
         MTL_SAYS_REJECTS, 0, MTL_REASON_NO_CERTIFICATE, SERVER},
        {"The request was aborted: Could not create SSL/TLS secure channel.", MTL_SAYS_PERHAPS, 0, 0, CLIENT},
    };
    (void)state;
    EXPECT(lines);
}

static void
ordinary_lines_mean_nothing(void **state)
{
    static const char *const lines[] = {"", "listening on :8443", "GET /health 200 3ms", "reload finished",
                                        "{\"level\":\"info\",\"msg\":\"user logged in\"}"};
    struct mtl_arena *arena = mtl_arena_new();
    const struct mtl_dictionary *dictionary = mtl_dictionary_new(arena);
    (void)state;

    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
        assert_int_equal(mtl_explain(arena, dictionary, lines[i]).count, 0);
    mtl_arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alerts_received_mean_that_the_peer_rejected),
        cmocka_unit_test(rejections_are_known_by_their_words),
        cmocka_unit_test(what_is_no_trust_problem_is_said_to_be_none),
        cmocka_unit_test(an_end_without_an_alert_may_be_a_rejection),
        cmocka_unit_test(events_of_windows_are_understood),
        cmocka_unit_test(codes_of_windows_are_understood),
        cmocka_unit_test(ordinary_lines_mean_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
