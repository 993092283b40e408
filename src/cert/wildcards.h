/*
 * One name of a certificate against the host that is expected. Internal to src/cert.
 */
#ifndef MTL_CERT_WILDCARDS_H
#define MTL_CERT_WILDCARDS_H

#include "cert/cert.h"

/* See enum mtl_wildcards. */
bool mtl_name_matches(struct mtl_slice pattern, struct mtl_slice host, const struct mtl_name_policy *policy);
/* Letters, digits, "-", dots and stars only? */
bool mtl_has_host_characters(struct mtl_slice name);
/* Up to the first dot. */
size_t mtl_label_size(struct mtl_slice text);

#endif
