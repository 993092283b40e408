/* Seeded random numbers, the same in every run. SPDX-License-Identifier: Apache-2.0 */
#ifndef MTL_TEST_RANDOM_H
#define MTL_TEST_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct test_random {
    uint64_t state;
};

/* 0 to limit - 1 */
static inline size_t
random_below(struct test_random *random, size_t limit)
{
    random->state = random->state * 6364136223846793005U + 1442695040888963407U;
    return (size_t)(random->state >> 33) % limit;
}

static inline bool
random_chance(struct test_random *random, unsigned percent)
{
    return random_below(random, 100) < percent;
}

#define RANDOM_PICK(random, array) ((array)[random_below((random), sizeof(array) / sizeof(*(array)))])

#endif
