/* Extensions of certificates from recipe text: a table of kinds, each with what writes its value.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "support/mint_parts.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define WRONG_KEY_ID "00112233445566778899aabbccddeeff00112233"

static const char *const key_usages[] = {
    "digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment", "keyAgreement",
    "keyCertSign",      "cRLSign",        "encipherOnly",    "decipherOnly",
};
static const char *const netscape_types[] = {"client", "server", "email", "objsign", "reserved", "sslCA", "emailCA"};
static const struct {
    const char *name, *oid;
} purposes[] = {
    {"serverAuth", "1.3.6.1.5.5.7.3.1"},
    {"clientAuth", "1.3.6.1.5.5.7.3.2"},
    {"codeSigning", "1.3.6.1.5.5.7.3.3"},
    {"emailProtection", "1.3.6.1.5.5.7.3.4"},
    {"timeStamping", "1.3.6.1.5.5.7.3.8"},
    {"OCSPSigning", "1.3.6.1.5.5.7.3.9"},
    {"any", "2.5.29.37.0"},
    {"msSGC", "1.3.6.1.4.1.311.10.3.3"},
    {"nsSGC", "2.16.840.1.113730.4.1"},
    {"anyPolicy", "2.5.29.32.0"},
};

const char *
mint_oid(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(purposes); i++)
        if (strcmp(purposes[i].name, name) == 0)
            return purposes[i].oid;
    return name;
}

static void
write_bits(struct mint *mint, struct der *der, const char *list, const char *const *names, size_t count)
{
    unsigned mask = 0;
    const char *word;
    while ((word = list_next(mint->arena, &list)) != NULL) {
        size_t bit = 0;
        while (bit < count && strcmp(names[bit], word) != 0)
            bit++;
        if (bit == count && strcmp(word, "empty") != 0)
            mint_fail(mint, "unknown bit \"%s\"", word);
        if (bit < count)
            mask |= 1U << bit;
    }
    der_named_bits(der, DER_BIT_STRING, mask);
}

static void
basic_constraints(struct mint *mint, struct der *der, struct mint_context *context)
{
    const char *length = attributes_get(context->attributes, "pathlen");
    bool ca = attributes_flag(context->attributes, "ca");
    (void)mint;
    if (!ca && !attributes_flag(context->attributes, "not-ca"))
        return;
    size_t start = der_open(der, DER_SEQUENCE);
    if (ca)
        der_true(der);
    if (length != NULL)
        der_integer(der, DER_INTEGER, strtoll(length, NULL, 10));
    der_close(der, start);
}

static void
key_usage(struct mint *mint, struct der *der, struct mint_context *context)
{
    const char *list = attributes_get(context->attributes, "ku");
    if (list != NULL)
        write_bits(mint, der, list, key_usages, COUNT_OF(key_usages));
}

static void
netscape_type(struct mint *mint, struct der *der, struct mint_context *context)
{
    const char *list = attributes_get(context->attributes, "ns");
    if (list != NULL)
        write_bits(mint, der, list, netscape_types, COUNT_OF(netscape_types));
}

static void
extended_key_usage(struct mint *mint, struct der *der, struct mint_context *context)
{
    const char *list = attributes_get(context->attributes, "eku");
    const char *word;
    if (list == NULL)
        return;
    size_t start = der_open(der, DER_SEQUENCE);
    while ((word = list_next(mint->arena, &list)) != NULL)
        der_oid(der, DER_OID, mint_oid(word));
    der_close(der, start);
}

/* Adds every value of "key=a,b" as the general name "prefix:a". */
static void
add_names(struct mint *mint, struct der *der, const struct attribute *item)
{
    static const char *const kinds[] = {"dns", "ip", "email", "uri", "rid"};
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        if (strcmp(item->key, kinds[i]) != 0)
            continue;
        const char *list = item->value, *word;
        while ((word = list_next(mint->arena, &list)) != NULL)
            mint_general_name(mint, der, mtl_arena_printf(mint->arena, "%s:%s", kinds[i], word));
    }
    if (strcmp(item->key, "san") == 0)
        mint_general_name(mint, der, item->value);
}

/* "many-dns=1000": n0.example to n999.example. */
static const char *
many(struct mint *mint, const struct attributes *attributes, const char *key, unsigned index)
{
    const char *count = attributes_get(attributes, key);
    if (count == NULL || index >= strtoul(count, NULL, 10))
        return NULL;
    return mtl_arena_printf(mint->arena, "dns:n%u.example", index);
}

