/* wolfSSL 5.5 as an ordinary application sets it up; the peer of the observer.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>
#include <unistd.h>
#include <wolfssl/options.h>
#include <wolfssl/ssl.h>
#include <wolfssl/version.h>

#include "lines.h"

struct driver {
    WOLFSSL_CTX *context;
    WOLFSSL *ssl;
    bool is_server;
    json_t *log;
};

static void
note(struct driver *driver, int error)
{
    char text[WOLFSSL_MAX_ERROR_SZ];
    wolfSSL_ERR_error_string((unsigned long)error, text);
    json_array_append_new(driver->log, json_sprintf("%d: %s", error, text));
}

/* True if result is success; otherwise it is written down. */
static bool
fine(struct driver *driver, int result)
{
    if (result != WOLFSSL_SUCCESS)
        note(driver, result);
    return result == WOLFSSL_SUCCESS;
}

static WOLFSSL_METHOD *
method(const json_t *request, bool is_server)
{
    if (lab_is(request, "tls", "1.2"))
        return is_server ? wolfTLSv1_2_server_method() : wolfTLSv1_2_client_method();
    return is_server ? wolfTLSv1_3_server_method() : wolfTLSv1_3_client_method();
}

static int
verify_mode(const json_t *request)
{
    if (lab_is(request, "verify", "none"))
        return WOLFSSL_VERIFY_NONE;
    if (lab_is(request, "verify", "optional"))
        return WOLFSSL_VERIFY_PEER;
    return WOLFSSL_VERIFY_PEER | WOLFSSL_VERIFY_FAIL_IF_NO_PEER_CERT;
}

static bool
set_up(struct driver *driver, const json_t *request)
{
    const char *cert = lab_text(request, "cert"), *key = lab_text(request, "key");
    const char *trust = lab_text(request, "trust"), *crl = lab_text(request, "crl");

    driver->context = wolfSSL_CTX_new(method(request, driver->is_server));
    wolfSSL_CTX_set_verify(driver->context, verify_mode(request), NULL);
    if (cert != NULL && key != NULL &&
        !(fine(driver, wolfSSL_CTX_use_certificate_chain_file(driver->context, cert)) &&
          fine(driver, wolfSSL_CTX_use_PrivateKey_file(driver->context, key, WOLFSSL_FILETYPE_PEM))))
        return false;
    if (trust != NULL && !fine(driver, wolfSSL_CTX_load_verify_locations(driver->context, trust, NULL)))
        return false;
    return crl == NULL || (fine(driver, wolfSSL_CTX_EnableCRL(driver->context, WOLFSSL_CRL_CHECKALL)) &&
                           fine(driver, wolfSSL_CTX_LoadCRLFile(driver->context, crl, WOLFSSL_FILETYPE_PEM)));
}

static bool
failed(struct driver *driver, int result)
{
    WOLFSSL_ALERT_HISTORY alerts;

    if (result > 0)
        return false;
    note(driver, wolfSSL_get_error(driver->ssl, result));
    if (wolfSSL_get_alert_history(driver->ssl, &alerts) == WOLFSSL_SUCCESS && alerts.last_rx.code > 0)
        json_array_append_new(driver->log, json_sprintf("received alert %d", alerts.last_rx.code));
    return true;
}

static bool
exchange(struct driver *driver)
{
    char line[64];

    if (failed(driver, driver->is_server ? wolfSSL_accept(driver->ssl) : wolfSSL_connect(driver->ssl)))
        return false;
    if (!driver->is_server && failed(driver, wolfSSL_write(driver->ssl, "hello\n", 6)))
        return false;
    if (failed(driver, wolfSSL_read(driver->ssl, line, sizeof line)))
        return false;
    return !driver->is_server || !failed(driver, wolfSSL_write(driver->ssl, "ok\n", 3));
}

static void
drive(const json_t *request)
{
    struct driver driver = {.is_server = lab_is(request, "role", "server"), .log = json_array()};
    const char *name = lab_text(request, "name");

    if (!set_up(&driver, request)) {
        lab_refuse(request, driver.log);
    } else {
        int fd = lab_connection(request);
        bool done = false;
        if (fd >= 0) {
            driver.ssl = wolfSSL_new(driver.context);
            wolfSSL_set_fd(driver.ssl, fd);
            if (!driver.is_server && name != NULL)
                wolfSSL_check_domain_name(driver.ssl, name);
            done = exchange(&driver);
            if (done)
                wolfSSL_shutdown(driver.ssl);
            wolfSSL_free(driver.ssl);
            close(fd);
        }
        lab_answer(request, json_pack("{s:b,s:o}", "handshake", done, "log", driver.log));
    }
    wolfSSL_CTX_free(driver.context);
}

int
main(void)
{
    json_t *request;

    wolfSSL_Init();
    lab_start(LIBWOLFSSL_VERSION_STRING);
    while ((request = lab_next()) != NULL) {
        drive(request);
        json_decref(request);
    }
    return 0;
}
