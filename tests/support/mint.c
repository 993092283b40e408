/* Certificates from recipe text, and PEM of what was minted.
 * SPDX-License-Identifier: Apache-2.0 */
#include "support/mint.h"

#include <openssl/evp.h>
#include <openssl/sha.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/mint_parts.h"

struct mint
mint_new(struct mtl_arena *arena, struct key_pool *keys)
{
    return (struct mint){.arena = arena, .keys = keys};
}

void
mint_fail(struct mint *mint, const char *format, ...)
{
    if (mint->error[0] != '\0')
        return;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(mint->error, sizeof mint->error, format, arguments);
    va_end(arguments);
}

struct mtl_slice
mint_hex(struct mint *mint, const char *hex)
{
    struct mtl_slice bytes = der_from_hex(mint->arena, hex);
    if (bytes.data == NULL)
        mint_fail(mint, "\"%s\" is not hexadecimal", hex);
    return bytes;
}

mtl_time
mint_time(struct mint *mint, const char *text)
{
    struct mtl_error error;
    mtl_time time = 0;
    if (!mtl_time_parse(text, 0, &time, &error))
        mint_fail(mint, "%s", error.message);
    return time;
}

const struct minted *
mint_find(const struct mint *mint, const char *name)
{
    for (size_t i = mint->count; i-- > 0;)
        if (strcmp(mint->items[i].name, name) == 0)
            return &mint->items[i];
    return NULL;
}

const struct minted *
mint_need(struct mint *mint, const char *name)
{
    const struct minted *found = mint_find(mint, name);
    if (found == NULL)
        mint_fail(mint, "there is no \"%s\" yet", name);
    return found;
}

struct minted *
mint_add(struct mint *mint, const char *name)
{
    mint->items = mtl_arena_grow(mint->arena, mint->items, mint->count, &mint->capacity, sizeof *mint->items);
    struct minted *item = &mint->items[mint->count++];
    *item = (struct minted){.name = mtl_arena_strdup(mint->arena, name)};
    return item;
}

/* "ec:P-256" takes the next unused key of that type, "ec:P-256#3" the fourth. */
static const struct test_key *
take_key(struct mint *mint, const char *wish)
{
    const size_t types = sizeof mint->key_types / sizeof mint->key_types[0];
    const char *number = strchr(wish, '#');
    if (number != NULL) {
        const char *type = mtl_arena_printf(mint->arena, "%.*s", (int)(number - wish), wish);
        return key_pool_get(mint->keys, type, strtoul(number + 1, NULL, 10));
    }
    size_t i = 0;
    while (i < types - 1 && mint->key_types[i] != NULL && strcmp(mint->key_types[i], wish) != 0)
        i++;
    if (mint->key_types[i] == NULL)
        mint->key_types[i] = mtl_arena_strdup(mint->arena, wish);
    return key_pool_get(mint->keys, wish, mint->keys_used[i]++);
}

static const struct test_key *
choose_key(struct mint *mint, const struct attributes *attributes)
{
    const char *wish = attributes_get(attributes, "key");
    const char *owner = attributes_get(attributes, "key-of");
    if (owner != NULL) {
        const struct minted *other = mint_need(mint, owner);
        return other == NULL ? NULL : other->key;
    }
    const struct test_key *key = take_key(mint, wish == NULL ? "ec:P-256" : wish);
    if (key == NULL)
        mint_fail(mint, "no key \"%s\" left in fixtures/keys", wish == NULL ? "ec:P-256" : wish);
    return key;
}

static struct mtl_slice
choose_serial(struct mint *mint, const struct attributes *attributes, const char *name)
{
    const char *wish = attributes_get(attributes, "serial");
    if (wish != NULL)
        return mint_hex(mint, wish);
    /* Different for each line, the same in each minting; the first octet keeps it positive and of full length. */
    uint8_t digest[32] = {0};
    const char *text = mtl_arena_printf(mint->arena, "%s %zu", name, mint->count);
    EVP_Digest(text, strlen(text), digest, NULL, EVP_sha256(), NULL);
    digest[0] = 0x4d;
    return mtl_arena_copy(mint->arena, mtl_slice_of(digest, 12));
}

static void
write_version(struct der *tbs, int version)
{
    if (version <= 1)
        return;
    size_t outer = der_open(tbs, DER_CONSTRUCTED + 0);
    der_integer(tbs, DER_INTEGER, version - 1);
    der_close(tbs, outer);
}

