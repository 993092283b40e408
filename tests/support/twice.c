/* One certificate read by us and by libcrypto. SPDX-License-Identifier: Apache-2.0 */
#include "support/twice.h"

#include "support/mint.h"

#include <openssl/err.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

struct twice
twice_read(struct mtl_arena *arena, struct mtl_slice der)
{
    struct twice twice = {.der = der};
    const unsigned char *at = der.data;
    struct mtl_error error;

    twice.judge = d2i_X509(NULL, &at, (long)der.size);
    if (!mtl_cert_parse(arena, der, &twice.ours, &error))
        twice.ours = NULL;
    ERR_clear_error();
    return twice;
}

struct twice
twice_mint(struct mtl_arena *arena, struct key_pool *keys, const char *words)
{
    struct mint mint = mint_new(arena, keys);

    if (!mint_line(&mint, mtl_arena_printf(arena, "it %s", words)))
        fail_msg("%s: %s", words, mint.error);
    return twice_read(arena, mint_find(&mint, "it")->der);
}

void
twice_free(struct twice *twice)
{
    X509_free(twice->judge);
    twice->judge = NULL;
}

const char *
twice_hex_word(struct mtl_arena *arena, const char *word, struct mtl_slice der)
{
    struct mtl_text text = {.arena = arena};

    mtl_text_printf(&text, " %s", word);
    mtl_text_hex(&text, der, 0);
    return text.text;
}
