/*
 * A DER writer for tests: enough to spell out certificates and CRLs, correct ones and broken ones.
 *
 * Bytes grow in an arena. A constructed value is opened, filled and closed; its length is put in when it is closed.
 */
#ifndef MTL_TESTS_SUPPORT_DER_H
#define MTL_TESTS_SUPPORT_DER_H

#include "base/base.h"

enum {
    DER_BOOLEAN = 0x01,
    DER_INTEGER = 0x02,
    DER_BIT_STRING = 0x03,
    DER_OCTET_STRING = 0x04,
    DER_NULL = 0x05,
    DER_OID = 0x06,
    DER_ENUMERATED = 0x0a,
    DER_UTF8_STRING = 0x0c,
    DER_PRINTABLE_STRING = 0x13,
    DER_T61_STRING = 0x14,
    DER_IA5_STRING = 0x16,
    DER_UTC_TIME = 0x17,
    DER_GENERALIZED_TIME = 0x18,
    DER_UNIVERSAL_STRING = 0x1c,
    DER_BMP_STRING = 0x1e,
    DER_SEQUENCE = 0x30,
    DER_SET = 0x31,
    DER_CONTEXT = 0x80,     /* [0] IMPLICIT of a primitive; add the number */
    DER_CONSTRUCTED = 0xa0, /* [0] EXPLICIT, or IMPLICIT of a constructed type; add the number */
};

struct der {
    struct mtl_arena *arena;
    uint8_t *data;
    size_t size;
    size_t capacity;
};

struct der der_new(struct mtl_arena *arena);
struct mtl_slice der_slice(const struct der *der);

size_t der_open(struct der *der, unsigned tag); /* returns what der_close() wants */
void der_close(struct der *der, size_t start);

void der_raw(struct der *der, struct mtl_slice bytes); /* as they are */
void der_value(struct der *der, unsigned tag, struct mtl_slice content);
void der_text(struct der *der, unsigned tag, const char *content);
void der_integer(struct der *der, unsigned tag, int64_t value);
void der_true(struct der *der);
void der_null(struct der *der);
void der_oid(struct der *der, unsigned tag, const char *dotted); /* "2.5.29.15" */
/* A BIT STRING of named bits: bit 0 of mask is the first; trailing zero bits are left out (X.690 11.2.2). */
void der_named_bits(struct der *der, unsigned tag, unsigned mask);
void der_bit_string(struct der *der, struct mtl_slice octets);
/* UTCTime up to 2049, then GeneralizedTime (RFC 5280 4.1.2.5). */
void der_time(struct der *der, mtl_time time);
void der_time_as(struct der *der, unsigned tag, mtl_time time);

/* The bytes that a string of hexadecimal digits stands for; absent if it is not one. Colons are skipped. */
struct mtl_slice der_from_hex(struct mtl_arena *arena, const char *hex);

#endif
