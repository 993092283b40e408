/*
 * Mutations that keep the lengths right, so that they reach what lies deep inside: a flipped bit in a length is
 * refused by the outermost SEQUENCE and shows nothing.
 */
#ifndef MTL_TESTS_SUPPORT_CERT_JUDGE_MUTATE_H
#define MTL_TESTS_SUPPORT_CERT_JUDGE_MUTATE_H

#include "base/base.h"

/* The same sequence in every run. */
uint32_t random_below(uint64_t *seed, size_t limit);

/*
 * Takes der apart, values of OCTET STRINGs included, changes one to three of its items (tag, content, order, number,
 * form of the length) and puts it together again. Returns the bytes written to out, at most size.
 */
size_t der_mutate(uint64_t *seed, struct mtl_slice der, uint8_t *out, size_t size);

#endif
