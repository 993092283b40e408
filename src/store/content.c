/* What bytes without PEM armour are. SPDX-License-Identifier: Apache-2.0 */
#include "store/content.h"

#include "cert/der.h"

#include <string.h>

/* Formats with fixed first bytes. */
static const struct {
    const char *magic;
    size_t size;
    const char *what;
    const char *convert;
} magics[] = {
    {"\xff\xfe", 2, "UTF-16 text", "iconv -f UTF-16 -t UTF-8 %s"},
    {"\xfe\xff", 2, "UTF-16 text", "iconv -f UTF-16 -t UTF-8 %s"},
    {"\x1f\x8b", 2, "a gzip file", "gunzip -c %s"},
    {"PK\x03\x04", 4, "a ZIP archive", NULL},
    {"SQLite format 3", 15, "an SQLite database, as NSS keeps certificates in", NULL},
    {"ssh-", 4, "an SSH public key", NULL},
    {"ecdsa-sha2-", 11, "an SSH public key", NULL},
    {"---- BEGIN SSH2", 15, "an SSH public key", NULL},
    {"PuTTY-User-Key-File", 19, "a PuTTY private key", NULL},
    {"MII", 3, "base64 without BEGIN and END lines", "openssl base64 -d -A -in %s -out new.der"},
    {"\x99", 1, "an OpenPGP key", NULL}, /* RFC 4880 4.2: old format, public or secret key, two-octet length */
    {"\x95", 1, "an OpenPGP private key", NULL},
    {"\x98", 1, "an OpenPGP key", NULL},
    {"\xc6", 1, "an OpenPGP key", NULL},
};

/* id-data and id-signedData: 1.2.840.113549.1.7.n */
static const uint8_t pkcs7_prefix[] = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07};
#define PKCS7_SIGNED_DATA 2
#define SHAPE_SIZE 8
#define TEXT_SEEN 8 /* bytes that tell text from DER: a small length and two tags cannot all be printable */

static bool
has_shape(const char *shape, const char *prefix)
{
    return strncmp(shape, prefix, strlen(prefix)) == 0;
}

/*
 * The tags of the items in an item's content, one letter each: s SEQUENCE, t SET, i INTEGER, o OID, b BIT STRING,
 * c OCTET STRING, u a time, 0 to 3 [n] constructed, ? others.
 */
static void
shape_of(struct mtl_slice content, char shape[static SHAPE_SIZE + 1])
{
    struct mtl_der der = mtl_der_reader(content, &(struct mtl_der_notes){.relaxed = true});
    struct mtl_der_item item;
    size_t count = 0;

    for (; count < SHAPE_SIZE && mtl_der_next(&der, &item); count++) {
        switch (item.tag) {
        case MTL_DER_SEQUENCE:
            shape[count] = 's';
            break;
        case MTL_DER_SET:
            shape[count] = 't';
            break;
        case MTL_DER_INTEGER:
            shape[count] = 'i';
            break;
        case MTL_DER_OID:
            shape[count] = 'o';
            break;
        case MTL_DER_BIT_STRING:
            shape[count] = 'b';
            break;
        case MTL_DER_OCTET_STRING:
            shape[count] = 'c';
            break;
        case MTL_DER_UTC_TIME:
        case MTL_DER_GENERALIZED_TIME:
            shape[count] = 'u';
            break;
        case MTL_DER_CONTEXT_CONSTRUCTED:
            shape[count] = '0';
            break;
        default:
            shape[count] = '?';
            break;
        }
    }
    shape[count] = '\0';
}

static struct mtl_slice
first_content(struct mtl_slice content)
{
    struct mtl_der der = mtl_der_reader(content, &(struct mtl_der_notes){.relaxed = true});
    struct mtl_der_item item;

    return mtl_der_next(&der, &item) ? item.content : (struct mtl_slice){0};
}

static struct mtl_content
foreign(const char *what, const char *convert)
{
    return (struct mtl_content){.kind = MTL_CONTENT_FOREIGN, .what = what, .convert = convert};
}

static struct mtl_content
kind(enum mtl_content_kind kind)
{
    return (struct mtl_content){.kind = kind};
}

