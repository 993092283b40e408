/* Distinguished names and general names from recipe text.
 * SPDX-License-Identifier: Apache-2.0 */
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "support/mint_parts.h"

static const struct {
    const char *name, *oid;
} attribute_types[] = {
    {"CN", "2.5.4.3"},
    {"C", "2.5.4.6"},
    {"L", "2.5.4.7"},
    {"ST", "2.5.4.8"},
    {"O", "2.5.4.10"},
    {"OU", "2.5.4.11"},
    {"SN", "2.5.4.4"},
    {"serialNumber", "2.5.4.5"},
    {"DC", "0.9.2342.19200300.100.1.25"},
    {"emailAddress", "1.2.840.113549.1.9.1"},
    {"UID", "0.9.2342.19200300.100.1.1"},
};

static const char *
type_oid(const char *name)
{
    for (size_t i = 0; i < sizeof attribute_types / sizeof attribute_types[0]; i++)
        if (strcmp(attribute_types[i].name, name) == 0)
            return attribute_types[i].oid;
    return name;
}

static bool
skip_prefix(const char **text, const char *prefix)
{
    size_t size = strlen(prefix);
    if (strncmp(*text, prefix, size) != 0)
        return false;
    *text += size;
    return true;
}

/* ASCII in units of two or four octets. */
static void
write_wide(struct der *der, unsigned tag, const char *text, size_t unit)
{
    size_t start = der_open(der, tag);
    for (; *text != '\0'; text++) {
        uint8_t wide[4] = {0, 0, 0, (uint8_t)*text};
        der_raw(der, mtl_slice_of(wide + 4 - unit, unit));
    }
    der_close(der, start);
}

static void
write_value(struct mint *mint, struct der *der, const char *type, const char *text)
{
    unsigned tag = DER_UTF8_STRING;
    if (strcmp(type, "C") == 0 || strcmp(type, "serialNumber") == 0)
        tag = DER_PRINTABLE_STRING;
    if (strcmp(type, "DC") == 0 || strcmp(type, "emailAddress") == 0)
        tag = DER_IA5_STRING;

    if (skip_prefix(&text, "hex:")) {
        der_raw(der, mint_hex(mint, text));
        return;
    }
    if (skip_prefix(&text, "bmp:")) {
        write_wide(der, DER_BMP_STRING, text, 2);
        return;
    }
    if (skip_prefix(&text, "universal:")) {
        write_wide(der, DER_UNIVERSAL_STRING, text, 4);
        return;
    }
    if (skip_prefix(&text, "utf8:"))
        tag = DER_UTF8_STRING;
    else if (skip_prefix(&text, "printable:"))
        tag = DER_PRINTABLE_STRING;
    else if (skip_prefix(&text, "t61:"))
        tag = DER_T61_STRING;
    else if (skip_prefix(&text, "ia5:"))
        tag = DER_IA5_STRING;
    der_text(der, tag, text);
}

/* Copies up to an unescaped character of stops; backslashes are taken out. */
static const char *
cut(struct mint *mint, const char **text, const char *stops)
{
    char *word = mtl_arena_alloc(mint->arena, strlen(*text) + 1);
    size_t size = 0;
    while (**text != '\0' && strchr(stops, **text) == NULL) {
        if (**text == '\\' && (*text)[1] != '\0')
            ++*text;
        word[size++] = *(*text)++;
    }
    return word;
}

struct mtl_slice
mint_name(struct mint *mint, const char *text)
{
    struct der der = der_new(mint->arena);
    if (skip_prefix(&text, "hex:"))
        return mint_hex(mint, text);

    size_t name = der_open(&der, DER_SEQUENCE);
    while (*text != '\0' && strcmp(text, "empty") != 0) {
        size_t set = der_open(&der, DER_SET);
        do {
            text += *text == '+';
            const char *type = cut(mint, &text, "=");
            if (*text == '=')
                text++;
            else
                mint_fail(mint, "a name wants TYPE=value, not \"%s\"", type);
            size_t pair = der_open(&der, DER_SEQUENCE);
            der_oid(&der, DER_OID, type_oid(type));
            write_value(mint, &der, type, cut(mint, &text, ",+"));
            der_close(&der, pair);
        } while (*text == '+');
        der_close(&der, set);
        text += *text == ',';
    }
    der_close(&der, name);
    return der_slice(&der);
}

/* "10.0.0.1", "10.0.0.0/8", "fd00::/16" */
static void
write_address(struct mint *mint, struct der *der, const char *text)
{
    uint8_t octets[32] = {0};
    char *address = mtl_arena_strdup(mint->arena, text);
    char *slash = strchr(address, '/');
    if (slash != NULL)
        *slash = '\0';
    int family = strchr(address, ':') != NULL ? AF_INET6 : AF_INET;
    size_t size = family == AF_INET6 ? 16 : 4;

    if (inet_pton(family, address, octets) != 1) {
        mint_fail(mint, "\"%s\" is no address", text);
        return;
    }
    if (slash != NULL) {
        unsigned bits = (unsigned)strtoul(slash + 1, NULL, 10);
        for (unsigned i = 0; i < bits && i < 8 * size; i++)
            octets[size + i / 8] |= (uint8_t)(0x80U >> (i % 8));
        size *= 2;
    }
    der_value(der, DER_CONTEXT + 7, mtl_slice_of(octets, size));
}

void
mint_general_name(struct mint *mint, struct der *der, const char *text)
{
    if (skip_prefix(&text, "raw:")) {
        der_raw(der, mint_hex(mint, text));
    } else if (skip_prefix(&text, "other:")) {
        size_t start = der_open(der, DER_CONSTRUCTED + 0);
        der_oid(der, DER_OID, "1.3.6.1.4.1.311.20.2.3");
        size_t value = der_open(der, DER_CONSTRUCTED + 0);
        der_text(der, DER_UTF8_STRING, text);
        der_close(der, value);
        der_close(der, start);
    } else if (skip_prefix(&text, "email:")) {
        der_text(der, DER_CONTEXT + 1, text);
    } else if (skip_prefix(&text, "dns:")) {
        der_text(der, DER_CONTEXT + 2, text);
    } else if (skip_prefix(&text, "uri:")) {
        der_text(der, DER_CONTEXT + 6, text);
    } else if (skip_prefix(&text, "iphex:")) {
        der_value(der, DER_CONTEXT + 7, mint_hex(mint, text));
    } else if (skip_prefix(&text, "ip:")) {
        write_address(mint, der, text);
    } else if (skip_prefix(&text, "rid:")) {
        der_oid(der, DER_CONTEXT + 8, text);
    } else if (skip_prefix(&text, "dir:")) {
        der_value(der, DER_CONSTRUCTED + 4, mint_name(mint, text));
    } else {
        mint_fail(mint, "\"%s\" is no general name", text);
    }
}
