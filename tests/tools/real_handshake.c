/* real_handshake CASE...: runs scenarios of fixtures/handshake with libssl on both sides and prints what happened.
 * SPDX-License-Identifier: Apache-2.0 */
#include "support/real_handshake.h"

#include <stdio.h>

int
main(int argc, char **argv)
{
    struct mtl_arena *arena = mtl_arena_new();
    int status = 0;

    for (int i = 1; i < argc; i++) {
        struct handshake_case scenario;
        struct mtl_error error;
        if (!handshake_case_load(arena, argv[i], &scenario, &error)) {
            fprintf(stderr, "%s:%u: %s\n", error.path, error.line, error.message);
            status = 2;
            continue;
        }
        for (int tls = MTL_TLS12; tls <= MTL_TLS13; tls++) {
            struct real_handshake real = real_handshake_run(arena, &scenario, (enum mtl_tls)tls);
            real_handshake_dump(&real, &scenario, (enum mtl_tls)tls);
        }
    }
    mtl_arena_free(arena);
    return status;
}
