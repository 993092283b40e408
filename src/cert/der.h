/*
 * A reader for DER (X.690): steps over tag-length-value items without copying. Internal to src/cert.
 *
 * A reader is two pointers into bytes somebody else owns. Every function either reads one item and steps over it, or
 * returns false, notes what is wrong and where, and leaves the reader where it was.
 *
 * Strict is the default: definite, minimal lengths; BOOLEAN 00 or FF; unused bits zero. Extension values are read
 * relaxed: what OpenSSL reads although it is not DER is read the same way and noted in `deviates`, because one stack
 * accepts it and the next one does not. Never read, in neither mode: indefinite lengths and strings in pieces.
 */
#ifndef MTL_CERT_DER_H
#define MTL_CERT_DER_H

#include "base/base.h"

/* Identifier octets as written. */
enum {
    MTL_DER_BOOLEAN = 0x01,
    MTL_DER_INTEGER = 0x02,
    MTL_DER_BIT_STRING = 0x03,
    MTL_DER_OCTET_STRING = 0x04,
    MTL_DER_NULL = 0x05,
    MTL_DER_OID = 0x06,
    MTL_DER_ENUMERATED = 0x0a,
    MTL_DER_UTF8_STRING = 0x0c,
    MTL_DER_NUMERIC_STRING = 0x12,
    MTL_DER_PRINTABLE_STRING = 0x13,
    MTL_DER_TELETEX_STRING = 0x14,
    MTL_DER_IA5_STRING = 0x16,
    MTL_DER_UTC_TIME = 0x17,
    MTL_DER_GENERALIZED_TIME = 0x18,
    MTL_DER_VISIBLE_STRING = 0x1a,
    MTL_DER_UNIVERSAL_STRING = 0x1c,
    MTL_DER_BMP_STRING = 0x1e,
    MTL_DER_SEQUENCE = 0x30,
    MTL_DER_SET = 0x31,
    MTL_DER_CONSTRUCTED = 0x20,
    MTL_DER_CONTEXT = 0x80,             /* MTL_DER_CONTEXT | n: [n] IMPLICIT of a primitive type */
    MTL_DER_CONTEXT_CONSTRUCTED = 0xa0, /* [n] EXPLICIT, or [n] IMPLICIT of a constructed type */
};

/* What a reader and all readers entered from it share. Zero is a strict start. */
struct mtl_der_notes {
    bool relaxed;            /* set by the caller: read what OpenSSL reads */
    bool deviates;           /* relaxed only: something was not DER */
    const char *fault;       /* the first thing that was wrong: a phrase; NULL if nothing was */
    const uint8_t *fault_at; /* the item it is about */
};

struct mtl_der {
    const uint8_t *at, *end;
    struct mtl_der_notes *notes; /* may be NULL: strict, and nobody asks why */
};

struct mtl_der_item {
    uint32_t tag;             /* the identifier octet; for tag numbers above 30 (number << 8 | first octet) */
    struct mtl_slice whole;   /* with header */
    struct mtl_slice content; /* never NULL, may be empty */
};

/* A BIT STRING's value: bits are counted from the most significant of the first octet. */
struct mtl_der_bits {
    struct mtl_slice octets; /* relaxed: unused bits may be set, see mtl_der_bits16() */
    uint8_t unused;          /* of the last octet, 0 to 7 */
};

struct mtl_der mtl_der_reader(struct mtl_slice bytes, struct mtl_der_notes *notes);
/* Nothing is left. */
bool mtl_der_is_done(const struct mtl_der *der);
/* Is the next identifier octet this one? False at the end. */
bool mtl_der_is_next(const struct mtl_der *der, uint32_t tag);
/* Notes a fault at the reader's place and returns false. */
bool mtl_der_fault(const struct mtl_der *der, const char *what);
/* Not DER: fine for a relaxed reader, which notes it, a fault for a strict one. */
bool mtl_der_deviates(const struct mtl_der *der, const char *what);
/* Are these elements of a SET OF in the order of X.690 11.6? */
bool mtl_der_is_sorted(struct mtl_slice elements);

/* Any item, content not looked at. */
bool mtl_der_next(struct mtl_der *der, struct mtl_der_item *item);
/* An item of this tag, content not looked at. */
bool mtl_der_take(struct mtl_der *der, uint32_t tag, struct mtl_der_item *item);
/* A constructed item of this tag (MTL_DER_CONSTRUCTED included); inner reads its content. */
bool mtl_der_enter(struct mtl_der *der, uint32_t tag, struct mtl_der *inner);
/* The same for SEQUENCE OF and SET OF, of which OpenSSL does not check the constructed bit. */
bool mtl_der_enter_list(struct mtl_der *der, uint32_t tag, struct mtl_der *inner);
/* Would mtl_der_enter_list() find its tag? */
bool mtl_der_is_list(const struct mtl_der *der, uint32_t tag);
/* Is the whole content read? A fault if not. */
bool mtl_der_leave(const struct mtl_der *inner);

/* Content octets of an OBJECT IDENTIFIER: complete, minimal subidentifiers (X.690 8.19). */
bool mtl_der_oid(struct mtl_der *der, uint32_t tag, struct mtl_slice *content);
/* Content octets of an INTEGER or ENUMERATED: two's complement, minimal (X.690 8.3). */
bool mtl_der_integer(struct mtl_der *der, uint32_t tag, struct mtl_slice *content);
bool mtl_der_boolean(struct mtl_der *der, uint32_t tag, bool *value);
bool mtl_der_bit_string(struct mtl_der *der, uint32_t tag, struct mtl_der_bits *bits);
bool mtl_der_null(struct mtl_der *der);
/* Any value whose primitive universal type is checked (ANY in AlgorithmIdentifier and otherName). */
bool mtl_der_any(struct mtl_der *der, struct mtl_der_item *item);

/* UTCTime or GeneralizedTime in the forms of RFC 5280 4.1.2.5: seconds present, no fraction, "Z"; a date that exists.
 */
bool mtl_der_time(struct mtl_der *der, mtl_time *time);

/* Bits 0 to 15 as a mask, bit 0 of the string as 1 << 0; unused bits count as zero. */
uint16_t mtl_der_bits16(const struct mtl_der_bits *bits);
/* An INTEGER's content as a number: negative becomes -1, anything above limit becomes limit (at most 2^54). */
int64_t mtl_der_small(struct mtl_slice integer, int64_t limit);

#endif
