/* GnuTLS as an ordinary application sets it up: automatic verification, and the alert helper on failure.
 * SPDX-License-Identifier: Apache-2.0 */
#include <gnutls/gnutls.h>
#include <string.h>
#include <unistd.h>

#include "lines.h"

struct driver {
    gnutls_certificate_credentials_t credentials;
    gnutls_session_t session;
    gnutls_datum_t ticket_key;
    bool is_server;
    json_t *log;
};

/* True if result is no error; otherwise it is written down. */
static bool
fine(struct driver *driver, int result)
{
    if (result >= 0)
        return true;
    json_array_append_new(driver->log, json_sprintf("%s: %s", gnutls_strerror_name(result), gnutls_strerror(result)));
    return false;
}

static bool
load(struct driver *driver, const json_t *request)
{
    const char *cert = lab_text(request, "cert"), *key = lab_text(request, "key");
    const char *trust = lab_text(request, "trust"), *crl = lab_text(request, "crl");
    gnutls_certificate_credentials_t to = driver->credentials;

    if (cert != NULL && key != NULL &&
        !fine(driver, gnutls_certificate_set_x509_key_file(to, cert, key, GNUTLS_X509_FMT_PEM)))
        return false;
    if (trust != NULL && !fine(driver, gnutls_certificate_set_x509_trust_file(to, trust, GNUTLS_X509_FMT_PEM)))
        return false;
    return crl == NULL || fine(driver, gnutls_certificate_set_x509_crl_file(to, crl, GNUTLS_X509_FMT_PEM));
}

static void
ask_client(struct driver *driver, const json_t *request)
{
    gnutls_certificate_request_t how = GNUTLS_CERT_IGNORE;
    if (lab_is(request, "verify", "required"))
        how = GNUTLS_CERT_REQUIRE;
    if (lab_is(request, "verify", "optional"))
        how = GNUTLS_CERT_REQUEST;
    gnutls_certificate_server_set_request(driver->session, how);
    if (how != GNUTLS_CERT_IGNORE)
        gnutls_session_set_verify_cert(driver->session, NULL, 0);
    gnutls_session_ticket_key_generate(&driver->ticket_key);
    gnutls_session_ticket_enable_server(driver->session, &driver->ticket_key);
}

static void
set_up(struct driver *driver, const json_t *request, int fd)
{
    const char *name = lab_text(request, "name");
    bool tls12 = lab_is(request, "tls", "1.2");

    gnutls_init(&driver->session, driver->is_server ? GNUTLS_SERVER : GNUTLS_CLIENT);
    gnutls_priority_set_direct(driver->session,
                               tls12 ? "NORMAL:-VERS-ALL:+VERS-TLS1.2" : "NORMAL:-VERS-ALL:+VERS-TLS1.3", NULL);
    gnutls_credentials_set(driver->session, GNUTLS_CRD_CERTIFICATE, driver->credentials);
    if (driver->is_server) {
        ask_client(driver, request);
    } else {
        if (name != NULL && lab_asks(request))
            gnutls_server_name_set(driver->session, GNUTLS_NAME_DNS, name, strlen(name));
        if (!lab_is(request, "verify", "none"))
            gnutls_session_set_verify_cert(driver->session, name, 0);
    }
    gnutls_transport_set_int(driver->session, fd);
    gnutls_handshake_set_timeout(driver->session, LAB_SECONDS * 1000);
    gnutls_record_set_timeout(driver->session, LAB_SECONDS * 1000);
}

static void
explain(struct driver *driver, int result)
{
    gnutls_datum_t text;

    fine(driver, result);
    if (result == GNUTLS_E_CERTIFICATE_VERIFICATION_ERROR || result == GNUTLS_E_CERTIFICATE_ERROR) {
        unsigned status = gnutls_session_get_verify_cert_status(driver->session);
        if (status != (unsigned)-1 && /* it did not come to a verification */
            gnutls_certificate_verification_status_print(status, GNUTLS_CRT_X509, &text, 0) >= 0) {
            json_array_append_new(driver->log, json_string((const char *)text.data));
            gnutls_free(text.data);
        }
    }
    if (result == GNUTLS_E_FATAL_ALERT_RECEIVED || result == GNUTLS_E_WARNING_ALERT_RECEIVED) {
        gnutls_alert_description_t alert = gnutls_alert_get(driver->session);
        json_array_append_new(driver->log,
                              json_sprintf("Received alert [%d]: %s", alert, gnutls_alert_get_name(alert)));
    }
}

static bool
exchange(struct driver *driver)
{
    char line[64];
    ssize_t result;

    do
        result = gnutls_handshake(driver->session);
    while (result < 0 && !gnutls_error_is_fatal((int)result));
    if (result >= 0 && !driver->is_server)
        result = gnutls_record_send(driver->session, "hello\n", 6);
    if (result >= 0) {
        do
            result = gnutls_record_recv(driver->session, line, sizeof line);
        while (result < 0 && !gnutls_error_is_fatal((int)result) && result != GNUTLS_E_TIMEDOUT);
        if (result == 0)
            result = GNUTLS_E_PREMATURE_TERMINATION;
    }
    if (result >= 0 && driver->is_server)
        result = gnutls_record_send(driver->session, "ok\n", 3);
    if (result >= 0) {
        gnutls_bye(driver->session, GNUTLS_SHUT_WR);
        return true;
    }
    explain(driver, (int)result);
    gnutls_alert_send_appropriate(driver->session, (int)result);
    return false;
}

static void
drive(const json_t *request)
{
    struct driver driver = {.is_server = lab_is(request, "role", "server"), .log = json_array()};

    gnutls_certificate_allocate_credentials(&driver.credentials);
    if (!load(&driver, request)) {
        lab_refuse(request, driver.log);
    } else {
        int fd = lab_connection(request);
        bool done = false;
        if (fd >= 0) {
            set_up(&driver, request, fd);
            done = exchange(&driver);
            gnutls_deinit(driver.session);
            close(fd);
        }
        lab_answer(request, json_pack("{s:b,s:o}", "handshake", done, "log", driver.log));
    }
    gnutls_free(driver.ticket_key.data);
    gnutls_certificate_free_credentials(driver.credentials);
}

int
main(void)
{
    json_t *request;

    lab_start(gnutls_check_version(NULL));
    while ((request = lab_next()) != NULL) {
        drive(request);
        json_decref(request);
    }
    return 0;
}