static void
subject_alt_name(struct mint *mint, struct der *der, struct mint_context *context)
{
    struct der names = der_new(mint->arena);
    for (size_t i = 0; i < context->attributes->count; i++)
        if (context->attributes->items[i].value != NULL)
            add_names(mint, &names, &context->attributes->items[i]);
    const char *name;
    for (unsigned i = 0; (name = many(mint, context->attributes, "many-dns", i)) != NULL; i++)
        mint_general_name(mint, &names, name);
    if (names.size > 0)
        der_value(der, DER_SEQUENCE, der_slice(&names));
}

static void
issuer_alt_name(struct mint *mint, struct der *der, struct mint_context *context)
{
    const char *name = attributes_get(context->attributes, "ian");
    if (name == NULL)
        return;
    size_t start = der_open(der, DER_SEQUENCE);
    mint_general_name(mint, der, name);
    der_close(der, start);
}

static void
subject_key_id(struct mint *mint, struct der *der, struct mint_context *context)
{
    const char *wish = attributes_get(context->attributes, "ski");
    if (wish != NULL && strcmp(wish, "none") == 0)
        return;
    if (wish == NULL)
        context->key_id = context->key->key_id;
    else
        context->key_id = mint_hex(mint, strcmp(wish, "wrong") == 0 ? WRONG_KEY_ID : wish);
    der_value(der, DER_OCTET_STRING, context->key_id);
}

static void
write_issuer_and_serial(struct der *der, struct mtl_slice name, struct mtl_slice serial)
{
    size_t names = der_open(der, DER_CONSTRUCTED + 1);
    der_value(der, DER_CONSTRUCTED + 4, name);
    der_close(der, names);
    der_value(der, DER_CONTEXT + 2, serial);
}

/* aki=none, keyid (default below an issuer), issuer (name and serial), both, wrong, wrong-serial, HEX */
static void
authority_key_id(struct mint *mint, struct der *der, struct mint_context *context)
{
    const char *wish = attributes_get(context->attributes, "aki");
    const struct minted *issuer = context->issuer;
    struct mtl_slice key_id = issuer != NULL ? issuer->key_id : context->key_id;
    bool has_key_id = key_id.data != NULL;

    if (wish == NULL && (issuer == NULL || !has_key_id))
        return;
    if (wish != NULL && strcmp(wish, "none") == 0)
        return;
    bool both = wish != NULL && strcmp(wish, "both") == 0;
    bool by_name = both || (wish != NULL && strcmp(wish, "issuer") == 0);
    bool wrong_serial = wish != NULL && strcmp(wish, "wrong-serial") == 0;
    bool named = wish == NULL || by_name || wrong_serial || strcmp(wish, "keyid") == 0;

    size_t start = der_open(der, DER_SEQUENCE);
    if (!named)
        der_value(der, DER_CONTEXT + 0, mint_hex(mint, strcmp(wish, "wrong") == 0 ? WRONG_KEY_ID : wish));
    else if (has_key_id && (both || !by_name) && !wrong_serial)
        der_value(der, DER_CONTEXT + 0, key_id);
    struct mtl_slice name = issuer != NULL ? issuer->issuer : context->own_name;
    struct mtl_slice serial = issuer != NULL ? issuer->serial : context->own_serial;
    if (by_name)
        write_issuer_and_serial(der, name, serial);
    if (wrong_serial)
        write_issuer_and_serial(der, name, mtl_slice_of("\x66\x66\x66", 3));
    der_close(der, start);
}

/* "dns:a.example", "dns:a.example@min=1", "ip:10.0.0.0/8@max=3" */
static void
write_subtree(struct mint *mint, struct der *der, const char *text)
{
    char *name = mtl_arena_strdup(mint->arena, text);
    char *bound = strstr(name, "@min=");
    unsigned tag = DER_CONTEXT + 0;
    if (bound == NULL) {
        bound = strstr(name, "@max=");
        tag = DER_CONTEXT + 1;
    }
    if (bound != NULL)
        *bound = '\0';
    size_t start = der_open(der, DER_SEQUENCE);
    mint_general_name(mint, der, name);
    if (bound != NULL)
        der_integer(der, tag, strtoll(bound + 5, NULL, 10));
    der_close(der, start);
}

