/* Faults of certificates for random chains: dates, purposes, keys, signatures, extensions, key identifiers.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "support/random_parts.h"

#define DAY (24 * 3600)

static bool
starts_with(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* ---- dates ---------------------------------------------------------------------------------------------------- */

static void
expired(struct random *random)
{
    random_any(random)->not_after = random->result.now - 1 - (mtl_time)random_below(random, 100 * DAY);
}

static void
not_yet_valid(struct random *random)
{
    random_any(random)->not_before = random->result.now + 1 + (mtl_time)random_below(random, 100 * DAY);
}

static void
second_of_the_limit(struct random *random)
{
    struct node *node = random_any(random);
    mtl_time limit = random->result.now + (mtl_time)random_below(random, 3) - 1;
    if (random_chance(random, 50))
        node->not_before = limit;
    else
        node->not_after = limit;
}

static void
far_dates(struct random *random)
{
    static const int years[] = {0, 1, 1949, 1950, 1951, 1969, 1970, 1999, 2000, 2049, 2050, 2051, 9999};
    struct node *node = random_any(random);
    mtl_time_from_civil(RANDOM_PICK(random, years), 1, 1, 0, 0, 0, &node->not_before);
    mtl_time_from_civil(RANDOM_PICK(random, years), 12, 31, 23, 59, 59, &node->not_after);
}

/* ---- purposes and authorities --------------------------------------------------------------------------------- */

static const char *const odd_purposes[] = {
    "clientAuth",
    "serverAuth",
    "any",
    "codeSigning",
    "emailProtection",
    "OCSPSigning",
    "timeStamping",
    "msSGC",
    "nsSGC",
    "any,clientAuth",
    "msSGC,clientAuth",
    "1.2.3.4.5",
    "1.2.3.4,serverAuth",
    "nsSGC,codeSigning",
    "timeStamping,codeSigning",
};

static void
purpose_of_leaf(struct random *random)
{
    random_leaf(random)->eku = RANDOM_PICK(random, odd_purposes);
}

static void
purpose_of_authority(struct random *random)
{
    random_authority(random)->eku = RANDOM_PICK(random, odd_purposes);
}

static void
usage_of_leaf(struct random *random)
{
    static const char *const usages[] = {"keyEncipherment",
                                         "keyAgreement",
                                         "nonRepudiation",
                                         "keyCertSign",
                                         "cRLSign",
                                         "empty",
                                         "dataEncipherment",
                                         "decipherOnly",
                                         "encipherOnly",
                                         "digitalSignature",
                                         "nonRepudiation,keyAgreement"};
    random_leaf(random)->ku = RANDOM_PICK(random, usages);
}

static void
usage_of_authority(struct random *random)
{
    static const char *const usages[] = {
        "digitalSignature",        "cRLSign", "keyEncipherment", "keyCertSign", "empty", "decipherOnly",
        "keyCertSign,decipherOnly"};
    random_authority(random)->ku = RANDOM_PICK(random, usages);
}

static void
netscape_type(struct random *random)
{
    static const char *const types[] = {"client",  "server", "email",        "objsign",      "sslCA",
                                        "emailCA", "empty",  "sslCA,client", "client,server"};
    struct node *node = random_any(random);
    random_word(random, &node->more, "ns=%s", RANDOM_PICK(random, types));
    if (random_chance(random, 30) && node != random_leaf(random))
        node->basic = NULL;
}

static void
no_authority(struct random *random)
{
    struct node *node = random_authority(random);
    node->basic = random_chance(random, 30) ? "not-ca" : NULL;
    node->path_length = NULL;
    if (random_chance(random, 50))
        node->ku = NULL;
    if (random_chance(random, 30))
        node->version = "1";
}

static void
version_one(struct random *random)
{
    struct node *node = random_any(random);
    node->version = RANDOM_PICK(random, ((const char *const[]){"1", "1", "1", "2", "4", "9"}));
    if (random_chance(random, 30))
        random_word(random, &node->more, "extensions");
}

static void
path_length(struct random *random)
{
    static const char *const lengths[] = {"0", "0", "1", "2", "99999999999", "-1"};
    struct node *node = random_any(random);
    node->path_length = RANDOM_PICK(random, lengths);
    if (node->basic == NULL && random_chance(random, 50))
        node->basic = "not-ca";
}

/* ---- keys and signatures -------------------------------------------------------------------------------------- */

static void
weak_key(struct random *random)
{
    static const char *const keys[] = {"rsa:1024#0", "rsa:1024#1", "rsa:1024#2",
                                       "ec:P-192#0", "ec:P-192#1", "ec:P-224#0"};
    random_any(random)->key = RANDOM_PICK(random, keys);
}

