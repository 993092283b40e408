/*
 * libssl against itself in memory: what really happens in a scenario.
 */
#ifndef MTL_TESTS_SUPPORT_REAL_HANDSHAKE_H
#define MTL_TESTS_SUPPORT_REAL_HANDSHAKE_H

#include "base/base.h"
#include "stack/stack.h"
#include "support/handshake_case.h"

#define REAL_MAX_SENT 16

struct real_side {
    bool started;    /* its files were loaded */
    bool finished;   /* SSL_connect or SSL_accept returned success */
    bool failed;     /* then or later, a call failed */
    int alert_sent;  /* fatal alert, -1: none */
    int alert_heard; /* likewise */
    long verify_result;
    int verify_depth;                     /* of the verify callback's last error; -1: none */
    const char *errors[8];                /* the error queue as ERR_error_string_n() writes it; NULL-terminated */
    const char *last_message;             /* the last handshake message received, "Certificate" */
    bool sent_certificate;                /* a Certificate message with at least one certificate */
    bool was_asked;                       /* client: a CertificateRequest came */
    struct mtl_slice sent[REAL_MAX_SENT]; /* DER of the certificates sent */
    size_t sent_count;
};

struct real_handshake {
    struct real_side sides[2]; /* by enum mtl_role */
    bool established;
    bool rejected;
    enum mtl_role rejected_by;
    bool local;           /* the rejecting side did not start */
    int alert;            /* as heard by the other side; -1: none */
    bool after_handshake; /* SSL_connect had returned before the client learned of it */
};

struct real_handshake real_handshake_run(struct mtl_arena *arena, const struct handshake_case *scenario,
                                         enum mtl_tls tls);
/* All of it, for a person. */
void real_handshake_dump(const struct real_handshake *real, const struct handshake_case *scenario, enum mtl_tls tls);

#endif
