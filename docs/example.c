/*
 * Will this client and this server accept each other's certificates? The smallest program that asks the library.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <mtlslint.h>
#include <stdio.h>
#include <time.h>

int
main(void)
{
    const struct mtl_handshake_request request = {
        .client = {.cert = "orders/chain.pem", .key = "orders/example-key.pem", .trust = "orders/trust.pem"},
        .server = {.cert = "payments/chain.pem",
                   .key = "payments/example-key.pem",
                   .trust = "payments/trust/clients-2025.pem"},
        .server_name = "payments.acme.example",
        .now = time(NULL),
    };
    struct mtl_session *session = mtl_session_new();
    const struct mtl_handshake *handshake;
    if (!mtl_handshake(session, &request, &handshake)) {
        fprintf(stderr, "%s\n", mtl_session_error(session));
        mtl_session_free(session);
        return 2;
    }
    for (size_t i = 0; i < mtl_handshake_count(handshake); i++) {
        struct mtl_prediction prediction;
        mtl_handshake_prediction(handshake, i, &prediction);
        printf("TLS %s: %s", prediction.tls, prediction.outcome);
        if (prediction.rejected_by != NULL && prediction.alert_name != NULL)
            printf(" by the %s with %s, because of %s", prediction.rejected_by, prediction.alert_name,
                   prediction.reason);
        printf("\n");
    }
    mtl_session_free(session);
    return 0;
}
