/*
 * libcrypto and libtasn1 as judges of our certificate parser: whatever we accept they accept, and every field is the
 * same. Used by tests and by the fuzzer.
 */
#ifndef MTL_TESTS_SUPPORT_CERT_JUDGE_H
#define MTL_TESTS_SUPPORT_CERT_JUDGE_H

#include "cert/cert.h"
#include "cert/schema.h"

#include <openssl/x509.h>

enum cert_judgement {
    CERT_SAME,        /* all accept it with the same fields */
    CERT_BOTH_REFUSE, /* we and libcrypto */
    CERT_STRICTER,    /* libcrypto accepts it, we do not */
    CERT_DIFFERENT,   /* a defect: see difference */
};

/* Known differences, each with its reason in cert_laxity_text(). None of them changes a field. */
enum cert_laxity {
    CERT_LAX_X400,      /* libtasn1 looks into an x400Address, which we and libcrypto leave alone */
    CERT_LAX_BER_VALUE, /* libcrypto reads indefinite lengths and strings in pieces where we say malformed */
    CERT_LAX_SCT,       /* libcrypto looks into signed certificate timestamps, we only at their frames */
    CERT_LAX_COUNT
};
const char *cert_laxity_text(enum cert_laxity laxity);

struct cert_judge {
    struct mtl_schema *schema;
    size_t laxities[CERT_LAX_COUNT];
    char difference[1024]; /* after CERT_DIFFERENT: what differs */
    char refusal[512];     /* after CERT_BOTH_REFUSE and CERT_STRICTER: our words */
};

struct cert_judge *cert_judge_new(void);
void cert_judge_free(struct cert_judge *judge);

enum cert_judgement cert_judge(struct cert_judge *judge, struct mtl_slice der);

/* mtl_cert_may_issue() against X509_check_issued(). False: they differ, see difference. */
bool cert_judge_pair(struct cert_judge *judge, const struct mtl_cert *issuer, X509 *their_issuer,
                     const struct mtl_cert *subject, X509 *their_subject);

#endif
