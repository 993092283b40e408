/* The observer: a TLS endpoint that presents whatever it is told to, verifies nothing, and writes down what happens.
 *
 * libssl refuses to load many certificates that a scenario needs on the wire. So it is given a stand-in with the
 * scenario's key, and when it asks libcrypto for the encoding of the stand-in, it gets the bytes of the file: this
 * program defines i2d_X509() itself.
 * SPDX-License-Identifier: Apache-2.0 */
#include <dlfcn.h>
#include <errno.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lines.h"

#define TICKET_MILLISECONDS 300 /* how long a client waits for a ticket or an alert before it writes */
#define MAX_CERTIFICATE_MESSAGE (8 * 1024 * 1024)
#define LINGER_MILLISECONDS 200 /* how long its peer may take to close */

/* What a peer with OpenSSL's defaults at security level 2 offers; the level itself is 0 here. */
#define SIGNATURES                                                                                                     \
    "ecdsa_secp256r1_sha256:ecdsa_secp384r1_sha384:ecdsa_secp521r1_sha512:ed25519:ed448:"                              \
    "rsa_pss_pss_sha256:rsa_pss_pss_sha384:rsa_pss_pss_sha512:rsa_pss_rsae_sha256:rsa_pss_rsae_sha384:"                \
    "rsa_pss_rsae_sha512:RSA+SHA256:RSA+SHA384:RSA+SHA512:ECDSA+SHA224:RSA+SHA224:DSA+SHA224:DSA+SHA256:"              \
    "DSA+SHA384:DSA+SHA512"

struct bytes {
    unsigned char *data;
    long size;
};
struct observation {
    SSL_CTX *context;
    SSL *ssl;
    bool is_server;
    bool finished;                /* the handshake call returned success */
    bool exchanged;               /* a line went each way afterwards */
    bool ticket;                  /* a NewSessionTicket came */
    bool http;                    /* the line is a request */
    const json_t *talk;           /* what is said instead of a line, see README.md; NULL */
    bool denied;                  /* the answer to it was another one */
    int status;                   /* of the answer to it; 0: none */
    int level, alert, alert_sent; /* -1: none */
    const char *end;              /* how the transport ended: close, reset, timeout; NULL */
    json_t *messages, *log;
};

/* ---- what is on the wire -------------------------------------------------------------------------------------- */

static int
bytes_index(void)
{
    static int index = -1;
    if (index < 0)
        index = X509_get_ex_new_index(0, NULL, NULL, NULL, NULL);
    return index;
}

/* Called by libssl instead of libcrypto's function of this name. */
int
i2d_X509(const X509 *cert, unsigned char **out)
{
    const struct bytes *bytes = X509_get_ex_data(cert, bytes_index());
    if (bytes == NULL) {
        union {
            void *object;
            int (*function)(const X509 *, unsigned char **);
        } real = {.object = dlsym(RTLD_NEXT, "i2d_X509")};
        return real.function(cert, out);
    }
    if (out != NULL) {
        memcpy(*out, bytes->data, (size_t)bytes->size);
        *out += bytes->size;
    }
    return (int)bytes->size;
}

static X509 *
stand_in(EVP_PKEY *key)
{
    X509 *cert = X509_new();
    bool plain = EVP_PKEY_is_a(key, "ED25519") || EVP_PKEY_is_a(key, "ED448");

    X509_set_version(cert, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(cert), 1);
    X509_gmtime_adj(X509_getm_notBefore(cert), 0);
    X509_gmtime_adj(X509_getm_notAfter(cert), 3600);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(cert), "CN", MBSTRING_UTF8, (const unsigned char *)"x", -1, -1, 0);
    X509_set_issuer_name(cert, X509_get_subject_name(cert));
    X509_set_pubkey(cert, key);
    X509_sign(cert, key, plain ? NULL : EVP_sha256());
    return cert;
}

/* OpenSSL's "TRUSTED CERTIFICATE" has settings after the certificate; they are not sent. */
static void
cut(struct bytes *bytes)
{
    const unsigned char *at = bytes->data;
    long length;
    int tag, class;
    if (ASN1_get_object(&at, &length, &tag, &class, bytes->size) != 0x80 && at - bytes->data + length < bytes->size)
        bytes->size = at - bytes->data + length;
    ERR_clear_error();
}

