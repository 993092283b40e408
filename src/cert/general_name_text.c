/*
 * Names of certificates in words.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cert/forms.h"

#include <arpa/inet.h>

const char *
mtl_general_name_kind(enum mtl_general_name_type type)
{
    static const char *const kinds[] = {
        [MTL_GN_OTHER_NAME] = "other",
        [MTL_GN_EMAIL] = "email",
        [MTL_GN_DNS] = "dns",
        [MTL_GN_X400] = "x400",
        [MTL_GN_DIRECTORY] = "directory",
        [MTL_GN_EDI] = "edi",
        [MTL_GN_URI] = "uri",
        [MTL_GN_IP] = "ip",
        [MTL_GN_REGISTERED_ID] = "registered-id",
    };

    return kinds[type];
}

static const char *
octets_text(struct mtl_arena *arena, struct mtl_slice octets)
{
    struct mtl_text text = {.arena = arena};

    mtl_text_hex(&text, octets, 0);
    return text.text;
}

static const char *
address_text(struct mtl_arena *arena, struct mtl_slice octets)
{
    char text[INET6_ADDRSTRLEN];
    const char *printed = octets.size == 4    ? inet_ntop(AF_INET, octets.data, text, sizeof text)
                          : octets.size == 16 ? inet_ntop(AF_INET6, octets.data, text, sizeof text)
                                              : NULL;

    return printed != NULL ? mtl_arena_strdup(arena, printed) : octets_text(arena, octets);
}

const char *
mtl_general_name_text(struct mtl_arena *arena, const struct mtl_general_name *name)
{
    const char *text = NULL;

    switch (name->type) {
    case MTL_GN_EMAIL:
    case MTL_GN_DNS:
    case MTL_GN_URI:
        text = mtl_text_safe(arena, name->value, 0);
        break;
    case MTL_GN_DIRECTORY:
        text = mtl_name_text(arena, name->value);
        break;
    case MTL_GN_IP:
        text = address_text(arena, name->value);
        break;
    case MTL_GN_OTHER_NAME:
    case MTL_GN_X400:
    case MTL_GN_EDI:
    case MTL_GN_REGISTERED_ID:
        text = octets_text(arena, name->value);
        break;
    }
    return text != NULL ? text : "";
}
