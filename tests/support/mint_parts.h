/* What the files of the mint share: names, general names and extensions written from recipe text. */
#ifndef MTL_TESTS_SUPPORT_MINT_PARTS_H
#define MTL_TESTS_SUPPORT_MINT_PARTS_H

#include "support/attributes.h"
#include "support/der.h"
#include "support/mint.h"

/* Notes the first error of a mint; what follows goes on harmlessly. */
void mint_fail(struct mint *mint, const char *format, ...) __attribute__((format(printf, 2, 3)));

struct mtl_slice mint_hex(struct mint *mint, const char *hex);
mtl_time mint_time(struct mint *mint, const char *text);
const char *mint_oid(const char *name); /* dotted form of a known short name, else the name itself */

/* "CN=a,O=b+OU=c" in the order written; "CN=utf8:..", "printable:", "t61:", "bmp:", "ia5:"; "hex:.." for a raw Name. */
struct mtl_slice mint_name(struct mint *mint, const char *text);
/* "dns:a", "ip:10.0.0.1", "ip:10.0.0.0/8", "email:", "uri:", "dir:CN=x", "rid:1.2", "other:hex", "raw:hex" */
void mint_general_name(struct mint *mint, struct der *der, const char *text);

/* What an extension may refer to besides the text of its line. */
struct mint_context {
    const struct attributes *attributes;
    const struct test_key *key;
    const struct minted *issuer; /* NULL: self-signed */
    struct mtl_slice own_name, own_serial;
    struct mtl_slice key_id; /* out: the subjectKeyIdentifier written */
};
/* The [3] extensions of a certificate; writes nothing if there are none. */
void mint_extensions(struct mint *mint, struct der *der, struct mint_context *context);
bool mint_extensions_know(const char *key); /* is it an attribute that extensions use? */
/* An Extension from its value. */
void mint_extension(struct der *der, const char *oid, bool critical, struct mtl_slice value);
/* "OID:hex", for extensions spelled out in full. */
void mint_raw_extension(struct mint *mint, struct der *der, const char *text, bool critical);

/* An AlgorithmIdentifier for a signature by this key; "" for digests of EdDSA. */
void mint_signature_algorithm(struct mint *mint, struct der *der, const struct test_key *key, const char *digest,
                              bool pss);
/* The digest a line asks for, or the one that fits the key. */
const char *mint_digest(const struct attributes *attributes, const struct test_key *key);
/* SEQUENCE { tbs, algorithm, signature }, signed by key; heeds bad-signature, digest, pss and outer-digest. */
struct mtl_slice mint_signed(struct mint *mint, const struct attributes *attributes, const struct test_key *key,
                             struct mtl_slice tbs);

void mint_crl(struct mint *mint, const char *name, const struct attributes *attributes);
struct minted *mint_add(struct mint *mint, const char *name);
const struct minted *mint_need(struct mint *mint, const char *name); /* fails the mint if there is none */

#endif