static bool
present(SSL_CTX *context, const char *cert_path, EVP_PKEY *key)
{
    BIO *file = BIO_new_file(cert_path, "r");
    char *name, *header;
    struct bytes read;
    bool leaf = true;

    while (file != NULL && PEM_read_bio(file, &name, &header, &read.data, &read.size) == 1) {
        if (strstr(name, "CERTIFICATE") != NULL) {
            struct bytes *bytes = OPENSSL_malloc(sizeof *bytes);
            X509 *cert = stand_in(key);
            *bytes = read;
            cut(bytes);
            X509_set_ex_data(cert, bytes_index(), bytes);
            if (leaf ? SSL_CTX_use_certificate(context, cert) != 1 : SSL_CTX_add0_chain_cert(context, cert) != 1)
                return false;
            leaf = false;
        }
    }
    BIO_free(file);
    ERR_clear_error();
    return !leaf && SSL_CTX_use_PrivateKey(context, key) == 1;
}

/* ---- what libssl tells ---------------------------------------------------------------------------------------- */

static const char *
message_name(int type)
{
    static const char *const names[] = {
        [SSL3_MT_HELLO_REQUEST] = "HelloRequest",
        [SSL3_MT_CLIENT_HELLO] = "ClientHello",
        [SSL3_MT_SERVER_HELLO] = "ServerHello",
        [SSL3_MT_NEWSESSION_TICKET] = "NewSessionTicket",
        [SSL3_MT_ENCRYPTED_EXTENSIONS] = "EncryptedExtensions",
        [SSL3_MT_CERTIFICATE] = "Certificate",
        [SSL3_MT_SERVER_KEY_EXCHANGE] = "ServerKeyExchange",
        [SSL3_MT_CERTIFICATE_REQUEST] = "CertificateRequest",
        [SSL3_MT_SERVER_DONE] = "ServerHelloDone",
        [SSL3_MT_CERTIFICATE_VERIFY] = "CertificateVerify",
        [SSL3_MT_CLIENT_KEY_EXCHANGE] = "ClientKeyExchange",
        [SSL3_MT_FINISHED] = "Finished",
        [SSL3_MT_CERTIFICATE_STATUS] = "CertificateStatus",
    };
    bool known = type >= 0 && (size_t)type < sizeof names / sizeof names[0] && names[type] != NULL;
    return known ? names[type] : "Unknown";
}

/* A Certificate message without certificates: RFC 5246 7.4.2, RFC 8446 4.4.2. */
static bool
is_empty(const unsigned char *message, size_t size, bool tls13)
{
    size_t at = tls13 ? 5U + message[4] : 4;
    return at + 3 <= size && message[at] == 0 && message[at + 1] == 0 && message[at + 2] == 0;
}

static void
on_message(int sent, int version, int type, const void *bytes, size_t size, SSL *ssl, void *argument)
{
    struct observation *seen = argument;
    const unsigned char *message = bytes;
    const char *arrow = sent ? ">" : "<";
    (void)version;

    if (type == SSL3_RT_ALERT && size == 2) {
        bool fatal = message[0] == SSL3_AL_FATAL;
        json_array_append_new(seen->messages, json_sprintf("%s Alert %d", arrow, message[1]));
        if (sent && fatal)
            seen->alert_sent = message[1];
        if (!sent && (fatal || seen->alert < 0)) {
            seen->level = message[0];
            seen->alert = message[1];
        }
    }
    if (type != SSL3_RT_HANDSHAKE || size < 4)
        return;
    seen->ticket = seen->ticket || (!sent && message[0] == SSL3_MT_NEWSESSION_TICKET);
    bool empty = message[0] == SSL3_MT_CERTIFICATE && is_empty(message, size, SSL_version(ssl) == TLS1_3_VERSION);
    json_array_append_new(seen->messages,
                          json_sprintf("%s %s%s", arrow, message_name(message[0]), empty ? " (empty)" : ""));
}

static void
take_errors(json_t *log)
{
    unsigned long error;
    char text[256];
    while ((error = ERR_get_error()) != 0) {
        ERR_error_string_n(error, text, sizeof text);
        json_array_append_new(log, json_string(text));
    }
}

