/*
 * Shared by the benchmarks: a clock, a median, and the one line each measure prints.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_BENCH_BENCH_H
#define MTL_BENCH_BENCH_H

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static inline double
bench_now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static inline int
bench_compare(const void *a, const void *b)
{
    const double *x = a;
    const double *y = b;
    return (*x > *y) - (*x < *y);
}

/* Sorts samples. */
static inline double
bench_median(double *samples, size_t count)
{
    qsort(samples, count, sizeof *samples, bench_compare);
    return samples[count / 2];
}

/* "what: ours 1.2 us, theirs 3.4 us, ratio 0.35 (target: at most 0.5)"; a missed target is marked. */
static inline void
bench_at_most(const char *what, const char *ours_name, double ours_us, const char *theirs_name, double theirs_us,
              double target)
{
    double ratio = ours_us / theirs_us;
    printf("%-34s %s %.1f us, %s %.1f us, ratio %.2f (target: at most %.2f)%s\n", what, ours_name, ours_us, theirs_name,
           theirs_us, ratio, target, ratio <= target ? "" : "  MISSED");
}

#endif
