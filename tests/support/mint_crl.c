/* CRLs from recipe text (RFC 5280 5).
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "support/mint_parts.h"

/* One entry; reason below zero: no reasonCode extension. */
static void
write_entry(struct der *der, struct mtl_slice serial, mtl_time date, int reason)
{
    size_t entry = der_open(der, DER_SEQUENCE);
    der_value(der, DER_INTEGER, serial);
    der_time(der, date);
    if (reason >= 0) {
        struct der value = der_new(der->arena);
        der_integer(&value, DER_ENUMERATED, reason);
        size_t list = der_open(der, DER_SEQUENCE);
        mint_extension(der, "2.5.29.21", false, der_slice(&value));
        der_close(der, list);
    }
    der_close(der, entry);
}

static void
write_revoked(struct mint *mint, struct der *der, const struct attributes *attributes)
{
    const char *list = attributes_get(attributes, "revoked");
    const char *reason = attributes_get(attributes, "reason");
    const char *word;
    if (list == NULL)
        return;
    size_t start = der_open(der, DER_SEQUENCE);
    while ((word = list_next(mint->arena, &list)) != NULL) {
        const struct minted *cert = mint_need(mint, word);
        if (cert != NULL)
            write_entry(der, cert->serial, mint_time(mint, "2026-01-15"), reason == NULL ? -1 : atoi(reason));
    }
    der_close(der, start);
}

/* idp=user | ca | attribute | indirect | reasons | dp (a name, from idp-uri=), joined by commas (RFC 5280 5.2.5) */
static void
write_distribution_point(struct mint *mint, struct der *list, const struct attributes *attributes)
{
    const char *wish = attributes_get(attributes, "idp");
    const char *address = attributes_get(attributes, "idp-uri");
    if (wish == NULL && address == NULL)
        return;
    static const struct {
        const char *name;
        unsigned tag;
    } flags[] = {{"user", 1}, {"ca", 2}, {"reasons", 3}, {"indirect", 4}, {"attribute", 5}};
    struct der value = der_new(mint->arena);
    size_t start = der_open(&value, DER_SEQUENCE);
    if (address != NULL) {
        size_t name = der_open(&value, DER_CONSTRUCTED + 0);
        size_t full = der_open(&value, DER_CONSTRUCTED + 0);
        der_text(&value, DER_CONTEXT + 6, address);
        der_close(&value, full);
        der_close(&value, name);
    }
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
        if (!list_has(wish, flags[i].name))
            continue;
        if (flags[i].tag == 3)
            der_named_bits(&value, DER_CONTEXT + 3, 1U << 1 | 1U << 4);
        else
            der_value(&value, DER_CONTEXT + flags[i].tag, mtl_slice_of("\xff", 1));
    }
    der_close(&value, start);
    mint_extension(list, "2.5.29.28", true, der_slice(&value));
}

static void
write_key_id(struct mint *mint, struct der *list, const struct attributes *attributes, const struct minted *issuer)
{
    const char *wish = attributes_get(attributes, "aki");
    if (wish != NULL && strcmp(wish, "none") == 0)
        return;
    struct mtl_slice key_id = issuer->key_id;
    if (wish != NULL)
        key_id = strcmp(wish, "wrong") == 0 ? mtl_slice_of("0123456789abcdefghij", 20) : mint_hex(mint, wish);
    if (key_id.data == NULL)
        return;
    struct der value = der_new(mint->arena);
    size_t start = der_open(&value, DER_SEQUENCE);
    der_value(&value, DER_CONTEXT + 0, key_id);
    der_close(&value, start);
    mint_extension(list, "2.5.29.35", false, der_slice(&value));
}

static void
write_extensions(struct mint *mint, struct der *der, const struct attributes *attributes, const struct minted *issuer)
{
    struct der list = der_new(mint->arena), value = der_new(mint->arena);
    const char *number = attributes_get(attributes, "number");
    const char *base = attributes_get(attributes, "delta");
    const char *raw = attributes_get(attributes, "critical-ext");

    write_key_id(mint, &list, attributes, issuer);
    if (number == NULL || strcmp(number, "none") != 0) {
        der_integer(&value, DER_INTEGER, number == NULL ? 1 : strtoll(number, NULL, 10));
        mint_extension(&list, "2.5.29.20", false, der_slice(&value));
    }
    if (base != NULL) {
        struct der base_number = der_new(mint->arena);
        der_integer(&base_number, DER_INTEGER, strtoll(base, NULL, 10));
        mint_extension(&list, "2.5.29.27", true, der_slice(&base_number));
    }
    write_distribution_point(mint, &list, attributes);
    if (attributes_flag(attributes, "malformed-idp"))
        mint_extension(&list, "2.5.29.28", true, mtl_slice_of("\x05\x00", 2));
    if (attributes_flag(attributes, "unknown-critical"))
        mint_raw_extension(mint, &list, "1.3.6.1.4.1.99999.1:0500", true);
    if (raw != NULL)
        mint_raw_extension(mint, &list, raw, true);
    if (list.size == 0)
        return;
    size_t outer = der_open(der, DER_CONSTRUCTED + 0);
    der_value(der, DER_SEQUENCE, der_slice(&list));
    der_close(der, outer);
}

static void
check_words(struct mint *mint, const struct attributes *attributes)
{
    static const char known[] = "issuer,issuer-name,signed-by,this,next,no-next,revoked,reason,idp,idp-uri,aki,number,"
                                "delta,critical-ext,unknown-critical,malformed-idp,bad-signature,digest,outer-digest,"
                                "pss";
    for (size_t i = 2; i < attributes->count; i++)
        if (!list_has(known, attributes->items[i].key))
            mint_fail(mint, "unknown word \"%s\" for a CRL", attributes->items[i].key);
}

void
mint_crl(struct mint *mint, const char *name, const struct attributes *attributes)
{
    const char *issuer_name = attributes_get(attributes, "issuer-name");
    const char *signed_by = attributes_get(attributes, "signed-by");
    const char *this_update = attributes_get(attributes, "this"), *next_update = attributes_get(attributes, "next");
    const char *issuer_word = attributes_get(attributes, "issuer");

    check_words(mint, attributes);
    const struct minted *issuer = mint_need(mint, issuer_word == NULL ? "(no issuer=)" : issuer_word);
    const struct minted *signer = signed_by != NULL ? mint_need(mint, signed_by) : issuer;
    if (issuer == NULL || signer == NULL)
        return;
    struct minted made = {.is_crl = true, .issuer = issuer->subject};
    if (issuer_name != NULL)
        made.issuer = mint_name(mint, issuer_name);

    struct der tbs = der_new(mint->arena);
    size_t start = der_open(&tbs, DER_SEQUENCE);
    der_integer(&tbs, DER_INTEGER, 1);
    bool pss = attributes_flag(attributes, "pss") || strncmp(signer->key->type, "rsa-pss", 7) == 0;
    mint_signature_algorithm(mint, &tbs, signer->key, mint_digest(attributes, signer->key), pss);
    der_raw(&tbs, made.issuer);
    der_time(&tbs, mint_time(mint, this_update == NULL ? "2026-01-01" : this_update));
    if (!attributes_flag(attributes, "no-next"))
        der_time(&tbs, mint_time(mint, next_update == NULL ? "2060-01-01" : next_update));
    write_revoked(mint, &tbs, attributes);
    write_extensions(mint, &tbs, attributes, issuer);
    der_close(&tbs, start);
    made.der = mint_signed(mint, attributes, signer->key, der_slice(&tbs));
    struct minted *item = mint_add(mint, name);
    made.name = item->name;
    *item = made;
}
