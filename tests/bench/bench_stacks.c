/*
 * The cost of all stacks against that of one: files loaded, both versions predicted, the report written, in one
 * process. bench_stacks CLIENT-CERT SERVER-CERT CLIENT-TRUST SERVER-TRUST SERVER-NAME.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "bench/bench.h"
#include "mtlslint.h"

enum { ROUNDS = 101, AT = 1780272000 /* 2026-06-01 */ };

static bool
discard(void *context, const char *bytes, size_t size)
{
    (void)bytes;
    *(size_t *)context += size;
    return true;
}

static double
run_us(struct mtl_handshake_request request, const char *client_stack, const char *server_stack)
{
    const struct mtl_report_options text = {.format = "text"};
    const struct mtl_handshake *handshake;
    size_t written = 0;
    request.client.stack = client_stack;
    request.server.stack = server_stack;

    double start = bench_now_us();
    struct mtl_session *session = mtl_session_new();
    if (!mtl_handshake(session, &request, &handshake) ||
        !mtl_report_handshake(session, handshake, &text, discard, &written) || written == 0) {
        fprintf(stderr, "bench_stacks: %s\n", mtl_session_error(session));
        exit(2);
    }
    mtl_session_free(session);
    return bench_now_us() - start;
}

/* Alternately, so that a busy machine slows both down. */
static void
compare(const struct mtl_handshake_request *request, const char *what, const char *client_stack,
        const char *server_stack, double target)
{
    double all[ROUNDS], one[ROUNDS];

    for (size_t i = 0; i < ROUNDS; i++) {
        all[i] = run_us(*request, client_stack, server_stack);
        one[i] = run_us(*request, NULL, NULL);
    }
    bench_at_most(what, "all", bench_median(all, ROUNDS), "one stack", bench_median(one, ROUNDS), target);
}

int
main(int argc, char **argv)
{
    if (argc != 6) {
        fprintf(stderr, "usage: bench_stacks CLIENT-CERT SERVER-CERT CLIENT-TRUST SERVER-TRUST SERVER-NAME\n");
        return 2;
    }
    const struct mtl_handshake_request request = {
        .client = {.cert = argv[1], .trust = argv[3]},
        .server = {.cert = argv[2], .trust = argv[4]},
        .server_name = argv[5],
        .now = AT,
    };
    (void)run_us(request, "all", "all"); /* the page cache */
    compare(&request, "all client stacks, both versions", "all", NULL, 5);
    compare(&request, "all server stacks, both versions", NULL, "all", 5);
    compare(&request, "all pairs of stacks, both versions", "all", "all", 5);
    return 0;
}
