/* NSS as an ordinary application uses it: a certificate database, certificates trusted as certutil -t CT,, does, and
 * the library's own hooks for the peer's certificate and for the client's.
 * SPDX-License-Identifier: Apache-2.0 */
#include <cert.h>
#include <ftw.h>
#include <nss.h>
#include <nssb64.h>
#include <pk11pub.h>
#include <prerror.h>
#include <prio.h>
#include <private/pprio.h>
#include <secerr.h>
#include <ssl.h>
#include <sslproto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lines.h"

enum { LARGEST_FILE = 4 << 20 };

/* Of one request. NSS keeps every certificate it has seen: each request has a process and a database of its own. */
struct driver {
    char folder[32]; /* of the database */
    PK11SlotInfo *slot;
    CERTCertificate *leaf; /* own; NULL: none */
    SECKEYPrivateKey *key;
    PRFileDesc *ssl; /* until the connection there is, the model for it */
    bool is_server;
    json_t *log;
};

typedef bool (*import)(struct driver *driver, SECItem *der);

static bool
failed(struct driver *driver)
{
    PRErrorCode error = PR_GetError();
    const char *name = PR_ErrorToName(error);

    json_array_append_new(driver->log, json_sprintf("%s: %s", name == NULL ? "no error" : name,
                                                    PR_ErrorToString(error, PR_LANGUAGE_I_DEFAULT)));
    return false;
}

/* ---- files ---------------------------------------------------------------------------------------------------- */

/* Hands all blocks of PEM with that label in a file to the import; false at the first that fails. */
static bool
import_blocks(struct driver *driver, const char *path, const char *label, import one)
{
    static char text[LARGEST_FILE];
    char begin[64], end[64];
    bool good = true;
    FILE *file = path == NULL ? NULL : fopen(path, "r");

    if (file == NULL)
        return path == NULL;
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    snprintf(begin, sizeof begin, "-----BEGIN %s-----", label);
    snprintf(end, sizeof end, "-----END %s-----", label);
    for (char *block = text; good && (block = strstr(block, begin)) != NULL;) {
        char *from = block + strlen(begin), *to = strstr(from, end);
        if (to == NULL)
            return true;
        SECItem *der = NSSBase64_DecodeBuffer(NULL, NULL, from, (PRUint32)(to - from));
        good = der != NULL ? one(driver, der) : failed(driver);
        SECITEM_FreeItem(der, PR_TRUE);
        block = to + 1;
    }
    return good;
}

static CERTCertificate *
store_certificate(struct driver *driver, SECItem *der)
{
    static unsigned count;
    char nickname[32];
    CERTCertificate *cert = CERT_DecodeCertFromPackage((char *)der->data, (int)der->len);

    snprintf(nickname, sizeof nickname, "certificate %u", count++);
    if (cert == NULL || PK11_ImportCert(driver->slot, cert, CK_INVALID_HANDLE, nickname, PR_FALSE) != SECSuccess) {
        failed(driver);
        return NULL;
    }
    return cert;
}

static bool
import_trusted(struct driver *driver, SECItem *der)
{
    CERTCertTrust trust;
    CERTCertificate *cert = store_certificate(driver, der);

    if (cert == NULL)
        return false;
    CERT_DecodeTrustString(&trust, "CT,,");
    return CERT_ChangeCertTrust(CERT_GetDefaultCertDB(), cert, &trust) == SECSuccess || failed(driver);
}

static bool
import_own(struct driver *driver, SECItem *der)
{
    CERTCertificate *cert = store_certificate(driver, der);

    if (driver->leaf == NULL)
        driver->leaf = cert;
    return cert != NULL;
}

static bool
import_key(struct driver *driver, SECItem *der)
{
    SECItem nickname = {siBuffer, (unsigned char *)"key", 3};

    PR_SetError(0, 0);
    return PK11_ImportDERPrivateKeyInfoAndReturnKey(driver->slot, der, &nickname, NULL, PR_TRUE, PR_TRUE, KU_ALL, NULL,
                                                    NULL) == SECSuccess ||
           failed(driver);
}

static bool
load(struct driver *driver, const json_t *request)
{
    if (!import_blocks(driver, lab_text(request, "key"), "PRIVATE KEY", import_key) ||
        !import_blocks(driver, lab_text(request, "cert"), "CERTIFICATE", import_own) ||
        !import_blocks(driver, lab_text(request, "trust"), "CERTIFICATE", import_trusted))
        return false;
    if (driver->leaf == NULL)
        return true;
    driver->key = PK11_FindKeyByAnyCert(driver->leaf, NULL);
    return driver->key != NULL || failed(driver);
}

/* ---- the handshake -------------------------------------------------------------------------------------------- */

