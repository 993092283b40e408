/*
 * Facts of certificates, keys and CRLs in words.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/show.h"

#include <string.h>

/* ---- order ------------------------------------------------------------------------------------------------------ */

static bool
is_before(const struct mtl_source *a, const struct mtl_source *b)
{
    int order = strcmp(a->path, b->path);

    return order != 0 ? order < 0 : a->line < b->line;
}

/* The four lists are each in order of place; the next of them all. Objects come before notes about the same line. */
static struct mtl_show_item
next_item(const struct mtl_material *material, const size_t taken[static 4])
{
    struct mtl_show_item candidates[4] = {0}, first = {0};

    if (taken[0] < material->cert_count) {
        candidates[0].cert = &material->certs[taken[0]];
        candidates[0].source = &candidates[0].cert->source;
    }
    if (taken[1] < material->key_count) {
        candidates[1].key = &material->keys[taken[1]];
        candidates[1].source = &candidates[1].key->source;
    }
    if (taken[2] < material->crl_count) {
        candidates[2].crl = &material->crls[taken[2]];
        candidates[2].source = &candidates[2].crl->source;
    }
    if (taken[3] < material->note_count) {
        candidates[3].note = &material->notes[taken[3]];
        candidates[3].source = &candidates[3].note->source;
    }
    for (size_t i = 0; i < 4; i++) {
        if (candidates[i].source != NULL && (first.source == NULL || is_before(candidates[i].source, first.source)))
            first = candidates[i];
    }
    return first;
}

const struct mtl_show_item *
mtl_show_items(struct mtl_arena *arena, const struct mtl_material *material, size_t *count)
{
    size_t total = material->cert_count + material->key_count + material->crl_count + material->note_count;
    struct mtl_show_item *items = mtl_arena_array(arena, total, sizeof *items);
    size_t taken[4] = {0};

    for (size_t i = 0; i < total; i++) {
        items[i] = next_item(material, taken);
        taken[items[i].cert != NULL ? 0 : items[i].key != NULL ? 1 : items[i].crl != NULL ? 2 : 3]++;
    }
    *count = total;
    return items;
}

/* ---- bits ------------------------------------------------------------------------------------------------------- */

static struct mtl_words
words_of(uint16_t mask, const char *const *names, size_t count)
{
    struct mtl_words words = {0};

    for (size_t i = 0; i < count; i++) {
        if ((mask >> i & 1) != 0)
            words.items[words.count++] = names[i];
    }
    return words;
}

struct mtl_words
mtl_key_usage_words(uint16_t key_usage)
{
    static const char *const names[] = {"digitalSignature", "nonRepudiation", "keyEncipherment",
                                        "dataEncipherment", "keyAgreement",   "keyCertSign",
                                        "cRLSign",          "encipherOnly",   "decipherOnly"};

    return words_of(key_usage, names, sizeof names / sizeof names[0]);
}

struct mtl_words
mtl_purpose_words(uint16_t extended_key_usage)
{
    static const char *const names[] = {"serverAuth",   "clientAuth",  "codeSigning",         "emailProtection",
                                        "timeStamping", "OCSPSigning", "anyExtendedKeyUsage", "msSGC",
                                        "nsSGC",        "other"};

    return words_of(extended_key_usage, names, sizeof names / sizeof names[0]);
}

/* ---- octets ----------------------------------------------------------------------------------------------------- */

const char *
mtl_octets_text(struct mtl_arena *arena, struct mtl_slice octets)
{
    struct mtl_text text = {.arena = arena};

    if (octets.size == 0)
        return NULL;
    mtl_text_hex(&text, octets, 0);
    return text.text;
}

/* ---- algorithms ------------------------------------------------------------------------------------------------- */

const char *
mtl_signature_algorithm_text(struct mtl_arena *arena, const struct mtl_signature_algorithm *algorithm)
{
    static const char *const keys[] = {
        [MTL_KEY_UNKNOWN] = "unknown", [MTL_KEY_RSA] = "RSA",         [MTL_KEY_RSA_PSS] = "RSA-PSS",
        [MTL_KEY_EC] = "ECDSA",        [MTL_KEY_ED25519] = "Ed25519", [MTL_KEY_ED448] = "Ed448",
        [MTL_KEY_DSA] = "DSA",         [MTL_KEY_X25519] = "X25519",   [MTL_KEY_X448] = "X448",
    };

    if (algorithm->digest == MTL_DIGEST_NONE)
        return keys[algorithm->key];
    return mtl_arena_printf(arena, "%s with %s", keys[algorithm->key], mtl_digest_text(algorithm->digest));
}
