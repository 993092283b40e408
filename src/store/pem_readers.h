/*
 * What readers of PEM make of flaws in a file of trusted certificates, recorded with real ones: fixtures/pem/recorded,
 * by tests/lab/pem/record.py.
 */
#ifndef MTL_STORE_PEM_READERS_H
#define MTL_STORE_PEM_READERS_H

#include "store/pem_flaws.h"

/* The masks hold enum mtl_pem_flaw. What is in none of them is read as if it were sound. */
struct mtl_pem_reader {
    const char *title;
    unsigned skips;   /* the block is lost */
    unsigned stops;   /* the block is lost, and all behind it */
    unsigned refuses; /* nothing of the file is loaded */
};

enum { MTL_PEM_READERS = 6 };
extern const struct mtl_pem_reader mtl_pem_readers[MTL_PEM_READERS];

#endif
