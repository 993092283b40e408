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

static void
add_address(struct mtl_text *text, struct mtl_slice address)
{
    if (address.size == 4) {
        mtl_text_printf(text, "%u.%u.%u.%u", address.data[0], address.data[1], address.data[2], address.data[3]);
        return;
    }
    for (size_t i = 0; i + 1 < address.size; i += 2)
        mtl_text_printf(text, "%s%x", i == 0 ? "" : ":", (unsigned)(address.data[i] << 8 | address.data[i + 1]));
}

#define NAMES_SHOWN 6U
#define NAME_SHOWN 100U /* octets of one */

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
        mtl_text_add(&text, count == 1 ? "" : ", ");
        if (name.type == MTL_GN_DNS)
            mtl_text_add(&text, mtl_text_safe(arena, name.value, NAME_SHOWN));
        else
            add_address(&text, name.value);
    }
    if (count > NAMES_SHOWN)
        mtl_text_printf(&text, " and %zu more", count - NAMES_SHOWN);
    return count == 0 ? "no host names" : text.text;
}

struct bit_name {
    unsigned bit;
    const char *name;
};

static void
add_bits(struct mtl_text *text, unsigned bits, const struct bit_name *names, size_t count)
{
    bool first = true;

    for (size_t i = 0; i < count; i++) {
        if ((bits & names[i].bit) == 0)
            continue;
        mtl_text_printf(text, "%s%s", first ? "" : ", ", names[i].name);
        first = false;
    }
    if (first)
        mtl_text_add(text, "nothing");
}

static const struct bit_name purposes[] = {
    {MTL_EKU_SERVER_AUTH, "serverAuth"},
    {MTL_EKU_CLIENT_AUTH, "clientAuth"},
    {MTL_EKU_CODE_SIGNING, "codeSigning"},
    {MTL_EKU_EMAIL_PROTECTION, "emailProtection"},
    {MTL_EKU_TIME_STAMPING, "timeStamping"},
    {MTL_EKU_OCSP_SIGNING, "OCSPSigning"},
    {MTL_EKU_ANY, "anyExtendedKeyUsage"},
    {MTL_EKU_MS_SGC, "msSGC"},
    {MTL_EKU_NS_SGC, "nsSGC"},
    {MTL_EKU_OTHER, "others"},
};
static const struct bit_name usages[] = {
    {MTL_KU_DIGITAL_SIGNATURE, "digitalSignature"},
    {MTL_KU_NON_REPUDIATION, "nonRepudiation"},
    {MTL_KU_KEY_ENCIPHERMENT, "keyEncipherment"},
    {MTL_KU_DATA_ENCIPHERMENT, "dataEncipherment"},
    {MTL_KU_KEY_AGREEMENT, "keyAgreement"},
    {MTL_KU_KEY_CERT_SIGN, "keyCertSign"},
    {MTL_KU_CRL_SIGN, "cRLSign"},
    {MTL_KU_ENCIPHER_ONLY, "encipherOnly"},
    {MTL_KU_DECIPHER_ONLY, "decipherOnly"},
};

const char *
mtl_usage_text(struct mtl_arena *arena, const struct mtl_cert *cert)
{
    struct mtl_text text = {.arena = arena};

    if (mtl_cert_has(cert, MTL_EXT_EXTENDED_KEY_USAGE)) {
        mtl_text_add(&text, "extendedKeyUsage ");
        add_bits(&text, cert->extended_key_usage, purposes, sizeof(purposes) / sizeof(purposes[0]));
    }
    if (mtl_cert_has(cert, MTL_EXT_KEY_USAGE)) {
        mtl_text_add(&text, text.size > 0 ? "; keyUsage " : "keyUsage ");
        add_bits(&text, cert->key_usage, usages, sizeof(usages) / sizeof(usages[0]));
    }
    return text.size > 0 ? text.text : "any purpose";
}
