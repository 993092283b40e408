/*
 * What a file or directory holds, for a person and for a program.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_REPORT_SHOW_H
#define MTL_REPORT_SHOW_H

#include "cert/forms.h"
#include "mtlslint.h"
#include "store/store.h"

/* False when write refused to go on. */
bool mtl_show_text(struct mtl_arena *arena, const struct mtl_material *material,
                   const struct mtl_report_options *options, mtl_write *write, void *context);
/* Schema "mtlslint/show/1", see docs/JSON-SHOW.md. */
bool mtl_show_json(struct mtl_arena *arena, const struct mtl_material *material, mtl_write *write, void *context);

/* ---- what both share -------------------------------------------------------------------------------------------- */

/* One thing found, in the order of its place. Exactly one pointer is set. */
struct mtl_show_item {
    const struct mtl_source *source;
    const struct mtl_loaded_cert *cert;
    const struct mtl_loaded_key *key;
    const struct mtl_loaded_crl *crl;
    const struct mtl_note *note;
};
const struct mtl_show_item *mtl_show_items(struct mtl_arena *arena, const struct mtl_material *material, size_t *count);

/* Names of bits that are set. */
struct mtl_words {
    const char *items[16];
    size_t count;
};
struct mtl_words mtl_key_usage_words(uint16_t key_usage);        /* RFC 5280 4.2.1.3 */
struct mtl_words mtl_purpose_words(uint16_t extended_key_usage); /* RFC 5280 4.2.1.12 */

/* "SHA-256 with RSA", "Ed25519", "unknown" */
const char *mtl_signature_algorithm_text(struct mtl_arena *arena, const struct mtl_signature_algorithm *algorithm);
/* All octets of a part, "3b:e8:90"; NULL if it is absent. */
const char *mtl_octets_text(struct mtl_arena *arena, struct mtl_slice octets);

#endif
