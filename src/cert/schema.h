/*
 * The strict schema, compiled once for many certificates; mtl_schema_check() in cert.h is the one-off. Internal to
 * src/cert, the benchmark and the fuzzer.
 */
#ifndef MTL_CERT_SCHEMA_H
#define MTL_CERT_SCHEMA_H

#include "cert/cert.h"

struct mtl_schema;

struct mtl_schema *mtl_schema_new(void);
void mtl_schema_free(struct mtl_schema *schema); /* NULL is fine */

/* Certificate alone: the values of extensions are octets. */
bool mtl_schema_decode_certificate(const struct mtl_schema *schema, struct mtl_slice der, struct mtl_error *error);
/* The value of one extension. */
bool mtl_schema_decode_extension(const struct mtl_schema *schema, enum mtl_extension extension, struct mtl_slice value,
                                 struct mtl_error *error);
/* Certificate and the value of every known extension. */
bool mtl_schema_decode(const struct mtl_schema *schema, struct mtl_slice der, struct mtl_error *error);

#endif