/* Always false. */
static bool
note_failure(struct observation *seen, int result)
{
    int error = SSL_get_error(seen->ssl, result);
    bool eof = error == SSL_ERROR_SSL && ERR_GET_REASON(ERR_peek_error()) == SSL_R_UNEXPECTED_EOF_WHILE_READING;

    if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE)
        seen->end = "timeout";
    else if (error == SSL_ERROR_SYSCALL && (errno == ECONNRESET || errno == EPIPE))
        seen->end = "reset";
    else if (error == SSL_ERROR_ZERO_RETURN || error == SSL_ERROR_SYSCALL || eof)
        seen->end = "close";
    take_errors(seen->log);
    return false;
}

/* ---- the run -------------------------------------------------------------------------------------------------- */

static int
accept_all(X509_STORE_CTX *context, void *argument)
{
    (void)argument;
    X509_STORE_CTX_set_error(context, X509_V_OK);
    return 1;
}

static bool
set_up(struct observation *seen, const json_t *request)
{
    int version = lab_is(request, "tls", "1.2") ? TLS1_2_VERSION : TLS1_3_VERSION;
    const char *cert = lab_text(request, "cert"), *key_path = lab_text(request, "key");
    const char *trust = lab_text(request, "trust");
    BIO *file = key_path == NULL ? NULL : BIO_new_file(key_path, "r");
    EVP_PKEY *key = file == NULL ? NULL : PEM_read_bio_PrivateKey(file, NULL, NULL, NULL);
    bool ready = cert == NULL;

    seen->context = SSL_CTX_new(seen->is_server ? TLS_server_method() : TLS_client_method());
    SSL_CTX_set_min_proto_version(seen->context, version);
    SSL_CTX_set_max_proto_version(seen->context, version);
    SSL_CTX_set_security_level(seen->context, 0);
    SSL_CTX_set_mode(seen->context, SSL_MODE_NO_AUTO_CHAIN);
    SSL_CTX_set_max_cert_list(seen->context, MAX_CERTIFICATE_MESSAGE);
    SSL_CTX_set1_sigalgs_list(seen->context, SIGNATURES);
    SSL_CTX_set_cert_verify_callback(seen->context, accept_all, NULL);
    SSL_CTX_set_verify(seen->context, lab_is(request, "verify", "none") ? SSL_VERIFY_NONE : SSL_VERIFY_PEER, NULL);
    SSL_CTX_set_msg_callback(seen->context, on_message);
    if (seen->is_server && trust != NULL && !json_is_false(json_object_get(request, "names")))
        SSL_CTX_set_client_CA_list(seen->context, SSL_load_client_CA_file(trust));
    ERR_clear_error();
    if (cert != NULL && key != NULL)
        ready = present(seen->context, cert, key);
    EVP_PKEY_free(key);
    BIO_free(file);
    return ready;
}

/* As a TLS 1.3 client: waits for the server's opinion, so that no reset of ours can hide it. */
static bool
listen_first(struct observation *seen)
{
    struct pollfd waiting = {.fd = SSL_get_fd(seen->ssl), .events = POLLIN};
    char byte;

    SSL_clear_mode(seen->ssl, SSL_MODE_AUTO_RETRY); /* a ticket alone must not make it wait for data */
    while (!seen->ticket && seen->alert < 0 && poll(&waiting, 1, TICKET_MILLISECONDS) == 1) {
        int result = SSL_peek(seen->ssl, &byte, 1);
        int error = SSL_get_error(seen->ssl, result);
        if (result <= 0 && error != SSL_ERROR_WANT_READ)
            return note_failure(seen, result);
    }
    ERR_clear_error();
    SSL_set_mode(seen->ssl, SSL_MODE_AUTO_RETRY);
    return true;
}

static bool
hear(struct observation *seen)
{
    char line[64];
    int result;
    do
        result = SSL_read(seen->ssl, line, sizeof line - 1);
    while (result > 0 && memchr(line, '\n', (size_t)result) == NULL);
    line[result > 0 ? result : 0] = '\0';
    sscanf(line, "HTTP/1.%*d %d", &seen->status);
    return result > 0 || note_failure(seen, result);
}

static bool
say(struct observation *seen, const char *line)
{
    int result = SSL_write(seen->ssl, line, (int)strlen(line));
    return result > 0 || note_failure(seen, result);
}