static SECStatus
accept_anything(void *arg, PRFileDesc *fd, PRBool checks_signature, PRBool is_server)
{
    (void)arg, (void)fd, (void)checks_signature, (void)is_server;
    return SECSuccess;
}

static bool
set_up_server(struct driver *driver, const json_t *request)
{
    bool asks = !lab_is(request, "verify", "none"), needs = lab_is(request, "verify", "required");

    return SSL_ConfigServerSessionIDCache(0, 0, 0, NULL) == SECSuccess &&
           (driver->leaf == NULL ||
            SSL_ConfigServerCert(driver->ssl, driver->leaf, driver->key, NULL, 0) == SECSuccess) &&
           SSL_OptionSet(driver->ssl, SSL_ENABLE_SESSION_TICKETS, PR_TRUE) == SECSuccess &&
           SSL_OptionSet(driver->ssl, SSL_REQUEST_CERTIFICATE, asks) == SECSuccess &&
           SSL_OptionSet(driver->ssl, SSL_REQUIRE_CERTIFICATE, needs ? SSL_REQUIRE_ALWAYS : SSL_REQUIRE_NEVER) ==
               SECSuccess;
}

static bool
set_up_client(struct driver *driver, const json_t *request)
{
    const char *name = lab_text(request, "name");

    if (lab_is(request, "verify", "none"))
        SSL_AuthCertificateHook(driver->ssl, accept_anything, NULL);
    SSL_GetClientAuthDataHook(driver->ssl, NSS_GetClientAuthData, NULL);
    return name == NULL || SSL_SetURL(driver->ssl, name) == SECSuccess;
}

static bool
set_up(struct driver *driver, const json_t *request)
{
    uint16_t tls = lab_is(request, "tls", "1.2") ? SSL_LIBRARY_VERSION_TLS_1_2 : SSL_LIBRARY_VERSION_TLS_1_3;
    SSLVersionRange versions = {tls, tls};

    NSS_SetDomesticPolicy();
    driver->ssl = SSL_ImportFD(NULL, PR_NewTCPSocket());
    return (load(driver, request) && SSL_VersionRangeSet(driver->ssl, &versions) == SECSuccess &&
            (driver->is_server ? set_up_server : set_up_client)(driver, request)) ||
           (json_array_size(driver->log) == 0 && failed(driver));
}

static bool
exchange(struct driver *driver)
{
    char line[64];
    PRIntervalTime limit = PR_SecondsToInterval(LAB_SECONDS);
    bool good = SSL_ForceHandshakeWithTimeout(driver->ssl, limit) == SECSuccess &&
                (driver->is_server || PR_Send(driver->ssl, "hello\n", 6, 0, limit) == 6);

    if (!good)
        return failed(driver);
    PRInt32 size = PR_Recv(driver->ssl, line, sizeof line, 0, limit);
    if (size == 0)
        PR_SetError(PR_END_OF_FILE_ERROR, 0);
    return (size > 0 && (!driver->is_server || PR_Send(driver->ssl, "ok\n", 3, 0, limit) == 3)) || failed(driver);
}

static bool
run(struct driver *driver, const json_t *request)
{
    int fd = lab_connection(request);
    if (fd < 0)
        return false;

    driver->ssl = SSL_ImportFD(driver->ssl, PR_ImportTCPSocket(fd));
    SSL_ResetHandshake(driver->ssl, driver->is_server);
    bool done = exchange(driver);
    PR_Close(driver->ssl);
    return done;
}

static int
forget(const char *path, const struct stat *status, int kind, struct FTW *where)
{
    (void)status, (void)kind, (void)where;
    return remove(path);
}

static void
drive(const json_t *request)
{
    struct driver driver = {
        .folder = "/dev/shm/nss-XXXXXX", .is_server = lab_is(request, "role", "server"), .log = json_array()};
    bool done = false, ready = mkdtemp(driver.folder) != NULL && NSS_InitReadWrite(driver.folder) == SECSuccess;

    driver.slot = PK11_GetInternalKeySlot();
    ready =
        ((ready && PK11_InitPin(driver.slot, NULL, NULL) == SECSuccess) || failed(&driver)) && set_up(&driver, request);
    if (ready)
        done = run(&driver, request);
    nftw(driver.folder, forget, 4, FTW_DEPTH | FTW_PHYS);
    if (ready)
        lab_answer(request, json_pack("{s:b,s:o}", "handshake", done, "log", driver.log));
    else
        lab_refuse(request, driver.log);
}

int
main(void)
{
    json_t *request;

    lab_start(NSS_GetVersion());
    while ((request = lab_next()) != NULL) {
        pid_t child = fork();
        if (child == 0) {
            alarm(10 * LAB_SECONDS); /* a client whose own certificates form a loop never ends */
            drive(request);
            _exit(0);
        }
        waitpid(child, NULL, 0);
        json_decref(request);
    }
    return 0;
}