static void
write_subtrees(struct mint *mint, struct der *der, unsigned tag, const struct attributes *attributes, const char *key)
{
    struct der subtrees = der_new(mint->arena);
    for (size_t i = 0; i < attributes->count; i++)
        if (attributes->items[i].value != NULL && strcmp(attributes->items[i].key, key) == 0)
            write_subtree(mint, &subtrees, attributes->items[i].value);
    const char *many_key = mtl_arena_printf(mint->arena, "many-%s", key), *name;
    for (unsigned i = 0; (name = many(mint, attributes, many_key, i)) != NULL; i++)
        write_subtree(mint, &subtrees, name);
    if (subtrees.size > 0)
        der_value(der, tag, der_slice(&subtrees));
}

static void
name_constraints(struct mint *mint, struct der *der, struct mint_context *context)
{
    struct der parts = der_new(mint->arena);
    write_subtrees(mint, &parts, DER_CONSTRUCTED + 0, context->attributes, "permit");
    write_subtrees(mint, &parts, DER_CONSTRUCTED + 1, context->attributes, "exclude");
    if (parts.size > 0)
        der_value(der, DER_SEQUENCE, der_slice(&parts));
}

static void
certificate_policies(struct mint *mint, struct der *der, struct mint_context *context)
{
    const char *list = attributes_get(context->attributes, "policies");
    const char *word;
    if (list == NULL)
        return;
    size_t start = der_open(der, DER_SEQUENCE);
    while ((word = list_next(mint->arena, &list)) != NULL) {
        size_t policy = der_open(der, DER_SEQUENCE);
        der_oid(der, DER_OID, mint_oid(word));
        der_close(der, policy);
    }
    der_close(der, start);
}

static void
crl_distribution_points(struct mint *mint, struct der *der, struct mint_context *context)
{
    const char *list = attributes_get(context->attributes, "crldp");
    const char *word;
    if (list == NULL)
        return;
    size_t start = der_open(der, DER_SEQUENCE);
    while ((word = list_next(mint->arena, &list)) != NULL) {
        size_t point = der_open(der, DER_SEQUENCE);
        size_t name = der_open(der, DER_CONSTRUCTED + 0);
        size_t full = der_open(der, DER_CONSTRUCTED + 0);
        mint_general_name(mint, der, word);
        der_close(der, full);
        der_close(der, name);
        der_close(der, point);
    }
    der_close(der, start);
}

static void
authority_information(struct mint *mint, struct der *der, struct mint_context *context)
{
    const char *address = attributes_get(context->attributes, "aia");
    (void)mint;
    if (address == NULL)
        return;
    size_t start = der_open(der, DER_SEQUENCE);
    size_t access = der_open(der, DER_SEQUENCE);
    der_oid(der, DER_OID, "1.3.6.1.5.5.7.48.2");
    der_text(der, DER_CONTEXT + 6, address);
    der_close(der, access);
    der_close(der, start);
}

/* RFC 3820 3.8: ProxyCertInfo with the policy language id-ppl-inheritAll. */
static void
proxy_information(struct mint *mint, struct der *der, struct mint_context *context)
{
    (void)mint;
    if (!attributes_flag(context->attributes, "proxy"))
        return;
    size_t start = der_open(der, DER_SEQUENCE);
    size_t policy = der_open(der, DER_SEQUENCE);
    der_oid(der, DER_OID, "1.3.6.1.5.5.7.21.1");
    der_close(der, policy);
    der_close(der, start);
}

