/* PEM of what was minted: certificates, certificates with auxiliary trust, CRLs, keys.
 * SPDX-License-Identifier: Apache-2.0 */
#include <openssl/evp.h>
#include <string.h>

#include "support/mint_parts.h"

static void
write_block(struct mtl_text *text, const char *label, struct mtl_slice der)
{
    unsigned char line[80];

    mtl_text_printf(text, "-----BEGIN %s-----\n", label);
    for (size_t at = 0; at < der.size; at += 48) {
        size_t size = der.size - at < 48 ? der.size - at : 48;
        EVP_EncodeBlock(line, der.data + at, (int)size);
        mtl_text_printf(text, "%s\n", (const char *)line);
    }
    mtl_text_printf(text, "-----END %s-----\n", label);
}

static void
write_oids(struct mint *mint, struct der *der, unsigned tag, const char *list)
{
    const char *word;
    size_t start = der_open(der, tag);
    while ((word = list_next(mint->arena, &list)) != NULL)
        if (strcmp(word, "nothing") != 0)
            der_oid(der, DER_OID, mint_oid(word));
    der_close(der, start);
}

/* OpenSSL's X509_CERT_AUX: SEQUENCE { trust SEQUENCE OF OID OPTIONAL, reject [0] SEQUENCE OF OID OPTIONAL, ... } */
static struct mtl_slice
with_settings(struct mint *mint, const struct minted *cert, char *settings)
{
    struct der der = der_new(mint->arena);
    const char *trust = NULL, *reject = NULL;
    for (char *word = settings; word != NULL;) {
        char *next = strchr(word, '+');
        if (next != NULL)
            *next++ = '\0';
        if (strncmp(word, "trust=", 6) == 0)
            trust = word + 6;
        else if (strncmp(word, "reject=", 7) == 0)
            reject = word + 7;
        else
            mint_fail(mint, "unknown setting \"%s\"", word);
        word = next;
    }
    der_raw(&der, cert->der);
    size_t start = der_open(&der, DER_SEQUENCE);
    if (trust != NULL)
        write_oids(mint, &der, DER_SEQUENCE, trust);
    if (reject != NULL)
        write_oids(mint, &der, DER_CONSTRUCTED + 0, reject);
    der_close(&der, start);
    return der_slice(&der);
}

static void
write_item(struct mint *mint, struct mtl_text *text, char *word)
{
    if (strncmp(word, "key:", 4) == 0) {
        const struct minted *owner = mint_need(mint, word + 4);
        if (owner != NULL && owner->key != NULL)
            mtl_text_bytes(text, test_key_pem(mint->arena, owner->key));
        return;
    }
    if (strcmp(word, "garbage") == 0) {
        write_block(text, "CERTIFICATE", mtl_slice_of("\x30\x03\x02\x01\x07", 5));
        return;
    }
    char *settings = strchr(word, '+');
    if (settings != NULL)
        *settings++ = '\0';
    const struct minted *item = mint_need(mint, word);
    if (item == NULL)
        return;
    if (settings != NULL)
        write_block(text, "TRUSTED CERTIFICATE", with_settings(mint, item, settings));
    else
        write_block(text, item->is_crl ? "X509 CRL" : "CERTIFICATE", item->der);
}

struct mtl_slice
mint_pem(struct mint *mint, const char *items)
{
    struct mtl_text text = {.arena = mint->arena};
    char *rest = mtl_arena_strdup(mint->arena, items);

    mtl_text_add(&text, "");
    for (;;) {
        rest += strspn(rest, " \t\r\n");
        if (*rest == '\0')
            return mtl_slice_of(text.text, text.size);
        size_t size = strcspn(rest, " \t\r\n");
        char *word = rest;
        rest += size + (rest[size] != '\0');
        word[size] = '\0';
        write_item(mint, &text, word);
    }
}
