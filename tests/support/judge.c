/* libcrypto as judge of a presented chain.
 * SPDX-License-Identifier: Apache-2.0 */
#include "support/judge.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

/* What SSL_get_security_level() says on Debian. */
#define SECURITY_LEVEL 2

/* Was everything up to the end of the text read? Forgets the error that the end left behind. */
static bool
at_end(void)
{
    unsigned long error = ERR_peek_last_error();
    bool end = error == 0 || (ERR_GET_LIB(error) == ERR_LIB_PEM && ERR_GET_REASON(error) == PEM_R_NO_START_LINE);
    ERR_clear_error();
    return end;
}

/* The certificates of a chain file as the peer receives them: DER, without auxiliary settings. */
static STACK_OF(X509) * read_presented(struct mtl_slice pem, bool *readable)
{
    STACK_OF(X509) *certs = sk_X509_new_null();
    BIO *bio = BIO_new_mem_buf(pem.data, (int)pem.size);
    X509 *cert;

    while ((cert = PEM_read_bio_X509(bio, NULL, NULL, NULL)) != NULL)
        sk_X509_push(certs, cert);
    *readable = at_end() && sk_X509_num(certs) > 0;
    BIO_free(bio);
    return certs;
}

/* As X509_load_cert_crl_file() does it. */
static bool
load(X509_STORE *store, struct mtl_slice pem)
{
    if (pem.size == 0)
        return true;
    BIO *bio = BIO_new_mem_buf(pem.data, (int)pem.size);
    STACK_OF(X509_INFO) *items = PEM_X509_INFO_read_bio(bio, NULL, NULL, NULL);
    bool done = items != NULL;

    for (int i = 0; done && i < sk_X509_INFO_num(items); i++) {
        const X509_INFO *item = sk_X509_INFO_value(items, i);
        if (item->x509 != NULL)
            done = X509_STORE_add_cert(store, item->x509) == 1;
        if (done && item->crl != NULL)
            done = X509_STORE_add_crl(store, item->crl) == 1;
    }
    sk_X509_INFO_pop_free(items, X509_INFO_free);
    BIO_free(bio);
    ERR_clear_error();
    return done;
}

/* What an application sets on its SSL: libssl hands it on with X509_VERIFY_PARAM_set1(). */
static X509_VERIFY_PARAM *
wishes(const struct judge_case *question)
{
    X509_VERIFY_PARAM *param = X509_VERIFY_PARAM_new();

    X509_VERIFY_PARAM_set_time(param, (time_t)question->now);
    if (question->depth >= 0)
        X509_VERIFY_PARAM_set_depth(param, question->depth);
    if (question->check_revocation)
        X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL);
    if (question->host != NULL && X509_VERIFY_PARAM_set1_ip_asc(param, question->host) != 1)
        X509_VERIFY_PARAM_set1_host(param, question->host, 0);
    ERR_clear_error();
    return param;
}

static struct judge_verdict
verify(X509_STORE *store, STACK_OF(X509) * presented, const struct judge_case *question)
{
    X509_STORE_CTX *context = X509_STORE_CTX_new();
    X509_VERIFY_PARAM *wanted = wishes(question);
    struct judge_verdict verdict = {.readable = true};

    X509_STORE_CTX_init(context, store, sk_X509_value(presented, 0), presented);
    X509_VERIFY_PARAM *param = X509_STORE_CTX_get0_param(context);
    X509_VERIFY_PARAM_set_auth_level(param, SECURITY_LEVEL);
    X509_STORE_CTX_set_default(context, question->subject == MTL_CLIENT ? "ssl_client" : "ssl_server");
    X509_VERIFY_PARAM_set1(param, wanted);
    verdict.accepted = X509_verify_cert(context) == 1;
    verdict.code = X509_STORE_CTX_get_error(context);
    verdict.depth = X509_STORE_CTX_get_error_depth(context);
    X509_STORE_CTX_free(context);
    X509_VERIFY_PARAM_free(wanted);
    ERR_clear_error();
    return verdict;
}

struct judge_verdict
judge(const struct judge_case *question)
{
    struct judge_verdict verdict = {0};
    X509_STORE *store = X509_STORE_new();
    bool readable;
    STACK_OF(X509) *presented = read_presented(question->presented, &readable);

    if (readable && load(store, question->trusted) && load(store, question->crls))
        verdict = verify(store, presented, question);
    sk_X509_pop_free(presented, X509_free);
    X509_STORE_free(store);
    return verdict;
}
