/* Collects what a file or directory holds into one mtl_material. */
#ifndef MTL_STORE_BUILDER_H
#define MTL_STORE_BUILDER_H

#include "store/store.h"

/* Start from {.arena, .path, .passwords}. A directory changes path for each of its files with mtl_builder_enter(). */
struct mtl_builder {
    struct mtl_arena *arena;
    const char *path;
    struct mtl_loaded_cert *certs;
    size_t cert_count, cert_capacity;
    struct mtl_loaded_key *keys;
    size_t key_count, key_capacity;
    struct mtl_loaded_crl *crls;
    size_t crl_count, crl_capacity;
    struct mtl_note *notes;
    size_t note_count, note_capacity;
    struct mtl_remark *remarks;
    size_t remark_count, remark_capacity;
    const struct mtl_note *refusal, *chain_refusal;
    const struct mtl_passwords *passwords;   /* for key stores; NULL: none but those that everybody knows */
    size_t first_cert, first_key, first_crl; /* of the file being read: ordinals count from here */
    bool open_end;                           /* the file being read does not end with a newline */
    bool is_lent;                            /* the bytes being read do not outlive their reading */
    bool is_full;                            /* MTL_MAX_FILE_CERTS reached: nothing more is taken */
};

/* What follows is read from path (which must live as long as the arena). */
void mtl_builder_enter(struct mtl_builder *builder, const char *path);

/* where gives line, end_line and label; path is filled in, and the ordinal if it is 0. */
void mtl_builder_cert(struct mtl_builder *builder, const struct mtl_cert *cert, struct mtl_source where,
                      struct mtl_aux_trust aux);
/* The same from a key store. */
void mtl_builder_entry(struct mtl_builder *builder, const struct mtl_cert *cert, struct mtl_source where,
                       enum mtl_store_entry entry);
void mtl_builder_key(struct mtl_builder *builder, const struct mtl_private_key *key, struct mtl_source where);
void mtl_builder_locked_key(struct mtl_builder *builder, const struct mtl_private_key *key, struct mtl_source where,
                            bool is_locked);
void mtl_builder_crl(struct mtl_builder *builder, const struct mtl_crl *crl, struct mtl_source where);

/* For which readers of OpenSSL a note is the end: see struct mtl_material. */
enum {
    MTL_HARMLESS = 0,
    MTL_REFUSED_AS_TRUST = 1 << 0,
    MTL_REFUSED_AS_CHAIN = 1 << 1,
    MTL_REFUSED = MTL_REFUSED_AS_TRUST | MTL_REFUSED_AS_CHAIN,
};

/* A note at where; the sentence must be safe to print. */
void mtl_builder_note(struct mtl_builder *builder, enum mtl_note_kind kind, unsigned refused, struct mtl_source where,
                      const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Does a certificate or CRL of the file being read point into its bytes? Then they have to stay as they are. */
bool mtl_builder_borrows(const struct mtl_builder *builder, struct mtl_slice bytes);

/* What the bytes of the file being read say to this program. */
void mtl_builder_remarks(struct mtl_builder *builder, struct mtl_slice bytes);

/*
 * Adds what a part holds, which was built of the files that come next, as if they had been read here. False, and
 * nothing is added, where a limit would have left out some of it: then they have to be. The part must live as long as
 * the arena.
 */
bool mtl_builder_join(struct mtl_builder *builder, const struct mtl_builder *part);

const struct mtl_material *mtl_builder_finish(const struct mtl_builder *builder);

#endif
