/*
 * libcrypto as judge: X509_verify_cert() set up as libssl sets it up for the peer's certificate
 * (ssl_verify_cert_chain()).
 *
 * Everything is read from PEM by libcrypto's own readers, so that a difference in reading shows as well.
 */
#ifndef MTL_TESTS_SUPPORT_JUDGE_H
#define MTL_TESTS_SUPPORT_JUDGE_H

#include "base/base.h"
#include "path/path.h"

struct judge_case {
    struct mtl_slice presented; /* PEM; the first certificate is judged, all are untrusted helpers */
    struct mtl_slice trusted;   /* PEM: certificates, with auxiliary trust, and CRLs, in load order */
    struct mtl_slice crls;      /* PEM; may be absent */
    enum mtl_role subject;      /* whose certificate is judged */
    const char *host;           /* DNS name or address; NULL: not checked */
    bool check_revocation;
    int depth; /* -1: the library's default */
    mtl_time now;
};

struct judge_verdict {
    bool readable; /* libcrypto could decode all that was given; otherwise the rest says nothing */
    bool accepted;
    int code; /* X509_V_ERR_* */
    int depth;
};

struct judge_verdict judge(const struct judge_case *question);

#endif
