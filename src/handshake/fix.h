/*
 * Looking for changes that help. Internal to src/handshake.
 *
 * Each family of fixes (fix_*.c) alters the question in memory and offers the result; only what proves to help when the
 * altered question is judged becomes a fix.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_HANDSHAKE_FIX_H
#define MTL_HANDSHAKE_FIX_H

#include "handshake/scene.h"

#define MTL_MAX_FIXES 3U
#define MTL_MAX_FIX_TRIALS 24U /* judgements of altered questions per prediction */

struct mtl_fixer {
    struct mtl_arena *arena;
    const struct mtl_handshake_question *question; /* with what the server presents to this client */
    const struct mtl_handshake_question *declared; /* with all that it may present */
    const struct mtl_transcript *failed;
    enum mtl_stage stage;                    /* where it failed */
    const struct mtl_pool *everything;       /* every certificate of every file given */
    const struct mtl_material *const *files; /* all of them */
    size_t file_count;
    struct mtl_fix fixes[MTL_MAX_FIXES];
    size_t fix_count, trials;
};

/* Fills in the transcript's fixes and advice. */
void mtl_handshake_find_fixes(struct mtl_arena *arena, const struct mtl_handshake_question *question,
                              struct mtl_transcript *transcript, enum mtl_stage stage);
/* What to do in general about a rejection; NULL if there is nothing to say. */
const char *mtl_handshake_advice(struct mtl_arena *arena, const struct mtl_transcript *failed);

/* The families. Each looks at fixer->failed->reason itself. */
void mtl_fix_naming(struct mtl_fixer *fixer);
void mtl_fix_order(struct mtl_fixer *fixer);
void mtl_fix_key(struct mtl_fixer *fixer);
void mtl_fix_directory(struct mtl_fixer *fixer);
void mtl_fix_issuers(struct mtl_fixer *fixer);
void mtl_fix_size(struct mtl_fixer *fixer);
void mtl_fix_renewed(struct mtl_fixer *fixer);
void mtl_fix_leaf(struct mtl_fixer *fixer);
void mtl_fix_settings(struct mtl_fixer *fixer);
void mtl_fix_crl(struct mtl_fixer *fixer);

/*
 * Judges the altered question for both TLS versions and keeps the fix if the failed version is established or gets
 * further. fix needs kind, summary, commands (NULL: none) and widens_trust only. Returns whether it was kept.
 */
bool mtl_fixer_offer(struct mtl_fixer *fixer, const struct mtl_handshake_question *altered, struct mtl_fix fix);

/* base (may be NULL) with these certificates instead of its own. */
const struct mtl_material *mtl_fixer_material(struct mtl_fixer *fixer, const struct mtl_material *base,
                                              const struct mtl_loaded_cert *certs, size_t count);
/* The same, appended to its own. */
const struct mtl_material *mtl_fixer_extended(struct mtl_fixer *fixer, const struct mtl_material *base,
                                              const struct mtl_loaded_cert *certs, size_t count);
bool mtl_material_holds(const struct mtl_material *material, const struct mtl_cert *cert);
bool mtl_fixer_is_valid_now(const struct mtl_fixer *fixer, const struct mtl_cert *cert);
/* Whose certificate was rejected, and who rejected it. */
const struct mtl_side *mtl_fixer_owner(const struct mtl_fixer *fixer);
const struct mtl_side *mtl_fixer_verifier(const struct mtl_fixer *fixer);

/* ---- commands to paste (fix_commands.c) ----------------------------------------------------------------------- */

/*
 * "cat a.pem b.pem > out", or with line ranges where a file holds more than what is wanted. NULL if one of them is not
 * PEM, since then no text tool can do it.
 */
const char *mtl_join_command(const struct mtl_fixer *fixer, const struct mtl_loaded_cert *certs, size_t count,
                             const char *out);
/* The command that names the files in the side's directory of CAs as its stack looks for them; NULL: none. */
const char *mtl_hash_command(const struct mtl_fixer *fixer, const struct mtl_side *side);
/* "dir/stem-suffix.pem" beside path. */
const char *mtl_path_beside(struct mtl_arena *arena, const char *path, const char *suffix);
/* The file's name without folders and extension. */
const char *mtl_path_stem(struct mtl_arena *arena, const char *path);
/* A NULL-terminated list of those of the lines that are not NULL. */
const char *const *mtl_commands(struct mtl_arena *arena, const char *first, const char *second, const char *third);

#endif
