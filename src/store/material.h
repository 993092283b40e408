/* How bytes become material: shared by files, directories and PKCS#7. Internal to src/store. */
#ifndef MTL_STORE_MATERIAL_H
#define MTL_STORE_MATERIAL_H

#include "store/builder.h"
#include "store/file.h"

/* Adds what bytes hold, whatever their format, to the builder; if builder->is_lent, nothing of it refers to them. */
void mtl_material_read(struct mtl_builder *builder, struct mtl_slice bytes);
/* Likewise of a file; its bytes are wiped, unless certificates in DER point into them: any other may be a key. */
void mtl_material_read_file(struct mtl_builder *builder, struct mtl_file *file);

/*
 * Adds one object from its DER, which must live as long as the arena; what does not decode becomes a note that refuses
 * the file for the readers of OpenSSL that decode it, MTL_REFUSED_*.
 */
void mtl_material_cert(struct mtl_builder *builder, struct mtl_slice der, struct mtl_source where, unsigned refused);
void mtl_material_crl(struct mtl_builder *builder, struct mtl_slice der, struct mtl_source where, unsigned refused);
void mtl_material_key(struct mtl_builder *builder, struct mtl_slice der, struct mtl_source where, unsigned refused);
/* The certificates and CRLs of a PKCS#7 or CMS SignedData (RFC 2315 9.1, RFC 5652 5.1). */
void mtl_material_pkcs7(struct mtl_builder *builder, struct mtl_slice bytes, struct mtl_source where);
/* A key store of that kind, PKCS#12 or JKS. */
void mtl_material_key_store(struct mtl_builder *builder, struct mtl_slice bytes, struct mtl_source where,
                            bool is_pkcs12);
/* The blocks of a PEM file. */
void mtl_material_pem(struct mtl_builder *builder, struct mtl_slice bytes);

#endif
