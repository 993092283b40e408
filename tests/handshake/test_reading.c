/* What a stack's decoder refuses, in its words; what is left in doubt. SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "handshake/scene.h"
#include "support/mint.h"

/* What x509.ParseCertificate of Go said to a certificate of these words: releases 1.26.8 and 1.19.8. */
static const char *const releases[] = {"go-1.26", "go-1.19"};
#define ALIKE(text)                                                                                                    \
    {                                                                                                                  \
        text, text                                                                                                     \
    }
static const struct parsed {
    const char *words;                               /* of a recipe */
    const char *said[2];                             /* NULL: it was parsed */
    enum { SURE, DOUBT, DOUBT_IN_OLDER } prediction; /* DOUBT: we do not say what it does */
} parsed[] = {
    {"", ALIKE(NULL), SURE},
    {"version=4", ALIKE("x509: invalid version"), SURE},
    {"serial=ff01", {"x509: negative serial number", NULL}, SURE},
    {"subject=CN=printable:pay_ments@example",
     ALIKE("x509: invalid RDNSequence: invalid attribute value: invalid PrintableString"), SURE},
    {"subject=\"O=printable:A&B *\"", ALIKE(NULL), SURE},
    {"subject=DC=hex:1601c3", ALIKE("x509: invalid RDNSequence: invalid attribute value: invalid IA5String"), SURE},
    {"subject=CN=hex:120161", ALIKE("x509: invalid RDNSequence: invalid attribute value: invalid NumericString"), SURE},
    {"subject=CN=universal:abc",
     ALIKE("x509: invalid RDNSequence: invalid attribute value: unsupported string type: 28"), SURE},
    {"subject=CN=hex:03020061", ALIKE("x509: invalid RDNSequence: invalid attribute value: unsupported string type: 3"),
     SURE},
    {"subject=CN=bmp:abc", ALIKE(NULL), SURE},
    {"subject=2.25.2147483648=utf8:abc", ALIKE("x509: invalid RDNSequence: invalid attribute type"), SURE},
    {"subject=2.25.2147483=utf8:abc", ALIKE(NULL), SURE},
    {"ext=1.3.6.1.4.1.2147483648:0500", ALIKE("x509: malformed extension OID field"), SURE},
    {"ext=1.3.6.1.4.1.2147483647:0500", ALIKE(NULL), SURE},
    {"raw-eku=300c060a2b060104018880808000", ALIKE("x509: invalid extended key usages"), SURE},
    {"aki=0102 critical=aki", {"x509: authority key identifier incorrectly marked critical", NULL}, SURE},
    {"critical=ski", {"x509: subject key identifier incorrectly marked critical", NULL}, SURE},
    {"raw-aia=3000 critical=aia", {"x509: authority info access incorrectly marked critical", NULL}, SURE},
    {"raw-ku=030100", ALIKE(NULL), SURE},
    {"raw-ku=03020700", ALIKE(NULL), SURE},
    {"raw-ku=0500", ALIKE("x509: invalid key usage"), SURE},
    {"raw-ku=03020781", ALIKE("x509: invalid key usage"), SURE},
    {"raw-ku=03020880", ALIKE("x509: invalid key usage"), SURE},
    {"raw-ku=030205a00500", ALIKE(NULL), SURE},
    {"malformed=bc", {"x509: invalid basic constraints", "x509: invalid basic constraints a"}, SURE},
    {"raw-bc=30050101ff0500", ALIKE(NULL), DOUBT},
    {"raw-bc=30060101ff0201ff", {"x509: invalid basic constraints", NULL}, DOUBT_IN_OLDER},
    {"raw-bc=3003010101", {"x509: invalid basic constraints", "x509: invalid basic constraints b"}, SURE},
    {"malformed=san", ALIKE("x509: invalid subject alternative names"), SURE},
    {"raw-san=3011820f62c3bc636865722e6578616d706c65", ALIKE("x509: SAN dNSName is malformed"), SURE},
    {"raw-san=300e810cc3bc40612e6578616d706c65", ALIKE("x509: SAN rfc822Name is malformed"), SURE},
    {"raw-san=30138611687474703a2f2fc3bc2e6578616d706c65", ALIKE("x509: SAN uniformResourceIdentifier is malformed"),
     SURE},
    {"raw-san=30058703616263", ALIKE("x509: cannot parse IP address of length 3"), SURE},
    {"raw-san=300c870a3139322e302e322e3130", ALIKE("x509: cannot parse IP address of length 10"), SURE},
    {"raw-san=30038a0161", ALIKE(NULL), DOUBT},
    {"raw-san=3000", ALIKE(NULL), SURE},
    {"raw-san=300d860b687474703a2f2f6120622f",
     ALIKE("x509: cannot parse URI \"http://a b/\": parse \"http://a b/\": invalid character \" \" in host name"),
     DOUBT},
    {"raw-san=302386217370696666653a2f2f6578616d706c652e6f72672f6e732f70726f642f73612f78", ALIKE(NULL), SURE},
    {"raw-san=301c861a68747470733a2f2f6578616d706c652e6f72673a383434332f78", ALIKE(NULL), SURE},
    {"raw-san=3018861668747470733a2f2f65785f616d706c652e6f72672f78", ALIKE(NULL), SURE},
    {"raw-san=3018861668747470733a2f2f6578616d706c652e6f72672e2f78",
     ALIKE("x509: cannot parse URI \"https://example.org./x\": invalid domain"), DOUBT},
    {"raw-san=302f862d75726e3a757569643a36653862633433302d396333612d313164392d393636392d303830303230306339613636",
     ALIKE(NULL), SURE},
    {"raw-san=300886066f7264657273", ALIKE(NULL), DOUBT},
    {"raw-san=301b861968747470733a2f2f6578616d706c652e6f72672f783f793d31", ALIKE(NULL), DOUBT},
    {"raw-san=300b860966696c653a2f2f2f78", ALIKE(NULL), SURE},
    {"raw-san=300f860d68747470733a2f2f612e2e622f", ALIKE("x509: cannot parse URI \"https://a..b/\": invalid domain"),
     DOUBT},
    {"raw-san=300f860d68747470733a2f2f613a38782f",
     ALIKE("x509: cannot parse URI \"https://a:8x/\": parse \"https://a:8x/\": invalid port \":8x\" after host"),
     DOUBT},
    {"raw-san=301486126d61696c746f3a6140622e6578616d706c65", ALIKE(NULL), SURE},
    {"malformed=nc", ALIKE("x509: invalid NameConstraints extension"), SURE},
    {"raw-nc=3000", ALIKE("x509: empty name constraints extension"), SURE},
    {"raw-nc=3002a000", ALIKE("x509: empty name constraints extension"), SURE},
    {"raw-nc=300ea00c300a82082e6578616d706c65", ALIKE(NULL), SURE},
    {"raw-nc=300ea00c300a82086578616d706c652e", ALIKE("x509: failed to parse dnsName constraint \"example.\""), SURE},
    {"raw-nc=300ea00c300a86086578616d706c652e", ALIKE("x509: failed to parse URI constraint \"example.\""), SURE},
    {"raw-nc=300ea00c300a81086578616d706c652e", ALIKE("x509: failed to parse rfc822Name constraint \"example.\""),
     SURE},
    {"raw-nc=300aa00830068204612e2e62", ALIKE("x509: failed to parse dnsName constraint \"a..b\""), SURE},
    {"raw-nc=3006a00430028200", ALIKE(NULL), SURE},
    {"raw-nc=3009a00730058203612062", ALIKE("x509: failed to parse dnsName constraint \"a b\""), SURE},
    {"raw-nc=300fa00d300b82092a2e6578616d706c65", ALIKE(NULL), SURE},
    {"raw-nc=300da00b3009820762c3bc63686572",
     ALIKE("x509: invalid constraint value: x509: \"bücher\" cannot be encoded as an IA5String"), SURE},
    {"raw-nc=3007a005300382012e", {"x509: failed to parse dnsName constraint \".\"", NULL}, DOUBT},
    {"raw-nc=300aa008300682045f612e62", ALIKE(NULL), SURE},
    {"raw-nc=300ba009300781056140622e63", ALIKE(NULL), SURE},
    {"raw-nc=300aa0083006810440622e63", ALIKE("x509: failed to parse rfc822Name constraint \"@b.c\""), SURE},
    {"raw-crldp=30123010a10e300c06035504030c0566726f6d61", ALIKE(NULL), SURE},
    {"raw-policies=300430020600", ALIKE("x509: invalid certificate policies"), SURE},
    {"raw-nc=300ca00a30088106612e2e624063", ALIKE("x509: failed to parse rfc822Name constraint \"a..b@c\""), SURE},
    {"raw-nc=300da00b30098607312e322e332e34",
     ALIKE("x509: failed to parse URI constraint \"1.2.3.4\": cannot be IP address"), DOUBT},
    {"raw-nc=300ea00c300a87080a000000ff00ff00", ALIKE("x509: IP constraint contained invalid mask ff00ff00"), SURE},
    {"raw-nc=300ea00c300a87080a000000fff00000", ALIKE(NULL), SURE},
    {"raw-nc=300aa008300687040a000000", ALIKE("x509: IP constraint contained value of length 4"), SURE},
    {"raw-nc=300ca00a30088203612e62800101", ALIKE(NULL), SURE},
    {"permit=dir:O=x", ALIKE(NULL), SURE},
    {"malformed=crldp", ALIKE("x509: invalid CRL distribution points"), SURE},
    {"malformed=aki", ALIKE("x509: invalid authority key identifier"), SURE},
    {"malformed=ski", ALIKE("x509: invalid subject key identifier"), SURE},
    {"malformed=eku", ALIKE("x509: invalid extended key usages"), SURE},
    {"malformed=policies", ALIKE("x509: invalid certificate policies"), SURE},
    {"malformed=aia", ALIKE("x509: invalid authority info access"), SURE},
    {"malformed=constraints", {"x509: invalid policy constraints extension", NULL}, SURE},
    {"malformed=mappings", {"x509: invalid policy mappings extension", NULL}, SURE},
    {"malformed=inhibit", {"x509: invalid inhibit any policy extension", NULL}, SURE},
    {"raw-eku=3000", ALIKE(NULL), SURE},
    {"raw-eku=3003020101", ALIKE("x509: invalid extended key usages"), SURE},
    {"raw-policies=300c300406022a03300406022a03", {"x509: invalid certificate policies", NULL}, SURE},
    {"raw-policies=3008300606022a030500", ALIKE(NULL), SURE},
    {"raw-constraints=3003800100", ALIKE(NULL), SURE},
    {"raw-mappings=300a300806022a0306022a04", ALIKE(NULL), SURE},
    {"raw-inhibit=020100", ALIKE(NULL), SURE},
    {"spki="
     "30819d300b06092a864886f70d01010103818d0030818902818100c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c"
     "1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1"
     "c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c30203010001",
     ALIKE("x509: RSA key missing NULL parameters"), SURE},
    {"spki="
     "30819e300d06092a864886f70d010101050003818c00308188028180c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c"
     "1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1"
     "c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c30203010001",
     ALIKE("x509: RSA modulus is not a positive number"), SURE},
    {"spki=3014300d06092a864886f70d01010105000303003000", ALIKE("x509: invalid RSA modulus"), SURE},
    {"spki="
     "3081a5300d06092a864886f70d01010105000381930030818f02818100c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c"
     "1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1"
     "c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c3020900ffffffffffffffff",
     ALIKE("x509: invalid RSA public exponent"), SURE},
    {"spki="
     "30819f300d06092a864886f70d010101050003818d0030818902818100c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c"
     "1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1"
     "c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c20203010001",
     ALIKE(NULL), DOUBT},
    {"spki=3011300906072a8648ce380401030400020105", ALIKE("x509: invalid DSA parameters"), SURE},
    {"spki="
     "3039301306072a8648ce3d020106082a8648ce3d030107032200036b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d89"
     "8c296",
     {"ecdsa: invalid uncompressed public key", "x509: failed to unmarshal elliptic curve point"},
     SURE},
    {"spki="
     "3059301306072a8648ce3d020106082a8648ce3d030107034200076b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d89"
     "8c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
     {"ecdsa: invalid uncompressed public key", "x509: failed to unmarshal elliptic curve point"},
     SURE},
    {"spki="
     "3059301306072a8648ce3d020106082a8648ce3d030107034200046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d89"
     "8c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f6",
     {"P256 point not on curve", "x509: failed to unmarshal elliptic curve point"},
     SURE},
    {"spki=302c300706032b657005000321006161616161616161616161616161616161616161616161616161616161616161",
     ALIKE("x509: Ed25519 key encoded with illegal parameters"), SURE},
    {"spki=3029300506032b657003200061616161616161616161616161616161616161616161616161616161616161",
     ALIKE("x509: wrong Ed25519 public key size"), SURE},
    {"spki=302c300706032b656e05000321006161616161616161616161616161616161616161616161616161616161616161", ALIKE(NULL),
     SURE},
    {"spki=3029300506032b656e03200061616161616161616161616161616161616161616161616161616161616161", ALIKE(NULL), SURE},
    {"version=1 extensions ca", ALIKE(NULL), SURE},
    {"ku=digitalSignature duplicate=ku",
     {"x509: certificate contains duplicate extension with OID \"2.5.29.15\"",
      "x509: certificate contains duplicate extensions"},
     SURE},
};