static void
odd_key(struct random *random)
{
    static const char *const keys[] = {"rsa-pss:2048#0",       "ed448#0",    "ec:P-521#0", "ec:secp256k1#0",
                                       "ec:brainpoolP256r1#0", "rsa:3072#0", "dsa:2048#0"};
    random_any(random)->key = RANDOM_PICK(random, keys);
}

static void
explicit_curve(struct random *random)
{
    static const char *const keys[] = {"ec:P-256:explicit#0", "ec:P-256:explicit#1", "ec:P-256:explicit#2"};
    random_any(random)->key = RANDOM_PICK(random, keys);
}

static void
other_digest(struct random *random)
{
    struct node *node = random_any(random);
    static const char *const digests[] = {"sha1", "sha1", "sha224", "sha384", "sha512"};
    node->digest = RANDOM_PICK(random, digests);
    const char *signer = random_signer_key(random, node);
    if (starts_with(signer, "rsa:") && random_chance(random, 40))
        node->digest = "md5";
    if (starts_with(signer, "rsa:") && random_chance(random, 30))
        node->pss = true;
    if (starts_with(signer, "rsa-pss") && node->digest[3] == '2')
        node->digest = "sha256";
}

static void
bad_signature(struct random *random)
{
    random_word(random, &random_any(random)->more, "bad-signature");
}

static void
algorithms_differ(struct random *random)
{
    struct node *node = random_any(random);
    random_word(random, &node->more, "%s=sha384", random_chance(random, 50) ? "inner-digest" : "outer-digest");
}

static void
signed_by_other(struct random *random)
{
    /* Only someone who is already there can sign: the root, or one above. */
    struct node *node = random_any(random);
    if (node->issuer == NULL)
        return;
    node->signed_by = random->nodes[random->chain[random->chain_count - 1]].name;
}

static void
broken_key(struct random *random)
{
    static const char *const keys[] = {
        /* an unknown algorithm, an EC point off its curve, an RSA key that is no sequence */
        "300c300706032a03040500030100",
        ("3039301306072a8648ce3d020106082a8648ce3d03010703220002"
         "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"),
        "301a300d06092a864886f70d01010105000309000102030405060708",
    };
    random_word(random, &random_any(random)->more, "spki=%s", RANDOM_PICK(random, keys));
}

/* ---- extensions ----------------------------------------------------------------------------------------------- */

static void
unknown_critical(struct random *random)
{
    random_word(random, &random_any(random)->more, "unknown-critical");
}

static void
known_critical(struct random *random)
{
    static const char *const words[] = {
        "policies=1.2.3.4 critical=policies",
        "crldp=uri:http://a.example/ critical=crldp",
        "critical=ski",
        "critical=aki",
        "ian=dns:a critical=ian",
        "aia=http://a.example/ critical=aia",
        "critical=eku,san",
        "raw-constraints=3003800100",
        "raw-inhibit=020100",
        "raw-mappings=300c300a06032a030406032a0305",
        "raw-nocheck=0500 critical=nocheck",
        "ext=1.2.3.4.5:0500",
    };
    random_word(random, &random_any(random)->more, "%s", RANDOM_PICK(random, words));
}

static void
malformed(struct random *random)
{
    static const char *const kinds[] = {"bc",    "ku", "eku",   "san", "ski",         "aki",     "nc",  "policies",
                                        "crldp", "ns", "proxy", "ian", "constraints", "inhibit", "aia", "mappings"};
    random_word(random, &random_any(random)->more, "malformed=%s", RANDOM_PICK(random, kinds));
}

/* Values that are just within or just outside of what the syntax and libcrypto allow. */
static void
odd_value(struct random *random)
{
    static const char *const words[] = {
        "raw-eku=3000",
        "raw-san=3000",
        "raw-nc=3000",
        "raw-aki=3000",
        "raw-ku=030100",
        "raw-ku=03020780",
        "raw-ku=0303000000",
        "raw-ku=03020800",
        "raw-ku=030300ffff",
        "raw-bc=3000",
        "raw-bc=3003020100",
        "raw-bc=3003010100",
        "raw-bc=3003010101",
        "raw-bc=30060101ff0201ff",
        "raw-bc=30060101ff020200ff",
        "raw-ski=0400",
        "raw-crldp=3000",
        "raw-policies=3000",
        "raw-aki=3003820101",
        "raw-aki=30028000",
        "raw-nc=3002a000",
        "raw-nc=3002a100",
        "raw-ian=3000",
        "raw-ns=03020000",
        "raw-ns=030100",
        "raw-inhibit=0201ff",
        "raw-constraints=3000",
        "raw-crldp=30023000",
        "raw-crldp=3006300481020640",
        "raw-ku=0302070000",
        "raw-bc=30030101ff00",
        "raw-eku=300406022a0300",
        "raw-crldp=300a3008a006a0048602613a",
        "raw-crldp=30123010a10e300c06035504030c0566726f6d61",
        "raw-ski=04020102",
        "raw-aki=300480020102",
        "raw-nocheck=0500",
        "raw-policies=300430020600",
        "raw-san=30028200",
        "ku=digitalSignature,keyCertSign,cRLSign,encipherOnly",
    };
    random_word(random, &random_any(random)->more, "%s", RANDOM_PICK(random, words));
}