/* RFC 5280 4.1, 5.1; RFC 2986 4.1: what the signed part of SEQUENCE, SEQUENCE, BIT STRING looks like. */
static struct mtl_content
signed_content(struct mtl_slice content)
{
    char shape[SHAPE_SIZE + 1];

    shape_of(first_content(content), shape);
    if (has_shape(shape, "issu") || has_shape(shape, "ssu"))
        return kind(MTL_CONTENT_CRL);
    if (strcmp(shape, "iss0") == 0 || strcmp(shape, "iss") == 0)
        return foreign("a certificate request, not yet a certificate", NULL);
    return kind(MTL_CONTENT_CERT);
}

/* ContentInfo of RFC 5652 3. */
static struct mtl_content
pkcs7_content(struct mtl_slice content)
{
    struct mtl_slice type = first_content(content);

    if (type.size != sizeof pkcs7_prefix + 1 || memcmp(type.data, pkcs7_prefix, sizeof pkcs7_prefix) != 0)
        return kind(MTL_CONTENT_UNKNOWN);
    if (type.data[sizeof pkcs7_prefix] == PKCS7_SIGNED_DATA)
        return kind(MTL_CONTENT_PKCS7);
    return foreign("a PKCS#7 file without signed data, so without certificates", NULL);
}

static struct mtl_content
sequence_content(struct mtl_slice content)
{
    char shape[SHAPE_SIZE + 1];

    shape_of(content, shape);
    if (has_shape(shape, "ssb"))
        return signed_content(content);
    if (has_shape(shape, "o0"))
        return pkcs7_content(content);
    /* RFC 5208 5 and 6, RFC 8017 A.1.2, RFC 5915 3 */
    if (has_shape(shape, "isc") || strcmp(shape, "sc") == 0 || has_shape(shape, "iiiiii") || has_shape(shape, "ic"))
        return kind(MTL_CONTENT_KEY);
    if (has_shape(shape, "is"))
        return kind(MTL_CONTENT_PKCS12); /* RFC 7292 4 */
    if (strcmp(shape, "sb") == 0 || strcmp(shape, "ii") == 0)
        return foreign("a public key without a certificate", NULL);
    return kind(shape[0] == 's' ? MTL_CONTENT_CERT : MTL_CONTENT_UNKNOWN);
}

static struct mtl_content
der_content(struct mtl_slice bytes)
{
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der der = mtl_der_reader(bytes, &notes);
    struct mtl_der_item item;

    if (mtl_der_next(&der, &item)) {
        struct mtl_content content = sequence_content(item.content);
        content.size = item.whole.size;
        return content;
    }
    if (bytes.size > 4 && bytes.data[1] == 0x80 && bytes.data[2] == MTL_DER_INTEGER)
        return (struct mtl_content){.kind = MTL_CONTENT_PKCS12, .size = bytes.size};
    if (bytes.size > 4 && bytes.data[1] == 0x80)
        return foreign("in BER with indefinite lengths", "openssl pkcs7 -inform DER -in %s -print_certs");
    return (struct mtl_content){.kind = MTL_CONTENT_BROKEN, .what = notes.fault};
}

/* "0 s:CN=..." begins with the octet of a SEQUENCE, too. */
static bool
is_text(struct mtl_slice bytes)
{
    for (size_t i = 0; i < bytes.size && i < TEXT_SEEN; i++) {
        bool is_blank = bytes.data[i] == '\n' || bytes.data[i] == '\r' || bytes.data[i] == '\t';
        if (!is_blank && (bytes.data[i] < ' ' || bytes.data[i] > '~'))
            return false;
    }
    return true;
}

static bool
is_jks(struct mtl_slice bytes)
{
    return bytes.size > 4 &&
           (memcmp(bytes.data, "\xfe\xed\xfe\xed", 4) == 0 || memcmp(bytes.data, "\xce\xce\xce\xce", 4) == 0);
}

struct mtl_content
mtl_content_of(struct mtl_slice bytes)
{
    if (is_jks(bytes))
        return (struct mtl_content){.kind = MTL_CONTENT_JKS, .size = bytes.size};
    for (size_t i = 0; i < sizeof magics / sizeof magics[0]; i++) {
        if (bytes.size > magics[i].size && memcmp(bytes.data, magics[i].magic, magics[i].size) == 0)
            return foreign(magics[i].what, magics[i].convert);
    }
    if (bytes.size > 1 && bytes.data[0] == MTL_DER_SEQUENCE && !is_text(bytes))
        return der_content(bytes);
    return kind(MTL_CONTENT_UNKNOWN);
}
