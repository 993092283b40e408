/*
 * Certificates in the words that text reports share.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/report.h"
#include "report/show.h"

#include <string.h>

const char *
mtl_place_text(struct mtl_arena *arena, const struct mtl_source *source)
{
    return mtl_arena_printf(arena, "%s:%u", mtl_text_safe(arena, mtl_slice_text(source->path), 0), source->line);
}

#define KEY_ID_SHOWN 4U /* octets; enough to tell keys apart by eye */

const char *
mtl_key_id_text(struct mtl_arena *arena, struct mtl_slice key_id)
{
    struct mtl_text text = {.arena = arena};

    if (key_id.size == 0)
        return "none";
    mtl_text_hex(&text, key_id, KEY_ID_SHOWN);
    return text.text;
}

const char *
mtl_fingerprint_text(struct mtl_arena *arena, const struct mtl_cert *cert)
{
    struct mtl_text text = {.arena = arena};
    uint8_t digest[32];

    mtl_cert_sha256(cert, digest);
    for (size_t i = 0; i < sizeof(digest); i++)
        mtl_text_printf(&text, "%02x", digest[i]);
    return text.text;
}

const char *
mtl_validity_text(struct mtl_arena *arena, const struct mtl_cert *cert)
{
    char from[MTL_TIME_TEXT_SIZE], until[MTL_TIME_TEXT_SIZE];

    mtl_time_text(cert->not_before, from);
    mtl_time_text(cert->not_after, until);
    return mtl_arena_printf(arena, "%.*s to %.*s", (int)strcspn(from, "T"), from, (int)strcspn(until, "T"), until);
}

const char *
mtl_crl_validity_text(struct mtl_arena *arena, const struct mtl_crl *crl)
{
    char from[MTL_TIME_TEXT_SIZE], until[MTL_TIME_TEXT_SIZE];

    mtl_time_text(crl->this_update, from);
    if (!crl->has_next_update)
        return mtl_arena_printf(arena, "from %.*s", (int)strcspn(from, "T"), from);
    mtl_time_text(crl->next_update, until);
    return mtl_arena_printf(arena, "%.*s to %.*s", (int)strcspn(from, "T"), from, (int)strcspn(until, "T"), until);
}

const char *
mtl_subject_text(struct mtl_arena *arena, const struct mtl_cert *cert)
{
    return mtl_name_text(arena, mtl_cert_bytes(cert, cert->subject));
}

const char *
mtl_issuer_text(struct mtl_arena *arena, const struct mtl_cert *cert)
{
    return mtl_name_text(arena, mtl_cert_bytes(cert, cert->issuer));
}

const char *
mtl_subject_label(struct mtl_arena *arena, const struct mtl_cert *cert)
{
    return mtl_name_label(arena, mtl_cert_bytes(cert, cert->subject));
}

#define NAMES_SHOWN 6U

const char *
mtl_host_names_text(struct mtl_arena *arena, const struct mtl_cert *cert)
{
    struct mtl_general_names walk = mtl_cert_alt_names(cert);
    struct mtl_text text = {.arena = arena};
    struct mtl_general_name name;
    size_t count = 0;

    while (mtl_general_names_next(&walk, &name)) {
        if ((name.type != MTL_GN_DNS && name.type != MTL_GN_IP) || count++ >= NAMES_SHOWN)
            continue;
        mtl_text_printf(&text, "%s%s", count == 1 ? "" : ", ", mtl_general_name_text(arena, &name));
    }
    if (count > NAMES_SHOWN)
        mtl_text_printf(&text, " and %zu more", count - NAMES_SHOWN);
    return count == 0 ? "no host names" : text.text;
}

static void
add_words(struct mtl_text *text, const char *what, struct mtl_words words)
{
    mtl_text_printf(text, "%s%s ", text->size > 0 ? "; " : "", what);
    for (size_t i = 0; i < words.count; i++)
        mtl_text_printf(text, "%s%s", i == 0 ? "" : ", ", words.items[i]);
    if (words.count == 0)
        mtl_text_add(text, "nothing");
}

const char *
mtl_usage_text(struct mtl_arena *arena, const struct mtl_cert *cert)
{
    struct mtl_text text = {.arena = arena};

    if (mtl_cert_has(cert, MTL_EXT_EXTENDED_KEY_USAGE))
        add_words(&text, "extendedKeyUsage", mtl_purpose_words(cert->extended_key_usage));
    if (mtl_cert_has(cert, MTL_EXT_KEY_USAGE))
        add_words(&text, "keyUsage", mtl_key_usage_words(cert->key_usage));
    return text.size > 0 ? text.text : "any purpose";
}
