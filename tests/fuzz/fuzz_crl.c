/* CRLs against libcrypto: what we read it reads, with the same fields and entries. SPDX-License-Identifier: Apache-2.0
 */
#include "cert/cert.h"
#include "fuzz/der_mutator.h"

#include <openssl/err.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>

#define MAX_LOOKUPS 8

static void
require(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "not as in libcrypto: %s\n", what);
    abort();
}

static bool
is_same_time(mtl_time ours, const ASN1_TIME *judge)
{
    return judge != NULL && ASN1_TIME_cmp_time_t(judge, (time_t)ours) == 0;
}

/* A certificate of the CRL's issuer with this serial, as far as a look-up needs one: by us and by libcrypto. */
static void
check_lookup(const struct mtl_crl *crl, X509_CRL *judge, struct mtl_slice serial)
{
    struct mtl_arena *arena = mtl_arena_new();
    struct mtl_slice issuer = mtl_crl_bytes(crl, crl->issuer);
    struct mtl_text bytes = {.arena = arena};
    ASN1_INTEGER *number = ASN1_INTEGER_new();
    X509 *cert = X509_new();
    X509_REVOKED *entry;
    bool is_negative = serial.size > 0 && (serial.data[0] & 0x80) != 0;

    mtl_text_bytes(&bytes, serial);
    mtl_text_bytes(&bytes, issuer);
    struct mtl_cert ours = {
        .der = mtl_slice_of(bytes.text, bytes.size),
        .serial = {.offset = 0, .size = (uint32_t)serial.size},
        .issuer = {.offset = (uint32_t)serial.size, .size = (uint32_t)issuer.size},
    };
    if (!is_negative && ASN1_STRING_set(number, serial.data, (int)serial.size) == 1) {
        /* libcrypto keeps magnitudes without the octet that only carries the sign. */
        bool has_sign_octet = serial.size > 1 && serial.data[0] == 0;
        ASN1_STRING_set(number, serial.data + has_sign_octet, (int)(serial.size - has_sign_octet));
        X509_set_serialNumber(cert, number);
        X509_set_issuer_name(cert, X509_CRL_get_issuer(judge));
        require(mtl_crl_revokes(crl, &ours, NULL) == (X509_CRL_get0_by_cert(judge, &entry, cert) == 1), "look-up");
    }
    ASN1_INTEGER_free(number);
    X509_free(cert);
    mtl_arena_free(arena);
}

static void
check_crl(const struct mtl_crl *crl, X509_CRL *judge)
{
    unsigned char *issuer = NULL;
    int size = i2d_X509_NAME(X509_CRL_get_issuer(judge), &issuer);
    const STACK_OF(X509_REVOKED) *revoked = X509_CRL_get_REVOKED(judge);
    const ASN1_TIME *next = X509_CRL_get0_nextUpdate(judge);

    require(mtl_slice_equal(mtl_crl_bytes(crl, crl->issuer), mtl_slice_of(issuer, (size_t)size)), "issuer");
    OPENSSL_free(issuer);
    require(is_same_time(crl->this_update, X509_CRL_get0_lastUpdate(judge)), "thisUpdate");
    require(crl->has_next_update == (next != NULL), "nextUpdate's presence");
    require(next == NULL || is_same_time(crl->next_update, next), "nextUpdate");
    require(crl->revoked_count == (revoked == NULL ? 0 : (uint32_t)sk_X509_REVOKED_num(revoked)), "number of entries");
    /* libcrypto reads indefinite lengths inside extensions, we never do; then the entries mean something else. */
    for (uint32_t i = 0; !crl->malformed_entry && i < crl->revoked_count && i < MAX_LOOKUPS; i++)
        check_lookup(crl, judge, crl->entries[i].serial);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mtl_arena *arena = mtl_arena_new();
    const unsigned char *at = data;
    const struct mtl_crl *crl;
    struct mtl_error error;

    if (mtl_crl_parse(arena, mtl_slice_of(data, size), &crl, &error)) {
        X509_CRL *judge = d2i_X509_CRL(NULL, &at, (long)size);
        require(judge != NULL && at == data + size, "it does not decode");
        check_crl(crl, judge);
        X509_CRL_free(judge);
        ERR_clear_error();
    }
    mtl_arena_free(arena);
    return 0;
}
