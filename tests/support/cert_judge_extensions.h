/* The part of cert_judge.c that compares extensions, and what the two share. */
#ifndef MTL_TESTS_SUPPORT_CERT_JUDGE_EXTENSIONS_H
#define MTL_TESTS_SUPPORT_CERT_JUDGE_EXTENSIONS_H

#include "support/cert_judge.h"

/* Notes the first difference; returns same. */
bool judge_expect(struct cert_judge *judge, bool same, const char *what);
bool judge_expect_bytes(struct cert_judge *judge, struct mtl_slice ours, struct mtl_slice theirs, const char *what);
/* Both absent, or the same number. */
void judge_compare_integer(struct cert_judge *judge, struct mtl_slice ours, const ASN1_INTEGER *theirs,
                           const char *what);

void judge_extensions(struct cert_judge *judge, const struct mtl_cert *ours, X509 *theirs);

/* Might the value hold an indefinite length, a string in pieces or a small tag number in the long form, which libcrypto
 * reads and we do not? */
bool cert_judge_may_be_ber(struct mtl_slice value);

#endif
