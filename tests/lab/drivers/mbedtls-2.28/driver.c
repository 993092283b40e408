/* Mbed TLS 2.28 or 3.6 as an ordinary application sets it up; the peer of the observer.
 * SPDX-License-Identifier: Apache-2.0 */
#include <mbedtls/ctr_drbg.h>
#include <mbedtls/entropy.h>
#include <mbedtls/error.h>
#include <mbedtls/net_sockets.h>
#include <mbedtls/ssl.h>
#include <mbedtls/version.h>
#if MBEDTLS_VERSION_MAJOR >= 3
#include <psa/crypto.h>
#endif
#include <string.h>

#include "lines.h"

struct driver {
    mbedtls_ssl_config config;
    mbedtls_ssl_context ssl;
    mbedtls_x509_crt own, trust;
    mbedtls_x509_crl crl;
    mbedtls_pk_context key;
    mbedtls_ctr_drbg_context random;
    mbedtls_entropy_context entropy;
    bool is_server;
    json_t *log;
};

static bool
fine(struct driver *driver, int result)
{
    char text[256];

    if (result >= 0)
        return true;
    mbedtls_strerror(result, text, sizeof text);
    json_array_append_new(driver->log, json_sprintf("-0x%04x: %s", (unsigned)-result, text));
    return false;
}

#if MBEDTLS_VERSION_MAJOR >= 3
/* TLS 1.3 and the keys of PSA need the library's own random numbers. */
static void
start(void)
{
    psa_crypto_init();
}

static int
parse_key(struct driver *driver, const char *path)
{
    return mbedtls_pk_parse_keyfile(&driver->key, path, NULL, mbedtls_ctr_drbg_random, &driver->random);
}

static void
choose_version(struct driver *driver, const json_t *request)
{
    mbedtls_ssl_protocol_version version =
        lab_is(request, "tls", "1.2") ? MBEDTLS_SSL_VERSION_TLS1_2 : MBEDTLS_SSL_VERSION_TLS1_3;

    mbedtls_ssl_conf_min_tls_version(&driver->config, version);
    mbedtls_ssl_conf_max_tls_version(&driver->config, version);
}
#else
static void
start(void)
{
}

static int
parse_key(struct driver *driver, const char *path)
{
    return mbedtls_pk_parse_keyfile(&driver->key, path, NULL);
}

static void
choose_version(struct driver *driver, const json_t *request)
{
    (void)driver, (void)request;
}
#endif

/* The number of certificates that could not be read; the documentation's programs take any for a failure. */
static bool
whole(struct driver *driver, int result)
{
    if (result > 0)
        json_array_append_new(driver->log, json_sprintf("%d certificates could not be read", result));
    return result <= 0 && fine(driver, result);
}

static bool
load(struct driver *driver, const json_t *request)
{
    const char *cert = lab_text(request, "cert"), *key = lab_text(request, "key");
    const char *trust = lab_text(request, "trust"), *crl = lab_text(request, "crl");

    if (cert != NULL && key != NULL &&
        !(whole(driver, mbedtls_x509_crt_parse_file(&driver->own, cert)) && fine(driver, parse_key(driver, key)) &&
          fine(driver, mbedtls_ssl_conf_own_cert(&driver->config, &driver->own, &driver->key))))
        return false;
    if (trust != NULL && !fine(driver, mbedtls_x509_crt_parse_file(&driver->trust, trust)))
        return false;
    if (crl != NULL && !fine(driver, mbedtls_x509_crl_parse_file(&driver->crl, crl)))
        return false;
    mbedtls_ssl_conf_ca_chain(&driver->config, &driver->trust, crl == NULL ? NULL : &driver->crl);
    return true;
}

