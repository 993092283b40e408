/*
 * The part of mtl_cert_is_odd() that looks into names, and what it is made of. Internal to src/cert.
 */
#ifndef MTL_CERT_ODD_NAMES_H
#define MTL_CERT_ODD_NAMES_H

#include "cert/oddities.h"

static inline bool
mtl_is_ascii(uint8_t c)
{
    return c < 0x80;
}

static inline bool
mtl_is_digit(uint8_t c)
{
    return c >= '0' && c <= '9';
}

static inline bool
mtl_consists_of(struct mtl_slice text, bool (*belongs)(uint8_t c))
{
    for (size_t i = 0; i < text.size; i++)
        if (!belongs(text.data[i]))
            return false;
    return true;
}

/* MTL_ODD_ALT_NAME_*, of names of this type. */
bool mtl_has_odd_alt_name(const struct mtl_cert *cert, enum mtl_oddity oddity, unsigned type);
/* MTL_ODD_CONSTRAINT_*, of subtrees of this type. */
bool mtl_has_odd_constraint(const struct mtl_cert *cert, enum mtl_oddity oddity, unsigned type);

#endif
