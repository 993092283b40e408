/*
 * What is odd about the certificates of a PEM file, in terms of what readers of PEM lose for it. A look of its own at
 * the bytes: pem.h reads them as OpenSSL does.
 */
#ifndef MTL_STORE_PEM_FLAWS_H
#define MTL_STORE_PEM_FLAWS_H

#include "store/store.h"

enum mtl_pem_flaw {
    MTL_PEM_MARK = 1 << 0,   /* a byte order mark stands before BEGIN, at the start of the file or behind a block */
    MTL_PEM_PREFIX = 1 << 1, /* other text stands before BEGIN on its line */
    MTL_PEM_GLUED = 1 << 2,  /* END and the next BEGIN stand on one line; of both blocks */
    MTL_PEM_GAP = 1 << 3,    /* an empty line within the base64 */
    MTL_PEM_BROKEN = 1 << 4, /* base64 or DER does not decode */
};

#define MTL_MAX_PEM_BLOCKS 4096U

struct mtl_pem_look {
    uint8_t *flaws; /* per block, in order: enum mtl_pem_flaw joined with | */
    size_t count;
};

/*
 * Looks at the certificates of a file; material is what was read of the same bytes. False where something is odd in
 * another way: other labels, blocks without END, tabs behind dashes and the like, or more than MTL_MAX_PEM_BLOCKS.
 */
bool mtl_pem_look_at(struct mtl_arena *arena, struct mtl_slice bytes, const struct mtl_material *material,
                     struct mtl_pem_look *look);

#endif
