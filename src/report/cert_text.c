/*
 * Certificates in the words that text reports share.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/report.h"

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