static bool
set_up(struct driver *driver, const json_t *request)
{
    int mode = MBEDTLS_SSL_VERIFY_REQUIRED;
    if (lab_is(request, "verify", "optional"))
        mode = MBEDTLS_SSL_VERIFY_OPTIONAL;
    if (lab_is(request, "verify", "none"))
        mode = MBEDTLS_SSL_VERIFY_NONE;

    mbedtls_ssl_config_init(&driver->config);
    mbedtls_ssl_init(&driver->ssl);
    mbedtls_x509_crt_init(&driver->own);
    mbedtls_x509_crt_init(&driver->trust);
    mbedtls_x509_crl_init(&driver->crl);
    mbedtls_pk_init(&driver->key);
    mbedtls_entropy_init(&driver->entropy);
    mbedtls_ctr_drbg_init(&driver->random);
    mbedtls_ctr_drbg_seed(&driver->random, mbedtls_entropy_func, &driver->entropy, NULL, 0);
    mbedtls_ssl_config_defaults(&driver->config, driver->is_server ? MBEDTLS_SSL_IS_SERVER : MBEDTLS_SSL_IS_CLIENT,
                                MBEDTLS_SSL_TRANSPORT_STREAM, MBEDTLS_SSL_PRESET_DEFAULT);
    mbedtls_ssl_conf_rng(&driver->config, mbedtls_ctr_drbg_random, &driver->random);
    choose_version(driver, request);
    mbedtls_ssl_conf_authmode(&driver->config, mode);
    mbedtls_ssl_conf_read_timeout(&driver->config, LAB_SECONDS * 1000);
    return load(driver, request) && fine(driver, mbedtls_ssl_setup(&driver->ssl, &driver->config));
}

static void
explain(struct driver *driver, int result)
{
    char text[1024];
    uint32_t flags = mbedtls_ssl_get_verify_result(&driver->ssl);

    fine(driver, result);
    if (flags == 0 || flags == UINT32_MAX)
        return;
    mbedtls_x509_crt_verify_info(text, sizeof text, "", flags);
    for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n"))
        json_array_append_new(driver->log, json_string(line));
}

static int
exchange(struct driver *driver)
{
    unsigned char line[64];
    int result;

    do
        result = mbedtls_ssl_handshake(&driver->ssl);
    while (result == MBEDTLS_ERR_SSL_WANT_READ || result == MBEDTLS_ERR_SSL_WANT_WRITE);
    if (result == 0 && !driver->is_server)
        result = mbedtls_ssl_write(&driver->ssl, (const unsigned char *)"hello\n", 6);
    if (result >= 0)
        result = mbedtls_ssl_read(&driver->ssl, line, sizeof line);
    if (result == 0)
        result = MBEDTLS_ERR_SSL_CONN_EOF;
    if (result > 0 && driver->is_server)
        result = mbedtls_ssl_write(&driver->ssl, (const unsigned char *)"ok\n", 3);
    if (result > 0)
        mbedtls_ssl_close_notify(&driver->ssl);
    return result;
}

static void
run(struct driver *driver, const json_t *request)
{
    const char *name = lab_text(request, "name");
    mbedtls_net_context net = {.fd = lab_connection(request)};
    int result = -1;

    if (net.fd >= 0) {
        if (!driver->is_server)
            mbedtls_ssl_set_hostname(&driver->ssl, name);
        mbedtls_ssl_set_bio(&driver->ssl, &net, mbedtls_net_send, mbedtls_net_recv, mbedtls_net_recv_timeout);
        result = exchange(driver);
        if (result < 0)
            explain(driver, result);
        mbedtls_net_free(&net);
    }
    lab_answer(request, json_pack("{s:b,s:o}", "handshake", result > 0, "log", driver->log));
}

static void
drive(const json_t *request)
{
    struct driver driver = {.is_server = lab_is(request, "role", "server"), .log = json_array()};

    if (set_up(&driver, request))
        run(&driver, request);
    else
        lab_refuse(request, driver.log);
    mbedtls_ssl_free(&driver.ssl);
    mbedtls_ssl_config_free(&driver.config);
    mbedtls_x509_crt_free(&driver.own);
    mbedtls_x509_crt_free(&driver.trust);
    mbedtls_x509_crl_free(&driver.crl);
    mbedtls_pk_free(&driver.key);
    mbedtls_ctr_drbg_free(&driver.random);
    mbedtls_entropy_free(&driver.entropy);
}

int
main(void)
{
    json_t *request;

    start();
    lab_start(MBEDTLS_VERSION_STRING);
    while ((request = lab_next()) != NULL) {
        drive(request);
        json_decref(request);
    }
    return 0;
}
