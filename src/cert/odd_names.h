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

/* No label is empty, but for the whole name, nor is one other than visible ASCII. */
bool mtl_is_domain(struct mtl_slice name);

/* RFC 5321 4.1.2, but for what may stand behind the "@": any domain, see mtl_is_domain(). */
enum mtl_mailbox {
    MTL_MAILBOX_NONE,
    MTL_MAILBOX_PLAIN,
    MTL_MAILBOX_QUOTED, /* or escaped, and not taken apart here */
};
enum mtl_mailbox mtl_mailbox_read(struct mtl_slice mailbox, struct mtl_slice *local, struct mtl_slice *domain);

/* See MTL_ODD_EMPTY_NAME. */
bool mtl_cert_has_empty_name(const struct mtl_cert *cert, enum mtl_extension extension);
/* MTL_ODD_ALT_NAME_*, of names of this type. */
bool mtl_has_odd_alt_name(const struct mtl_cert *cert, enum mtl_oddity oddity, unsigned type);
/* MTL_ODD_CONSTRAINT_*, of subtrees of this type. */
bool mtl_has_odd_constraint(const struct mtl_cert *cert, enum mtl_oddity oddity, unsigned type);

#endif
