/*
 * Every certificate there is to test with: fixtures/ and examples/ of the repository, and the corpora beside it
 * (x509-limbo and BetterTLS) where they are.
 */
#ifndef MTL_TESTS_SUPPORT_CORPORA_H
#define MTL_TESTS_SUPPORT_CORPORA_H

#include "base/base.h"

struct corpus_cert {
    struct mtl_slice der;
    const char *where; /* the file it comes from */
    bool is_fixture;   /* of ours: may be broken on purpose */
};

struct corpus {
    struct corpus_cert *certs;
    size_t count, capacity;
};

/*
 * Certificates in *.pem, *.der and *.crt below these, then those in ../shared/corpora/{limbo,bettertls}.json (or
 * the folder in MTL_CORPORA), each only once, in the order of the files. Says on stdout what is absent.
 */
struct corpus corpus_load(struct mtl_arena *arena);

#endif
