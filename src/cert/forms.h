/*
 * Forms that RFC 5280 asks for beyond what decodes. Verifiers differ in how many of them they look at.
 */
#ifndef MTL_CERT_FORMS_H
#define MTL_CERT_FORMS_H

#include "cert/cert.h"

/*
 * What is wrong with the form of an rfc822Name, URI or iPAddress as a certificate's own name (RFC 5280 4.2.1.6): "is no
 * mailbox". NULL: nothing, or a name of another type.
 */
const char *mtl_alt_name_fault(const struct mtl_general_name *name);
bool mtl_cert_has_common_name(const struct mtl_cert *cert); /* in its subject */
/* How many octets the last one has in UTF-8, up to a NUL. False: there is none, or it is no text. */
bool mtl_cert_last_common_name(const struct mtl_cert *cert, size_t *size);
/*
 * The first name constraint of another form than RFC 5280 4.2.1.10 gives it, in *base, and what is wrong with it:
 * "begins with a dot". NULL: none, or the extension is missing or does not decode.
 */
const char *mtl_constraint_fault(const struct mtl_cert *issuer, struct mtl_general_name *base);

/* "dns" and the name, "ip" and the address, ...; safe to print. An address with a mask is printed as octets. */
const char *mtl_general_name_kind(enum mtl_general_name_type type);
const char *mtl_general_name_text(struct mtl_arena *arena, const struct mtl_general_name *name);

/* The number of a CRL (RFC 5280 5.2.3). */
enum mtl_crl_number {
    MTL_CRL_NUMBERED,
    MTL_CRL_NUMBER_MISSING,
    MTL_CRL_NUMBER_CRITICAL,
};
enum mtl_crl_number mtl_crl_number(const struct mtl_crl *crl);

#endif