/* Bytes instead of a line: false if the connection ends, or if a client does not get the answer that it needs. */
static bool
converse(struct observation *seen)
{
    char received[4096];
    long say_size, need_size = 0;
    const char *words = lab_text(seen->talk, seen->is_server ? "server" : "client");
    unsigned char *say = OPENSSL_hexstr2buf(words, &say_size);
    unsigned char *need = seen->is_server ? NULL : OPENSSL_hexstr2buf(lab_text(seen->talk, "ok"), &need_size);
    int said = seen->is_server ? 1 : SSL_write(seen->ssl, say, (int)say_size);
    int heard = said > 0 ? SSL_read(seen->ssl, received, sizeof received) : said;

    seen->denied = heard > 0 && need != NULL && (heard < need_size || memcmp(received, need, (size_t)need_size) != 0);
    if (heard > 0 && seen->is_server)
        heard = SSL_write(seen->ssl, say, (int)say_size);
    OPENSSL_free(say);
    OPENSSL_free(need);
    return heard > 0 ? !seen->denied : note_failure(seen, heard);
}

static bool
exchange(struct observation *seen)
{
    if (!seen->is_server && SSL_version(seen->ssl) == TLS1_3_VERSION && !listen_first(seen))
        return false;
    if (seen->talk != NULL)
        return converse(seen);
    if (seen->is_server)
        return hear(seen) && say(seen, seen->http ? "HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nok\n" : "ok\n");
    return say(seen, seen->http ? "GET / HTTP/1.0\r\nHost: lab\r\n\r\n" : "hello\n") && hear(seen);
}

static void
run(struct observation *seen, const json_t *request, int fd)
{
    const char *name = lab_text(request, "name");

    seen->ssl = SSL_new(seen->context);
    SSL_set_fd(seen->ssl, fd);
    SSL_set_msg_callback_arg(seen->ssl, seen);
    if (name != NULL && !seen->is_server)
        SSL_set_tlsext_host_name(seen->ssl, name);
    ERR_clear_error();
    errno = 0;
    int result = seen->is_server ? SSL_accept(seen->ssl) : SSL_connect(seen->ssl);
    if (result != 1) {
        note_failure(seen, result);
        return;
    }
    seen->finished = true;
    seen->exchanged = exchange(seen);
    if (seen->exchanged)
        SSL_shutdown(seen->ssl);
}

/* Closing with unread bytes resets the connection, and a reset can take our last alert with it. */
static void
close_gently(int fd)
{
    struct pollfd waiting = {.fd = fd, .events = POLLIN};
    char bytes[4096];

    shutdown(fd, SHUT_WR);
    while (poll(&waiting, 1, LINGER_MILLISECONDS) == 1 && read(fd, bytes, sizeof bytes) > 0)
        continue;
    close(fd);
}

static void
report(struct observation *seen, const json_t *request)
{
    json_t *answer = json_pack("{s:b,s:b,s:b,s:i,s:i,s:i,s:i,s:s?,s:O,s:O}", "finished", seen->finished, "exchanged",
                               seen->exchanged, "denied", seen->denied, "level", seen->level, "alert", seen->alert,
                               "alert_sent", seen->alert_sent, "status", seen->status, "end", seen->end, "messages",
                               seen->messages, "log", seen->log);
    lab_answer(request, answer);
}

static void
observe(const json_t *request)
{
    struct observation seen = {
        .is_server = lab_is(request, "role", "server"),
        .http = json_is_true(json_object_get(request, "http")),
        .talk = lab_text(json_object_get(request, "talk"), "client") == NULL ? NULL : json_object_get(request, "talk"),
        .level = -1,
        .alert = -1,
        .alert_sent = -1,
        .messages = json_array(),
        .log = json_array()};

    ERR_clear_error();
    if (!set_up(&seen, request)) {
        take_errors(seen.log);
        lab_refuse(request, json_incref(seen.log));
    } else {
        int fd = lab_connection(request);
        if (fd >= 0)
            run(&seen, request, fd);
        else
            seen.end = "timeout";
        report(&seen, request);
        SSL_free(seen.ssl);
        if (fd >= 0)
            close_gently(fd);
    }
    SSL_CTX_free(seen.context);
    json_decref(seen.messages);
    json_decref(seen.log);
}

int
main(void)
{
    json_t *request;

    lab_start(OpenSSL_version(OPENSSL_VERSION));
    while ((request = lab_next()) != NULL) {
        observe(request);
        json_decref(request);
    }
    return 0;
}
