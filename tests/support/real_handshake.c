/* libssl against itself in memory.
 * SPDX-License-Identifier: Apache-2.0 */
#include "support/real_handshake.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define PIPE_SIZE (256 * 1024)
#define MAX_ROUNDS 20

/* One end while it runs. */
struct end {
    struct mtl_arena *arena;
    enum mtl_role role;
    SSL_CTX *context;
    SSL *ssl;
    struct real_side *seen;
};

/* ---- what libssl tells ---------------------------------------------------------------------------------------- */

static const char *
message_name(int type)
{
    switch (type) {
    case SSL3_MT_CLIENT_HELLO:
        return "ClientHello";
    case SSL3_MT_SERVER_HELLO:
        return "ServerHello";
    case SSL3_MT_ENCRYPTED_EXTENSIONS:
        return "EncryptedExtensions";
    case SSL3_MT_CERTIFICATE:
        return "Certificate";
    case SSL3_MT_SERVER_KEY_EXCHANGE:
        return "ServerKeyExchange";
    case SSL3_MT_CERTIFICATE_REQUEST:
        return "CertificateRequest";
    case SSL3_MT_SERVER_DONE:
        return "ServerHelloDone";
    case SSL3_MT_CERTIFICATE_VERIFY:
        return "CertificateVerify";
    case SSL3_MT_CLIENT_KEY_EXCHANGE:
        return "ClientKeyExchange";
    case SSL3_MT_NEWSESSION_TICKET:
        return "NewSessionTicket";
    case SSL3_MT_FINISHED:
        return "Finished";
    default:
        return "another message";
    }
}

static size_t
number24(const uint8_t *bytes)
{
    return (size_t)bytes[0] << 16 | (size_t)bytes[1] << 8 | bytes[2];
}

/* Notes the certificates of a Certificate message: RFC 5246 7.4.2, RFC 8446 4.4.2. */
static void
note_sent(struct end *end, const uint8_t *message, size_t size, bool tls13)
{
    size_t at = 4;
    if (tls13)
        at += 1U + message[at];
    at += 3;
    while (at + 3 <= size && end->seen->sent_count < REAL_MAX_SENT) {
        size_t length = number24(message + at);
        at += 3;
        struct mtl_slice der = mtl_arena_copy(end->arena, mtl_slice_of(message + at, length));
        end->seen->sent[end->seen->sent_count++] = der;
        at += length;
        if (tls13)
            at += 2U + ((size_t)message[at] << 8 | message[at + 1]);
    }
    end->seen->sent_certificate = end->seen->sent_count > 0;
}

static void
on_message(int sent, int version, int type, const void *bytes, size_t size, SSL *ssl, void *argument)
{
    struct end *end = argument;
    const uint8_t *message = bytes;
    (void)version;
    if (type != SSL3_RT_HANDSHAKE || size < 4)
        return;
    if (sent && message[0] == SSL3_MT_CERTIFICATE)
        note_sent(end, message, size, SSL_version(ssl) == TLS1_3_VERSION);
    if (sent)
        return;
    end->seen->last_message = message_name(message[0]);
    if (message[0] == SSL3_MT_CERTIFICATE_REQUEST)
        end->seen->was_asked = true;
}

static void
on_info(const SSL *ssl, int where, int value)
{
    struct real_side *seen = ((struct end *)SSL_get_app_data(ssl))->seen;
    if (value >> 8 != SSL3_AL_FATAL)
        return;
    if (where == SSL_CB_WRITE_ALERT)
        seen->alert_sent = value & 0xff;
    if (where == SSL_CB_READ_ALERT)
        seen->alert_heard = value & 0xff;
}

static int
on_verify(int ok, X509_STORE_CTX *context)
{
    const SSL *ssl = X509_STORE_CTX_get_ex_data(context, SSL_get_ex_data_X509_STORE_CTX_idx());
    if (!ok)
        ((struct end *)SSL_get_app_data(ssl))->seen->verify_depth = X509_STORE_CTX_get_error_depth(context);
    return ok;
}