static void
write_validity(struct mint *mint, struct der *tbs, const struct attributes *attributes)
{
    const char *not_before = attributes_get(attributes, "not-before");
    const char *not_after = attributes_get(attributes, "not-after");
    size_t start = der_open(tbs, DER_SEQUENCE);
    mtl_time times[] = {mint_time(mint, not_before == NULL ? "2020-01-01" : not_before),
                        mint_time(mint, not_after == NULL ? "2060-01-01" : not_after)};
    for (size_t i = 0; i < 2; i++) {
        if (attributes_flag(attributes, "generalized-time"))
            der_time_as(tbs, DER_GENERALIZED_TIME, times[i]);
        else
            der_time(tbs, times[i]);
    }
    der_close(tbs, start);
}

static void
check_words(struct mint *mint, const struct attributes *attributes)
{
    static const char known[] =
        "subject,issuer,issuer-name,self-signed,signed-by,key,key-of,serial,not-before,"
        "not-after,generalized-time,version,extensions,digest,inner-digest,outer-digest,bad-signature,pss,spki";
    for (size_t i = 1; i < attributes->count; i++) {
        const char *word = attributes->items[i].key;
        if (!list_has(known, word) && !mint_extensions_know(word))
            mint_fail(mint, "unknown word \"%s\" for a certificate", word);
    }
}

static void
write_tbs(struct mint *mint, struct der *tbs, struct mint_context *context, struct minted *made,
          const struct test_key *signing_key)
{
    const struct attributes *attributes = context->attributes;
    const char *version_text = attributes_get(attributes, "version");
    const char *inner = attributes_get(attributes, "inner-digest");
    const char *spki = attributes_get(attributes, "spki");
    int version = version_text == NULL ? 3 : atoi(version_text);
    bool pss = attributes_flag(attributes, "pss") || strncmp(signing_key->type, "rsa-pss", 7) == 0;

    size_t start = der_open(tbs, DER_SEQUENCE);
    write_version(tbs, version);
    der_value(tbs, DER_INTEGER, made->serial);
    mint_signature_algorithm(mint, tbs, signing_key, inner != NULL ? inner : mint_digest(attributes, signing_key), pss);
    der_raw(tbs, made->issuer);
    write_validity(mint, tbs, attributes);
    der_raw(tbs, made->subject);
    der_raw(tbs, spki != NULL ? mint_hex(mint, spki) : made->key->spki);
    if (version >= 3 || attributes_flag(attributes, "extensions"))
        mint_extensions(mint, tbs, context);
    der_close(tbs, start);
}

static void
mint_certificate(struct mint *mint, const char *name, const struct attributes *attributes)
{
    const char *subject = attributes_get(attributes, "subject"), *lie = attributes_get(attributes, "issuer-name");
    const char *issuer_word = attributes_get(attributes, "issuer");
    const char *signer_word = attributes_get(attributes, "signed-by");
    struct mint_context context = {.attributes = attributes};
    struct minted made = {0};

    check_words(mint, attributes);
    context.issuer = issuer_word == NULL ? NULL : mint_need(mint, issuer_word);
    const struct minted *signer = signer_word == NULL ? context.issuer : mint_need(mint, signer_word);
    made.key = choose_key(mint, attributes);
    if (mint->error[0] != '\0')
        return;
    context.key = made.key;
    made.subject = mint_name(mint, subject != NULL ? subject : mtl_arena_printf(mint->arena, "CN=%s", name));
    made.issuer = context.issuer != NULL ? context.issuer->subject : made.subject;
    if (lie != NULL)
        made.issuer = mint_name(mint, lie);
    made.serial = choose_serial(mint, attributes, name);
    context.own_name = made.issuer;
    context.own_serial = made.serial;

    const struct test_key *signing_key = signer != NULL ? signer->key : made.key;
    struct der tbs = der_new(mint->arena);
    write_tbs(mint, &tbs, &context, &made, signing_key);
    made.key_id = context.key_id;
    made.der = mint_signed(mint, attributes, signing_key, der_slice(&tbs));
    struct minted *item = mint_add(mint, name);
    made.name = item->name;
    *item = made;
}

bool
mint_line(struct mint *mint, const char *line)
{
    struct attributes attributes;
    if (!attributes_parse(mint->arena, line, &attributes)) {
        mint_fail(mint, "too many words, or a quote is left open");
        return false;
    }
    if (attributes.count == 0)
        return true;
    const char *name = attributes.items[0].key;
    if (attributes.items[0].value != NULL)
        mint_fail(mint, "a line begins with a name, not with \"%s=\"", name);
    else if (strcmp(name, "crl") == 0 && attributes.count > 1)
        mint_crl(mint, attributes.items[1].key, &attributes);
    else
        mint_certificate(mint, name, &attributes);
    return mint->error[0] == '\0';
}
