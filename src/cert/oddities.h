/*
 * What decodes here, because OpenSSL takes it, and what other readers refuse or read differently.
 */
#ifndef MTL_CERT_ODDITIES_H
#define MTL_CERT_ODDITIES_H

#include "cert/cert.h"

/*
 * `value` narrows some of them: to one extension (enum mtl_extension), to one kind of name (enum
 * mtl_general_name_type), to a size in bits.
 */
enum mtl_oddity {
    MTL_ODD_NOTHING,
    MTL_ODD_VERSION,             /* neither 1 nor 2 nor 3 */
    MTL_ODD_OLD_WITH_EXTENSIONS, /* extensions, but not version 3 (RFC 5280 4.1.2.9); value: 1, 2: that or above; 0: 1,
                                    2 */
    MTL_ODD_NEGATIVE_SERIAL,
    /* subject or issuer */
    MTL_ODD_ATTRIBUTE_ARC,    /* an attribute type with an arc of 2^31 or more */
    MTL_ODD_PRINTABLE_STRING, /* characters outside of X.680 41.4; "*" and "&" are let in */
    MTL_ODD_IA5_STRING,
    MTL_ODD_NUMERIC_STRING,
    MTL_ODD_STRING_TYPE, /* none of Printable, UTF8, IA5, Numeric, Teletex and BMPString */
    /* the key */
    MTL_ODD_RSA_PARAMETERS,     /* other than NULL (RFC 3279 2.3.1) */
    MTL_ODD_RSA_KEY,            /* not two INTEGERs in DER, or an exponent of more than 63 bits */
    MTL_ODD_RSA_SIGN,           /* the modulus is not positive */
    MTL_ODD_RSA_NUMBERS,        /* even ones, an exponent below 3 or of more than 31 bits */
    MTL_ODD_RSA_BELOW,          /* value: bits */
    MTL_ODD_RSA_ABOVE,          /* value: bits */
    MTL_ODD_EC_FORM,            /* not an uncompressed point (SEC 1 2.3.3) */
    MTL_ODD_EC_POINT,           /* not on its curve */
    MTL_ODD_DSA_PARAMETERS,     /* missing */
    MTL_ODD_ED25519_PARAMETERS, /* there are some (RFC 8410 3) */
    MTL_ODD_ED25519_SIZE,       /* not of 32 octets */
    MTL_ODD_KEY_TYPE,           /* value: enum mtl_key_type */
    MTL_ODD_KEY,                /* of an unknown algorithm, or without a size */
    MTL_ODD_KEY_UNUSABLE,       /* value: enum mtl_key_type; OpenSSL cannot decode it */
    /* extensions */
    MTL_ODD_EXTENSION_ARC,       /* an identifier with an arc of 2^31 or more */
    MTL_ODD_PURPOSE_ARC,         /* likewise, in extKeyUsage */
    MTL_ODD_CRITICAL_FLAG,       /* neither 00 nor FF */
    MTL_ODD_CRITICAL,            /* value: the extension is marked critical */
    MTL_ODD_TYPE,                /* value: its value is not even of the right ASN.1 type */
    MTL_ODD_VALUE,               /* value: it is malformed, see struct mtl_cert */
    MTL_ODD_NOT_DER,             /* value: likewise not_der */
    MTL_ODD_IN_PART,             /* value: in a part that everybody needs, it does not decode or is not DER */
    MTL_ODD_MORE_BEHIND,         /* value: more follows behind its SEQUENCE */
    MTL_ODD_EMPTY_NAME,          /* value: likewise, one without an octet, but for otherName and directoryName */
    MTL_ODD_UNSOUND_NAME,        /* value, of those that are alternative names: see mtl_cert_has_unsound_name() */
    MTL_ODD_POLICY,              /* one twice, or without an identifier that decodes */
    MTL_ODD_PATH_LENGTH_SIGN,    /* a negative pathLenConstraint */
    MTL_ODD_PATH_LENGTH_SIZE,    /* value: it has more bits than these */
    MTL_ODD_CA_PATH_LENGTH_SIZE, /* likewise, behind a cA that is written out, whatever it says */
    /* value: kind of name */
    MTL_ODD_ALT_NAME_TEXT,   /* not ASCII */
    MTL_ODD_ALT_NAME_SIZE,   /* neither 4 nor 16 octets */
    MTL_ODD_ALT_NAME_URI,    /* has a query, an escape, an odd user: anything that parsers may see differently */
    MTL_ODD_CONSTRAINT_NONE, /* no subtree at all */
    MTL_ODD_CONSTRAINT_TEXT, /* not ASCII */
    MTL_ODD_CONSTRAINT_DOMAIN,
    MTL_ODD_CONSTRAINT_MASK, /* ones after zeros */
    MTL_ODD_CONSTRAINT_EMPTY,
    MTL_ODD_CONSTRAINT_SIZE, /* no address, with or without a mask */
    MTL_ODD_CONSTRAINT_HOST, /* not labels of letters, digits and "-" that begin with no "-"; one dot may go before */
    MTL_ODD_CONSTRAINT_DOTS, /* two in a row, or but a single one */
    MTL_ODD_CONSTRAINT_MAILBOX, /* with an "@", but none */
    MTL_ODD_CONSTRAINT_OTHER,   /* a lone dot, a quoted mailbox, or what may be an address instead of a domain */
};
/* Is it in the subjectPublicKeyInfo? */
bool mtl_oddity_is_of_key(enum mtl_oddity oddity);
bool mtl_cert_is_odd(const struct mtl_cert *cert, enum mtl_oddity oddity, unsigned value);

/* in_part.c: true for extensions that are not looked into. */
bool mtl_extension_reads_in_part(const struct mtl_cert *cert, enum mtl_extension extension);

#endif