/* Moves the thread's error queue into what the side has seen. */
static void
take_errors(struct end *end)
{
    size_t count = 0;
    unsigned long error;
    char text[256];

    while ((error = ERR_get_error()) != 0) {
        if (count + 1 == sizeof end->seen->errors / sizeof end->seen->errors[0])
            continue;
        ERR_error_string_n(error, text, sizeof text);
        end->seen->errors[count++] = mtl_arena_strdup(end->arena, text);
    }
}

/* ---- set up as an ordinary application does ------------------------------------------------------------------- */

static bool
load_trust(SSL_CTX *context, const char *path, bool is_server)
{
    struct stat status;
    if (path == NULL)
        return true;
    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        return SSL_CTX_load_verify_dir(context, path) == 1;
    if (SSL_CTX_load_verify_file(context, path) != 1)
        return false;
    if (is_server)
        SSL_CTX_set_client_CA_list(context, SSL_load_client_CA_file(path));
    return true;
}

static bool
load_crls(SSL_CTX *context, const char *path)
{
    if (path == NULL)
        return true;
    X509_STORE *store = SSL_CTX_get_cert_store(context);
    X509_LOOKUP *lookup = X509_STORE_add_lookup(store, X509_LOOKUP_file());
    X509_STORE_set_flags(store, X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL);
    return X509_load_crl_file(lookup, path, X509_FILETYPE_PEM) > 0;
}

static bool
load_files(SSL_CTX *context, const struct handshake_case_side *side, bool is_server)
{
    if (side->cert != NULL && SSL_CTX_use_certificate_chain_file(context, side->cert) != 1)
        return false;
    if (side->key != NULL && SSL_CTX_use_PrivateKey_file(context, side->key, SSL_FILETYPE_PEM) != 1)
        return false;
    return load_trust(context, side->trust, is_server) && load_crls(context, side->crl);
}

static int
verify_mode(const struct handshake_case_side *side)
{
    if (side->trust == NULL || side->verify == MTL_VERIFY_NONE)
        return SSL_VERIFY_NONE;
    return side->verify == MTL_VERIFY_OPTIONAL ? SSL_VERIFY_PEER : SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT;
}

/* False: the program does not start. */
static bool
start(struct end *end, const struct handshake_case *scenario, enum mtl_tls tls)
{
    const struct handshake_case_side *side = &scenario->sides[end->role];
    int version = tls == MTL_TLS12 ? TLS1_2_VERSION : TLS1_3_VERSION;

    ERR_clear_error();
    end->context = SSL_CTX_new(end->role == MTL_CLIENT ? TLS_client_method() : TLS_server_method());
    SSL_CTX_set_min_proto_version(end->context, version);
    SSL_CTX_set_max_proto_version(end->context, version);
    SSL_CTX_set_security_level(end->context, 2);
    SSL_CTX_set_verify(end->context, verify_mode(side), on_verify);
    SSL_CTX_set_info_callback(end->context, on_info);
    SSL_CTX_set_msg_callback(end->context, on_message);
    if (side->depth >= 0)
        SSL_CTX_set_verify_depth(end->context, side->depth);
    if (!load_files(end->context, side, end->role == MTL_SERVER))
        return false;
    X509_VERIFY_PARAM_set_time(SSL_CTX_get0_param(end->context), (time_t)scenario->at);
    end->ssl = SSL_new(end->context);
    SSL_set_app_data(end->ssl, end);
    SSL_set_msg_callback_arg(end->ssl, end);
    if (end->role == MTL_SERVER) {
        SSL_set_accept_state(end->ssl);
        return true;
    }
    SSL_set_connect_state(end->ssl);
    return scenario->server_name == NULL || SSL_set1_host(end->ssl, scenario->server_name) == 1;
}

/* ---- the run -------------------------------------------------------------------------------------------------- */

static bool
waits(const struct end *end, int result)
{
    int error = SSL_get_error(end->ssl, result);
    return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE;
}

/* One turn of one end: the handshake, then reading as an application would. */
static void
turn(struct end *end)
{
    char byte;
    struct real_side *seen = end->seen;
    if (seen->failed)
        return;
    ERR_clear_error();
    bool before = seen->finished;
    int result = before ? SSL_read(end->ssl, &byte, 1) : SSL_do_handshake(end->ssl);
    if (result > 0 && !before) {
        seen->finished = true;
        if (end->role == MTL_SERVER)
            SSL_write(end->ssl, "x", 1);
    } else if (result <= 0 && !waits(end, result)) {
        seen->failed = true;
        take_errors(end);
    }
}

