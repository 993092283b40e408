/* A CRL in a file of CAs: OpenSSL asks for CRLs only if some are given as such; Envoy 1.40 (as the program was seen to)
 * asks for one of every certificate as soon as its file of CAs holds one. SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/two_sides.h"

static const struct mtl_transcript *
predict(struct two_sides *sides, const char *server_stack, const char *server_trust)
{
    sides->question.sides[MTL_SERVER].stack = mtl_stack_find(server_stack);
    two_sides_trust(sides, MTL_SERVER, server_trust);
    return two_sides_predict(sides, MTL_TLS13);
}

static void
crl_in_trust_may_ask_for_all_others(void **state)
{
    struct two_sides sides = two_sides_new();
    const struct mtl_transcript *transcript;
    (void)state;

    two_sides_mint(&sides, "crl root-crl issuer=croot");
    two_sides_mint(&sides, "crl ca-crl issuer=cca");
    assert_int_equal(predict(&sides, "envoy-1.40", "croot")->outcome, MTL_ESTABLISHED);
    assert_int_equal(predict(&sides, "openssl-3.0", "croot root-crl")->outcome, MTL_ESTABLISHED);
    transcript = predict(&sides, "envoy-1.40", "croot root-crl");
    assert_int_equal(transcript->outcome, MTL_HANDSHAKE_REJECTED);
    assert_int_equal(transcript->reason, MTL_REASON_CRL_MISSING);
    assert_int_equal(predict(&sides, "envoy-1.40", "croot root-crl ca-crl")->outcome, MTL_ESTABLISHED);
    two_sides_free(&sides);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(crl_in_trust_may_ask_for_all_others)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
