/* The certificate parser against libcrypto and libtasn1, on anything. SPDX-License-Identifier: Apache-2.0 */
#include "cert/info_access.h"
#include "cert/policies.h"
#include "fuzz/der_mutator.h"
#include "support/cert_judge.h"

#include <stdio.h>
#include <stdlib.h>

static void
expect_within(struct mtl_slice part, struct mtl_slice der)
{
    if (part.size > 0 && (part.data < der.data || part.data + part.size > der.data + der.size))
        abort();
}

static void
ask_policies(const struct mtl_cert *cert)
{
    struct mtl_policy_walk walk = mtl_cert_policies(cert);
    struct mtl_policy_limits limits = mtl_cert_policy_limits(cert);
    struct mtl_policy_mapping mapping;
    struct mtl_issued_policy policy;

    while (mtl_cert_policies_next(&walk, &policy))
        expect_within(policy.id, cert->der);
    walk = mtl_cert_policy_mappings(cert);
    while (mtl_cert_policy_mappings_next(&walk, &mapping)) {
        expect_within(mapping.issuer, cert->der);
        expect_within(mapping.subject, cert->der);
    }
    if (limits.require_explicit < -1 || limits.inhibit_mapping < -1 || limits.inhibit_any < -1)
        abort();
}

/* What is read only when somebody asks: a part of the certificate, or nothing. */
static void
ask(struct mtl_slice der)
{
    struct mtl_arena *arena = mtl_arena_new();
    const struct mtl_cert *cert;

    if (mtl_cert_parse(arena, der, &cert, NULL)) {
        expect_within(mtl_cert_issuer_location(cert), der);
        ask_policies(cert);
    }
    mtl_arena_free(arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct cert_judge *judge;

    if (!judge)
        judge = cert_judge_new();
    if (size == 0)
        return 0;
    if (cert_judge(judge, mtl_slice_of(data, size)) == CERT_DIFFERENT) {
        fprintf(stderr, "%s\n", judge->difference);
        abort();
    }
    ask(mtl_slice_of(data, size));
    return 0;
}