/* A kind without write is only written from "raw-NAME=hex" or "malformed=NAME". */
static const struct extension_kind {
    const char *name, *oid;
    bool critical;
    void (*write)(struct mint *mint, struct der *der, struct mint_context *context);
} kinds[] = {
    {"bc", "2.5.29.19", true, basic_constraints},
    {"ku", "2.5.29.15", true, key_usage},
    {"eku", "2.5.29.37", false, extended_key_usage},
    {"san", "2.5.29.17", false, subject_alt_name},
    {"ian", "2.5.29.18", false, issuer_alt_name},
    {"ski", "2.5.29.14", false, subject_key_id},
    {"aki", "2.5.29.35", false, authority_key_id},
    {"nc", "2.5.29.30", true, name_constraints},
    {"policies", "2.5.29.32", false, certificate_policies},
    {"mappings", "2.5.29.33", true, NULL},
    {"constraints", "2.5.29.36", true, NULL},
    {"inhibit", "2.5.29.54", true, NULL},
    {"crldp", "2.5.29.31", false, crl_distribution_points},
    {"freshest", "2.5.29.46", false, NULL},
    {"aia", "1.3.6.1.5.5.7.1.1", false, authority_information},
    {"ns", "2.16.840.1.113730.1.1", false, netscape_type},
    {"proxy", "1.3.6.1.5.5.7.1.14", true, proxy_information},
    {"addresses", "1.3.6.1.5.5.7.1.7", true, NULL},
    {"systems", "1.3.6.1.5.5.7.1.8", true, NULL},
    {"nocheck", "1.3.6.1.5.5.7.48.1.5", false, NULL},
};

bool
mint_extensions_know(const char *key)
{
    static const char *const others[] = {
        "ca",        "not-ca",      "pathlen",   "dns",      "ip",          "email",        "uri",
        "rid",       "permit",      "exclude",   "critical", "ext",         "critical-ext", "unknown-critical",
        "duplicate", "noncritical", "malformed", "many-dns", "many-permit", "many-exclude",
    };
    for (size_t i = 0; i < COUNT_OF(others); i++)
        if (strcmp(others[i], key) == 0)
            return true;
    if (strncmp(key, "raw-", 4) == 0)
        key += 4;
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (strcmp(kinds[i].name, key) == 0)
            return true;
    return false;
}

void
mint_extension(struct der *der, const char *oid, bool critical, struct mtl_slice value)
{
    size_t start = der_open(der, DER_SEQUENCE);
    der_oid(der, DER_OID, oid);
    if (critical)
        der_true(der);
    der_value(der, DER_OCTET_STRING, value);
    der_close(der, start);
}

void
mint_raw_extension(struct mint *mint, struct der *der, const char *text, bool critical)
{
    const char *colon = strchr(text, ':');
    if (colon == NULL) {
        mint_fail(mint, "an extension wants OID:hex, not \"%s\"", text);
        return;
    }
    const char *oid = mtl_arena_printf(mint->arena, "%.*s", (int)(colon - text), text);
    mint_extension(der, oid, critical, mint_hex(mint, colon + 1));
}

static void
write_kind(struct mint *mint, struct der *der, struct mint_context *context, const struct extension_kind *kind)
{
    const struct attributes *attributes = context->attributes;
    struct der value = der_new(mint->arena);
    const char *raw = attributes_get(attributes, mtl_arena_printf(mint->arena, "raw-%s", kind->name));

    if (list_has(attributes_get(attributes, "malformed"), kind->name))
        der_null(&value);
    else if (raw != NULL)
        der_raw(&value, mint_hex(mint, raw));
    else if (kind->write != NULL)
        kind->write(mint, &value, context);
    if (value.size == 0)
        return;
    bool critical = kind->critical;
    if (list_has(attributes_get(attributes, "critical"), kind->name))
        critical = true;
    if (list_has(attributes_get(attributes, "noncritical"), kind->name))
        critical = false;
    mint_extension(der, kind->oid, critical, der_slice(&value));
    if (list_has(attributes_get(attributes, "duplicate"), kind->name))
        mint_extension(der, kind->oid, critical, der_slice(&value));
}

void
mint_extensions(struct mint *mint, struct der *der, struct mint_context *context)
{
    struct der list = der_new(mint->arena);

    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        write_kind(mint, &list, context, &kinds[i]);
    for (size_t i = 0; i < context->attributes->count; i++) {
        const struct attribute *item = &context->attributes->items[i];
        if (strcmp(item->key, "ext") == 0)
            mint_raw_extension(mint, &list, item->value, false);
        if (strcmp(item->key, "critical-ext") == 0)
            mint_raw_extension(mint, &list, item->value, true);
        if (strcmp(item->key, "unknown-critical") == 0)
            mint_raw_extension(mint, &list, "1.3.6.1.4.1.99999.1:0500", true);
    }
    if (list.size == 0)
        return;
    size_t outer = der_open(der, DER_CONSTRUCTED + 3);
    der_value(der, DER_SEQUENCE, der_slice(&list));
    der_close(der, outer);
}
