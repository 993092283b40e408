/*
 * Lines as OpenSSL's PEM reader sees them (BIO_gets() into 255 bytes, then sanitize_line() of pem_lib.c): cut after 254
 * bytes, ended by a NUL byte, and stripped at their end of blanks, control bytes and bytes above 0x7f.
 */
#ifndef MTL_STORE_LINES_H
#define MTL_STORE_LINES_H

#include "base/base.h"

/* A place in a file. Copy it to come back. */
struct mtl_lines {
    struct mtl_slice bytes;
    size_t offset;   /* of the next line */
    unsigned number; /* of the next line; the first is 1 */
};

struct mtl_line {
    struct mtl_slice text; /* stripped */
    size_t offset;         /* of its first byte in the file */
    unsigned number;
    bool is_cut;         /* the rest of the same line follows as another line */
    bool is_end_of_file; /* begins with a NUL byte: OpenSSL stops reading here */
    bool has_tail;       /* something other than a line end was stripped */
    bool ends_crlf, ends_lf;
};

/* False at the end. */
bool mtl_lines_next(struct mtl_lines *lines, struct mtl_line *line);

#endif
