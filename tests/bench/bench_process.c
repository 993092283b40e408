/*
 * Whole processes against each other: runs two commands alternately and compares the medians of their wall time.
 * bench_process OURS... -- THEIRS...: both run with output to /dev/null. OURS must exit with 1, THEIRS with 2, since
 * both reject the example.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "bench/bench.h"

#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { ROUNDS = 41 };

static double
run_us(char **command, const posix_spawn_file_actions_t *quiet, int expected_status)
{
    double start = bench_now_us();
    pid_t child;
    int status = 0;
    if (posix_spawnp(&child, command[0], quiet, NULL, command, environ) != 0 || waitpid(child, &status, 0) != child) {
        perror(command[0]);
        exit(2);
    }
    double end = bench_now_us();
    if (!WIFEXITED(status) || WEXITSTATUS(status) != expected_status) {
        fprintf(stderr, "%s ended with wait status %d\n", command[0], status);
        exit(2);
    }
    return end - start;
}

int
main(int argc, char **argv)
{
    int separator = 1;
    while (separator < argc && strcmp(argv[separator], "--") != 0)
        separator++;
    if (separator <= 1 || separator + 1 >= argc) {
        fprintf(stderr, "usage: bench_process OURS... -- THEIRS...\n");
        return 2;
    }
    argv[separator] = NULL;
    char **ours = argv + 1;
    char **theirs = argv + separator + 1;

    posix_spawn_file_actions_t quiet;
    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&quiet, STDERR_FILENO, "/dev/null", O_WRONLY, 0);

    double our_times[ROUNDS];
    double their_times[ROUNDS];
    run_us(ours, &quiet, 1); /* the page cache */
    run_us(theirs, &quiet, 2);
    for (size_t i = 0; i < ROUNDS; i++) {
        our_times[i] = run_us(ours, &quiet, 1);
        their_times[i] = run_us(theirs, &quiet, 2);
    }
    posix_spawn_file_actions_destroy(&quiet);
    bench_at_most("one pair of sides, whole process", "mtlslint handshake", bench_median(our_times, ROUNDS),
                  "openssl verify", bench_median(their_times, ROUNDS), 2.0);
    return 0;
}
