/*
 * PEM (RFC 7468, and RFC 1421 for encrypted keys): blocks of base64 between BEGIN and END lines, any text around them.
 *
 * What OpenSSL's PEM_read_bio() reads is read to the same bytes. What it refuses, and with it the whole file, is read
 * as a person would and noted as fatal: blocks glued together, blank or short lines within the base64, an END line that
 * names another label. A block that OpenSSL passes over in silence (its BEGIN is not alone on its line) is passed over
 * with a note. Linear in the size of the file.
 */
#ifndef MTL_STORE_PEM_H
#define MTL_STORE_PEM_H

#include "store/builder.h"
#include "store/lines.h"

struct mtl_pem_block {
    struct mtl_slice label;  /* as written, untrusted: "CERTIFICATE" */
    struct mtl_slice header; /* RFC 1421 lines such as Proc-Type, as written; absent if none */
    struct mtl_slice body;   /* decoded, in the arena, never empty */
    uint8_t *storage;        /* body's bytes, to be wiped if they are private */
    unsigned line;           /* of the BEGIN line */
    unsigned end_line;       /* of the END line */
};

struct mtl_pem {
    struct mtl_builder *builder; /* receives the notes */
    struct mtl_lines lines;
    bool is_start;    /* at the start of the file or after an END line: a byte order mark may stand here */
    bool is_refused;  /* OpenSSL has given up on the file: from here on common sense decides */
    bool mixes_noted; /* line ends of both kinds were noted */
    bool has_crlf, has_lf;
};

struct mtl_pem mtl_pem_open(struct mtl_builder *builder, struct mtl_slice bytes);
/* The next block that decodes, of whatever label; false at the end. What is odd goes to the builder. */
bool mtl_pem_next(struct mtl_pem *pem, struct mtl_pem_block *block);

/* Where a token starts in text, or text.size. */
size_t mtl_pem_find(struct mtl_slice text, const char *token);

#endif