static void
duplicate(struct random *random)
{
    static const char *const kinds[] = {"bc", "ku", "eku", "san", "ski", "aki", "nc", "policies"};
    random_word(random, &random_any(random)->more, "duplicate=%s", RANDOM_PICK(random, kinds));
}

static void
proxy(struct random *random)
{
    struct node *node = random_any(random);
    random_word(random, &node->more, "proxy");
    if (random_chance(random, 70))
        return;
    /* RFC 3820 3.3, 3.7: neither subjectAltName nor CA */
    node->more = (struct mtl_text){.arena = random->arena};
    random_word(random, &node->more, "proxy");
    node->basic = NULL;
}

/* ---- key identifiers and names -------------------------------------------------------------------------------- */

static void
key_identifier(struct random *random)
{
    static const char *const authority[] = {"none", "wrong", "issuer", "both", "wrong-serial", "keyid"};
    struct node *node = random_any(random);
    if (random_chance(random, 30))
        node->ski = RANDOM_PICK(random, ((const char *const[]){"none", "wrong"}));
    else
        node->aki = RANDOM_PICK(random, authority);
}

/* The same name in other clothes: X509_NAME_cmp() compares canonical forms. */
static void
dressed_issuer_name(struct random *random)
{
    static const char *const forms[] = {"CN=printable:%s", "CN=t61:%s",       "CN=bmp:%s",
                                        "\"CN=  %s \"",    "CN=universal:%s", "CN=ia5:%s",
                                        "CN=%s,O=x",       "\"CN=%s x\"",     "\"CN=printable: %s\""};
    struct node *node = random_any(random);
    if (node->issuer == NULL)
        return;
    const char *form = RANDOM_PICK(random, forms);
    const char *percent = strstr(form, "%s");
    node->issuer_name =
        mtl_arena_printf(random->arena, "%.*s%s%s", (int)(percent - form), form, node->issuer, percent + 2);
    if (random_chance(random, 50))
        for (char *c = strstr((char *)(uintptr_t)node->issuer_name, node->issuer); *c >= 'a' && *c <= 'z'; c++)
            *c = (char)(*c - 'a' + 'A');
}

static void
named_as_its_issuer(struct random *random)
{
    struct node *leaf = random_leaf(random);
    if (leaf->issuer != NULL)
        leaf->subject = random->nodes[random->chain[1]].subject;
    if (leaf->issuer != NULL && random_chance(random, 30))
        leaf->key_of = leaf->issuer;
}

static void
shared_key(struct random *random)
{
    struct node *node = random_any(random);
    if (node->issuer != NULL)
        node->key_of = random_chance(random, 50) ? node->issuer : random->nodes[0].name;
}

static void
empty_name(struct random *random)
{
    random_any(random)->subject = "empty";
}

const struct fault random_certificate_faults[] = {
    {"expired", 4, expired},
    {"not yet valid", 4, not_yet_valid},
    {"second of the limit", 4, second_of_the_limit},
    {"purpose of the leaf", 4, purpose_of_leaf},
    {"purpose of an authority", 3, purpose_of_authority},
    {"usage of the leaf", 3, usage_of_leaf},
    {"usage of an authority", 3, usage_of_authority},
    {"nsCertType", 3, netscape_type},
    {"no authority", 4, no_authority},
    {"version", 2, version_one},
    {"path length", 6, path_length},
    {"weak key", 3, weak_key},
    {"odd key", 2, odd_key},
    {"explicit curve", 2, explicit_curve},
    {"digest", 4, other_digest},
    {"bad signature", 4, bad_signature},
    {"algorithms differ", 2, algorithms_differ},
    {"signed by another", 2, signed_by_other},
    {"broken key", 2, broken_key},
    {"unknown critical", 3, unknown_critical},
    {"known critical", 3, known_critical},
    {"malformed", 4, malformed},
    {"duplicate", 2, duplicate},
    {"proxy", 2, proxy},
    {"key identifier", 4, key_identifier},
    {"dressed issuer name", 4, dressed_issuer_name},
    {"empty name", 1, empty_name},
    {"far dates", 2, far_dates},
    {"odd value", 5, odd_value},
    {"named as its issuer", 2, named_as_its_issuer},
    {"shared key", 1, shared_key},
    {0},
};