static void
conclude(struct real_handshake *real)
{
    for (int role = MTL_CLIENT; role <= MTL_SERVER; role++) {
        const struct real_side *side = &real->sides[role], *peer = &real->sides[1 - role];
        if (!side->failed || side->alert_heard >= 0)
            continue;
        real->rejected = true;
        real->rejected_by = (enum mtl_role)role;
        real->alert = peer->alert_heard;
        real->after_handshake = role == MTL_SERVER && peer->finished;
    }
    real->established = !real->rejected && real->sides[MTL_CLIENT].finished && real->sides[MTL_SERVER].finished;
}

static void
connect_ends(struct end *client, struct end *server)
{
    BIO *client_bio, *server_bio;
    BIO_new_bio_pair(&client_bio, PIPE_SIZE, &server_bio, PIPE_SIZE);
    SSL_set_bio(client->ssl, client_bio, client_bio);
    SSL_set_bio(server->ssl, server_bio, server_bio);
    for (int i = 0; i < MAX_ROUNDS; i++) {
        turn(client);
        turn(server);
    }
    client->seen->verify_result = SSL_get_verify_result(client->ssl);
    server->seen->verify_result = SSL_get_verify_result(server->ssl);
}

struct real_handshake
real_handshake_run(struct mtl_arena *arena, const struct handshake_case *scenario, enum mtl_tls tls)
{
    struct real_handshake real = {.alert = -1};
    struct end ends[2];

    for (int role = MTL_CLIENT; role <= MTL_SERVER; role++) {
        ends[role] = (struct end){.arena = arena, .role = (enum mtl_role)role, .seen = &real.sides[role]};
        real.sides[role] = (struct real_side){.alert_sent = -1, .alert_heard = -1, .verify_depth = -1};
        real.sides[role].started = start(&ends[role], scenario, tls);
        if (real.sides[role].started)
            continue;
        real.sides[role].failed = true;
        take_errors(&ends[role]);
    }
    if (real.sides[MTL_CLIENT].started && real.sides[MTL_SERVER].started) {
        connect_ends(&ends[MTL_CLIENT], &ends[MTL_SERVER]);
        conclude(&real);
    } else {
        /* A server that does not start is found out first: clients connect later. */
        real.rejected = real.local = true;
        real.rejected_by = real.sides[MTL_SERVER].started ? MTL_CLIENT : MTL_SERVER;
    }
    for (int role = MTL_CLIENT; role <= MTL_SERVER; role++) {
        SSL_free(ends[role].ssl);
        SSL_CTX_free(ends[role].context);
    }
    ERR_clear_error();
    return real;
}

/* ---- for a person --------------------------------------------------------------------------------------------- */

static void
dump_side(const char *label, const struct real_side *side)
{
    printf("  %s: %s%s%s, sent %zu certificates, last message received: %s\n", label,
           side->started ? "started" : "did not start", side->finished ? ", finished" : "",
           side->failed ? ", failed" : "", side->sent_count, side->last_message == NULL ? "-" : side->last_message);
    printf("    verify result %ld (%s) at depth %d; alert sent %d, heard %d\n", side->verify_result,
           X509_verify_cert_error_string(side->verify_result), side->verify_depth, side->alert_sent, side->alert_heard);
    for (size_t i = 0; side->errors[i] != NULL; i++)
        printf("    %s\n", side->errors[i]);
}

void
real_handshake_dump(const struct real_handshake *real, const struct handshake_case *scenario, enum mtl_tls tls)
{
    const char *outcome = real->established ? "established" : real->rejected ? "rejected" : "stuck";
    printf("%s TLS %s: %s", scenario->name, tls == MTL_TLS12 ? "1.2" : "1.3", outcome);
    if (real->rejected)
        printf(" by the %s%s, alert %d, %s", real->rejected_by == MTL_CLIENT ? "client" : "server",
               real->local ? " itself, before any message" : "", real->alert,
               real->after_handshake ? "after the client's connect" : "during the handshake");
    printf("\n");
    dump_side("client", &real->sides[MTL_CLIENT]);
    dump_side("server", &real->sides[MTL_SERVER]);
}