struct bench {
    struct mtl_arena *arena;
    struct key_pool *keys;
    struct mint mint;
};

static const struct mtl_cert *
mint(struct bench *bench, const char *name, const char *words)
{
    const struct mtl_cert *cert;

    if (!mint_line(&bench->mint, mtl_arena_printf(bench->arena, "%s %s", name, words)))
        fail_msg("%s: %s", words, bench->mint.error);
    assert_true(mtl_cert_parse(bench->arena, mint_find(&bench->mint, name)->der, &cert, NULL));
    return cert;
}

static struct bench
bench_new(void)
{
    struct bench bench = {.arena = mtl_arena_new(), .keys = key_pool_new()};

    bench.mint = mint_new(bench.arena, bench.keys);
    mint(&bench, "root", "self-signed ca");
    return bench;
}

static void
bench_free(struct bench *bench)
{
    key_pool_free(bench->keys);
    mtl_arena_free(bench->arena);
}

/* Is it as was said? Texts that hold what was found are known up to there. */
static bool
agrees(struct mtl_arena *arena, const struct parsed *row, size_t release, const struct mtl_cert *cert)
{
    const struct mtl_stack *stack = mtl_stack_find(releases[release]);
    const char *said = row->said[release];
    bool is_in_doubt = row->prediction == DOUBT || (row->prediction == DOUBT_IN_OLDER && release == 1);
    enum mtl_reason reason = mtl_reading_refusal(&stack->reading, cert, false);

    if ((mtl_reading_doubt(arena, stack, cert) != NULL) != is_in_doubt)
        return false;
    if (is_in_doubt || said == NULL)
        return reason == MTL_REASON_NONE;
    return reason != MTL_REASON_NONE &&
           strstr(said, mtl_reading_words(arena, stack, reason, cert)->native_text) != NULL;
}

static void
what_a_parser_refuses_is_known_with_its_words_or_left_in_doubt(void **state)
{
    struct bench bench = bench_new();
    unsigned wrong = 0;
    (void)state;

    for (size_t i = 0; i < sizeof parsed / sizeof *parsed; i++) {
        const struct mtl_cert *cert =
            mint(&bench, mtl_arena_printf(bench.arena, "c%zu", i),
                 mtl_arena_printf(bench.arena, "issuer=root key-of=root %s", parsed[i].words));

        for (size_t release = 0; release < 2; release++) {
            if (agrees(bench.arena, &parsed[i], release, cert))
                continue;
            printf("%s, %s: %s\n", releases[release], parsed[i].words,
                   parsed[i].said[release] == NULL ? "parsed" : parsed[i].said[release]);
            wrong++;
        }
    }
    bench_free(&bench);
    assert_int_equal(wrong, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_parser_refuses_is_known_with_its_words_or_left_in_doubt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
