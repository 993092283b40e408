/*
 * The list of revoked certificates. Internal to src/cert.
 */
#ifndef MTL_CERT_CRL_ENTRIES_H
#define MTL_CERT_CRL_ENTRIES_H

#include "cert/cert.h"
#include "cert/der.h"

/*
 * Reads all entries of the list into crl->entries, sorted by serial, and notes in crl what they mean for all of it:
 * malformed and has_unknown_critical. False, with the fault noted, when an entry is not one.
 */
bool mtl_crl_read_entries(struct mtl_crl *crl, struct mtl_arena *arena, struct mtl_der *list);

#endif
