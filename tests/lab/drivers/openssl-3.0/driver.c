/* OpenSSL's libssl as an ordinary application sets it up; the peer of the observer.
 * SPDX-License-Identifier: Apache-2.0 */
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <string.h>
#include <unistd.h>

#include "lines.h"

struct driver {
    SSL_CTX *context;
    SSL *ssl;
    bool is_server;
    json_t *log;
};

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

static int
on_verify(int ok, X509_STORE_CTX *context)
{
    const SSL *ssl = X509_STORE_CTX_get_ex_data(context, SSL_get_ex_data_X509_STORE_CTX_idx());
    struct driver *driver = SSL_get_app_data(ssl);
    int error = X509_STORE_CTX_get_error(context);

    if (!ok)
        json_array_append_new(driver->log, json_sprintf("verify error:num=%d:%s (depth %d)", error,
                                                        X509_verify_cert_error_string(error),
                                                        X509_STORE_CTX_get_error_depth(context)));
    return ok;
}

static bool
load_trust(SSL_CTX *context, const char *path, bool is_server)
{
    if (path == NULL)
        return true;
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
load_files(struct driver *driver, const json_t *request)
{
    const char *cert = lab_text(request, "cert"), *key = lab_text(request, "key");

    if (cert != NULL && SSL_CTX_use_certificate_chain_file(driver->context, cert) != 1)
        return false;
    if (key != NULL && SSL_CTX_use_PrivateKey_file(driver->context, key, SSL_FILETYPE_PEM) != 1)
        return false;
    return load_trust(driver->context, lab_text(request, "trust"), driver->is_server) &&
           load_crls(driver->context, lab_text(request, "crl"));
}

static int
verify_mode(const json_t *request)
{
    if (lab_text(request, "trust") == NULL || lab_is(request, "verify", "none"))
        return SSL_VERIFY_NONE;
    return lab_is(request, "verify", "optional") ? SSL_VERIFY_PEER : SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT;
}

static bool
set_up(struct driver *driver, const json_t *request)
{
    int version = lab_is(request, "tls", "1.2") ? TLS1_2_VERSION : TLS1_3_VERSION;
    const json_t *depth = json_object_get(request, "depth");

    driver->context = SSL_CTX_new(driver->is_server ? TLS_server_method() : TLS_client_method());
    SSL_CTX_set_min_proto_version(driver->context, version);
    SSL_CTX_set_max_proto_version(driver->context, version);
    SSL_CTX_set_verify(driver->context, verify_mode(request), on_verify);
    if (json_is_integer(depth))
        SSL_CTX_set_verify_depth(driver->context, (int)json_integer_value(depth));
    return load_files(driver, request);
}

static bool
exchange(struct driver *driver)
{
    char line[64];

    if (driver->is_server)
        return SSL_accept(driver->ssl) == 1 && SSL_read(driver->ssl, line, sizeof line) > 0 &&
               SSL_write(driver->ssl, "ok\n", 3) > 0;
    return SSL_connect(driver->ssl) == 1 && SSL_write(driver->ssl, "hello\n", 6) > 0 &&
           SSL_read(driver->ssl, line, sizeof line) > 0;
}

static bool
run(struct driver *driver, const json_t *request, int fd)
{
    const char *name = lab_text(request, "name");

    driver->ssl = SSL_new(driver->context);
    SSL_set_app_data(driver->ssl, driver);
    SSL_set_fd(driver->ssl, fd);
    if (!driver->is_server && name != NULL) {
        if (lab_asks(request))
            SSL_set_tlsext_host_name(driver->ssl, name);
        if (SSL_set1_host(driver->ssl, name) != 1)
            return false;
    }
    ERR_clear_error();
    bool done = exchange(driver);
    if (done)
        SSL_shutdown(driver->ssl);
    return done;
}

static void
drive(const json_t *request)
{
    struct driver driver = {.is_server = lab_is(request, "role", "server"), .log = json_array()};

    ERR_clear_error();
    if (!set_up(&driver, request)) {
        take_errors(driver.log);
        lab_refuse(request, driver.log);
    } else {
        int fd = lab_connection(request);
        bool done = fd >= 0 && run(&driver, request, fd);
        take_errors(driver.log);
        lab_answer(request, json_pack("{s:b,s:o}", "handshake", done, "log", driver.log));
        SSL_free(driver.ssl);
        if (fd >= 0)
            close(fd);
    }
    SSL_CTX_free(driver.context);
}

int
main(void)
{
    json_t *request;

    lab_start(OpenSSL_version(OPENSSL_VERSION_STRING));
    while ((request = lab_next()) != NULL) {
        drive(request);
        json_decref(request);
    }
    return 0;
}
